//! Whose row it is: which 编号 every row of the ledger has, whatever became of its number, its unit or its words.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

use crate::campaign::Ground;
use crate::ledger::earlier_identities::IDENTITY;
use crate::ledger::identity::content_key;
use crate::ledger::identity::earlier_key;
use crate::ledger::identity::split_id;
use crate::ledger::register::edits::same;
use crate::ledger::register::replay::Replayed;
use crate::records::Record;
use crate::records::UnitReading;
use crate::vocabulary::Field;

/// A hazard of the history, as far as rows are compared with it.
pub struct Candidate {
    pub now: Replayed,
    /// Everything that it was known by, its present words among them.
    pub names: Vec<[String; 3]>,
}

/// What the numbers of rows are settled by.
pub struct Numbers<'a> {
    pub ground: Ground<'a>,
    /// Every 编号 that was ever given.
    pub assigned: &'a BTreeSet<String>,
    /// Whether a 编号 that is not among them was given by nobody.
    pub is_complete: bool,
    /// The hazards that are asked for: those that no row holds, and those whose row may not be theirs.
    pub candidates: &'a BTreeMap<&'a str, Candidate>,
}

/// Which 编号 the rows have, in their order, and what nobody holds.
pub struct Settled {
    pub ids: Vec<Option<String>>,
    pub missing: BTreeSet<String>,
    /// Rows that carried the 编号 of another row.
    pub copies: BTreeSet<usize>,
}

/// The unit-free key of words: units are compared apart, because the unit column may be what is wrong.
fn key(record: &Record) -> u128 {
    content_key(0, &record.found_on, &record.values)
}

/// Settles the number of every row.
pub fn settle_numbers(rows: &[&Record], missing: BTreeSet<String>, numbers: &Numbers<'_>) -> Settled {
    let written = |record: &&Record| record.values.get(Field::Id).map(str::to_owned);
    let mut settled = Settled { ids: rows.iter().map(written).collect(), missing, copies: BTreeSet::new() };
    let names: HashMap<u128, Vec<&str>> = settled_names(numbers);
    let is_named = |row: usize, id: &str| names.get(&key(rows[row])).is_some_and(|ids| ids.contains(&id));
    // In the order of the numbers: which row gets a missing number back depends on who asks first.
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut homeless: Vec<usize> = Vec::new();
    for (row, record) in rows.iter().enumerate() {
        match record.values.get(Field::Id) {
            Some(id) if numbers.assigned.contains(id) => holders.entry(id).or_default().push(row),
            Some(id) if !numbers.is_complete || numbers.could_be_given(id, record) => {
                // A number that the history does not know is no other row's; unless the words are those of a hazard that is missing.
                if numbers.is_complete {
                    homeless.push(row);
                }
            }
            _ => homeless.push(row),
        }
    }
    for (id, rows_of_id) in holders {
        let [only] = rows_of_id.as_slice() else {
            let holder = holder(&rows_of_id, id, rows, numbers, &is_named);
            for row in rows_of_id {
                // The same words twice are one hazard in two rows.
                if row != holder && key(rows[row]) != key(rows[holder]) {
                    settled.copies.insert(row);
                    homeless.push(row);
                }
            }
            continue;
        };
        if settled.missing.is_empty() || !numbers.candidates.contains_key(id) || is_named(*only, id) {
            continue;
        }
        // Words that are exactly another's, whose row is gone: the number was mistyped.
        if let Some(other) = exact(rows[*only], &names, &settled.missing, numbers) {
            settled.missing.remove(&other);
            settled.missing.insert(id.to_owned());
            settled.ids[*only] = Some(other);
        }
    }
    homeless.sort_unstable();
    let mut unsure = Vec::new();
    for row in homeless {
        match exact(rows[row], &names, &settled.missing, numbers) {
            Some(id) => settled.give(row, id),
            None => unsure.push(row),
        }
    }
    for row in unsure {
        let by_likeness = if settled.copies.contains(&row) { None } else { alike(rows[row], &settled.missing, numbers) };
        match by_likeness {
            Some(id) => settled.give(row, id),
            None if settled.copies.contains(&row) => settled.ids[row] = None,
            None => {
                let stays = |id: &String| !numbers.is_complete || numbers.could_be_given(id, rows[row]);
                settled.ids[row] = settled.ids[row].take().filter(stays);
            }
        }
    }
    settled
}

impl Settled {
    fn give(&mut self, row: usize, id: String) {
        self.missing.remove(&id);
        self.copies.remove(&row);
        self.ids[row] = Some(id);
    }
}

