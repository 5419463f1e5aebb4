//! Where every field of one hazard came from: the history laid beside the ledger.
//!
//! The value in the ledger is the truth; the history says who set it, or on which day a merge first saw that it had
//! been edited by hand. A value that the history does not know was there from the start or edited since the last
//! merge, and nobody is credited with it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::desk::Refusal;
use crate::files::history::each_line;
use crate::ledger::Case;
use crate::ledger::Cases;
use crate::ledger::Hazard;
use crate::ledger::HistoryEntry;
use crate::ledger::history;
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
    /// Blank when the value was emptied by hand.
    pub value: String,
    /// Typed into the ledger itself; `submitted_on` is then the day on which a merge first saw it.
    pub by_hand: bool,
    pub submitted_on: Option<NaiveDate>,
    pub from: Origin,
}

/// A hazard's story, and the lines of the history that could not be read.
pub struct Why {
    pub story: Story,
    pub unread_lines: Vec<u32>,
}

/// Tells where every field of a hazard of the ledger at `path` came from.
///
/// # Errors
/// The history cannot be read.
pub fn why(hazard: &Hazard, path: &Path, desk: &Desk) -> Result<Why, Refusal> {
    let (mut entries, mut unread_lines) = (Vec::new(), Vec::new());
    each_line(&desk.workspace.history_of(path), |number, line| match history::read(line) {
        Some(entry) if entry.id == hazard.id => entries.push(entry),
        Some(_) => {}
        None if line.is_empty() || history::outline(line).is_some() => {}
        None => unread_lines.push(number),
    })?;
    Ok(Why { story: story(hazard, &entries, &desk.workspace.name(path)), unread_lines })
}

/// Reads which numbers became names of other hazards.
///
/// # Errors
/// The history cannot be read.
pub fn joined(path: &Path, desk: &Desk) -> Result<Cases, Refusal> {
    let mut cases = Cases::default();
    each_line(&desk.workspace.history_of(path), |_, line| {
        if let Some(entry) = history::read(line).filter(|entry| matches!(entry.case, Some(Case::Joined { .. }))) {
            cases.note(&entry.line(), false);
        }
    })?;
    Ok(cases)
}

/// The story of `hazard` out of the lines of the history that name it, oldest first. Lines from `ledger_file` are edits
/// by hand.
fn story(hazard: &Hazard, entries: &[HistoryEntry], ledger_file: &str) -> Story {
    let mut fields: Vec<FieldStory> = Field::ALL
        .into_iter()
        .filter(|field| !matches!(field, Field::Id | Field::Unit | Field::Origin | Field::SubmittedOn))
        .map(|field| field_story(field.key(), field.title(), hazard.text(field), entries, ledger_file))
        .collect();
    let set = entries.iter().flat_map(|entry| &entry.set).map(|(key, _, _)| key.as_str()).filter(|key| Field::from_key(key).is_none());
    let titles: BTreeSet<&str> = set.chain(hazard.extras.iter().map(|(title, _)| title.as_ref())).collect();
    for title in titles {
        let text = hazard.extras.iter().find(|(known, _)| **known == *title).map(|(_, text)| text.as_ref());
        fields.push(field_story(title, title, text, entries, ledger_file));
    }
    fields.retain(|field| field.value.is_some() || !field.previous.is_empty());
    Story { id: hazard.id.clone(), unit: hazard.unit.clone(), fields }
}

fn field_story(key: &str, title: &str, value: Option<&str>, entries: &[HistoryEntry], ledger_file: &str) -> FieldStory {
    let mut said: Vec<Said> = Vec::new();
    for entry in entries {
        for (_, _, new) in entry.set.iter().filter(|(field, _, _)| field == key) {
            let by_hand = *entry.from.file == *ledger_file;
            let next = Said { value: new.clone(), by_hand, submitted_on: entry.submitted_on, from: entry.from.clone() };
            // A run that was killed after its history was written says the same again.
            if said.last() != Some(&next) {
                said.push(next);
            }
        }
    }
    let set_by = said.last().filter(|last| last.value == value.unwrap_or_default()).cloned();
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
            event: None,
            case: None,
        }
    }

    #[test]
    fn the_last_word_is_the_value_and_the_rest_is_past() {
        let entries = [entry(1, None, "待整改"), entry(8, Some("待整改"), "已整改"), entry(8, Some("待整改"), "已整改")];
        let check = |value: Option<&str>, set_by: Option<u32>, previous: &[&str]| {
            let field = field_story("status", "状态", value, &entries, "ledger.xlsx");
            assert_eq!(field.set_by.map(|said| said.from.row), set_by);
            assert_eq!(field.previous.iter().map(|said| said.value.as_str()).collect::<Vec<_>>(), previous);
        };
        check(Some("已整改"), Some(8), &["待整改"]);
        // Edited by hand since the last merge: nobody is credited with it.
        check(Some("已销号"), None, &["已整改", "待整改"]);
    }

    #[test]
    fn an_edit_that_a_merge_has_seen_is_told_as_such() {
        let mut edits = [entry(1, None, "待整改"), entry(8, Some("待整改"), "")];
        edits[1].from.file = Arc::from("ledger.xlsx");
        let field = field_story("status", "状态", None, &edits, "ledger.xlsx");
        assert_eq!(field.set_by.map(|said| (said.by_hand, said.value)), Some((true, String::new())));
        assert_eq!(field.previous.iter().map(|said| said.by_hand).collect::<Vec<_>>(), [false]);
    }
}
