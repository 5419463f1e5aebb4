//! The core's functions as the commands call them, one each: the seam between the edge and the core.
//!
//! Values in, values out. No command calls the core past this file, so that what a command needs can be read here.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::diagnostic::Diagnostic;
use crate::ledger;
use crate::ledger::Ledger;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::render::annotate;
use crate::render::annotate::AnnotateError;
use crate::render::annotate::Annotated;
use crate::render::annotate::Mark;
use crate::source::SourceFile;
use crate::tables::Unreadable;

/// A submission, taken apart.
pub fn read_submission(file: &SourceFile, context: &Judged<'_>) -> FileReading {
    records::read_file(file, &basis(context, Authority::Unit))
}

/// A ledger, taken apart: the bureau's own word, in any layout.
pub fn read_ledger(file: &SourceFile, context: &Judged<'_>) -> FileReading {
    records::read_file(file, &basis(context, Authority::Bureau))
}

fn basis<'a>(context: &Judged<'a>, authority: Authority) -> ReadingBasis<'a> {
    ReadingBasis { campaign: context.campaign, roster: context.roster, authority }
}

/// Why a file gives no rows, in words for people.
pub fn unreadable_words(unreadable: &Unreadable) -> String {
    unreadable.detail.clone()
}

/// The rules that look at one file, its sheets and records.
pub fn check_file(reading: &FileReading, context: &Judged<'_>) -> Vec<Diagnostic> {
    let _ = (reading, context);
    Vec::new()
}

/// What diagnostics are judged against.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub as_of: NaiveDate,
}

/// The rules that look at the outcome of a merge.
pub fn check_merge(outcome: &MergeOutcome, context: &Judged<'_>, ledger_file: &str) -> Vec<Diagnostic> {
    let _ = (outcome, context, ledger_file);
    Vec::new()
}

/// The hazards of a ledger file: a merge of nothing into it.
pub fn ledger_of(reading: FileReading, context: &Judged<'_>) -> Ledger {
    let Judged { campaign, roster, .. } = *context;
    ledger::merge(MergeInputs { campaign, roster, base: Some(reading), files: Vec::new(), received: None, assigned: BTreeSet::new() })
        .ledger
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
