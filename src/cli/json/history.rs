//! One line of `history.jsonl`: which submission set which fields of which hazard to what.
//!
//! Written by `merge`, read by `why`. Lines that cannot be read are counted, never fatal: the file may
//! have been edited by hand.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::ledger::HistoryEntry;
use crate::source::Origin;

#[derive(Debug, Serialize, Deserialize)]
struct LineJson {
    id: String,
    submitted_on: Option<NaiveDate>,
    file: String,
    sheet: Option<String>,
    row: Option<u32>,
    set: Vec<SetJson>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SetJson {
    field: String,
    old: Option<String>,
    new: String,
}

/// The entries as lines.
pub fn lines<'a>(entries: impl IntoIterator<Item = Cow<'a, HistoryEntry>>) -> String {
    let mut text = String::new();
    for entry in entries {
        let line = LineJson {
            id: entry.id.clone(),
            submitted_on: entry.submitted_on,
            file: entry.from.file.to_string(),
            sheet: Some(entry.from.sheet.to_string()).filter(|sheet| !sheet.is_empty()),
            row: Some(entry.from.row).filter(|row| *row > 0),
            set: entry.set.iter().map(|(field, old, new)| SetJson { field: field.clone(), old: old.clone(), new: new.clone() }).collect(),
        };
        // Strings, numbers and dates: there is nothing here that JSON cannot say.
        if let Ok(line) = serde_json::to_string(&line) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

#[derive(Deserialize)]
struct IdJson {
    id: String,
}

/// The 编号 of one line alone; `None` when it is no line of a history.
pub fn id(line: &[u8]) -> Option<String> {
    serde_json::from_slice::<IdJson>(line).ok().map(|line| line.id)
}

/// The entry of one line; `None` when it is none.
pub fn read(line: &[u8]) -> Option<HistoryEntry> {
    let line: LineJson = serde_json::from_slice(line).ok()?;
    let from =
        Origin { file: Arc::from(line.file), sheet: Arc::from(line.sheet.unwrap_or_default()), row: line.row.unwrap_or(0), column: 0 };
    let set = line.set.into_iter().map(|set| (set.field, set.old, set.new)).collect();
    Some(HistoryEntry { id: line.id, from, submitted_on: line.submitted_on, set })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let entry = HistoryEntry {
            id: "wushen-2023-001-0001".to_owned(),
            from: Origin { file: Arc::from("inbox/甲.xlsx"), sheet: Arc::from("台账"), row: 7, column: 0 },
            submitted_on: NaiveDate::from_ymd_opt(2023, 7, 14),
            set: vec![("status".to_owned(), Some("待整改".to_owned()), "已整改".to_owned()), ("科室\n".to_owned(), None, "\"".to_owned())],
        };
        let text = lines([Cow::Borrowed(&entry)]);
        assert_eq!(text.matches('\n').count(), 1);
        assert_eq!(read(text.trim_end().as_bytes()), Some(entry));
        assert_eq!(read(b"{\"id\":1}"), None);
        assert_eq!(read(b""), None);
    }
}
