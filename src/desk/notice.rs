//! What happened on the way to a result and should be told, without words.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::files::FileFailure;
use crate::files::skip::Skipped;
use crate::render::CutCell;

/// One thing to tell, in the order in which things happened.
#[derive(Debug)]
pub enum Notice {
    /// What the rules say of a file that was read on the way; nothing milder than `least` matters here.
    Diagnosed {
        diagnostics: Vec<Diagnostic>,
        least: Severity,
    },
    /// Rows of a register that do not count.
    RowsSetAside {
        file: Arc<str>,
        rows: u32,
    },
    /// Files that are no submissions.
    Skipped(Vec<Skipped>),
    /// Files that could not be read and whose names name no unit.
    Anonymous(Vec<Arc<str>>),
    /// A folder that could not be listed.
    FolderClosed(FileFailure),
    /// Hazards that the history knows and the ledger lacks, by their numbers: no figure has them.
    RowsGone {
        ledger: Arc<str>,
        ids: Vec<String>,
    },
    /// Rows of the ledger that were put right from the history before a day's papers were made, by their numbers.
    LedgerPutRight {
        ids: Vec<String>,
    },
    /// Lines of the history that could not be read, so that figures of the past may be incomplete.
    PastIncomplete {
        unread_lines: Vec<u32>,
    },
    /// Hazards that were not known yet on the day.
    ReportedLater {
        hazards: usize,
        as_of: NaiveDate,
    },
    BeforeStart {
        as_of: NaiveDate,
        start: NaiveDate,
    },
    /// A cell that could not be shown whole.
    Cut(CutCell),
    /// Further such cells of the same document.
    CutBesides(usize),
    /// Numbers in the sentences of a bulletin that are no figures.
    ForeignNumbers(Vec<String>),
    /// Numbers in the sentences of a letter that are not of its hazards.
    LetterNumbers {
        paper: String,
        numbers: Vec<String>,
    },
    /// Reports were due and not made, because of these rows of the ledger.
    ReportsWithheld(Vec<Diagnostic>),
    /// The folder that a new one replaced could not be removed.
    OldFolderLeft,
    /// Sheets that the clerk added to the ledger, of which something stayed as the values that it shows.
    SheetsAsValues(Vec<String>),
    /// The file system knows no locks: nothing kept a second writer away.
    Unguarded,
}

impl Notice {
    /// True if it warns about a paper that was made nevertheless.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Notice::PastIncomplete { .. }
                | Notice::BeforeStart { .. }
                | Notice::Cut(_)
                | Notice::ForeignNumbers(_)
                | Notice::LetterNumbers { .. }
                | Notice::OldFolderLeft
                | Notice::SheetsAsValues(_)
                | Notice::Unguarded
        )
    }
}
