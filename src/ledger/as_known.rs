//! The ledger as it was known on a past day: the newest ledger with everything taken back that came later.
//!
//! A line of the history is known from the date of its submission on (a hand edit: from the day on which a merge first
//! saw it), one without a date always was. What stands further down in the history was written later and is
//! therefore never known earlier than what stands above it for the same field. Knows nothing of disks, and nothing of
//! what the dates *in* the ledger say: a hazard rectified after the day is for `results` to judge.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::diagnostic::file_place;
use crate::ledger::canonical::same_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::ledger::outcome::HistoryEntry;
use crate::ledger::typed::Typed;
use crate::ledger::typed::single_values;
use crate::records::Authority;
use crate::records::ReadingBasis;
use crate::records::reread_rows;
use crate::vocabulary::Field;

/// What turning a ledger back needs to know.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    /// The lines of the ledger's history in their order. Hazards that have no later line may be left out; they
    /// stay as they are.
    pub history: &'a [HistoryEntry],
    /// The ledger's own name: lines from there are edits by hand, not submissions.
    pub ledger_file: &'a str,
    /// The last day of what is known.
    pub day: NaiveDate,
}

/// The ledger of the day, and what was taken back to get there.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub ledger: Ledger,
    /// 编号 of the hazards that were first reported after the day, in ledger order.
    pub later: Vec<String>,
    /// How many values of the other hazards were taken back.
    pub undone: u32,
}

/// The ledger as it was known on the day. Where the history has nothing later, it is the ledger itself.
pub fn as_known(ledger: Ledger, past: &Past<'_>) -> Known {
    if !past.history.iter().any(|line| past.is_later(line)) {
        return Known { ledger, ..Known::default() };
    }
    let mut lines_of: HashMap<&str, Vec<&HistoryEntry>> = HashMap::new();
    for line in past.history {
        lines_of.entry(line.id.as_str()).or_default().push(line);
    }
    let mut known = Known::default();
    let mut changed: Vec<(usize, Vec<(Field, String)>)> = Vec::new();
    for mut hazard in ledger.hazards {
        if let Some(lines) = lines_of.get(hazard.id.as_str()) {
            if lines.first().is_some_and(|first| begins_hazard(first) && past.is_later(first)) {
                known.later.push(hazard.id);
                continue;
            }
            let (values, undone) = values_of_the_day(&hazard, lines, past);
            known.undone += undone + turn_back_extras(&mut hazard, lines, past);
            turn_back_origin(&mut hazard, lines, past);
            if undone > 0 {
                changed.push((known.ledger.hazards.len(), values));
            }
        }
        known.ledger.hazards.push(hazard);
    }
    read_again(&mut known.ledger.hazards, &changed, past);
    known.ledger.extra_columns = ledger.extra_columns;
    let hazards = &known.ledger.hazards;
    known.ledger.extra_columns.retain(|title| hazards.iter().any(|hazard| hazard.extras.iter().any(|(known, _)| known == title)));
    known
}

impl Past<'_> {
    fn is_later(&self, line: &HistoryEntry) -> bool {
        line.submitted_on > Some(self.day)
    }
}

/// Whether a line is the first report of its hazard. A hazard that was in the ledger from the start had a description
/// before any line.
fn begins_hazard(first: &HistoryEntry) -> bool {
    first.set.iter().any(|(key, old, _)| key == Field::Description.key() && old.is_none())
}

/// What a field held on the day.
fn on_the_day<'h>(key: &str, current: Option<&'h str>, lines: &[&'h HistoryEntry], past: &Past<'_>) -> Option<&'h str> {
    let mut said: Option<&str> = None;
    for line in lines {
        let Some((_, old, new)) = line.set.iter().find(|(field, _, _)| field == key) else { continue };
        if past.is_later(line) {
            return said.or(old.as_deref()).filter(|text| !text.is_empty());
        }
        said = Some(new);
    }
    match said {
        Some(said) if current.is_some_and(|current| same_text(current, said)) => current,
        Some(said) => Some(said).filter(|text| !text.is_empty()),
        // Set by hand since the last merge, or there from the start.
        None if lines.first().is_some_and(|first| begins_hazard(first)) => None,
        None => current,
    }
}

