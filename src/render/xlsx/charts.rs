//! A sheet with charts: title, a compact table on the left, and its charts beside it, so that whoever changes a number sees
//! the chart follow.
//!
//! Everything is laid out for one A4 page in landscape. The charts stand in a column of their own behind the table, so
//! they never cover it however long it is: one or two below each other, more in two columns. A table that is
//! too long for the page goes on to the next with its header.

use rust_xlsxwriter::FormatAlign;

use crate::documents::Cell;
use crate::documents::Charted;
use crate::documents::Column;
use crate::documents::RowKind;
use crate::render::outcome::RenderError;
use crate::render::xlsx::Page;
use crate::render::xlsx::chart;
use crate::render::xlsx::layout;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::Layout;
use crate::render::xlsx::official;
use crate::render::xlsx::official::LINE_PRINT;
use crate::render::xlsx::official::SUBTITLE_HEIGHT;
use crate::render::xlsx::official::spread;
use crate::render::xlsx::styles;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;

/// Title and the line under it.
const HEADING_ROWS: u32 = 2;
const SIDE_MARGIN: f64 = 0.5;
const TOP_MARGIN: f64 = 0.5;
const BOTTOM_MARGIN: f64 = 0.65;
/// What the margins leave of the page, a little to spare: pixels across, points down.
const PAGE_WIDTH: f64 = 1016.0;
const PAGE_HEIGHT: f64 = 500.0;
/// Between table and charts, and between charts, in pixels.
const GAP: f64 = 14.0;
/// A narrow table is widened this far at most for the text above it, in pixels.
const WIDEST_LEFT: f64 = 420.0;
/// No chart is smaller than this, in pixels.
const LEAST_WIDTH: f64 = 480.0;
const LEAST_HEIGHT: f64 = 250.0;
/// A page is shrunk this far at most to hold the whole table.
const SMALLEST_SCALE: f64 = 0.7;
const PIXELS_PER_POINT: f64 = 4.0 / 3.0;

/// Zero-based row in which the body begins.
pub fn first_body_row(columns: &[Column]) -> u32 {
    HEADING_ROWS + official::header_rows(columns)
}

/// Where the charts stand, and how much of the page is theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ground {
    /// Pixels of the column that holds the charts.
    width: f64,
    /// Pixels from the header down.
    height: f64,
    one_page: bool,
}

/// Writes the sheet.
pub fn write(page: &mut Page<'_, '_>, charted: &Charted) -> Result<(), RenderError> {
    if page.sheet.columns.is_empty() {
        return Ok(());
    }
    if let Some(chart) = charted.charts.iter().find(|chart| !chart.fits(&page.sheet.columns, page.sheet.body.len())) {
        return Err(RenderError::Chart { sheet: page.sheet.name.clone(), chart: chart.title.clone() });
    }
    let mut layout = Layout::compact(&page.sheet.columns, &official::measure(page), SIDE_MARGIN);
    // The left text of the line under the title stands over the table alone.
    let wanted = official::line_pixels(&charted.left).min(WIDEST_LEFT) as u32;
    layout.columns[0] += wanted.saturating_sub(layout.columns.iter().sum());
    let table = f64::from(layout.columns.iter().sum::<u32>());
    // What the title needs depends on the width, and only by a line.
    let (_, title_height) = official::heading_size(&charted.title, PAGE_WIDTH as u32);
    let below_title = official::header_height(&page.sheet.columns, &layout) + body_height(page, &layout) + notes_height(charted, &layout);
    let ground = ground(table, title_height + SUBTITLE_HEIGHT, below_title, charted.charts.len());
    let mut whole = layout.clone();
    whole.columns.extend([GAP as u32, ground.width as u32]);
    set_up(page, &whole, ground)?;
    write_heading(page, charted, &whole)?;
    let first_body_row = official::write_header(page, &layout, HEADING_ROWS)?;
    let after = official::write_body(page, &layout, first_body_row)?;
    write_notes(page, charted, &layout, after)?;
    let places = places(ground, charted.charts.len());
    for (chart, place) in charted.charts.iter().zip(places) {
        let mut native = chart::native(page.sheet, chart, first_body_row);
        native.set_width(place.width).set_height(place.height);
        let column = page.sheet.columns.len() as u16 + 1;
        page.worksheet.insert_chart_with_offset(HEADING_ROWS, column, &native, place.left, place.top)?;
    }
    Ok(())
}

