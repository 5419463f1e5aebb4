//! `merge`: submissions into the ledger, with the balance of every row, and the history beside it.

use std::path::PathBuf;

use crate::cli::arguments::FailOn;
use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::merge::MergeJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::merging;
use crate::desk::merging::MergeRequest;

#[derive(Debug, clap::Args)]
#[command(
    about = "读取报送文件，合并进台账，并逐行对账",
    after_long_help = "\
邮件（.eml）和 .zip 压缩包可以原样放进 inbox/，里面的表格就地读；正文写着“本周无隐患”的算零报告。
inbox/ 空着也可以合并：把台账与历史核对一遍，记下手工改动，少了的行放回。

例子：
  qingdan merge                             合并 inbox/ 里的全部文件，写入 ledger.xlsx
  qingdan merge --dry-run                   只看会怎样，不写任何文件
  qingdan merge inbox/第28周                只合并一个文件夹
  qingdan merge --base 旧台账.xls -o ledger.xlsx    从原有台账起步，什么样的表头都可以
  qingdan merge --received 2023-07-14       文件里没有日期时，按这一天收到算
  qingdan merge --withdraw inbox/甲医院.xlsx    撤回报错的一个文件"
)]
pub struct Arguments {
    #[arg(value_name = "路径", help = "报送文件或文件夹（默认：inbox/）")]
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "文件", help = "合并进这本台账（默认：工作区的台账）；按本级自己的台账对待，表头不限")]
    base: Option<PathBuf>,
    #[arg(short = 'o', long, value_name = "文件", help = "写到这里，.xlsx 或 .csv（默认：工作区的台账）")]
    output: Option<PathBuf>,
    #[arg(long, help = "只计算，不写任何文件")]
    dry_run: bool,
    #[arg(long, value_name = "日期", value_parser = clock::parse_day, help = "表内和文件名里都没有日期时，按这一天收到算")]
    received: Option<DayArgument>,
    #[arg(
        long,
        value_name = "文件",
        help = "撤回这个报送文件，好像它没有来过：它填的值改回以前的，只有它报的隐患撤销；文件改过以后才会再读"
    )]
    withdraw: Vec<PathBuf>,
    #[arg(long, value_name = "程度", value_enum, default_value = "never", help = "有这种程度的问题时退出码为 1")]
    fail_on: FailOn,
}

/// Merges, and writes ledger and history together.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let request = MergeRequest {
        paths: arguments.paths.clone(),
        base: arguments.base.clone(),
        target: arguments.output.clone(),
        received: arguments.received.and_then(|received| received.resolve(session.today)),
        withdraw: arguments.withdraw.clone(),
        dry_run: arguments.dry_run,
        holder: session.holder.clone(),
    };
    let merging = merging::merge(&desk, &request)?;
    let mut report = Report::clean(if session.is_json() {
        json::text(&MergeJson::of(&merging.outcome, &merging.diagnostics, &merging.target))?
    } else {
        words::merge::answer(&merging.outcome, session.verbose, session.width)
    });
    report.is_written = merging.written.is_some();
    report.messages = words::merge::messages(&merging, session.as_of, session.verbose);
    report.next_step(match merging.written {
        None => "以上是试算，没有写任何文件；确认后运行 qingdan merge",
        Some(_) => "看逾期 qingdan overdue；出三清单 qingdan lists -o out/三清单.xlsx；某条怎么来的 qingdan why 编号",
    });
    if merging.diagnostics.iter().any(|diagnostic| arguments.fail_on.is_reached_by(diagnostic.severity)) {
        report.exit = ExitCode::Findings;
    }
    // Hundreds of thousands of small pieces: the end of the process gives them back at once.
    std::mem::forget(merging);
    Ok(report)
}
