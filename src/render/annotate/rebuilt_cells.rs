//! The cells of a rebuilt sheet: values as what they are, merges, widths, what is hidden.
//!
//! Knows the neutral picture of a sheet and how bad a marked cell is; nothing of the words of a mark.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use chrono::NaiveTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::Severity;
use crate::render::annotate::mark::LAST_COLUMN;
use crate::render::annotate::mark::LAST_ROW;
use crate::render::annotate::mark::TEXT_UNITS;
use crate::render::annotate::mark::fill_colour;
use crate::render::annotate::mark::shortened;
use crate::tables::Cell;
use crate::tables::MergedArea;
use crate::tables::Sheet;
use crate::tables::Value;

/// Error values that every office program knows; a formula of just the code has it as its value.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
/// Cells that all merged areas of a sheet together may cover; an area beyond is left unmerged.
const MERGED_CELLS: u64 = 200_000;
/// How far a merged title may reach beyond its first column and the cells of the sheet.
const TITLE_COLUMNS: u32 = 30;
/// The widest column, in half-width characters.
const WIDEST: usize = 40;

/// The formats in use, made once.
#[derive(Debug, Default)]
pub struct Looks {
    formats: BTreeMap<Look, Format>,
}

/// What sets one format apart from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    number: Number,
    struck: bool,
    severity: Option<Severity>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    General,
    Percent,
    Date,
    Moment,
}

impl Looks {
    fn format(&mut self, look: Look) -> &Format {
        self.formats.entry(look).or_insert_with(|| {
            let format =
                Format::new().set_font_name("宋体").set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
            let format = match look.number {
                Number::General => format,
                Number::Percent => format.set_num_format("0.##%"),
                Number::Date => format.set_num_format("yyyy-mm-dd"),
                Number::Moment => format.set_num_format("yyyy-mm-dd hh:mm:ss"),
            };
            let format = if look.struck { format.set_font_strikethrough() } else { format };
            match look.severity {
                Some(severity) => format.set_background_color(format!("#{}", fill_colour(severity)).as_str()),
                None => format,
            }
        })
    }
}

