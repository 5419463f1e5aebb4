//! The neutral picture of a document: sheets of columns, rows and cells, with what they mean rather than how they look.
//!
//! A body makes its rows one at a time into a row that is used again, and texts are borrowed from the
//! results, so that a ledger of millions of cells never stands in memory a second time. Knows no file
//! format, no font and no colour; those belong to `render`.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use crate::documents::chart::Charted;

/// A document: one workbook, or one sheet for formats that have only one.
#[derive(Debug)]
pub struct Document<'a> {
    /// Title among the file's properties.
    pub title: String,
    /// Who issues it, among the file's properties.
    pub issuer: String,
    /// At least one; names differ from each other also when case is ignored.
    pub sheets: Vec<Sheet<'a>>,
}

/// One sheet.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// At most 31 characters, none of `[]:*?/\`.
    pub name: String,
    /// Not shown when the file is opened. The first sheet of a document is always shown.
    pub hidden: bool,
    pub look: Look,
    pub columns: Vec<Column>,
    pub body: Body<'a>,
}

/// What the sheet is for, from which its look follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// Read by machines and worked in by the clerk: the header is row 1, filters are on, heights are left to the program.
    Plain,
    /// Printed and signed: title, 填报单位 line, ruled table, notes, signature line.
    Official(Box<Official>),
    /// The same with filters on the header, for long lists that are also worked in; entries only, no headings or totals.
    Filtered(Box<Official>),
    /// Looked at: a title, the numbers, and beside them charts that follow the numbers.
    Charts(Box<Charted>),
}

/// What stands around the table of an official sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Official {
    /// The mark above the title, e.g. 附件3.
    pub attachment: Option<String>,
    pub title: String,
    /// Left end of the line under the title, e.g. 填报单位（章）：….
    pub left: String,
    /// Right end of the line under the title, e.g. 截至日期：….
    pub right: String,
    /// Lines under the table.
    pub notes: Vec<String>,
    /// Labels of the signature line, without colon.
    pub signature: Vec<String>,
    /// The table has so many columns that it takes small print and narrow margins.
    pub dense: bool,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Title of the header's upper row; neighbours with the same one share a cell.
    pub group: Option<Cow<'static, str>>,
    pub title: Cow<'static, str>,
    /// What the numbers are counted in (家, 项, %, 万元). If any column has one, the header ends with a row of them.
    pub unit: Option<&'static str>,
    /// Narrowest sensible width in half-width characters (a Chinese character is two).
    pub width: u16,
    /// Share of the width that is left over on the page; 0 for columns that never grow.
    pub weight: u16,
    pub kind: ColumnKind,
    /// What may be chosen in its cells, offered as a drop-down list; other words can be typed all the same.
    pub choices: &'static [&'static str],
}

/// What a column holds, from which alignment and number format follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Sentences: left, wrapped.
    Prose,
    /// Short words: centred, wrapped.
    Word,
    /// Codes and phone numbers: text even when all digits, centred.
    Code,
    Date,
    /// Counts and amounts.
    Number,
    /// Shares in per cent, one decimal.
    Rate,
}

impl Column {
    /// A column without a group that does not grow.
    pub fn new(title: impl Into<Cow<'static, str>>, kind: ColumnKind, width: u16) -> Column {
        Column { group: None, title: title.into(), unit: None, width, weight: 0, kind, choices: &[] }
    }

    /// The same column, taking this share of the width left over.
    pub fn growing(mut self, weight: u16) -> Column {
        self.weight = weight;
        self
    }

    /// The same column with a drop-down list in its cells.
    pub fn chosen_from(mut self, choices: &'static [&'static str]) -> Column {
        self.choices = choices;
        self
    }

    /// The same column with the unit that its numbers are counted in.
    pub fn counted_in(mut self, unit: &'static str) -> Column {
        self.unit = Some(unit);
        self
    }

    /// The same column under a title of the header's upper row.
    pub fn under(mut self, group: &'static str) -> Column {
        self.group = Some(Cow::Borrowed(group));
        self
    }
}

/// The rows of a sheet.
pub enum Body<'a> {
    Rows(Vec<Row<'a>>),
    /// `count` rows, each made on demand into a row that comes cleared and is used again.
    Made {
        count: usize,
        make: Box<MakeRow<'a>>,
    },
}

/// Makes the row with this index. Pure: the same index gives the same row.
pub type MakeRow<'a> = dyn Fn(usize, &mut Row<'a>) + Send + Sync + 'a;

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Body({} rows)", self.len())
    }
}

