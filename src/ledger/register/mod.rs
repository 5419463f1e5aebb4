//! The history as the register: what it knows of every 编号, and the ledger made whole by it before a merge.
//!
//! Pure. Rows of the ledger as they were read and lines of the history go in; the same rows made whole come out, with one
//! [`PutRight`] for each thing that was put right. Knows no disk, and nothing of submissions.

mod chain;
mod content;
mod edits;
mod follows;
mod last_said;
mod replay;
mod survey;
mod take_over;
mod whole;
mod whose;
mod withdrawal;

pub use chain::ChainHead;
pub use chain::FIRST;
pub use chain::Link;
pub use content::digest_of_ledger;
pub use content::digest_of_rows;
pub use follows::Difference;
pub use follows::differences;
pub use last_said::LastSaid;
pub use replay::NumberedEntry;
pub use replay::Replayed;
pub use replay::replay;
pub use survey::Health;
pub use survey::Mark;
pub use survey::Survey;
pub use survey::Surveyor;
pub use take_over::TakeOver;
pub use whole::Whole;
pub use whole::WholeInputs;
pub use whole::make_whole;
pub use whole::wanted;

use crate::source::Origin;

/// One thing that was put right in the ledger before the merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutRight {
    pub kind: PutRightKind,
    /// The row of the ledger; the file alone where there is no row.
    pub place: Origin,
    /// The 编号 that the row has now; empty while it has none.
    pub id: String,
    /// What stood there, or the words of a hazard that was missing.
    pub written: String,
    /// What stands there now, where that is not the 编号.
    pub now: String,
}

/// What was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PutRightKind {
    /// The row was gone.
    RowMissing,
    /// The row was gone because the whole ledger was.
    LedgerMissing,
    /// The row stood in an older copy of the ledger and took newer values.
    OlderCopy,
    /// The row had lost its 编号, or carried another.
    Number,
    /// A second row with the same 编号, of other words.
    CopiedRow,
    /// The unit column did not name the unit of the 编号.
    Unit,
    /// The words of the hazard had been emptied.
    Description,
    /// The unit is on no roster; the row stays as it is.
    UnitUnknown,
    /// Values that a withdrawn file had set are what they were before it.
    TakenBack,
    /// A hazard that only a withdrawn file had named.
    Withdrawn,
}
