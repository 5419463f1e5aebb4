//! ODS: LibreOffice and WPS. Values come from calamine, behind a pass of our own.
//!
//! `structure` walks the document first; calamine lays tables out as full rectangles, so the size of
//! those is known to be bearable before it starts. A cell that the two see differently refuses the
//! file, so that no cell is lost in silence.

mod structure;

use std::io::Cursor;

use calamine::Data;
use calamine::Ods;
use calamine::OdsError;
use calamine::Range;
use calamine::Reader;

use crate::source;
use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::ods::structure::DENSE_CELLS;
use crate::tables::ods::structure::Mark;
use crate::tables::ods::structure::Place;
use crate::tables::ods::structure::Table;
use crate::tables::package::Package;
use crate::tables::serial;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Format;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::UnreadableReason;
use crate::tables::workbook::Visibility;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;

/// Reads the document.
///
/// # Errors
/// See [`Unreadable`]; a file is read whole or not at all.
pub fn read(package: &mut Package<'_>, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    refuse_encrypted(package)?;
    let tables = structure::read(package.part("content.xml")?)?;
    refuse_far_cells(&tables)?;
    let mut values = Ods::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let mut workbook = Workbook { format: Format::Ods, encoding: None, sheets: Vec::new(), notes: Vec::new() };
    let mut allowance = Allowance::new();
    for table in tables {
        let range = values.worksheet_range(&table.name).map_err(|error| refusal(&error))?;
        if table.pictures > 0 {
            workbook.notes.push(WorkbookNote::Pictures { sheet: table.name.clone(), count: table.pictures });
        }
        let (sheet, left) = sheet_of(table, &range, allowance)?;
        allowance = left;
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

/// What an error of calamine means.
fn refusal(error: &OdsError) -> Unreadable {
    match error {
        OdsError::Io(_) | OdsError::Zip(_) | OdsError::FileNotFound(_) => Unreadable::damaged(error.to_string()),
        OdsError::Password => Unreadable::encrypted("文档设了打开密码"),
        _ => Unreadable { reason: UnreadableReason::ReaderFailed, detail: error.to_string() },
    }
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

/// Calamine needs memory for the whole rectangle from the first to the last cell of every table.
fn refuse_far_cells(tables: &[Table]) -> Result<(), Unreadable> {
    let mut area = 0_u64;
    for table in tables {
        let (Some(first), Some(last)) = (table.cells.first(), table.cells.last()) else { continue };
        let columns = table.cells.iter().map(|cell| cell.column).max().unwrap_or(0);
        area = area.saturating_add(u64::from(last.row - first.row + 1) * u64::from(columns));
    }
    if area > DENSE_CELLS {
        return Err(Unreadable::too_large(format!("单元格散布的范围超过 {DENSE_CELLS} 格，请删去远处多余的单元格")));
    }
    Ok(())
}

fn sheet_of(table: Table, range: &Range<Data>, allowance: Allowance) -> Result<(Sheet, Allowance), Unreadable> {
    let mut sheet = Sheet::new(table.name.as_str());
    if table.hidden {
        sheet.visibility = Visibility::Hidden;
    }
    sheet.hidden_columns = table.hidden_columns;
    sheet.filtered = table.filtered;
    let mut builder = SheetBuilder::new(sheet, allowance);
    for area in table.merges {
        builder.put_merge(area)?;
    }
    for (row, column, text) in table.comments {
        builder.put_comment(row, column, text)?;
    }
    for &place in &table.cells {
        if builder.row_number() != place.row {
            builder.start_row(place.row, is_hidden(&table.hidden_rows, place.row));
        }
        put_value(&mut builder, place, range)?;
    }
    let ours = table.cells.iter().filter(|cell| cell.mark != Mark::NoResult).count();
    let theirs = range.used_cells().filter(|(_, _, value)| !matches!(value, Data::String(text) if is_blank(text))).count();
    if ours != theirs {
        return Err(differs(&table.name, format!("一遍 {ours} 个，一遍 {theirs} 个")));
    }
    Ok(builder.finish())
}

fn is_hidden(ranges: &[(u32, u32)], row: u32) -> bool {
    let after = ranges.partition_point(|&(first, _)| first <= row);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|&(_, last)| row <= last)
}

fn differs(name: &str, how: String) -> Unreadable {
    Unreadable { reason: UnreadableReason::ReaderFailed, detail: format!("工作表“{name}”的单元格两遍读得不一样：{how}") }
}

fn put_value(builder: &mut SheetBuilder, place: Place, range: &Range<Data>) -> Result<(), Unreadable> {
    let column = place.column;
    if place.mark == Mark::NoResult {
        return builder.put(Cell::text(column, 0, 0).with(Cell::FORMULA_WITHOUT_RESULT));
    }
    match range.get_value((place.row - 1, u32::from(column) - 1)) {
        Some(Data::String(text)) if place.mark == Mark::Error => builder.put_error(column, text.trim(), 0),
        Some(Data::String(text)) if !is_blank(text) => builder.put_text(column, text, 0),
        Some(Data::Float(value)) if place.mark == Mark::Percent => builder.put(Cell::number(column, *value).with(Cell::PERCENT)),
        Some(Data::Float(value)) => serial::put_number(builder, column, *value, Default::default(), false),
        Some(Data::Int(value)) => builder.put(Cell::number(column, *value as f64)),
        Some(Data::Bool(value)) => builder.put(Cell::boolean(column, *value)),
        Some(Data::DateTimeIso(text)) => match serial::iso_moment(text) {
            Some(moment) => builder.put(Cell::date_time(column, moment)),
            None => builder.put_text(column, text, 0),
        },
        Some(Data::DurationIso(text)) => {
            let clock = serial::iso_duration(text).and_then(serial::clock);
            builder.put_text(column, clock.as_deref().unwrap_or(text), 0)
        }
        Some(Data::Error(code)) => builder.put_error(column, &code.to_string(), 0),
        _ => Err(differs(&builder.sheet_mut().name.clone(), source::cell_name(place.row, u32::from(column)))),
    }
}
