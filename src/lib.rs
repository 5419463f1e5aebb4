//! `qingdan` 清单 runs a safety-remediation campaign (专项整治) on plain files.
//!
//! The floor to build on is [`desk`]: it opens a workspace, merges what came in, and gives values. What the date says of the merged
//! ledger is in [`results`].
//!
//! ```
//! use qingdan::desk::merging::{MergeRequest, merge};
//! use qingdan::desk::{Desk, Place};
//! use qingdan::results::{OverdueState, overdue};
//!
//! # fn main() -> Result<(), qingdan::desk::Refusal> {
//! # let folder = tempfile::tempdir().expect("a temporary folder");
//! # std::fs::create_dir(folder.path().join("inbox")).expect("made");
//! # for (name, text) in [
//! #     ("campaign.yaml", "campaign: a\ntitle: 甲\nissuer: 乙\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n"),
//! #     ("units.csv", "编码,单位名称\nA,城关卫生院\n"),
//! #     ("inbox/城关.csv", "单位名称,隐患描述,等级,发现日期,整改期限,状态\n城关卫生院,通道堆物,一般,2023-07-03,2023-07-18,待整改\n"),
//! # ] {
//! #     std::fs::write(folder.path().join(name), text).expect("written");
//! # }
//! # let day = "2023-08-15".parse().expect("a day");
//! let desk = Desk::open(&Place { start: folder.path().to_owned(), campaign: None }, day)?;
//! let ledger = merge(&desk, &MergeRequest::default())?.outcome.ledger;
//! let overdue = overdue(&ledger, desk.ground());
//! for item in overdue.items.iter().filter(|item| item.state == OverdueState::Overdue) {
//!     let hazard = &ledger.hazards[item.hazard];
//!     println!("{} {} {:?}", hazard.id, hazard.unit, item.deadline);
//! }
//! # assert_eq!(overdue.items.len(), 1);
//! # assert_eq!(overdue.items[0].state, OverdueState::Overdue);
//! # Ok(())
//! # }
//! ```
//!
//! Data moves one way, and a module imports only what lies upstream of it:
//!
//! ```text
//! source ─ SourceFile, Origin                      what came in, and where a value stood
//!   dates ─ Expression, Recurrence, WorkCalendar   parsed without a clock
//!   vocabulary ─ Field, Level, Status              the words people use
//!   tables ─ Workbook › Sheet › Row › Cell         bytes → raw cells, one file per format
//!   containers ─ Opened › Part, Mail               mails and archives → the files in them
//!   campaign ─ Campaign, Roster                    YAML and units.csv
//!   registers ─ reports, tasks, contacts           the bureau's own tables beside the ledger
//!   records ─ SheetReading › Record                table → typed records with their defects
//!   ledger ─ Hazard, Ledger, MergeOutcome          identity, merge, conflicts
//!   results ─ Overdue, ThreeLists, …               what the as-of date says
//!   rules ─ one file per rule → Diagnostic         facts → diagnostics
//!   documents ─ neutral sheets, one per report
//!   render ─ sheets and diagnostics → bytes
//! files ─ the disk
//! desk ─ Desk, Notice, Refusal                    what a bureau does with its workspace, as values
//! cli ─ the edge: arguments, clock, terminal
//! ```
//!
//! Everything between `files` and the bytes of `render` is a pure function of
//! (bytes, campaign, as-of date).

#![forbid(unsafe_code)]

pub mod campaign;
pub(crate) mod cli;
pub mod containers;
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

pub use cli::main as run_command_line;
pub use cli::reference_page;
