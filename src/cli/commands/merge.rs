//! `merge`: submissions into the ledger, with the balance of every row, and the history beside it.

use std::path::Path;
use std::path::PathBuf;

use crate::cli::arguments::FailOn;
use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::commands::reading;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::history;
use crate::cli::json::merge::MergeJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::pipeline;
use crate::cli::pipeline::MergeInputs;
use crate::cli::pipeline::TableFormat;
use crate::cli::print;
use crate::cli::print::count;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::print::diagnostics::Tally;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::files::Lock;
use crate::files::Outputs;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::workspace;
use crate::ledger::MergeOutcome;

#[derive(Debug, clap::Args)]
#[command(
    about = "读取报送文件，合并进台账，并逐行对账",
    after_long_help = "\
例子：
  qingdan merge                             合并 inbox/ 里的全部文件，写入 ledger.xlsx
  qingdan merge --dry-run                   只看会怎样，不写任何文件
  qingdan merge inbox/第28周                只合并一个文件夹
  qingdan merge --base 旧台账.xls -o ledger.xlsx    从原有台账起步，什么样的表头都可以
  qingdan merge --received 2023-07-14       文件里没有日期时，按这一天收到算"
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
    #[arg(long, value_name = "程度", value_enum, default_value = "never", help = "有这种程度的问题时退出码为 1")]
    fail_on: FailOn,
}

/// Merges, and writes ledger and history together.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let target = arguments.output.as_ref().map_or_else(|| loaded.workspace.ledger(), |output| names::absolute(output, &session.start));
    let format = table_format(&target)?;
    // Taken before anything is read: what is read must still be true when it is written.
    let lock = if arguments.dry_run { None } else { Some(Lock::take(&loaded.workspace.root, &session.holder)?) };
    let base = base(arguments, &loaded, &target, session)?;
    let paths = if arguments.paths.is_empty() { vec![loaded.workspace.root.join(workspace::INBOX)] } else { arguments.paths.clone() };
    let own = loaded.workspace.own_files([loaded.roster_path.clone(), target.clone()].into_iter().chain(base.clone()));
    let list = list_inputs(&paths, &session.start, &loaded.workspace.root, &own)?;
    let judged = loaded.judged(session);
    let mut readings = reading::each(&list, &judged, |_, _, reading| reading);
    readings.extend(reading::unlisted(&list, &loaded.workspace.root));
    if !readings.is_empty() && readings.iter().all(|reading| reading.content.is_err()) {
        let findings = reading::check_all(&readings, &judged);
        let look = Look { verbose: session.verbose, least: Severity::Note, snippet: &|_| None };
        return Err(Failure::impossible("没有一个文件能读出来，台账没有改动", "逐个检查：qingdan validate")
            .with_details(diagnostics::list(&findings, &look)));
    }
    if readings.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| loaded.workspace.name(&names::absolute(path, &session.start))).collect();
        return Err(Failure::impossible(
            format!("“{}”里没有可以合并的文件", places.join("、")),
            "请把各单位报来的表格放进 inbox/，或写明文件路径",
        ));
    }
    let mut findings: Vec<_> = readings.iter().flat_map(|reading| pipeline::check_file(reading, &judged)).collect();
    let base_reading = base.as_deref().map(|path| loaded.ledger_reading(path)).transpose()?;
    let received = arguments.received.and_then(|received| received.resolve(session.today));
    let outcome = pipeline::merge(MergeInputs { judged, base: base_reading, submissions: readings, received });
    let ledger_name = loaded.workspace.name(&target);
    findings.extend(pipeline::check_merge(&outcome, &judged, &ledger_name));
    sort_by_place(&mut findings);

    let mut report = Report::clean("");
    reading::tell_skipped(&list, session.verbose, &mut report);
    if !arguments.dry_run {
        let inputs = list.inputs.iter().map(|input| input.path.as_path());
        let read_only = [loaded.workspace.campaign.as_path(), loaded.roster_path.as_path()];
        let mut outputs = Outputs::new(inputs.chain(read_only).chain(base.as_deref().filter(|base| *base != target)));
        write(&outcome, &loaded, session, &target, format, &mut outputs)?;
        report.say(if outputs.is_empty() { format!("台账没有变化：{ledger_name}") } else { format!("已写入 {ledger_name}") });
        outputs.commit()?;
    }
    drop(lock);
    report.exit =
        if findings.iter().any(|finding| arguments.fail_on.is_reached_by(finding.severity)) { ExitCode::Findings } else { ExitCode::Clean };
    report.result = if session.is_json() {
        json::text(&MergeJson::of(&outcome, &findings, &ledger_name))?
    } else {
        print::merge::answer(&outcome, session.verbose, session.width)
    };
    let look = Look { verbose: session.verbose, least: if session.verbose { Severity::Note } else { Severity::Error }, snippet: &|_| None };
    report.messages.push_str(&diagnostics::list(&findings, &look));
    report.say(format!("读了 {}：{}（全部列出：qingdan validate）", count::files(list.inputs.len()), Tally::of(&findings).words()));
    if arguments.dry_run {
        report.next_step("以上是试算，没有写任何文件；确认后运行 qingdan merge");
    } else {
        report.next_step("看逾期 qingdan overdue；出三清单 qingdan lists -o out/三清单.xlsx；某条怎么来的 qingdan why 编号");
    }
    Ok(report)
}

/// What is merged into: `--base`, else what stands under the target's name, else the workspace's ledger. A target
/// that exists is never overwritten by a ledger that does not hold its hazards.
fn base(arguments: &Arguments, loaded: &Loaded, target: &Path, session: &Session) -> Result<Option<PathBuf>, Failure> {
    if let Some(named) = &arguments.base {
        let path = names::absolute(named, &session.start);
        if !path.exists() {
            return Err(Failure::impossible(
                format!("--base 指的台账“{}”不存在", names::shown(named)),
                "请核对路径；第一次合并不需要 --base",
            ));
        }
        return Ok(Some(path));
    }
    let own = loaded.workspace.ledger();
    Ok([target.to_path_buf(), own].into_iter().find(|path| path.exists()))
}

fn write(
    outcome: &MergeOutcome,
    loaded: &Loaded,
    session: &Session,
    target: &Path,
    format: TableFormat,
    outputs: &mut Outputs,
) -> Result<(), Failure> {
    let bytes = pipeline::ledger_bytes(outcome, &loaded.judged(session), format)
        .map_err(|why| Failure::impossible(format!("台账写不出来：{why}"), "原有台账没有改动"))?;
    // The history first: if the machine stops between the two, the next merge says the same again and nothing is lost.
    let history = target.with_file_name(workspace::HISTORY);
    crate::files::history::append(outputs, &history, &history::lines(&outcome.history))?;
    outputs.stage(target, &bytes)?;
    Ok(())
}

/// The format that a file's extension asks for.
pub fn table_format(target: &Path) -> Result<TableFormat, Failure> {
    let extension = target.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Ok(TableFormat::Workbook),
        Some("csv") => Ok(TableFormat::Csv),
        _ => Err(Failure::usage(format!("不知道“{}”要写成什么格式", names::shown(target)), "文件名请以 .xlsx 或 .csv 结尾")),
    }
}
