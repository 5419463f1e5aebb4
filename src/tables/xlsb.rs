//! XLSB: the binary twin of XLSX. Values come from calamine, behind a pass of our own.
//!
//! The package, the relationships, the styles and every record are checked before calamine sees
//! them; see `sheet`.

mod records;
mod sheet;
mod styles;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::Reader;
use calamine::Xlsb;
use calamine::XlsbError;

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::limits;
use crate::tables::ole::u32_at;
use crate::tables::package::Package;
use crate::tables::panics;
use crate::tables::workbook::Format;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::UnreadableReason;
use crate::tables::workbook::Visibility;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;
use crate::tables::xlsb::records::Records;
use crate::tables::xlsb::records::wide_text;
use crate::tables::xlsx;
use crate::tables::xlsx::Relationship;

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
pub fn read(package: &mut Package<'_>, part: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    // What makes calamine stumble behind our checks is damage that they do not see.
    panics::caught(|| read_parts(package, part, bytes)).map_err(|unreadable| match unreadable.reason {
        UnreadableReason::ReaderFailed => Unreadable::damaged("里面的记录前后不符".to_owned()),
        _ => unreadable,
    })
}

fn read_parts(package: &mut Package<'_>, part: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let relationships = xlsx::relationships(package, part)?;
    let by_id: BTreeMap<&str, &Relationship> = relationships.iter().map(|one| (one.id.as_str(), one)).collect();
    let (listed, date_1904) = read_workbook_part(package, part)?;
    for listed in &listed {
        if !by_id.contains_key(listed.relationship.as_str()) {
            return Err(Unreadable::damaged(format!("工作表“{}”没有对应的部件", listed.name)));
        }
    }
    let target = |kind: &str| relationships.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
    let styles = match target("styles").filter(|name| package.has(name)) {
        Some(name) => styles::read(package.part(&name)?)?,
        None => Vec::new(),
    };
    let strings = match target("sharedStrings").filter(|name| package.has(name)) {
        Some(name) => check_shared_strings(package, &name)?,
        None => 0,
    };
    let mut values = Xlsb::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let context = sheet::Context { styles: &styles, strings, date_1904 };
    let mut workbook = Workbook { format: Format::Xlsb, encoding: None, sheets: Vec::new(), notes: Vec::new() };
    if date_1904 {
        workbook.notes.push(WorkbookNote::Date1904);
    }
    let mut allowance = Allowance::new(package.ceilings);
    for listed in listed {
        let Some(relationship) = by_id.get(listed.relationship.as_str()) else { continue };
        if let Some(kind) = xlsx::skipped_kind(&relationship.kind) {
            workbook.notes.push(WorkbookNote::SkippedSheet { name: listed.name, kind });
            continue;
        }
        let mut sheet = Sheet::new(listed.name.as_str());
        sheet.visibility = listed.visibility;
        let mut cells = values.worksheet_cells_reader(&listed.name).map_err(|error| refusal(&error))?;
        let mut builder = sheet::read(package.part(&relationship.target)?, &mut || cells.next_cell(), sheet, allowance, &context)?;
        let pictures = read_companions(package, &relationship.target, &mut builder)?;
        if pictures > 0 {
            workbook.notes.push(WorkbookNote::Pictures { sheet: listed.name, count: pictures });
        }
        let (sheet, left) = builder.finish();
        allowance = left;
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

/// What an error of calamine means.
pub fn refusal(error: &XlsbError) -> Unreadable {
    match error {
        XlsbError::Io(_) | XlsbError::Zip(_) | XlsbError::FileNotFound(_) => Unreadable::damaged(error.to_string()),
        XlsbError::Password => Unreadable::encrypted("工作簿设了打开密码"),
        _ => Unreadable { reason: UnreadableReason::ReaderFailed, detail: error.to_string() },
    }
}

fn read_workbook_part(package: &mut Package<'_>, part: &str) -> Result<(Vec<Listed>, bool), Unreadable> {
    let broken = || Unreadable::damaged(format!("{part}：工作表目录不完整"));
    let mut records = Records::new(package.part(part)?, part);
    let (mut listed, mut date_1904) = (Vec::new(), false);
    while let Some((kind, data)) = records.next()? {
        match kind {
            // BrtWbProp
            0x0099 => date_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            // BrtBundleSh; a macro module has no part and no relationship.
            0x009C if u32_at(data, 8) == u32::MAX => {}
            0x009C => {
                if listed.len() >= limits::SHEETS {
                    return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
                }
                let (relationship, length) = data.get(8..).and_then(wide_text).ok_or_else(broken)?;
                let (name, _) = data.get(8 + length..).and_then(wide_text).ok_or_else(broken)?;
                let visibility = match u32_at(data, 0) {
                    0 => Visibility::Visible,
                    1 => Visibility::Hidden,
                    _ => Visibility::VeryHidden,
                };
                listed.push(Listed { name, visibility, relationship });
            }
            _ => {}
        }
    }
    Ok((listed, date_1904))
}

/// Walks the shared strings; gives how many there are.
fn check_shared_strings(package: &mut Package<'_>, name: &str) -> Result<u32, Unreadable> {
    let most = package.ceilings.text;
    let mut records = Records::new(package.part(name)?, name);
    let (mut count, mut bytes) = (0_u32, 0_u64);
    while let Some((kind, data)) = records.next()? {
        // BrtSSTItem
        if kind != 0x0013 {
            continue;
        }
        let (text, _) = data.get(1..).and_then(wide_text).ok_or_else(|| Unreadable::damaged(format!("{name}：共享字符串不完整")))?;
        count += 1;
        bytes += text.len() as u64;
        if bytes > most || count as usize > limits::STRINGS {
            return Err(Unreadable::too_large(format!("共享字符串超过 {} MB", most >> 20)));
        }
    }
    Ok(count)
}

/// Comments, in their binary form, and pictures; gives the number of the latter.
fn read_companions(package: &mut Package<'_>, part: &str, builder: &mut SheetBuilder) -> Result<u32, Unreadable> {
    let mut pictures: u32 = 0;
    for relationship in xlsx::relationships(package, part)? {
        match relationship.kind.as_str() {
            "comments" if package.has(&relationship.target) => read_comments(package, &relationship.target, builder)?,
            "drawing" if package.has(&relationship.target) => {
                let drawing = xlsx::read_drawing(package, &relationship.target)?;
                pictures = pictures.saturating_add(drawing.pictures);
                drawing.texts.iter().for_each(|text| builder.sheet_mut().put_text_box(text));
            }
            _ => {}
        }
    }
    Ok(pictures)
}

fn read_comments(package: &mut Package<'_>, part: &str, builder: &mut SheetBuilder) -> Result<(), Unreadable> {
    let mut records = Records::new(package.part(part)?, part);
    let mut place = (0, 0);
    while let Some((kind, data)) = records.next()? {
        match kind {
            // BrtBeginComment: author, then the area
            0x027B => place = (u32_at(data, 4), u32_at(data, 12)),
            // BrtCommentText
            0x027D if place.0 < limits::ROWS && place.1 < limits::COLUMNS => {
                if let Some((text, _)) = data.get(1..).and_then(wide_text) {
                    builder.put_comment(place.0 + 1, place.1 + 1, text)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
