//! A sheet to be printed and signed: 附件 mark, title, 填报单位 line, ruled table, notes, signature line.
//!
//! Two passes over the body: one measures, so that columns fill the page and nothing is cut, one writes.

use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::Url;

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::Official;
use crate::documents::Row;
use crate::documents::RowKind;
use crate::render::outcome::CutReason;
use crate::render::outcome::RenderError;
use crate::render::xlsx::Page;
use crate::render::xlsx::Place;
use crate::render::xlsx::layout;
use crate::render::xlsx::layout::Extent;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::Layout;
use crate::render::xlsx::serial;
use crate::render::xlsx::stream::official::Plan;
use crate::render::xlsx::stream::official::Survey;
use crate::render::xlsx::styles;
use crate::render::xlsx::styles::CellStyle;
use crate::render::xlsx::styles::Content;
use crate::render::xlsx::styles::TableStyles;
use crate::render::xlsx::styles::quarters;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;

/// Programs refuse sheets with more links than about this many.
pub const MOST_LINKS: usize = 65_000;
const TITLE_PRINT: f64 = 20.0;
pub const SUBTITLE_HEIGHT: f64 = 22.0;
const UNITS_HEIGHT: f64 = 18.0;
const UPPER_HEADER_HEIGHT: f64 = 20.0;
/// No row of the table is lower than this, in points.
pub const LEAST_ROW: f64 = 20.0;
const SIGNATURE_HEIGHT: f64 = 34.0;
/// Line under the title, notes and signature line, in points.
pub const LINE_PRINT: f64 = 11.0;

/// Zero-based row in which the body begins.
pub fn first_body_row(official: &Official, columns: &[Column]) -> u32 {
    u32::from(official.attachment.is_some()) + 2 + header_rows(columns)
}

/// Rows of the header: groups, titles, units, as far as any column has them.
pub fn header_rows(columns: &[Column]) -> u32 {
    title_rows(columns) + u32::from(has_units(columns))
}

fn title_rows(columns: &[Column]) -> u32 {
    if columns.iter().any(|column| column.group.is_some()) { 2 } else { 1 }
}

fn has_units(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.unit.is_some())
}

/// Writes the sheet.
pub fn write(page: &mut Page<'_, '_>, official: &Official) -> Result<(), RenderError> {
    if page.sheet.columns.is_empty() {
        return Ok(());
    }
    let layout = Layout::new(official, &page.sheet.columns, &measure(page));
    let first_body_row = write_head(page, official, &layout)?;
    let after = write_body(page, &layout, first_body_row)?;
    write_ending(page, official, &layout, after)
}

/// Writes all but the rows of a large sheet, and one cell for each look that its rows may need; `stream` writes the rows.
pub fn write_skeleton(page: &mut Page<'_, '_>, official: &Official) -> Result<Plan, RenderError> {
    let survey = Survey::of(page.sheet);
    let layout = Layout::new(official, &page.sheet.columns, &survey.extents);
    let first_body_row = write_head(page, official, &layout)?;
    let plan = Plan::new(page.sheet, &survey, layout.clone(), first_body_row);
    let mut styles = TableStyles::default();
    for (column, style) in plan.samples().enumerate() {
        page.worksheet.write_blank(first_body_row, column as u16, styles.get(style))?;
    }
    write_ending(page, official, &layout, plan.after())?;
    Ok(plan)
}

/// Writes what stands above the rows; gives the first row of the body.
fn write_head(page: &mut Page<'_, '_>, official: &Official, layout: &Layout) -> Result<u32, RenderError> {
    set_up(page, official, layout)?;
    let row = write_heading(page, official, layout)?;
    write_header(page, layout, row)
}

/// Puts filters on the header of a sheet.
pub fn filter(page: &mut Page<'_, '_>, official: &Official) -> Result<(), RenderError> {
    let (columns, rows) = (page.sheet.columns.len(), page.sheet.body.len() as u32);
    if columns > 0 && rows > 0 {
        let first = first_body_row(official, &page.sheet.columns);
        page.worksheet.autofilter(first - 1, 0, first + rows - 1, (columns - 1) as u16)?;
    }
    Ok(())
}

