//! `merge`: submissions into the ledger, with the balance of every row, and the history beside it.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::cli::arguments::FailOn;
use crate::cli::clock;
use crate::cli::clock::DayArgument;
use crate::cli::commands::paper;
use crate::cli::commands::paper::TableFormat;
use crate::cli::commands::reading;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::merge::MergeJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::pipeline;
use crate::cli::print;
use crate::cli::print::count;
use crate::cli::print::diagnostics;
use crate::cli::print::diagnostics::Look;
use crate::cli::print::diagnostics::Tally;
use crate::cli::register;
use crate::cli::register::LaidBeside;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::digest::hex;
use crate::digest::sha256;
use crate::documents::ledger::ledger_document;
use crate::documents::unchanged::says_the_same;
use crate::files::InputList;
use crate::files::Lock;
use crate::files::LockRefused;
use crate::files::Outputs;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::outputs::is_open_elsewhere;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::ledger;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::ledger::history;
use crate::records::FileReading;

/// How many things that were put right in the ledger are told unless everything is asked for.
const TOLD: usize = 10;

#[derive(Debug, clap::Args)]
#[command(
    about = "读取报送文件，合并进台账，并逐行对账",
    after_long_help = "\
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
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let target = arguments.output.as_ref().map_or_else(|| loaded.workspace.ledger(), |output| names::absolute(output, &session.start));
    let format = paper::table_format(&target)?;
    // Taken before anything is read: what is read must still be true when it is written.
    let lock = if arguments.dry_run { None } else { lock(&loaded, &target, session)? };
    let withdrawn: BTreeSet<String> =
        arguments.withdraw.iter().map(|file| loaded.workspace.name(&names::absolute(file, &session.start))).collect();
    let inputs = if withdrawn.is_empty() { inputs } else { inputs_if_any };
    let list = inputs(&arguments.paths, arguments.base.as_ref(), &loaded, session)?;
    let named_base = arguments.base.as_ref().map(|named| names::absolute(named, &session.start));
    let untouched = list.inputs.iter().map(|input| input.path.as_path());
    let mut outputs = loaded.outputs_beside_ledger(untouched.chain(named_base.as_deref().filter(|base| *base != target)));
    outputs.check(&target)?;

    let base = base(named_base, &loaded, &target)?;
    let received = arguments.received.and_then(|received| received.resolve(session.today));
    let Merged { outcome, findings, .. } =
        merged(Round { received, withdrawn: &withdrawn }, &loaded, session, &list, base.as_deref(), &target, |_| ())?;
    let name = loaded.workspace.name(&target);
    let mut report = Report::clean(if session.is_json() {
        json::text(&MergeJson::of(&outcome, &findings, &name))?
    } else {
        print::merge::answer(&outcome, session.verbose, session.width)
    });
    reading::tell_skipped(&list, session.verbose, &mut report);
    let look = Look { verbose: session.verbose, least: if session.verbose { Severity::Note } else { Severity::Error }, snippet: &|_| None };
    report.messages.push_str(&diagnostics::list(&findings, &look));
    for told in findings.iter().filter(|finding| register::is_told(finding) && !session.verbose).take(TOLD) {
        report.say(format!("{}：{}", told.code, told.message));
    }
    report.say(format!("读了 {}：{}（全部列出：qingdan validate）", count::files(list.inputs.len()), Tally::of(&findings).words()));
    if let Some(base) = &base {
        report.say(format!("在台账 {} 上合并", loaded.workspace.name(base)));
    }
    let values: usize = outcome.edits.iter().filter(|edit| edit.event.is_none()).map(|edit| edit.set.len()).sum();
    if values > 0 {
        report.say(format!("台账里直接改过 {}，按 {} 改的记入 {}", count::values(values), session.as_of, workspace::HISTORY));
    }
    if arguments.dry_run {
        report.next_step("以上是试算，没有写任何文件；确认后运行 qingdan merge");
    } else {
        // The history first: if the machine stops between the two, the next merge says the same again and nothing is lost.
        let (staged, ledger) = rayon::join(
            || stage_history(&outcome, &loaded.workspace.history_of(&target), &mut outputs),
            || ledger_bytes(&outcome, &loaded, session, format, &mut report),
        );
        staged?;
        let ledger = ledger?;
        let ledger = unchanged(&outcome, format, base.as_deref(), &ledger).unwrap_or(ledger);
        outputs.stage(&target, &ledger)?;
        report.say(if outputs.is_empty() { format!("台账没有变化：{name}") } else { format!("已写入 {name}") });
        match lock {
            Some(_) => outputs.commit_together(&loaded.workspace.root)?,
            None => outputs.commit()?,
        }
        if is_open_elsewhere(&target) {
            report.say(format!("注意：{name} 好像正在 Excel/WPS 中打开；请关闭它（不要保存）再重新打开，否则旧内容会盖掉这次合并"));
        }
        report.next_step("看逾期 qingdan overdue；出三清单 qingdan lists -o out/三清单.xlsx；某条怎么来的 qingdan why 编号");
    }
    drop(lock);
    if findings.iter().any(|finding| arguments.fail_on.is_reached_by(finding.severity)) {
        report.exit = ExitCode::Findings;
    }
    // Hundreds of thousands of small pieces: the end of the process gives them back at once.
    std::mem::forget(outcome);
    Ok(report)
}

