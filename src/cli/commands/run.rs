//! `run`: what cron calls: a day's work, in one line.

use crate::cli::arguments::FailOn;
use crate::cli::commands::report::KindArgument;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::day;
use crate::results::figures::ReportKind;

#[derive(Debug, clap::Args)]
#[command(
    about = "定时任务用：检查、合并、出逾期表和三清单，到日子的报表一并出，放进 out/日期/",
    after_long_help = "\
例子：
  qingdan run                               做今天该做的；放进定时任务，见 docs/cron.md
  qingdan run --as-of 2023-08-14            补做那一天的
  qingdan run --report monthly              除了到日子的，另出月通报
  qingdan run --fail-on never               报送文件里有错误也算成功（退出码 0）

做成了只输出一行。全部做好才放进 out/日期/，里面的 index.json 列出有哪些文件；做不成的，台账和 out 都不动。
同一天可以反复运行；这一天用 --report 要过的报表，以后每次都一并更新。哪天出哪种报表，写在 campaign.yaml 的 reports 里。

退出码 1：做完了，但报送文件里有错误，或者台账里有前后矛盾、报表没有出。"
)]
pub struct Arguments {
    #[arg(long, value_name = "种类", value_enum, help = "不管到没到日子，另出这种报表，可以写几次")]
    report: Vec<KindArgument>,
    #[arg(long, value_name = "程度", value_enum, default_value = "error", help = "有这种程度的问题时退出码为 1")]
    fail_on: FailOn,
}

/// Does the day's work.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let asked: Vec<ReportKind> = arguments.report.iter().map(|kind| kind.kind()).collect();
    let day = day::run(&asked, &session.holder, &desk)?;
    let mut report = Report::clean(if session.is_json() { day.listing.clone() } else { words::day::summary(&day, session.as_of) });
    report.is_written = true;
    report.tell(&day.notices, session);
    if !day.withheld.is_empty() || day.diagnostics.iter().any(|diagnostic| arguments.fail_on.is_reached_by(diagnostic.severity)) {
        report.exit = ExitCode::Findings;
    }
    Ok(report)
}
