//! The ledger made whole: every row under its own number, rows that are gone put back, older copies brought up to date, edits told.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::ledger::earlier_identities::IDENTITY;
use crate::ledger::history::Event;
use crate::ledger::history::HistoryEntry;
use crate::ledger::identity::split_id;
use crate::ledger::register::PutRight;
use crate::ledger::register::PutRightKind;
use crate::ledger::register::content::digest_of_rows;
use crate::ledger::register::edits::edit_of;
use crate::ledger::register::edits::same;
use crate::ledger::register::edits::texts_of;
use crate::ledger::register::replay::NumberedEntry;
use crate::ledger::register::replay::Replayed;
use crate::ledger::register::replay::replay;
use crate::ledger::register::survey::Survey;
use crate::ledger::register::whose::Candidate;
use crate::ledger::register::whose::Numbers;
use crate::ledger::register::whose::settle_numbers;
use crate::ledger::register::withdrawal::take_back;
use crate::ledger::unsettled::mark_unsettled;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::Record;
use crate::records::SheetReading;
use crate::records::UnitReading;
use crate::records::reread_rows;
use crate::source::Origin;
use crate::vocabulary::Field;

/// What the ledger is made whole with.
#[derive(Clone, Copy)]
pub struct WholeInputs<'a> {
    /// Edits by hand are dated by its day.
    pub ground: Ground<'a>,
    pub survey: &'a Survey,
    /// The lines of the wanted hazards, in their order.
    pub lines: &'a [NumberedEntry],
    /// The ledger was gone, or empty.
    pub is_lost: bool,
    /// Files that are being taken back.
    pub withdrawn: &'a BTreeSet<String>,
}

/// The ledger as it enters the merge, and what was done to it.
pub struct Whole {
    pub base: FileReading,
    /// What was typed by hand: lines for the history.
    pub edits: Vec<HistoryEntry>,
    pub put_right: Vec<PutRight>,
    /// 编号 of hazards that only files which were taken back have named.
    pub vacant: BTreeSet<String>,
}

/// Which hazards' lines are needed to make a ledger whole: those that no row holds, that several hold, and that hold something else than
/// the history says.
pub fn wanted(base: &FileReading, survey: &Survey) -> BTreeSet<String> {
    let mut wanted: BTreeSet<String> = survey.moved.union(&survey.touched).cloned().collect();
    let Some(last_said) = &survey.last_said else { return wanted };
    let records: Vec<&Record> = records_of(base).collect();
    let mut held: BTreeSet<&str> = BTreeSet::new();
    let mut twice: BTreeSet<&str> = BTreeSet::new();
    for id in records.iter().filter_map(|record| record.values.get(Field::Id)) {
        if !held.insert(id) {
            twice.insert(id);
        }
    }
    let differs = |record: &&Record| {
        let id = record.values.get(Field::Id)?;
        (twice.contains(id) || last_said.differs_from_row(id, record)).then(|| id.to_owned())
    };
    wanted.extend(records.par_iter().filter_map(differs).collect::<Vec<String>>());
    wanted.extend(survey.missing_from(&held).cloned());
    wanted
}

fn records_of(base: &FileReading) -> impl Iterator<Item = &Record> {
    base.content.iter().flat_map(|content| &content.sheets).flat_map(|sheet| &sheet.records)
}

