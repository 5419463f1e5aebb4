//! Records → hazards: identity, which value stands, conflicts, the counting identity.
//!
//! Pure: takes the readings of files and the old ledger, gives the new one with everything that happened.

mod as_known;
mod canonical;
mod claims;
mod earlier_identities;
mod gather;
pub mod hazard;
pub mod history;
mod identity;
mod mentions;
mod merge;
mod near;
mod number;
pub mod outcome;
mod readings;
pub mod register;
mod twins;
mod unsettled;

pub use as_known::Known;
pub use as_known::Past;
pub use as_known::as_known;
pub use canonical::same_text;
pub use canonical::settled_fields;
pub use earlier_identities::EarlierIdentity;
pub use earlier_identities::IDENTITY;
pub use earlier_identities::find_earlier_identities;
pub use gather::CARRIED_OVER;
pub use gather::MergeInputs;
pub use gather::reject_reason;
pub use hazard::Hazard;
pub use hazard::Ledger;
pub use history::Event;
pub use history::HistoryEntry;
pub use history::HistoryLine;
pub use identity::is_same_hazard;
pub use identity::words_only;
pub use mentions::Mentions;
pub use merge::merge;
pub use outcome::Bookkeeping;
pub use outcome::CarriedOver;
pub use outcome::Closing;
pub use outcome::Conflict;
pub use outcome::MergeOutcome;
pub use outcome::NearMatch;
pub use outcome::RejectReason;
pub use outcome::Rejected;
pub use outcome::SheetTally;
pub use outcome::ZeroReported;
