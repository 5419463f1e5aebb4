//! Which value of a field stands: what each record claims, by date, and who may say it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::ledger::canonical::is_bureau_status;
use crate::ledger::canonical::is_readable;
use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::same_text;
use crate::ledger::earlier_identities::IDENTITY;
use crate::ledger::gather::Entry;
use crate::vocabulary::Field;

/// One record's word on one field.
struct Claim<'a> {
    /// Position of the entry in merging order.
    entry: usize,
    date: Option<NaiveDate>,
    /// Whether it answers a form: then it is newer than what the ledger said on its day.
    answers: bool,
    as_issued: bool,
    base: bool,
    bureau: bool,
    carried: bool,
    text: std::borrow::Cow<'a, str>,
    readable: bool,
}

impl Claim<'_> {
    /// When it was said, as far as that decides: the answer to a form comes after everything else of its day.
    fn when(&self) -> (Option<NaiveDate>, bool) {
        (self.date, self.answers)
    }
}

/// The value that stands and how it came to stand.
#[derive(Default)]
pub struct Settled {
    /// The text, and the entry it is from.
    pub value: Option<(String, usize)>,
    pub date: Option<NaiveDate>,
    /// Values that did not win and may not be dropped in silence: text and entry.
    pub conflicts: Vec<(String, usize)>,
    /// What units wrote where only the bureau writes and has not yet: text and entry. Not taken, and nothing is at odds.
    pub unheard: Vec<(String, usize)>,
    /// What each entry changed it to, in order.
    pub changes: Vec<Change>,
    /// A closed hazard that a later submission calls open.
    pub reopened: bool,
}

/// One step on the way to the standing value.
pub struct Change {
    pub entry: usize,
    pub old: Option<String>,
    pub new: String,
    /// Says the same as the old value in another spelling. The ledger takes the spelling over, so that the history
    /// has to know it, but it is no news.
    pub respells: bool,
}

/// Dates of base values that are older than their row says.
pub type OlderDates<'a> = Option<&'a std::collections::BTreeMap<Field, NaiveDate>>;

/// The fields that tell how far a hazard is, and stand or fall together: no row of the ledger says what nobody wrote.
const STATE: [Field; 2] = [Field::Progress, Field::RectifiedOn];

/// The entries whose status is contradicted by an earlier submission of their own date. What else they say of the state
/// fills no blank beside the status that stands; once their status is adopted, it comes with it. The ledger's own word does
/// not count here: its date moves with every submission, and a past day could not be told again.
pub fn find_contradicted(entries: &[Entry], of_hazard: &[usize], older: OlderDates<'_>) -> BTreeSet<usize> {
    let mut buffer = String::new();
    let mut said: BTreeMap<(Option<NaiveDate>, bool), String> = BTreeMap::new();
    let mut ranked: Vec<usize> = of_hazard.iter().copied().filter(|index| !entries[*index].is_standing()).collect();
    ranked.sort_by_key(|index| (!entries[*index].carried, entries[*index].joined, *index));
    let mut contradicted = BTreeSet::new();
    for index in ranked {
        let entry = &entries[index];
        let refused = !entry.bureau && is_bureau_status(&entry.record);
        let Some(text) = ledger_text(&entry.record, Field::Status, &mut buffer) else { continue };
        if entry.as_issued.contains(Field::Status) {
            continue;
        }
        if refused || !is_readable(&entry.record, Field::Status) {
            continue;
        }
        let first = said.entry((claim_date(entry, Field::Status, older), entry.answers)).or_insert_with(|| text.to_owned());
        if !same_text(first, text) {
            contradicted.insert(index);
        }
    }
    contradicted
}

/// The date of an entry's word on a field.
fn claim_date(entry: &Entry, field: Field, older: OlderDates<'_>) -> Option<NaiveDate> {
    if entry.joined && entry.bureau {
        return entry.older_fields.iter().find(|(known, _)| *known == field).map(|(_, date)| *date).or(entry.date);
    }
    if entry.bureau { older.and_then(|dates| dates.get(&field).copied()).or(entry.date) } else { entry.date }
}