/// What a pass over the body says about each column.
pub fn measure(page: &Page<'_, '_>) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); page.sheet.columns.len()];
    let measured: Result<(), RenderError> = page.sheet.body.each(|_, row| {
        if row.kind != RowKind::Group {
            for (extent, cell) in extents.iter_mut().zip(&row.cells) {
                extent.add(&cell.shown());
            }
        }
        Ok(())
    });
    debug_assert!(measured.is_ok(), "measuring cannot fail");
    extents
}

fn set_up(page: &mut Page<'_, '_>, official: &Official, layout: &Layout) -> Result<(), RenderError> {
    let first_body_row = first_body_row(official, &page.sheet.columns);
    let header = first_body_row - header_rows(&page.sheet.columns);
    for (index, pixels) in layout.columns.iter().enumerate() {
        page.worksheet.set_column_width_pixels(index as u16, *pixels)?;
    }
    page.worksheet
        .set_margins(layout.side_margin, layout.side_margin, 0.7, 0.75, 0.3, 0.4)
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_repeat_rows(header, first_body_row - 1)?
        .set_freeze_panes(first_body_row, 0)?;
    Ok(())
}

/// Writes 附件 mark, title and the line under it; gives the next row.
fn write_heading(page: &mut Page<'_, '_>, official: &Official, layout: &Layout) -> Result<u32, RenderError> {
    let last = page.sheet.columns.len() - 1;
    let mut row = 0;
    if let Some(mark) = &official.attachment {
        page.worksheet.set_row_height(row, 24.0)?;
        page.worksheet.write_string_with_format(row, 0, cell_text(mark).text, &styles::attachment())?;
        row += 1;
    }
    let table: u32 = layout.columns.iter().sum();
    let (print, height) = heading_size(&official.title, table);
    page.worksheet.set_row_height(row, height)?;
    spread(page, row, 0, last, &official.title, &styles::title(print))?;
    row += 1;
    page.worksheet.set_row_height(row, SUBTITLE_HEIGHT)?;
    if last == 0 {
        spread(page, row, 0, 0, &[official.left.as_str(), &official.right].join("　"), &styles::line(LINE_PRINT, FormatAlign::Left))?;
    } else {
        let split = split_column(layout, &official.left, &official.right);
        spread(page, row, 0, split, &official.left, &styles::line(LINE_PRINT, FormatAlign::Left))?;
        spread(page, row, split + 1, last, &official.right, &styles::line(LINE_PRINT, FormatAlign::Right))?;
    }
    Ok(row + 1)
}

/// Print size and row height of the title: on one line if that does not make it too small.
pub fn heading_size(title: &str, pixels: u32) -> (f64, f64) {
    let lines = |print: f64| width::lines(title, ((f64::from(pixels) / (print * 2.0 / 3.0)) as usize).saturating_sub(1));
    let mut print = TITLE_PRINT;
    while lines(print) > 1 && print > 16.0 {
        print -= 1.0;
    }
    (print, (lines(print) as f64 * print * 1.5 + 8.0).min(HIGHEST_ROW))
}

/// What a text of the line under the title takes, in pixels.
pub fn line_pixels(text: &str) -> f64 {
    (width::widest_line(text) as f64 + 2.0) * LINE_PRINT * 2.0 / 3.0
}

/// Last column of the left text, so that both texts find room; the middle of the table when they do anyway.
pub fn split_column(layout: &Layout, left: &str, right: &str) -> usize {
    let all: u32 = layout.columns.iter().sum();
    let (left, right) = (line_pixels(left), line_pixels(right));
    let target = (f64::from(all) / 2.0).max(left).min((f64::from(all) - right).max(0.0));
    let mut so_far = 0.0;
    for (index, pixels) in layout.columns.iter().enumerate() {
        so_far += f64::from(*pixels);
        if so_far >= target {
            return index.min(layout.columns.len() - 2);
        }
    }
    layout.columns.len() - 2
}

/// Height in points of the header, one to three rows.
pub fn header_height(columns: &[Column], layout: &Layout) -> f64 {
    let upper = if title_rows(columns) == 2 { UPPER_HEADER_HEIGHT } else { 0.0 };
    let units = if has_units(columns) { UNITS_HEIGHT } else { 0.0 };
    upper + lower_header_height(columns, layout) + units
}

fn lower_header_height(columns: &[Column], layout: &Layout) -> f64 {
    let lines = |index: usize, column: &Column| width::lines(&column.title, layout.capacity(index, layout.print));
    let most = columns.iter().enumerate().map(|(index, column)| lines(index, column)).max().unwrap_or(1);
    layout::row_height(most, layout.print).clamp(24.0, HIGHEST_ROW)
}

