//! The clerk's word, given in the workbook: read beside the cases it speaks of, carried out on the old ledger, or asked.
//!
//! Works on the rows of the old ledger before they are merged. A word that cannot be carried out goes back into its cell and
//! its case stays open.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::same_text;
use crate::ledger::case::Adopted;
use crate::ledger::case::Case;
use crate::ledger::cases::Cases;
use crate::ledger::cases::pair;
use crate::ledger::earlier_identities::EarlierIdentity;
use crate::ledger::earlier_identities::IDENTITY;
use crate::ledger::history::HistoryEntry;
use crate::ledger::joining::Joining;
use crate::ledger::outcome::Conflict;
use crate::ledger::outcome::Doubt;
use crate::ledger::outcome::Question;
use crate::records::Carried;
use crate::records::CarriedConflict;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::Record;
use crate::records::reread_rows;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::verdicts;

/// What came of the clerk's words.
#[derive(Debug, Default)]
pub struct Decided {
    /// Lines for the history, in the order of the words.
    pub lines: Vec<HistoryEntry>,
    pub questions: Vec<Question>,
}

/// Carries out what the clerk wrote into the ledger `base`, and brings the cases up to date with what it says.
pub fn decide(base: &mut FileReading, cases: &mut Cases, earlier: &[EarlierIdentity], basis: &ReadingBasis<'_>) -> Decided {
    let day = basis.ground.as_of;
    let file = base.file.clone();
    let Ok(content) = &mut base.content else { return Decided::default() };
    let mut desk = Desk { file, cases, day, decided: Decided::default() };
    let carried = std::mem::take(&mut content.carried);
    desk.take_from_sheets(&carried);
    let mut records: Vec<(Arc<str>, &mut Record)> =
        content.sheets.iter_mut().flat_map(|sheet| sheet.records.iter_mut().map(|record| (sheet.sheet.clone(), record))).collect();
    for (_, record) in &records {
        if let Some(id) = record.values.get(Field::Id) {
            desk.cases.observe(id, |field| text_of(record, field), day);
        }
    }
    desk.settle_conflicts(&carried, &mut records, basis);
    desk.join_hazards(&carried, &records, earlier);
    let decided = desk.decided;
    content.carried = carried;
    decided
}

struct Desk<'a> {
    file: Arc<str>,
    cases: &'a mut Cases,
    day: NaiveDate,
    decided: Decided,
}

/// What a row of the ledger says in a field.
fn text_of(record: &Record, field: Field) -> String {
    ledger_text(record, field, &mut String::new()).unwrap_or_default().to_owned()
}