/// Settles one field of a hazard from the entries that speak of it.
pub fn settle_field(
    entries: &[Entry],
    of_hazard: &[usize],
    field: Field,
    older: OlderDates<'_>,
    contradicted: &BTreeSet<usize>,
) -> Settled {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    let mut buffer = String::new();
    for index in of_hazard {
        let entry = &entries[*index];
        if STATE.contains(&field) && contradicted.contains(index) {
            continue;
        }
        let Some(text) = ledger_text(&entry.record, field, &mut buffer) else { continue };
        let date = claim_date(entry, field, older);
        let readable = is_readable(&entry.record, field);
        let text = std::borrow::Cow::Owned(text.to_owned());
        let (answers, as_issued) = (entry.answers, entry.as_issued.contains(field));
        let (base, bureau, carried) = (entry.is_standing(), entry.bureau, entry.carried);
        claims.push(Claim { entry: *index, date, answers, as_issued, base, bureau, carried, text, readable });
    }
    // What a form was sent out with and nobody changed in it is no word on what the ledger says today.
    if of_hazard.iter().any(|index| entries[*index].is_standing()) || claims.iter().any(|claim| !claim.as_issued) {
        claims.retain(|claim| !claim.as_issued);
    }
    if claims.is_empty() {
        return Settled::default();
    }
    // What the ledger said, readable or not: where the history begins.
    let before = claims.iter().find(|claim| claim.base).map(|claim| claim.text.clone().into_owned());
    // What the ledger says is the bureau's newer word on what it has taken over from an earlier drive.
    if let Some((date, text)) = claims.iter().find(|claim| claim.base).map(|claim| (claim.date, claim.text.clone())) {
        claims.retain(|claim| !claim.carried || claim.date > date || same_text(&claim.text, &text));
    }
    // By date; the ledger before submissions of the same date, and what was carried over next; then path order.
    claims.sort_by_key(|claim| (claim.when(), !claim.base, !claim.carried, entries[claim.entry].joined, claim.entry));
    if claims.iter().any(|claim| claim.readable) {
        // What cannot be read never displaces what can; it stays visible as a diagnostic of its own file.
        claims.retain(|claim| claim.readable);
    }
    if IDENTITY.contains(&field) && claims.iter().any(|claim| !entries[claim.entry].joined) {
        // The words of a hazard that was joined into this one are its names, and no word on how this one is called.
        claims.retain(|claim| !entries[claim.entry].joined);
    }
    let mut settled = match field {
        Field::Level => settle_level(claims, before),
        Field::Status => settle_status(claims, before, entries),
        _ if field.is_bureau_owned() => settle_owned(claims, before),
        _ => settle_newest(claims, before),
    };
    // Two rows that are one by the clerk's word need not agree in every word; where it matters they are asked.
    settled.conflicts.retain(|(_, entry)| !entries[*entry].joined || [Field::Level, Field::Status, Field::Deadline].contains(&field));
    settled
}

/// The newest date stands; on the same date the first, and the others are conflicts.
fn settle_newest(claims: Vec<Claim<'_>>, before: Option<String>) -> Settled {
    let newest = claims.last().map(Claim::when);
    let winner = claims.iter().position(|claim| Some(claim.when()) == newest).unwrap_or(0);
    stand(claims, winner, before, |claim, winner| claim.when() == winner.when())
}

/// The first report of a level stands (the bureau's word before any other); a different later one is a conflict.
fn settle_level(claims: Vec<Claim<'_>>, before: Option<String>) -> Settled {
    let winner = claims.iter().position(|claim| claim.base).or_else(|| claims.iter().position(|claim| claim.bureau)).unwrap_or(0);
    stand(claims, winner, before, |_, _| true)
}

/// Fields of the bureau: a unit's differing value is a conflict; where the bureau says nothing it is not heard.
fn settle_owned(claims: Vec<Claim<'_>>, before: Option<String>) -> Settled {
    // What a unit says is no step on the way either.
    let (bureau, units): (Vec<Claim<'_>>, Vec<Claim<'_>>) = claims.into_iter().partition(|claim| claim.bureau);
    let mut settled = Settled::default();
    if let Some(newest) = bureau.last().map(|claim| claim.date) {
        let winner = bureau.iter().position(|claim| claim.date == newest).unwrap_or(0);
        settled = stand(bureau, winner, before, |claim, winner| claim.date == winner.date);
    }
    let standing = settled.value.as_ref().map(|(text, _)| text.clone());
    for claim in &units {
        match standing.as_deref() {
            None => push_conflict(&mut settled.unheard, claim),
            Some(standing) if !same_text(&claim.text, standing) => push_conflict(&mut settled.conflicts, claim),
            Some(_) => {}
        }
    }
    settled
}

