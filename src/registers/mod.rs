//! The bureau's own tables beside the ledger: `submissions.csv`, `tasks.csv`, `contacts.csv`, `notices.csv`.
//!
//! Each says its columns and how a row is read (`table::Register`); `table::read` does the rest for all. Knows campaign and roster,
//! nothing of hazards, and no as-of day.

mod contact_checks;
pub mod contacts;
pub mod letter_rows;
pub mod letters;
pub mod submissions;
pub mod table;
mod task_contradictions;
pub mod tasks;

pub use contacts::Contact;
pub use contacts::ContactsReading;
pub use contacts::read_contacts;
pub use letters::IssuedLetter;
pub use letters::LettersReading;
pub use letters::read_letters;
pub use submissions::LogReading;
pub use submissions::LoggedSubmission;
pub use submissions::LoggedVisit;
pub use submissions::read_submission_log;
pub use tasks::LoggedTask;
pub use tasks::TaskLogReading;
pub use tasks::read_task_log;
