//! The history `history.jsonl`: its entries, and the form of its lines. An entry says which submission set which fields of which hazard to
//! what; each merge closes with a line of its own, and every line carries the hash of the line before.
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

use crate::digest::hex;
use crate::digest::sha256;
use crate::ledger::case::Case;
use crate::ledger::case_json::CaseJson;
use crate::ledger::hazard::Hazard;
use crate::ledger::outcome::Bookkeeping;
use crate::ledger::register::ChainHead;
use crate::ledger::register::FIRST;
use crate::ledger::register::Link;
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
    /// What was done besides.
    pub event: Option<Event>,
    /// A case that was opened or closed.
    pub case: Option<Case>,
}

/// What was done to a hazard, beside setting values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Its row was gone from the ledger and was put back.
    Restored,
    /// Its row had lost its number or its unit, and has it again.
    PutRight,
    /// It stood in the ledger before the history knew it.
    TakenOver,
    /// The only file that named it was taken back.
    Withdrawn,
    /// Values of a file that was taken back are what they were before it.
    TakenBack,
}

impl Event {
    const ALL: [Event; 5] = [Event::Restored, Event::PutRight, Event::TakenOver, Event::Withdrawn, Event::TakenBack];

    /// The word in the history.
    pub fn key(self) -> &'static str {
        match self {
            Event::Restored => "restored",
            Event::PutRight => "put_right",
            Event::TakenOver => "taken_over",
            Event::Withdrawn => "withdrawn",
            Event::TakenBack => "taken_back",
        }
    }

    /// Reads back what [`Event::key`] gave.
    pub fn from_key(key: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.key() == key)
    }
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
        HistoryLine { id: &self.id, from: &self.from, submitted_on: self.submitted_on, set, event: self.event, case: self.case.as_ref() }
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
    pub event: Option<Event>,
    /// A case that was opened or closed.
    pub case: Option<&'a Case>,
}

impl<'a> HistoryLine<'a> {
    /// The line of a new hazard that one row set as a whole.
    pub(crate) fn of_new(hazard: &'a Hazard) -> HistoryLine<'a> {
        let fields = hazard.values.iter().map(|(field, _, text)| (field.key(), None, text));
        let extras = hazard.extras.iter().map(|(title, text)| (title.as_ref(), None, text.as_ref()));
        let unit = [(Field::Unit.key(), None, hazard.unit.as_ref())];
        let set = unit.into_iter().chain(fields).chain(extras).collect();
        HistoryLine { id: &hazard.id, from: &hazard.origin, submitted_on: hazard.submitted_on, set, event: None, case: None }
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
    event: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseJson<'a>>,
    prev: &'a str,
}

/// The last line of a merge.
#[derive(Serialize)]
struct WrittenClosingJson<'a> {
    merge: WrittenMergeJson<'a>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    files: Pairs<'a>,
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    withdrawn: Pairs<'a>,
    prev: &'a str,
}

#[derive(Serialize)]
struct WrittenMergeJson<'a> {
    day: NaiveDate,
    hazards: usize,
    ledger: &'a str,
}

/// The line that protects all lines of old.
#[derive(Serialize)]
struct WrittenSealJson<'a> {
    seal: SealJson<'a>,
    prev: &'a str,
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
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    case: Option<CaseJson<'static>>,
}

/// Writes the lines of a merge, one object each and each linked to the one before.
pub fn write<'a>(lines: impl IntoIterator<Item = HistoryLine<'a>>, bookkeeping: &Bookkeeping, writer: &mut dyn Write) -> io::Result<()> {
    let mut writer = LinkedWriter::new(&bookkeeping.head, writer);
    if let Some((lines, hash)) = &bookkeeping.head.unsealed {
        let hash = hex(hash);
        let seal = SealJson { lines: *lines, sha256: Cow::Borrowed(&hash) };
        writer.line(|prev, bytes| serde_json::to_writer(bytes, &WrittenSealJson { seal, prev }))?;
    }
    for line in lines {
        writer.line(|prev, bytes| {
            let written = WrittenJson {
                id: line.id,
                submitted_on: line.submitted_on,
                file: &line.from.file,
                sheet: &line.from.sheet,
                row: line.from.row,
                old: Pairs(line.set.iter().filter_map(|(field, old, _)| old.map(|old| (*field, old))).collect()),
                set: Pairs(line.set.iter().map(|(field, _, new)| (*field, *new)).collect()),
                event: line.event.map(Event::key),
                case: line.case.map(|case| CaseJson::of(case, line.from.column)),
                prev,
            };
            serde_json::to_writer(bytes, &written)
        })?;
    }
    if let Some(closing) = &bookkeeping.closing {
        let merge = WrittenMergeJson { day: closing.day, hazards: closing.hazards, ledger: &closing.digest };
        let (files, withdrawn) = (hashes(&closing.files), hashes(&closing.withdrawn));
        writer.line(|prev, bytes| serde_json::to_writer(bytes, &WrittenClosingJson { merge, files, withdrawn, prev }))?;
    }
    writer.inner.flush()
}

fn hashes(files: &[(Arc<str>, String)]) -> Pairs<'_> {
    Pairs(files.iter().map(|(file, hash)| (file.as_ref(), hash.as_str())).collect())
}

