//! Table → typed records: rows are told apart, headers found, cells read with their defects.
//!
//! Makes facts, never diagnostics; wording is for `rules`. Nothing is dropped: every non-blank row
//! has a kind, and every repair is a [`Fact`] with its cell.

pub mod fact;
pub mod record;
pub mod sheet;

pub use fact::Fact;
pub use fact::FactKind;
pub use record::Reading;
pub use record::Record;
pub use record::UnitReading;
pub use record::Values;
pub use sheet::ColumnMeaning;
pub use sheet::ColumnReading;
pub use sheet::FileReading;
pub use sheet::Metadata;
pub use sheet::RowKind;
pub use sheet::SheetReading;
pub use sheet::TableReading;
pub use sheet::ZeroReport;
