//! Exit codes: what a script learns without reading a word.

/// How a command ended. The numbers are part of the interface and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitCode {
    /// 0: done, and nothing reached `--fail-on`.
    Clean,
    /// 1: done, and a diagnostic reached `--fail-on`.
    Findings,
    /// 2: the command line is wrong; nothing was done.
    Usage,
    /// 3: could not be done: unreadable campaign, nothing readable, cannot write.
    Impossible,
}

impl ExitCode {
    /// The number given to the shell.
    pub fn number(self) -> u8 {
        match self {
            ExitCode::Clean => 0,
            ExitCode::Findings => 1,
            ExitCode::Usage => 2,
            ExitCode::Impossible => 3,
        }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> std::process::ExitCode {
        std::process::ExitCode::from(code.number())
    }
}

/// The table of exit codes as the help shows it.
pub const TABLE: &str = "\
退出码：
  0  完成，没有达到 --fail-on 的问题
  1  完成，但有问题达到 --fail-on（validate、run 默认 error，merge 默认 never），或统计数对不上，或文件写好了而屏幕上的话没能输出
  2  命令写法不对，什么也没有做
  3  做不了：专项定义读不出、没有可读的文件、无法写入";
