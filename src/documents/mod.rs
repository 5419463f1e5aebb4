//! Results → neutral sheets, one file per report. Documents arrange; they do not compute.
//!
//! A document whose parts do not add up is not made: [`Imbalance`] says what differs.

pub mod calendar;
pub mod checklist;
pub mod events;
pub mod imbalance;
pub mod ledger;
pub mod overdue;
pub mod phones;
pub mod sheet;
pub mod submissions;
pub mod three_lists;
pub mod unchanged;
pub mod unit_files;
pub mod validation;
pub mod visits;

pub use imbalance::Imbalance;
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
