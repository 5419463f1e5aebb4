//! Open and closed cases, as the history tells them: conflicts, hazards that look alike, hazards that were joined.
//!
//! A conflict is closed by the clerk's decision, by a later edit of the ledger or by a newer submission. What was judged is not
//! listed again; what nobody has judged stays listed, also when its file is not merged again.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ledger::canonical::same_text;
use crate::ledger::case::Case;
use crate::ledger::history::HistoryLine;
use crate::ledger::outcome::Conflict;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// Everything that was asked of the clerk so far, and what became of it.
#[derive(Debug, Clone, Default)]
pub struct Cases {
    disputes: BTreeMap<String, BTreeMap<Field, Dispute>>,
    /// Whether two hazards that look alike were judged to be two.
    pairs: BTreeMap<(String, String), bool>,
    joined: BTreeMap<String, Joined>,
    /// Words of the clerk that could not be carried out and go back into their cells.
    pub waiting: Waiting,
}

/// Words of the clerk as she typed them, by what they stand beside.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    pub conflicts: BTreeMap<(String, Field, String), String>,
    pub pairs: BTreeMap<(String, String), String>,
    /// 并入编号, by the 编号 of the row.
    pub joins: BTreeMap<String, String>,
}

/// A hazard that is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    pub into: String,
    /// What it was known by, in the order of `IDENTITY`.
    pub names: Vec<[String; 3]>,
    /// The day on which a merge carried it out.
    pub on: Option<NaiveDate>,
}

/// What was said of one field of one hazard.
#[derive(Debug, Clone, Default)]
struct Dispute {
    /// What stood in the ledger when the case was opened; nothing where only an edit is known.
    kept: Option<String>,
    seen: Vec<String>,
    judged: Vec<Judged>,
    open: Vec<Conflict>,
}

/// A value that somebody with the right to do so has decided about.
#[derive(Debug, Clone)]
struct Judged {
    text: String,
    /// Last day of what is judged; `None` for ever.
    until: Option<NaiveDate>,
}

impl Cases {
    /// Takes note of one line, in the order of the history. `by_hand` says that it tells of an edit in the ledger.
    pub fn note(&mut self, line: &HistoryLine<'_>, by_hand: bool) {
        for (key, old, new) in &line.set {
            let Some(field) = Field::from_key(key) else { continue };
            let overridden = old.filter(|old| by_hand && !old.is_empty());
            if let Some(old) = overridden {
                self.dispute(line.id, field).see(old);
            }
            if let Some(dispute) = self.disputes.get_mut(line.id).and_then(|of_hazard| of_hazard.get_mut(&field)) {
                dispute.see(new);
                dispute.judge(field, line.submitted_on);
                dispute.kept = dispute.kept.take().map(|_| (*new).to_owned());
            }
        }
        if let Some(case) = line.case {
            self.note_case(line, case);
        }
    }

    fn note_case(&mut self, line: &HistoryLine<'_>, case: &Case) {
        match case {
            Case::Conflict { field, kept, other, kept_from } => self.open(Conflict {
                id: line.id.to_owned(),
                field: *field,
                kept: kept.clone(),
                other: other.clone(),
                kept_from: kept_from.clone(),
                other_from: line.from.clone(),
                other_on: line.submitted_on,
                word: String::new(),
            }),
            Case::Unheard { field, other } => {
                let dispute = self.dispute(line.id, *field);
                dispute.kept.get_or_insert_default();
                dispute.see(other);
            }
            Case::Settled { field, kept, other, .. } => {
                let dispute = self.dispute(line.id, *field);
                dispute.see(kept);
                dispute.see(other);
                dispute.judge(*field, line.submitted_on);
            }
            Case::Alike { other } => drop(self.pairs.entry(pair(line.id, other)).or_insert(false)),
            Case::Distinct { other } => drop(self.pairs.insert(pair(line.id, other), true)),
            Case::Joined { into, names } => self.join(line.id, into, names.clone(), line.submitted_on),
        }
    }

    /// Whether anything of this hazard is or was in dispute.
    pub fn disputes(&self, id: &str) -> bool {
        self.disputes.contains_key(id)
    }

    fn dispute(&mut self, id: &str, field: Field) -> &mut Dispute {
        self.disputes.entry(id.to_owned()).or_default().entry(field).or_default()
    }

    /// Opens a conflict, unless it is open already.
    pub fn open(&mut self, conflict: Conflict) {
        let dispute = self.dispute(&conflict.id, conflict.field);
        dispute.kept = Some(conflict.kept.clone());
        dispute.see(&conflict.kept);
        dispute.see(&conflict.other);
        if !dispute.holds_open(&conflict) {
            dispute.open.push(conflict);
        }
    }

    /// Opens what a ledger lists and the history does not know.
    pub fn open_unless_known(&mut self, conflict: Conflict) {
        let known = self.disputes.get(&conflict.id).and_then(|of_hazard| of_hazard.get(&conflict.field));
        if known.is_none_or(|dispute| !dispute.seen.iter().any(|seen| same_text(seen, &conflict.other))) {
            self.open(conflict);
        }
    }

    /// Lays what the ledger says now beside what it said when the case was opened: another value is the clerk's answer.
    pub fn observe(&mut self, id: &str, text: impl Fn(Field) -> String, day: NaiveDate) {
        let Some(of_hazard) = self.disputes.get_mut(id) else { return };
        for (field, dispute) in of_hazard {
            let now = text(*field);
            if dispute.kept.as_deref().is_some_and(|kept| !same_text(kept, &now)) {
                dispute.see(&now);
                dispute.judge(*field, Some(day));
                dispute.kept = Some(now);
            }
        }
    }

