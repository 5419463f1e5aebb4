//! What came in, as far as it can fulfil a duty: who, when, and what kind of thing.
//!
//! Every unit that a file speaks for gives one piece of evidence a day and file. What it is worth is for `assess`.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::LoggedSubmission;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::ledger::reject_reason;
use crate::records::FileReading;
use crate::records::Record;
use crate::records::UnitReading;
use crate::records::named_date;
use crate::records::named_unit;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceKind {
    /// Hazards; the print is equal for equal content.
    Ledger {
        print: u64,
    },
    Zero {
        major_only: bool,
    },
    /// The file cannot be read; the unit is known from its name.
    Unreadable,
    /// Every row was returned.
    Rejected,
    /// Neither hazards nor a zero report.
    Empty,
    /// A row of `submissions.csv`, for these obligations.
    Logged {
        obligations: Vec<usize>,
        is_zero: bool,
    },
}

/// One thing that came from one party on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub party: Party,
    /// 填报日期 in the sheet, else the date in the file's name; `None` where neither says one.
    pub on: Option<NaiveDate>,
    pub kind: EvidenceKind,
    pub file: Arc<str>,
}

/// What a unit said in one file under one date.
#[derive(Default)]
struct Said {
    /// Prints of the rows that were taken.
    rows: Vec<u64>,
    rejected: u32,
    /// Whether every zero report spoke of major hazards only; `None` without one.
    zero: Option<bool>,
}

/// The evidence of one file. A ledger that this program wrote is the bureau's own word and no unit's report.
pub fn evidence_of_file(reading: &FileReading, campaign: &Campaign, roster: &Roster) -> Vec<Evidence> {
    // Asked for only where the content does not say whose it is: searching a long roster takes time.
    let named = LazyCell::new(|| named_unit(&reading.file, roster));
    let of_whole = |kind: EvidenceKind, on: Option<NaiveDate>| -> Vec<Evidence> {
        let evidence = |unit| Evidence { party: Party::Unit(unit), on, kind, file: reading.file.clone() };
        named.map(evidence).into_iter().collect()
    };
    let period = (campaign.start, campaign.end);
    let Ok(content) = &reading.content else { return of_whole(EvidenceKind::Unreadable, named_date(&reading.file, period)) };
    if content.sheets.iter().any(|sheet| sheet.is_ledger) {
        return Vec::new();
    }
    let mut said: BTreeMap<(usize, Option<NaiveDate>), Said> = BTreeMap::new();
    let mut filled_on = None;
    for sheet in &content.sheets {
        let on = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date);
        filled_on = filled_on.or(on);
        for zero in &sheet.zero_reports {
            if let UnitReading::Known(unit) = zero.unit {
                let known = &mut said.entry((unit, on)).or_default().zero;
                *known = Some(zero.major_only && known.unwrap_or(true));
            }
        }
        for record in &sheet.records {
            let unit = if let UnitReading::Known(unit) = record.unit { Some(unit) } else { *named };
            let Some(unit) = unit else { continue };
            let said = said.entry((unit, on)).or_default();
            match reject_reason(record, roster) {
                None => said.rows.push(print(record)),
                Some(_) => said.rejected += 1,
            }
        }
    }
    if said.is_empty() {
        return of_whole(EvidenceKind::Empty, filled_on.or(content.name_date));
    }
    let evidence = |((unit, on), said): ((usize, Option<NaiveDate>), Said)| Evidence {
        party: Party::Unit(unit),
        on,
        kind: kind(said),
        file: reading.file.clone(),
    };
    said.into_iter().map(evidence).collect()
}

/// The evidence of the rows of `submissions.csv`.
pub fn evidence_of_log<'a>(file: &Arc<str>, rows: impl IntoIterator<Item = &'a LoggedSubmission>) -> Vec<Evidence> {
    let evidence = |row: &LoggedSubmission| Evidence {
        party: row.party.clone(),
        on: Some(row.on),
        kind: EvidenceKind::Logged { obligations: row.obligations.clone(), is_zero: row.is_zero },
        file: file.clone(),
    };
    rows.into_iter().map(evidence).collect()
}

fn kind(mut said: Said) -> EvidenceKind {
    if !said.rows.is_empty() {
        // The order of the rows says nothing.
        said.rows.sort_unstable();
        return EvidenceKind::Ledger { print: hashed(&said.rows) };
    }
    match said.zero {
        Some(major_only) => EvidenceKind::Zero { major_only },
        None => EvidenceKind::Rejected,
    }
}

/// What a row says, whatever the order of its columns.
fn print(record: &Record) -> u64 {
    let mut texts: Vec<(&str, &str)> = record.values.iter().map(|(field, _, text)| (field.key(), text)).collect();
    texts.extend(record.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref())));
    texts.sort_unstable();
    hashed(&texts)
}

/// Compared within one run and never written anywhere.
fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
