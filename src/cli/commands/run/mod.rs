//! `run`: what cron calls: validate, merge, then every list and report that the campaign schedules for the day, into `out/<date>/`.
//!
//! Everything is made in a folder of its own first, from a ledger of its own; then the folder is put in its place and the
//! ledger is written, and if that fails the folder is taken back. One line on success.

pub mod index;
mod inputs;

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::arguments::FailOn;
use crate::cli::commands::lists;
use crate::cli::commands::overdue;
use crate::cli::commands::paper;
use crate::cli::commands::paper::TableFormat;
use crate::cli::commands::report;
use crate::cli::commands::report::KindArgument;
use crate::cli::commands::report::statistics;
use crate::cli::commands::run::index::Earlier;
use crate::cli::commands::run::index::Index;
use crate::cli::commands::run::inputs::Day;
use crate::cli::commands::run::inputs::Merged;
use crate::cli::commands::submissions;
use crate::cli::commands::submissions::Inputs;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::print::diagnostics::Tally;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::documents::validation::validation_document;
use crate::files::Lock;
use crate::files::Outputs;
use crate::files::StagedFolder;
use crate::files::names;
use crate::files::staged_folder::INDEX;
use crate::files::workspace;
use crate::ledger::Ledger;
use crate::results;
use crate::results::OverdueState;
use crate::results::figures::ReportKind;
use crate::results::figures::due_reports;

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

/// The merged ledger of the day, beside its papers.
const LEDGER: &str = "台账.xlsx";
/// What the history is called beside a ledger of that name; taken away again.
const HISTORY: &str = "台账.history.jsonl";

/// Does the day's work.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let lock = Lock::take(&loaded.workspace.root, &session.holder)?;
    let mut merged = inputs::merged(&loaded, session)?;
    let target = loaded.workspace.root.join(workspace::OUT).join(session.as_of.to_string());
    let staged = StagedFolder::begin(&target, &index::listed)?;
    let Earlier { asked, changes } = staged.standing(INDEX).map(|index| Earlier::read(&index)).unwrap_or_default();
    merged.day.remember(changes);
    let asked = kinds(asked.into_iter().chain(arguments.report.iter().map(|kind| kind.kind())));
    let format = paper::table_format(&loaded.workspace.ledger())?;
    let standing = Some(LEDGER).filter(|_| format == TableFormat::Csv).and_then(|name| staged.standing(name));
    staged.write(LEDGER, &merged.workbook(standing))?;
    let history = loaded.workspace.history_of(&loaded.workspace.ledger());
    let mut made = Outputs::default();
    inputs::history_with(&merged, &history, &staged.path().join(HISTORY), &mut made)?;
    made.commit()?;

    let mut report = Report::clean("");
    // The ledger's new bytes lie on the disk before anything is put in its place, and are not held beside the papers.
    let mut outputs = Outputs::default();
    inputs::stage_ledger(&merged, &loaded, session, &history, &mut outputs)?;
    let Merged { outcome, ledger, day } = merged;
    let mut index = Index::new(&loaded, session, &outcome, &day, &asked);
    drop((outcome, ledger));
    // Said of the place that the clerk knows, not of the one where it is filled.
    let in_place = |failure: Failure| Failure {
        message: failure.message.replace(&names::shown(staged.path()), &loaded.workspace.name(&target)),
        ..failure
    };
    papers(&asked, &loaded, session, &staged, &day, &mut index, &mut report).map_err(in_place)?;
    if staged.path().join(HISTORY).exists() {
        staged.remove(HISTORY)?;
    }
    index.files = staged.files()?.into_iter().map(|(name, bytes)| index::FileJson { name, bytes: bytes.len() as u64 }).collect();
    let listing = json::text(&index)?;
    staged.write(INDEX, listing.as_bytes())?;

    let placed = staged.place(&index::says_the_same)?;
    if let Err(failure) = outputs.commit_together(&loaded.workspace.root) {
        placed.undo();
        return Err(failure.into());
    }
    if placed.finish(&index::listed).is_err() {
        report.say("注意：换下来的旧文件夹没有清掉，下次运行时再清；今天的文件和台账都已写好");
    }
    drop(lock);
    if !index.withheld.is_empty() || day.findings.iter().any(|finding| arguments.fail_on.is_reached_by(finding.severity)) {
        report.exit = ExitCode::Findings;
    }
    report.result = if session.is_json() { listing } else { summary(&loaded, &day.findings, session, &index, &target) };
    Ok(report)
}

