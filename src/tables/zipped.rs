//! Which kind of document a zip archive is: XLSX, XLSB, ODS, DOCX, or something that is no spreadsheet.
//!
//! Decides by the parts inside and hands the package to the reader of that kind.

use crate::tables::docx;
use crate::tables::limits::Ceilings;
use crate::tables::ods;
use crate::tables::package::Package;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::xlsb;
use crate::tables::xlsx;

const FILL_IN: &str = "把内容填进 .xlsx 表格后再报送";

/// Reads a zip archive as the spreadsheet it is.
///
/// # Errors
/// When it is damaged, encrypted or no spreadsheet.
pub fn read(bytes: &[u8], ceilings: &'static Ceilings) -> Result<Workbook, Unreadable> {
    let mut package = Package::open(bytes, ceilings)?;
    if package.has("mimetype") && package.has("content.xml") {
        let kind = String::from_utf8_lossy(&package.bytes("mimetype")?).trim().to_owned();
        return match kind.strip_prefix("application/vnd.oasis.opendocument.") {
            Some("spreadsheet" | "spreadsheet-template") => ods::read(&mut package),
            Some(other) => Err(Unreadable::wrong_format(format!("OpenDocument 文件（{other}），不是表格"), FILL_IN)),
            None => Err(Unreadable::damaged("OpenDocument 文件的类型不认识")),
        };
    }
    if let Some(refusal) = other_document(&package) {
        return Err(refusal);
    }
    if package.has("word/document.xml") && !package.has("xl/workbook.xml") {
        return docx::read(&mut package);
    }
    match xlsx::workbook_part(&mut package)? {
        Some(part) if part.to_ascii_lowercase().ends_with(".bin") => xlsb::read(&mut package, &part, bytes),
        Some(part) => xlsx::read(&mut package, &part),
        None if package.has("content.xml") => Err(Unreadable::damaged("OpenDocument 文件缺少类型说明（mimetype）")),
        None if package.has("[Content_Types].xml") => Err(Unreadable::damaged("压缩包里没有工作簿部件")),
        None => Err(Unreadable::wrong_format("压缩包（ZIP）", "解压后把里面的表格逐个放进来")),
    }
}

/// What an archive is when it is one of the kinds that have no rows.
fn other_document(package: &Package<'_>) -> Option<Unreadable> {
    const KINDS: &[(&str, &str)] = &[
        ("ppt/presentation.xml", "演示文稿（.pptx）"),
        ("ofd.xml", "OFD 版式文件"),
        ("index/document.iwa", "Apple Numbers 或 Pages 文件"),
        ("index.zip", "Apple Numbers 或 Pages 文件"),
        ("visio/document.xml", "Visio 图"),
        ("meta-inf/container.xml", "电子书（EPUB）"),
    ];
    if package.has("xl/workbook.xml") || package.has("xl/workbook.bin") {
        return None;
    }
    let (_, name) = KINDS.iter().find(|(part, _)| package.has(part))?;
    Some(Unreadable::wrong_format(*name, FILL_IN))
}
