//! Which measures hold of each hazard, and their sums.
//!
//! What a hazard's state is, `results::assess` has decided; here it is only laid beside its state before the period.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::model::SubmissionMode;
use crate::ledger::Hazard;
use crate::results::assess::has_fallen_due;
use crate::results::assess::is_closed;
use crate::results::assess::is_found_by;
use crate::results::assess::is_in_time;
use crate::results::assess::is_rectified;
use crate::results::assess::is_unrectified;
use crate::results::assess::is_withdrawn;
use crate::results::assess::overdue;
use crate::results::figures::BreakdownFigures;
use crate::results::figures::Counted;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::FigureInputs;
use crate::results::figures::Funds;
use crate::results::figures::Measure;
use crate::results::figures::Measures;
use crate::results::figures::RowFigures;
use crate::results::figures::dimension::Breakdown;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueItem;
use crate::results::overdue::OverdueState;
use crate::vocabulary::Field;
use crate::vocabulary::Level;

/// The counted ledger.
pub struct Counting {
    pub overdue: Overdue,
    pub totals: Counts,
    pub funds: Funds,
    pub breakdowns: Vec<BreakdownFigures>,
    pub counted: Vec<Counted>,
    pub required: Vec<(Field, u32)>,
}

/// Counts every hazard of the period.
pub fn count(inputs: FigureInputs<'_>) -> Counting {
    let FigureInputs { ground, ledger, .. } = inputs;
    let Ground { campaign, roster, .. } = ground;
    let as_of = inputs.period.end;
    let overdue = overdue(ledger, ground.on(as_of));
    let mut items: Vec<Option<&OverdueItem>> = vec![None; ledger.hazards.len()];
    for item in &overdue.items {
        if let Some(place) = items.get_mut(item.hazard) {
            *place = Some(item);
        }
    }
    let before: HashMap<&str, &Hazard> = inputs.before.hazards.iter().map(|hazard| (hazard.id.as_str(), hazard)).collect();
    // Where units send news only, silence says nothing.
    let whole_ledgers = campaign.submissions == SubmissionMode::Full;
    let breakdown = Breakdown::new(campaign, roster, ledger);
    let mut counted = Vec::new();
    let mut totals = Counts::default();
    let mut funds = Funds::default();
    let mut rows: Vec<Vec<(Counts, Funds)>> =
        Dimension::ALL.iter().map(|dimension| vec![Default::default(); breakdown.labels(*dimension).len()]).collect();
    let requires = &campaign.levels.major.requires;
    let mut required: Vec<(Field, u32)> = requires.iter().map(|field| (*field, 0)).collect();
    for (index, hazard) in ledger.hazards.iter().enumerate() {
        let item = items.get(index).copied().flatten();
        let earlier = before.get(hazard.id.as_str()).copied().and_then(|earlier| Earlier::of(earlier, inputs.period.day_before()));
        let mut measures = across(hazard, item.is_some(), earlier, &inputs);
        if let Some(item) = item {
            stand(&mut measures, hazard, item, campaign, as_of);
            let is_unfinished = whole_ledgers && !measures.holds(Measure::Rectified);
            measures.set(Measure::NotReportedAgain, is_unfinished && inputs.mentions.is_silent_about(hazard, as_of));
        }
        if measures.is_empty() {
            continue;
        }
        let places = breakdown.rows_of(hazard);
        totals.add(measures);
        for (rows, place) in rows.iter_mut().zip(places) {
            if let Some((counts, row_funds)) = rows.get_mut(place as usize) {
                counts.add(measures);
                if measures.holds(Measure::Total) {
                    row_funds.add(hazard);
                }
            }
        }
        if measures.holds(Measure::Total) {
            funds.add(hazard);
        }
        if measures.holds(Measure::MajorOpen) {
            for (field, count) in &mut required {
                *count += u32::from(is_filled(hazard, *field));
            }
        }
        counted.push(Counted { hazard: index, measures, rows: places });
    }
    let breakdowns = (Dimension::ALL.into_iter().zip(rows))
        .map(|(dimension, rows)| BreakdownFigures {
            dimension,
            rows: (breakdown.labels(dimension).iter().zip(rows))
                .map(|(label, (counts, funds))| RowFigures { label: label.clone(), counts, funds })
                .collect(),
        })
        .collect();
    Counting { overdue, totals, funds, breakdowns, counted, required }
}

