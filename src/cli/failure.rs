//! Why a command could not be done: one sentence that says what, one that says what to do.

use std::time::Duration;

use crate::cli::exit::ExitCode;
use crate::files::FileFailure;
use crate::files::LockRefused;

/// A command that ended without its result.
#[derive(Debug)]
pub struct Failure {
    pub exit: ExitCode,
    pub message: String,
    /// Shown between the message and the help, as it stands: diagnostics of a campaign that cannot be used.
    pub details: String,
    pub help: String,
}

impl Failure {
    /// Could not be done (exit 3).
    pub fn impossible(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { exit: ExitCode::Impossible, message: message.into(), details: String::new(), help: help.into() }
    }

    /// The command line is wrong in a way that only shows beyond its grammar (exit 2).
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure { exit: ExitCode::Usage, message: message.into(), details: String::new(), help: help.into() }
    }

    /// The same with details.
    pub fn with_details(self, details: String) -> Failure {
        Failure { details, ..self }
    }
}

impl From<anyhow::Error> for Failure {
    /// What no input should cause; the chain of causes is shown, for whoever mends it.
    fn from(error: anyhow::Error) -> Failure {
        Failure::impossible(format!("{error:#}"), "这是程序的缺陷，请反馈")
    }
}

impl From<FileFailure> for Failure {
    fn from(failure: FileFailure) -> Failure {
        Failure::impossible(failure.to_string(), failure.help())
    }
}

impl From<LockRefused> for Failure {
    fn from(refused: LockRefused) -> Failure {
        match refused {
            LockRefused::Failed(failure) => failure.into(),
            LockRefused::Held { holder, age } => Failure::impossible(
                format!(
                    "另一个 qingdan 正在写这个工作区（{}{}）",
                    holder.as_deref().unwrap_or("进程号未知"),
                    age.map(since).unwrap_or_default()
                ),
                "请等它结束后再运行；两个写入同时进行会互相覆盖",
            ),
        }
    }
}

/// How long ago, in the largest unit that says something.
fn since(age: Duration) -> String {
    match age.as_secs() {
        seconds @ ..60 => format!("，已 {seconds} 秒"),
        seconds @ 60..3600 => format!("，已 {} 分钟", seconds / 60),
        seconds => format!("，已 {} 小时", seconds / 3600),
    }
}
