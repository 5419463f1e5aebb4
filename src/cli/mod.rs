//! The edge: arguments, clock, printing, exit codes. The only module that prints.
//!
//! [`main`] reads the command line, runs one command on values and writes what it gives back. A command
//! (`commands/<name>.rs`) only wires; what things look like is in `words` and `json`.

mod arguments;
mod chinese;
mod clock;
mod commands;
mod exit;
mod failure;
#[cfg(test)]
mod faults;
mod json;
mod manual;
mod output;
mod progress;
mod reference;
mod session;
mod suggestion;
mod terminal;
mod unit;
mod usage_error;
mod words;

use std::ffi::OsString;
use std::panic;
use std::path::PathBuf;

use clap::error::ErrorKind;

use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::terminal::Terminal;

pub use reference::reference_page;

/// Runs the command line and gives the process's exit code.
pub fn main() -> std::process::ExitCode {
    // A panic is a bug of this program; the clerk is told so in one sentence instead of a trace in English.
    if !terminal::wants_backtrace() {
        panic::set_hook(Box::new(|_| {}));
    }
    let typed: Vec<OsString> = std::env::args_os().collect();
    let code = panic::catch_unwind(|| run(&typed)).unwrap_or_else(|_| {
        let failure = Failure::impossible(
            "程序内部出错，这是 qingdan 的缺陷；输入文件没有改动",
            "请设环境变量 RUST_BACKTRACE=1 再运行一次，并把输出反馈给维护者",
        );
        Terminal::plain().fail(&failure)
    });
    code.into()
}

fn run(typed: &[OsString]) -> ExitCode {
    let arguments = match arguments::parse(typed) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error, typed),
    };
    let terminal = Terminal::new(arguments.common.color, arguments.common.quiet);
    let today = clock::today();
    let as_of = match arguments.common.as_of {
        Some(argument) => argument.resolve(today).unwrap_or(today),
        None => today,
    };
    let session = Session {
        as_of,
        today,
        format: arguments.common.format,
        verbose: arguments.common.verbose,
        campaign: arguments.common.campaign,
        start: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        width: terminal.width(),
        progress: terminal.wants_progress(),
        holder: format!("进程 {}，{} 开始", std::process::id(), clock::moment()),
    };
    match commands::run(arguments.command, &session, replay) {
        Ok(report) => terminal.show(&report),
        Err(Stop::Failed(failure)) => terminal.fail(&failure),
        Err(Stop::Refused(refusal)) => terminal.fail(&words::refusal::failure(&refusal, session.verbose)),
    }
}

/// Runs a line of the tour as if it had been typed.
fn replay(words: &[&str], session: &Session) -> Result<Report, Stop> {
    let line = std::iter::once("qingdan").chain(words.iter().copied());
    let parsed =
        arguments::parse(line).map_err(|error| Failure::impossible(format!("演示步骤写错了：{error}"), "这是程序的缺陷，请反馈"))?;
    commands::run(parsed.command, session, replay)
}

/// Help and version end here too: clap hands them out as errors.
fn refuse(error: &clap::Error, typed: &[OsString]) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Terminal::plain().page(&error.render().ansi().to_string(), ExitCode::Clean),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Terminal::plain().page(&error.render().ansi().to_string(), ExitCode::Usage),
        _ => {
            let words: Vec<String> = typed.iter().map(|word| word.to_string_lossy().into_owned()).collect();
            Terminal::plain().fail(&usage_error::failure(error, &arguments::command(), &words))
        }
    }
}
