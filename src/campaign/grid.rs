//! A file of the bureau's own (roster, 报送登记, 联系人回执) as a grid of texts: rows with their numbers, cells with their columns.
//!
//! Takes the first sheet that holds anything, of any format that `tables` reads, and finds the title row by titles that it is
//! given. Knows none itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::names::normalise;
use crate::campaign::tree::Position;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Format;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;
use crate::tables::Value;
use crate::tables::WorkbookNote;
use crate::vocabulary::clean_text;
use crate::vocabulary::normalise::fit_cell;

/// No bureau keeps longer rosters and registers; each row becomes a few hundred bytes.
pub const MOST_ROWS: usize = 200_000;

/// The rows that hold something.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Empty for formats without sheets.
    pub sheet: Arc<str>,
    pub rows: Vec<GridRow>,
    /// The encoding of a text file, when it was not UTF-8.
    pub encoding: Option<&'static str>,
    /// Cells with characters that cannot be seen, or with more text than a cell holds: put right, row and column.
    pub cleaned: Vec<(u32, u32)>,
    /// Lines of a text file with bytes that are no characters.
    pub lossy_lines: Vec<u32>,
}

/// One row: its 1-based number and its non-blank cells, trimmed.
#[derive(Debug, Clone)]
pub struct GridRow {
    pub number: u32,
    pub cells: Vec<(u32, String)>,
}

impl GridRow {
    /// The columns whose titles stand in this row, without hints in brackets and marks.
    pub fn titles<C: Copy + Ord>(&self, known: &[(C, &[&str])]) -> BTreeMap<C, u32> {
        let mut columns = BTreeMap::new();
        for (number, title) in &self.cells {
            let title = normalise(title);
            let bare = title.split('(').next().unwrap_or("").trim_matches('*');
            if let Some((column, _)) = known.iter().find(|(_, titles)| titles.contains(&bare)) {
                columns.entry(*column).or_insert(*number);
            }
        }
        columns
    }
}

/// A row below the titles, with which column is where.
#[derive(Debug)]
pub struct TitledRow<'a, C> {
    pub row: &'a GridRow,
    pub columns: &'a BTreeMap<C, u32>,
}

impl<C> Clone for TitledRow<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for TitledRow<'_, C> {}

impl<'a, C: Ord> TitledRow<'a, C> {
    /// The text of a column; a blank one is empty.
    pub fn text(self, column: C) -> &'a str {
        let number = self.columns.get(&column);
        self.row.cells.iter().find(|(at, _)| Some(at) == number).map_or("", |(_, text)| text.as_str())
    }

    /// The place of a column; of one that the file has not, the first.
    pub fn position(self, column: C) -> Position {
        Position { line: self.row.number, column: self.columns.get(&column).copied().unwrap_or(1) }
    }
}

/// Reads the file; an empty one gives no rows.
///
/// # Errors
/// [`Unreadable`] as `tables` says it.
pub fn read(file: &SourceFile) -> Result<Grid, Unreadable> {
    let workbook = match tables::read(file) {
        Ok(workbook) => workbook,
        Err(unreadable) if unreadable.reason == UnreadableReason::Empty => {
            return Ok(Grid { sheet: Arc::from(""), rows: Vec::new(), encoding: None, cleaned: Vec::new(), lossy_lines: Vec::new() });
        }
        Err(unreadable) => return Err(unreadable),
    };
    let mut grid = Grid {
        sheet: Arc::from(""),
        rows: Vec::new(),
        encoding: workbook.encoding.filter(|encoding| *encoding != "UTF-8"),
        cleaned: Vec::new(),
        lossy_lines: Vec::new(),
    };
    for note in &workbook.notes {
        if let WorkbookNote::Encoding { lossy_lines, .. } = note {
            grid.lossy_lines.clone_from(lossy_lines);
        }
    }
    if let Some(sheet) = workbook.sheets.iter().find(|sheet| !sheet.rows.is_empty()) {
        if sheet.rows.len() > MOST_ROWS {
            let reason = UnreadableReason::TooLarge { limit: format!("超过 {MOST_ROWS} 行") };
            return Err(Unreadable { reason, detail: String::new() });
        }
        if !matches!(workbook.format, Format::Csv | Format::Tsv) {
            grid.sheet = sheet.name.clone();
        }
        for row in &sheet.rows {
            let mut cells = Vec::new();
            for cell in sheet.cells_of(*row) {
                let column = u32::from(cell.column);
                let (text, cleaned) = text_of(sheet.value(*cell));
                if cleaned {
                    grid.cleaned.push((row.number, column));
                }
                if !text.is_empty() {
                    cells.push((column, text));
                }
            }
            grid.rows.push(GridRow { number: row.number, cells });
        }
    }
    Ok(grid)
}

/// Title rows are looked for in this many rows from the top.
pub const TITLE_ROWS: usize = 10;

impl Grid {
    /// The row with the most titles among the first, and which column is where. A title's first spelling is the one we write.
    pub fn titles<C: Copy + Ord>(&self, known: &[(C, &[&str])]) -> Option<(usize, BTreeMap<C, u32>)> {
        let mut best: Option<(usize, BTreeMap<C, u32>)> = None;
        for (index, row) in self.rows.iter().take(TITLE_ROWS).enumerate() {
            let columns = row.titles(known);
            if best.as_ref().is_none_or(|(_, found)| found.len() < columns.len()) {
                best = Some((index, columns));
            }
        }
        best
    }
}

/// The text of a cell as a workbook holds it, and whether anything was put right.
fn text_of(value: Value<'_>) -> (String, bool) {
    let text = match value {
        Value::Text(text) | Value::Error(text) => {
            let (text, invisible) = clean_text(text);
            let (text, cut) = fit_cell(text);
            return (text.into_owned(), invisible || cut);
        }
        // A telephone number or a code typed into a number cell.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Value::Number(number) => number.to_string(),
        Value::DateTime(moment) => moment.date().to_string(),
        Value::Boolean(value) => if value { "是" } else { "否" }.to_owned(),
    };
    (text, false)
}
