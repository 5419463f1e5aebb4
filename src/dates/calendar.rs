//! Which days are worked: weekends, statutory holidays and make-up working days (调休上班).
//!
//! Days come from the State Council's notices (`data/statutory-calendar.csv`) or from a file of the
//! same form. A year without a notice is unknown: its days are counted provisionally and every
//! answer that touches it names it. Knows nothing of hazards, deadlines or policies: it counts, and
//! never moves a day on its own.

use std::sync::Arc;
use std::sync::LazyLock;

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::dates::calendar_file;
use crate::dates::calendar_file::CalendarError;

/// The notices that this version ships.
const STATUTORY: &str = include_str!("../../data/statutory-calendar.csv");

static SHIPPED: LazyLock<WorkCalendar> =
    LazyLock::new(|| WorkCalendar::parse(STATUTORY).expect("the shipped calendar is parsed by a test of this file"));

/// What kind of day it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayKind {
    /// Monday to Friday, worked.
    Workday,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// Off by a notice, with the holiday's name; also a weekend day inside a holiday.
    Holiday(Arc<str>),
    /// Worked by a notice although it is a weekend, with the holiday it makes up for.
    MakeUpWorkday(Arc<str>),
    /// No notice is known for the year, and no notice of a neighbouring year names the day.
    Unknown,
}

/// A notice on which a year's calendar rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub year: i32,
    pub title: String,
    /// 文号; empty if the file gives none.
    pub number: String,
    pub issued: Option<NaiveDate>,
}

/// A count of working days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workdays {
    /// Negative when counted backwards.
    pub count: i64,
    /// Years touched whose calendar is not known, ascending; if any, the count is provisional.
    pub unknown_years: Vec<i32>,
}

/// A day found by counting working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedDay {
    pub date: NaiveDate,
    /// Years touched whose calendar is not known, ascending; if any, the day is provisional.
    pub unknown_years: Vec<i32>,
}

/// A day that a notice takes out of the plain Monday-to-Friday week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpecialDay {
    pub(crate) date: NaiveDate,
    pub(crate) works: bool,
    pub(crate) name: Arc<str>,
}

/// The working calendar. Cheap to clone is not promised; keep one and lend it.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    notices: Vec<Notice>,
    /// Ascending by date, one entry a day.
    special: Vec<SpecialDay>,
    /// Ascending: days where the count departs from Monday to Friday, with the running sum of +1
    /// (a worked weekend day) and −1 (a weekday off) up to and including that day.
    corrections: Vec<(NaiveDate, i64)>,
}

impl WorkCalendar {
    /// The State Council's calendars from 2019 to the last year published when this version was made.
    ///
    /// ```
    /// use qingdan::dates::{DayKind, WorkCalendar};
    /// let calendar = WorkCalendar::statutory();
    /// let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// // A Sunday that is worked: it makes up for the Labour Day holiday of 2023.
    /// assert_eq!(calendar.day(day(2023, 4, 23)), DayKind::MakeUpWorkday("劳动节".into()));
    /// // New Year 2019 was prepared by a Saturday of 2018.
    /// assert_eq!(calendar.day(day(2018, 12, 29)), DayKind::MakeUpWorkday("元旦".into()));
    /// assert_eq!(calendar.workdays_between(day(2023, 9, 28), day(2023, 10, 8)).count, 2);
    /// assert_eq!(calendar.workdays_between(day(2026, 12, 30), day(2027, 1, 4)).unknown_years, [2027]);
    /// ```
    pub fn statutory() -> WorkCalendar {
        SHIPPED.clone()
    }

