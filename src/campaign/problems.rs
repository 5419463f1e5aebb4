//! The diagnostics that the campaign and roster readers raise themselves.
//!
//! Their identity, explanation and examples are rules like any other (`Check::Reader`); the words
//! are made here because only here is it known what was found. A registry test holds both together.

use std::sync::Arc;

use crate::campaign::tree::Position;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::source::Origin;

/// Collects the problems of one file.
#[derive(Debug)]
pub struct Problems {
    file: Arc<str>,
    sheet: Arc<str>,
    list: Vec<Diagnostic>,
}

/// What a problem is about.
#[derive(Debug, Clone)]
pub struct Report {
    pub code: &'static str,
    pub severity: Severity,
    /// Key path or header title.
    pub field: String,
    /// What was read.
    pub value: Option<String>,
    pub message: String,
    pub help: String,
}

impl Problems {
    pub fn new(file: &Arc<str>) -> Problems {
        Problems::in_sheet(file, &Arc::from(""))
    }

    /// The problems of one sheet of a workbook.
    pub fn in_sheet(file: &Arc<str>, sheet: &Arc<str>) -> Problems {
        Problems { file: file.clone(), sheet: sheet.clone(), list: Vec::new() }
    }

    /// Adds a problem at a place; line 0 is the whole file.
    pub fn push(&mut self, position: Position, report: Report) {
        self.push_folded(position, report, 0);
    }

    /// Adds a problem that stands for `folded` further places of the same cause.
    pub fn push_folded(&mut self, position: Position, report: Report, folded: u32) {
        let place = Origin { file: self.file.clone(), sheet: self.sheet.clone(), row: position.line, column: position.column };
        let Report { code, severity, field, value, message, help } = report;
        self.list.push(Diagnostic { code, severity, place, field, value, message, help, folded });
    }

    /// All problems, by place.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        crate::diagnostic::sort_by_place(&mut self.list);
        self.list
    }
}
