//! One table of the bureau's own: its title row, its rows, and everything that is wrong with it, in one reading.
//!
//! Any format and encoding that `tables` reads. Knows no column and no rule itself: each register brings its [`Form`].
//! A row that cannot count is set aside, with a diagnostic at its cell.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::grid;
use crate::campaign::grid::Grid;
use crate::campaign::grid::TitledRow;
use crate::campaign::names::normalise;
use crate::campaign::problems::Problems;
use crate::campaign::problems::Report;
use crate::campaign::reader::encoding_note;
use crate::campaign::roster::Roster;
use crate::campaign::tree::Position;
use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateReading;
use crate::dates::read_cell;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::source::SourceFile;
use crate::vocabulary::likeness;

/// What a table looks like.
#[derive(Debug)]
pub struct Form<C: 'static> {
    /// 报送登记, …
    pub name: &'static str,
    /// The rule of a file that cannot be read as this table.
    pub unreadable: &'static str,
    /// Columns with the titles they may carry; the first is the one we write.
    pub columns: &'static [(C, &'static [&'static str])],
    /// Columns without which no row counts.
    pub needed: &'static [C],
    /// What the title row should be.
    pub titles: &'static str,
}

impl<C: Copy + Ord> Form<C> {
    /// The title of a column that we write.
    pub fn title(&self, column: C) -> &'static str {
        self.columns.iter().find(|(own, _)| *own == column).and_then(|(_, titles)| titles.first()).copied().unwrap_or("")
    }
}

/// A table of the bureau's own.
pub trait Register {
    type Column: Copy + Ord + 'static;
    type Row;

    const FORM: Form<Self::Column>;

    /// Reads a row; every reason why it does not count is told.
    fn row(&mut self, row: TitledRow<'_, Self::Column>, problems: &mut TableProblems<'_, Self::Column>) -> Option<Self::Row>;

    /// Tells what the rows say against each other.
    fn check_together(&self, _rows: &[Self::Row], _problems: &mut TableProblems<'_, Self::Column>) {}
}

/// The file as read.
#[derive(Debug, Clone)]
pub struct RegisterReading<R> {
    /// The rows that count, in the order of the file.
    pub rows: Vec<R>,
    /// Rows that were set aside, each with a diagnostic.
    pub set_aside: u32,
    /// By place.
    pub diagnostics: Vec<Diagnostic>,
}

impl<R> Default for RegisterReading<R> {
    fn default() -> RegisterReading<R> {
        RegisterReading { rows: Vec::new(), set_aside: 0, diagnostics: Vec::new() }
    }
}

/// What is wrong in a cell, or with the whole table.
#[derive(Debug, Clone)]
pub struct Fault {
    pub code: &'static str,
    pub severity: Severity,
    /// What was read.
    pub value: Option<String>,
    pub message: String,
    pub help: String,
}

impl Fault {
    /// An error; a blank `value` is none.
    pub fn error(code: &'static str, value: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
        let value = Some(value.to_owned()).filter(|value| !value.is_empty());
        Fault { code, severity: Severity::Error, value, message: message.into(), help: help.into() }
    }

    /// A warning: the row counts, or nothing can be done about it here.
    pub fn warning(code: &'static str, value: &str, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { severity: Severity::Warning, ..Fault::error(code, value, message, help) }
    }

    fn at(self, field: &str) -> Report {
        let Fault { code, severity, value, message, help } = self;
        Report { code, severity, field: field.to_owned(), value, message, help }
    }
}

/// Collects what is wrong with a table.
pub struct TableProblems<'a, C: 'static> {
    form: &'a Form<C>,
    columns: BTreeMap<C, u32>,
    problems: Problems,
}

impl<C: Copy + Ord> TableProblems<'_, C> {
    /// Tells a fault at a cell; row 0 is the whole file.
    pub fn tell(&mut self, row: u32, column: C, fault: Fault) {
        let column_number = if row == 0 { 0 } else { self.columns.get(&column).copied().unwrap_or(1) };
        self.problems.push(Position { line: row, column: column_number }, fault.at(self.form.title(column)));
    }