    /// The same, lent: for callers inside the crate that only look.
    pub(crate) fn shipped() -> &'static WorkCalendar {
        &SHIPPED
    }

    /// Reads a calendar file; its form is that of `data/statutory-calendar.csv`, which explains itself.
    ///
    /// # Errors
    /// The first line that cannot be read, with its number.
    pub fn parse(text: &str) -> Result<WorkCalendar, CalendarError> {
        let (notices, special) = calendar_file::parse(text)?;
        Ok(WorkCalendar::new(notices, special))
    }

    fn new(notices: Vec<Notice>, special: Vec<SpecialDay>) -> WorkCalendar {
        let mut calendar = WorkCalendar { notices, special, corrections: Vec::new() };
        let mut changes: Vec<(NaiveDate, i64)> = Vec::new();
        for entry in &calendar.special {
            match (entry.works, is_weekend(entry.date)) {
                (true, true) => changes.push((entry.date, 1)),
                (false, false) => changes.push((entry.date, -1)),
                _ => {}
            }
        }
        for year in PROVISIONAL_YEARS {
            if calendar.is_known(year) {
                continue;
            }
            for date in fixed_holidays(year) {
                if !is_weekend(date) && calendar.special_day(date).is_none() {
                    changes.push((date, -1));
                }
            }
        }
        changes.sort_unstable();
        let mut sum = 0;
        for (_, change) in &mut changes {
            sum += *change;
            *change = sum;
        }
        calendar.corrections = changes;
        calendar
    }

    /// What kind of day it is. In a year without a notice this is [`DayKind::Unknown`], save for days that
    /// a neighbouring year's notice names.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        match self.special_day(date) {
            Some(entry) if entry.works => DayKind::MakeUpWorkday(Arc::clone(&entry.name)),
            Some(entry) => DayKind::Holiday(Arc::clone(&entry.name)),
            None if !self.is_known(date.year()) => DayKind::Unknown,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }

    /// Whether the day counts as worked. Provisional in a year that [`is_known`](Self::is_known) denies:
    /// there Monday to Friday count, save the holidays whose date the holiday regulation itself fixes.
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        match self.special_day(date) {
            Some(entry) => entry.works,
            None if is_weekend(date) => false,
            None => self.is_known(date.year()) || !fixed_holidays(date.year()).any(|holiday| holiday == date),
        }
    }

    /// Whether the year's notice is in the calendar. The last days of a known year can still be touched by
    /// the next year's notice (New Year's make-up day); that is told only once the next year is counted too.
    pub fn is_known(&self, year: i32) -> bool {
        self.notice(year).is_some()
    }

    /// The notice that set the year's holidays.
    pub fn notice(&self, year: i32) -> Option<&Notice> {
        self.notices(year).first()
    }

    /// All notices for the year, in the order of the file: 2019 and 2020 were amended.
    pub fn notices(&self, year: i32) -> &[Notice] {
        let start = self.notices.partition_point(|notice| notice.year < year);
        let end = self.notices.partition_point(|notice| notice.year <= year);
        &self.notices[start..end]
    }

    /// Working days in `(after, until]`: the day after `after` is the first that counts, `until` the last.
    /// Negative if `until` lies before `after`; the days between are then those of `(until, after]`.
    pub fn workdays_between(&self, after: NaiveDate, until: NaiveDate) -> Workdays {
        let count = self.workdays_through(until) - self.workdays_through(after);
        Workdays { count, unknown_years: self.unknown_years(after, until) }
    }

    /// The `n`th working day after the date; for a negative `n` the `n`th before it; for 0 the date itself,
    /// worked or not. `None` beyond the end of the calendar's arithmetic (some 260,000 years).
    pub fn add_workdays(&self, date: NaiveDate, n: i32) -> Option<CountedDay> {
        if n == 0 {
            return Some(CountedDay { date, unknown_years: Vec::new() });
        }
        // No stretch of the calendar has fewer than one worked day in three weeks, and long ones have at
        // least two in three days of the week: this bound is generous for any file that was accepted.
        let reach = Days::new(u64::from(n.unsigned_abs()) * 3 + 400);
        let found = if n > 0 {
            let target = self.workdays_through(date) + i64::from(n);
            first_day(date, date.checked_add_days(reach)?, |day| self.workdays_through(day) >= target)?
        } else {
            // The day whose own count is the (n-1)th before: the last one with fewer than that behind it.
            let before = date.checked_sub_days(Days::new(1))?;
            let target = self.workdays_through(before) + i64::from(n) + 1;
            first_day(date.checked_sub_days(reach)?, date, |day| self.workdays_through(day) >= target)?
        };
        Some(CountedDay { date: found, unknown_years: self.unknown_years(date, found) })
    }

    /// The first working day after the date.
    pub fn next_workday(&self, date: NaiveDate) -> Option<CountedDay> {
        self.add_workdays(date, 1)
    }

    /// The last working day before the date.
    pub fn previous_workday(&self, date: NaiveDate) -> Option<CountedDay> {
        self.add_workdays(date, -1)
    }

    fn special_day(&self, date: NaiveDate) -> Option<&SpecialDay> {
        let at = self.special.binary_search_by_key(&date, |entry| entry.date).ok()?;
        self.special.get(at)
    }

    /// Working days from a fixed day long ago up to and including the date.
    fn workdays_through(&self, date: NaiveDate) -> i64 {
        let days = i64::from(date.num_days_from_ce());
        // Day 1 of the common era is a Monday, so whole weeks are five days each.
        let weekdays = days.div_euclid(7) * 5 + days.rem_euclid(7).min(5);
        let passed = self.corrections.partition_point(|(day, _)| *day <= date);
        let corrected = passed.checked_sub(1).and_then(|last| self.corrections.get(last)).map_or(0, |(_, sum)| *sum);
        weekdays + corrected
    }

    /// Unknown years that the days between two dates touch; the earlier date itself is not among them.
    fn unknown_years(&self, one: NaiveDate, other: NaiveDate) -> Vec<i32> {
        let (after, until) = (one.min(other), one.max(other));
        let Some(first) = after.succ_opt().filter(|first| *first <= until) else { return Vec::new() };
        (first.year()..=until.year()).filter(|year| !self.is_known(*year)).collect()
    }
}

