//! What counts for each measure of a scorecard: the duties and hazards of a unit that gain or cost points, and why.
//!
//! Decides nothing that other results have decided: deadlines, rectification and duty states are theirs. Makes rows,
//! no points.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::model::Measure;
use crate::campaign::model::ScoringItem;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::words_only;
use crate::results::assess::has_fallen_due;
use crate::results::assess::is_in_time;
use crate::results::assess::is_rectified;
use crate::results::assess::is_withdrawn;
use crate::results::checklist::CategoryWords;
use crate::results::obligations::DutyState;
use crate::results::obligations::Obligations;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueItem;
use crate::results::overdue::OverdueState;
use crate::results::scorecard::Effect;
use crate::results::scorecard::Finding;
use crate::results::scorecard::ScoreRow;
use crate::results::scorecard::Subject;
use crate::results::three_lists::status_on;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::is_dash;

/// One done as it should be.
const WHOLE: u32 = 100;

/// What one unit is judged by.
pub struct Basis<'a> {
    /// Index into [`Roster::units`].
    pub unit: usize,
    as_of: NaiveDate,
    /// Its hazards found by the as-of date and not withdrawn, in ledger order.
    hazards: Vec<(&'a OverdueItem, &'a Hazard)>,
    /// Its duties whose due day is over: obligation, period, state.
    duties: Vec<(usize, usize, DutyState)>,
}

impl<'a> Basis<'a> {
    /// The unit's hazards, in ledger order.
    pub fn owed(&self) -> impl Iterator<Item = (&'a OverdueItem, &'a Hazard)> {
        self.hazards.iter().copied()
    }
}

/// What each unit of the roster is judged by, in roster order.
pub fn bases<'a>(roster: &Roster, ledger: &'a Ledger, overdue: &'a Overdue, obligations: &Obligations) -> Vec<Basis<'a>> {
    let as_of = overdue.as_of;
    let mut bases: Vec<Basis<'_>> =
        (0..roster.units.len()).map(|unit| Basis { unit, as_of, hazards: Vec::new(), duties: Vec::new() }).collect();
    for item in &overdue.items {
        let Some(hazard) = ledger.hazards.get(item.hazard).filter(|hazard| !is_withdrawn(hazard)) else { continue };
        if let Some(basis) = hazard.unit_index.and_then(|unit| bases.get_mut(unit)) {
            basis.hazards.push((item, hazard));
        }
    }
    for (index, period) in obligations.periods.iter().enumerate() {
        // As for hazards: the due day itself is not over, whoever has reported early.
        if period.due.is_none_or(|due| due >= as_of) {
            continue;
        }
        for duty in &period.duties {
            if let Party::Unit(unit) = duty.party
                && let Some(basis) = bases.get_mut(unit)
            {
                basis.duties.push((period.obligation, index, duty.state));
            }
        }
    }
    bases
}

/// The rows behind an item.
pub fn rows(campaign: &Campaign, item: &ScoringItem, basis: &Basis<'_>) -> Vec<ScoreRow> {
    match item.measure {
        Measure::ReportedInTime => reports(item, basis),
        Measure::RectifiedInTime => in_time(item, basis),
        Measure::Rectified => rectified(basis),
        Measure::MajorHandled => major(campaign, basis),
        Measure::Repeats => repeats(campaign, item, basis),
        Measure::Overdue => overdue(item, basis),
    }
}

fn credit(hazard: usize, finding: Finding, credit: u32) -> ScoreRow {
    ScoreRow { subject: Subject::Hazard(hazard), finding, effect: Effect::Credit(credit) }
}

fn reports(item: &ScoringItem, basis: &Basis<'_>) -> Vec<ScoreRow> {
    let scored = basis.duties.iter().filter(|(obligation, ..)| item.obligations.contains(obligation));
    let row = |(_, period, state): &(usize, usize, DutyState)| {
        let credit = match state {
            DutyState::Reported | DutyState::Zero => WHOLE,
            DutyState::Late => item.late,
            DutyState::Missing | DutyState::NotDue => 0,
        };
        ScoreRow { subject: Subject::Duty(*period), finding: Finding::Report(*state), effect: Effect::Credit(credit) }
    };
    scored.map(row).collect()
}

/// The hazards of 按期整改率, so that the score and the published rate never differ.
fn in_time(item: &ScoringItem, basis: &Basis<'_>) -> Vec<ScoreRow> {
    let mut rows = Vec::new();
    for (place, hazard) in &basis.hazards {
        let Some(deadline) = place.deadline.filter(|deadline| has_fallen_due(hazard, *deadline, basis.as_of)) else { continue };
        let (finding, gained) = match (is_rectified(hazard, basis.as_of), hazard.rectified_on) {
            _ if is_in_time(hazard, deadline, basis.as_of) => (Finding::InTime, WHOLE),
            (true, Some(_)) => (Finding::Late, item.late),
            (true, None) => (Finding::Undated, 0),
            (false, _) => (Finding::NotRectified, 0),
        };
        rows.push(credit(place.hazard, finding, gained));
    }
    rows
}

