//! The roster file as a grid of texts: rows with their numbers, cells with their columns.
//!
//! CSV is parsed here; anything that is no text goes through `tables`. Knows nothing of titles.

use std::sync::Arc;

use crate::campaign::decoding;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Sheet;
use crate::tables::Unreadable;
use crate::tables::Value;

/// The rows that hold something.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Empty for CSV.
    pub sheet: Arc<str>,
    pub rows: Vec<GridRow>,
    /// The encoding, when it was not UTF-8.
    pub encoding: Option<&'static str>,
}

/// One row: its 1-based number and its non-blank cells, trimmed.
#[derive(Debug, Clone)]
pub struct GridRow {
    pub number: u32,
    pub cells: Vec<(u32, String)>,
}

/// Why there is no grid.
#[derive(Debug, Clone)]
pub enum NoGrid {
    /// A quotation mark is opened on this line and never closed.
    OpenQuote {
        line: u32,
    },
    NoText,
    Unreadable(Unreadable),
}

/// Reads the file.
///
/// # Errors
/// [`NoGrid`] when the file is neither CSV text nor a workbook that can be read.
pub fn read(file: &SourceFile) -> Result<Grid, NoGrid> {
    match decoding::decode(&file.bytes) {
        Ok(decoded) if !looks_like_markup(&decoded.text) => {
            let encoding = (decoded.encoding != "UTF-8").then_some(decoded.encoding);
            Ok(Grid { sheet: Arc::from(""), rows: csv_rows(&decoded.text)?, encoding })
        }
        decoded => match tables::read(file) {
            Ok(workbook) => {
                let sheet = workbook.sheets.iter().find(|sheet| !sheet.rows.is_empty());
                Ok(sheet.map_or(Grid { sheet: Arc::from(""), rows: Vec::new(), encoding: None }, sheet_rows))
            }
            Err(unreadable) => {
                Err(if decoded.is_err() && !is_workbook(&file.bytes) { NoGrid::NoText } else { NoGrid::Unreadable(unreadable) })
            }
        },
    }
}

fn looks_like_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

fn csv_rows(text: &str) -> Result<Vec<GridRow>, NoGrid> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut line = Lines { text: text.as_bytes(), at: 0, line: 1 };
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let number = line.of(start);
        // A cell of a roster that runs over many lines is a quotation mark that was never closed.
        let runs_on = record.iter().any(|cell| cell.matches('\n').count() > 3);
        if runs_on {
            return Err(NoGrid::OpenQuote { line: number });
        }
        let cells: Vec<(u32, String)> = record
            .iter()
            .enumerate()
            .map(|(column, cell)| (column as u32 + 1, cell.trim().to_owned()))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        if !cells.is_empty() {
            rows.push(GridRow { number, cells });
        }
    }
    Ok(rows)
}

/// Counts lines up to ascending byte positions.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the first byte of a record: the reader gives the byte after the previous one,
    /// which may be the rest of a line end.
    fn of(&mut self, mut start: usize) -> u32 {
        while matches!(self.text.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        while self.at < start {
            match self.text.get(self.at) {
                Some(b'\n') => self.line += 1,
                Some(b'\r') if self.text.get(self.at + 1) != Some(&b'\n') => self.line += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.line
    }
}

fn sheet_rows(sheet: &Sheet) -> Grid {
    let rows = sheet.rows.iter().map(|row| {
        let cells = sheet.cells_of(*row).iter().map(|cell| (u32::from(cell.column), text_of(sheet.value(*cell))));
        GridRow { number: row.number, cells: cells.filter(|(_, text)| !text.is_empty()).collect() }
    });
    Grid { sheet: sheet.name.clone(), rows: rows.collect(), encoding: None }
}

fn text_of(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.trim().to_owned(),
        // A telephone number or a code typed into a number cell.
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Value::Number(number) => number.to_string(),
        Value::DateTime(moment) => moment.date().to_string(),
        Value::Boolean(value) => if value { "是" } else { "否" }.to_owned(),
    }
}
