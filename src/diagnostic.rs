//! A diagnostic says that data are wrong: where, what was read, what was expected, what to do.
//!
//! Each has the code of a rule. Rules make them from facts; readers of campaign and registers, and the desk for files that cannot be
//! opened, make those of rules whose check is `Reader`. How they look is not decided here.

use std::sync::Arc;

use crate::source::Origin;
use crate::source::cell_name;

/// How grave a diagnostic is (never used for hazards: those have a level).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The data cannot be used as they stand.
    Error,
    /// Usable, but somebody should look.
    Warning,
    /// A repair or reading that was made, told so that it can be checked.
    Note,
}

impl Severity {
    /// The word in the JSON interface: `error`, `warning`, `note`.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Note => "提示",
        }
    }
}

/// One thing that is wrong with the data, at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Rule code, e.g. `R012`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Where. For YAML `row`/`column` are line and column.
    pub place: Origin,
    /// The header title as written (cells) or the key path (YAML), empty when there is none.
    pub field: String,
    /// What was read, as written; `None` when nothing stood there.
    pub value: Option<String>,
    /// What is wrong, one sentence, Chinese.
    pub message: String,
    /// What to do instead, one sentence, Chinese; says what to type where that is known.
    pub help: String,
    /// How many further places of the same cause are folded under this one.
    pub folded: u32,
}

impl Diagnostic {
    /// The same finding with advice that fits it better than the rule's own.
    pub fn helped(mut self, help: String) -> Diagnostic {
        self.help = help;
        self
    }

    /// The cell as Excel names it, when the place is a cell of a sheet.
    pub fn cell(&self) -> Option<String> {
        (self.place.row > 0 && self.place.column > 0 && !self.place.sheet.is_empty()).then(|| cell_name(self.place.row, self.place.column))
    }
}

/// Sorts diagnostics by place, then severity, then code: the order in which they are shown.
pub fn sort_by_place(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|left, right| {
        (&left.place, left.severity, left.code, &left.message).cmp(&(&right.place, right.severity, right.code, &right.message))
    });
}

/// The place of a whole file.
pub fn file_place(file: &Arc<str>) -> Origin {
    Origin { file: file.clone(), sheet: Arc::from(""), row: 0, column: 0 }
}

/// The numbers of a list of diagnostics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Tally {
    /// Counts by severity; what is folded under a diagnostic is one cause and counts once.
    pub fn of(diagnostics: &[Diagnostic]) -> Tally {
        let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        Tally { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note) }
    }
}
