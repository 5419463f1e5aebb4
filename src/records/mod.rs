//! Table → typed records: rows are told apart, headers found, cells read with their defects.
//!
//! Makes facts, never diagnostics; wording is for `rules`. Nothing is dropped: every non-blank row
//! has a kind, and every repair is a [`Fact`] with its cell.

mod across_sheets;
mod answer;
mod body;
mod captions;
mod carried;
mod checks;
mod classify;
mod columns;
mod converted;
mod counts;
pub mod document;
mod envelope;
pub mod fact;
mod foot;
mod form;
pub mod form_rows;
mod funds;
mod grid;
mod header;
mod headless;
pub mod issue;
mod kept;
mod labels;
mod left;
mod letter;
mod metadata;
mod named;
mod only_a_name;
mod own_papers;
mod people;
mod phone;
mod plan;
mod read;
mod readings;
pub mod record;
mod reread;
mod several;
pub mod sheet;
mod sheet_kinds;
mod sink;
mod tables_of_sheet;
mod transposed;
mod units;

pub use body::Authority;
pub use carried::read_carried;
pub use envelope::Envelope;
pub use fact::Fact;
pub use fact::FactKind;
pub use form_rows::Count;
pub use form_rows::FormRow;
pub use form_rows::form_rows;
pub use letter::Beside;
pub use letter::read_letter;
pub use metadata::date_in_name as named_date;
pub use read::ReadingBasis;
pub use read::is_own_sheet;
pub use read::named_unit;
pub use read::read_enclosed;
pub use read::read_file;
pub use record::Reading;
pub use record::Record;
pub use record::UnitReading;
pub use record::Values;
pub use reread::reread_rows;
pub use several::several_hazards;
pub use sheet::Carried;
pub use sheet::CarriedConflict;
pub use sheet::CarriedMark;
pub use sheet::CarriedName;
pub use sheet::CarriedPair;
pub use sheet::CarriedRow;
pub use sheet::ColumnMeaning;
pub use sheet::ColumnReading;
pub use sheet::CountColumn;
pub use sheet::CountRow;
pub use sheet::CountTable;
pub use sheet::Document;
pub use sheet::FileContent;
pub use sheet::FileReading;
pub use sheet::Metadata;
pub use sheet::RowKind;
pub use sheet::SheetReading;
pub use sheet::StatedTotal;
pub use sheet::TableReading;
pub use sheet::ZeroReport;
pub use units::unit_in_text;

/// How the title of the list sheet in a returned workbook begins; such a sheet is read as notes.
pub const LIST_TITLE_START: &str = "需要修改的单元格";

/// Begins what a returned workbook says in a comment, also below the sender's own words.
pub const NOTE_HEAD: &str = "【需要修改】";
