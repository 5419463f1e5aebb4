//! What every command is given beside its own arguments, and what it gives back.
//!
//! Values only: a command that runs on them neither reads the clock nor prints.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::exit::ExitCode;
use crate::cli::progress;
use crate::cli::words::notice;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Place;
use crate::desk::Refusal;
use crate::desk::open::Progress;

/// How stdout is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    Text,
    Json,
}

/// The options that all commands share, resolved.
#[derive(Debug, Clone)]
pub struct Session {
    /// The day that everything is judged on.
    pub as_of: NaiveDate,
    pub today: NaiveDate,
    pub format: OutputFormat,
    /// `-v`: nothing is shortened.
    pub verbose: bool,
    /// `-c FILE`
    pub campaign: Option<PathBuf>,
    /// The folder the command was started in.
    pub start: PathBuf,
    /// Columns of the terminal; `None` when stdout is none, and then nothing is cut.
    pub width: Option<u16>,
    /// Whether stderr is a terminal that should see how far a long reading is.
    pub progress: bool,
    /// Who holds the lock, for others to read.
    pub holder: String,
}

impl Session {
    /// Opens the workspace that the command was started in.
    pub fn open(&self) -> Result<Desk, Refusal> {
        Ok(Desk { watch: self.watch(), ..Desk::open(&self.place(), self.as_of)? })
    }

    /// Whoever watches a long reading.
    pub fn watch(&self) -> Option<fn(Progress)> {
        self.progress.then_some(progress::show)
    }

    /// Where to look for the workspace.
    pub fn place(&self) -> Place {
        Place { start: self.start.clone(), campaign: self.campaign.clone() }
    }

    /// The same session in another folder.
    pub fn in_folder(&self, folder: PathBuf) -> Session {
        Session { start: folder, campaign: None, ..self.clone() }
    }

    /// Whether stdout carries JSON.
    pub fn is_json(&self) -> bool {
        self.format == OutputFormat::Json
    }
}

/// What a command gives: an exit code and two texts.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    pub exit: ExitCode,
    /// Goes to stdout.
    pub result: String,
    /// Goes to stderr, unless `-q`: what was written, what was skipped.
    pub messages: String,
    /// What to type next; the last line of stderr.
    pub next_step: Option<String>,
    /// True once files were put in place: an answer that then cannot be printed does not undo them.
    pub is_written: bool,
}

impl Report {
    /// A clean end with this result.
    pub fn clean(result: impl Into<String>) -> Report {
        Report { exit: ExitCode::Clean, result: result.into(), messages: String::new(), next_step: None, is_written: false }
    }

    /// Gives the same messages with a result that says what is wrong.
    pub fn with_findings(self, result: String) -> Report {
        Report { exit: ExitCode::Findings, result, ..self }
    }

    /// Adds a line for stderr.
    pub fn say(&mut self, line: impl AsRef<str>) {
        self.messages.push_str(line.as_ref());
        self.messages.push('\n');
    }

    /// Adds what the desk noticed.
    pub fn tell(&mut self, notices: &[Notice], session: &Session) {
        self.messages.push_str(&notice::lines(notices, session.verbose));
    }

    /// Sets the last line: what to type next.
    pub fn next_step(&mut self, step: impl Into<String>) {
        self.next_step = Some(step.into());
    }
}
