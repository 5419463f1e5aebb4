//! The campaign: phases, obligations, categories, levels, tasks, local synonyms; and the roster of units.
//!
//! Knows YAML and `units.csv`, nothing of ledgers. Texts come in as bytes; nothing is opened here.

pub mod model;
pub mod roster;

pub use model::Campaign;
pub use model::SubmissionMode;
pub use roster::Roster;
pub use roster::Unit;
pub use roster::UnitMatch;
