//! Which files of an inbox are not submissions: hidden files, lock files of Office, droppings of systems.
//!
//! Looks at names alone. Each skipped file is told with its reason; nothing is passed over in silence.

/// A file or folder that was listed but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub name: String,
    pub reason: SkipReason,
}

/// Why it was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    Hidden,
    OfficeLock,
    Temporary,
    SystemFile,
    /// One of the workspace's own files: campaign, roster, ledger, history, out/.
    OwnFile,
    /// A folder that was already walked under another name (symbolic link).
    FolderSeen,
    /// A file that is already listed under another name.
    FileSeen,
    /// A pipe, socket or device.
    NotRegular,
    BrokenLink,
    /// A picture that the text of a mail shows.
    PictureInText,
    /// A signature or receipt that mail programs add.
    MailTrimming,
    /// A link that leads out of the folder that is walked and out of the workspace.
    LinkOutside,
}

impl SkipReason {
    /// The words for the clerk.
    pub fn label(self) -> &'static str {
        match self {
            SkipReason::Hidden => "隐藏文件",
            SkipReason::OfficeLock => "Office/WPS 打开文件时的锁文件",
            SkipReason::Temporary => "临时文件",
            SkipReason::SystemFile => "系统自动生成的文件",
            SkipReason::OwnFile => "工作区自己的文件，不是报送材料",
            SkipReason::FolderSeen => "同一文件夹已经读过（快捷链接）",
            SkipReason::FileSeen => "同一文件已经列入",
            SkipReason::NotRegular => "不是普通文件",
            SkipReason::LinkOutside => "链接指到文件夹外面，没有读；要读的话请把文件本身放进来",
            SkipReason::PictureInText => "邮件正文里的图片，图片里的字读不出来",
            SkipReason::MailTrimming => "邮件程序附带的签名或回执",
            SkipReason::BrokenLink => "链接指向的文件不存在",
        }
    }
}

/// Whether a file or folder with this name is skipped when a folder is walked.
pub fn by_name(name: &str) -> Option<SkipReason> {
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("~$") || (lower.starts_with(".~lock.") && lower.ends_with('#')) || lower.starts_with(".~") {
        return Some(SkipReason::OfficeLock);
    }
    if lower == "thumbs.db" || lower == "desktop.ini" || lower == "__macosx" || lower == ".ds_store" || lower == "ehthumbs.db" {
        return Some(SkipReason::SystemFile);
    }
    if [".tmp", ".temp", ".crdownload", ".part", ".download", ".swp"].iter().any(|ending| lower.ends_with(ending)) {
        return Some(SkipReason::Temporary);
    }
    lower.starts_with('.').then_some(SkipReason::Hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn droppings_are_told_apart_from_submissions() {
        let check = |name: &str, expected: Option<SkipReason>| assert_eq!(by_name(name), expected, "{name}");
        check("乌审召镇卫生院.xlsx", None);
        check("~台账.xlsx", None);
        check("~$台账.xlsx", Some(SkipReason::OfficeLock));
        check(".~lock.台账.ods#", Some(SkipReason::OfficeLock));
        check(".~台账.xlsx", Some(SkipReason::OfficeLock));
        check("Thumbs.db", Some(SkipReason::SystemFile));
        check("desktop.ini", Some(SkipReason::SystemFile));
        check("__MACOSX", Some(SkipReason::SystemFile));
        check("A1B2.TMP", Some(SkipReason::Temporary));
        check(".qingdan-1f-77.tmp", Some(SkipReason::Temporary));
        check(".gitkeep", Some(SkipReason::Hidden));
        check("照片.jpg", None);
    }
}
