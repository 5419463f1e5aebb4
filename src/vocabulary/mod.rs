//! The words people use — columns, levels, statuses, row labels — and what they mean.
//!
//! Knows nothing of cells or files. Each word list is one file; a new spelling is one string.

pub mod choice;
pub mod columns;
pub mod field;
pub mod found_by;
pub mod identity_number;
pub mod level;
pub mod likeness;
pub mod normalise;
pub mod nothing;
mod page;
pub mod passed;
pub mod rows;
pub mod status;
pub mod task_status;
pub mod titles;
pub mod visit;
pub mod zero;

pub use choice::Doubt;
pub use choice::Said;
pub use columns::Concept;
pub use field::Field;
pub use found_by::Finder;
pub use found_by::read_finder;
pub use identity_number::identity_numbers;
pub use level::Level;
pub use level::read_level;
pub use level::read_level_cell;
pub use level::read_major_flag;
pub use normalise::clean_text;
pub use normalise::is_dash;
pub use normalise::label_key;
pub use nothing::is_count;
pub use nothing::is_counting_unit;
pub use nothing::names_nothing;
pub use page::columns_page;
pub use passed::read_passed;
pub use passed::read_tick;
pub use status::CloseOut;
pub use status::Status;
pub use status::contradict;
pub use status::is_share;
pub use status::read_close_out;
pub use status::read_status;
pub use status::read_status_cell;
pub use task_status::TaskStatus;
pub use task_status::read_task_status;
pub use titles::TitleReader;
pub use titles::column_concept;
pub use titles::nearest_fields;
pub use visit::VisitMode;
pub use zero::ZeroWords;
pub use zero::read_zero;
pub use zero::read_zero_on;
pub use zero::sounds_like_zero;
