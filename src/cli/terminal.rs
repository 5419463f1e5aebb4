//! The two streams: results to stdout, everything else to stderr; colour where it is wanted.
//!
//! A reader that goes away (`| head`) ends the output, not the program.

#![allow(clippy::disallowed_methods, reason = "the environment is read in src/cli only")]

use std::io;
use std::io::IsTerminal;
use std::io::Write;

use anstream::AutoStream;
use anstream::ColorChoice;

use crate::cli::arguments::ColorArgument;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::session::Report;
use crate::cli::words::style;
use crate::files::failure::io_reason;

/// What is said when the answer of a command that has written cannot be printed.
const WRITTEN_NEVERTHELESS: &str = "事情已经做完，文件都已写好，只是这一段话没有输出；请检查输出重定向到的位置，不必重做";

/// Where output goes and how.
pub struct Terminal {
    choice: ColorChoice,
    quiet: bool,
}

impl Terminal {
    /// As the options say.
    pub fn new(color: ColorArgument, quiet: bool) -> Terminal {
        let choice = match color {
            ColorArgument::Auto => ColorChoice::Auto,
            ColorArgument::Always => ColorChoice::Always,
            ColorArgument::Never => ColorChoice::Never,
        };
        Terminal { choice, quiet }
    }

    /// Before the options are known.
    pub fn plain() -> Terminal {
        Terminal::new(ColorArgument::Auto, false)
    }

    /// Columns of the terminal that stdout is; `None` for files and pipes, and then nothing is cut.
    pub fn width(&self) -> Option<u16> {
        if !io::stdout().is_terminal() {
            return None;
        }
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        told.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0)).filter(|width| *width >= 40)
    }

    /// Whether somebody is watching stderr.
    pub fn wants_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Writes what a command gave and passes its exit code on.
    pub fn show(&self, report: &Report) -> ExitCode {
        let help = if report.is_written { WRITTEN_NEVERTHELESS } else { "请检查输出重定向到的位置" };
        let written = self.out(&report.result, help);
        if !self.quiet {
            let next = report.next_step.iter().map(|step| format!("下一步：{step}\n"));
            self.err(&next.fold(report.messages.clone(), |messages, next| messages + &next));
        }
        match written {
            Some(_) if report.is_written => report.exit.max(ExitCode::Findings),
            written => written.unwrap_or(report.exit),
        }
    }

    /// Writes a page of help to stdout.
    pub fn page(&self, text: &str, exit: ExitCode) -> ExitCode {
        self.out(text, "请检查输出重定向到的位置").unwrap_or(exit)
    }

    /// Writes why a command could not be done.
    pub fn fail(&self, failure: &Failure) -> ExitCode {
        let mut text = format!("{}：{}\n", style::error("错误"), failure.message);
        text.push_str(&failure.details);
        if !failure.help.is_empty() {
            text.push_str(&format!("  {}\n", failure.help));
        }
        self.err(&text);
        failure.exit
    }

    /// Writes to stdout; gives an exit code only when that failed for another reason than a closed pipe.
    fn out(&self, text: &str, help: &str) -> Option<ExitCode> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice);
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Ok(()) => None,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Err(error) => {
                let failure = Failure::impossible(format!("无法输出结果：{}", io_reason(&error)), help);
                Some(self.fail(&failure))
            }
        }
    }

    fn err(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr().lock(), self.choice);
        // Nobody can be told that telling failed.
        let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    }
}

/// Whether the user asked for a trace of panics.
pub fn wants_backtrace() -> bool {
    std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0")
}
