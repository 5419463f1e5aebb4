//! Why the disk would not do what was asked, in words that name the path and say what to do.
//!
//! Knows the kinds of I/O error; refuses to know which command met them.

use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::files::disk::NotRegular;

const NOT_REGULAR: &str = "它不是普通文件（管道或设备）";

/// What was being done when the disk refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    Read,
    List,
    Write,
    CreateFolder,
    /// Putting a whole folder in the place of another.
    Replace,
    Lock,
}

impl Attempt {
    fn label(self) -> &'static str {
        match self {
            Attempt::Read => "无法读取",
            Attempt::List => "无法列出文件夹",
            Attempt::Write => "无法写入",
            Attempt::CreateFolder => "无法建立文件夹",
            Attempt::Replace => "无法换上新的文件夹",
            Attempt::Lock => "无法锁定",
        }
    }
}

/// One refusal of the disk.
#[derive(Debug)]
pub struct FileFailure {
    pub path: PathBuf,
    pub attempt: Attempt,
    pub reason: FailureReason,
}

/// Why it was refused.
#[derive(Debug)]
pub enum FailureReason {
    /// The operating system's word.
    Io(io::Error),
    /// The target is a folder.
    IsFolder,
    /// A folder is to go where a file is.
    IsFile,
    /// The target is one of the files that were read, or the campaign itself.
    IsInput,
    /// The target lies where submissions are put; the next merge would read it as one.
    InInbox,
    /// Two results of one command were to go to the same path.
    SameTargetTwice,
    /// What is named to be read is a pipe or a device.
    NotRegular,
    /// The lock's name is taken by a file that no run has written.
    IsStranger,
}

impl FileFailure {
    /// A refusal by the operating system.
    pub fn io(attempt: Attempt, path: &Path, error: io::Error) -> FileFailure {
        FileFailure { path: path.to_path_buf(), attempt, reason: FailureReason::Io(error) }
    }

    /// What the clerk can do about it, one sentence.
    pub fn help(&self) -> &'static str {
        match &self.reason {
            FailureReason::IsFolder => "这个名字已经是一个文件夹；请给出文件名，例如 -o 结果.xlsx",
            FailureReason::IsInput => "它是工作区里要留的文件，程序从不改写；请用 -o 另起一个文件名",
            FailureReason::InInbox => "写在这里，下次合并会把它当成单位报来的文件；请写到 out/ 里，例如 -o out/结果.xlsx",
            FailureReason::IsFile => "请把这个文件改名或移走，再运行一次；原有文件没有改动",
            FailureReason::SameTargetTwice => "两份结果写到了同一个文件；请分别命名",
            FailureReason::NotRegular => "请先把内容存成文件，再写文件名",
            FailureReason::IsStranger => "请把这个文件移走或改名，再运行一次；它没有改动",
            FailureReason::Io(error) => io_help(self.attempt, error),
        }
    }
}

impl fmt::Display for FileFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = crate::files::names::shown(&self.path);
        write!(formatter, "{}“{path}”：", self.attempt.label())?;
        match &self.reason {
            FailureReason::IsFolder => formatter.write_str("它是一个文件夹"),
            FailureReason::IsInput => formatter.write_str("不能覆盖输入文件、登记和专项定义文件"),
            FailureReason::InInbox => formatter.write_str("inbox 里只放各单位报来的文件"),
            FailureReason::IsFile => formatter.write_str("这里有一个同名的文件，不是文件夹"),
            FailureReason::SameTargetTwice => formatter.write_str("同一个文件被写两次"),
            FailureReason::NotRegular => formatter.write_str(NOT_REGULAR),
            FailureReason::IsStranger => formatter.write_str("这个名字留给程序自己用，现在占着的不是程序写的文件"),
            FailureReason::Io(error) => formatter.write_str(&io_reason(error)),
        }
    }
}

impl std::error::Error for FileFailure {}

