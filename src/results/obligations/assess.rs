//! Lays what came in over the due days: whose it is, which period it belongs to, what state follows.
//!
//! One thing fulfils one period. Between two due days it belongs to the later one, unless the earlier one is still
//! open and lies nearer: Saturday's file is last Friday's come late, Thursday's is the coming Friday's.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::Fulfilment;
use crate::campaign::Ground;
use crate::campaign::Party;
use crate::campaign::model::Obligation;
use crate::campaign::parties::owing;
use crate::results::obligations::Duty;
use crate::results::obligations::DutyDetail;
use crate::results::obligations::DutyPeriod;
use crate::results::obligations::DutyState;
use crate::results::obligations::Obligations;
use crate::results::obligations::due_days;
use crate::results::obligations::due_days::DueDay;
use crate::results::obligations::due_days::times;
use crate::results::obligations::due_days::window;
use crate::results::obligations::evidence::Evidence;
use crate::results::obligations::evidence::EvidenceKind;

/// Every obligation of the campaign on the as-of date. Evidence dated later has not happened yet.
pub fn obligations(evidence: &[Evidence], ground: Ground<'_>) -> Obligations {
    let Ground { campaign, roster, calendar, as_of } = ground;
    let of_parties = by_party(evidence, as_of);
    let mut periods = Vec::new();
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        let parties = owing(campaign, roster, obligation);
        let all = due_days(campaign, obligation, calendar);
        // What comes after the next due day is for `calendar`.
        let fallen = all.partition_point(|day| day.due <= as_of);
        let shown = all.get(..all.len().min(fallen + 1)).unwrap_or_default();
        let opens = if obligation.every.is_some() { Some(window(campaign, obligation).0) } else { obligation.start };
        let asked = |kind: &Fulfilment| if let Fulfilment::Form(id) = kind { campaign.form(id) } else { None };
        let forms = obligation.fulfilled_by.iter().filter_map(asked).collect();
        let schedule =
            Schedule { forms, index, obligation, days: shown, latest: fallen.saturating_sub(1), opens, times: times(obligation), as_of };
        let duties = parties.iter().map(|party| schedule.duties(party, of_parties.get(party).map_or(&[], Vec::as_slice)));
        periods.extend(schedule.periods(duties.collect()));
    }
    Obligations { as_of, periods }
}

/// A piece of evidence with what comparing it with the one before has shown.
#[derive(Clone, Copy)]
struct Known<'a> {
    evidence: &'a Evidence,
    unchanged: bool,
}

/// The evidence of each party by day; undated pieces come last.
fn by_party(evidence: &[Evidence], as_of: NaiveDate) -> BTreeMap<&Party, Vec<Known<'_>>> {
    let mut of_parties: BTreeMap<&Party, Vec<Known<'_>>> = BTreeMap::new();
    for piece in evidence.iter().filter(|piece| piece.on.is_none_or(|on| on <= as_of)) {
        of_parties.entry(&piece.party).or_default().push(Known { evidence: piece, unchanged: false });
    }
    for pieces in of_parties.values_mut() {
        pieces.sort_by_key(|known| (known.evidence.on.is_none(), known.evidence.on, known.evidence.file.clone()));
        let mut before: Option<(u64, Option<NaiveDate>)> = None;
        for known in pieces.iter_mut() {
            let EvidenceKind::Ledger { print } = known.evidence.kind else { continue };
            // The same file mailed twice on one day is one submission.
            known.unchanged = before.is_some_and(|(other, on)| other == print && on != known.evidence.on);
            if before.is_none_or(|(other, _)| other != print) || known.unchanged {
                before = Some((print, known.evidence.on));
            }
        }
    }
    of_parties
}

/// One obligation and its due days up to the next one to come.
struct Schedule<'a> {
    index: usize,
    obligation: &'a Obligation,
    days: &'a [DueDay],
    latest: usize,
    /// The first day on which something can count; `None` for a report asked for once, which may come early.
    opens: Option<NaiveDate>,
    times: u32,
    as_of: NaiveDate,
    /// The count forms that fulfil it.
    forms: Vec<usize>,
}

