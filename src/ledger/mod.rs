//! Records → hazards: identity, which value stands, conflicts, the counting identity.
//!
//! Pure: takes the readings of files and the old ledger, gives the new one with everything that happened.

mod as_known;
mod canonical;
mod claims;
mod doubts;
mod edits;
mod former;
mod gather;
pub mod hazard;
mod identity;
mod merge;
mod named;
mod near;
mod number;
pub mod outcome;
mod typed;

pub use as_known::Known;
pub use as_known::Past;
pub use as_known::as_known;
pub use canonical::same_text;
pub use canonical::settled_fields;
pub use edits::LastSaid;
pub use edits::Suspect;
pub use edits::hand_edits;
pub use edits::suspects;
pub use former::Former;
pub use former::IDENTITY;
pub use former::former;
pub use gather::CARRIED_OVER;
pub use gather::MergeInputs;
pub use gather::reject_reason;
pub use hazard::Hazard;
pub use hazard::Ledger;
pub use identity::is_same_hazard;
pub use identity::words_only;
pub use merge::merge;
pub use named::Named;
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
