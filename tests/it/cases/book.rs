//! Workbooks from text, and workbooks and text tables as rows of text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::Data;
use calamine::Reader;
use chrono::NaiveDate;
use chrono::NaiveDateTime;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::TableColumn;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use crate::cases::values::plain;

/// One sheet: its name and its rows of text, from row 1 and column A on.
pub struct Page {
    pub name: String,
    pub rows: Vec<Vec<String>>,
}

/// Records below the first row that has certain titles.
pub struct Table {
    pub titles: Vec<String>,
    /// Each with its row number, counted from 1.
    pub records: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// The text of a record below a title; of two columns of one title, the first.
    pub fn get<'a>(&self, record: &'a [String], title: &str) -> Option<&'a str> {
        let column = self.titles.iter().position(|own| *own == plain(title))?;
        Some(record.get(column).map_or("", String::as_str))
    }
}

impl Page {
    /// The table below the first row that has these titles.
    pub fn table(&self, titles: &[&str]) -> Option<Table> {
        let heads = |row: &Vec<String>| row.iter().map(|text| plain(text)).collect::<Vec<_>>();
        let header = self.rows.iter().position(|row| titles.iter().all(|title| heads(row).contains(&plain(title))))?;
        let below = self.rows.iter().enumerate().skip(header + 1);
        let filled = below.filter(|(_, row)| row.iter().any(|text| !plain(text).is_empty()));
        Some(Table { titles: heads(&self.rows[header]), records: filled.map(|(at, row)| (at + 1, row.clone())).collect() })
    }
}

/// Reads all sheets of a workbook, or the one table of a CSV file.
pub fn read(path: &Path) -> Result<Vec<Page>, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if path.extension().is_some_and(|extension| extension == "csv") {
        let bytes = fs::read(path).map_err(|error| told(&error))?;
        let text = String::from_utf8(bytes).map_err(|error| told(&error))?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows = reader.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect())).collect::<Result<_, _>>();
        return Ok(vec![Page { name: String::new(), rows: rows.map_err(|error| told(&error))? }]);
    }
    let mut book = calamine::open_workbook_auto(path).map_err(|error| told(&error))?;
    let names = book.sheet_names();
    let page = |name: String| {
        let range = book.worksheet_range(&name).map_err(|error| told(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = vec![Vec::new(); first_row as usize];
        rows.extend(range.rows().map(|row| {
            let mut texts = vec![String::new(); first_column as usize];
            texts.extend(row.iter().map(text));
            texts
        }));
        Ok(Page { name, rows })
    };
    names.into_iter().map(page).collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) => match moment.as_datetime() {
            Some(moment) if moment.time() == chrono::NaiveTime::MIN => moment.date().to_string(),
            Some(moment) => moment.to_string(),
            None => cell.to_string(),
        },
        other => other.to_string(),
    }
}

/// Makes the workbook that a text describes; `tests/cases/README.md` has the format.
pub fn make(description: &str, path: &Path) -> Result<(), String> {
    let mut maker = Maker::default();
    for (number, line) in description.lines().enumerate() {
        maker.take(line).map_err(|fault| format!("line {}: {fault}", number + 1))?;
    }
    maker.finish(path)
}

/// Takes a description line by line.
#[derive(Default)]
struct Maker {
    sheets: Vec<Worksheet>,
    /// The next row of the sheet.
    row: u32,
    /// What was typed into the cells of the sheet.
    typed: BTreeMap<(u32, u16), String>,
}

impl Maker {
    fn take(&mut self, line: &str) -> Result<(), String> {
        let line = line.trim();
        if line.is_empty() || line.starts_with("//") {
            return Ok(());
        }
        if let Some(cells) = line.strip_prefix('|') {
            let cells = cells.strip_suffix('|').unwrap_or(cells);
            let row = self.row;
            self.row += 1;
            for (column, cell) in cells.split('|').enumerate() {
                let column = u16::try_from(column).map_err(|error| error.to_string())?;
                self.typed.insert((row, column), cell.trim().to_owned());
                write(self.sheet()?, row, column, cell.trim()).map_err(|error| error.to_string())?;
            }
            return Ok(());
        }
        let (what, rest) = line.split_once([':', '：']).ok_or("neither a row (| … |) nor “what: …”")?;
        let rest = rest.trim();
        if what == "sheet" {
            let mut sheet = Worksheet::new();
            sheet.set_name(rest).map_err(|error| error.to_string())?;
            self.sheets.push(sheet);
            (self.row, self.typed) = (0, BTreeMap::new());
            return Ok(());
        }
        let (place, said) = rest.split_once(' ').unwrap_or((rest, ""));
        self.dress(what, place, said.trim())
    }

