//! Working out where each hazard stands on the as-of date.
//!
//! What is dated after the as-of date has not happened yet, so the answer for a past day can be given again.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Days;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::results::overdue::DeadlineSource;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueItem;
use crate::results::overdue::OverdueState;
use crate::results::overdue::Rates;
use crate::results::overdue::StateCounts;
use crate::results::overdue::UnitSummary;
use crate::vocabulary::Status;

/// Where every hazard found by the as-of date stands, with the summary by unit and the rates.
pub fn overdue(ledger: &Ledger, ground: Ground<'_>) -> Overdue {
    let as_of = ground.as_of;
    let mut unknown_years = BTreeSet::new();
    let mut items = Vec::new();
    let mut withdrawn = 0;
    let mut all = Tally::default();
    let mut by_unit: Vec<(Arc<str>, Tally)> = Vec::new();
    for (index, hazard) in ledger.hazards.iter().enumerate() {
        if !is_found_by(hazard, as_of) {
            continue;
        }
        let item = assess(index, hazard, ground, &mut unknown_years);
        if is_withdrawn(hazard) {
            withdrawn += 1;
        } else {
            if by_unit.last().is_none_or(|(unit, _)| *unit != hazard.unit) {
                by_unit.push((hazard.unit.clone(), Tally::default()));
            }
            all.add(hazard, &item, as_of);
            if let Some((_, tally)) = by_unit.last_mut() {
                tally.add(hazard, &item, as_of);
            }
        }
        items.push(item);
    }
    let by_unit = by_unit
        .into_iter()
        .map(|(unit, tally)| UnitSummary { unit, total: tally.total, by_state: tally.by_state, late: tally.late, rates: tally.rates() })
        .collect();
    Overdue {
        as_of,
        items,
        by_state: all.by_state,
        late: all.late,
        withdrawn,
        by_unit,
        rates: all.rates(),
        unknown_years: unknown_years.into_iter().collect(),
    }
}

/// The deadline that counts for a hazard, and where it came from.
pub fn deadline_of(hazard: &Hazard, campaign: &Campaign) -> (Option<NaiveDate>, DeadlineSource) {
    if let Some(extended) = hazard.extended_to {
        return (Some(extended), DeadlineSource::Extension);
    }
    stated_deadline_of(hazard, campaign)
}

/// The deadline of a hazard without regard to an extension.
pub fn stated_deadline_of(hazard: &Hazard, campaign: &Campaign) -> (Option<NaiveDate>, DeadlineSource) {
    let found = hazard.found_on.day();
    match hazard.deadline {
        DateReading::On(deadline) => (Some(deadline), DeadlineSource::Stated),
        DateReading::Immediate => found.map_or((None, DeadlineSource::None), |found| (Some(found), DeadlineSource::Immediate)),
        DateReading::Blank => {
            let within = hazard.level.value().and_then(|level| campaign.levels.of(level).rectify_within);
            match (found, within) {
                (Some(found), Some(days)) => match found.checked_add_days(Days::new(u64::from(days))) {
                    Some(deadline) => (Some(deadline), DeadlineSource::Level),
                    None => (None, DeadlineSource::None),
                },
                _ => (None, DeadlineSource::None),
            }
        }
        DateReading::Undated(_) | DateReading::Unreadable(_) => (None, DeadlineSource::None),
    }
}

/// True if a hazard was found by a day. One without a found day exists from its first report on, and always where that is not known.
pub fn is_found_by(hazard: &Hazard, day: NaiveDate) -> bool {
    hazard.found_on.day().or(hazard.first_reported).is_none_or(|found| found <= day)
}

/// Whether a hazard was rectified by the as-of date (an undated rectification has happened).
pub fn is_rectified(hazard: &Hazard, as_of: NaiveDate) -> bool {
    matches!(hazard.status, Status::Rectified | Status::ClosedOut) && hazard.rectified_on.is_none_or(|date| date <= as_of)
        || is_closed(hazard, as_of)
}

/// True if a hazard was no hazard after all: it is in no total, rate, ranking or list.
pub fn is_withdrawn(hazard: &Hazard) -> bool {
    hazard.status == Status::Withdrawn
}

/// Whether a hazard was closed out by the as-of date.
pub fn is_closed(hazard: &Hazard, as_of: NaiveDate) -> bool {
    match hazard.status {
        Status::ClosedOut => match hazard.closed_out_on {
            Some(date) => date <= as_of,
            // An undated closing cannot lie before the rectification it closes.
            None => hazard.rectified_on.is_none_or(|date| date <= as_of),
        },
        _ => false,
    }
}

/// Whether a deadline has fallen due: its day is over. Withdrawn hazards were never owed; of one whose status cannot be read it
/// is not known whether anything still is.
pub fn has_fallen_due(hazard: &Hazard, deadline: NaiveDate, as_of: NaiveDate) -> bool {
    deadline < as_of && !is_withdrawn(hazard) && hazard.status != Status::Unclear
}

/// True if a hazard is known to be unfinished. Of one whose status cannot be read neither this is known nor the opposite.
pub fn is_unrectified(hazard: &Hazard, as_of: NaiveDate) -> bool {
    !is_rectified(hazard, as_of) && !is_withdrawn(hazard) && hazard.status != Status::Unclear
}

