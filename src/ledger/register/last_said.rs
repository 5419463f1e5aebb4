//! The last value of every field, as fingerprints: enough to see which rows of a ledger hold something else.
//!
//! A long history is looked through for these only; the texts are asked for where one differs.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::hazard::Hazard;
use crate::ledger::history::Glance;
use crate::records::Record;
use crate::vocabulary::Field;

/// The last value of every field of every hazard that a history names, as fingerprints.
#[derive(Default)]
pub struct LastSaid {
    hazards: HashMap<Box<str>, Remembered>,
    /// Unknown columns by number, counted on from the fields.
    titles: Vec<Box<str>>,
}

/// What the history remembers of one hazard.
#[derive(Default)]
struct Remembered {
    /// Its first line is its first report, so that a field no line names was blank.
    from_first_report: bool,
    /// Number of the field or column, fingerprint of its text.
    values: Vec<(u32, u64)>,
}

impl LastSaid {
    /// Takes note of one line of the history.
    pub fn note_line(&mut self, line: &Glance<'_>) {
        self.note(line.id(), line.found_blank(Field::Description), line.set());
    }

    /// Takes note of one line: its fields with their new texts. `begins` says whether a line that sets a description
    /// found none.
    pub fn note<'t>(&mut self, id: &str, begins: bool, set: impl IntoIterator<Item = (&'t str, &'t str)>) {
        if !self.hazards.contains_key(id) {
            self.hazards.insert(id.into(), Remembered::default());
        }
        let Some(remembered) = self.hazards.get_mut(id) else { return };
        let first = remembered.values.is_empty();
        for (key, text) in set {
            let number = match Field::from_key(key) {
                Some(field) => field.index() as u32,
                None => {
                    let known = self.titles.iter().position(|title| **title == *key);
                    let position = known.unwrap_or_else(|| {
                        self.titles.push(key.into());
                        self.titles.len() - 1
                    });
                    (Field::ALL.len() + position) as u32
                }
            };
            remembered.from_first_report |= first && begins && key == Field::Description.key();
            match remembered.values.iter_mut().find(|(known, _)| *known == number) {
                Some((_, value)) => *value = fingerprint(text),
                None => remembered.values.push((number, fingerprint(text))),
            }
        }
        remembered.values.shrink_to_fit();
    }

    /// Whether a hazard of the ledger holds a value that the history does not know.
    pub fn differs_from(&self, hazard: &Hazard) -> bool {
        let extras = hazard.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref()));
        let text = |field: Field| hazard.values.get(field).map_or(BLANK, fingerprint);
        self.hazards.get(hazard.id.as_str()).is_some_and(|remembered| !self.differing(remembered, text, extras).is_empty())
    }

    /// True if a row of the ledger under this 编号 holds a value that the history does not know.
    pub fn differs_from_row(&self, id: &str, record: &Record) -> bool {
        let Some(remembered) = self.hazards.get(id) else { return false };
        let extras = record.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref()));
        let mut buffer = String::new();
        let text = |field: Field| ledger_text(record, field, &mut buffer).map_or(BLANK, fingerprint);
        !self.differing(remembered, text, extras).is_empty()
    }

    /// The fields and columns whose text is another than the last one noted.
    fn differing<'e>(
        &self,
        remembered: &Remembered,
        mut text: impl FnMut(Field) -> u64,
        extras: impl Iterator<Item = (&'e str, &'e str)> + Clone,
    ) -> Vec<String> {
        let last = |number: u32| remembered.values.iter().find(|(known, _)| *known == number).map(|(_, value)| *value);
        let blank = remembered.from_first_report.then_some(BLANK);
        let mut differing = Vec::new();
        for field in settled_fields() {
            if last(field.index() as u32).or(blank).is_some_and(|last| last != text(field)) {
                differing.push(field.key().to_owned());
            }
        }
        let number = |position: usize| (Field::ALL.len() + position) as u32;
        for (position, title) in self.titles.iter().enumerate() {
            let Some(last) = last(number(position)) else { continue };
            if extras.clone().find(|(known, _)| *known == &**title).map_or(BLANK, |(_, text)| fingerprint(text)) != last {
                differing.push(title.to_string());
            }
        }
        let noted = |title: &str| self.titles.iter().position(|known| **known == *title).and_then(|position| last(number(position)));
        let added = extras.filter(|(title, _)| blank.is_some() && noted(title).is_none());
        differing.extend(added.map(|(title, _)| title.to_owned()));
        differing
    }
}

/// Stands for no text.
const BLANK: u64 = 0;

fn fingerprint(text: &str) -> u64 {
    if text.is_empty() {
        return BLANK;
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}