/// Where a hazard stood on the day before the period.
#[derive(Clone, Copy)]
struct Earlier {
    /// Closed out or withdrawn.
    closed: bool,
    withdrawn: bool,
    rectified: bool,
}

impl Earlier {
    /// `None` where it was not found by then.
    fn of(hazard: &Hazard, day: NaiveDate) -> Option<Earlier> {
        let found = is_found_by(hazard, day);
        let withdrawn = is_withdrawn(hazard);
        found.then(|| Earlier { closed: withdrawn || is_closed(hazard, day), withdrawn, rectified: is_rectified(hazard, day) })
    }
}

/// The measures that compare two days. `counts` says whether the hazard was found by the as-of day.
fn across(hazard: &Hazard, counts: bool, earlier: Option<Earlier>, inputs: &FigureInputs<'_>) -> Measures {
    let as_of = inputs.period.end;
    let mut measures = Measures::default();
    let withdrawn = is_withdrawn(hazard);
    let closed = withdrawn || is_closed(hazard, as_of);
    let was_closed = earlier.is_some_and(|earlier| earlier.closed);
    let is_new = counts && earlier.is_none() && !withdrawn;
    let carried = earlier.is_some_and(|earlier| !earlier.closed);
    measures.set(Measure::CarriedOver, carried);
    measures.set(Measure::New, is_new);
    measures.set(Measure::NewFromBefore, is_new && hazard.found_on.day().is_some_and(|found| found < inputs.period.start));
    measures.set(Measure::Reopened, counts && was_closed && !closed);
    measures.set(Measure::ClosedInPeriod, counts && !was_closed && closed && !withdrawn);
    let was_withdrawn = earlier.is_some_and(|earlier| earlier.withdrawn);
    measures.set(Measure::WithdrawnInPeriod, counts && carried && withdrawn);
    measures.set(Measure::WithdrawnBefore, was_withdrawn);
    measures.set(Measure::NewlyWithdrawn, counts && withdrawn && !was_withdrawn);
    measures.set(Measure::WithdrawalUndone, was_withdrawn && !(counts && withdrawn));
    measures.set(Measure::Left, carried && !counts);
    measures.set(Measure::OpenAtEnd, counts && !closed);
    let was_rectified = earlier.is_some_and(|earlier| earlier.rectified);
    measures.set(Measure::RectifiedInPeriod, counts && !was_rectified && is_rectified(hazard, as_of));
    measures
}