/// What belongs to one period of one party.
#[derive(Default, Clone)]
struct Came<'a> {
    /// Counts, in time; the flag says that its day is not known.
    in_time: Vec<(Known<'a>, bool)>,
    late: Vec<Known<'a>>,
    /// Came, but counts for nothing.
    useless: Vec<&'a Evidence>,
}

impl<'a> Schedule<'a> {
    /// One duty for each period; for an obligation without due day one in all.
    fn duties(&self, party: &Party, pieces: &[Known<'a>]) -> Vec<Duty> {
        let mut came: Vec<Came<'a>> = vec![Came::default(); self.days.len().max(1)];
        for known in pieces.iter().filter(|known| self.concerns(known.evidence)) {
            let Some(on) = known.evidence.on else {
                self.put(&mut came, self.latest, known, false, true);
                continue;
            };
            if self.opens.is_some_and(|opens| on < opens) {
                continue;
            }
            let next = self.days.partition_point(|day| day.due < on);
            let before = next.checked_sub(1).filter(|before| came.get(*before).is_some_and(|came| !self.is_enough(came)));
            match (before, self.days.get(next)) {
                (Some(before), None) => self.put(&mut came, before, known, true, false),
                (Some(before), Some(coming)) if self.is_nearer(before, coming.due, on) => self.put(&mut came, before, known, true, false),
                // Past the last day and nothing open: it adds nothing.
                (None, None) if next > 0 => {}
                _ => self.put(&mut came, next, known, false, false),
            }
        }
        came.into_iter().enumerate().map(|(index, came)| self.duty(party, self.days.get(index), came)).collect()
    }

    fn is_nearer(&self, before: usize, coming: NaiveDate, on: NaiveDate) -> bool {
        self.days.get(before).is_some_and(|before| on - before.due < coming - on)
    }

    fn is_enough(&self, came: &Came<'_>) -> bool {
        came.in_time.len() + came.late.len() >= self.times as usize
    }

    fn put(&self, came: &mut [Came<'a>], index: usize, known: &Known<'a>, late: bool, undated: bool) {
        let Some(came) = came.get_mut(index) else { return };
        match (is_useful(&known.evidence.kind), late) {
            (false, _) => came.useless.push(known.evidence),
            (true, true) => came.late.push(*known),
            // Something without a day never stands in for something that has one.
            (true, false) if undated && self.is_enough(came) => {}
            (true, false) => came.in_time.push((*known, undated)),
        }
    }

    /// Whether a piece can belong to this obligation at all.
    fn concerns(&self, evidence: &Evidence) -> bool {
        match &evidence.kind {
            EvidenceKind::Form { form } => self.forms.contains(form),
            EvidenceKind::Logged { obligations, .. } | EvidenceKind::Document { obligations } => obligations.contains(&self.index),
            // Who sends hazards where a zero report is owed has said more than was asked for.
            _ => self.obligation.fulfilled_by.iter().any(|kind| matches!(kind, Fulfilment::Ledger | Fulfilment::ZeroReport)),
        }
    }

    fn duty(&self, party: &Party, day: Option<&DueDay>, came: Came<'a>) -> Duty {
        let mut details: Vec<DutyDetail> = Vec::new();
        let number = came.in_time.len() + came.late.len();
        let standing = if self.is_enough(&came) { number } else { 0 };
        let (state, decisive): (DutyState, Option<&Evidence>) = if standing == 0 {
            let over = day.is_some_and(|day| day.due < self.as_of);
            if number > 0 {
                details.push(DutyDetail::TooFew);
            }
            let last = came.useless.last().copied();
            details.extend(last.and_then(|evidence| failing(&evidence.kind)));
            let any = came.in_time.first().map(|(known, _)| known.evidence).or(came.late.first().map(|known| known.evidence));
            (if over { DutyState::Missing } else { DutyState::NotDue }, any.or(last))
        } else if came.in_time.len() >= self.times as usize {
            // Hazards outweigh a zero report of the same period, and a dated piece one without a day.
            let chosen = came.in_time.iter().min_by_key(|(known, undated)| (is_zero(&known.evidence.kind), *undated));
            details.extend(came.in_time.iter().flat_map(|(known, undated)| {
                let same = chosen.is_some_and(|(other, _)| std::ptr::eq(other.evidence, known.evidence));
                if same { told(known, *undated) } else { Vec::new() }
            }));
            let zero = chosen.is_some_and(|(known, _)| is_zero(&known.evidence.kind));
            (if zero { DutyState::Zero } else { DutyState::Reported }, chosen.map(|(known, _)| known.evidence))
        } else {
            // The piece that made it enough decides the day.
            let needed = (self.times as usize).saturating_sub(came.in_time.len() + 1);
            let chosen = came.late.get(needed).or(came.late.last());
            details.extend(chosen.iter().flat_map(|known| told(known, false)));
            if chosen.is_some_and(|known| is_zero(&known.evidence.kind)) {
                details.push(DutyDetail::Zero);
            }
            (DutyState::Late, chosen.map(|known| known.evidence))
        };
        details.sort_unstable();
        details.dedup();
        Duty {
            party: party.clone(),
            state,
            details,
            on: decisive.and_then(|piece| piece.on),
            file: decisive.map(|piece| piece.file.clone()),
        }
    }

    /// Turns the duties of each party into the parties of each period.
    fn periods(&self, of_parties: Vec<Vec<Duty>>) -> Vec<DutyPeriod> {
        let number = self.days.len().max(1);
        let mut of_periods: Vec<Vec<Duty>> = vec![Vec::with_capacity(of_parties.len()); number];
        for duties in of_parties {
            for (of_period, duty) in of_periods.iter_mut().zip(duties) {
                of_period.push(duty);
            }
        }
        let period = |(index, duties): (usize, Vec<Duty>)| {
            let day = self.days.get(index);
            let by_state = DutyState::ALL.map(|state| duties.iter().filter(|duty| duty.state == state).count() as u32);
            DutyPeriod {
                obligation: self.index,
                due: day.map(|day| day.due),
                time: self.obligation.time,
                on_day_off: day.is_some_and(|day| day.on_day_off),
                is_provisional: day.is_some_and(|day| day.is_provisional),
                is_latest: index == self.latest,
                duties,
                by_state,
            }
        };
        of_periods.into_iter().enumerate().map(period).collect()
    }
}

fn is_useful(kind: &EvidenceKind) -> bool {
    matches!(
        kind,
        EvidenceKind::Ledger { .. }
            | EvidenceKind::Zero { .. }
            | EvidenceKind::Logged { .. }
            | EvidenceKind::Document { .. }
            | EvidenceKind::Form { .. }
    )
}

fn is_zero(kind: &EvidenceKind) -> bool {
    matches!(kind, EvidenceKind::Zero { .. } | EvidenceKind::Logged { is_zero: true, .. })
}

/// Why a piece counts for nothing.
fn failing(kind: &EvidenceKind) -> Option<DutyDetail> {
    match kind {
        EvidenceKind::Unreadable => Some(DutyDetail::Unreadable),
        EvidenceKind::Rejected => Some(DutyDetail::Rejected),
        EvidenceKind::Empty => Some(DutyDetail::Empty),
        EvidenceKind::Ledger { .. }
        | EvidenceKind::Zero { .. }
        | EvidenceKind::Logged { .. }
        | EvidenceKind::Document { .. }
        | EvidenceKind::Form { .. } => None,
    }
}

/// What is to be said of a piece that counts.
fn told(known: &Known<'_>, undated: bool) -> Vec<DutyDetail> {
    let kind = &known.evidence.kind;
    let facts = [
        (matches!(kind, EvidenceKind::Zero { major_only: true }), DutyDetail::MajorOnly),
        (known.unchanged, DutyDetail::Unchanged),
        (undated, DutyDetail::Undated),
        (matches!(kind, EvidenceKind::Logged { .. }), DutyDetail::Logged),
    ];
    facts.into_iter().filter(|(holds, _)| *holds).map(|(_, detail)| detail).collect()
}

#[cfg(test)]
mod tests;
