//! `qingdan` 清单 runs a safety-remediation campaign (专项整治) on plain files.
//!
//! Data moves one way, and a module imports only what lies upstream of it:
//!
//! ```text
//! source ─ SourceFile, Origin                      what came in, and where a value stood
//!   dates ─ Expression, Recurrence, WorkCalendar   parsed without a clock
//!   vocabulary ─ Field, Level, Status              the words people use
//!   tables ─ Workbook › Sheet › Row › Cell         bytes → raw cells, one file per format
//!   campaign ─ Campaign, Roster                    YAML and units.csv
//!   registers ─ reports, tasks, contacts           the bureau's own tables beside the ledger
//!   records ─ SheetReading › Record                table → typed records with their defects
//!   ledger ─ Hazard, Ledger, MergeOutcome          identity, merge, conflicts
//!   results ─ Overdue, ThreeLists, …               what the as-of date says
//!   rules ─ one file per rule → Diagnostic         facts → diagnostics
//!   documents ─ neutral sheets, one per report
//!   render ─ sheets and diagnostics → bytes
//! files, cli ─ the edge: disk, clock, terminal
//! ```
//!
//! Everything between `files` and the bytes of `render` is a pure function of
//! (bytes, campaign, as-of date).

pub mod campaign;
pub mod cli;
pub mod dates;
pub mod desk;
pub mod diagnostic;
pub mod digest;
pub mod documents;
pub mod files;
pub mod ledger;
pub mod records;
pub mod registers;
pub mod render;
pub mod results;
pub mod rules;
pub mod source;
pub mod tables;
pub mod vocabulary;
