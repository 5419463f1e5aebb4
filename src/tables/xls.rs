//! XLS (Excel 5 to 2003) and WPS ET: a reader of our own over the records of the workbook stream.
//!
//! Walking the records is needed anyway to find encryption, cut-off streams and charts before
//! anything is trusted; taking the cells on the way is little more. Knows nothing of the sectors
//! below (`ole`).

mod globals;
mod records;
mod sheet;
mod strings;

use crate::tables::builder::Allowance;
use crate::tables::encryption;
use crate::tables::limits;
use crate::tables::ole::Ole;
use crate::tables::sniff::SAVE_AS_XLSX;
use crate::tables::workbook::Format;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;
use crate::tables::xls::globals::Globals;
use crate::tables::zipped;

pub use globals::FILEPASS;
pub use records::Fields;
pub use records::Records;

/// Reads an OLE container as the workbook it holds.
///
/// # Errors
/// Encrypted, damaged, or another kind of document.
pub fn read_ole(bytes: &[u8], stem: &str, format: Format) -> Result<Workbook, Unreadable> {
    let ole = Ole::open(bytes)?;
    if ole.has("EncryptionInfo") || ole.has("EncryptedPackage") {
        let streams = ole.stream("EncryptionInfo")?.zip(ole.stream("EncryptedPackage")?);
        let package = streams.and_then(|(information, package)| encryption::package(&information, &package));
        let Some(package) = package else { return Err(Unreadable::encrypted("工作簿设了打开密码（OOXML 加密）")) };
        return zipped::read(&package, &limits::STRANGERS).map(opened);
    }
    for name in ["Workbook", "Book"] {
        let Some(stream) = ole.stream(name)? else { continue };
        return match encryption::workbook_stream(&stream) {
            Some(plain) => read_stream(&plain, stem, format).map(opened),
            None => read_stream(&stream, stem, format),
        };
    }
    const OTHERS: &[(&str, &str)] = &[
        ("WordDocument", "Word 文档（.doc）或 WPS 文字"),
        ("PowerPoint Document", "演示文稿（.ppt）"),
        ("__properties_version1.0", "Outlook 邮件（.msg）"),
        ("VisioDocument", "Visio 图"),
        ("Quill", "Publisher 文件"),
        ("WksSSWorkBook", "Works 表格"),
        ("NativeContent_MAIN", "Quattro Pro 表格"),
        ("FileHeader", "HWP 文档"),
        ("CONTENTS", "Works 或 Publisher 文件"),
    ];
    let known = OTHERS.iter().find(|(stream, _)| ole.has(stream));
    let (name, save_as) = match known {
        Some((_, name)) => (*name, "把内容填进 .xlsx 表格后再报送"),
        None => ("没有工作簿的 OLE 文件", SAVE_AS_XLSX),
    };
    Err(Unreadable::wrong_format(name, save_as))
}

/// Notes that Excel's own password was needed.
fn opened(mut workbook: Workbook) -> Workbook {
    workbook.notes.push(WorkbookNote::BuiltInPassword);
    workbook
}

/// Reads a workbook stream.
///
/// # Errors
/// Encrypted, damaged, or older than Excel 5.
pub fn read_stream(stream: &[u8], stem: &str, format: Format) -> Result<Workbook, Unreadable> {
    let first = Records::at(stream, 0).next()?.ok_or_else(|| Unreadable::damaged("工作簿流是空的"))?;
    if matches!(first.kind, 0x0009 | 0x0209 | 0x0409) {
        return Err(Unreadable::wrong_format("Excel 4 或更早的表格", SAVE_AS_XLSX));
    }
    let mut workbook = Workbook { format, encoding: None, sheets: Vec::new(), notes: Vec::new() };
    let globals = Globals::read(stream)?;
    if globals.date_1904 {
        workbook.notes.push(WorkbookNote::Date1904);
    }
    if globals.gbk_in_unicode {
        workbook.notes.push(WorkbookNote::Encoding { name: "GB18030", lossy_lines: Vec::new() });
    }
    let mut allowance = Allowance::new(&limits::STRANGERS);
    if globals.sheets.is_empty() && first.data.word(2) == Ok(sheet::WORKSHEET) {
        // A single sheet without a workbook around it.
        let reading = sheet::read(stream, 0, &globals, Sheet::new(stem), allowance)?;
        workbook.sheets.push(reading.sheet);
        return Ok(workbook);
    }
    for bound in &globals.sheets {
        let kind = match bound.kind {
            0 => None,
            1 => Some("宏工作表"),
            2 => Some("图表工作表"),
            6 => Some("代码模块"),
            _ => Some("未知种类的工作表"),
        };
        // A dialog sheet is bound as a worksheet; its own beginning says that it is none.
        let is_dialog = kind.is_none() && is_dialog(stream, bound.offset);
        if let Some(kind) = kind.or(is_dialog.then_some("对话框工作表")) {
            workbook.notes.push(WorkbookNote::SkippedSheet { name: bound.name.clone(), kind });
            continue;
        }
        let mut sheet = Sheet::new(bound.name.as_str());
        sheet.visibility = bound.visibility;
        let reading = sheet::read(stream, bound.offset, &globals, sheet, allowance)?;
        allowance = reading.allowance;
        if reading.pictures > 0 {
            workbook.notes.push(WorkbookNote::Pictures { sheet: bound.name.clone(), count: reading.pictures });
        }
        workbook.sheets.push(reading.sheet);
    }
    Ok(workbook)
}

/// Whether the WSBOOL record of a substream marks a dialog sheet.
fn is_dialog(stream: &[u8], offset: usize) -> bool {
    const WSBOOL: u16 = 0x0081;
    let mut records = Records::at(stream, offset);
    for _ in 0..64 {
        match records.next() {
            Ok(Some(record)) if record.kind == WSBOOL => return record.data.word(0).is_ok_and(|options| options & 0x10 != 0),
            Ok(Some(record)) if record.kind != globals::EOF => {}
            _ => return false,
        }
    }
    false
}
