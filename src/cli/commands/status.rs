//! `status`: the campaign on one screen for whoever has to answer for it.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::status::StatusJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::standing::Standing;
use crate::ledger::Ledger;
use crate::results::agenda::agenda;
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

/// Looks, and writes nothing.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let entries = agenda(&desk.campaign, &desk.calendar);
    let path = desk.ledger_path(arguments.ledger.as_deref());
    // A ledger that was named must be there; the workspace's own may not have been made yet.
    let is_wanted = arguments.ledger.is_some() || path.exists();
    let ledger = is_wanted.then(|| desk.ledger(&path)).transpose()?;
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    notices.extend(desk.rows_gone(&path, ledger.as_ref().unwrap_or(&Ledger::default()))?);
    let ledger = ledger.map(|ledger| (desk.workspace.name(&path), ledger));
    let tasks = desk.tasks(&mut notices);
    let standing = Standing::of(ledger, overview(&desk.campaign, &entries, &tasks), &desk, &mut notices)?;
    report.tell(&notices, session);
    report.result = if session.is_json() {
        json::text(&StatusJson::of(&standing, &words::status::next_steps(&standing)))?
    } else {
        words::status::screen(&standing, session.verbose, session.width)
    };
    Ok(report)
}
