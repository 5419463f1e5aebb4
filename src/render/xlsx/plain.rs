//! A plain sheet: header in row 1, one format per column, filters on, first columns frozen.
//!
//! Made for ledgers of any length and width: printed, it goes over as many pages as it takes, with the
//! header and the first columns on each. Cells take the format of their column; only rows whose sentences
//! take several lines get a height of their own, because not every program finds it when it opens a file.

use rust_xlsxwriter::DataValidation;

use crate::documents::ColumnKind;
use crate::render::outcome::RenderError;
use crate::render::xlsx::Page;
use crate::render::xlsx::stream::plain::ODD_ROW;
use crate::render::xlsx::stream::plain::Odd;
use crate::render::xlsx::stream::plain::SAMPLE_ROW;
use crate::render::xlsx::styles;
use crate::render::xlsx::text::cell_text;

/// Columns that stay in view when the sheet is moved sideways.
const FROZEN_COLUMNS: usize = 2;
const HEADER_HEIGHT: f64 = 30.0;

/// Writes all but the rows, and cells that show the looks which rows may need; `stream` writes the rows.
pub fn write_skeleton(page: &mut Page<'_, '_>) -> Result<(), RenderError> {
    write_head(page)?;
    for (index, column) in page.sheet.columns.iter().enumerate() {
        page.worksheet.write_blank(SAMPLE_ROW, index as u16, &styles::plain_column(column.kind))?;
    }
    for odd in Odd::ALL {
        let format = match odd {
            Odd::Text => styles::plain_column(ColumnKind::Word),
            Odd::Date => styles::plain_column(ColumnKind::Date),
            Odd::Rate => styles::plain_column(ColumnKind::Rate),
            Odd::Total => styles::plain_total(),
        };
        page.worksheet.write_blank(ODD_ROW, odd as u16, &format)?;
    }
    Ok(())
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
