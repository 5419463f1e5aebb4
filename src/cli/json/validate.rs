//! `validate --format json`.

use serde::Serialize;

use crate::cli::commands::reading::Volume;
use crate::cli::json::diagnostics::DiagnosticJson;
use crate::cli::print::diagnostics::Tally;
use crate::diagnostic::Diagnostic;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Submissions and ledgers, readable or not.
    pub files: usize,
    /// Non-blank rows of all sheets, and blank ones that were counted.
    pub rows: u64,
    pub records: u64,
}

impl Looked {
    /// One more file.
    pub fn add(&mut self, volume: Volume) {
        self.files += 1;
        self.rows += volume.rows;
        self.records += volume.records;
    }
}

#[derive(Debug, Serialize)]
pub struct ValidateJson<'a> {
    diagnostics: Vec<DiagnosticJson<'a>>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct Summary {
    files: usize,
    rows: u64,
    records: u64,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl<'a> ValidateJson<'a> {
    /// The whole answer.
    pub fn of(diagnostics: &'a [Diagnostic], looked: Looked) -> ValidateJson<'a> {
        let Tally { errors, warnings, notes } = Tally::of(diagnostics);
        let Looked { files, rows, records } = looked;
        ValidateJson { diagnostics: DiagnosticJson::all(diagnostics), summary: Summary { files, rows, records, errors, warnings, notes } }
    }
}
