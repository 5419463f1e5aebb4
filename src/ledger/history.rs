//! The history `history.jsonl`: its entries, and the form of its lines. An entry says which submission set which fields of which hazard to what.
//!
//! Knows bytes and no disk. A line that cannot be read is no entry; who reads the file counts such lines, because it may have been edited
//! by hand.

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

use crate::ledger::event::Event;
use crate::ledger::event_json::EventJson;
use crate::ledger::hazard::Hazard;
use crate::source::Origin;
use crate::vocabulary::Field;

/// One line of the history: which submission set which fields of which hazard to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    pub id: String,
    pub from: Origin,
    pub submitted_on: Option<NaiveDate>,
    /// Field key (or the title of an unknown column), old value, new value.
    pub set: Vec<(String, Option<String>, String)>,
    /// A case that was opened or closed.
    pub event: Option<Event>,
}

impl HistoryEntry {
    /// Whether a line that stands first of its hazard is the first report of it. A hazard that was in the ledger from
    /// the start had a description before any line.
    pub fn begins_hazard(&self) -> bool {
        self.set.iter().any(|(key, old, _)| key == Field::Description.key() && old.is_none())
    }

    /// The same, borrowed.
    pub fn line(&self) -> HistoryLine<'_> {
        let set = self.set.iter().map(|(field, old, new)| (field.as_str(), old.as_deref(), new.as_str())).collect();
        HistoryLine { id: &self.id, from: &self.from, submitted_on: self.submitted_on, set, event: self.event.as_ref() }
    }
}

/// One line of the history as it is written: nothing of it is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine<'a> {
    pub id: &'a str,
    pub from: &'a Origin,
    pub submitted_on: Option<NaiveDate>,
    /// Field key (or the title of an unknown column), old value, new value.
    pub set: Vec<(&'a str, Option<&'a str>, &'a str)>,
    /// A case that was opened or closed.
    pub event: Option<&'a Event>,
}

impl<'a> HistoryLine<'a> {
    /// The line of a new hazard that one row set as a whole.
    pub(crate) fn of_new(hazard: &'a Hazard) -> HistoryLine<'a> {
        let fields = hazard.values.iter().map(|(field, _, text)| (field.key(), None, text));
        let extras = hazard.extras.iter().map(|(title, text)| (title.as_ref(), None, text.as_ref()));
        let set = fields.chain(extras).collect();
        HistoryLine { id: &hazard.id, from: &hazard.origin, submitted_on: hazard.submitted_on, set, event: None }
    }
}

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
