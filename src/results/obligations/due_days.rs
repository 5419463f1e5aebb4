//! When an obligation falls due: its one day, or the days of its recurrence, moved off days off where the plan says so.
//!
//! Knows nothing of who owes it or what came in.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Recurring;
use crate::campaign::model::DayOffPolicy;
use crate::campaign::model::Obligation;
use crate::dates::SettledDay;
use crate::dates::WorkCalendar;

/// A recurrence whose `until` lies far beyond the campaign is expanded no further than this many days after its end.
const DAYS_BEYOND_CAMPAIGN: u64 = 366;

/// One day on which a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    pub due: NaiveDate,
    /// The day as the plan has it; differs from `due` only where a day off moved it.
    pub stated: NaiveDate,
    /// The due day is no working day, and the plan leaves it where it is.
    pub on_day_off: bool,
    /// No notice tells which days of its year are worked.
    pub is_provisional: bool,
}

/// Every due day of an obligation, ascending and without doubles. Empty for one that is tied to an event.
pub fn due_days(campaign: &Campaign, obligation: &Obligation, calendar: &WorkCalendar) -> Vec<DueDay> {
    let (first, last) = window(campaign, obligation);
    let once = || obligation.due.map(|day| SettledDay { stated: day, day, is_provisional: false });
    let stated = obligation.every.as_ref().map_or_else(|| once().into_iter().collect(), |every| every.days(first, last, calendar));
    let mut days: Vec<DueDay> = stated.into_iter().map(|day| settled(day, obligation.on_day_off, calendar)).collect();
    days.sort_by_key(|day| (day.due, day.stated));
    // Saturday's and Sunday's report of a daily duty may both have moved to the Monday.
    days.dedup_by_key(|day| day.due);
    days
}

/// The first and last day on which a recurrence counts: its own, else those of the campaign.
pub fn window(campaign: &Campaign, obligation: &Obligation) -> (NaiveDate, NaiveDate) {
    let furthest = campaign.end.checked_add_days(Days::new(DAYS_BEYOND_CAMPAIGN)).unwrap_or(campaign.end);
    (obligation.start.unwrap_or(campaign.start), obligation.until.unwrap_or(campaign.end).min(furthest))
}

/// How often something must come within each period; 1 unless the words say more (每季度至少2次).
pub fn times(obligation: &Obligation) -> u32 {
    obligation.every.as_ref().map_or(1, Recurring::times)
}

fn settled(settled: SettledDay, policy: DayOffPolicy, calendar: &WorkCalendar) -> DueDay {
    let day = settled.day;
    let works = calendar.is_workday(day);
    let moved = match policy {
        _ if works => None,
        DayOffPolicy::Keep => None,
        DayOffPolicy::Previous => calendar.previous_workday(day),
        DayOffPolicy::Next => calendar.next_workday(day),
    };
    let unknown =
        settled.is_provisional || !calendar.is_known(day.year()) || moved.as_ref().is_some_and(|moved| !moved.unknown_years.is_empty());
    DueDay {
        due: moved.as_ref().map_or(day, |moved| moved.date),
        stated: settled.stated,
        on_day_off: !works && moved.is_none(),
        is_provisional: unknown,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::due_days;
    use crate::campaign::read_campaign;
    use crate::dates::WorkCalendar;
    use crate::source::SourceFile;

    /// The due days of one obligation; `*` stays on a day off, `?` lies in a year without a notice.
    fn check(period: &str, obligation: &str, expected: &[&str]) {
        let yaml = format!(
            "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {period}\nunits: units.csv\n\
             phases: [{{id: first, name: 自查, start: 2023-09-20, end: 2023-09-30}}]\nobligations:\n  - {{id: a, name: 甲, {obligation}}}\n"
        );
        let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: yaml.into_bytes() };
        let campaign = read_campaign(&file).campaign.expect("a campaign");
        let days: Vec<String> = due_days(&campaign, &campaign.obligations[0], &WorkCalendar::statutory())
            .into_iter()
            .map(|day| format!("{}{}{}", day.due, if day.on_day_off { "*" } else { "" }, if day.is_provisional { "?" } else { "" }))
            .collect();
        assert_eq!(days, expected, "{obligation}");
    }

    const PERIOD: &str = "{start: 2023-09-20, end: 2023-10-15}";

    #[test]
    fn due_days_of_every_kind() {
        check(PERIOD, "due: 2023-10-01", &["2023-10-01*"]);
        check(PERIOD, "due: 2023-10-01, on_day_off: previous", &["2023-09-28"]);
        check(PERIOD, "due: 2023-10-01, on_day_off: next", &["2023-10-07"]);
        check(PERIOD, "every: FREQ=WEEKLY;BYDAY=FR", &["2023-09-22", "2023-09-29*", "2023-10-06*", "2023-10-13"]);
        // Two Fridays of the National Day week fall on one working day before it, one after it.
        check(PERIOD, "every: 每周五17:00前, on_day_off: previous", &["2023-09-22", "2023-09-28", "2023-10-13"]);
        check(PERIOD, "every: 每周五17:00前, on_day_off: next", &["2023-09-22", "2023-10-07", "2023-10-13"]);
        // A rule without a day is due at the end of its period.
        check(PERIOD, "every: 每周", &["2023-09-24*", "2023-10-01*", "2023-10-08", "2023-10-15*"]);
        check(PERIOD, "every: 每月29日前", &["2023-09-29*"]);
        check(PERIOD, "every: 每天15:30前, start: 2023-10-12, until: 2023-10-13", &["2023-10-12", "2023-10-13"]);
        // What belongs to a phase keeps to its days; without any day of its own it is due on the phase's last.
        check(PERIOD, "every: 每周五, phase: first", &["2023-09-22", "2023-09-29*"]);
        check(PERIOD, "every: 每周五, phase: first, start: 2023-09-25", &["2023-09-29*"]);
        check(PERIOD, "phase: first", &["2023-09-30*"]);
        check(PERIOD, "phase: first, due: 2023-10-08", &["2023-10-08"]);
        check(PERIOD, "to: 委办公室", &[]);
    }

    #[test]
    fn far_days_are_bounded_and_provisional_ones_marked() {
        check("{start: 2026-12-20, end: 2027-01-10}", "every: 每周五", &["2026-12-25", "2027-01-01*?", "2027-01-08?"]);
        check("{start: 2026-12-20, end: 2027-01-10}", "due: 2027-01-01, on_day_off: next", &["2027-01-04?"]);
        check(PERIOD, "every: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31, until: 2099-12-31", &["2023-12-31*"]);
    }
}