    /// Closes a conflict by the clerk's word.
    pub fn settle(&mut self, id: &str, field: Field, stands: &str, day: NaiveDate) {
        let dispute = self.dispute(id, field);
        dispute.judge(field, Some(day));
        dispute.kept = Some(stands.to_owned());
    }

    /// The open conflicts of one field.
    pub fn open_of(&self, id: &str, field: Field) -> &[Conflict] {
        self.disputes.get(id).and_then(|of_hazard| of_hazard.get(&field)).map_or(&[], |dispute| &dispute.open)
    }

    /// Every open conflict.
    pub fn all_open(&self) -> impl Iterator<Item = &Conflict> {
        self.disputes.values().flat_map(BTreeMap::values).flat_map(|dispute| &dispute.open)
    }

    /// Whether a conflict was decided before.
    pub fn is_judged(&self, conflict: &Conflict) -> bool {
        let dispute = self.disputes.get(&conflict.id).and_then(|of_hazard| of_hazard.get(&conflict.field));
        dispute.is_some_and(|dispute| {
            let holds = |judged: &Judged| judged.until.is_none() || conflict.other_on.is_none() || conflict.other_on <= judged.until;
            dispute.judged.iter().any(|judged| same_text(&judged.text, &conflict.other) && holds(judged))
        })
    }

    /// Whether a conflict is open and known.
    pub fn is_open(&self, conflict: &Conflict) -> bool {
        let dispute = self.disputes.get(&conflict.id).and_then(|of_hazard| of_hazard.get(&conflict.field));
        dispute.is_some_and(|dispute| dispute.holds_open(conflict))
    }

    /// Whether the value of a field was seen before.
    pub fn was_seen(&self, id: &str, field: Field, text: &str) -> bool {
        let dispute = self.disputes.get(id).and_then(|of_hazard| of_hazard.get(&field));
        dispute.is_some_and(|dispute| dispute.seen.iter().any(|seen| same_text(seen, text)))
    }

    /// Notes that two hazards look alike.
    pub fn open_pair(&mut self, id: &str, other: &str) {
        self.pairs.entry(pair(id, other)).or_insert(false);
    }

    /// Notes that two hazards that look alike are two.
    pub fn part(&mut self, id: &str, other: &str) {
        self.pairs.insert(pair(id, other), true);
    }

    /// Whether two hazards were judged to be two; `None` for a pair that was never listed.
    pub fn are_two(&self, id: &str, other: &str) -> Option<bool> {
        self.pairs.get(&pair(id, other)).copied()
    }

    /// The pairs that wait for the clerk.
    pub fn open_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().filter(|(_, parted)| !**parted).map(|((id, other), _)| (id.as_str(), other.as_str()))
    }

    /// Makes one hazard a name of another.
    pub fn join(&mut self, id: &str, into: &str, names: Vec<[String; 3]>, on: Option<NaiveDate>) {
        self.joined.insert(id.to_owned(), Joined { into: into.to_owned(), names, on });
    }

    /// The hazards that are names of others, each with the one that is left in the end.
    pub fn joined(&self) -> BTreeMap<String, Joined> {
        let survivor = |joined: &Joined| Joined { into: self.survivor(&joined.into).to_owned(), ..joined.clone() };
        self.joined.iter().map(|(id, joined)| (id.clone(), survivor(joined))).collect()
    }

    /// The numbers that became names of a hazard, with the day.
    pub fn names_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, Option<NaiveDate>)> {
        let names = self.joined.iter().filter(move |(name, _)| name.as_str() != id && self.survivor(name) == id);
        names.map(|(name, joined)| (name.as_str(), joined.on))
    }

    /// The hazard that a number stands for: itself, or the one it was joined into.
    pub fn survivor<'a>(&'a self, id: &'a str) -> &'a str {
        let mut now = id;
        // A history that was edited by hand may go in circles.
        for _ in 0..=self.joined.len() {
            match self.joined.get(now) {
                Some(joined) => now = &joined.into,
                None => break,
            }
        }
        now
    }
}

impl Dispute {
    fn see(&mut self, text: &str) {
        if !self.seen.iter().any(|seen| same_text(seen, text)) {
            self.seen.push(text.to_owned());
        }
    }

    /// Everything that was seen so far is judged. What the bureau alone says is judged for ever; anything else may be
    /// said again by a newer submission, and then is news.
    fn judge(&mut self, field: Field, day: Option<NaiveDate>) {
        let closed = |kept: &str| [Status::ClosedOut, Status::Withdrawn].iter().any(|status| status.label() == kept);
        let is_bureaus = field == Field::Level || field.is_bureau_owned() || self.kept.as_deref().is_some_and(closed);
        let until = day.filter(|_| !is_bureaus);
        self.judged.retain(|judged| judged.until.is_none());
        self.judged.extend(self.seen.iter().map(|text| Judged { text: text.clone(), until }));
        self.open.clear();
    }

    fn holds_open(&self, conflict: &Conflict) -> bool {
        self.open.iter().any(|open| same_text(&open.other, &conflict.other) && open.other_from.file == conflict.other_from.file)
    }
}

/// Two numbers in one order, whichever was named first.
pub fn pair(id: &str, other: &str) -> (String, String) {
    let (first, second) = if id <= other { (id, other) } else { (other, id) };
    (first.to_owned(), second.to_owned())
}
