//! One file per command: its arguments with their help, and the wire from files to core to text.
//!
//! A command decides nothing about hazards and looks at no cell. To add one: a file here, a variant in
//! [`Command`] and an arm in [`run`].

pub mod calendar;
pub mod checklist;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod explain;
pub mod forms;
pub mod help;
pub mod init;
pub mod lists;
pub mod man;
pub mod merge;
pub mod notice;
pub mod overdue;
pub mod receipt;
pub mod report;
pub mod run;
pub mod schema;
pub mod status;
pub mod submissions;
pub mod template;
pub mod validate;
pub mod verify;
pub mod visits;
pub mod why;

use crate::cli::commands::demo::Replay;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;

// In the order of a campaign's life, which is the order of the help.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Demo(demo::Arguments),
    Init(init::Arguments),
    Validate(validate::Arguments),
    Merge(merge::Arguments),
    Overdue(overdue::Arguments),
    Lists(lists::Arguments),
    Submissions(submissions::Arguments),
    Receipt(receipt::Arguments),
    Template(template::Arguments),
    Notice(notice::Arguments),
    Forms(forms::Arguments),
    Diff(diff::Arguments),
    Status(status::Arguments),
    Calendar(calendar::Arguments),
    Checklist(checklist::Arguments),
    Report(report::Arguments),
    Run(run::Arguments),
    Visits(visits::Arguments),
    Why(why::Arguments),
    Verify(verify::Arguments),
    Explain(explain::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Help(help::Arguments),
}

/// Runs one command; `replay` is for the one that shows others.
pub fn run(command: Command, session: &Session, replay: Replay) -> Result<Report, Stop> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments, session, replay),
        Command::Init(arguments) => init::run(&arguments, session),
        Command::Validate(arguments) => validate::run(&arguments, session),
        Command::Merge(arguments) => merge::run(&arguments, session),
        Command::Overdue(arguments) => overdue::run(&arguments, session),
        Command::Lists(arguments) => lists::run(&arguments, session),
        Command::Submissions(arguments) => submissions::run(&arguments, session),
        Command::Receipt(arguments) => receipt::run(&arguments, session),
        Command::Template(arguments) => template::run(&arguments, session),
        Command::Notice(arguments) => notice::run(&arguments, session),
        Command::Forms(arguments) => forms::run(&arguments, session),
        Command::Diff(arguments) => diff::run(&arguments, session),
        Command::Status(arguments) => status::run(&arguments, session),
        Command::Calendar(arguments) => calendar::run(&arguments, session),
        Command::Checklist(arguments) => checklist::run(&arguments, session),
        Command::Report(arguments) => report::run(&arguments, session),
        Command::Run(arguments) => run::run(&arguments, session),
        Command::Visits(arguments) => visits::run(&arguments, session),
        Command::Why(arguments) => why::run(&arguments, session),
        Command::Verify(arguments) => verify::run(&arguments, session),
        Command::Explain(arguments) => explain::run(&arguments, session),
        Command::Schema(arguments) => schema::run(&arguments, session),
        Command::Completions(arguments) => completions::run(&arguments, session),
        Command::Man(arguments) => man::run(&arguments, session),
        Command::Help(arguments) => help::run(&arguments, session),
    }
}