/// Lays the ledger beside the history and makes it whole.
pub fn make_whole(mut base: FileReading, inputs: &WholeInputs<'_>) -> Whole {
    let WholeInputs { ground, survey, .. } = *inputs;
    let Ground { campaign, roster, .. } = ground;
    let ledger_file = base.file.clone();
    let mut lines_of: BTreeMap<&str, Vec<&NumberedEntry>> = BTreeMap::new();
    for line in inputs.lines {
        lines_of.entry(line.1.id.as_str()).or_default().push(line);
    }
    let candidates: BTreeMap<&str, Candidate> = lines_of.iter().map(|(id, lines)| (*id, candidate(lines, &ledger_file))).collect();
    let mut told = Told::default();
    let content_digest = || digest_of_rows(&base);
    let mark = base.content.as_ref().ok().and_then(|content| content.carried.mark.as_ref());
    let digest = mark.map_or_else(content_digest, |mark| mark.digest.clone());
    let Ok(content) = &mut base.content else { return Whole { base, edits: Vec::new(), put_right: Vec::new(), vacant: BTreeSet::new() } };

    // Where the ledger is known to be as the last merge wrote it, nothing can be missing.
    let held: BTreeSet<&str> =
        content.sheets.iter().flat_map(|sheet| &sheet.records).filter_map(|record| record.values.get(Field::Id)).collect();
    let missing: BTreeSet<String> = match survey.last_said {
        Some(_) => survey.missing_from(&held).cloned().collect(),
        None => BTreeSet::new(),
    };
    let numbers = Numbers { ground, assigned: &survey.assigned, is_complete: survey.is_complete(), candidates: &candidates };
    let rows: Vec<&Record> = content.sheets.iter().flat_map(|sheet| &sheet.records).collect();
    let settled = settle_numbers(&rows, missing, &numbers);

    let older = older_copy(&digest, survey);
    let mut row = 0;
    for sheet in &mut content.sheets {
        let place = |row: u32, column: u32| Origin { file: ledger_file.clone(), sheet: sheet.sheet.clone(), row, column };
        for record in &mut sheet.records {
            let id = settled.ids[row].clone();
            let is_copy = settled.copies.contains(&row);
            row += 1;
            give_number(record, id.as_deref(), is_copy, &place(record.row, 1), inputs.ground.as_of, &mut told);
            let code = id.as_deref().and_then(|id| split_id(campaign, id)).map(|(code, _)| code.to_owned());
            let known = id.as_deref().and_then(|id| candidates.get(id).map(|candidate| (id, &candidate.now)));
            settle_unit(record, code.as_deref(), known.map(|(_, now)| now), roster, &place(record.row, 2), id.as_deref(), &mut told);
            let Some((id, now)) = known else { continue };
            let lines = &lines_of[id];
            if let Some(line) = older {
                bring_up_to_date(record, id, lines, now, line, inputs, &place(record.row, 0), &mut told);
            }
            if record.values.get(Field::Description).is_none()
                && let Some(words) = now.text(Field::Description.key())
            {
                record.values = record.values.put(Field::Description, words);
                told.tell(PutRightKind::Description, place(record.row, 0), id, words, "");
            }
            let begins = lines.first().is_some_and(|(_, first)| first.begins_hazard());
            let marked = mark_unsettled(record.clone(), campaign);
            told.edits.extend(edit_of(id, &marked, now, begins, &place(record.row, 0), inputs.ground.as_of));
        }
    }
    let kind = if inputs.is_lost {
        PutRightKind::LedgerMissing
    } else if older.is_some() {
        PutRightKind::OlderCopy
    } else {
        PutRightKind::RowMissing
    };
    let restored = restored(&settled.missing, &candidates, inputs);
    for (record, _) in &restored {
        let text = |field: Field| record.values.get(field).unwrap_or_default().to_owned();
        let words = [text(Field::Unit), text(Field::Description)].join(" ");
        let place = Origin { file: ledger_file.clone(), sheet: Arc::from(""), row: 0, column: 0 };
        told.tell(kind, place.clone(), &text(Field::Id), &words, "");
        told.edits.push(event(&text(Field::Id), &place, inputs.ground.as_of, Event::Restored));
    }
    if !restored.is_empty() {
        let own = content.sheets.iter().position(|sheet| sheet.is_ledger).unwrap_or_else(|| {
            content.sheets.push(SheetReading::empty_ledger());
            content.sheets.len() - 1
        });
        for (record, dates) in restored {
            content.carried.older_fields.extend(dates);
            content.sheets[own].records.push(record);
        }
    }
    drop(candidates);
    let vacant = take_back(&mut base, &lines_of, inputs, &mut told.edits, &mut told.put_right);
    Whole { base, edits: told.edits, put_right: told.put_right, vacant }
}

/// What is told on the way.
#[derive(Default)]
struct Told {
    edits: Vec<HistoryEntry>,
    put_right: Vec<PutRight>,
}

impl Told {
    fn tell(&mut self, kind: PutRightKind, place: Origin, id: &str, written: &str, now: &str) {
        self.put_right.push(PutRight { kind, place, id: id.to_owned(), written: written.to_owned(), now: now.to_owned() });
    }
}

fn event(id: &str, from: &Origin, as_of: NaiveDate, event: Event) -> HistoryEntry {
    HistoryEntry { id: id.to_owned(), from: from.clone(), submitted_on: Some(as_of), set: Vec::new(), event: Some(event), case: None }
}

