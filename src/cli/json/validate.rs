//! `validate --format json`.

use serde::Serialize;

use crate::desk::checking::Looked;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Tally;
use crate::render::json::diagnostics::DiagnosticJson;

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
