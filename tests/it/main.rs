//! All integration tests, in one binary: whole stages of the crate, and the program from outside.
//!
//! `cases` plays the stories of `tests/cases`; most new tests belong there. The other modules each ask one kind of question.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests stand at the edge: they use the disk and say what they counted"
)]

mod annotate;
mod as_known;
mod calendar;
mod cases;
mod city;
mod clerk_sheets;
mod cli;
mod corrected_identity;
mod dashboard;
mod dates_properties;
mod dates_recurrences;
mod dates_spellings;
mod diff;
mod docx;
mod example_inbox;
mod field;
mod generated_docs;
mod half_year;
mod hostile_inbox;
mod inventory;
mod mail;
mod merge_laws;
mod mutants;
mod notice;
mod outputs;
mod personal;
mod readme;
mod receipt;
mod report_figures;
mod report_reproduced;
mod round_trip;
mod run;
mod submissions;
mod submissions_quarter;
mod tables;
mod tasks;
mod tidy;
mod workspace;
