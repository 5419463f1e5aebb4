//! ODS: LibreOffice and WPS. A reader of our own over `content.xml`.
//!
//! What the sender sees is what is read: a number with words in its format is the text that is shown, a date
//! without its day is a month. What a drawing says is no part of the cell under it. Knows nothing of the zip.

mod content;
mod drawing;
mod value;

use crate::tables::package::Package;
use crate::tables::workbook::Format;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;

/// Reads the document.
///
/// # Errors
/// See [`Unreadable`]; a file is read whole or not at all.
pub fn read(package: &mut Package<'_>) -> Result<Workbook, Unreadable> {
    refuse_encrypted(package)?;
    let content = content::read(package.part("content.xml")?)?;
    let mut notes: Vec<WorkbookNote> = Vec::new();
    if content.date_1904 {
        notes.push(WorkbookNote::Date1904);
    }
    notes.extend(content.pictures.into_iter().map(|(sheet, count)| WorkbookNote::Pictures { sheet, count }));
    Ok(Workbook { format: Format::Ods, encoding: None, sheets: content.sheets, notes })
}

fn refuse_encrypted(package: &mut Package<'_>) -> Result<(), Unreadable> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !package.has(MANIFEST) {
        return Ok(());
    }
    // Old programs put a document type into it, which the scanner refuses; the name alone tells.
    let bytes = package.bytes(MANIFEST)?;
    match memchr::memmem::find(&bytes, b"encryption-data") {
        Some(_) => Err(Unreadable::encrypted("文档设了打开密码")),
        None => Ok(()),
    }
}
