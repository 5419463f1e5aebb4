//! The days on which one reporting duty falls due, over the whole campaign.
//!
//! A recurrence is expanded from its own window, or from the campaign's period where it states none, and a day
//! off does what the duty's `on_day_off` says. Who owes the report and who has sent it is not known here.

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::Campaign;
use crate::campaign::model::DayOffPolicy;
use crate::campaign::model::Obligation;
use crate::dates::DayKind;
use crate::dates::Recurrence;
use crate::dates::WorkCalendar;

/// One due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day in time, after `on_day_off`.
    pub day: NaiveDate,
    /// The day as the plan has it; differs from `day` only where a day off moved it.
    pub stated: NaiveDate,
    /// The time of day by which; `None` for the end of the day.
    pub time: Option<NaiveTime>,
    /// Whether it recurs, as against a single day of the plan.
    pub recurs: bool,
    /// The day was moved, or judged to be worked, in a year whose statutory calendar is not published.
    pub provisional: bool,
}

/// Every due day of an obligation, ascending; days that a day off moves onto each other count once. An unreadable
/// recurrence has none (the campaign's rules tell it). Days outside the years 1900–2200 are not expanded.
pub fn due_days(obligation: &Obligation, campaign: &Campaign, calendar: &WorkCalendar) -> Vec<Due> {
    let single = obligation.due.map(|day| (day, false));
    let recurrence = obligation.every.as_deref().and_then(|every| Recurrence::parse(every).ok());
    let (first, last) = (obligation.start.unwrap_or(campaign.start), obligation.until.unwrap_or(campaign.end));
    let recurring = recurrence.map(|recurrence| recurrence.occurrences(first, last)).unwrap_or_default();
    let stated = single.into_iter().chain(recurring.into_iter().map(|day| (day, true)));
    let mut days: Vec<Due> = stated
        .map(|(stated, recurs)| {
            let (day, provisional) = moved(stated, obligation.on_day_off, calendar);
            Due { day, stated, time: obligation.time, recurs, provisional }
        })
        .collect();
    days.sort_by_key(|due| (due.day, due.stated));
    days.dedup_by_key(|due| due.day);
    days
}

/// Whether nothing published says if the day is worked.
pub fn is_provisional(day: NaiveDate, calendar: &WorkCalendar) -> bool {
    calendar.day(day) == DayKind::Unknown
}

/// Where a day off moves a due day, and whether that rests on a calendar that is not published.
fn moved(day: NaiveDate, policy: DayOffPolicy, calendar: &WorkCalendar) -> (NaiveDate, bool) {
    let unknown = is_provisional(day, calendar);
    if calendar.is_workday(day) {
        return (day, unknown);
    }
    let counted = match policy {
        DayOffPolicy::Keep => None,
        DayOffPolicy::Previous => calendar.previous_workday(day),
        DayOffPolicy::Next => calendar.next_workday(day),
    };
    counted.map_or((day, unknown), |counted| (counted.date, unknown || !counted.unknown_years.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::three_lists::sample;

    fn obligation(every: Option<&str>, due: Option<NaiveDate>, policy: DayOffPolicy) -> Obligation {
        Obligation {
            id: "weekly".to_owned(),
            name: "周统计".to_owned(),
            from: vec!["units".to_owned()],
            to: None,
            due,
            every: every.map(str::to_owned),
            time: None,
            start: None,
            until: None,
            fulfilled_by: None,
            on_day_off: policy,
            line: 1,
        }
    }

    /// Due days in October 2023 (`*` where provisional); 29 September to 6 October 2023 are off, 7 and 8 October are worked.
    fn check(every: &str, policy: DayOffPolicy, expected: &[&str]) {
        let mut campaign = sample::campaign(0);
        (campaign.start, campaign.end) = (sample::day(10, 1), sample::day(10, 20));
        let days = due_days(&obligation(Some(every), None, policy), &campaign, &WorkCalendar::statutory());
        let days: Vec<String> = days.iter().map(|due| due.day.format("%m-%d").to_string()).collect();
        assert_eq!(days, expected, "{every} {policy:?}");
    }

    #[test]
    fn recurrences_fall_within_the_campaign_and_days_off_do_what_the_duty_says() {
        check("每周五", DayOffPolicy::Keep, &["10-06", "10-13", "10-20"]);
        check("每周五", DayOffPolicy::Previous, &["09-28", "10-13", "10-20"]);
        check("每周五", DayOffPolicy::Next, &["10-07", "10-13", "10-20"]);
        check("FREQ=DAILY;COUNT=8", DayOffPolicy::Next, &["10-07", "10-08"]);
        check("没有这种周期", DayOffPolicy::Keep, &[]);
    }

    #[test]
    fn a_single_day_keeps_what_the_plan_says_beside_where_it_was_moved() {
        let campaign = sample::campaign(0);
        let calendar = WorkCalendar::statutory();
        let sunday = sample::day(12, 10);
        let days = due_days(&obligation(None, Some(sunday), DayOffPolicy::Previous), &campaign, &calendar);
        let expected = Due { day: sample::day(12, 8), stated: sunday, time: None, recurs: false, provisional: false };
        assert_eq!(days, [expected]);
    }

    #[test]
    fn years_that_are_not_published_are_provisional() {
        let mut campaign = sample::campaign(0);
        let day = |text: &str| text.parse().expect("a day");
        (campaign.start, campaign.end) = (day("2026-12-25"), day("2027-01-08"));
        let days = due_days(&obligation(Some("每周五"), None, DayOffPolicy::Next), &campaign, &WorkCalendar::statutory());
        let days: Vec<(String, bool)> = days.iter().map(|due| (due.day.to_string(), due.provisional)).collect();
        let expected = [("2026-12-25", false), ("2027-01-04", true), ("2027-01-08", true)];
        assert_eq!(days, expected.map(|(day, provisional)| (day.to_owned(), provisional)));
    }
}