/// The right to write. A workspace that cannot be written to has no other writer either, so what goes elsewhere may go.
fn lock(loaded: &Loaded, target: &Path, session: &Session) -> Result<Option<Lock>, Failure> {
    match Lock::take(&loaded.workspace.root, &session.holder) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockRefused::Failed(_)) if !target.starts_with(&loaded.workspace.root) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// The submissions; none at all is a mistake that should be said.
fn inputs(named: &[PathBuf], base: Option<&PathBuf>, loaded: &Loaded, session: &Session) -> Result<InputList, Failure> {
    let list = inputs_if_any(named, base, loaded, session)?;
    if list.inputs.is_empty() && list.unlisted.is_empty() {
        return Err(nothing_came(named, loaded));
    }
    Ok(list)
}

/// Says that there is nothing to merge, and where it was looked for.
pub fn nothing_came(named: &[PathBuf], loaded: &Loaded) -> Failure {
    let inbox = [loaded.workspace.root.join(workspace::INBOX)];
    let looked: Vec<String> = if named.is_empty() { &inbox } else { named }.iter().map(|path| loaded.workspace.name(path)).collect();
    Failure::impossible(format!("“{}”里没有可以合并的文件", looked.join("、")), "请把各单位报来的表格放进 inbox/，或写明文件路径")
}

/// The submissions under the named paths, or in the inbox; perhaps none.
pub fn inputs_if_any(named: &[PathBuf], base: Option<&PathBuf>, loaded: &Loaded, session: &Session) -> Result<InputList, Failure> {
    let inbox = loaded.workspace.root.join(workspace::INBOX);
    let paths = match named {
        [] if inbox.exists() => vec![inbox],
        named => named.to_vec(),
    };
    let carried = loaded.carried_path();
    let others = [Some(&loaded.roster_path), base, carried.as_ref()];
    let own = loaded.workspace.own_files(others.into_iter().flatten().map(|path| names::absolute(path, &session.start)));
    Ok(list_inputs(&paths, &session.start, &loaded.workspace.root, &own)?)
}

/// What is merged into: `--base`, else what stands under the target's name, else the workspace's ledger. A target
/// that exists is never overwritten by a ledger that does not hold its hazards.
fn base(named: Option<PathBuf>, loaded: &Loaded, target: &Path) -> Result<Option<PathBuf>, Failure> {
    match named {
        Some(path) if path.exists() => Ok(Some(path)),
        Some(path) => {
            Err(Failure::impossible(format!("--base 指的台账“{}”不存在", names::shown(&path)), "请核对路径；第一次合并不需要 --base"))
        }
        None => Ok([target.to_path_buf(), loaded.workspace.ledger()].into_iter().find(|path| path.exists())),
    }
}

/// What came of it.
pub struct Merged<T> {
    pub outcome: MergeOutcome,
    /// What the rules say of files and outcome, by place.
    pub findings: Vec<Diagnostic>,
    /// What else was taken from each listed file, in their order.
    pub taken: Vec<T>,
}

/// What the command line says of one merge.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    /// Date of submissions that carry none.
    pub received: Option<NaiveDate>,
    /// Files to take back.
    pub withdrawn: &'a BTreeSet<String>,
}

