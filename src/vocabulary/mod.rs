//! The words people use — columns, levels, statuses — and what they mean.
//!
//! Knows nothing of cells or files. Each word list is one file.

pub mod field;
pub mod level;
pub mod status;

pub use field::Field;
pub use level::Level;
pub use status::Status;