impl Desk<'_> {
    /// What the sheets of the ledger list is open, also where the history was lost.
    fn take_from_sheets(&mut self, carried: &Carried) {
        for row in &carried.conflicts {
            let Some(field) = row.field else { continue };
            self.cases.open_unless_known(conflict_of(row, field, &row.kept));
        }
        for row in &carried.pairs {
            self.cases.open_pair(&row.id, &row.other);
        }
        for name in &carried.names {
            if self.cases.survivor(&name.id) == name.id {
                self.cases.join(&name.id, &name.into, vec![name.texts.clone()], name.on);
            }
        }
    }

    fn place(&self, sheet: &str, row: u32, column: u32) -> Origin {
        Origin { file: self.file.clone(), sheet: Arc::from(sheet), row, column }
    }

    fn ask(&mut self, place: Origin, title: &'static str, text: &str, doubt: Doubt) {
        self.decided.questions.push(Question { place, title, text: text.to_owned(), doubt });
    }

    fn say(&mut self, id: &str, from: Origin, set: Vec<(String, Option<String>, String)>, case: Case) {
        let (id, submitted_on) = (id.to_owned(), Some(self.day));
        self.decided.lines.push(HistoryEntry { id, from, submitted_on, set, event: None, case: Some(case) });
    }

    /// The words in the column 采用.
    fn settle_conflicts(&mut self, carried: &Carried, records: &mut [(Arc<str>, &mut Record)], basis: &ReadingBasis<'_>) {
        let mut of_cell: BTreeMap<(&str, Field), Vec<(&CarriedConflict, Adopted)>> = BTreeMap::new();
        for row in carried.conflicts.iter().filter(|row| !row.word.is_empty()) {
            let place = self.place(&carried.conflict_sheet, row.row, row.column);
            let adopted = match verdicts::reads_as_ledger(&row.word) {
                Some(true) => Some(Adopted::Ledger),
                Some(false) => Some(Adopted::Report),
                None if same_text(&row.word, &row.other) => Some(Adopted::Report),
                None if same_text(&row.word, &row.kept) => Some(Adopted::Ledger),
                None => None,
            };
            let known = row.field.filter(|_| records.iter().any(|(_, record)| record.values.get(Field::Id) == Some(&row.id)));
            match (known, adopted) {
                (Some(field), Some(adopted)) => of_cell.entry((&row.id, field)).or_default().push((row, adopted)),
                (None, Some(_)) => self.ask(place, "采用", &row.word, Doubt::UnknownCase),
                (_, None) => {
                    self.ask(place, "采用", &row.word, Doubt::UnknownWord(&verdicts::ADOPTIONS));
                    self.keep_word(row);
                }
            }
        }
        for ((id, field), rows) in of_cell {
            let Some((_, record)) = records.iter_mut().find(|(_, record)| record.values.get(Field::Id) == Some(id)) else { continue };
            self.settle(id, field, &rows, record, carried, basis);
        }
    }

    /// Carries out what is decided of one cell of the ledger.
    fn settle(
        &mut self,
        id: &str,
        field: Field,
        rows: &[(&CarriedConflict, Adopted)],
        record: &mut Record,
        carried: &Carried,
        basis: &ReadingBasis<'_>,
    ) {
        let now = text_of(record, field);
        let reported: Vec<&CarriedConflict> = rows.iter().filter(|(_, adopted)| *adopted == Adopted::Report).map(|(row, _)| *row).collect();
        let doubt = match reported.as_slice() {
            [first, others @ ..] if others.iter().any(|row| !same_text(&row.other, &first.other)) => Some(Doubt::SeveralAdopted),
            [first, ..] if !same_text(&now, &first.kept) && !same_text(&now, &first.other) => Some(Doubt::ValueChanged(now.clone())),
            _ => None,
        };
        if let Some(doubt) = doubt {
            for row in reported {
                let place = self.place(&carried.conflict_sheet, row.row, row.column);
                self.ask(place, "采用", &row.word, doubt.clone());
                self.keep_word(row);
                // What was typed over the value is no answer as long as another one is asked for.
                self.cases.open(conflict_of(row, field, &now));
            }
            return;
        }
        let Some((row, adopted)) = rows.iter().find(|(_, adopted)| *adopted == Adopted::Report).or(rows.first()) else { return };
        let stands = if *adopted == Adopted::Report { &row.other } else { &now };
        let set = if same_text(stands, &now) {
            Vec::new()
        } else {
            replace(record, field, stands, basis);
            vec![(field.key().to_owned(), Some(now.clone()).filter(|now| !now.is_empty()), stands.clone())]
        };
        self.cases.settle(id, field, stands, self.day);
        let from = self.place(&carried.conflict_sheet, row.row, row.column);
        let case = Case::Settled { field, adopted: *adopted, kept: row.kept.clone(), other: row.other.clone() };
        self.say(id, from, set, case);
    }

    fn keep_word(&mut self, row: &CarriedConflict) {
        if let Some(field) = row.field {
            self.cases.waiting.conflicts.insert((row.id.clone(), field, row.other.clone()), row.word.clone());
        }
    }

    /// The words in the columns 裁定 and 并入编号.
    fn join_hazards(&mut self, carried: &Carried, records: &[(Arc<str>, &mut Record)], earlier: &[EarlierIdentity]) {
        let is_asked = records.iter().any(|(_, record)| record.values.get(Field::MergedInto).is_some());
        if !is_asked && carried.pairs.iter().all(|row| row.word.is_empty()) {
            return;
        }
        let mut joining = Joining::new(records.iter().map(|(_, record)| &**record), self.cases);
        for (sheet, record) in records {
            let (Some(id), Some(word)) = (record.values.get(Field::Id), record.values.get(Field::MergedInto)) else { continue };
            let column = record.values.column(Field::MergedInto).unwrap_or(0);
            joining.ask_for(id, word, self.place(sheet, record.row, column));
        }
        let mut same = Vec::new();
        for row in carried.pairs.iter().filter(|row| !row.word.is_empty()) {
            let place = self.place(&carried.pair_sheet, row.row, row.column);
            let verdict = verdicts::reads_as_same(&row.word);
            if !(joining.knows(&row.id) && joining.knows(&row.other)) && verdict.is_some() {
                self.ask(place, "裁定", &row.word, Doubt::UnknownCase);
                continue;
            }
            match verdict {
                Some(true) => same.push((row.id.as_str(), row.other.as_str(), place)),
                Some(false) => {
                    if self.cases.are_two(&row.id, &row.other) != Some(true) {
                        self.cases.part(&row.id, &row.other);
                        self.say(&row.id, place, Vec::new(), Case::Distinct { other: row.other.clone() });
                    }
                }
                None => {
                    self.ask(place, "裁定", &row.word, Doubt::UnknownWord(&verdicts::PAIR_VERDICTS));
                    self.cases.waiting.pairs.insert(pair(&row.id, &row.other), row.word.clone());
                }
            }
        }
        let (mut joins, questions) = joining.carried_out();
        for (id, question) in questions {
            self.cases.waiting.joins.insert(id, question.text.clone());
            self.decided.questions.push(question);
        }
        let mut names = Names::of(records, earlier);
        for join in joins.drain(..) {
            self.join(&join.id, &join.into, join.place, &mut names);
        }
        for (first, second, place) in same {
            // Either may have been joined by now; of two that are left, the later number becomes a name of the earlier.
            let ends = [first, second].map(|id| self.cases.survivor(id).to_owned());
            if let [into, id] = &ends
                && into != id
            {
                let (into, id) = if (into.len(), into) <= (id.len(), id) { (into, id) } else { (id, into) };
                self.join(id, into, place, &mut names);
            }
        }
    }

    fn join(&mut self, id: &str, into: &str, place: Origin, names: &mut Names) {
        let names = names.0.remove(id).unwrap_or_default().into_iter().collect::<Vec<_>>();
        self.cases.join(id, into, names.clone(), Some(self.day));
        self.say(id, place, Vec::new(), Case::Joined { into: into.to_owned(), names });
    }
}

