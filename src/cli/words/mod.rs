//! What people read on a terminal: diagnostics, tables, counts. Values in, text out.
//!
//! Everything that came out of a file is escaped before it is shown; nothing here is read by machines.

pub mod calendar;
pub mod count;
pub mod day;
pub mod diagnostics;
pub mod diff;
pub mod escape;
pub mod forms;
pub mod letters;
pub mod merge;
pub mod notice;
pub mod overdue;
pub mod receipt;
pub mod refusal;
pub mod report;
pub mod status;
pub mod style;
pub mod submissions;
pub mod table;
pub mod tasks;
pub mod template;
pub mod validate;
pub mod verify;
pub mod visits;
pub mod why;
