//! The digest of a ledger's content: the same whatever the order of rows and columns, and whichever program saved it.
//!
//! All columns count, 来源 and 最近报送 too: they move with every merge, so that a value put back by hand does not look like an older copy.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::dates::DateReading;
use crate::digest::Hasher;
use crate::digest::hex;
use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::records::FileReading;
use crate::records::Record;
use crate::vocabulary::Field;

/// Digest of a ledger that is about to be written.
pub fn digest_of_ledger(ledger: &Ledger) -> String {
    written(ledger.hazards.par_iter().map(digest_of_hazard).reduce(|| 0, u128::wrapping_add), ledger.hazards.len())
}

/// Digest of a ledger as it was read.
pub fn digest_of_rows(reading: &FileReading) -> String {
    let sheets = reading.content.as_ref().map_or(&[][..], |content| &content.sheets);
    let digest = |record: &Record| digest_of_record(record);
    let sum = |records: &[Record]| records.par_iter().map(digest).reduce(|| 0, u128::wrapping_add);
    let sums = sheets.iter().map(|sheet| sum(&sheet.records)).fold(0, u128::wrapping_add);
    written(sums, sheets.iter().map(|sheet| sheet.records.len()).sum())
}

fn written(sum: u128, rows: usize) -> String {
    hex(&sum.wrapping_add(rows as u128).to_be_bytes())
}

fn digest_of_hazard(hazard: &Hazard) -> u128 {
    let mut row = RowDigest::default();
    row.take(Field::Id.key(), &hazard.id);
    row.take(Field::Unit.key(), &hazard.unit);
    for field in settled_fields() {
        row.take(field.key(), hazard.values.get(field).unwrap_or_default());
    }
    row.take(Field::Origin.key(), &hazard.origin.to_string());
    row.take(Field::SubmittedOn.key(), &hazard.submitted_on.map_or_else(String::new, |day| day.to_string()));
    row.finish(hazard.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref())))
}

fn digest_of_record(record: &Record) -> u128 {
    let mut row = RowDigest::default();
    let mut buffer = String::new();
    row.take(Field::Id.key(), record.values.get(Field::Id).unwrap_or_default());
    row.take(Field::Unit.key(), record.values.get(Field::Unit).unwrap_or_default());
    for field in settled_fields() {
        row.take(field.key(), ledger_text(record, field, &mut buffer).unwrap_or_default());
    }
    row.take(Field::Origin.key(), record.values.get(Field::Origin).unwrap_or_default());
    let day = if let DateReading::On(day) = record.submitted_on { day.to_string() } else { String::new() };
    row.take(Field::SubmittedOn.key(), &day);
    row.finish(record.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref())))
}

/// The digest of one row: its texts by key, blank ones left out.
#[derive(Default)]
struct RowDigest(Hasher);

impl RowDigest {
    fn take(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            for piece in [key, "\u{1}", text, "\u{2}"] {
                self.0.update(piece.as_bytes());
            }
        }
    }

    fn finish<'a>(mut self, extras: impl Iterator<Item = (&'a str, &'a str)>) -> u128 {
        let mut extras: Vec<(&str, &str)> = extras.collect();
        extras.sort_unstable();
        extras.iter().for_each(|(title, text)| self.take(title, text));
        let hash = self.0.finish();
        hash.first_chunk().map_or(0, |first| u128::from_be_bytes(*first))
    }
}
