//! `status`: the campaign on one screen for whoever has to answer for it.

use std::path::PathBuf;

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::status::StatusJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::print;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::files::list_inputs;
use crate::files::workspace;
use crate::results;
use crate::results::OverdueState;
use crate::results::agenda::agenda;
use crate::results::overview::LedgerFigures;
use crate::results::overview::Overview;
use crate::results::overview::ledger_figures;
use crate::results::overview::overview;

#[derive(Debug, clap::Args)]
#[command(
    about = "一屏看清专项进展：到了哪个阶段、整改多少、逾期多少、接下来几件事、现在该做什么",
    after_long_help = "\
例子：
  qingdan status                            看今天
  qingdan status --as-of 2023-07-31         看那一天（之后发生的不算）
  qingdan status --format json              给程序用"
)]
pub struct Arguments {
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
}

/// Everything that the screen and the JSON show.
pub struct Standing<'a> {
    pub loaded: &'a Loaded,
    pub overview: Overview<'a>,
    /// The ledger's name, and what it says; `None` while there is none.
    pub ledger: Option<(String, LedgerFigures)>,
    /// Years whose calendar is not published although a working day of the ledger was counted across them.
    pub unknown_years: Vec<i32>,
    /// Files that lie in `inbox/`, merged or not.
    pub inbox_files: usize,
    /// Commands to type now, with what they do.
    pub next_steps: Vec<(&'static str, &'static str)>,
}

/// Looks, and writes nothing.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let entries = agenda(&loaded.campaign, &loaded.calendar);
    let path = loaded.ledger_path(arguments.ledger.as_deref(), session);
    let (mut ledger, mut unknown_years) = (None, Vec::new());
    // A ledger that was named must be there; the workspace's own may not have been made yet.
    if arguments.ledger.is_some() || path.exists() {
        let read = loaded.ledger(&path, session)?;
        let overdue = results::overdue(&read, loaded.ground(session));
        ledger = Some((loaded.workspace.name(&path), ledger_figures(&read, &overdue, &loaded.roster)));
        unknown_years = overdue.unknown_years;
    }
    let inbox_files = inbox_files(&loaded, session)?;
    let next_steps = next_steps(ledger.as_ref().map(|(_, figures)| figures), inbox_files);
    let mut report = Report::clean("");
    let tasks = loaded.tasks(session, &mut report);
    let overview = overview(&loaded.campaign, &entries, &tasks);
    let standing = Standing { loaded: &loaded, overview, ledger, unknown_years, inbox_files, next_steps };
    report.result = if session.is_json() {
        json::text(&StatusJson::of(&standing))?
    } else {
        print::status::screen(&standing, session.verbose, session.width)
    };
    Ok(report)
}

fn inbox_files(loaded: &Loaded, session: &Session) -> Result<usize, Failure> {
    let inbox = loaded.workspace.root.join(workspace::INBOX);
    if !inbox.exists() {
        return Ok(0);
    }
    let own = loaded.workspace.own_files([loaded.roster_path.clone()]);
    Ok(list_inputs(&[inbox], &session.start, &loaded.workspace.root, &own)?.inputs.len())
}

/// One to three commands, the most pressing first.
fn next_steps(ledger: Option<&LedgerFigures>, inbox_files: usize) -> Vec<(&'static str, &'static str)> {
    let Some(figures) = ledger else {
        return match inbox_files {
            0 => vec![("qingdan merge", "先把各单位报来的表格放进 inbox/，再合并成台账")],
            _ => vec![("qingdan validate", "先看报来的文件有哪些问题"), ("qingdan merge", "合并成台账")],
        };
    };
    let overdue = OverdueState::ALL.iter().zip(figures.by_state).any(|(state, number)| *state == OverdueState::Overdue && number > 0);
    let mut steps = Vec::new();
    if overdue {
        steps.push(("qingdan overdue -o out/逾期.xlsx", "逾期的逐条督办"));
    }
    steps.push(("qingdan merge", "收到新的报送后合并"));
    steps.push(("qingdan lists -o out/三清单.xlsx", "出三清单"));
    steps
}
