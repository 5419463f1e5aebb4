//! One year of the statutory calendar: which days are off and which weekends are worked, and the notice that says so.
//!
//! A year without a notice has only what the holiday regulation itself fixes, and says that it is provisional.

use std::sync::Arc;

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::dates::DayKind;
use crate::dates::Notice;
use crate::dates::WorkCalendar;

/// The year as the notices have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatutoryYear<'a> {
    pub year: i32,
    /// The year's own notices, first the one that set it; empty when it is not published.
    pub notices: &'a [Notice],
    /// Ascending; runs that reach into a neighbouring year are given whole.
    pub runs: Vec<SpecialRun<'a>>,
}

/// Days in a row that are off, or worked, for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialRun<'a> {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Worked although it is a weekend (调休上班), as against off.
    pub works: bool,
    /// The holiday.
    pub name: Arc<str>,
    /// The notice it comes from; `None` for a fixed holiday of a year that is not published.
    pub notice: Option<&'a Notice>,
}

impl SpecialRun<'_> {
    /// How many days.
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// What the calendar says of a year.
pub fn statutory_year(calendar: &WorkCalendar, year: i32) -> StatutoryYear<'_> {
    let mut runs: Vec<SpecialRun<'_>> = Vec::new();
    // A holiday at the turn of the year begins or ends in a neighbouring one.
    let first = NaiveDate::from_ymd_opt(year.saturating_sub(1), 12, 1);
    let last = NaiveDate::from_ymd_opt(year.saturating_add(1), 1, 31);
    let (Some(first), Some(last)) = (first, last) else { return StatutoryYear { year, notices: &[], runs } };
    for day in first.iter_days().take_while(|day| *day <= last) {
        let Some((works, name, notice)) = special(calendar, day) else { continue };
        match runs.last_mut() {
            Some(run) if run.last.succ_opt() == Some(day) && run.works == works && run.name == name => run.last = day,
            _ => runs.push(SpecialRun { first: day, last: day, works, name, notice }),
        }
    }
    runs.retain(|run| run.first.year() == year || run.last.year() == year);
    StatutoryYear { year, notices: calendar.notices(year), runs }
}

/// What takes a day out of the plain week.
fn special(calendar: &WorkCalendar, day: NaiveDate) -> Option<(bool, Arc<str>, Option<&Notice>)> {
    match calendar.day(day) {
        DayKind::MakeUpWorkday(name) => Some((true, name.clone(), notice(calendar, day, &name))),
        DayKind::Holiday(name) => Some((false, name.clone(), notice(calendar, day, &name))),
        DayKind::Unknown if !calendar.is_workday(day) && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => {
            Some((false, Arc::from("法定节日"), None))
        }
        DayKind::Unknown | DayKind::Workday | DayKind::Weekend => None,
    }
}

/// The notice that names a day: New Year is prepared in December by the notice of the coming year.
fn notice<'a>(calendar: &'a WorkCalendar, day: NaiveDate, name: &str) -> Option<&'a Notice> {
    let coming = (day.month() == 12 && name.contains("元旦")).then(|| calendar.notice(day.year().saturating_add(1))).flatten();
    coming.or_else(|| calendar.notice(day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(year: i32, published: bool, expected: &[&str]) {
        let calendar = WorkCalendar::statutory();
        let found = statutory_year(&calendar, year);
        assert_eq!(found.notices.is_empty(), !published, "{year}");
        let shown: Vec<String> = found
            .runs
            .iter()
            .map(|run| {
                let kind = if run.works { "班" } else { "休" };
                let number = run.notice.map_or("", |notice| notice.number.as_str());
                format!("{} {} {kind} {} {number}", run.first, run.days(), run.name)
            })
            .collect();
        assert_eq!(shown[..expected.len()], *expected, "{shown:?}");
    }

    #[test]
    fn runs_name_their_notice_also_across_the_turn_of_the_year() {
        let number = "国办发明电〔2025〕7号";
        let line = |start: &str| format!("{start} {number}");
        let lines =
            [line("2026-01-01 3 休 元旦"), line("2026-01-04 1 班 元旦"), line("2026-02-14 1 班 春节"), line("2026-02-15 9 休 春节")];
        check(2026, true, &lines.each_ref().map(String::as_str));
        check(2023, true, &["2022-12-31 3 休 元旦 国办发明电〔2022〕16号"]);
    }

    #[test]
    fn a_year_that_is_not_published_has_its_fixed_holidays_alone() {
        check(2027, false, &["2027-01-01 1 休 法定节日 "]);
        assert!(statutory_year(&WorkCalendar::statutory(), i32::MAX).runs.is_empty());
    }
}