/// Writes the header, one to three rows; gives the first row of the body.
pub fn write_header(page: &mut Page<'_, '_>, layout: &Layout, row: u32) -> Result<u32, RenderError> {
    let columns = &page.sheet.columns;
    let after_titles = write_titles(page, layout, row)?;
    if !has_units(columns) {
        return Ok(after_titles);
    }
    let format = styles::header(layout.print);
    page.worksheet.set_row_height(after_titles, UNITS_HEIGHT)?;
    for (index, column) in columns.iter().enumerate() {
        page.worksheet.write_string_with_format(after_titles, index as u16, column.unit.unwrap_or_default(), &format)?;
    }
    Ok(after_titles + 1)
}

fn write_titles(page: &mut Page<'_, '_>, layout: &Layout, row: u32) -> Result<u32, RenderError> {
    let columns = &page.sheet.columns;
    let format = styles::header(layout.print);
    let rows = title_rows(columns);
    let height = lower_header_height(columns, layout);
    if rows == 1 {
        page.worksheet.set_row_height(row, height)?;
        for (index, column) in columns.iter().enumerate() {
            page.worksheet.write_string_with_format(row, index as u16, cell_text(&column.title).text, &format)?;
        }
        return Ok(row + 1);
    }
    page.worksheet.set_row_height(row, UPPER_HEADER_HEIGHT)?;
    page.worksheet.set_row_height(row + 1, height)?;
    // The upper row first: rows are written in order.
    let mut index = 0;
    while index < columns.len() {
        let group = &columns[index].group;
        let same = columns[index..].iter().take_while(|column| group.is_some() && column.group == *group).count().max(1);
        match group {
            Some(title) => spread(page, row, index, index + same - 1, title, &format)?,
            None => {
                page.worksheet.merge_range(row, index as u16, row + 1, index as u16, &cell_text(&columns[index].title).text, &format)?;
            }
        }
        index += same;
    }
    for (index, column) in columns.iter().enumerate() {
        if column.group.is_some() {
            page.worksheet.write_string_with_format(row + 1, index as u16, cell_text(&column.title).text, &format)?;
        }
    }
    Ok(row + 2)
}

/// Writes the rows; gives the row after the last.
pub fn write_body(page: &mut Page<'_, '_>, layout: &Layout, first: u32) -> Result<u32, RenderError> {
    let sheet = page.sheet;
    let mut styles = TableStyles::default();
    let mut links = 0;
    sheet.body.each(|index, row| {
        let line = first + index as u32;
        if row.kind == RowKind::Group {
            write_group(page, layout, &mut styles, line, row)
        } else {
            write_row(page, layout, &mut styles, line, row, &mut links)
        }
    })?;
    Ok(first + sheet.body.len() as u32)
}

fn write_group(page: &mut Page<'_, '_>, layout: &Layout, styles: &mut TableStyles, line: u32, row: &Row<'_>) -> Result<(), RenderError> {
    let style = CellStyle {
        column: crate::documents::ColumnKind::Prose,
        content: Content::Text,
        row: row.kind,
        mark: row.mark,
        print: quarters(layout.print + 1.0),
    };
    let text = row.cells.first().map(Cell::shown).unwrap_or_default();
    page.worksheet.set_row_height(line, group_height(layout, &text))?;
    spread(page, line, 0, page.sheet.columns.len() - 1, &text, styles.get(style))
}

/// Height in points of a heading over all columns.
pub fn group_height(layout: &Layout, text: &str) -> f64 {
    let (_, height) = layout.fit(text, layout.columns.iter().sum());
    height.clamp(22.0, HIGHEST_ROW)
}