/// The share of the page that is left for this many charts beside a table of `table` pixels that is `below_title` points high.
fn ground(table: f64, heading: f64, below_title: f64, charts: usize) -> Ground {
    let (across, down) = grid(charts);
    let least_width = LEAST_WIDTH * across as f64 + GAP * (across - 1) as f64;
    let least_height = (LEAST_HEIGHT * down as f64 + GAP * (down - 1) as f64) / PIXELS_PER_POINT;
    let by_width = (PAGE_WIDTH / (table + GAP + least_width)).min(1.0);
    let by_charts = by_width.min(PAGE_HEIGHT / (heading + least_height));
    let by_table = by_charts.min(PAGE_HEIGHT / (heading + below_title));
    // The program shrinks the page to fit; room that this leaves beside the table goes to the charts.
    let one_page = by_table >= SMALLEST_SCALE.min(by_charts);
    let scale = if one_page { by_table } else { by_charts };
    Ground {
        width: (PAGE_WIDTH / scale - table - GAP).floor().max(least_width),
        height: ((PAGE_HEIGHT / scale - heading) * PIXELS_PER_POINT).floor().max(least_height * PIXELS_PER_POINT),
        one_page,
    }
}

/// Charts beside and below each other.
fn grid(charts: usize) -> (usize, usize) {
    let across = if charts > 2 { 2 } else { 1 };
    (across, charts.div_ceil(across).max(1))
}

/// A chart's place within the column of charts, in pixels from the left end of the header's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

fn places(ground: Ground, charts: usize) -> Vec<Place> {
    let (across, down) = grid(charts);
    let share = |all: f64, parts: usize| ((all - GAP * (parts - 1) as f64) / parts as f64).floor();
    let (width, height) = (share(ground.width, across), share(ground.height, down));
    let place = |index: usize| Place {
        left: ((width + GAP) * (index % across) as f64) as u32,
        top: ((height + GAP) * (index / across) as f64) as u32,
        width: width as u32,
        height: height as u32,
    };
    (0..charts).map(place).collect()
}

fn set_up(page: &mut Page<'_, '_>, whole: &Layout, ground: Ground) -> Result<(), RenderError> {
    for (index, pixels) in whole.columns.iter().enumerate() {
        page.worksheet.set_column_width_pixels(index as u16, *pixels)?;
    }
    page.worksheet
        .set_margins(SIDE_MARGIN, SIDE_MARGIN, TOP_MARGIN, BOTTOM_MARGIN, 0.3, 0.3)
        .set_print_center_horizontally(true)
        .set_print_fit_to_pages(1, u16::from(ground.one_page));
    if !ground.one_page {
        page.worksheet.set_repeat_rows(HEADING_ROWS, first_body_row(&page.sheet.columns) - 1)?;
    }
    Ok(())
}

/// Writes the title and the line under it over table and charts.
fn write_heading(page: &mut Page<'_, '_>, charted: &Charted, whole: &Layout) -> Result<(), RenderError> {
    let last = whole.columns.len() - 1;
    let (print, height) = official::heading_size(&charted.title, whole.columns.iter().sum());
    page.worksheet.set_row_height(0, height)?;
    spread(page, 0, 0, last, &charted.title, &styles::title(print))?;
    page.worksheet.set_row_height(1, SUBTITLE_HEIGHT)?;
    let split = official::split_column(whole, &charted.left, &charted.right);
    spread(page, 1, 0, split, &charted.left, &styles::line(LINE_PRINT, FormatAlign::Left))?;
    spread(page, 1, split + 1, last, &charted.right, &styles::line(LINE_PRINT, FormatAlign::Right))
}

/// Height in points of the rows of the body, as `official` will write them.
fn body_height(page: &Page<'_, '_>, layout: &Layout) -> f64 {
    let mut all = 0.0;
    let table: u32 = layout.columns.iter().sum();
    let measured: Result<(), RenderError> = page.sheet.body.each(|_, row| {
        let heights = row.cells.iter().zip(&layout.columns).map(|(cell, pixels)| match cell {
            Cell::Text(text) | Cell::Link { text, .. } => {
                let pixels = if row.kind == RowKind::Group { table } else { *pixels };
                layout.fit(&cell_text(text).text, pixels).1
            }
            _ => 0.0,
        });
        all += heights.fold(official::LEAST_ROW, f64::max).min(HIGHEST_ROW);
        Ok(())
    });
    debug_assert!(measured.is_ok(), "measuring cannot fail");
    all
}

fn note_height(note: &str, layout: &Layout) -> f64 {
    let table = f64::from(layout.columns.iter().sum::<u32>());
    let capacity = ((table / ((LINE_PRINT - 1.0) * 2.0 / 3.0)) as usize).saturating_sub(1);
    layout::row_height(width::lines(note, capacity), LINE_PRINT - 1.0).clamp(18.0, HIGHEST_ROW)
}

fn notes_height(charted: &Charted, layout: &Layout) -> f64 {
    charted.notes.iter().map(|note| note_height(note, layout)).sum()
}

/// Writes the notes under the table, no wider than it.
fn write_notes(page: &mut Page<'_, '_>, charted: &Charted, layout: &Layout, first: u32) -> Result<(), RenderError> {
    let last = page.sheet.columns.len() - 1;
    for (row, note) in (first..).zip(&charted.notes) {
        page.worksheet.set_row_height(row, note_height(note, layout))?;
        spread(page, row, 0, last, note, &styles::line(LINE_PRINT - 1.0, FormatAlign::Left))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
