//! The cases of a merge laid beside those that are known: what was judged is not listed again, what is open stays listed, and what
//! is new is opened with a line of the history.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ledger::canonical::same_text;
use crate::ledger::case::Case;
use crate::ledger::cases::Cases;
use crate::ledger::cases::pair;
use crate::ledger::hazard::Hazard;
use crate::ledger::history::HistoryEntry;
use crate::ledger::near;
use crate::ledger::outcome::Conflict;
use crate::ledger::outcome::MergeOutcome;
use crate::source::Origin;
use crate::vocabulary::Field;

/// Brings the cases of an outcome in line with what is known of them. The edits by hand of this round must be in the outcome.
pub fn close_cases(outcome: &mut MergeOutcome, cases: &Cases) {
    let hazards: BTreeMap<String, usize> =
        outcome.ledger.hazards.iter().enumerate().map(|(index, hazard)| (hazard.id.clone(), index)).collect();
    conflicts(outcome, cases, &hazards);
    unheard(outcome, cases);
    pairs(outcome, cases, &hazards);
    for (id, word) in &cases.waiting.joins {
        if let Some(hazard) = hazards.get(id).and_then(|index| outcome.ledger.hazards.get_mut(*index)) {
            let values = crate::records::Values::pack(hazard.values.iter().chain([(Field::MergedInto, 0, word.as_str())]));
            hazard.values = values;
        }
    }
    outcome.joined = cases.joined();
}

fn conflicts(outcome: &mut MergeOutcome, cases: &Cases, hazards: &BTreeMap<String, usize>) {
    let mut listed: Vec<Conflict> = std::mem::take(&mut outcome.conflicts);
    // What the clerk has typed over since the last merge is answered.
    let mut overridden: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for edit in &outcome.edits {
        let old = edit.set.iter().filter_map(|(key, old, _)| Some((key.as_str(), old.as_deref()?)));
        overridden.extend(old.map(|(key, old)| ((edit.id.as_str(), key), old)));
    }
    listed.retain(|conflict| {
        let typed_over = overridden.get(&(conflict.id.as_str(), conflict.field.key()));
        !cases.is_judged(conflict) && typed_over.is_none_or(|old| !same_text(old, &conflict.other))
    });
    for conflict in listed.iter().filter(|conflict| !cases.is_open(conflict)) {
        let (field, kept, other) = (conflict.field, conflict.kept.clone(), conflict.other.clone());
        let case = Case::Conflict { field, kept, other, kept_from: conflict.kept_from.clone() };
        outcome.opened.push(HistoryEntry { submitted_on: conflict.other_on, ..opened(&conflict.id, &conflict.other_from, case) });
    }
    let merged: BTreeSet<&Arc<str>> = outcome.tallies.iter().map(|tally| &tally.file).collect();
    let kept_open = cases.all_open().filter(|open| !merged.contains(&open.other_from.file) && !overridden_by(open, &overridden));
    for open in kept_open {
        let Some(hazard) = hazards.get(&open.id).and_then(|index| outcome.ledger.hazards.get(*index)) else { continue };
        let is_listed = |conflict: &Conflict| {
            (&conflict.id, conflict.field) == (&open.id, open.field)
                && same_text(&conflict.other, &open.other)
                && conflict.other_from.file == open.other_from.file
        };
        if is_unanswered(open, hazard) && !listed.iter().any(is_listed) {
            listed.push(open.clone());
        }
    }
    listed.sort_by(|left, right| {
        let key = |conflict: &Conflict| (hazards.get(&conflict.id).copied(), conflict.field);
        key(left).cmp(&key(right)).then_with(|| left.other_from.cmp(&right.other_from)).then_with(|| left.other.cmp(&right.other))
    });
    for conflict in &mut listed {
        let key = (conflict.id.clone(), conflict.field, conflict.other.clone());
        conflict.word = cases.waiting.conflicts.get(&key).cloned().unwrap_or_default();
    }
    let unsettled: BTreeSet<&str> =
        listed.iter().filter(|conflict| conflict.field == Field::Status).map(|conflict| conflict.id.as_str()).collect();
    outcome.reopened.retain(|id| unsettled.contains(id.as_str()));
    outcome.conflicts = listed;
}

fn overridden_by(open: &Conflict, overridden: &BTreeMap<(&str, &str), &str>) -> bool {
    overridden.contains_key(&(open.id.as_str(), open.field.key()))
}

/// Whether the ledger still says what it said when the case was opened, and no newer submission has spoken since.
fn is_unanswered(open: &Conflict, hazard: &Hazard) -> bool {
    let now = hazard.text(open.field).unwrap_or_default();
    let of_field = hazard.older_fields.iter().find(|(field, _)| *field == open.field).map(|(_, date)| *date).or(hazard.submitted_on);
    let newest_stands = !(open.field == Field::Level || open.field == Field::Status || open.field.is_bureau_owned());
    same_text(now, &open.kept) && !(newest_stands && of_field > open.other_on)
}

/// What units wrote into fields of the bureau is remembered, so that it is no news once the bureau has filled them.
fn unheard(outcome: &mut MergeOutcome, cases: &Cases) {
    let mut seen = BTreeSet::new();
    for unheard in &outcome.unheard {
        if !cases.was_seen(&unheard.id, unheard.field, &unheard.text) && seen.insert((&unheard.id, unheard.field, &unheard.text)) {
            let case = Case::Unheard { field: unheard.field, other: unheard.text.clone() };
            outcome.opened.push(HistoryEntry { submitted_on: unheard.on, ..opened(&unheard.id, &unheard.place, case) });
        }
    }
}

fn pairs(outcome: &mut MergeOutcome, cases: &Cases, hazards: &BTreeMap<String, usize>) {
    outcome.near_matches.retain(|near| cases.are_two(&near.id, &near.other) != Some(true));
    for near in outcome.near_matches.iter().filter(|near| cases.are_two(&near.id, &near.other).is_none()) {
        let Some(hazard) = hazards.get(&near.other).and_then(|index| outcome.ledger.hazards.get(*index)) else { continue };
        let line = opened(&near.id, &hazard.origin, Case::Alike { other: near.other.clone() });
        outcome.opened.push(HistoryEntry { submitted_on: hazard.submitted_on, ..line });
    }
    let listed: BTreeSet<(String, String)> = outcome.near_matches.iter().map(|near| pair(&near.id, &near.other)).collect();
    for (id, other) in cases.open_pairs().filter(|(id, other)| !listed.contains(&pair(id, other))) {
        let hazard = |id: &str| hazards.get(id).and_then(|index| outcome.ledger.hazards.get(*index));
        if let (Some(one), Some(two)) = (hazard(id), hazard(other))
            && let Some(near) = near::compare(one, two)
        {
            outcome.near_matches.push(near);
        }
    }
    for near in &mut outcome.near_matches {
        near.word = cases.waiting.pairs.get(&pair(&near.id, &near.other)).cloned().unwrap_or_default();
    }
    outcome.near_matches.sort_by_key(|near| (hazards.get(&near.id).copied(), hazards.get(&near.other).copied()));
}

fn opened(id: &str, from: &Origin, case: Case) -> HistoryEntry {
    HistoryEntry { id: id.to_owned(), from: from.clone(), submitted_on: None, set: Vec::new(), event: None, case: Some(case) }
}
