//! What the clerk typed into the ledger since the last merge, as lines of the history.
//!
//! Nobody knows on which day, so an edit is dated by the merge that first sees it. It gets its line even where a submission of the
//! same round overrides it.

use chrono::NaiveDate;

use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::same_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::history::HistoryEntry;
use crate::ledger::register::replay::Replayed;
use crate::records::Record;
use crate::source::Origin;
use crate::vocabulary::Field;

/// The texts of a row by field key and title, as the ledger writes them; blank ones as `None`.
pub fn texts_of(record: &Record, known: &Replayed) -> Vec<(String, Option<String>)> {
    let mut buffer = String::new();
    let mut texts: Vec<(String, Option<String>)> =
        settled_fields().map(|field| (field.key().to_owned(), ledger_text(record, field, &mut buffer).map(str::to_owned))).collect();
    texts.extend(record.extras.iter().map(|(title, text)| (title.to_string(), Some(text.to_string()))));
    let emptied =
        known.values.keys().filter(|key| Field::from_key(key).is_none() && !record.extras.iter().any(|(title, _)| **title == ***key));
    texts.extend(emptied.map(|title| (title.clone(), None)).collect::<Vec<_>>());
    texts
}

/// The line of what was typed into a row, beside what the history says it was; `None` when nothing was. A hazard that was there before
/// any line may hold values that the history does not know.
pub fn edit_of(id: &str, record: &Record, known: &Replayed, begins: bool, from: &Origin, seen_on: NaiveDate) -> Option<HistoryEntry> {
    let typed = |(key, text): (String, Option<String>)| {
        let old = known.text(&key);
        let is_known = begins || known.values.contains_key(&key);
        (is_known && !same(text.as_deref(), old)).then(|| (key.clone(), old.map(str::to_owned), text.unwrap_or_default()))
    };
    let set: Vec<_> = texts_of(record, known).into_iter().filter_map(typed).collect();
    (!set.is_empty()).then(|| HistoryEntry {
        id: id.to_owned(),
        from: from.clone(),
        submitted_on: Some(seen_on),
        set,
        event: None,
        case: None,
    })
}

/// True if both are blank, or say the same in any spelling.
pub fn same(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same_text(left, right),
        (left, right) => left.is_none() && right.is_none(),
    }
}
