//! XLSX and XLSM, transitional and strict: a reader of our own over the parts of the package.
//!
//! Parts are found by their relationships, not by their names. Knows nothing of the zip itself
//! (`package`) nor of XML's grammar (`xml`).

mod comments;
mod escapes;
mod fast_cell;
mod relationships;
mod row_count;
mod sheet;
mod string_table;
mod styles;

use std::collections::BTreeMap;

use crate::tables::builder::Allowance;
use crate::tables::limits;
use crate::tables::package::Package;
use crate::tables::workbook::Format;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Visibility;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

pub use comments::read_drawing;
pub use relationships::Relationship;
pub use relationships::of_part as relationships;

/// The name of the workbook part, if the package has one: `xl/workbook.xml` or where its
/// relationships say.
///
/// # Errors
/// When the relationships of the package cannot be read.
pub fn workbook_part(package: &mut Package<'_>) -> Result<Option<String>, Unreadable> {
    let named = relationships::of_part(package, "")?.into_iter().find(|relationship| relationship.kind == "officeDocument");
    if let Some(named) = named {
        return Ok(package.has(&named.target).then_some(named.target));
    }
    Ok(["xl/workbook.xml", "xl/workbook.bin"].iter().find(|name| package.has(name)).map(|name| (*name).to_owned()))
}

/// A sheet as the workbook part lists it.
struct Listed {
    name: String,
    visibility: Visibility,
    relationship: String,
}

/// Reads the workbook whose main part is `part`.
///
/// # Errors
/// See [`Unreadable`]; a file is read whole or not at all.
pub fn read(package: &mut Package<'_>, part: &str) -> Result<Workbook, Unreadable> {
    let relationships = relationships::of_part(package, part)?;
    let (listed, date_1904) = read_workbook_part(package, part)?;
    let styles = match part_of_kind(package, &relationships, "styles") {
        Some(name) => styles::read(package.part(&name)?)?,
        None => Vec::new(),
    };
    let ceilings = package.ceilings;
    let shared = match part_of_kind(package, &relationships, "sharedStrings") {
        Some(name) => Some(string_table::read(package.part(&name)?, ceilings)?),
        None => None,
    };
    let format = if package.has("xl/vbaProject.bin") { Format::Xlsm } else { Format::Xlsx };
    let mut workbook = Workbook { format, encoding: None, sheets: Vec::new(), notes: Vec::new() };
    if date_1904 {
        workbook.notes.push(WorkbookNote::Date1904);
    }
    let context = sheet::Context { styles: &styles, shared: shared.as_ref(), date_1904 };
    let by_id: BTreeMap<&str, &Relationship> = relationships.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut allowance = Allowance::new(ceilings);
    for listed in listed {
        if listed.relationship.is_empty() {
            workbook.notes.push(WorkbookNote::SkippedSheet { name: listed.name, kind: "没有内容的工作表" });
            continue;
        }
        let Some(relationship) = by_id.get(listed.relationship.as_str()) else {
            return Err(Unreadable::damaged(format!("工作表“{}”没有对应的部件", listed.name)));
        };
        if let Some(kind) = skipped_kind(&relationship.kind) {
            workbook.notes.push(WorkbookNote::SkippedSheet { name: listed.name, kind });
            continue;
        }
        let mut sheet = Sheet::new(listed.name);
        sheet.visibility = listed.visibility;
        let name = sheet.name.clone();
        let mut reading = sheet::read(package.part(&relationship.target)?, sheet, allowance, &context)?;
        let found = comments::read(package, &relationship.target, &mut reading.builder)?;
        let pictures = found.saturating_add(reading.cell_pictures);
        if pictures > 0 {
            workbook.notes.push(WorkbookNote::Pictures { sheet: name.to_string(), count: pictures });
        }
        let (mut sheet, left) = reading.builder.finish();
        sheet.counted_rows = Some(row_count::count(package.part(&relationship.target)?)?);
        allowance = left;
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

fn part_of_kind(package: &Package<'_>, relationships: &[Relationship], kind: &str) -> Option<String> {
    relationships.iter().find(|one| one.kind == kind && package.has(&one.target)).map(|one| one.target.clone())
}

/// The kind of a sheet that holds no cells of its own, in words for people.
pub fn skipped_kind(relationship: &str) -> Option<&'static str> {
    match relationship {
        "chartsheet" => Some("图表工作表"),
        "dialogsheet" => Some("对话框工作表"),
        "xlMacrosheet" | "xlIntlMacrosheet" => Some("宏工作表"),
        _ => None,
    }
}

fn read_workbook_part(package: &mut Package<'_>, part: &str) -> Result<(Vec<Listed>, bool), Unreadable> {
    let mut scanner = Scanner::new(package.part(part)?, part);
    let mut listed = Vec::new();
    let mut date_1904 = false;
    loop {
        match scanner.next()? {
            Token::Open { name: b"sheet", attributes, .. } => {
                if listed.len() >= limits::SHEETS {
                    return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
                }
                let visibility = match attributes.get("state") {
                    Some(b"hidden") => Visibility::Hidden,
                    Some(b"veryHidden") => Visibility::VeryHidden,
                    _ => Visibility::Visible,
                };
                let mut name = attributes.text("name").unwrap_or_default();
                escapes::decode_from(&mut name, 0);
                // `sheetId` is the other attribute that ends in id; only `r:id` is exactly `id`.
                listed.push(Listed { name, visibility, relationship: attributes.text("id").unwrap_or_default() });
            }
            Token::Open { name: b"workbookPr", attributes, .. } => date_1904 |= attributes.flag("date1904"),
            Token::End => return Ok((listed, date_1904)),
            _ => {}
        }
    }
}
