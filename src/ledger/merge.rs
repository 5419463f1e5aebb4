//! The merge: entries grouped into hazards, every field settled, every record given its one disposition.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::SubmissionMode;
use crate::dates::DateReading;
use crate::ledger::canonical::settled_fields;
use crate::ledger::cases::Joined;
use crate::ledger::claims::find_contradicted;
use crate::ledger::claims::settle_field;
use crate::ledger::gather::Entry;
use crate::ledger::gather::Gathered;
use crate::ledger::gather::MergeInputs;
use crate::ledger::gather::gather;
use crate::ledger::hazard::Hazard;
use crate::ledger::history::HistoryEntry;
use crate::ledger::identity::Draft;
use crate::ledger::identity::Names;
use crate::ledger::identity::identify;
use crate::ledger::identity::split_id;
use crate::ledger::near::near_matches;
use crate::ledger::number::Numbering;
use crate::ledger::outcome::CarriedOver;
use crate::ledger::outcome::Conflict;
use crate::ledger::outcome::MergeOutcome;
use crate::ledger::outcome::NumberNote;
use crate::ledger::outcome::SheetTally;
use crate::ledger::outcome::Unheard;
use crate::ledger::readings::Readings;
use crate::ledger::readings::single_values;
use crate::records::Reading;
use crate::records::Record;
use crate::records::Values;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// What one hazard's settling produced besides the hazard.
#[derive(Default)]
struct Traces {
    conflicts: Vec<(Field, String, Origin, String, usize)>,
    /// Entry index → what it set.
    changes: BTreeMap<usize, Vec<(String, Option<String>, String)>>,
    /// Entry index → what it only wrote in another spelling: told by the history, no update.
    respelled: BTreeMap<usize, Vec<(String, Option<String>, String)>>,
    /// What units wrote into blank fields of the bureau.
    unheard: Vec<(Field, String, usize)>,
    reopened: bool,
}

