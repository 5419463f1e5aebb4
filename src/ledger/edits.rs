//! What the clerk changed in the ledger by hand since the last merge, so that the history can tell it.
//!
//! The history says what every field was last set to; what the ledger holds instead was typed there. Nobody knows on
//! which day, so an edit is dated by the merge that first sees it. A long history is looked through for fingerprints of
//! its last values only; the texts are asked for where one differs.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use chrono::NaiveDate;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Campaign;
use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::same_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::earlier_identities::IDENTITY;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::ledger::history::Glance;
use crate::ledger::history::HistoryEntry;
use crate::ledger::unsettled::mark_unsettled;
use crate::records::FileReading;
use crate::records::Record;
use crate::source::Origin;
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

/// Values of one ledger row that may have been typed there.
pub struct Suspect {
    pub id: String,
    from: Origin,
    /// Field key or title, and what stands there now.
    values: Vec<(String, Option<String>)>,
}

impl Suspect {
    /// Whether what the hazard is known by may have been edited.
    pub fn is_of_identity(&self) -> bool {
        self.values.iter().any(|(key, _)| IDENTITY.iter().any(|field| field.key() == key))
    }
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

    /// Every 编号 that was noted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.hazards.keys().map(AsRef::as_ref)
    }

    /// Whether a hazard of the ledger holds a value that the history does not know.
    pub fn differs_from(&self, hazard: &Hazard) -> bool {
        let extras = hazard.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref()));
        let text = |field: Field| hazard.values.get(field).map_or(BLANK, fingerprint);
        self.hazards.get(hazard.id.as_str()).is_some_and(|remembered| !self.differing(remembered, text, extras).is_empty())
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

/// The rows of the old ledger that hold something else than the history says. Hazards that it does not name were
/// there from the start.
pub fn suspects(base: &FileReading, last: &LastSaid, campaign: &Campaign) -> Vec<Suspect> {
    let Ok(content) = &base.content else { return Vec::new() };
    let mut found = Vec::new();
    for sheet in &content.sheets {
        let looked = |record: &Record| {
            suspect(record, last, campaign, &Origin { file: base.file.clone(), sheet: sheet.sheet.clone(), row: record.row, column: 0 })
        };
        found.extend(sheet.records.par_iter().filter_map(looked).collect::<Vec<Suspect>>());
    }
    // A 编号 that stands in two rows belongs to one of them; which one is for the merge to say.
    let mut rows: HashMap<&str, u32> = HashMap::new();
    for record in content.sheets.iter().flat_map(|sheet| &sheet.records).filter(|_| !found.is_empty()) {
        *rows.entry(record.values.get(Field::Id).unwrap_or_default()).or_default() += 1;
    }
    found.retain(|suspect| rows.get(suspect.id.as_str()) == Some(&1));
    found
}

fn suspect(record: &Record, last: &LastSaid, campaign: &Campaign, from: &Origin) -> Option<Suspect> {
    let id = record.values.get(Field::Id)?;
    let remembered = last.hazards.get(id)?;
    let mut buffer = String::new();
    let extras = record.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref()));
    let text = |field: Field| ledger_text(record, field, &mut buffer).map_or(BLANK, fingerprint);
    let differing = last.differing(remembered, text, extras);
    if differing.is_empty() {
        return None;
    }
    // As the merge takes the row: with the mark behind what is in doubt.
    let marked = mark_unsettled(record.clone(), campaign);
    let mut buffer = String::new();
    let mut text = |key: &str| match Field::from_key(key) {
        Some(field) => ledger_text(&marked, field, &mut buffer).map(str::to_owned),
        None => marked.extras.iter().find(|(title, _)| **title == *key).map(|(_, text)| text.to_string()),
    };
    let values = differing.into_iter().map(|key| (key.clone(), text(&key))).collect();
    Some(Suspect { id: id.to_owned(), from: from.clone(), values })
}

/// The lines to write: what differs not in spelling only, and did not come to nothing in the same merge. `history`
/// holds the lines of the suspects at least.
pub fn hand_edits(suspects: &[Suspect], history: &[HistoryEntry], ledger: &Ledger, seen_on: NaiveDate) -> Vec<HistoryEntry> {
    let mut last: HashMap<(&str, &str), &str> = HashMap::new();
    for line in history {
        last.extend(line.set.iter().map(|(key, _, new)| ((line.id.as_str(), key.as_str()), new.as_str())));
    }
    let wanted: HashMap<&str, &Suspect> = suspects.iter().map(|suspect| (suspect.id.as_str(), suspect)).collect();
    let mut edits = Vec::new();
    for hazard in &ledger.hazards {
        let Some(suspect) = wanted.get(hazard.id.as_str()) else { continue };
        let mut set = Vec::new();
        for (key, text) in &suspect.values {
            let known = last.get(&(hazard.id.as_str(), key.as_str())).copied().filter(|text| !text.is_empty());
            let outcome = match Field::from_key(key) {
                Some(field) => hazard.values.get(field),
                None => hazard.extras.iter().find(|(title, _)| **title == *key).map(|(_, text)| text.as_ref()),
            };
            if !same(text.as_deref(), known) && !same(outcome, known) {
                set.push((key.clone(), known.map(str::to_owned), text.clone().unwrap_or_default()));
            }
        }
        if !set.is_empty() {
            edits.push(HistoryEntry { id: hazard.id.clone(), from: suspect.from.clone(), submitted_on: Some(seen_on), set, event: None });
        }
    }
    edits
}

fn same(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same_text(left, right),
        (left, right) => left.is_none() && right.is_none(),
    }
}