/// What a hazard is now, and everything that it was known by.
fn candidate(lines: &[&NumberedEntry], ledger_file: &str) -> Candidate {
    let mut names: Vec<[String; 3]> = Vec::new();
    let mut texts: [String; 3] = Default::default();
    for (_, line) in lines {
        for (place, field) in IDENTITY.into_iter().enumerate() {
            if let Some((_, old, new)) = line.set.iter().find(|(key, ..)| key == field.key()) {
                // Before the first line that sets a field it had what that line calls old.
                if names.iter().all(|known| known[place].is_empty()) {
                    names.iter_mut().for_each(|known| known[place] = old.clone().unwrap_or_default());
                }
                texts[place].clone_from(new);
            }
        }
        names.push(texts.clone());
    }
    names.sort();
    names.dedup();
    names.retain(|known| !known[2].is_empty());
    Candidate { now: replay(lines.iter().map(|(_, line)| line), ledger_file), names }
}

/// The line of the history at which this copy of the ledger was written, where later merges wrote newer ones.
fn older_copy(digest: &str, survey: &Survey) -> Option<u64> {
    let merge = survey.merge_of(digest)?;
    (survey.merges.last() != Some(merge)).then_some(merge.line)
}

fn give_number(record: &mut Record, id: Option<&str>, is_copy: bool, place: &Origin, as_of: NaiveDate, told: &mut Told) {
    let written = record.values.get(Field::Id).unwrap_or_default().to_owned();
    if written == id.unwrap_or_default() {
        return;
    }
    record.values = record.values.put(Field::Id, id.unwrap_or_default());
    let kind = if is_copy { PutRightKind::CopiedRow } else { PutRightKind::Number };
    told.tell(kind, place.clone(), id.unwrap_or_default(), &written, "");
    if let Some(id) = id {
        told.edits.push(event(id, &Origin { column: 0, ..place.clone() }, as_of, Event::PutRight));
    }
}

/// The unit is the number's, where that is on the roster.
fn settle_unit(
    record: &mut Record,
    code: Option<&str>,
    known: Option<&Replayed>,
    roster: &Roster,
    place: &Origin,
    id: Option<&str>,
    told: &mut Told,
) {
    let written = record.values.get(Field::Unit).unwrap_or_default().to_owned();
    let own = code.and_then(|code| roster.by_code(code));
    let id = id.unwrap_or_default();
    if let Some(unit) = own {
        if record.unit != UnitReading::Known(unit) {
            let name = roster.units.get(unit).map_or("", |unit| unit.name.as_ref()).to_owned();
            record.unit = UnitReading::Known(unit);
            record.values = record.values.put(Field::Unit, &name);
            told.tell(PutRightKind::Unit, place.clone(), id, &written, &name);
        }
        return;
    }
    if matches!(record.unit, UnitReading::Known(_)) {
        return;
    }
    let name = if written.is_empty() {
        known.and_then(|known| known.text(Field::Unit.key())).or(code).unwrap_or_default().to_owned()
    } else {
        written
    };
    record.values = record.values.put(Field::Unit, &name);
    record.unit = UnitReading::Unknown(name.clone());
    told.tell(PutRightKind::UnitUnknown, place.clone(), id, &name, "");
}

/// Gives a row of an older copy the values that later merges set, where it still says what it said then.
#[allow(clippy::too_many_arguments, reason = "one row with everything that is known of it")]
fn bring_up_to_date(
    record: &mut Record,
    id: &str,
    lines: &[&NumberedEntry],
    now: &Replayed,
    written_at: u64,
    inputs: &WholeInputs<'_>,
    place: &Origin,
    told: &mut Told,
) {
    let then = replay(lines.iter().filter(|(line, _)| *line <= written_at).map(|(_, line)| line), &place.file);
    let mut texts = texts_of(record, now);
    for title in now.values.keys().filter(|key| Field::from_key(key).is_none()) {
        if !texts.iter().any(|(key, _)| key == title) {
            texts.push((title.clone(), None));
        }
    }
    let mut changed = 0;
    for (key, text) in &mut texts {
        let newest = now.text(key);
        if same(text.as_deref(), then.text(key))
            && !same(text.as_deref(), newest)
            && now.values.contains_key(key.as_str()) | then.values.contains_key(key.as_str())
        {
            *text = newest.map(str::to_owned);
            changed += 1;
        }
    }
    let is_newer = now.submitted_on > record.submitted_on.day();
    if changed == 0 && !is_newer {
        return;
    }
    let place_of_word = now.origin.as_ref().filter(|_| is_newer).map(ToString::to_string);
    let origin = place_of_word.or_else(|| record.values.get(Field::Origin).map(str::to_owned));
    rewrite(record, &texts, origin, now.submitted_on.filter(|_| is_newer).or(record.submitted_on.day()), inputs);
    told.tell(PutRightKind::OlderCopy, place.clone(), id, "", "");
}