/// Whether a hazard was rectified by its deadline; a rectification without a date is not known to be in time.
pub fn is_in_time(hazard: &Hazard, deadline: NaiveDate, as_of: NaiveDate) -> bool {
    is_rectified(hazard, as_of) && hazard.rectified_on.is_some_and(|date| date <= deadline)
}

fn assess(index: usize, hazard: &Hazard, ground: Ground<'_>, unknown_years: &mut BTreeSet<i32>) -> OverdueItem {
    let Ground { campaign, calendar, as_of, .. } = ground;
    let (deadline, deadline_source) = deadline_of(hazard, campaign);
    let closed = is_closed(hazard, as_of) || is_withdrawn(hazard);
    let rectified = is_rectified(hazard, as_of);
    let rectified_on = hazard.rectified_on.filter(|date| rectified && *date <= as_of);
    let late = deadline.zip(rectified_on).is_some_and(|(deadline, rectified_on)| rectified_on > deadline);
    // Measured at the rectification once that has happened, else today.
    let measured_at = if rectified { rectified_on } else { Some(as_of) };
    let (mut days, mut workdays) = (None, None);
    if let (Some(deadline), Some(at)) = (deadline, measured_at) {
        days = Some(at.signed_duration_since(deadline).num_days());
        let counted = calendar.workdays_between(deadline, at);
        if counted.unknown_years.is_empty() {
            workdays = Some(counted.count);
        } else {
            unknown_years.extend(counted.unknown_years);
        }
    }
    let policy = &campaign.overdue;
    let counted = if policy.working_days { workdays } else { days };
    let done = if policy.until == Status::ClosedOut { closed } else { rectified };
    let state = match (closed, done, deadline) {
        (true, ..) => OverdueState::Closed,
        (false, ..) if hazard.status == Status::Unclear => OverdueState::StatusUnclear,
        (false, true, _) => OverdueState::AwaitingVerification,
        (false, false, None) if rectified => OverdueState::AwaitingVerification,
        (false, false, None) if matches!(hazard.deadline, DateReading::Unreadable(_)) => OverdueState::DeadlineUnreadable,
        (false, false, None) => OverdueState::Undated,
        (false, false, Some(deadline)) if deadline < as_of => OverdueState::Overdue,
        (false, false, Some(_)) if rectified => OverdueState::AwaitingVerification,
        (false, false, Some(_)) if counted.is_some_and(|left| -left <= i64::from(policy.due_soon)) => OverdueState::DueSoon,
        _ => OverdueState::InTime,
    };
    if state == OverdueState::Overdue && rectified {
        // Overdue until closed out: the days run on although the work is done.
        days = deadline.map(|deadline| as_of.signed_duration_since(deadline).num_days());
        workdays = deadline
            .map(|deadline| calendar.workdays_between(deadline, as_of))
            .filter(|counted| counted.unknown_years.is_empty())
            .map(|counted| counted.count);
    }
    if state == OverdueState::StatusUnclear {
        (days, workdays) = (None, None);
    }
    let counted = if policy.working_days { workdays } else { days };
    let step = (state == OverdueState::Overdue)
        .then(|| {
            campaign
                .escalation
                .iter()
                .filter(|step| counted.is_some_and(|days| days >= i64::from(step.after_days)))
                .max_by_key(|step| step.after_days)
        })
        .flatten()
        .map(|step| step.step.clone());
    OverdueItem { hazard: index, deadline, deadline_source, state, late, days, workdays, step }
}

/// Counts of one unit or of all.
#[derive(Default)]
struct Tally {
    total: u32,
    by_state: StateCounts,
    late: u32,
    rectified: u32,
    closed: u32,
    fallen_due: u32,
    in_time: u32,
}

impl Tally {
    fn add(&mut self, hazard: &Hazard, item: &OverdueItem, as_of: NaiveDate) {
        self.total += 1;
        self.by_state[item.state as usize] += 1;
        self.late += u32::from(item.late);
        self.rectified += u32::from(is_rectified(hazard, as_of));
        self.closed += u32::from(is_closed(hazard, as_of));
        if let Some(deadline) = item.deadline.filter(|deadline| has_fallen_due(hazard, *deadline, as_of)) {
            self.fallen_due += 1;
            self.in_time += u32::from(is_in_time(hazard, deadline, as_of));
        }
    }

    fn rates(&self) -> Rates {
        Rates {
            rectified: per_cent(self.rectified, self.total),
            rectified_in_time: per_cent(self.in_time, self.fallen_due),
            closed_out: per_cent(self.closed, self.total),
        }
    }
}

/// A rate in per cent with one decimal, rounded half up; `None` for a zero denominator.
///
/// ```
/// use qingdan::results::per_cent;
/// assert_eq!(per_cent(1, 3), Some(33.3));
/// assert_eq!(per_cent(1, 16), Some(6.3));
/// assert_eq!(per_cent(0, 0), None);
/// ```
pub fn per_cent(part: u32, whole: u32) -> Option<f64> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    let per_mille = (part * 2_000 + whole) / (2 * whole);
    Some(per_mille as f64 / 10.0)
}
