//! Where every field of one hazard came from: the history laid beside the ledger.
//!
//! The value in the ledger is the truth; the history says who set it. A value that the history does not
//! know was there from the start or edited by hand, and nobody is credited with it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::ledger::Hazard;
use crate::ledger::HistoryEntry;
use crate::source::Origin;
use crate::vocabulary::Field;

/// One hazard's fields with their past.
#[derive(Debug, PartialEq, Eq)]
pub struct Story {
    pub id: String,
    pub unit: Arc<str>,
    pub fields: Vec<FieldStory>,
}

/// One field: its value, who set it, what it was before.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldStory {
    /// JSON key, or the title of an unknown column.
    pub key: String,
    pub title: String,
    /// As in the ledger; `None` when blank.
    pub value: Option<String>,
    /// `None` when the history does not know where the value came from.
    pub set_by: Option<Said>,
    /// Earlier values, newest first.
    pub previous: Vec<Said>,
}

/// A value and who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub value: String,
    pub submitted_on: Option<NaiveDate>,
    pub from: Origin,
}

/// The story of `hazard` out of the lines of the history that name it, oldest first.
pub fn story(hazard: &Hazard, entries: &[HistoryEntry]) -> Story {
    let mut fields: Vec<FieldStory> = Field::ALL
        .into_iter()
        .filter(|field| !matches!(field, Field::Id | Field::Unit | Field::Origin | Field::SubmittedOn))
        .map(|field| field_story(field.key(), field.title(), hazard.text(field), entries))
        .collect();
    for (title, text) in &hazard.extras {
        fields.push(field_story(title, title, Some(text), entries));
    }
    fields.retain(|field| field.value.is_some() || !field.previous.is_empty());
    Story { id: hazard.id.clone(), unit: hazard.unit.clone(), fields }
}

fn field_story(key: &str, title: &str, value: Option<&str>, entries: &[HistoryEntry]) -> FieldStory {
    let mut said: Vec<Said> = Vec::new();
    for entry in entries {
        for (_, _, new) in entry.set.iter().filter(|(field, _, _)| field == key) {
            let next = Said { value: new.clone(), submitted_on: entry.submitted_on, from: entry.from.clone() };
            // A run that was killed after its history was written says the same again.
            if said.last() != Some(&next) {
                said.push(next);
            }
        }
    }
    let set_by = said.last().filter(|last| Some(last.value.as_str()) == value).cloned();
    if set_by.is_some() {
        said.pop();
    }
    said.reverse();
    FieldStory { key: key.to_owned(), title: title.to_owned(), value: value.map(str::to_owned), set_by, previous: said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(row: u32, old: Option<&str>, new: &str) -> HistoryEntry {
        HistoryEntry {
            id: "a".to_owned(),
            from: Origin { file: Arc::from("inbox/甲.csv"), sheet: Arc::from(""), row, column: 0 },
            submitted_on: NaiveDate::from_ymd_opt(2023, 7, row),
            set: vec![("status".to_owned(), old.map(str::to_owned), new.to_owned())],
        }
    }

    #[test]
    fn the_last_word_is_the_value_and_the_rest_is_past() {
        let entries = [entry(1, None, "待整改"), entry(8, Some("待整改"), "已整改"), entry(8, Some("待整改"), "已整改")];
        let check = |value: Option<&str>, set_by: Option<u32>, previous: &[&str]| {
            let field = field_story("status", "状态", value, &entries);
            assert_eq!(field.set_by.map(|said| said.from.row), set_by);
            assert_eq!(field.previous.iter().map(|said| said.value.as_str()).collect::<Vec<_>>(), previous);
        };
        check(Some("已整改"), Some(8), &["待整改"]);
        // Edited by hand in the ledger: nobody is credited with it.
        check(Some("已销号"), None, &["已整改", "待整改"]);
    }
}