fn write_row(
    page: &mut Page<'_, '_>,
    layout: &Layout,
    styles: &mut TableStyles,
    line: u32,
    row: &Row<'_>,
    links: &mut usize,
) -> Result<(), RenderError> {
    let mut highest = LEAST_ROW;
    for (index, column) in page.sheet.columns.iter().enumerate() {
        let cell = row.cells.get(index).unwrap_or(&Cell::Empty);
        let mut style =
            CellStyle { column: column.kind, content: Content::Text, row: row.kind, mark: row.mark, print: quarters(layout.print) };
        let at = index as u16;
        match cell {
            Cell::Empty => {
                page.worksheet.write_blank(line, at, styles.get(style))?;
            }
            Cell::Text(text) | Cell::Link { text, .. } => {
                let made = cell_text(text);
                let (print, height) = layout.fit(&made.text, layout.columns[index]);
                highest = highest.max(height);
                style.print = quarters(print);
                if made.cut {
                    page.report(line, index, text, CutReason::TooLong);
                }
                if height > HIGHEST_ROW {
                    page.report(line, index, text, CutReason::NotPrintedWhole);
                }
                let link = Place::target(page.places, cell).filter(|_| *links < MOST_LINKS);
                if let Some((place, target)) = link {
                    *links += 1;
                    let (address, tip) = (format!("internal:{}", place.address(target)), place.tip());
                    style.content = Content::Link;
                    let format = styles.get(style);
                    page.worksheet.write_url_with_options(line, at, Url::new(address), made.text, tip, Some(format))?;
                } else {
                    page.worksheet.write_string_with_format(line, at, made.text, styles.get(style))?;
                }
            }
            Cell::Integer(number) => {
                style.content = Content::Whole;
                page.worksheet.write_number_with_format(line, at, *number as f64, styles.get(style))?;
            }
            Cell::Decimal(number) => {
                style.content = Content::Decimal;
                page.worksheet.write_number_with_format(line, at, *number, styles.get(style))?;
            }
            Cell::Rate(rate) => {
                style.content = Content::Rate;
                page.worksheet.write_number_with_format(line, at, rate / 100.0, styles.get(style))?;
            }
            Cell::Date(day) => match serial(*day) {
                Some(number) => {
                    style.content = Content::Date;
                    page.worksheet.write_number_with_format(line, at, number, styles.get(style))?;
                }
                None => {
                    page.worksheet.write_string_with_format(line, at, cell.shown(), styles.get(style))?;
                }
            },
        }
    }
    page.worksheet.set_row_height(line, highest.min(HIGHEST_ROW))?;
    Ok(())
}

/// Writes notes and signature line under the table.
fn write_ending(page: &mut Page<'_, '_>, official: &Official, layout: &Layout, mut row: u32) -> Result<(), RenderError> {
    let last = page.sheet.columns.len() - 1;
    let table: u32 = layout.columns.iter().sum();
    for note in &official.notes {
        let capacity = ((f64::from(table) / ((LINE_PRINT - 1.0) * 2.0 / 3.0)) as usize).saturating_sub(1);
        page.worksheet.set_row_height(row, layout::row_height(width::lines(note, capacity), LINE_PRINT - 1.0).clamp(18.0, HIGHEST_ROW))?;
        spread(page, row, 0, last, note, &styles::line(LINE_PRINT - 1.0, FormatAlign::Left))?;
        row += 1;
    }
    if !official.signature.is_empty() {
        page.worksheet.set_row_height(row, SIGNATURE_HEIGHT)?;
        let text = signature_line(&official.signature, table);
        spread(page, row, 0, last, &text, &styles::line(LINE_PRINT + 1.0, FormatAlign::Left))?;
    }
    Ok(())
}

/// The labels, each with its colon, spread evenly over the width of the table.
fn signature_line(labels: &[String], pixels: u32) -> String {
    let capacity = ((f64::from(pixels) / ((LINE_PRINT + 1.0) * 2.0 / 3.0)) as usize).saturating_sub(2);
    let share = capacity / labels.len().max(1);
    let mut line = String::new();
    for label in labels {
        let text = format!("{label}：");
        // Full-width spaces are as wide as characters in every font.
        let gap = (share.saturating_sub(width::widest_line(&text)) / 2).max(2);
        line.push_str(&text);
        line.extend(std::iter::repeat_n('\u{3000}', gap));
    }
    line.truncate(line.trim_end_matches('\u{3000}').len());
    line
}

/// Writes a text over several columns of one row.
pub fn spread(
    page: &mut Page<'_, '_>,
    row: u32,
    first: usize,
    last: usize,
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), RenderError> {
    let made = cell_text(text);
    if first < last {
        page.worksheet.merge_range(row, first as u16, row, last as u16, &made.text, format)?;
    } else {
        page.worksheet.write_string_with_format(row, first as u16, made.text, format)?;
    }
    Ok(())
}
