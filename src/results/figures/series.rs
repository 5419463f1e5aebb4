//! The course of the campaign: the ledger as of a row of days, by the dates in it.
//!
//! Counted back on the ledger as it is known on the as-of day, so that the last point is the paper's own totals. What a
//! paper of an earlier day knew may have been less.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::Ledger;
use crate::results::assess::deadline_of;
use crate::results::assess::has_fallen_due;
use crate::results::assess::is_closed;
use crate::results::assess::is_found_by;
use crate::results::assess::is_rectified;
use crate::results::assess::is_withdrawn;
use crate::results::figures::FigureInputs;
use crate::vocabulary::Status;

/// The ledger on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub date: NaiveDate,
    pub total: u32,
    pub rectified: u32,
    pub closed: u32,
    pub overdue: u32,
}

/// More weeks than this are shown by month.
const MOST_WEEKS: i64 = 26;

/// One point a week (or month), the last on the as-of day.
pub fn series(inputs: FigureInputs<'_>) -> Vec<Point> {
    let as_of = inputs.period.end;
    let first = inputs.ground.campaign.start.min(as_of);
    days(first, as_of).into_iter().map(|date| point(inputs.ledger, inputs.ground.campaign, date)).collect()
}

/// Days back from `last` in steps of a week, or the ends of months; `last` itself is always one.
fn days(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let mut days = vec![last];
    let weekly = (last - first).num_days() <= MOST_WEEKS * 7;
    let mut day = last;
    loop {
        let earlier = if weekly { day.checked_sub_days(Days::new(7)) } else { day.with_day(1).and_then(|first| first.pred_opt()) };
        match earlier {
            // Ten years of months are more than any chart can show.
            Some(earlier) if earlier >= first && days.len() < 120 => day = earlier,
            _ => break,
        }
        days.push(day);
    }
    days.reverse();
    debug_assert!(days.windows(2).all(|pair| pair[0] < pair[1]) && last.year() >= first.year());
    days
}

fn point(ledger: &Ledger, campaign: &Campaign, date: NaiveDate) -> Point {
    let mut point = Point { date, total: 0, rectified: 0, closed: 0, overdue: 0 };
    for hazard in &ledger.hazards {
        if is_withdrawn(hazard) || !is_found_by(hazard, date) {
            continue;
        }
        let (rectified, closed) = (is_rectified(hazard, date), is_closed(hazard, date));
        let done = if campaign.overdue.until == Status::ClosedOut { closed } else { rectified };
        point.total += 1;
        point.rectified += u32::from(rectified);
        point.closed += u32::from(closed);
        let has_fallen_due = deadline_of(hazard, campaign).0.is_some_and(|deadline| has_fallen_due(hazard, deadline, date));
        point.overdue += u32::from(!done && !closed && has_fallen_due);
    }
    point
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::three_lists::sample::day;

    #[test]
    fn points_are_weeks_or_months_and_end_on_the_day() {
        assert_eq!(days(day(7, 1), day(7, 17)), [day(7, 3), day(7, 10), day(7, 17)]);
        assert_eq!(days(day(7, 1), day(7, 1)), [day(7, 1)]);
        assert_eq!(days(day(1, 10), day(8, 15)).first(), Some(&day(1, 31)));
        assert_eq!(days(day(1, 10), day(8, 15)).last(), Some(&day(8, 15)));
    }
}