/// The texts of the day by field, and how many of them differ from the ledger's.
fn values_of_the_day(hazard: &Hazard, lines: &[&HistoryEntry], past: &Past<'_>) -> (Vec<(Field, String)>, u32) {
    let mut values = Vec::new();
    let mut undone = 0;
    for field in settled_fields() {
        let current = hazard.values.get(field);
        let text = on_the_day(field.key(), current, lines, past);
        undone += u32::from(text != current);
        values.extend(text.map(|text| (field, text.to_owned())));
    }
    (values, undone)
}

/// Takes the unknown columns back; gives how many differ.
fn turn_back_extras(hazard: &mut Hazard, lines: &[&HistoryEntry], past: &Past<'_>) -> u32 {
    let set = lines.iter().flat_map(|line| &line.set).map(|(key, _, _)| key.as_str());
    let mut titles: Vec<Arc<str>> = set.filter(|key| Field::from_key(key).is_none()).map(Arc::from).collect();
    titles.extend(hazard.extras.iter().map(|(title, _)| title.clone()));
    titles.sort();
    titles.dedup();
    let mut undone = 0;
    let mut extras = Vec::new();
    for title in titles {
        let current = hazard.extras.iter().find(|(known, _)| *known == title).map(|(_, text)| text.as_ref());
        let text = on_the_day(&title, current, lines, past);
        undone += u32::from(text != current);
        extras.extend(text.map(|text| (title.clone(), text.into())));
    }
    hazard.extras = extras;
    undone
}

/// Which submission spoke last by the day. The history has no line for a submission that changed nothing, so that a
/// hazard that was named again since stands under the last one that said something.
fn turn_back_origin(hazard: &mut Hazard, lines: &[&HistoryEntry], past: &Past<'_>) {
    if hazard.submitted_on <= Some(past.day) {
        return;
    }
    let reports = || lines.iter().filter(|line| !past.is_later(line) && *line.from.file != *past.ledger_file);
    let submitted_on = reports().filter_map(|line| line.submitted_on).max();
    let newest = reports().filter(|line| line.submitted_on == submitted_on).map(|line| &line.from).min();
    hazard.origin = newest.cloned().unwrap_or_else(|| file_place(&Arc::from(past.ledger_file)));
    hazard.submitted_on = submitted_on;
    let noted = std::mem::take(&mut hazard.older_fields);
    for field in settled_fields() {
        let set = |line: &&&HistoryEntry| line.set.iter().any(|(key, _, _)| key == field.key());
        let reported = reports().filter(set).filter_map(|line| line.submitted_on).max();
        let said_again = noted.iter().find(|(known, date)| *known == field && *date <= past.day).map(|(_, date)| *date);
        if let Some(date) = reported.max(said_again)
            && Some(date) < submitted_on
        {
            hazard.older_fields.push((field, date));
        }
    }
}

/// Gives the changed hazards their texts of the day, and the readings of these.
fn read_again(hazards: &mut [Hazard], changed: &[(usize, Vec<(Field, String)>)], past: &Past<'_>) {
    let basis = ReadingBasis { campaign: past.campaign, roster: past.roster, authority: Authority::Bureau };
    let rows: Vec<Vec<(Field, &str)>> =
        changed.iter().map(|(_, values)| values.iter().map(|(field, text)| (*field, text.as_str())).collect()).collect();
    let mut positions = changed.iter().map(|(position, _)| *position);
    reread_rows(rows, &basis, |record| {
        let Some(hazard) = positions.next().and_then(|position| hazards.get_mut(position)) else { return };
        hazard.values = single_values(&record);
        Typed::of(&record).put_into(hazard);
        hazard.older_fields.retain(|(field, _)| hazard.values.get(*field).is_some());
    });
}