/// Writes all cells of a sheet; those in `severities` in their colour, there or not.
///
/// # Errors
/// Something that a worksheet cannot hold.
pub fn write_cells(
    written: &mut Worksheet,
    sheet: &Sheet,
    merges: &[MergedArea],
    severities: &BTreeMap<(u32, u32), Severity>,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    for area in merges {
        let severity = severities.get(&(area.first_row, area.first_column)).copied();
        let format = looks.format(Look { number: Number::General, struck: false, severity });
        written.merge_range(
            area.first_row - 1,
            (area.first_column - 1) as u16,
            area.last_row - 1,
            (area.last_column - 1) as u16,
            "",
            format,
        )?;
    }
    let corners: BTreeSet<(u32, u32)> = merges.iter().map(|area| (area.first_row, area.first_column)).collect();
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    let mut pending = severities.clone();
    for &row in &sheet.rows {
        if row.hidden {
            written.set_row_hidden(row.number - 1)?;
        }
        for &cell in sheet.cells_of(row) {
            let severity = pending.remove(&(row.number, u32::from(cell.column)));
            let width = write_cell(written, sheet, row.number - 1, cell, severity, looks)?;
            if !corners.contains(&(row.number, u32::from(cell.column))) {
                let widest = widths.entry(cell.column - 1).or_default();
                *widest = width.max(*widest);
            }
        }
    }
    for ((row, column), severity) in pending {
        let look = Look { number: Number::General, struck: false, severity: Some(severity) };
        written.write_blank(row - 1, (column - 1) as u16, looks.format(look))?;
    }
    for (column, width) in widths {
        written.set_column_width(column, (width.clamp(6, WIDEST) + 2) as f64)?;
    }
    for &(first, last) in &sheet.hidden_columns {
        for column in first.max(1)..=last.min(LAST_COLUMN) {
            written.set_column_hidden((column - 1) as u16)?;
        }
    }
    written.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes one cell and gives the width of what it shows.
fn write_cell(
    written: &mut Worksheet,
    sheet: &Sheet,
    row: u32,
    cell: Cell,
    severity: Option<Severity>,
    looks: &mut Looks,
) -> Result<usize, XlsxError> {
    let column = cell.column - 1;
    let number = match sheet.value(cell) {
        Value::DateTime(moment) if moment.time() == NaiveTime::MIN => Number::Date,
        Value::DateTime(_) => Number::Moment,
        Value::Number(_) if cell.is_percent() => Number::Percent,
        _ => Number::General,
    };
    let format = looks.format(Look { number, struck: cell.has(Cell::STRUCK), severity });
    let text = |written: &mut Worksheet, text: &str| -> Result<usize, XlsxError> {
        written.write_string_with_format(row, column, shortened(text, TEXT_UNITS), format)?;
        Ok(text.lines().take(50).map(UnicodeWidthStr::width_cjk).max().unwrap_or(0))
    };
    match sheet.value(cell) {
        Value::Error(code) if ERRORS.contains(&code) => {
            written.write_formula_with_format(row, column, Formula::new(code).set_result(code), format)?;
            Ok(8)
        }
        Value::Text(content) | Value::Error(content) => text(written, content),
        Value::Number(value) if value.is_finite() => {
            written.write_number_with_format(row, column, value, format)?;
            Ok(10)
        }
        Value::Number(value) => text(written, &value.to_string()),
        Value::DateTime(moment) if is_excel_date(&moment) => {
            written.write_datetime_with_format(row, column, moment, format)?;
            Ok(if number == Number::Date { 11 } else { 20 })
        }
        Value::DateTime(moment) => text(written, &moment.to_string()),
        Value::Boolean(value) => {
            written.write_boolean_with_format(row, column, value, format)?;
            Ok(6)
        }
    }
}

/// Days that Excel counts.
fn is_excel_date(moment: &NaiveDateTime) -> bool {
    let (first, last) = (chrono::NaiveDate::from_ymd_opt(1900, 1, 1), chrono::NaiveDate::from_ymd_opt(9999, 12, 31));
    first.is_some_and(|first| moment.date() >= first) && last.is_some_and(|last| moment.date() <= last)
}

/// The merged areas that can be written: clipped to the used part of the sheet, none over another, and not
/// more than a bounded number of cells, because the writer fills a merged area cell by cell.
pub fn merges(sheet: &Sheet) -> Vec<MergedArea> {
    let last_row = sheet.rows.last().map_or(0, |row| row.number).min(LAST_ROW);
    let last_column = sheet.cells.iter().map(|cell| u32::from(cell.column)).max().unwrap_or(0);
    let mut covered: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut kept = Vec::new();
    for area in &sheet.merges {
        if area.first_row == 0 || area.first_column == 0 || area.first_row > LAST_ROW || area.first_column > LAST_COLUMN {
            continue;
        }
        // A merged title often reaches further to the right than the cells do.
        let bottom = area.last_row.min(last_row.max(area.first_row));
        let right = area.last_column.min(last_column.max(area.first_column.saturating_add(TITLE_COLUMNS))).min(LAST_COLUMN);
        if bottom < area.first_row || right < area.first_column {
            continue;
        }
        let size = u64::from(bottom - area.first_row + 1) * u64::from(right - area.first_column + 1);
        if size < 2 || covered.len() as u64 + size > MERGED_CELLS {
            continue;
        }
        let cells = || (area.first_row..=bottom).flat_map(|row| (area.first_column..=right).map(move |column| (row, column)));
        if cells().all(|cell| !covered.contains(&cell)) {
            covered.extend(cells());
            kept.push(MergedArea { last_row: bottom, last_column: right, ..*area });
        }
    }
    kept
}
