//! What a bureau does with its workspace, as values: open it, read what came in, merge, make papers, do a day's work.
//!
//! Between the core and whoever asks. Brings disk and core together; knows no arguments, no terminal and no words: what happened
//! is a [`Notice`], why nothing happened a [`Refusal`], and the caller says both.

pub mod checking;
pub mod count_forms;
pub mod day;
mod enclosed;
pub mod figures;
pub mod inbox;
mod index;
pub mod issuing;
pub mod ladder;
pub mod letter_papers;
pub mod letters;
pub mod merging;
pub mod notice;
pub mod open;
pub mod papers;
pub mod past;
pub mod reader;
pub mod reading;
pub mod receipts;
pub mod refusal;
mod register;
pub mod registers;
pub mod standing;
pub mod verifying;
pub mod why;

pub use notice::Notice;
pub use open::Desk;
pub use open::Examined;
pub use open::Place;
pub use refusal::Refusal;