/// Merges submissions into the ledger. Pure; the same inputs give the same outcome, in whatever order they come.
pub fn merge(mut inputs: MergeInputs<'_>) -> MergeOutcome {
    let carried_over = inputs.carried.as_ref().map(|file| (file.file.clone(), file.content.is_ok()));
    let mut gathered = gather(&mut inputs);
    inputs.assigned.extend(inputs.joined.keys().cloned());
    follow_joined(&mut gathered, &inputs.joined);
    let identified = identify(&gathered.entries, inputs.ground, &Names { earlier: &inputs.earlier_identities, joined: &inputs.joined });
    for index in &identified.joined {
        gathered.entries[*index].joined = true;
    }
    let mut drafts = identified.drafts;
    revive(&mut drafts, &gathered.entries, &inputs.vacant);
    let unnumbered = number(&mut drafts, &gathered.entries, &inputs);
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_cached_key(|index| {
        let id = drafts[*index].id.clone().unwrap_or_default();
        (drafts[*index].unit, split_id(inputs.ground.campaign, &id).map(|(_, number)| number), id)
    });

    let mut outcome = MergeOutcome {
        rejected: std::mem::take(&mut gathered.rejected),
        zero_reports: std::mem::take(&mut gathered.zero_reports),
        reported: gathered.submissions.iter().map(|(unit, _)| *unit).collect(),
        carried_over: carried_over.map(|file| counted(file, &gathered.tallies, &gathered.entries, &drafts)),
        ..MergeOutcome::default()
    };
    outcome.tallies = std::mem::take(&mut gathered.tallies);
    let note = |index: usize, other: String| NumberNote {
        place: gathered.entries[index].cell(Field::Id),
        id: gathered.entries[index].record.values.get(Field::Id).unwrap_or_default().to_owned(),
        other,
    };
    let unknown = identified.unknown_ids.iter().map(|index| note(*index, String::new()));
    outcome.unknown_ids = unknown.map(|note| (note.place, note.id)).collect();
    outcome.reworded =
        identified.reworded.iter().map(|(index, draft)| note(*index, words_in_ledger(&drafts[*draft], &gathered.entries))).collect();
    let mut moved = [&identified.displaced, &identified.outweighed]
        .map(|indexes| indexes.iter().map(|index| (*index, note(*index, String::new()))).collect::<Vec<_>>());

    let mut extra_titles: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut newly_numbered: BTreeSet<usize> = BTreeSet::new();
    let mut hazard_of_entry: Vec<usize> = vec![0; gathered.entries.len()];
    outcome.ledger.hazards.reserve_exact(order.len());
    for part in order.chunks(BUILT_AT_ONCE) {
        let built: Vec<(Hazard, Traces)> = part.par_iter().map(|index| build(&gathered, &drafts[*index], inputs.ground.roster)).collect();
        for (index, (hazard, traces)) in part.iter().zip(built) {
            let draft = &drafts[*index];
            let position = outcome.ledger.hazards.len();
            for entry in &draft.entries {
                hazard_of_entry[*entry] = position;
            }
            if unnumbered.contains(index) {
                newly_numbered.insert(position);
            }
            count(&gathered, draft, &traces, &mut outcome);
            record_traces(&gathered.entries, draft, &hazard, traces, position, &inputs, &mut outcome);
            extra_titles.extend(hazard.extras.iter().map(|(title, _)| title.clone()));
            outcome.ledger.hazards.push(hazard);
            // What the records said is in the hazard now; a large ledger is not held twice.
            for entry in &draft.entries {
                gathered.entries[*entry].record.values = Values::default();
                gathered.entries[*entry].record.extras = Box::default();
            }
        }
    }
    outcome.ledger.extra_columns = extra_titles.into_iter().collect();
    for (index, note) in moved.iter_mut().flatten() {
        note.other = outcome.ledger.hazards[hazard_of_entry[*index]].id.clone();
    }
    let [displaced, outweighed] = moved.map(|notes| notes.into_iter());
    // One that was displaced in an earlier round stands in the ledger under its own number by now, and is told no more.
    let is_new = |index: usize| newly_numbered.contains(&hazard_of_entry[index]);
    outcome.renumbered = displaced.filter(|(index, _)| is_new(*index)).map(|(_, note)| note).collect();
    outcome.outweighed = outweighed.map(|(_, note)| note).collect();
    if inputs.ground.campaign.submissions == SubmissionMode::Full {
        outcome.missing = missing(&gathered, &drafts, &order, &outcome);
    }
    outcome.near_matches = near_matches(&gathered.entries, &drafts, &order, &outcome.ledger);
    outcome
}

/// Gives rows under the number of a joined hazard the number that it stands for.
fn follow_joined(gathered: &mut Gathered, joined: &BTreeMap<String, Joined>) {
    if joined.is_empty() {
        return;
    }
    for entry in &mut gathered.entries {
        let Some((id, target)) = entry.record.values.get(Field::Id).and_then(|id| joined.get_key_value(id)) else { continue };
        let values = entry.record.values.with(Field::Id, &target.into);
        if let Some(older) = gathered.older_fields.get(id.as_str()).filter(|_| entry.base) {
            entry.older_fields = older.iter().map(|(field, date)| (*field, *date)).collect();
        }
        entry.record.values = values;
        entry.joined = true;
    }
}

/// Hazards that are put together before their records are let go.
const BUILT_AT_ONCE: usize = 8_192;

/// What an earlier drive's ledger came to.
fn counted((file, is_readable): (Arc<str>, bool), tallies: &[SheetTally], entries: &[Entry], drafts: &[Draft]) -> CarriedOver {
    let own = || tallies.iter().filter(|tally| tally.file == file);
    let hazards = drafts.iter().filter(|draft| draft.entries.iter().any(|entry| entries[*entry].carried)).count();
    CarriedOver {
        is_readable,
        records: own().map(|tally| tally.records).sum(),
        rejected: own().map(|tally| tally.rejected).sum(),
        hazards: hazards as u32,
        file,
    }
}

/// A hazard that only withdrawn files had named is new again where another file names it, under the number that it has.
fn revive(drafts: &mut [Draft], entries: &[Entry], vacant: &BTreeSet<String>) {
    let is_vacant = |draft: &Draft| !vacant.is_empty() && draft.id.as_ref().is_some_and(|id| vacant.contains(id));
    for draft in drafts.iter_mut().filter(|draft| is_vacant(draft)) {
        if draft.entries.iter().any(|entry| !entries[*entry].base) {
            draft.entries.retain(|entry| !entries[*entry].base);
        }
    }
}

