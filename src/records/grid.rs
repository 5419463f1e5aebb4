//! A sheet as a grid: what stands at a row and column, also where a merged area covers it.
//!
//! Merged areas are looked up lazily and never widened into cells.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::Datelike;

use crate::dates::CellInput;
use crate::tables::Cell;
use crate::tables::MergedArea;
use crate::tables::Row;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::clean_text;
use crate::vocabulary::normalise::fit_cell;

/// More column entries than this are not indexed for merges: no real sheet has them.
const MOST_MERGE_ENTRIES: usize = 2_000_000;

/// A sheet with an index of its merged areas.
pub struct Grid<'a> {
    pub sheet: &'a Sheet,
    /// Whether the workbook counts its days from 1904.
    date1904: bool,
    /// Per column: the merged areas that cover it, by first row.
    merges: HashMap<u32, Vec<MergedArea>>,
}

/// Text of a cell as people see it, and what was repaired on the way.
pub struct CellText<'a> {
    pub text: Cow<'a, str>,
    pub invisible: bool,
    /// Whether it was longer than a cell holds.
    pub cut: bool,
}

impl<'a> Grid<'a> {
    /// Indexes the merged areas of a sheet.
    pub fn new(sheet: &'a Sheet) -> Grid<'a> {
        let last_column = sheet.cells.iter().map(|cell| u32::from(cell.column)).max().unwrap_or(0);
        let mut merges: HashMap<u32, Vec<MergedArea>> = HashMap::new();
        let mut entries = 0usize;
        for area in &sheet.merges {
            let last = area.last_column.min(last_column);
            for column in area.first_column..=last {
                entries += 1;
                if entries > MOST_MERGE_ENTRIES {
                    break;
                }
                merges.entry(column).or_default().push(*area);
            }
        }
        for areas in merges.values_mut() {
            areas.sort();
        }
        Grid { sheet, date1904: false, merges }
    }

    /// The same grid in a workbook that counts its days from 1904, if it does.
    pub fn counting_from_1904(mut self, date1904: bool) -> Grid<'a> {
        self.date1904 = date1904;
        self
    }

    /// The rows that hold a cell.
    pub fn rows(&self) -> &'a [Row] {
        &self.sheet.rows
    }

    /// The cells of the row at `index` in [`Grid::rows`].
    pub fn cells(&self, index: usize) -> &'a [Cell] {
        self.sheet.rows.get(index).map_or(&[], |row| self.sheet.cells_of(*row))
    }

    /// The cell at a column of the row at `index`.
    pub fn cell(&self, index: usize, column: u32) -> Option<Cell> {
        let cells = self.cells(index);
        let position = cells.binary_search_by_key(&column, |cell| u32::from(cell.column)).ok()?;
        Some(cells[position])
    }

    /// The cleaned text of a cell.
    pub fn text(&self, cell: Cell) -> CellText<'a> {
        match self.sheet.value(cell) {
            Value::Text(text) | Value::Error(text) => {
                let (text, invisible) = clean_text(text);
                let (text, cut) = fit_cell(text);
                CellText { text, invisible, cut }
            }
            value => CellText { text: Cow::Owned(number_text(value, cell)), invisible: false, cut: false },
        }
    }

    /// The cleaned text at a column of the row at `index`; empty when nothing stands there.
    pub fn text_at(&self, index: usize, column: u32) -> Cow<'a, str> {
        self.cell(index, column).map_or(Cow::Borrowed(""), |cell| self.text(cell).text)
    }

    /// The merged area that covers a place, if any.
    pub fn merge_at(&self, row: u32, column: u32) -> Option<MergedArea> {
        let areas = self.merges.get(&column)?;
        let after = areas.partition_point(|area| area.first_row <= row);
        // Areas should not overlap; look back a little in case they do.
        areas[..after].iter().rev().take(4).find(|area| area.last_row >= row).copied()
    }

    /// The position in [`Grid::rows`] of a row number.
    pub fn index_of(&self, number: u32) -> Option<usize> {
        self.sheet.rows.binary_search_by_key(&number, |row| row.number).ok()
    }

    /// The cell whose value shows at a place because a merged area starting elsewhere covers it.
    pub fn covered_by(&self, row: u32, column: u32) -> Option<(u32, u32, Cell)> {
        let area = self.merge_at(row, column)?;
        if area.first_row == row && area.first_column == column {
            return None;
        }
        let cell = self.cell(self.index_of(area.first_row)?, area.first_column)?;
        Some((area.first_row, area.first_column, cell))
    }

    /// What the date engine needs to know of a cell.
    pub fn date_input<'t>(&self, cell: Cell, text: &'t str) -> CellInput<'t> {
        match self.sheet.value(cell) {
            Value::DateTime(moment) if cell.has(Cell::MONTH_SHOWN) => CellInput::MonthShown(moment.date()),
            Value::DateTime(moment) if cell.has(Cell::YEAR_SHOWN) => CellInput::YearShown(moment.date()),
            Value::DateTime(moment) => CellInput::DateTime(moment),
            Value::Number(number) if !cell.is_percent() && self.date1904 => CellInput::Number1904(number),
            Value::Number(number) if !cell.is_percent() => CellInput::Number(number),
            _ => CellInput::Text(text),
        }
    }
}

/// A number, date or boolean as people see it in the sheet.
fn number_text(value: Value<'_>, cell: Cell) -> String {
    match value {
        Value::Number(number) if cell.is_percent() => format!("{}%", plain(number * 100.0)),
        Value::Number(number) => plain(number),
        Value::DateTime(moment) if cell.has(Cell::MONTH_SHOWN) => format!("{}年{}月", moment.year(), moment.month()),
        Value::DateTime(moment) if cell.has(Cell::YEAR_SHOWN) => format!("{}年", moment.year()),
        Value::DateTime(moment) if moment.time() == chrono::NaiveTime::MIN => moment.date().to_string(),
        Value::DateTime(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
        Value::Boolean(true) => "是".to_owned(),
        Value::Boolean(false) => "否".to_owned(),
        Value::Text(text) | Value::Error(text) => text.to_owned(),
    }
}

/// A number without exponent and without the noise of binary fractions.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let rounded = (number * 1e10).round() / 1e10;
    if rounded.is_finite() { rounded.to_string() } else { number.to_string() }
}
