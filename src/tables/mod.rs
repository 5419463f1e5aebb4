//! Bytes → raw cells. One file per input format; the format is decided by content, never by extension.
//!
//! Knows nothing of hazards, headers or campaigns. A file gives rows or one clear error: never a
//! panic, a hang, memory without bound, or fewer rows than it has without saying so.

mod builder;
mod delimiter;
mod docx;
mod encoding;
mod encryption;
mod formula;
mod html;
mod limits;
mod number_format;
mod ods;
mod ole;
mod package;
mod panics;
mod prose;
mod reference;
mod serial;
mod shared_strings;
mod shown_number;
mod sniff;
mod spreadsheetml;
mod text;
mod transcoding;
pub mod workbook;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod zipped;

pub use limits::Ceilings;
pub use limits::OWN;
pub use limits::STRANGERS;
pub use panics::caught;
pub use prose::prose;
pub use text::RUN_BY_SPREADSHEETS;
pub use text::delimiter_of;
pub use text::unguarded;
pub use workbook::Cell;
pub use workbook::Format;
pub use workbook::MergedArea;
pub use workbook::Places;
pub use workbook::Row;
pub use workbook::Sheet;
pub use workbook::Unreadable;
pub use workbook::UnreadableReason;
pub use workbook::Value;
pub use workbook::Visibility;
pub use workbook::Workbook;
pub use workbook::WorkbookNote;

use crate::source::SourceFile;
use crate::tables::sniff::Signature;
use crate::tables::sniff::TextKind;

/// Reads a file of any supported format into sheets of cells.
///
/// # Errors
/// [`Unreadable`] names what the file really is and what to save it as; nothing of such a file is used.
pub fn read(file: &SourceFile) -> Result<Workbook, Unreadable> {
    read_within(file, &STRANGERS)
}

/// The same, within other ceilings than those of a file that somebody sent.
///
/// # Errors
/// As [`read`].
pub fn read_within(file: &SourceFile, ceilings: &'static Ceilings) -> Result<Workbook, Unreadable> {
    let name = file.name.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_lowercase();
    let mut workbook = panics::caught(|| read_content(&file.bytes, stem, &extension, ceilings))?;
    for sheet in &workbook.sheets {
        workbook.notes.extend(sheet.notes());
    }
    if is_lie(&extension, workbook.format) {
        workbook.notes.insert(0, WorkbookNote::ExtensionLies { claimed: extension, actual: workbook.format });
    }
    Ok(workbook)
}

fn read_content(bytes: &[u8], stem: &str, extension: &str, ceilings: &'static Ceilings) -> Result<Workbook, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable { reason: UnreadableReason::Empty, detail: String::new() });
    }
    // Some mail programs put a text's byte order mark before a binary file.
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) if matches!(sniff::signature(rest), Signature::Ole | Signature::Zip) => rest,
        _ => bytes,
    };
    match sniff::signature(bytes) {
        Signature::Zip => zipped::read(bytes, ceilings),
        Signature::Ole => xls::read_ole(bytes, stem, biff_format(extension)),
        Signature::BareBiff => xls::read_stream(bytes, stem, biff_format(extension)),
        Signature::Refused(refusal) => Err(refusal),
        Signature::Text => read_text(bytes, stem, extension, ceilings),
    }
}

/// WPS writes the same content under its own extension; nothing else tells the two apart.
fn biff_format(extension: &str) -> Format {
    if matches!(extension, "et" | "ett") { Format::Et } else { Format::Xls }
}

fn read_text(bytes: &[u8], stem: &str, extension: &str, ceilings: &'static Ceilings) -> Result<Workbook, Unreadable> {
    let declared = html::declared_encoding(bytes).filter(|_| bytes.trim_ascii_start().starts_with(b"<"));
    let decoded = encoding::decode(bytes, declared, ceilings)?;
    match sniff::text_kind(&decoded.text) {
        TextKind::Plain => text::read(&decoded, stem, extension, ceilings),
        TextKind::Refused(refusal) => Err(refusal),
        TextKind::Html => html::read(&decoded, stem),
        TextKind::SpreadsheetMl => spreadsheetml::read(bytes),
    }
}

/// Whether an extension promises another format; one that promises nothing does not lie.
fn is_lie(extension: &str, actual: Format) -> bool {
    let promised: &[Format] = match extension {
        "xlsx" | "xltx" => &[Format::Xlsx],
        "xlsm" | "xltm" | "xlam" => &[Format::Xlsm, Format::Xlsx],
        "xlsb" => &[Format::Xlsb],
        "xls" | "xlt" => &[Format::Xls],
        "et" | "ett" => &[Format::Et],
        "ods" | "ots" => &[Format::Ods],
        "csv" | "tsv" | "tab" | "txt" | "prn" | "text" => &[Format::Csv, Format::Tsv],
        "htm" | "html" => &[Format::Html],
        "xml" => &[Format::SpreadsheetMl],
        "docx" | "docm" | "dotx" => &[Format::Docx],
        "pdf" | "doc" | "wps" | "ppt" | "pptx" | "zip" | "rar" | "7z" | "png" | "jpg" | "jpeg" | "gif" | "bmp" => &[],
        _ => return false,
    };
    !promised.contains(&actual)
}