/// Gives every new hazard its 编号: numbered as they were reported, by date, then in the order of files and rows.
/// Gives back which drafts these are.
fn number(drafts: &mut [Draft], entries: &[Entry], inputs: &MergeInputs<'_>) -> BTreeSet<usize> {
    // A row whose unit nobody knows waits for its number until somebody says which unit it is.
    let is_on_roster = |unit: usize| unit < inputs.ground.roster.units.len();
    let held: Vec<String> = drafts.iter().filter_map(|draft| draft.id.clone()).collect();
    let mut numbering = Numbering::new(inputs.ground, &inputs.assigned, held.iter().map(String::as_str));
    let mut unnumbered: Vec<usize> =
        (0..drafts.len()).filter(|index| drafts[*index].id.is_none() && is_on_roster(drafts[*index].unit)).collect();
    unnumbered.sort_by_cached_key(|index| drafts[*index].entries.iter().map(|entry| (entries[*entry].date, *entry)).min());
    for index in &unnumbered {
        drafts[*index].id = Some(numbering.next(drafts[*index].unit));
    }
    unnumbered.into_iter().collect()
}

/// The description of a hazard as the ledger had it.
fn words_in_ledger(draft: &Draft, entries: &[Entry]) -> String {
    let bureau = draft.entries.iter().map(|entry| &entries[*entry]).find(|entry| entry.bureau);
    bureau.and_then(|entry| entry.record.values.get(Field::Description)).unwrap_or_default().to_owned()
}

/// Puts one hazard together from the entries that speak of it.
fn build(gathered: &Gathered, draft: &Draft, roster: &crate::campaign::Roster) -> (Hazard, Traces) {
    let entries = &gathered.entries;
    let id = draft.id.clone().unwrap_or_default();
    let unit = gathered.unit_name(draft.unit, roster);
    let submitted_on = draft.entries.iter().filter_map(|index| entries[*index].date).max();
    // The newest word, and of several of that date the first place, is where the hazard "comes from".
    let origin = draft.entries.iter().filter(|index| entries[**index].date == submitted_on).map(|index| entries[*index].origin()).min();
    let origin = origin.unwrap_or_else(|| crate::diagnostic::file_place(&Arc::from("")));
    let mut traces = Traces::default();
    let mut older_fields = Vec::new();
    let (values, readings) = match draft.entries.as_slice() {
        // One voice, and one that may say what it says: there is nothing to settle.
        [only] if entries[*only].bureau || !claims_bureau_fields(&entries[*only].record) => {
            let values = single_values(&entries[*only].record);
            let older = gathered.older_fields.get(&id).filter(|_| entries[*only].bureau);
            let standing = older.into_iter().flatten().filter(|(field, date)| Some(**date) < submitted_on && values.get(**field).is_some());
            older_fields.extend(standing.map(|(field, date)| (*field, *date)));
            (values, Readings::of(&entries[*only].record))
        }
        _ => settle_all(gathered, draft, &id, submitted_on, &mut traces, &mut older_fields),
    };
    let extras = settle_extras(entries, draft, &mut traces);
    let hazard = Hazard {
        id,
        unit,
        unit_index: Some(draft.unit).filter(|unit| *unit < roster.units.len()),
        values,
        extras,
        level: readings.level,
        status: readings.status,
        found_on: readings.found_on,
        first_reported: None,
        deadline: readings.deadline,
        extended_to: readings.extended_to,
        rectified_on: readings.rectified_on,
        verified_on: readings.verified_on,
        closed_out_on: readings.closed_out_on,
        origin,
        submitted_on,
        older_fields,
    };
    (hazard, traces)
}

/// Whether a unit's record says something that only the bureau may say.
fn claims_bureau_fields(record: &Record) -> bool {
    record.status == Reading::Value(Status::Withdrawn)
        || record.extended_to != DateReading::Blank
        || record.verified_on != DateReading::Blank
        || record.closed_out_on != DateReading::Blank
        || [Field::Supervision, Field::VerifiedBy].iter().any(|field| record.values.get(*field).is_some())
}

