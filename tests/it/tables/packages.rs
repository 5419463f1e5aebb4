//! Makes XLSX packages out of parts, sound or not, for the other tests.
//!
//! Parts are plain text, so that a test shows what stands in the file.

use std::io::Cursor;
use std::io::Write;

use qingdan::source::SourceFile;
use qingdan::tables;
use qingdan::tables::Unreadable;
use qingdan::tables::Workbook;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Reads bytes under a name.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<Workbook, Unreadable> {
    tables::read(&SourceFile { name: name.into(), bytes })
}

/// A zip archive of these parts.
pub fn zip(parts: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).expect("a new part");
        writer.write_all(content).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// The parts of a workbook with one sheet `台账`, whose XML is `<worksheet …>` + `sheet` + `</worksheet>`.
pub fn parts(sheet: &str) -> Vec<(String, Vec<u8>)> {
    parts_with(sheet, MAIN, TYPES)
}

/// The same with other namespaces, as strict files have them.
pub fn parts_with(sheet: &str, main: &str, types: &str) -> Vec<(String, Vec<u8>)> {
    let relationships = |entries: &[(&str, &str, &str)]| {
        let inside: String = entries
            .iter()
            .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{types}/{kind}" Target="{target}"/>"#))
            .collect();
        format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>"#)
    };
    let part = |name: &str, content: String| (name.to_owned(), content.into_bytes());
    vec![
        part("_rels/.rels", relationships(&[("rId1", "officeDocument", "xl/workbook.xml")])),
        part(
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{types}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
                ("rId3", "sharedStrings", "/xl/sharedStrings.xml"),
            ]),
        ),
        part(
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="176" formatCode="[h]:mm"/></numFmts><fonts><font/></fonts>
                <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="20"/><xf numFmtId="176"/></cellXfs></styleSheet>"#
            ),
        ),
        part("xl/sharedStrings.xml", format!(r#"<sst xmlns="{main}"><si><t>甲</t></si><si><t> </t></si><si><t>乙</t></si></sst>"#)),
        part("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}" xmlns:r="{types}">{sheet}</worksheet>"#)),
    ]
}

/// A workbook of one sheet.
pub fn workbook(sheet: &str) -> Vec<u8> {
    zip(&parts(sheet), CompressionMethod::Deflated)
}

/// The same with some parts put in the place of others; `None` leaves a part out.
pub fn workbook_but(sheet: &str, changes: &[(&str, Option<&str>)]) -> Vec<u8> {
    let mut parts = parts(sheet);
    for (name, content) in changes {
        parts.retain(|(part, _)| part != name);
        if let Some(content) = content {
            parts.push(((*name).to_owned(), content.as_bytes().to_vec()));
        }
    }
    zip(&parts, CompressionMethod::Deflated)
}

/// Cells of the first sheet as `A1=value`, hidden rows with a `-` before.
pub fn cells(workbook: &Workbook) -> String {
    let mut seen = Vec::new();
    for sheet in workbook.sheets.iter().take(1) {
        for &row in &sheet.rows {
            for &cell in sheet.cells_of(row) {
                let place = qingdan::source::cell_name(row.number, u32::from(cell.column));
                seen.push(format!("{}{place}={}", if row.hidden { "-" } else { "" }, shown(&sheet.value(cell))));
            }
        }
    }
    seen.join(" ")
}

/// A value in few characters.
pub fn shown(value: &tables::Value<'_>) -> String {
    match value {
        tables::Value::Text(text) => format!("‘{text}’"),
        tables::Value::Number(number) => number.to_string(),
        tables::Value::DateTime(moment) => moment.format("%Y-%m-%d %H:%M").to_string().trim_end_matches(" 00:00").to_owned(),
        tables::Value::Boolean(value) => value.to_string(),
        tables::Value::Error(code) => (*code).to_owned(),
    }
}