    /// Tells a fault of the whole file.
    pub fn tell_whole(&mut self, fault: Fault) {
        self.problems.push(Position::default(), fault.at(""));
    }

    /// The value, or its fault told.
    pub fn sift<T>(&mut self, row: u32, column: C, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.tell(row, column, fault)).ok()
    }
}

/// Reads a file as a register.
pub fn read<R: Register>(file: &SourceFile, register: &mut R) -> RegisterReading<R::Row> {
    let form = &R::FORM;
    let grid = match grid::read(file) {
        Ok(grid) => grid,
        Err(trouble) => {
            let detail = if trouble.detail.is_empty() { String::new() } else { format!("：{}", trouble.detail) };
            let message = format!("{}读不出来{detail}", form.name);
            let fault = Fault::error(form.unreadable, "", message, "用表格软件打开后另存为 CSV（UTF-8）或 xlsx");
            let mut problems = Problems::new(&file.name);
            problems.push(Position::default(), fault.at(""));
            return RegisterReading { diagnostics: problems.into_sorted(), ..RegisterReading::default() };
        }
    };
    let mut problems = Problems::in_sheet(&file.name, &grid.sheet);
    if let Some(encoding) = grid.encoding {
        problems.push(Position::default(), encoding_note(encoding));
    }
    let mut reading = RegisterReading::default();
    if let Some((title_row, columns)) = titles(form, &grid, &mut problems) {
        let mut told = TableProblems { form, columns: columns.clone(), problems };
        for row in grid.rows.iter().skip(title_row + 1).filter(|row| !row.cells.is_empty()) {
            match register.row(TitledRow { row, columns: &columns }, &mut told) {
                Some(row) => reading.rows.push(row),
                None => reading.set_aside += 1,
            }
        }
        register.check_together(&reading.rows, &mut told);
        problems = told.problems;
    }
    reading.diagnostics = problems.into_sorted();
    reading
}

/// The title row's index and which column is where. An empty file has nothing to say, and nothing is wrong with that.
fn titles<C: Copy + Ord>(form: &Form<C>, grid: &Grid, problems: &mut Problems) -> Option<(usize, BTreeMap<C, u32>)> {
    let (index, columns) = grid.titles(form.columns)?;
    let missing: Vec<&str> = form.needed.iter().filter(|column| !columns.contains_key(column)).map(|column| form.title(*column)).collect();
    if missing.is_empty() {
        return Some((index, columns));
    }
    let line = grid.rows.get(index).map_or(0, |row| row.number);
    let message = format!("{}缺“{}”列", form.name, missing.join("”“"));
    problems.push(Position { line, column: u32::from(line > 0) }, Fault::error(form.unreadable, "", message, form.titles).at(""));
    None
}

/// The day that a cell says; nothing for a blank cell.
///
/// # Errors
/// The fault, when it says no one day.
pub fn day(written: &str, context: &Context, fault: impl FnOnce() -> Fault) -> Result<Option<NaiveDate>, Fault> {
    match read_cell(CellInput::Text(written), context).reading {
        DateReading::On(day) => Ok(Some(day)),
        DateReading::Blank => Ok(None),
        _ => Err(fault()),
    }
}

/// Names less alike than this are no suggestion.
const LEAST_LIKENESS: f64 = 0.5;

/// The question 是否指 …？ for units that may be meant, or nothing.
pub fn question_of_units(roster: &Roster, near: &[usize]) -> String {
    let names: Vec<&str> = near.iter().filter_map(|unit| roster.units.get(*unit)).map(|unit| &*unit.name).collect();
    if names.is_empty() { String::new() } else { format!("是否指 {}？", names.join("、")) }
}

/// The question 是否指“…”？ for the likest of some names, or nothing.
pub fn question<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    let near = likeness::nearest(names, LEAST_LIKENESS, 1, |name| likeness::likeness(written, &normalise(name)));
    near.first().map_or_else(String::new, |name| format!("是否指“{name}”？"))
}