/// Settles every field among several records.
fn settle_all(
    gathered: &Gathered,
    draft: &Draft,
    id: &str,
    submitted_on: Option<NaiveDate>,
    traces: &mut Traces,
    older_fields: &mut Vec<(Field, NaiveDate)>,
) -> (Values, Readings) {
    let entries = &gathered.entries;
    let older = gathered.older_fields.get(id);
    let contradicted = find_contradicted(entries, &draft.entries, older);
    let mut packer = Values::packer(draft.entries.first().map_or(&Values::default(), |entry| &entries[*entry].record.values));
    let mut readings = Readings::default();
    for field in settled_fields() {
        let settled = settle_field(entries, &draft.entries, field, older, &contradicted);
        traces.reopened |= settled.reopened;
        traces.unheard.extend(settled.unheard.into_iter().map(|(text, entry)| (field, text, entry)));
        for change in settled.changes {
            let set = if change.respells { &mut traces.respelled } else { &mut traces.changes };
            set.entry(change.entry).or_default().push((field.key().to_owned(), change.old, change.new));
        }
        let (kept, kept_from) = match &settled.value {
            Some((text, entry)) => {
                packer.push(field, text);
                readings.take(field, &entries[*entry].record);
                if let Some(date) = settled.date
                    && Some(date) < submitted_on
                {
                    older_fields.push((field, date));
                }
                // No submission says it (again): then it is the ledger's own.
                let from = if entries[*entry].is_standing() { entries[*entry].cell(field) } else { entries[*entry].origin() };
                (text.clone(), from)
            }
            None => (String::new(), Origin { file: Arc::from("台账"), sheet: Arc::from(""), row: 0, column: 0 }),
        };
        for (other, entry) in settled.conflicts {
            traces.conflicts.push((field, kept.clone(), kept_from.clone(), other, entry));
        }
    }
    (packer.finish(), readings)
}

/// The columns nobody knows: the newest non-blank text of each.
fn settle_extras(entries: &[Entry], draft: &Draft, traces: &mut Traces) -> Vec<(Arc<str>, Box<str>)> {
    if let [only] = draft.entries.as_slice() {
        let mut extras: Vec<(Arc<str>, Box<str>)> = Vec::new();
        for (title, text) in &entries[*only].record.extras {
            // Two columns of one title: the texts stand side by side.
            match extras.iter_mut().find(|(known, _)| known == title) {
                Some((_, known)) if known != text => *known = format!("{known}；{text}").into(),
                Some(_) => {}
                None => extras.push((title.clone(), text.clone())),
            }
        }
        extras.sort();
        return extras;
    }
    // The ledger's texts first, then what submissions of a later date say.
    let mut by_date: Vec<usize> = draft.entries.clone();
    by_date.sort_by_key(|index| (!entries[*index].is_standing(), entries[*index].date, *index));
    let mut settled: BTreeMap<Arc<str>, (Option<NaiveDate>, Box<str>)> = BTreeMap::new();
    for index in by_date {
        let entry = &entries[index];
        for (title, text) in &entry.record.extras {
            match settled.get(title) {
                Some((date, known)) if *date >= entry.date || known == text => {}
                known => {
                    if !entry.is_standing() {
                        let old = known.map(|(_, text)| text.to_string());
                        traces.changes.entry(index).or_default().push((title.to_string(), old, text.to_string()));
                    }
                    settled.insert(title.clone(), (entry.date, text.clone()));
                }
            }
        }
    }
    settled.into_iter().map(|(title, (_, text))| (title, text)).collect()
}

