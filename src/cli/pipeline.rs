//! The core's functions as the commands call them, one each: the seam between the edge and the core.
//!
//! Values in, values out. No command calls the core past this file, so that what a command needs can be read here.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::diagnostic::Diagnostic;
use crate::documents;
use crate::documents::Document;
use crate::ledger;
use crate::ledger::Ledger;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::render;
use crate::render::annotate;
use crate::render::annotate::AnnotateError;
use crate::render::annotate::Annotated;
use crate::render::annotate::Mark;
use crate::results::Overdue;
use crate::results::Rates;
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

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    Workbook,
    Csv,
}

/// The ledger file of a merge.
pub fn ledger_bytes(outcome: &MergeOutcome, context: &Judged<'_>, format: TableFormat) -> Result<Vec<u8>, String> {
    let document = documents::ledger::ledger_document(outcome, &context.campaign.issuer).map_err(|imbalance| imbalance.to_string())?;
    rendered(&document, context, format)
}

/// A document as a file; a `.csv` holds the first sheet alone.
fn rendered(document: &Document<'_>, context: &Judged<'_>, format: TableFormat) -> Result<Vec<u8>, String> {
    match (format, document.sheets.first()) {
        (TableFormat::Csv, Some(sheet)) => render::csv::csv(sheet).map_err(|error| error.to_string()),
        _ => render::xlsx::xlsx(document, context.as_of).map(|rendered| rendered.bytes).map_err(|error| error.to_string()),
    }
}

/// What the as-of date says about the ledger. `calendar` is the campaign's own calendar file, if it names one.
pub fn overdue(ledger: &Ledger, context: &Judged<'_>, calendar: Option<&SourceFile>) -> Result<Overdue, String> {
    let _ = (ledger, calendar);
    Ok(Overdue {
        as_of: context.as_of,
        items: Vec::new(),
        by_state: [0; 6],
        late: 0,
        by_unit: Vec::new(),
        rates: Rates::default(),
        unknown_years: Vec::new(),
    })
}

/// The overdue answer as a table.
pub fn overdue_bytes(overdue: &Overdue, ledger: &Ledger, context: &Judged<'_>, format: TableFormat) -> Result<Vec<u8>, String> {
    let _ = (overdue, ledger, context, format);
    Err("逾期表还不能写出".to_owned())
}

/// How the three lists are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListsWanted {
    /// One sheet instead of three.
    pub combined: bool,
    /// Official name of the one unit wanted.
    pub unit: Option<String>,
    /// Phone numbers in full, whatever the campaign says.
    pub full_phones: bool,
}

/// The three lists.
pub fn lists_bytes(ledger: &Ledger, context: &Judged<'_>, wanted: &ListsWanted, format: TableFormat) -> Result<Vec<u8>, String> {
    let _ = (ledger, context, wanted, format);
    Err("三清单还不能写出".to_owned())
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