/// Reads each file once, and merges; `take` sees each reading before it is merged.
pub fn merged<T: Send>(
    round: Round<'_>,
    loaded: &Loaded,
    session: &Session,
    list: &InputList,
    base: Option<&Path>,
    target: &Path,
    take: impl Fn(&FileReading) -> T + Sync,
) -> Result<Merged<T>, Failure> {
    let ground = loaded.ground(session);
    let each = reading::each(list, ground, session, &[], |_, source, reading| {
        let hash = source.map(|source| (source.name.clone(), hex(&sha256(&source.bytes))));
        (pipeline::check_file(&reading, ground), take(&reading), hash, reading)
    });
    let (mut submissions, mut findings, mut taken): (Vec<FileReading>, Vec<Diagnostic>, Vec<T>) = Default::default();
    let mut hashes: Vec<Option<(Arc<str>, String)>> = Vec::new();
    for (found, took, hash, reading) in each {
        findings.extend(found);
        taken.push(took);
        hashes.push(hash);
        submissions.push(reading);
    }
    for unlisted in reading::unlisted(list, &loaded.workspace.root) {
        findings.extend(pipeline::check_file(&unlisted, ground));
        submissions.push(unlisted);
    }
    if !submissions.is_empty() && submissions.iter().all(|reading| reading.content.is_err()) {
        sort_by_place(&mut findings);
        let look = Look { verbose: session.verbose, least: Severity::Note, snippet: &|_| None };
        return Err(Failure::impossible("没有一个文件能读出来，台账没有改动", "逐个检查：qingdan validate")
            .with_details(diagnostics::list(&findings, &look)));
    }
    let mut laid = register::lay_beside(base, target, round.withdrawn, loaded, session)?;
    refuse_to_lose(&laid, loaded)?;
    let mut hashes: Vec<(Arc<str>, String)> = hashes.into_iter().flatten().collect();
    let is_out = |file: &str, hash: &str| round.withdrawn.contains(file) || laid.is_withdrawn(file, hash);
    let passed_over: Vec<Arc<str>> = hashes.iter().filter(|(file, hash)| is_out(file, hash)).map(|(file, _)| file.clone()).collect();
    hashes.retain(|(file, _)| !passed_over.contains(file));
    submissions.retain(|reading| !passed_over.contains(&reading.file));
    findings.retain(|finding| !passed_over.contains(&finding.place.file));
    let carried = loading::carried_over(&loaded.workspace, ground);
    findings.extend(carried.iter().flat_map(|reading| pipeline::check_carried_file(reading, ground)));
    let mut outcome = ledger::merge(MergeInputs {
        ground,
        base: laid.base.take(),
        carried,
        files: submissions,
        received: round.received,
        assigned: std::mem::take(&mut laid.survey.assigned),
        earlier_identities: std::mem::take(&mut laid.earlier_identities),
        take_over: Some(std::mem::take(&mut laid.take_over)),
        vacant: std::mem::take(&mut laid.vacant),
    });
    register::close(&mut outcome, laid, hashes, round.withdrawn, session);
    outcome.passed_over = passed_over;
    findings.extend(pipeline::check_merge(&outcome, ground, &loaded.workspace.name(target)));
    sort_by_place(&mut findings);
    Ok(Merged { outcome, findings, taken })
}

/// With an empty roster nothing that comes in could be told apart.
fn refuse_to_lose(laid: &LaidBeside, loaded: &Loaded) -> Result<(), Failure> {
    if !laid.survey.assigned.is_empty() && loaded.roster.units.is_empty() {
        let roster = loaded.workspace.name(&loaded.roster_path);
        let what = format!("单位名册“{roster}”里一个单位也没有，报来的隐患都会退回，所以没有合并");
        return Err(Failure::impossible(what, "请把名册补上（列：编码,单位名称,简称,类别,乡镇），再运行一次"));
    }
    Ok(())
}

pub fn ledger_bytes(
    outcome: &MergeOutcome,
    loaded: &Loaded,
    session: &Session,
    format: TableFormat,
    report: &mut Report,
) -> Result<Vec<u8>, Failure> {
    let document = ledger_document(outcome, &loaded.campaign.issuer).map_err(paper::unbalanced)?;
    paper::bytes(&document, format, session.as_of, report)
}

/// The bytes of the ledger that was merged into, when the merge says nothing that does not stand there already.
pub fn unchanged(outcome: &MergeOutcome, format: TableFormat, base: Option<&Path>, ledger: &[u8]) -> Option<Vec<u8>> {
    if format != TableFormat::Workbook || outcome.bookkeeping.closing.is_some() {
        return None;
    }
    let old = read_named(base?, Arc::from("ledger")).ok()?.bytes;
    says_the_same(&old, ledger).then_some(old)
}

pub fn stage_history(outcome: &MergeOutcome, history: &Path, outputs: &mut Outputs) -> Result<(), Failure> {
    if outcome.bookkeeping.closing.is_some() {
        crate::files::history::append(outputs, history, |writer| history::write(outcome.history(), &outcome.bookkeeping, writer))?;
    }
    Ok(())
}
