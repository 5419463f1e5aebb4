//! The core's functions as the commands call them, one each: the seam between the edge and the core.
//!
//! Values in, values out. No command calls the core past this file, so that what a command needs can be read here.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign;
use crate::campaign::Ground;
use crate::diagnostic::Diagnostic;
use crate::ledger;
use crate::ledger::HistoryEntry;
use crate::ledger::Known;
use crate::ledger::Ledger;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::ledger::Past;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::registers;
use crate::registers::ContactsReading;
use crate::registers::LogReading;
use crate::registers::TaskLogReading;
use crate::render::annotate;
use crate::render::annotate::AnnotateError;
use crate::render::annotate::Annotated;
use crate::render::annotate::Mark;
use crate::rules;
use crate::rules::rule::LedgerContext;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// A submission, taken apart.
pub fn read_submission(file: &SourceFile, ground: Ground<'_>) -> FileReading {
    records::read_file(file, &basis(ground, Authority::Unit))
}

/// A ledger, taken apart: the bureau's own word, in any layout.
pub fn read_ledger(file: &SourceFile, ground: Ground<'_>) -> FileReading {
    records::read_file(file, &basis(ground, Authority::Bureau))
}

fn basis<'a>(ground: Ground<'a>, authority: Authority) -> ReadingBasis<'a> {
    ReadingBasis { ground, authority }
}

/// `submissions.csv`, taken apart, and what the rules say of it.
pub fn read_log(file: &SourceFile, ground: Ground<'_>) -> LogReading {
    let reading = registers::read_submission_log(file, ground.campaign, ground.roster);
    LogReading { diagnostics: rules::apply_waivers(ground.campaign, reading.diagnostics), ..reading }
}

/// The text of a file that somebody wrote by hand; `None` when it is no text.
pub fn decoded(file: &SourceFile) -> Option<String> {
    campaign::decode(&file.bytes).ok().map(|decoded| decoded.text)
}

/// `tasks.csv`, taken apart, and what the rules say of it.
pub fn read_task_log(file: &SourceFile, ground: Ground<'_>) -> TaskLogReading {
    let reading = registers::read_task_log(file, ground.campaign);
    TaskLogReading { diagnostics: rules::apply_waivers(ground.campaign, reading.diagnostics), ..reading }
}

/// `contacts.csv`, taken apart, and what the rules say of it.
pub fn read_contacts(file: &SourceFile, ground: Ground<'_>) -> ContactsReading {
    let reading = registers::read_contacts(file, ground.campaign, ground.roster);
    ContactsReading { diagnostics: rules::apply_waivers(ground.campaign, reading.diagnostics), ..reading }
}

/// Why a file gives no rows, in a few words.
pub fn unreadable_words(unreadable: &Unreadable) -> String {
    let words = match &unreadable.reason {
        UnreadableReason::Encrypted => "文件加了密码".to_owned(),
        UnreadableReason::Empty => "文件是空的".to_owned(),
        UnreadableReason::WrongFormat { name, save_as } => format!("它是{name}，{save_as}"),
        UnreadableReason::TooLarge { limit } => format!("文件太大，{limit}"),
        UnreadableReason::BadText { line } => format!("第 {line} 行的文字读不出来"),
        UnreadableReason::Damaged => "文件损坏".to_owned(),
        UnreadableReason::ReaderFailed => "读取程序出错".to_owned(),
        UnreadableReason::NotOpened => return unreadable.detail.clone(),
    };
    if unreadable.detail.is_empty() { words } else { format!("{words}（{}）", unreadable.detail) }
}

/// The rules that look at one file, its sheets and records.
pub fn check_file(reading: &FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    rules::check_file(reading, ground)
}

/// The rules that look at the outcome of a merge.
pub fn check_merge(outcome: &MergeOutcome, ground: Ground<'_>, ledger_file: &str) -> Vec<Diagnostic> {
    rules::check_ledger(&LedgerContext { outcome, ground, file: ledger_file })
}

/// What is wrong with the cells of an earlier drive's ledger. That it is not there is told with what it should have brought.
pub fn check_carried_file(reading: &FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    match &reading.content {
        Err(unreadable) if unreadable.reason == UnreadableReason::NotOpened => Vec::new(),
        _ => check_file(reading, ground),
    }
}

/// What is wrong with the ledger of an earlier drive (上期结转): its cells, and whether it is whole.
pub fn check_carried_over(reading: FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = check_carried_file(&reading, ground);
    let file = reading.file.clone();
    let inputs = MergeInputs {
        ground,
        base: None,
        carried: Some(reading),
        files: Vec::new(),
        received: None,
        assigned: BTreeSet::new(),
        earlier_identities: Vec::new(),
        take_over: None,
        vacant: Default::default(),
    };
    let outcome = ledger::merge(inputs);
    diagnostics.extend(rules::check_carried_over(&LedgerContext { outcome: &outcome, ground, file: &file }));
    diagnostics
}

/// The hazards of a ledger file: a merge of nothing into it.
pub fn ledger_of(reading: FileReading, ground: Ground<'_>) -> Ledger {
    ledger_outcome(reading, ground, BTreeSet::new()).ledger
}

/// The same with what became of its rows; those without a 编号 are numbered after every one that is `assigned`.
pub fn ledger_outcome(reading: FileReading, ground: Ground<'_>, assigned: BTreeSet<String>) -> MergeOutcome {
    ledger::merge(MergeInputs {
        ground,
        base: Some(reading),
        carried: None,
        files: Vec::new(),
        received: None,
        assigned,
        earlier_identities: Vec::new(),
        take_over: None,
        vacant: Default::default(),
    })
}

/// The ledger with everything taken back that came after the as-of day. `history` holds the lines of its hazards.
pub fn ledger_as_known(ledger: Ledger, history: &[&HistoryEntry], ledger_file: &str, ground: Ground<'_>) -> Known {
    ledger::as_known(ledger, &Past { ground, history, ledger_file })
}

/// The sender's own workbook with the wrong cells marked, or a new one with the same cells where the own one is
/// too odd to be changed; `Err` says why there is no copy at all.
pub fn annotate(file: &SourceFile, diagnostics: &[Diagnostic], as_of: NaiveDate) -> Result<Annotated, String> {
    let marks: Vec<Mark> = diagnostics.iter().filter_map(|diagnostic| Mark::from_diagnostic(diagnostic, file)).collect();
    match annotate::annotate(file, &marks, as_of) {
        Err(AnnotateError::Unpatchable { .. }) => annotate::rebuild(file, &marks, as_of),
        other => other,
    }
    .map_err(|error| error.to_string())
}
