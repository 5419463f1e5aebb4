//! A plain sheet: header in row 1, one format per column, filters on, first columns frozen.
//!
//! Made for ledgers of any length and width: printed, it goes over as many pages as it takes, with the
//! header and the first columns on each. Cells take the format of their column; only rows whose sentences
//! take several lines get a height of their own, because not every program finds it when it opens a file.

use rust_xlsxwriter::DataValidation;
use rust_xlsxwriter::Format;

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Row;
use crate::documents::RowKind;
use crate::render::outcome::CutReason;
use crate::render::outcome::RenderError;
use crate::render::xlsx::Page;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::row_height;
use crate::render::xlsx::serial;
use crate::render::xlsx::stream::ODD_DATE_ROW;
use crate::render::xlsx::stream::ODD_RATE_ROW;
use crate::render::xlsx::stream::SAMPLE_ROW;
use crate::render::xlsx::styles;
use crate::render::xlsx::styles::Content;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;

/// Columns that stay in view when the sheet is moved sideways.
const FROZEN_COLUMNS: usize = 2;
const HEADER_HEIGHT: f64 = 30.0;
/// Size of [`styles::normal`] in points.
const NORMAL_PRINT: f64 = 11.0;

/// Formats for values of another kind than their column holds.
struct OddFormats {
    text: Format,
    date: Format,
    rate: Format,
    total: Format,
}

/// Writes the head of the sheet and one row that shows the style of every column; `stream` writes the rows.
pub fn write_skeleton(page: &mut Page<'_, '_>) -> Result<(), RenderError> {
    write_head(page)?;
    for column in 0..page.sheet.columns.len() {
        page.worksheet.write_string(SAMPLE_ROW, column as u16, "样")?;
    }
    page.worksheet.write_number_with_format(ODD_DATE_ROW, 0, 1.0, &styles::plain_cell(Content::Date))?;
    page.worksheet.write_number_with_format(ODD_RATE_ROW, 0, 1.0, &styles::plain_cell(Content::Rate))?;
    Ok(())
}

/// Writes the sheet.
pub fn write(page: &mut Page<'_, '_>) -> Result<(), RenderError> {
    let sheet = page.sheet;
    let columns = sheet.columns.len();
    if columns == 0 {
        return Ok(());
    }
    write_head(page)?;
    let odd = OddFormats {
        text: styles::plain_cell(Content::Text),
        date: styles::plain_cell(Content::Date),
        rate: styles::plain_cell(Content::Rate),
        total: styles::plain_total(),
    };
    sheet.body.each(|index, row| {
        let line = index as u32 + 1;
        let lines = lines_of(&sheet.columns, row);
        if lines > 1 {
            page.worksheet.set_row_height(line, row_height(lines, NORMAL_PRINT).min(HIGHEST_ROW))?;
        }
        for (column, cell) in row.cells.iter().take(columns).enumerate() {
            if row.kind == RowKind::Entry {
                write_cell(page, &odd, line, column, cell)?;
            } else {
                write_total(page, &odd.total, line, column, cell)?;
            }
        }
        Ok(())
    })
}

/// Widths, header, filter, frozen panes and what repeats in print.
fn write_head(page: &mut Page<'_, '_>) -> Result<(), RenderError> {
    let sheet = page.sheet;
    let columns = sheet.columns.len();
    if columns == 0 {
        return Ok(());
    }
    let last_column = (columns - 1) as u16;
    let header = styles::plain_header();
    page.worksheet.set_row_height(0, HEADER_HEIGHT)?;
    for (index, column) in sheet.columns.iter().enumerate() {
        let index = index as u16;
        page.worksheet.set_column_width(index, f64::from(column.width) + 2.0)?;
        page.worksheet.set_column_format(index, &styles::plain_column(column.kind))?;
    }
    for (index, column) in sheet.columns.iter().enumerate() {
        let made = cell_text(&column.title);
        page.worksheet.write_string_with_format(0, index as u16, made.text, &header)?;
    }
    let last_row = sheet.body.len() as u32;
    let frozen = FROZEN_COLUMNS.min(columns - 1) as u16;
    page.worksheet.set_freeze_panes(1, frozen)?.autofilter(0, 0, last_row, last_column)?.set_repeat_rows(0, 0)?;
    for (index, column) in sheet.columns.iter().enumerate().filter(|(_, column)| !column.choices.is_empty() && last_row > 0) {
        // A clerk who types what is not on the list is asked by the next merge, in words.
        let list = DataValidation::new().allow_list_strings(column.choices)?.show_error_message(false);
        page.worksheet.add_data_validation(1, index as u16, last_row, index as u16, &list)?;
    }
    page.worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    if frozen > 0 {
        page.worksheet.set_repeat_columns(0, frozen - 1)?;
    }
    Ok(())
}

/// Lines of the highest cell among the columns that are wrapped.
fn lines_of(columns: &[Column], row: &Row<'_>) -> usize {
    let lines = columns.iter().zip(&row.cells).map(|(column, cell)| match cell {
        Cell::Text(text) if column.kind == ColumnKind::Prose => width::lines(text, usize::from(column.width)),
        _ => 1,
    });
    lines.max().unwrap_or(1)
}

/// The inner loop of large ledgers: one call per cell, no format unless the cell differs from its column.
fn write_cell(page: &mut Page<'_, '_>, odd: &OddFormats, row: u32, column: usize, cell: &Cell<'_>) -> Result<(), RenderError> {
    let kind = page.sheet.columns[column].kind;
    let at = column as u16;
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let made = cell_text(text);
            if made.cut {
                page.report(row, column, text, CutReason::TooLong);
            }
            page.worksheet.write_string(row, at, made.text)?;
        }
        Cell::Link { text, sheet, row: target } => {
            let made = cell_text(text);
            match page.places.get(*sheet as usize) {
                Some(place) => {
                    let address = place.address(*target);
                    page.worksheet.write_url_with_options(row, at, address.as_str(), made.text, "", Some(&odd.text))?;
                }
                None => {
                    page.worksheet.write_string(row, at, made.text)?;
                }
            }
        }
        Cell::Integer(number) => {
            page.worksheet.write_number(row, at, *number as f64)?;
        }
        Cell::Decimal(number) => {
            page.worksheet.write_number(row, at, *number)?;
        }
        Cell::Rate(rate) if kind == ColumnKind::Rate => {
            page.worksheet.write_number(row, at, rate / 100.0)?;
        }
        Cell::Rate(rate) => {
            page.worksheet.write_number_with_format(row, at, rate / 100.0, &odd.rate)?;
        }
        Cell::Date(day) => match serial(*day) {
            Some(number) if kind == ColumnKind::Date => {
                page.worksheet.write_number(row, at, number)?;
            }
            Some(number) => {
                page.worksheet.write_number_with_format(row, at, number, &odd.date)?;
            }
            None => {
                page.worksheet.write_string(row, at, cell.shown())?;
            }
        },
    }
    Ok(())
}

/// A cell of a total or a heading: bold, numbers as numbers.
fn write_total(page: &mut Page<'_, '_>, format: &Format, row: u32, column: usize, cell: &Cell<'_>) -> Result<(), RenderError> {
    let at = column as u16;
    match cell {
        Cell::Integer(number) => page.worksheet.write_number_with_format(row, at, *number as f64, format)?,
        Cell::Decimal(number) => page.worksheet.write_number_with_format(row, at, *number, format)?,
        _ => page.worksheet.write_string_with_format(row, at, cell_text(&cell.shown()).text, format)?,
    };
    Ok(())
}