/// The hazards of 整改率.
fn rectified(basis: &Basis<'_>) -> Vec<ScoreRow> {
    let row = |(place, hazard): &(&OverdueItem, &Hazard)| match is_rectified(hazard, basis.as_of) {
        true => credit(place.hazard, Finding::Done(status_on(hazard, basis.as_of)), WHOLE),
        false => credit(place.hazard, Finding::NotRectified, 0),
    };
    basis.hazards.iter().map(row).collect()
}

fn major(campaign: &Campaign, basis: &Basis<'_>) -> Vec<ScoreRow> {
    let majors = basis.owed().filter(|(_, hazard)| hazard.level.value() == Some(Level::Major));
    let row = |(place, hazard): (&OverdueItem, &Hazard)| {
        let done = is_rectified(hazard, basis.as_of);
        let (finding, gained) = match (done, place.deadline) {
            (true, None) => (Finding::WithoutDeadline, 0),
            (true, Some(deadline)) if is_in_time(hazard, deadline, basis.as_of) => (Finding::InTime, WHOLE),
            (true, Some(_)) if hazard.rectified_on.is_none() => (Finding::Undated, 0),
            (true, Some(_)) => (Finding::Late, 0),
            (false, _) => match lacking(campaign, place, hazard) {
                fields if fields.is_empty() => (Finding::InHand, WHOLE),
                fields => (Finding::Lacking(fields), 0),
            },
        };
        credit(place.hazard, finding, gained)
    };
    majors.map(row).collect()
}

/// What the campaign demands of a major hazard until it is rectified, and the ledger does not say.
fn lacking(campaign: &Campaign, place: &OverdueItem, hazard: &Hazard) -> Vec<Field> {
    let policy = &campaign.levels.major;
    let mut fields = policy.requires.clone();
    if policy.interim_control_required {
        fields.extend([Field::InterimControl, Field::Guard]);
    }
    fields.extend(policy.supervision.as_ref().map(|_| Field::Supervision));
    let is_blank = |field: &Field| match (field, hazard.text(*field)) {
        // A deadline that names no day (尽快) is none.
        (Field::Deadline, _) => place.deadline.is_none(),
        (_, None) => true,
        (field, Some(text)) => *field != Field::Funds && is_dash(text),
    };
    fields.retain(is_blank);
    fields
}

/// Hazards found again after the same thing was rectified. The same thing is one of the same unit, place and words,
/// and of the same category where both name one.
fn repeats(campaign: &Campaign, item: &ScoringItem, basis: &Basis<'_>) -> Vec<ScoreRow> {
    let categories = CategoryWords::of(campaign);
    let mut alike: BTreeMap<(String, String), Vec<Found<'_>>> = BTreeMap::new();
    let mut rows = Vec::new();
    for (place, hazard) in basis.owed() {
        let words = |field: Field| hazard.text(field).map(words_only).unwrap_or_default();
        let (DateReading::On(on), description) = (hazard.found_on, words(Field::Description)) else { continue };
        if description.is_empty() {
            continue;
        }
        let category = hazard.text(Field::Category).map(|written| match categories.category_of(written) {
            Some(index) => index.to_string(),
            None => words_only(written),
        });
        alike.entry((words(Field::Location), description)).or_default().push(Found { index: place.hazard, hazard, on, category });
    }
    for found in alike.values() {
        for again in found {
            let before = found.iter().filter(|earlier| again.comes_back_after(earlier, basis.as_of));
            if let Some(earlier) = before.max_by_key(|earlier| (earlier.on, earlier.index)) {
                let effect = Effect::Deduction(item.each);
                rows.push(ScoreRow { subject: Subject::Hazard(again.index), finding: Finding::CameBack(earlier.index), effect });
            }
        }
    }
    rows.sort_by_key(|row| match row.subject {
        Subject::Hazard(index) | Subject::Duty(index) => index,
    });
    rows
}

/// A hazard with what it is compared by.
struct Found<'a> {
    index: usize,
    hazard: &'a Hazard,
    on: NaiveDate,
    category: Option<String>,
}

impl Found<'_> {
    /// Whether it was found after the other had been rectified. A rectification without any day proves nothing.
    fn comes_back_after(&self, earlier: &Found<'_>, as_of: NaiveDate) -> bool {
        let same_category = match (&self.category, &earlier.category) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        let ended = earlier.hazard.rectified_on.or(earlier.hazard.closed_out_on);
        same_category && is_rectified(earlier.hazard, as_of) && earlier.on < self.on && ended.is_some_and(|ended| ended < self.on)
    }
}

fn overdue(item: &ScoringItem, basis: &Basis<'_>) -> Vec<ScoreRow> {
    let late = basis.owed().filter(|(place, _)| place.state == OverdueState::Overdue);
    let row = |(place, _): (&OverdueItem, &Hazard)| ScoreRow {
        subject: Subject::Hazard(place.hazard),
        finding: Finding::Overdue(place.days),
        effect: Effect::Deduction(item.each),
    };
    late.map(row).collect()
}
