//! Where a finding stands: the cell of a fact, of a value, or of a value that is missing.
//!
//! Rules word what they found; the place, the column's title and the text "and so many more" are made here.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::records::ColumnReading;
use crate::records::Fact;
use crate::records::Reading;
use crate::rules::rule::RecordContext;
use crate::rules::rule::Rule;
use crate::rules::rule::SheetContext;
use crate::source::Origin;
use crate::source::cell_name;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
pub use crate::vocabulary::is_dash;

/// How many of the folded places are named in the message.
const NAMED_PLACES: usize = 3;

impl Rule {
    /// A finding of this rule for a fact; what is folded under the fact is counted and named.
    pub fn of_fact(&self, context: &SheetContext<'_>, fact: &Fact, message: String) -> Diagnostic {
        let value = (!fact.value.is_empty()).then(|| fact.value.clone());
        let mut diagnostic = self.diagnostic(context.place(fact.row, fact.column), &fact.title, value, message);
        if !fact.further_rows.is_empty() {
            let places: Vec<(u32, u32)> = fact.further_rows.iter().map(|row| (*row, fact.column)).collect();
            fold_under(&mut diagnostic, fact.further_rows.len() as u32, &places);
        }
        diagnostic
    }

    /// A finding of this rule about a field of a record: at its value, or where the value should stand.
    pub fn of_field(&self, context: &RecordContext<'_>, field: Field, message: String) -> Diagnostic {
        let value = context.record.values.get(field).map(str::to_owned);
        self.diagnostic(context.place(field), context.title(field), value, message)
    }
}

/// Says in the message how many further places there are, and names the first of them.
pub fn fold_under(diagnostic: &mut Diagnostic, count: u32, places: &[(u32, u32)]) {
    diagnostic.folded += count;
    diagnostic.message.push_str(&format!("（另有 {count} 处：{}）", name_places(places, count)));
}

/// The first of `count` places, as people name them: `C8、C11 至 C30…`.
pub fn name_places(places: &[(u32, u32)], count: u32) -> String {
    let name = |(row, column): (u32, u32)| if column == 0 { format!("第{row}行") } else { cell_name(row, column) };
    let mut names = Vec::new();
    let mut named = 0;
    while named < places.len() && names.len() < NAMED_PLACES {
        let first = places[named];
        let run = places[named..].iter().enumerate().take_while(|(offset, place)| **place == (first.0 + *offset as u32, first.1)).count();
        // Two cells one below the other are named one by one.
        let run = if run > 2 { run } else { 1 };
        let last = places[named + run - 1];
        names.push(if run > 1 { format!("{} 至 {}", name(first), name(last)) } else { name(first) });
        named += run;
    }
    format!("{}{}", names.join("、"), if named < count as usize { "…" } else { "" })
}

/// Names in quotation marks, one after the other: `“整改期限”“责任人”`.
pub fn quoted<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| format!("“{}”", name.as_ref())).collect()
}

/// How a date is to be typed in this campaign, by an example from its period.
pub fn example_date(context: &SheetContext<'_>) -> NaiveDate {
    context.ground.campaign.end
}

impl SheetContext<'_> {
    /// A place in this sheet; 0 stands for the whole.
    pub fn place(&self, row: u32, column: u32) -> Origin {
        Origin { file: self.file.file.clone(), sheet: self.sheet.sheet.clone(), row, column }
    }

    /// The fill date: 填报日期 in the sheet, else the date in the file's name.
    pub fn filled_on(&self) -> Option<NaiveDate> {
        let in_name = || self.file.content.as_ref().ok().and_then(|content| content.name_date);
        self.sheet.metadata.filled_on.map(|(date, ..)| date).or_else(in_name)
    }

    /// The columns of the tables whose body holds the row; several tables share a row in wide sheets.
    fn columns_at(&self, row: u32) -> impl Iterator<Item = &ColumnReading> {
        let here = move |(first, last): (u32, u32)| (first..=last).contains(&row);
        self.sheet.tables.iter().filter(move |table| here(table.body_rows)).flat_map(|table| &table.columns)
    }

    /// The column that holds a field in the table at a row.
    pub fn column_of(&self, row: u32, field: Field) -> Option<&ColumnReading> {
        self.columns_at(row).find(|column| column.meaning.holds(field))
    }
}

impl RecordContext<'_> {
    /// The text of a field as written.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.record.values.get(field)
    }

    /// The day of a date field, when it names one.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        self.record.date(field).day()
    }

    /// The cell of a field's value, or the cell where it should stand; the row when there is no such column.
    pub fn place(&self, field: Field) -> Origin {
        let row = self.record.row;
        let own = self.record.values.column(field).filter(|column| *column > 0);
        let column = own.or_else(|| self.sheet.column_of(row, field).map(|column| column.column));
        self.sheet.place(row, column.unwrap_or(0))
    }

    /// The title over a field as written, else the ledger's own.
    pub fn title(&self, field: Field) -> &str {
        let column = match self.record.values.column(field).filter(|column| *column > 0) {
            Some(own) => self.sheet.columns_at(self.record.row).find(|column| column.column == own),
            None => self.sheet.column_of(self.record.row, field),
        };
        column.map_or(field.title(), |column| column.title.as_str())
    }

    /// Whether a blank in this field is the row's fault: a table that has no such column is told about once.
    pub fn can_hold(&self, field: Field) -> bool {
        self.sheet.sheet.tables.is_empty() || self.sheet.column_of(self.record.row, field).is_some()
    }

    /// Whether the hazard is known not to be rectified. A status that cannot be read is told about elsewhere.
    pub fn is_open(&self) -> bool {
        matches!(self.record.status, Reading::Blank | Reading::Value(Status::Open | Status::InRectification))
    }

    /// Whether the hazard is said to be rectified or closed out.
    pub fn is_rectified(&self) -> bool {
        matches!(self.record.status, Reading::Value(Status::Rectified | Status::ClosedOut))
    }

    /// The level, 一般 when none is given.
    pub fn level(&self) -> Level {
        self.record.level.value().unwrap_or(Level::General)
    }

    /// The day on which the row was reported: 最近报送 in our own ledger, else the fill date.
    pub fn reported_on(&self) -> Option<NaiveDate> {
        if self.sheet.sheet.is_ledger { self.day(Field::SubmittedOn) } else { self.sheet.filled_on() }
    }

    /// The day up to which anything can have happened, with the words for it.
    pub fn latest_day(&self) -> (NaiveDate, &'static str) {
        self.reported_on().map_or((self.sheet.ground.as_of, "统计截至日"), |date| (date, "填报日期"))
    }
}

/// A place in a sheet that is only known by its name.
pub fn sheet_place(file: &Arc<str>, sheet: &str, row: u32) -> Origin {
    Origin { file: file.clone(), sheet: Arc::from(sheet), row, column: 0 }
}