/// Years in which fixed-date holidays are taken out of the provisional count.
const PROVISIONAL_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The holidays that fall on fixed dates of the solar calendar by the regulation on holidays itself:
/// 1 January, 1 May, 1–3 October, and 2 May since 2025.
fn fixed_holidays(year: i32) -> impl Iterator<Item = NaiveDate> {
    let second_of_may = (year >= 2025).then_some((5, 2));
    let days = [Some((1, 1)), Some((5, 1)), second_of_may, Some((10, 1)), Some((10, 2)), Some((10, 3))];
    let counted = PROVISIONAL_YEARS.contains(&year);
    days.into_iter().flatten().filter(move |_| counted).filter_map(move |(month, day)| NaiveDate::from_ymd_opt(year, month, day))
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The first day of `low..=high` on which the condition holds; the condition, once true, stays true.
fn first_day(low: NaiveDate, high: NaiveDate, holds: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let (mut low, mut high) = (low.num_days_from_ce(), high.num_days_from_ce());
    let day = NaiveDate::from_num_days_from_ce_opt;
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(day(middle)?) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    day(high).filter(|found| holds(*found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tyme4rs::tyme::holiday::LEGAL_HOLIDAY_DATA;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_agrees_with_an_independent_one() {
        // Entries are 13 characters: date, 0 for a worked day or 1, a name's index, an offset.
        let mut independent = std::collections::BTreeMap::new();
        for entry in LEGAL_HOLIDAY_DATA.as_bytes().chunks(13) {
            let entry = std::str::from_utf8(entry).unwrap();
            independent.insert(NaiveDate::parse_from_str(&entry[..8], "%Y%m%d").unwrap(), &entry[8..9] == "0");
        }
        let calendar = WorkCalendar::statutory();
        let mut compared = 0;
        for day in date("2019-01-01").iter_days().take_while(|day| *day <= date("2026-12-31")) {
            let expected = match independent.get(&day) {
                Some(true) => "worked",
                Some(false) => "holiday",
                None if is_weekend(day) => "weekend",
                None => "workday",
            };
            let ours = match calendar.day(day) {
                DayKind::MakeUpWorkday(_) => "worked",
                DayKind::Holiday(_) => "holiday",
                DayKind::Weekend => "weekend",
                DayKind::Workday => "workday",
                DayKind::Unknown => "unknown",
            };
            // A weekend day next to a one-day holiday is a plain weekend in the notices of some years and
            // part of the holiday in others; both are days off.
            let off = |kind: &str| kind == "holiday" || kind == "weekend";
            assert!(ours == expected || (off(ours) && off(expected)), "{day}: ours {ours}, expected {expected}");
            assert_eq!(calendar.is_workday(day), expected.starts_with("work"), "{day}");
            compared += 1;
        }
        assert_eq!(compared, 2922);
    }

    #[test]
    fn the_one_lookup_of_the_independent_crate_means_what_we_take_it_for() {
        use tyme4rs::tyme::holiday::LegalHoliday;
        assert!(LegalHoliday::from_ymd(2023, 4, 23).unwrap().is_work());
        assert!(!LegalHoliday::from_ymd(2023, 10, 2).unwrap().is_work());
        assert!(LegalHoliday::from_ymd(2023, 4, 24).is_none());
    }

    #[test]
    fn counts_equal_a_walk_day_by_day() {
        let calendar = WorkCalendar::statutory();
        let start = date("2018-11-20");
        for offset in (0..3200).step_by(13) {
            let from = start + Days::new(offset);
            let mut count = 0;
            for step in 1..=70 {
                let until = from + Days::new(step);
                count += i64::from(calendar.is_workday(until));
                assert_eq!(calendar.workdays_between(from, until).count, count, "{from} {until}");
                assert_eq!(calendar.workdays_between(until, from).count, -count, "{until} {from}");
                if calendar.is_workday(until) {
                    assert_eq!(calendar.add_workdays(from, count as i32).unwrap().date, until, "{from} + {count}");
                }
            }
            let mut back = 0;
            for step in 1..=40 {
                let day = from - Days::new(step);
                if calendar.is_workday(day) {
                    back -= 1;
                    assert_eq!(calendar.add_workdays(from, back).unwrap().date, day, "{from} {back}");
                }
            }
        }
    }

    #[test]
    fn unknown_years_are_named() {
        let calendar = WorkCalendar::statutory();
        let years = |from: &str, until: &str| calendar.workdays_between(date(from), date(until)).unknown_years;
        assert_eq!(years("2026-12-01", "2026-12-31"), [0i32; 0]);
        assert_eq!(years("2026-12-31", "2027-01-01"), [2027]);
        assert_eq!(years("2027-12-31", "2026-12-31"), [2027]);
        assert_eq!(years("2018-12-31", "2019-01-04"), [0i32; 0]);
        assert_eq!(years("2017-06-01", "2019-01-04"), [2017, 2018]);
        assert_eq!(calendar.add_workdays(date("2026-12-31"), 1).unwrap().unknown_years, [2027]);
        assert_eq!(calendar.day(date("2027-02-01")), DayKind::Unknown);
        assert_eq!(calendar.day(date("2018-12-31")), DayKind::Holiday("元旦".into()));
        assert!(!calendar.is_workday(date("2027-10-01")));
        assert!(!calendar.is_known(2018));
    }

    #[test]
    fn every_year_has_its_notice() {
        let calendar = WorkCalendar::statutory();
        for (year, number, count) in [
            (2019, "国办发明电〔2018〕15号", 2),
            (2020, "国办发明电〔2019〕16号", 2),
            (2021, "国办发明电〔2020〕27号", 1),
            (2022, "国办发明电〔2021〕11号", 1),
            (2023, "国办发明电〔2022〕16号", 1),
            (2024, "国办发明电〔2023〕7号", 1),
            (2025, "国办发明电〔2024〕12号", 1),
            (2026, "国办发明电〔2025〕7号", 1),
        ] {
            let notice = calendar.notice(year).unwrap();
            assert_eq!((notice.number.as_str(), calendar.notices(year).len()), (number, count));
            assert!(notice.title.contains(&format!("{year}年")));
            assert_eq!(notice.issued.unwrap().year(), year - 1);
        }
        assert_eq!(calendar.notice(2027), None);
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let calendar = WorkCalendar::statutory();
        assert_eq!(calendar.add_workdays(NaiveDate::MAX, 5), None);
        assert_eq!(calendar.add_workdays(NaiveDate::MIN, -5), None);
        assert!(calendar.add_workdays(date("2023-05-01"), i32::MAX).is_none());
        assert!(calendar.add_workdays(date("2023-05-01"), i32::MIN).is_none());
        assert!(calendar.workdays_between(NaiveDate::MIN, NaiveDate::MAX).count > 0);
        assert!(!calendar.is_workday(NaiveDate::MAX) || calendar.day(NaiveDate::MAX) == DayKind::Unknown);
    }
}