impl<'a> Body<'a> {
    /// A body whose rows are made on demand.
    pub fn made(count: usize, make: impl Fn(usize, &mut Row<'a>) + Send + Sync + 'a) -> Body<'a> {
        Body::Made { count, make: Box::new(make) }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Body::Rows(rows) => rows.len(),
            Body::Made { count, .. } => *count,
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows every row in order, until `visit` fails.
    pub fn each<E>(&self, visit: impl FnMut(usize, &Row<'a>) -> Result<(), E>) -> Result<(), E> {
        self.each_of(0..self.len(), visit)
    }

    /// Shows the rows of a range in order, until `visit` fails. Ranges may be shown side by side.
    pub fn each_of<E>(&self, range: Range<usize>, mut visit: impl FnMut(usize, &Row<'a>) -> Result<(), E>) -> Result<(), E> {
        match self {
            Body::Rows(rows) => range.filter_map(|index| Some((index, rows.get(index)?))).try_for_each(|(index, row)| visit(index, row)),
            Body::Made { make, .. } => {
                let mut row = Row::default();
                for index in range {
                    row.clear();
                    make(index, &mut row);
                    visit(index, &row)?;
                }
                Ok(())
            }
        }
    }
}

/// One row. Cells stand in the order of the columns; missing ones at the end are empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row<'a> {
    pub kind: RowKind,
    pub mark: Mark,
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Row<'a> {
    /// A row of entries without a mark.
    pub fn entry(cells: Vec<Cell<'a>>) -> Row<'a> {
        Row { kind: RowKind::Entry, mark: Mark::None, cells }
    }

    /// A heading over all columns.
    pub fn group(text: impl Into<Cow<'a, str>>) -> Row<'a> {
        Row { kind: RowKind::Group, mark: Mark::None, cells: vec![Cell::Text(text.into())] }
    }

    /// A row of totals.
    pub fn total(cells: Vec<Cell<'a>>) -> Row<'a> {
        Row { kind: RowKind::Total, mark: Mark::None, cells }
    }

    fn clear(&mut self) {
        self.kind = RowKind::Entry;
        self.mark = Mark::None;
        self.cells.clear();
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum RowKind {
    #[default]
    Entry,
    /// Its first cell is a heading over all columns.
    Group,
    Total,
}

/// What catches the eye about a row. The words that say so stand in its cells: paper may be black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Mark {
    #[default]
    None,
    Overdue,
    DueSoon,
    /// Of two ledgers only the new one has it.
    Added,
    /// Only the old one has it.
    Removed,
    Changed,
    /// Changed for the worse.
    Backwards,
}

/// One cell. Text stays text, whatever it looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(f64),
    /// Per cent: 66.7 is shown as `66.7%`.
    Rate(f64),
    Date(NaiveDate),
    /// Text that leads to a row of another sheet of the same document; both counted from 0, rows within the body.
    Link {
        text: Cow<'a, str>,
        sheet: u32,
        row: u32,
    },
}

impl<'a> Cell<'a> {
    /// A text cell, empty for `None` and the empty text.
    pub fn text(text: Option<&'a str>) -> Cell<'a> {
        match text {
            Some(text) if !text.is_empty() => Cell::Text(Cow::Borrowed(text)),
            _ => Cell::Empty,
        }
    }

    /// A cell with a text of its own.
    pub fn owned(text: String) -> Cell<'a> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) }
    }

    /// A date cell, empty for `None`.
    pub fn date(date: Option<NaiveDate>) -> Cell<'a> {
        date.map_or(Cell::Empty, Cell::Date)
    }

    /// A rate, `—` where the denominator was zero.
    pub fn rate(rate: Option<f64>) -> Cell<'a> {
        rate.map_or(Cell::Text(Cow::Borrowed("—")), Cell::Rate)
    }

    /// What the cell shows, as text.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Link { text, .. } => Cow::Borrowed(text),
            Cell::Integer(number) => Cow::Owned(number.to_string()),
            Cell::Decimal(number) => Cow::Owned(number.to_string()),
            Cell::Rate(rate) => Cow::Owned(format!("{rate:.1}%")),
            Cell::Date(date) => Cow::Owned(date.format("%Y-%m-%d").to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &Body<'_>) -> Vec<String> {
        let mut texts = Vec::new();
        let visited: Result<(), ()> = body.each(|index, row| {
            texts.push(format!("{index}:{}", row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|")));
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        texts
    }

    #[test]
    fn made_rows_come_cleared_and_in_order() {
        let made = Body::made(3, |index, row| {
            if index == 1 {
                row.mark = Mark::Overdue;
            }
            assert_eq!((row.kind, row.cells.len()), (RowKind::Entry, 0));
            row.cells.push(Cell::Integer(index as i64));
        });
        assert_eq!(shown(&made), ["0:0", "1:1", "2:2"]);
    }

    #[test]
    fn a_visit_stops_at_the_first_failure() {
        let body = Body::Rows(vec![Row::entry(vec![Cell::Integer(1)]), Row::entry(vec![Cell::Integer(2)])]);
        let mut seen = 0;
        let stopped = body.each(|_, _| {
            seen += 1;
            Err("stop")
        });
        assert_eq!((stopped, seen), (Err("stop"), 1));
    }

    #[test]
    fn cells_show_what_they_hold() {
        let day = NaiveDate::from_ymd_opt(2023, 7, 1).expect("a day of the calendar");
        let cells = [
            (Cell::text(Some("")), ""),
            (Cell::text(None), ""),
            (Cell::text(Some("=1+1")), "=1+1"),
            (Cell::Integer(-3), "-3"),
            (Cell::Decimal(1.5), "1.5"),
            (Cell::rate(Some(66.7)), "66.7%"),
            (Cell::rate(None), "—"),
            (Cell::date(Some(day)), "2023-07-01"),
            (Cell::Link { text: Cow::Borrowed("a-1"), sheet: 1, row: 2 }, "a-1"),
        ];
        for (cell, expected) in cells {
            assert_eq!(cell.shown(), expected, "{cell:?}");
        }
    }
}
