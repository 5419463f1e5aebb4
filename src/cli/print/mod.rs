//! What people read on a terminal: diagnostics, tables, counts. Values in, text out.
//!
//! Everything that came out of a file is escaped before it is shown; nothing here is read by machines.

pub mod calendar;
pub mod count;
pub mod diagnostics;
pub mod diff;
pub mod escape;
pub mod merge;
pub mod overdue;
pub mod report;
pub mod status;
pub mod style;
pub mod submissions;
pub mod table;
pub mod tasks;
pub mod verify;
pub mod visits;
pub mod why;
