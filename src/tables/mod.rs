//! Bytes → raw cells. One file per input format; the format is decided by content, never by extension.
//!
//! Knows nothing of hazards, headers or campaigns. A file gives rows or one clear error: never a
//! panic, a hang, memory without bound, or fewer rows than it has without saying so.

pub mod workbook;

pub use workbook::Cell;
pub use workbook::Format;
pub use workbook::MergedArea;
pub use workbook::Row;
pub use workbook::Sheet;
pub use workbook::Unreadable;
pub use workbook::UnreadableReason;
pub use workbook::Value;
pub use workbook::Visibility;
pub use workbook::Workbook;
pub use workbook::WorkbookNote;

use crate::source::SourceFile;

/// Reads a file of any supported format into sheets of cells.
///
/// # Errors
/// [`Unreadable`] names what the file really is and what to save it as; nothing of such a file is used.
pub fn read(file: &SourceFile) -> Result<Workbook, Unreadable> {
    let _ = file;
    Err(Unreadable { reason: UnreadableReason::Empty, detail: String::new() })
}
