//! The campaign: phases, obligations, categories, levels, tasks, local synonyms; and the roster of units.
//!
//! Knows YAML and `units.csv`, nothing of ledgers. Texts come in as bytes; nothing is opened here.

mod contact_checks;
pub mod contacts;
mod content;
mod decoding;
pub mod keys;
pub mod model;
mod names;
pub mod parties;
mod places;
mod plan_date;
mod problems;
pub mod reader;
pub mod roster;
mod roster_grid;
pub mod roster_reader;
mod scalar;
mod schedule;
pub mod schema;
mod settings;
mod shape;
pub mod shipped;
pub mod snippet;
pub mod submission_log;
mod syntax;
mod tree;
mod view;

pub use contacts::Contact;
pub use contacts::ContactsReading;
pub use contacts::read_contacts;
pub use model::Campaign;
pub use model::SubmissionMode;
pub use parties::Party;
pub use places::Places;
pub use reader::CampaignReading;
pub use reader::read_campaign;
pub use roster::Roster;
pub use roster::Unit;
pub use roster::UnitMatch;
pub use roster_reader::RosterReading;
pub use roster_reader::read_roster;
pub use schema::schema;
pub use shipped::Shipped;
pub use shipped::shipped;
pub use snippet::snippet;
pub use submission_log::LogReading;
pub use submission_log::LoggedSubmission;
pub use submission_log::LoggedVisit;
pub use submission_log::read_submission_log;
pub use tree::Position;
