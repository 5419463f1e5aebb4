//! `overdue`: what is overdue, due soon, late or without a date on the as-of day.

use std::path::PathBuf;

use crate::cli::commands::paper;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::overdue::OverdueJson;
use crate::cli::loading;
use crate::cli::print;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::documents::overdue::OverdueSource;
use crate::documents::overdue::overdue_document;
use crate::files::names;
use crate::results;
use crate::results::OverdueState;

#[derive(Debug, Default, clap::Args)]
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

impl Arguments {
    /// This ledger as a file, everything else as it is by default.
    pub fn written(ledger: PathBuf, output: PathBuf) -> Arguments {
        Arguments { ledger: Some(ledger), output: Some(output), ..Arguments::default() }
    }
}

/// Answers, and writes a file only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let path = loaded.ledger_path(arguments.ledger.as_deref(), session);
    let ledger = loaded.ledger(&path, session)?;
    let overdue = results::overdue(&ledger, loaded.ground(session));
    let mut report = Report::clean("");
    let tasks = loaded.tasks(session, &mut report);
    let as_json = || json::text(&OverdueJson::of(&overdue, &ledger, &loaded.campaign, &tasks));
    report.result = if session.is_json() {
        as_json()?
    } else {
        let hazards = print::overdue::answer(&overdue, &ledger, session.verbose, session.width);
        hazards + &print::tasks::answer(&loaded.campaign, &tasks, session.verbose, session.width)
    };
    if let Some(output) = &arguments.output {
        let target = names::absolute(output, &session.start);
        let bytes = if paper::is_json(&target) {
            as_json()?.into_bytes()
        } else {
            let format = paper::table_format(&target)?;
            let campaign = &loaded.campaign;
            let source = OverdueSource { campaign, ledger: &ledger, overdue: &overdue, tasks: &tasks, full_phones: arguments.full_phones };
            paper::bytes(&overdue_document(source).map_err(paper::unbalanced)?, format, session.as_of, &mut report)?
        };
        let mut outputs = loaded.outputs([path.as_path()]);
        outputs.stage(&target, &bytes)?;
        outputs.commit()?;
        report.say(format!("已写入 {}", loaded.workspace.name(&target)));
    }
    let late = overdue.items.iter().any(|item| item.state == OverdueState::Overdue);
    report.next_step(match (late, &arguments.output) {
        (true, None) => "写成表格发督办：qingdan overdue -o out/逾期.xlsx",
        _ => "出三清单：qingdan lists -o out/三清单.xlsx",
    });
    Ok(report)
}
