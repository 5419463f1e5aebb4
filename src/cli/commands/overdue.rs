//! `overdue`: what is overdue, due soon, late or without a date on the as-of day.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::overdue::OverdueJson;
use crate::cli::output;
use crate::cli::output::Forms;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::ladder;
use crate::documents::overdue::OverdueSource;
use crate::documents::overdue::overdue_document;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::results;
use crate::results::OverdueState;

#[derive(Debug, clap::Args)]
#[command(
    about = "查逾期、临期、无期限和超期完成，按单位汇总，写明该到哪一步督办；方案任务到期的也列出",
    after_long_help = "\
例子：
  qingdan overdue                           看今天的情况
  qingdan overdue --as-of 2023-08-15        看那一天的情况（之后发生的不算）
  qingdan overdue -o out/逾期.xlsx          写成表格；.csv、.json 也可以
  qingdan overdue 上月台账.xlsx --format json"
)]
pub struct Arguments {
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "另写成文件，.xlsx、.csv 或 .json")]
    output: Option<PathBuf>,
    #[arg(long, help = "写成表格时联系电话写全，不打星号")]
    full_phones: bool,
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let path = desk.ledger_path(arguments.ledger.as_deref());
    let ledger = desk.ledger(&path)?;
    let overdue = results::overdue(&ledger, desk.ground());
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    notices.extend(desk.rows_gone(&path, &ledger)?);
    let tasks = desk.tasks(&mut notices);
    let letters = ladder::standings(&desk, &ledger, &overdue, &mut notices);
    report.tell(&notices, session);
    let campaign = &desk.campaign;
    let as_json = || json::text(&OverdueJson::of(&overdue, &ledger, (campaign, &desk.roster), &tasks, &letters));
    report.result = if session.is_json() {
        as_json()?
    } else {
        let hazards = words::overdue::answer(&overdue, &ledger, &letters, session.verbose, session.width);
        hazards + &words::letters::due(&letters, campaign) + &words::tasks::answer(campaign, &tasks, session.verbose, session.width)
    };
    let source = OverdueSource {
        campaign,
        ledger: &ledger,
        overdue: &overdue,
        tasks: &tasks,
        letters: &letters,
        full_phones: arguments.full_phones,
    };
    let forms = Forms {
        cover: Cover::new(Audience::Unit, campaign, arguments.full_phones),
        json: &as_json,
        document: &|_| overdue_document(source),
    };
    output::write(arguments.output.as_deref(), [path.as_path()], &forms, &desk, session, &mut report)?;
    let late = overdue.items.iter().any(|item| item.state == OverdueState::Overdue);
    report.next_step(match (late, &arguments.output) {
        _ if !letters.due.is_empty() => "按步骤发函：qingdan notice",
        (true, None) => "写成表格发督办：qingdan overdue -o out/逾期.xlsx",
        _ => "出三清单：qingdan lists -o out/三清单.xlsx",
    });
    Ok(report)
}