/// Writes lines, each with the hash of the one before.
struct LinkedWriter<'w> {
    inner: BufWriter<&'w mut dyn Write>,
    prev: String,
    line: Vec<u8>,
}

impl<'w> LinkedWriter<'w> {
    fn new(head: &ChainHead, writer: &'w mut dyn Write) -> LinkedWriter<'w> {
        let prev = head.last.map_or_else(|| FIRST.to_owned(), |hash| hex(&hash));
        LinkedWriter { inner: BufWriter::with_capacity(256 << 10, writer), prev, line: Vec::new() }
    }

    /// Writes what `write` makes of the link.
    fn line(&mut self, write: impl FnOnce(&str, &mut Vec<u8>) -> serde_json::Result<()>) -> io::Result<()> {
        self.line.clear();
        write(&self.prev, &mut self.line)?;
        let hash = sha256(&self.line);
        self.line.push(b'\n');
        self.inner.write_all(&self.line)?;
        self.prev = hex(&hash);
        Ok(())
    }
}

/// Which of the fields that a hazard is known by are among the keys of an object.
#[derive(Default, Clone, Copy)]
struct IdentityKeys {
    description: bool,
    other: bool,
}

impl<'de> Deserialize<'de> for IdentityKeys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<IdentityKeys, D::Error> {
        struct Keys;
        impl<'de> serde::de::Visitor<'de> for Keys {
            type Value = IdentityKeys;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<IdentityKeys, A::Error> {
                let mut keys = IdentityKeys::default();
                while let Some(Text(key)) = map.next_key()? {
                    keys.description |= key == Field::Description.key();
                    keys.other |= key == Field::Location.key() || key == Field::FoundOn.key();
                    map.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

#[derive(Serialize, Deserialize)]
struct SealJson<'a> {
    lines: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
}

/// What a merge says of itself in its last line.
#[derive(Deserialize)]
pub struct ClosingJson<'a> {
    pub day: NaiveDate,
    pub hazards: u64,
    #[serde(borrow)]
    pub ledger: Cow<'a, str>,
}

/// What a line is, without its values: enough where the ledger is known to hold them.
#[derive(Deserialize)]
pub struct Outline<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    prev: Option<Cow<'a, str>>,
    #[serde(borrow)]
    seal: Option<SealJson<'a>>,
    #[serde(borrow)]
    pub merge: Option<ClosingJson<'a>>,
    set: Option<IdentityKeys>,
    old: Option<IdentityKeys>,
    #[serde(borrow)]
    event: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub file: Option<Cow<'a, str>>,
    case: Option<serde::de::IgnoredAny>,
    /// Files that were read, or taken back, with their hashes; closing lines only.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    #[serde(default)]
    pub withdrawn: BTreeMap<String, String>,
}

impl Outline<'_> {
    /// The 编号, in a line that tells of a hazard.
    pub fn id(&self) -> Option<&str> {
        self.id.as_ref().map(|id| id.0.as_ref())
    }

    /// How the line is linked to the others.
    pub fn link(&self) -> Link<'_> {
        Link { prev: self.prev.as_deref(), seal: self.seal.as_ref().map(|seal| (seal.lines, seal.sha256.as_ref())) }
    }

    /// What was done beside setting values.
    pub fn event(&self) -> Option<Event> {
        self.event.as_deref().and_then(Event::from_key)
    }

    /// True if the line opens or closes a case, or tells of an edit in this ledger.
    pub fn speaks_of_cases(&self, ledger_file: &str) -> bool {
        self.case.is_some() || self.file.as_deref() == Some(ledger_file)
    }

    /// True if the line gives a hazard its first words.
    pub fn begins(&self) -> bool {
        self.set.is_some_and(|set| set.description) && !self.old.is_some_and(|old| old.description)
    }

    /// True if the line changes what a hazard is known by.
    pub fn moves(&self) -> bool {
        !self.begins() && self.set.is_some_and(|set| set.description || set.other)
    }
}

/// What a line is; `None` when it is no line of a history.
pub fn outline(line: &[u8]) -> Option<Outline<'_>> {
    let outline: Outline<'_> = serde_json::from_slice(line).ok()?;
    (outline.id.is_some() && outline.set.is_some() || outline.merge.is_some() || outline.seal.is_some()).then_some(outline)
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
    #[serde(borrow)]
    set: BTreeMap<Text<'a>, Text<'a>>,
    #[serde(borrow, default)]
    old: BTreeMap<Text<'a>, Text<'a>>,
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
    let column = line.case.as_ref().map_or(0, CaseJson::column);
    let from = Origin { file: Arc::from(line.file), sheet: Arc::from(line.sheet), row: line.row, column };
    let case = line.case.as_ref().and_then(CaseJson::case);
    let set = line
        .set
        .into_iter()
        .map(|(field, new)| {
            let old = line.old.remove(&field);
            (field, old, new)
        })
        .collect();
    let event = line.event.as_deref().and_then(Event::from_key);
    Some(HistoryEntry { id: line.id, from, submitted_on: line.submitted_on, set, event, case })
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
            event: Some(Event::Restored),
            case: None,
        };
        let mut text = Vec::new();
        write([entry.line()], &Bookkeeping::default(), &mut text).expect("memory can be written");
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
