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
    use std::sync::Arc;

    use super::*;
    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    /// The due days of the only obligation of a campaign, each with a `*` where it is provisional.
    fn days(period: &str, obligation: &str) -> Vec<String> {
        let text = format!(
            "campaign: demo\ntitle: 示例\nissuer: 某局\nunits: units.csv\nperiod: {period}\nobligations:\n  - {{id: a, name: 报送, {obligation}}}\n"
        );
        let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: text.into_bytes() };
        let campaign = read_campaign(&file).campaign.expect("a campaign");
        let days = due_days(&campaign.obligations[0], &campaign, &WorkCalendar::statutory());
        days.iter().map(|due| format!("{}{}", due.day, if due.provisional { "*" } else { "" })).collect()
    }

    fn check(period: &str, obligation: &str, expected: &[&str]) {
        assert_eq!(days(period, obligation), expected, "{obligation}");
    }

    /// 29 September to 6 October 2023 are off, 7 and 8 October, a weekend, are worked.
    const OCTOBER: &str = "{start: 2023-10-01, end: 2023-10-20}";

    #[test]
    fn recurrences_fall_within_the_campaign_and_days_off_do_what_the_duty_says() {
        check(OCTOBER, "every: 每周五", &["2023-10-06", "2023-10-13", "2023-10-20"]);
        check(OCTOBER, "every: 每周五, on_day_off: previous", &["2023-09-28", "2023-10-13", "2023-10-20"]);
        check(OCTOBER, "every: 每周五, on_day_off: next", &["2023-10-07", "2023-10-13", "2023-10-20"]);
        check(OCTOBER, "every: FREQ=DAILY;COUNT=8, on_day_off: next", &["2023-10-07", "2023-10-08"]);
        check(OCTOBER, "every: 每周五, start: 2023-10-10, until: 2023-10-15", &["2023-10-13"]);
        check(OCTOBER, "every: 没有这种周期", &[]);
        check(OCTOBER, "due: 2023-10-15, on_day_off: previous", &["2023-10-13"]);
        check(OCTOBER, "due: 2023-10-15", &["2023-10-15"]);
    }

    #[test]
    fn years_that_are_not_published_are_provisional() {
        let period = "{start: 2026-12-25, end: 2027-01-08}";
        check(period, "every: 每周五, on_day_off: next", &["2026-12-25", "2027-01-04*", "2027-01-08*"]);
        check(period, "due: 2027-01-05", &["2027-01-05*"]);
    }
}
