//! Records → hazards: identity, which value stands, conflicts, the counting identity.
//!
//! Pure: takes the readings of files and the old ledger, gives the new one with everything that happened.

mod canonical;
mod claims;
mod doubts;
mod gather;
pub mod hazard;
mod identity;
mod merge;
mod near;
mod number;
pub mod outcome;

pub use gather::CARRIED_OVER;
pub use gather::MergeInputs;
pub use gather::reject_reason;
pub use hazard::Hazard;
pub use hazard::Ledger;
pub use merge::merge;
pub use outcome::CarriedOver;
pub use outcome::Conflict;
pub use outcome::HistoryEntry;
pub use outcome::HistoryLine;
pub use outcome::MergeOutcome;
pub use outcome::NearMatch;
pub use outcome::RejectReason;
pub use outcome::Rejected;
pub use outcome::SheetTally;
pub use outcome::ZeroReported;