/// What each hazard is and was known by.
struct Names(BTreeMap<String, BTreeSet<[String; 3]>>);

impl Names {
    fn of(records: &[(Arc<str>, &mut Record)], earlier: &[EarlierIdentity]) -> Names {
        let mut names: BTreeMap<String, BTreeSet<[String; 3]>> = BTreeMap::new();
        for (_, record) in records {
            if let Some(id) = record.values.get(Field::Id) {
                names.entry(id.to_owned()).or_default().insert(IDENTITY.map(|field| text_of(record, field)));
            }
        }
        for known in earlier {
            names.entry(known.id.clone()).or_default().insert(known.texts.clone());
        }
        Names(names)
    }
}

fn conflict_of(row: &CarriedConflict, field: Field, now: &str) -> Conflict {
    let place = |text: &str| Origin::parse(text).unwrap_or_else(|| crate::diagnostic::file_place(&Arc::from(text)));
    Conflict {
        id: row.id.clone(),
        field,
        kept: now.to_owned(),
        other: row.other.clone(),
        kept_from: place(&row.kept_from),
        other_from: place(&row.other_from),
        other_on: row.other_on,
        word: String::new(),
    }
}

/// Writes a value into a row of the ledger, as if the clerk had typed it there.
fn replace(record: &mut Record, field: Field, text: &str, basis: &ReadingBasis<'_>) {
    let others = record.values.iter().filter(|(known, ..)| *known != field).map(|(known, _, text)| (known, text));
    let row: Vec<(Field, &str)> = others.chain([(field, text)]).collect();
    let mut replaced = None;
    reread_rows([row], basis, |read| replaced = Some(read));
    if let Some(read) = replaced {
        let old = record.clone();
        *record = Record { row: old.row, hidden: old.hidden, extras: old.extras, unit: old.unit, submitted_on: old.submitted_on, ..read };
    }
}
