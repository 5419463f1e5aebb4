//! What a line of the history tells beside the values that were set: a case that was opened, or the clerk's word on one.
//!
//! Knows no file format; `cases` says what follows from all of them.

use crate::source::Origin;
use crate::vocabulary::Field;

/// A case that was opened or closed. The line's 编号 is the hazard, its place the cell where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case {
    /// Two values for one field; the line's place is where the other one stands.
    Conflict { field: Field, kept: String, other: String, kept_from: Origin },
    /// A unit wrote where only the bureau writes, and the ledger is blank.
    Unheard { field: Field, other: String },
    /// The clerk decided between two values.
    Settled { field: Field, adopted: Adopted, kept: String, other: String },
    /// Another hazard looks like this one.
    Alike { other: String },
    /// The clerk said that the other hazard is not this one.
    Distinct { other: String },
    /// The clerk said that this hazard is the one called `into`; its texts in the order of `IDENTITY` are names of that.
    Joined { into: String, names: Vec<[String; 3]> },
}

/// Which of two values the clerk adopted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adopted {
    /// The one in the ledger.
    Ledger,
    /// The one that was reported.
    Report,
}