/// Every paper of the day into the staged folder.
fn papers(
    asked: &[ReportKind],
    loaded: &Loaded,
    session: &Session,
    staged: &StagedFolder,
    day: &Day,
    index: &mut Index<'_>,
    report: &mut Report,
) -> Result<(), Failure> {
    let ledger = staged.path().join(LEDGER);
    let within = |name: &str| staged.path().join(name);
    // Their answers go to nobody; what they write is the answer.
    let quiet = Session { progress: false, ..session.clone() };
    let validation = validation_document(&day.findings, &loaded.campaign.issuer);
    staged.write("校验问题.xlsx", &paper::bytes(&validation, TableFormat::Workbook, session.as_of, report)?)?;
    overdue::run(&overdue::Arguments::written(ledger.clone(), within("逾期.xlsx")), &quiet)?;
    lists::run(&lists::Arguments::written(ledger.clone(), within("三清单.xlsx")), &quiet)?;
    if !loaded.campaign.obligations.is_empty() {
        let arguments = submissions::Arguments::written(within("报送情况.xlsx"));
        submissions::answer(&arguments, loaded, &day.came_in, &quiet, Report::clean(""))?;
    }
    let kinds = kinds(due_reports(&loaded.campaign, session.as_of).into_iter().chain(asked.iter().copied()));
    let (impossible, standing) = impossible_rows(loaded, &ledger, session)?;
    let overdue = results::overdue(&standing, loaded.ground(session));
    index.hazards = overdue.items.len();
    index.overdue = overdue.items.iter().filter(|item| item.state == OverdueState::Overdue).count();
    drop((standing, overdue));
    if kinds.is_empty() {
        return Ok(());
    }
    if let Some(told) = impossible {
        index.withheld = kinds;
        report.messages.push_str(&told);
        return Ok(());
    }
    for kind in kinds {
        report_papers(kind, &ledger, staged.path(), &day.came_in, &quiet, index, report)?;
    }
    Ok(())
}

/// Each kind once, in their order.
fn kinds(kinds: impl Iterator<Item = ReportKind>) -> Vec<ReportKind> {
    kinds.collect::<BTreeSet<ReportKind>>().into_iter().collect()
}

/// The papers of one kind. Sums that do not agree are a fault of ours, and then nothing of the day is written.
fn report_papers(
    kind: ReportKind,
    ledger: &Path,
    folder: &Path,
    came_in: &Inputs,
    session: &Session,
    index: &mut Index<'_>,
    report: &mut Report,
) -> Result<(), Failure> {
    let arguments = report::Arguments::whole_set(kind, ledger.to_path_buf(), folder.to_path_buf());
    let text = Session { format: crate::cli::session::OutputFormat::Text, ..session.clone() };
    let answer = report::run_on(&arguments, Some(came_in), &text)?;
    if answer.exit != ExitCode::Clean {
        return Err(Failure {
            exit: ExitCode::Findings,
            ..Failure::impossible("报表的数字对不上，什么也没有写", "这是程序的缺陷，请反馈")
        }
        .with_details(answer.result));
    }
    // Warnings alone: what was written is in the index.
    for line in answer.messages.lines().filter(|line| line.starts_with("注意")) {
        report.say(line);
    }
    index.reports.push(kind);
    Ok(())
}

/// What makes reports impossible, said of the ledger that the clerk knows (nothing where they can be made), and the ledger's hazards.
fn impossible_rows(loaded: &Loaded, ledger: &Path, session: &Session) -> Result<(Option<String>, Ledger), Failure> {
    let (mut found, hazards) = statistics::judged(loaded.ledger_reading(ledger, session)?, loaded, session);
    let name: std::sync::Arc<str> = loaded.workspace.name(&loaded.workspace.ledger()).into();
    for diagnostic in &mut found {
        diagnostic.place.file = name.clone();
    }
    Ok(((!found.is_empty()).then(|| statistics::withheld(&found, session)), hazards))
}

/// The one line.
fn summary(loaded: &Loaded, findings: &[Diagnostic], session: &Session, index: &Index<'_>, target: &Path) -> String {
    let tally = Tally::of(findings);
    let records = match &index.merge {
        Some(merge) => {
            format!("{} 个文件 {} 条记录，新增 {}，更新 {}，退回 {}", merge.files, merge.records, merge.new, merge.updated, merge.rejected)
        }
        None => "没有报送文件，台账照旧".to_owned(),
    };
    let named = |words: &str, kinds: &[ReportKind]| match kinds {
        [] => String::new(),
        kinds => format!("，{words} {}", kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("、")),
    };
    let (reports, withheld) = (named("报表", &index.reports), named("没有出的报表", &index.withheld));
    format!(
        "{} 完成：{records}；隐患 {}，逾期 {}{reports}{withheld}；校验：{}；{} 里 {} 个文件\n",
        session.as_of,
        index.hazards,
        index.overdue,
        tally.words(),
        loaded.workspace.name(target),
        index.files.len() + 1
    )
}
