//! One line of `history.jsonl`: which submission set which fields of which hazard to what.
//!
//! Written by `merge`, read by `why` and for the ledger of a past day. Lines that cannot be read are counted, never fatal: the file may
//! have been edited by hand.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;
use serde::Serializer;

use crate::cli::json::event::EventJson;
use crate::ledger::HistoryEntry;
use crate::ledger::HistoryLine;
use crate::source::Origin;
use crate::vocabulary::Field;

/// A line as it is written: the new values by field, and beside them the old ones where there were any.
#[derive(Serialize)]
struct WrittenJson<'a> {
    id: &'a str,
    submitted_on: Option<NaiveDate>,
    file: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    sheet: &'a str,
    row: u32,
    set: Pairs<'a>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    old: Pairs<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<EventJson<'a>>,
}

/// Field and text, written as one object in this order.
struct Pairs<'a>(Vec<(&'a str, &'a str)>);

impl Pairs<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[derive(Deserialize)]
struct LineJson {
    id: String,
    submitted_on: Option<NaiveDate>,
    file: String,
    #[serde(default)]
    sheet: String,
    #[serde(default)]
    row: u32,
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    old: BTreeMap<String, String>,
    event: Option<EventJson<'static>>,
}

/// Writes the lines, one object each.
pub fn write<'a>(lines: impl IntoIterator<Item = HistoryLine<'a>>, writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(256 << 10, writer);
    for line in lines {
        let written = WrittenJson {
            id: line.id,
            submitted_on: line.submitted_on,
            file: &line.from.file,
            sheet: &line.from.sheet,
            row: line.from.row,
            old: Pairs(line.set.iter().filter_map(|(field, old, _)| old.map(|old| (*field, old))).collect()),
            set: Pairs(line.set.iter().map(|(field, _, new)| (*field, *new)).collect()),
            event: line.event.map(|event| EventJson::of(event, line.from.column)),
        };
        serde_json::to_writer(&mut writer, &written)?;
        writer.write_all(b"\n")?;
    }
    writer.flush()
}

#[derive(Deserialize)]
struct IdJson<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

/// The 编号 of one line alone, also where the rest is damaged; `None` when it is no line of a history.
pub fn id(line: &[u8]) -> Option<Cow<'_, str>> {
    serde_json::from_slice::<IdJson<'_>>(line).ok().map(|line| line.id)
}

/// A text of a line, copied only where it is escaped.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What one line says, without taking it into memory: a history is as long as its ledger is old.
#[derive(Deserialize)]
pub struct Glance<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    pub submitted_on: Option<NaiveDate>,
    #[serde(borrow, default)]
    set: BTreeMap<Text<'a>, Text<'a>>,
    #[serde(borrow, default)]
    old: BTreeMap<Text<'a>, Text<'a>>,
    #[serde(borrow, default)]
    file: Cow<'a, str>,
    #[serde(borrow, default)]
    sheet: Cow<'a, str>,
    #[serde(default)]
    row: u32,
    event: Option<EventJson<'static>>,
}

impl Glance<'_> {
    /// The 编号.
    pub fn id(&self) -> &str {
        &self.id.0
    }

    /// Whether the field was blank before this line.
    pub fn found_blank(&self, field: Field) -> bool {
        !self.old.contains_key(&Text(Cow::Borrowed(field.key())))
    }

    /// Lets `take` see the line in whole, as a history line of the ledger. `None` of its texts is kept.
    pub fn show(&self, take: impl FnOnce(&HistoryLine<'_>)) {
        let event = self.event.as_ref().and_then(EventJson::event);
        let column = self.event.as_ref().map_or(0, EventJson::column);
        let from = Origin { file: Arc::from(self.file.as_ref()), sheet: Arc::from(self.sheet.as_ref()), row: self.row, column };
        let set = self.set.iter().map(|(key, new)| (key.0.as_ref(), self.old.get(key).map(|old| old.0.as_ref()), new.0.as_ref()));
        take(&HistoryLine { id: self.id(), from: &from, submitted_on: self.submitted_on, set: set.collect(), event: event.as_ref() });
    }

    /// The file that the line names.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The fields that were set, each with its new text.
    pub fn set(&self) -> impl Iterator<Item = (&str, &str)> {
        self.set.iter().map(|(field, text)| (field.0.as_ref(), text.0.as_ref()))
    }
}

/// A look at one line; `None` when it is no line of a history.
pub fn glance(line: &[u8]) -> Option<Glance<'_>> {
    serde_json::from_slice(line).ok()
}

/// The entry of one line; `None` when it is none.
pub fn read(line: &[u8]) -> Option<HistoryEntry> {
    let mut line: LineJson = serde_json::from_slice(line).ok()?;
    let column = line.event.as_ref().map_or(0, EventJson::column);
    let from = Origin { file: Arc::from(line.file), sheet: Arc::from(line.sheet), row: line.row, column };
    let event = line.event.as_ref().and_then(EventJson::event);
    let set = line
        .set
        .into_iter()
        .map(|(field, new)| {
            let old = line.old.remove(&field);
            (field, old, new)
        })
        .collect();
    Some(HistoryEntry { id: line.id, from, submitted_on: line.submitted_on, set, event })
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
            event: None,
        };
        let mut text = Vec::new();
        write([entry.line()], &mut text).expect("memory can be written");
        let text = String::from_utf8(text).expect("JSON is UTF-8");
        assert_eq!(text.matches('\n').count(), 1);
        let seen = glance(text.trim_end().as_bytes()).expect("a line");
        assert_eq!((seen.id(), seen.submitted_on), (entry.id.as_str(), entry.submitted_on));
        assert_eq!(seen.set().collect::<Vec<_>>(), [("status", "已整改"), ("科室\n", "\"")]);
        assert!(!seen.found_blank(Field::Status) && seen.found_blank(Field::Deadline));
        assert_eq!(read(text.trim_end().as_bytes()), Some(entry));
        assert_eq!(read(b"{\"id\":1}"), None);
        assert_eq!(read(b""), None);
    }
}