/// Closed out and withdrawn are the bureau's; anything else is the newest.
fn settle_status(claims: Vec<Claim<'_>>, before: Option<String>, entries: &[Entry]) -> Settled {
    let ending = |claim: &Claim<'_>| is_bureau_status(&entries[claim.entry].record);
    // A unit's own 撤销 is never taken (its 已销号 was read as 已整改 before).
    let refused: Vec<usize> = claims.iter().filter(|claim| !claim.bureau && ending(claim)).map(|claim| claim.entry).collect();
    let (refused, accepted): (Vec<Claim<'_>>, Vec<Claim<'_>>) = claims.into_iter().partition(|claim| refused.contains(&claim.entry));
    let newest_bureau = accepted.iter().rfind(|claim| claim.bureau).map(|claim| claim.date);
    let closed = newest_bureau.and_then(|date| accepted.iter().position(|claim| claim.bureau && claim.date == date && ending(claim)));
    let mut settled = match closed {
        Some(winner) => {
            let record = &entries[accepted[winner].entry].record;
            let closed_on = record.closed_out_on.day().or(accepted[winner].date);
            let rectified = crate::vocabulary::Status::Rectified.label();
            let back = |claim: &Claim<'_>| !claim.bureau && claim.date > closed_on && claim.text != rectified;
            let reopened = accepted.iter().any(back);
            let later: Vec<usize> = accepted.iter().filter(|claim| back(claim)).map(|claim| claim.entry).collect();
            let mut settled = stand(accepted, winner, before, |claim, _| later.contains(&claim.entry));
            settled.reopened = reopened;
            settled
        }
        None if accepted.is_empty() => Settled::default(),
        None => settle_newest(accepted, before),
    };
    for claim in &refused {
        push_conflict(&mut settled.conflicts, claim);
    }
    settled
}

/// Lets one claim stand: the differing ones that `contests` names are conflicts, and every claim that
/// changed the value on the way to it, beginning with what the ledger said `before`, is a change.
fn stand(claims: Vec<Claim<'_>>, winner: usize, before: Option<String>, contests: impl Fn(&Claim<'_>, &Claim<'_>) -> bool) -> Settled {
    let mut settled = Settled::default();
    let winning = &claims[winner];
    for (position, claim) in claims.iter().enumerate() {
        if position != winner && contests(claim, winning) && !same_text(&claim.text, &winning.text) {
            push_conflict(&mut settled.conflicts, claim);
        }
    }
    // History: from the ledger's value (or nothing) to the standing one, through the winners of each date.
    let mut current = before;
    if !winning.base {
        let base = claims.iter().position(|claim| claim.base);
        let after_base = base.map_or(0, |position| position + 1);
        // On the ledger's own date its value stands, so that no other of that date is a step.
        let mut last = base.map(|position| claims[position].when());
        for (position, claim) in claims.iter().enumerate().skip(after_base) {
            let first_of_date = last != Some(claim.when());
            last = Some(claim.when());
            let takes = position == winner || (first_of_date && position < winner);
            if takes && current.as_deref() != Some(claim.text.as_ref()) {
                let new = claim.text.clone().into_owned();
                let respells = current.as_deref().is_some_and(|current| same_text(current, &new));
                settled.changes.push(Change { entry: claim.entry, old: current.replace(new.clone()), new, respells });
            }
        }
    }
    // The value as the first of those that say it on that date wrote it, whichever round it came in.
    let source = claims
        .iter()
        .filter(|claim| claim.when() == winning.when() && same_text(&claim.text, &winning.text))
        .find(|claim| !claim.base)
        .unwrap_or(winning);
    // A value that was said again later is as young as its latest saying.
    let latest = claims.iter().filter(|claim| same_text(&claim.text, &winning.text)).filter_map(|claim| claim.date).max();
    settled.date = latest.or(winning.date);
    settled.value = Some((winning.text.clone().into_owned(), source.entry));
    settled
}

fn push_conflict(conflicts: &mut Vec<(String, usize)>, claim: &Claim<'_>) {
    conflicts.push((claim.text.clone().into_owned(), claim.entry));
}
