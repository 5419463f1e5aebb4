//! A faulty workbook made ready to send back: wrong cells coloured, a comment in each, a first sheet that
//! lists them.
//!
//! An OOXML workbook stays the sender's own: only the bytes that must change do ([`annotate`]). Any other
//! readable format, and an OOXML package too odd to be changed safely, becomes a new workbook with the same
//! cells ([`rebuild`]). Decides nothing about what is wrong; marks come from diagnostics.

mod boxes;
mod comments;
mod earlier;
mod list;
mod list_part;
mod mark;
pub(in crate::render) mod package;
mod patch;
mod rebuild;
mod rebuilt_cells;
mod rebuilt_list;
pub(in crate::render) mod relations;
mod sheet_cells;
mod sheet_layout;
mod sheet_patch;
mod styles;
pub(in crate::render) mod workbook_part;
pub(in crate::render) mod xml;

pub use list::LIST_TITLE;
pub use mark::Mark;
pub use mark::NOTE_AUTHOR;
pub use mark::NOTE_HEAD;
pub use rebuild::rebuild;

use chrono::NaiveDate;

use crate::source::SourceFile;
use crate::tables::Unreadable;

/// A workbook ready to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// What the bytes are, without a dot: `xlsx`, or `xlsm`, `xltx`, `xltm` for a workbook that came as one.
    pub extension: &'static str,
}

/// Why there is no marked copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnotateError {
    /// The package is odd beyond a safe change; [`rebuild`] may still make a copy of its cells.
    #[error("原工作簿结构特殊，不能在原件上标注：{reason}")]
    Unpatchable { reason: String },
    /// The file cannot be read at all; the rule for unreadable files says what it is.
    #[error("文件读不出来，不能标注")]
    Unreadable(Unreadable),
    /// A new workbook cannot hold it.
    #[error("内容放不进工作簿：{reason}")]
    DoesNotFit { reason: String },
}

/// The marked copy of a file. `as_of` stands on the first sheet. Same input, same bytes.
///
/// # Errors
/// [`AnnotateError::Unpatchable`] asks the caller to [`rebuild`] and to say so; the others are final.
pub fn annotate(file: &SourceFile, marks: &[Mark], as_of: NaiveDate) -> Result<Annotated, AnnotateError> {
    if patch::is_workbook(&file.bytes) {
        patch::patch(&file.bytes, marks, as_of).map_err(|odd| AnnotateError::Unpatchable { reason: odd.0 })
    } else {
        rebuild(file, marks, as_of)
    }
}