/// Windows: another program holds the file open without sharing it.
fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// The reason in Chinese; an error that is not known keeps the system's number so that it can be looked up.
pub fn io_reason(error: &io::Error) -> String {
    if is_sharing_violation(error) {
        return "文件正被另一个程序打开（多半是 Excel 或 WPS）".to_owned();
    }
    if error.get_ref().is_some_and(|inner| inner.is::<NotRegular>()) {
        return NOT_REGULAR.to_owned();
    }
    let known = match error.kind() {
        io::ErrorKind::NotFound => "文件或文件夹不存在",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        io::ErrorKind::StorageFull => "磁盘已满",
        io::ErrorKind::QuotaExceeded => "磁盘配额已用完",
        io::ErrorKind::FileTooLarge => "文件超过文件系统允许的大小",
        io::ErrorKind::IsADirectory => "它是一个文件夹",
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        io::ErrorKind::InvalidFilename => "文件名过长或含有不允许的字符",
        io::ErrorKind::AlreadyExists => "同名文件已存在",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "文件正被占用",
        io::ErrorKind::TimedOut => "超时（网络盘没有响应）",
        io::ErrorKind::Interrupted => "被中断",
        _ => "",
    };
    match (known, error.raw_os_error()) {
        ("", Some(number)) => format!("系统错误 {number}"),
        ("", None) => "读写出错".to_owned(),
        (words, _) => words.to_owned(),
    }
}

fn io_help(attempt: Attempt, error: &io::Error) -> &'static str {
    if attempt == Attempt::Replace && (is_sharing_violation(error) || error.kind() == io::ErrorKind::PermissionDenied) {
        return "请关闭打开着的这个文件夹和里面的文件（Excel、WPS、资源管理器窗口），检查上一级文件夹的权限，再运行一次；原有文件没有改动";
    }
    if is_sharing_violation(error) {
        return "请先在 Excel/WPS 中关闭这个文件，再运行一次";
    }
    match (error.kind(), attempt) {
        (io::ErrorKind::PermissionDenied, Attempt::Read | Attempt::List) => "请检查这个文件的权限，或换一个有权限的账号",
        (io::ErrorKind::PermissionDenied, _) => "请检查所在文件夹的权限，关闭正打开它的程序；有 -o 的命令也可以用 -o 写到别处",
        (io::ErrorKind::ReadOnlyFilesystem, _) => "请检查磁盘是不是写保护；有 -o 的命令可以用 -o 写到可写的文件夹",
        (io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, _) => "请腾出空间后再运行；原有文件没有改动",
        (io::ErrorKind::NotFound, Attempt::Read | Attempt::List) => "请核对路径是否写对",
        (io::ErrorKind::InvalidFilename, _) => "请换一个较短、不含特殊字符的文件名",
        (io::ErrorKind::NotADirectory, _) => "请核对路径：其中一段是文件而不是文件夹",
        _ => "原有文件没有改动；排除原因后再运行一次",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: io::ErrorKind, attempt: Attempt, reason: &str, help: &str) {
        let failure = FileFailure::io(attempt, Path::new("台账/ledger.xlsx"), io::Error::from(kind));
        let text = failure.to_string();
        assert!(text.contains("台账/ledger.xlsx") && text.contains(reason), "{text}");
        assert!(failure.help().contains(help), "{}", failure.help());
    }

    #[test]
    fn every_reason_names_the_path_and_the_way_out() {
        check(io::ErrorKind::PermissionDenied, Attempt::Read, "没有权限", "权限");
        check(io::ErrorKind::PermissionDenied, Attempt::Write, "没有权限", "-o");
        check(io::ErrorKind::StorageFull, Attempt::Write, "磁盘已满", "腾出空间");
        check(io::ErrorKind::ReadOnlyFilesystem, Attempt::Write, "只读", "-o");
        check(io::ErrorKind::NotFound, Attempt::Read, "不存在", "核对路径");
        check(io::ErrorKind::PermissionDenied, Attempt::Replace, "换上新的文件夹", "关闭打开着的");
        check(io::ErrorKind::Other, Attempt::Write, "读写出错", "没有改动");
    }
}
