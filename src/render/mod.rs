//! Sheets, official texts and diagnostics → bytes, one file per output format.
//!
//! Rendering decides fonts, widths and escapes; what is said was decided before. The same document and
//! the same as-of date give the same bytes.

pub mod annotate;
pub mod csv;
pub mod docx;
pub mod html;
pub mod ics;
pub mod json;
pub mod kept_sheets;
pub mod outcome;
pub mod xlsx;

pub use outcome::CutCell;
pub use outcome::CutReason;
pub use outcome::RenderError;
pub use outcome::Rendered;
