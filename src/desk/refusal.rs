//! Why something could not be done at all, without words.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::documents::Imbalance;
use crate::documents::bulletin::BulletinError;
use crate::documents::cross_check::Disagreement;
use crate::documents::personal::leaks::Leak;
use crate::files::FileFailure;
use crate::files::LockRefused;
use crate::files::workspace::NoWorkspace;
use crate::render::RenderError;
use crate::results::figures::Discrepancy;
use crate::tables::Unreadable;

/// The reason why an operation ended without its result; nothing was written.
#[derive(Debug)]
pub enum Refusal {
    NoWorkspace(NoWorkspace),
    /// The campaign or its roster cannot be worked with; `campaign` holds name and text of the campaign file.
    Faulty {
        is_roster: bool,
        errors: Vec<Diagnostic>,
        campaign: (String, String),
    },
    LedgerMissing {
        name: Arc<str>,
        is_own: bool,
    },
    /// A file without a ledger's header.
    NoLedger {
        name: Arc<str>,
    },
    LedgerUnreadable {
        name: Arc<str>,
        why: Option<Unreadable>,
    },
    /// The old ledger cannot be copied as it stands.
    LedgerClosed {
        name: String,
    },
    BaseMissing {
        path: PathBuf,
    },
    /// Nothing to merge under these names.
    NothingCame {
        looked: Vec<String>,
    },
    /// No file could be read.
    NothingReadable {
        diagnostics: Vec<Diagnostic>,
    },
    /// The history beside the ledger is another campaign's, as this line and its 编号 say.
    ForeignHistory {
        line: u64,
        id: String,
        campaign: String,
    },
    /// A file to take back that no merge has read.
    NeverMerged {
        file: String,
    },
    /// A sheet that the clerk added to the ledger cannot be carried over.
    SheetsNotKept {
        why: String,
    },
    /// The merged ledger is larger than what can be read.
    LedgerTooLarge {
        hazards: usize,
        why: String,
    },
    RosterEmptied {
        roster: String,
    },
    /// A table is to go into a file whose extension names no format of tables.
    NoTableFormat {
        target: PathBuf,
    },
    NoPaperFormat {
        target: PathBuf,
    },
    /// A template that cannot be read; without `why` it is no text.
    TemplateUnusable {
        name: String,
        why: Option<Unreadable>,
    },
    Bulletin(BulletinError),
    /// A letter of the ladder that its template does not give.
    Letter {
        step: String,
        error: BulletinError,
    },
    /// Rows of the register of letters that cannot be read for sure.
    LetterRegisterFaulty {
        name: Arc<str>,
        errors: Vec<Diagnostic>,
    },
    /// What would be added to the register of letters could not be read back.
    LetterRegisterClosed {
        name: String,
    },
    /// Letters of a later day are registered already.
    LettersLater {
        as_of: NaiveDate,
        later: NaiveDate,
    },
    /// A file of an unregistered letter's name stands there.
    LetterStands {
        name: String,
    },
    /// Rows of the ledger from which no honest figure can be made.
    FiguresImpossible(Vec<Diagnostic>),
    /// Figures that break their own equations.
    FiguresOff(Vec<Discrepancy>),
    /// Numbers of finished papers that are not the figures'.
    PapersOff(Vec<Disagreement>),
    /// Numbers of persons in a finished paper for whose readers they are hidden.
    Leaks(Vec<Leak>),
    Unbalanced(Imbalance),
    Unrendered {
        what: Rendering,
        error: RenderError,
    },
    Json(serde_json::Error),
    Locked(LockRefused),
    File(FileFailure),
}

/// What could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendering {
    /// A document of this title.
    Document(String),
    Bulletin,
    Dashboard,
}

impl From<FileFailure> for Refusal {
    fn from(failure: FileFailure) -> Refusal {
        Refusal::File(failure)
    }
}

impl From<LockRefused> for Refusal {
    fn from(refused: LockRefused) -> Refusal {
        Refusal::Locked(refused)
    }
}

impl From<Imbalance> for Refusal {
    fn from(imbalance: Imbalance) -> Refusal {
        Refusal::Unbalanced(imbalance)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Refusal {
        Refusal::Json(error)
    }
}
