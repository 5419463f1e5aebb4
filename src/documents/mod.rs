//! Results → neutral sheets, one file per report. Documents arrange; they do not compute.
//!
//! A document whose parts do not add up is not made: [`Imbalance`] says what differs.

pub mod bulletin;
pub mod calendar;
pub mod chart;
pub mod chart_sheets;
pub mod checklist;
pub mod count_forms;
pub mod cross_check;
pub mod dashboard;
pub mod difference;
pub mod events;
pub mod fill_in;
pub mod imbalance;
pub mod ledger;
mod ledger_cases;
pub mod manuscript;
pub mod manuscript_text;
pub mod overdue;
pub mod overdue_tasks;
pub mod personal;
mod register_columns;
pub mod registers;
pub mod scorecard;
pub mod sheet;
pub mod statistics;
pub mod submissions;
pub mod three_lists;
pub mod unchanged;
pub mod unit_files;
pub mod validation;
pub mod visits;

pub use chart::Chart;
pub use chart::ChartKind;
pub use chart::Charted;
pub use chart::Series;
pub use chart::Tone;
pub use imbalance::Imbalance;
pub use manuscript::Block;
pub use manuscript::HeadingLevel;
pub use manuscript::Imprint;
pub use manuscript::Manuscript;
pub use manuscript::ManuscriptKind;
pub use manuscript::Table;
pub use sheet::Body;
pub use sheet::Cell;
pub use sheet::Column;
pub use sheet::ColumnKind;
pub use sheet::Document;
pub use sheet::Look;
pub use sheet::Mark;
pub use sheet::Official;
pub use sheet::Row;
pub use sheet::RowKind;
pub use sheet::Sheet;