/// Reads a row again from these texts, under its own number and unit.
pub fn rewrite(
    record: &mut Record,
    texts: &[(String, Option<String>)],
    origin: Option<String>,
    submitted_on: Option<NaiveDate>,
    inputs: &WholeInputs<'_>,
) {
    let keep = |field: Field| record.values.get(field).map(|text| (field, text.to_owned()));
    let mut row: Vec<(Field, String)> = [Field::Id, Field::Unit].into_iter().filter_map(keep).collect();
    row.extend(texts.iter().filter_map(|(key, text)| Some((Field::from_key(key)?, text.clone()?))));
    row.extend(origin.map(|text| (Field::Origin, text)));
    row.extend(submitted_on.map(|day| (Field::SubmittedOn, day.to_string())));
    let extras = texts.iter().filter(|(key, _)| Field::from_key(key).is_none());
    let extras = extras.filter_map(|(key, text)| Some((Arc::from(key.as_str()), text.as_deref()?.into()))).collect();
    if let Some(read) = read_rows(vec![row], inputs).pop() {
        *record = Record { row: record.row, hidden: record.hidden, unit: record.unit.clone(), extras, ..read };
    }
}

type DatedField = (String, Field, NaiveDate);

/// The rows of hazards that no row holds, with their last values, and the days of those that are older than the row.
fn restored(
    missing: &BTreeSet<String>,
    candidates: &BTreeMap<&str, Candidate>,
    inputs: &WholeInputs<'_>,
) -> Vec<(Record, Vec<DatedField>)> {
    let known: Vec<(&String, &Replayed)> = missing.iter().filter_map(|id| Some((id, &candidates.get(id.as_str())?.now))).collect();
    let row = |(id, now): &(&String, &Replayed)| {
        let unit = split_id(inputs.ground.campaign, id)
            .and_then(|(code, _)| inputs.ground.roster.by_code(code))
            .and_then(|unit| inputs.ground.roster.units.get(unit));
        let code = split_id(inputs.ground.campaign, id).map_or("", |(code, _)| code);
        let name = unit.map_or_else(|| now.text(Field::Unit.key()).unwrap_or(code).to_owned(), |unit| unit.name.to_string());
        let mut row = vec![(Field::Id, (*id).clone()), (Field::Unit, name)];
        let own = |field: &Field| !matches!(field, Field::Id | Field::Unit | Field::Origin | Field::SubmittedOn);
        row.extend(now.values.iter().filter_map(|(key, text)| Some((Field::from_key(key).filter(own)?, text.clone()))));
        row.extend(now.origin.as_ref().map(|origin| (Field::Origin, origin.to_string())));
        row.extend(now.submitted_on.map(|day| (Field::SubmittedOn, day.to_string())));
        row
    };
    let mut records = read_rows(known.iter().map(row).collect(), inputs);
    for (record, (_, now)) in records.iter_mut().zip(&known) {
        let extras = now.values.iter().filter(|(key, _)| Field::from_key(key).is_none());
        record.extras = extras.map(|(title, text)| (Arc::from(title.as_str()), text.as_str().into())).collect();
    }
    let dates = |(id, now): &(&String, &Replayed)| {
        let older = now.dates.iter().filter(|(_, day)| Some(**day) < now.submitted_on);
        older.filter_map(|(key, day)| Some(((*id).clone(), Field::from_key(key)?, *day))).collect()
    };
    records.into_iter().zip(known.iter().map(dates)).collect()
}

/// The records of rows, as the ledger would have them.
pub fn read_rows(rows: Vec<Vec<(Field, String)>>, inputs: &WholeInputs<'_>) -> Vec<Record> {
    let basis = ReadingBasis { ground: inputs.ground, authority: Authority::Bureau };
    let mut records = Vec::with_capacity(rows.len());
    let texts = rows.iter().map(|row| row.iter().map(|(field, text)| (*field, text.as_str())).collect());
    reread_rows(texts, &basis, |record| records.push(record));
    records
}