/// Gives every record of this round its disposition.
fn count(gathered: &Gathered, draft: &Draft, traces: &Traces, outcome: &mut MergeOutcome) {
    let entries = &gathered.entries;
    let mut known = draft.entries.iter().any(|index| entries[*index].base);
    let mut round: Vec<usize> = draft.entries.iter().copied().filter(|index| !entries[*index].base).collect();
    round.sort_by_key(|index| (entries[*index].date, *index));
    let mut seen: BTreeSet<Option<NaiveDate>> = BTreeSet::new();
    for index in round {
        let tally = &mut outcome.tallies[entries[index].tally];
        if !seen.insert(entries[index].date) {
            tally.duplicate += 1;
        } else if !known {
            tally.new += 1;
            known = true;
        } else if traces.changes.contains_key(&index) {
            tally.updated += 1;
        } else {
            tally.unchanged += 1;
        }
    }
}

fn record_traces(
    entries: &[Entry],
    draft: &Draft,
    hazard: &Hazard,
    traces: Traces,
    position: usize,
    inputs: &MergeInputs<'_>,
    outcome: &mut MergeOutcome,
) {
    let base = draft.entries.iter().map(|index| &entries[*index]).find(|entry| entry.base);
    let taken_over = |entry: &Entry| inputs.take_over.as_ref()?.line(&hazard.id, &hazard.unit, entry, &inputs.assigned);
    outcome.taken_over.extend(base.and_then(taken_over));
    if let [only] = draft.entries.as_slice()
        && !entries[*only].base
    {
        outcome.first_reports.push(position);
    } else {
        let mut all = traces.changes;
        for (index, set) in traces.respelled {
            all.entry(index).or_default().extend(set);
        }
        let mut changes: Vec<_> = all.into_iter().collect();
        changes.sort_by_key(|(index, _)| (entries[*index].date, *index));
        if let Some((_, set)) = changes.first_mut().filter(|_| base.is_none()) {
            set.insert(0, (Field::Unit.key().to_owned(), None, hazard.unit.to_string()));
        }
        for (index, set) in changes {
            outcome.changes.push(HistoryEntry {
                id: hazard.id.clone(),
                from: entries[index].origin(),
                submitted_on: entries[index].date,
                set,
                event: None,
                case: None,
            });
        }
    }
    outcome.unheard.extend(traces.unheard.into_iter().map(|(field, text, entry)| {
        let (place, on) = (entries[entry].cell(field), entries[entry].date);
        Unheard { id: hazard.id.clone(), field, text, place, on }
    }));
    let mut seen = BTreeSet::new();
    for (field, kept, kept_from, other, entry) in traces.conflicts {
        let (other_from, other_on) = (entries[entry].cell(field), entries[entry].date);
        if seen.insert((field, other.clone(), other_from.clone())) {
            let (id, word) = (hazard.id.clone(), String::new());
            outcome.conflicts.push(Conflict { id, field, kept, other, kept_from, other_from, other_on, word });
        }
    }
    if traces.reopened {
        outcome.reopened.push(hazard.id.clone());
    }
}

/// 未再报告: hazards that the newest full submission of their unit no longer names.
fn missing(gathered: &Gathered, drafts: &[Draft], order: &[usize], outcome: &MergeOutcome) -> Vec<String> {
    let entries = &gathered.entries;
    let mut newest: BTreeMap<usize, Option<NaiveDate>> = BTreeMap::new();
    for (unit, date) in &gathered.submissions {
        let known = newest.entry(*unit).or_insert(*date);
        *known = (*known).max(*date);
    }
    let mut newest_known: BTreeMap<usize, Option<NaiveDate>> = BTreeMap::new();
    for (position, index) in order.iter().enumerate() {
        let known = newest_known.entry(drafts[*index].unit).or_default();
        *known = (*known).max(outcome.ledger.hazards[position].submitted_on);
    }
    let mut missing = Vec::new();
    for (position, index) in order.iter().enumerate() {
        let draft = &drafts[*index];
        let hazard = &outcome.ledger.hazards[position];
        let Some(date) = newest.get(&draft.unit) else { continue };
        // An old file merged again is no news.
        if *date < newest_known.get(&draft.unit).copied().flatten() || matches!(hazard.status, Status::ClosedOut | Status::Withdrawn) {
            continue;
        }
        let named = draft.entries.iter().any(|entry| !entries[*entry].base && entries[*entry].date == *date);
        if !named {
            missing.push(hazard.id.clone());
        }
    }
    missing
}
