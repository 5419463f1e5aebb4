//! Hazards that stand in the ledger and that the history does not know: rows of before the first merge, and rows that the clerk added.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ledger::gather::Entry;
use crate::ledger::history::Event;
use crate::ledger::history::HistoryEntry;
use crate::ledger::readings::single_values;
use crate::source::Origin;
use crate::vocabulary::Field;

/// How hazards that the history does not know enter it.
#[derive(Debug, Clone, Default)]
pub struct TakeOver {
    /// The day on which the clerk's own rows are first seen; `None` where every row was there from the start.
    pub added_on: Option<NaiveDate>,
    /// 编号 that the history names, but whose first words it does not know.
    pub unbegun: BTreeSet<String>,
}

impl TakeOver {
    /// The line with everything that a row of the ledger says; `None` for a hazard that the history knows.
    pub fn line(&self, id: &str, unit: &str, entry: &Entry, assigned: &BTreeSet<String>) -> Option<HistoryEntry> {
        let is_unbegun = self.unbegun.contains(id);
        if id.is_empty() || assigned.contains(id) && !is_unbegun {
            return None;
        }
        let values = single_values(&entry.record);
        let mut set: Vec<(String, Option<String>, String)> = vec![(Field::Unit.key().to_owned(), None, unit.to_owned())];
        set.extend(values.iter().map(|(field, _, text)| (field.key().to_owned(), None, text.to_owned())));
        set.extend(entry.record.extras.iter().map(|(title, text)| (title.to_string(), None, text.to_string())));
        let row = || Origin { file: entry.file.clone(), sheet: entry.sheet.clone(), row: entry.record.row, column: 0 };
        let (from, event) = match self.added_on {
            Some(_) if !is_unbegun => (row(), None),
            _ => {
                set.extend(entry.date.map(|day| (Field::SubmittedOn.key().to_owned(), None, day.to_string())));
                (entry.origin(), Some(Event::TakenOver))
            }
        };
        Some(HistoryEntry { id: id.to_owned(), from, submitted_on: self.added_on.filter(|_| event.is_none()), set, event, case: None })
    }
}