    /// What is not a cell's value: merges, comments, hidden rows, struck texts, number formats.
    fn dress(&mut self, what: &str, place: &str, said: &str) -> Result<(), String> {
        let (first, last) = place.split_once(':').unwrap_or((place, place));
        let typed = place_of(first).ok().and_then(|place| self.typed.get(&place)).cloned().unwrap_or_default();
        let titles: Vec<TableColumn> = match (what, place_of(first), place_of(last)) {
            ("totals", Ok((row, from)), Ok((_, to))) => {
                (from..=to).map(|column| TableColumn::new().set_header(self.typed.get(&(row, column)).map_or("", String::as_str))).collect()
            }
            _ => Vec::new(),
        };
        let sheet = self.sheet()?;
        let done = match what {
            "hide row" => sheet.set_row_hidden(number(place)? - 1).map(|_| ()),
            "hide column" => sheet.set_column_hidden(place_of(&format!("{place}1"))?.1).map(|_| ()),
            "hide sheet" => {
                sheet.set_hidden(true);
                Ok(())
            }
            _ => {
                let ((row, column), (last_row, last_column)) = (place_of(first)?, place_of(last)?);
                match what {
                    // Merging empties the cells; the first keeps what was typed into it.
                    "merge" => sheet
                        .merge_range(row, column, last_row, last_column, "", &Format::new())
                        .map(|_| ())
                        .and_then(|()| write(sheet, row, column, &typed)),
                    "totals" => sheet
                        .add_table(
                            row,
                            column,
                            last_row,
                            last_column,
                            &rust_xlsxwriter::Table::new().set_total_row(true).set_columns(&titles),
                        )
                        .map(|_| ()),
                    "comment" => sheet.insert_note(row, column, &Note::new(said)).map(|_| ()),
                    "strike" => sheet.set_cell_format(row, column, &Format::new().set_font_strikethrough()).map(|_| ()),
                    "format" => sheet.set_cell_format(row, column, &Format::new().set_num_format(said)).map(|_| ()),
                    _ => return Err(format!("{what}: unknown")),
                }
            }
        };
        done.map_err(|error| error.to_string())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, String> {
        if self.sheets.is_empty() {
            self.sheets.push(Worksheet::new());
        }
        self.sheets.last_mut().ok_or_else(|| "no sheet".to_owned())
    }

    fn finish(self, path: &Path) -> Result<(), String> {
        let mut book = Workbook::new();
        for sheet in self.sheets {
            book.push_worksheet(sheet);
        }
        book.save(path).map_err(|error| error.to_string())
    }
}

/// Writes a cell as a spreadsheet program takes what is typed: numbers, days, formulas with their results; `'` makes a text.
fn write(sheet: &mut Worksheet, row: u32, column: u16, typed: &str) -> Result<(), XlsxError> {
    let typed = typed.replace("⏎", "\n");
    if let Some(text) = typed.strip_prefix('\'') {
        sheet.write_string(row, column, text)?;
    } else if let Some(formula) = typed.strip_prefix('=') {
        let (formula, result) = formula.split_once('→').unwrap_or((formula, ""));
        sheet.write_formula(row, column, Formula::new(formula.trim()).set_result(result.trim()))?;
    } else if let Some((moment, format)) = moment(&typed) {
        sheet.write_datetime_with_format(row, column, &moment, &Format::new().set_num_format(format))?;
    } else if let Ok(number) = typed.parse::<f64>() {
        sheet.write_number(row, column, number)?;
    } else if !typed.is_empty() {
        sheet.write_string(row, column, &typed)?;
    }
    Ok(())
}

/// A day or a moment that was typed, with the format that a program then gives to its cell.
fn moment(typed: &str) -> Option<(ExcelDateTime, &'static str)> {
    if let Ok(day) = NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
        return Some((ExcelDateTime::parse_from_str(&day.to_string()).ok()?, "yyyy/m/d"));
    }
    let moment = NaiveDateTime::parse_from_str(typed, "%Y-%m-%d %H:%M").ok()?;
    Some((ExcelDateTime::parse_from_str(&moment.format("%Y-%m-%dT%H:%M").to_string()).ok()?, "yyyy/m/d h:mm"))
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("{text}: a number, please"))
}

/// Row and column of `C7`, counted from 0.
pub fn place_of(cell: &str) -> Result<(u32, u16), String> {
    let letters: String = cell.chars().take_while(char::is_ascii_uppercase).collect();
    let row = number(&cell[letters.len()..])?;
    let column = letters.bytes().fold(0_u16, |sum, letter| sum * 26 + u16::from(letter - b'A' + 1));
    if row == 0 || column == 0 { Err(format!("{cell}: a cell, please")) } else { Ok((row - 1, column - 1)) }
}