impl Numbers<'_> {
    /// True for a number in the campaign's form that the row's unit may have: the bureau may number a row itself.
    fn could_be_given(&self, id: &str, record: &Record) -> bool {
        let Some((code, _)) = split_id(self.ground.campaign, id) else { return false };
        match (self.ground.roster.by_code(code), &record.unit) {
            (Some(unit), UnitReading::Known(written)) => unit == *written,
            _ => true,
        }
    }

    /// True unless row and number name two units of the roster.
    fn may_be_of(&self, id: &str, record: &Record) -> bool {
        let unit = split_id(self.ground.campaign, id).and_then(|(code, _)| self.ground.roster.by_code(code));
        match (unit, &record.unit) {
            (Some(unit), UnitReading::Known(written)) => unit == *written,
            _ => true,
        }
    }
}

fn settled_names<'a>(numbers: &Numbers<'a>) -> HashMap<u128, Vec<&'a str>> {
    let mut names: HashMap<u128, Vec<&str>> = HashMap::new();
    for (id, candidate) in numbers.candidates {
        for texts in &candidate.names {
            let known = names.entry(earlier_key(0, texts)).or_default();
            if !known.contains(id) {
                known.push(id);
            }
        }
    }
    names
}

/// The row that keeps a 编号 that several carry: one whose words the history knows, else the one that is most alike, else the first.
fn holder(rows_of_id: &[usize], id: &str, rows: &[&Record], numbers: &Numbers<'_>, is_named: &impl Fn(usize, &str) -> bool) -> usize {
    let likeness = |row: usize| numbers.candidates.get(id).map_or(0, |candidate| agreeing(rows[row], &candidate.now).1);
    let rank = |row: &usize| (is_named(*row, id) && numbers.may_be_of(id, rows[*row]), likeness(*row), std::cmp::Reverse(*row));
    rows_of_id.iter().copied().max_by_key(rank).unwrap_or_default()
}

/// The one missing 编号 that was known by exactly these words.
fn exact(record: &Record, names: &HashMap<u128, Vec<&str>>, missing: &BTreeSet<String>, numbers: &Numbers<'_>) -> Option<String> {
    record.values.get(Field::Description)?;
    let known = names.get(&key(record))?;
    let mut fitting = known.iter().filter(|id| missing.contains(**id) && numbers.may_be_of(id, record));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some((*only).to_owned()),
        // Several hazards were known by these words: its source decides, if anything does.
        (Some(_), Some(_)) => alike(record, missing, numbers),
        _ => None,
    }
}

/// The missing 编号 that agrees with a row in most things, and in enough.
fn alike(record: &Record, missing: &BTreeSet<String>, numbers: &Numbers<'_>) -> Option<String> {
    let fitting = |id: &&String| numbers.may_be_of(id, record);
    let of_unit = match &record.unit {
        UnitReading::Known(unit) => {
            numbers.ground.roster.units.get(*unit).map(|unit| format!("{}-{}-", numbers.ground.campaign.code, unit.code))
        }
        _ => None,
    };
    let range =
        missing.range(of_unit.clone().unwrap_or_default()..).take_while(|id| of_unit.as_ref().is_none_or(|start| id.starts_with(start)));
    let mut best: Option<(u32, &String)> = None;
    let mut is_tied = false;
    for id in range.filter(fitting) {
        let Some(candidate) = numbers.candidates.get(id.as_str()) else { continue };
        let (is_enough, score) = agreeing(record, &candidate.now);
        if !is_enough {
            continue;
        }
        match best {
            Some((most, _)) if score < most => {}
            Some((most, _)) if score == most => is_tied = true,
            _ => (best, is_tied) = (Some((score, id)), false),
        }
    }
    best.filter(|_| !is_tied).map(|(_, id)| id.clone())
}

/// How much a row agrees with a hazard, and whether that is enough to call it the same.
fn agreeing(record: &Record, known: &Replayed) -> (bool, u32) {
    let agrees = |field: Field| {
        let text = record.values.get(field);
        text.is_some() && same(text, known.text(field.key()))
    };
    let identity = IDENTITY.into_iter().filter(|field| agrees(*field)).count() as u32;
    let others = [Field::Deadline, Field::Responsible, Field::Measure, Field::Category, Field::FoundBy, Field::Phone, Field::Leader];
    let others = others.into_iter().filter(|field| agrees(*field)).count() as u32;
    let place = known.origin.as_ref().map(ToString::to_string);
    let from_there = place.is_some() && place.as_deref() == record.values.get(Field::Origin);
    let texts = (record.values.get(Field::Description), known.text(Field::Description.key()));
    let reworded = matches!(texts, (Some(mine), Some(theirs)) if strsim::normalized_levenshtein(mine, theirs) >= 0.34);
    let is_enough = from_there && identity >= 1 || identity >= 2 && reworded;
    (is_enough, 4 * u32::from(from_there) + 2 * identity + others)
}