/// The measures of the as-of day alone.
fn stand(measures: &mut Measures, hazard: &Hazard, item: &OverdueItem, campaign: &Campaign, as_of: NaiveDate) {
    if is_withdrawn(hazard) {
        measures.set(Measure::Withdrawn, true);
        return;
    }
    let rectified = is_rectified(hazard, as_of);
    let closed = is_closed(hazard, as_of);
    let fallen_due = item.deadline.filter(|deadline| has_fallen_due(hazard, *deadline, as_of));
    let in_time = fallen_due.is_some_and(|deadline| is_in_time(hazard, deadline, as_of));
    measures.set(Measure::Total, true);
    measures.set(Measure::Rectified, rectified);
    measures.set(Measure::Closed, closed);
    measures.set(Measure::FallenDue, fallen_due.is_some());
    measures.set(Measure::RectifiedInTime, in_time);
    measures.set(Measure::Late, item.late);
    let rectified_by_now = hazard.rectified_on.is_some_and(|day| day <= as_of);
    measures.set(Measure::RectifiedUndated, fallen_due.is_some() && rectified && !rectified_by_now);
    measures.set(Measure::DueOpen, fallen_due.is_some() && !rectified);
    let state = |state: OverdueState| item.state == state;
    measures.set(Measure::Overdue, state(OverdueState::Overdue));
    measures.set(Measure::DueSoon, state(OverdueState::DueSoon));
    measures.set(Measure::InTime, state(OverdueState::InTime));
    measures.set(Measure::Undated, state(OverdueState::Undated));
    measures.set(Measure::StatusUnclear, state(OverdueState::StatusUnclear));
    measures.set(Measure::DeadlineUnreadable, state(OverdueState::DeadlineUnreadable));
    measures.set(Measure::AwaitingVerification, state(OverdueState::AwaitingVerification));
    let past = if state(OverdueState::Overdue) { item.days.unwrap_or(0) } else { 0 };
    measures.set(Measure::OverdueWeek, (1..=7).contains(&past));
    measures.set(Measure::OverdueMonth, (8..=30).contains(&past));
    measures.set(Measure::OverdueLonger, past > 30);
    let waits = state(OverdueState::DueSoon) || state(OverdueState::InTime);
    let left = item.deadline.filter(|_| waits).map(|deadline| (deadline - as_of).num_days());
    measures.set(Measure::LeftTen, left.is_some_and(|left| left <= 10));
    measures.set(Measure::LeftTwenty, left.is_some_and(|left| (11..=20).contains(&left)));
    measures.set(Measure::LeftMore, left.is_some_and(|left| left > 20));
    let level = hazard.level.value();
    measures.set(Measure::General, level == Some(Level::General));
    measures.set(Measure::GeneralRectified, level == Some(Level::General) && rectified);
    measures.set(Measure::LevelUnknown, level.is_none());
    let major = level == Some(Level::Major);
    measures.set(Measure::Major, major);
    measures.set(Measure::MajorRectified, major && rectified);
    measures.set(Measure::MajorClosed, major && closed);
    let major_open = major && is_unrectified(hazard, as_of);
    measures.set(Measure::MajorOpen, major_open);
    measures.set(Measure::MajorUnclear, major && !rectified && !major_open);
    measures.set(Measure::MajorComplete, major_open && is_complete(hazard, campaign));
    measures.set(Measure::MajorSupervised, major_open && is_filled(hazard, Field::Supervision));
}

/// Whether a major hazard has all that the campaign requires of its level (五落实 and 临时管控).
fn is_complete(hazard: &Hazard, campaign: &Campaign) -> bool {
    let policy = &campaign.levels.major;
    let control = !policy.interim_control_required || is_filled(hazard, Field::InterimControl);
    control && policy.requires.iter().all(|field| is_filled(hazard, *field))
}

/// Whether something is written that is no dash. 无 fills nothing in, 整改资金 neither: its reader takes it for a blank, and who needs none
/// writes 无需资金.
fn is_filled(hazard: &Hazard, field: Field) -> bool {
    hazard.text(field).is_some_and(|text| !matches!(text.trim(), "" | "/" | "-" | "—" | "——" | "\\" | "无"))
}

impl Funds {
    fn add(&mut self, hazard: &Hazard) {
        match hazard.text(Field::Funds).map(yuan) {
            Some(Some(yuan)) => self.yuan += yuan,
            Some(None) => self.unreadable += 1,
            None => {}
        }
    }
}

/// The yuan of an amount in 万元 as the ledger writes it; `None` when it is no amount. Fractions of a yuan are rounded half up.
fn yuan(text: &str) -> Option<i64> {
    let text = text.trim();
    if matches!(text, "无" | "无需资金" | "不需要资金" | "/" | "—" | "-") {
        return Some(0);
    }
    let amount: f64 = text.parse().ok().filter(|amount: &f64| amount.is_finite() && (0.0..1e9).contains(amount))?;
    Some((amount * 10_000.0 + 0.5).floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_counted_in_yuan() {
        let cases = [
            ("2", Some(20_000)),
            ("0.05", Some(500)),
            ("1.2345", Some(12_345)),
            ("无需资金", Some(0)),
            ("约2万", None),
            ("-3", None),
            ("1e400", None),
            ("0.00006", Some(1)),
        ];
        for (text, expected) in cases {
            assert_eq!(yuan(text), expected, "{text}");
        }
    }
}
