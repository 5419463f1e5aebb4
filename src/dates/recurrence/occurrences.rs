//! The days on which a rule falls between two days.
//!
//! The start is the rule's DTSTART: intervals count from it, and a rule without days takes its weekday,
//! day or month. Only days that fit the rule are given, the start itself included only if it fits.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::dates::point::month_end;
use crate::dates::recurrence::ByDay;
use crate::dates::recurrence::Frequency;
use crate::dates::recurrence::Recurrence;
use crate::dates::recurrence::following;

/// No rule is expanded outside these years, whatever it is asked for.
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2200;

impl Recurrence {
    /// The days in `[start, end]`, ascending. A day that a month does not have (the 29th to 31st) is left
    /// out there, as RFC 5545 says; [`skipped_months`](Self::skipped_months) names those months. Days outside the
    /// years 1900–2200 are not expanded.
    pub fn occurrences(&self, start: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        let (start, end) = following::window(self, start, end);
        let Some(last) = self.last_day(end) else { return days };
        let most = self.count.map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(usize::MAX));
        for_each_period(self, start, last, |first_of_period| {
            let mut of_period = self.days_of_period(first_of_period, start);
            of_period.retain(|day| (start..=last).contains(day));
            of_period.sort_unstable();
            of_period.dedup();
            days.extend(of_period);
            days.len() < most
        });
        days.truncate(most);
        days
    }

    /// The months between start and end in which the rule asks for a day that they do not have.
    pub fn skipped_months(&self, start: NaiveDate, end: NaiveDate) -> Vec<(i32, u32)> {
        let mut skipped = Vec::new();
        let (start, end) = following::window(self, start, end);
        let Some(last) = self.last_day(end) else { return skipped };
        if matches!(self.frequency, Frequency::Daily | Frequency::Weekly) {
            return skipped;
        }
        for_each_period(self, start, last, |first_of_period| {
            for month in self.months_of_period(first_of_period, start) {
                let Some(month_last) = month_end(month) else { continue };
                let length = i32::try_from(month_last.day()).unwrap_or(31);
                let within = month_last >= start && month <= last;
                if within && self.month_days(start).iter().any(|day| day.abs() > length) {
                    skipped.push((month.year(), month.month()));
                }
            }
            true
        });
        skipped.dedup();
        skipped
    }

    /// The last days of the months in `[start, end]` that lack the day asked for: where a paper goes that must not be left out.
    pub fn ends_of_short_months(&self, start: NaiveDate, end: NaiveDate) -> Vec<NaiveDate> {
        let ends =
            self.skipped_months(start, end).into_iter().filter_map(|(year, month)| month_end(NaiveDate::from_ymd_opt(year, month, 1)?));
        ends.filter(|day| (start..=end).contains(day) && !self.month_days(start).contains(&-1)).collect()
    }

    fn last_day(&self, end: NaiveDate) -> Option<NaiveDate> {
        let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31)?;
        Some(end.min(last).min(self.until.unwrap_or(last)))
    }

    /// The days of the month that the rule names, or takes from its start.
    fn month_days(&self, start: NaiveDate) -> Vec<i32> {
        match (self.by_month_day.is_empty(), self.by_day.is_empty()) {
            (false, _) => self.by_month_day.clone(),
            (true, false) => Vec::new(),
            (true, true) => i32::try_from(start.day()).into_iter().collect(),
        }
    }

    fn days_of_period(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        match self.frequency {
            Frequency::Daily => {
                let fits = self.fits_month(first) && self.fits_month_day(first) && self.fits_weekday(first);
                if fits { vec![first] } else { Vec::new() }
            }
            Frequency::Weekly => {
                let week = (0..7).filter_map(|offset| first.checked_add_days(Days::new(offset)));
                let fits = |day: &NaiveDate| match self.by_day.is_empty() {
                    true => day.weekday() == start.weekday(),
                    false => self.fits_weekday(*day),
                };
                week.filter(fits).filter(|day| self.fits_month(*day)).collect()
            }
            Frequency::Monthly | Frequency::Yearly => self.days_of_months(first, start),
        }
    }

    fn days_of_months(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        let months = self.months_of_period(first, start);
        let numbers = self.month_days(start);
        if !numbers.is_empty() {
            let days = months.iter().flat_map(|month| numbers.iter().filter_map(|number| numbered_day(*month, *number)));
            return days.filter(|day| self.fits_weekday(*day)).collect();
        }
        // A yearly rule without months numbers its weekdays within the year.
        if self.frequency == Frequency::Yearly && self.by_month.is_empty() {
            let Some(last) = NaiveDate::from_ymd_opt(first.year(), 12, 31) else { return Vec::new() };
            return weekdays_between(&self.by_day, first, last);
        }
        months
            .iter()
            .filter_map(|month| Some((*month, month_end(*month)?)))
            .flat_map(|(month, last)| weekdays_between(&self.by_day, month, last))
            .collect()
    }

    /// The first days of the months that the rule looks at within a period.
    fn months_of_period(&self, first: NaiveDate, start: NaiveDate) -> Vec<NaiveDate> {
        match self.frequency {
            Frequency::Monthly => Some(first).into_iter().filter(|month| self.fits_month(*month)).collect(),
            _ => {
                let from_start = self.by_month.is_empty() && self.by_month_day.is_empty() && self.by_day.is_empty();
                let wanted = |month: &NaiveDate| if from_start { month.month() == start.month() } else { self.fits_month(*month) };
                (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(first.year(), month, 1)).filter(wanted).collect()
            }
        }
    }

    fn fits_month(&self, day: NaiveDate) -> bool {
        self.by_month.is_empty() || self.by_month.contains(&day.month())
    }

    fn fits_month_day(&self, day: NaiveDate) -> bool {
        self.by_month_day.is_empty() || self.by_month_day.iter().any(|number| numbered_day(day, *number) == Some(day))
    }

    fn fits_weekday(&self, day: NaiveDate) -> bool {
        self.by_day.is_empty() || self.by_day.iter().any(|by| by.weekday == day.weekday())
    }
}

/// Calls with the first day of each period that the rule visits, until it says stop or the end is passed.
/// Words without a day (每两个月) are due at the end of their period, so its last unit is the one visited.
fn for_each_period(rule: &Recurrence, start: NaiveDate, last: NaiveDate, mut visit: impl FnMut(NaiveDate) -> bool) {
    let start = start.max(NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or(start));
    let interval = i64::from(rule.interval.max(1));
    let lag = if rule.anchored { 0 } else { interval - 1 };
    for step in 0i64.. {
        let units = step * interval + lag;
        match period_start(rule.frequency, start, units) {
            Some(first) if first <= last && visit(first) => {}
            _ => return,
        }
    }
}

/// The first day of the unit that lies so many units after the start's own.
fn period_start(frequency: Frequency, start: NaiveDate, units: i64) -> Option<NaiveDate> {
    let days = |from: NaiveDate, days: i64| from.checked_add_days(Days::new(u64::try_from(days).ok()?));
    match frequency {
        Frequency::Daily => days(start, units),
        Frequency::Weekly => {
            let monday = start.checked_sub_days(Days::new(u64::from(start.weekday().num_days_from_monday())))?;
            days(monday, units.checked_mul(7)?)
        }
        Frequency::Monthly => {
            let months = i64::from(start.year()) * 12 + i64::from(start.month0()) + units;
            let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
            NaiveDate::from_ymd_opt(i32::try_from(months.div_euclid(12)).ok()?, month, 1)
        }
        Frequency::Yearly => NaiveDate::from_ymd_opt(i32::try_from(i64::from(start.year()) + units).ok()?, 1, 1),
    }
}

/// The day of the month that a number names, from the end if negative.
fn numbered_day(in_month: NaiveDate, number: i32) -> Option<NaiveDate> {
    let first = in_month.with_day(1)?;
    if number > 0 {
        return first.with_day(u32::try_from(number).ok()?);
    }
    let length = i32::try_from(month_end(first)?.day()).ok()?;
    first.with_day(u32::try_from(length + 1 + number).ok()?)
}

fn weekdays_between(rules: &[ByDay], first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for rule in rules {
        let all: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).filter(|day| day.weekday() == rule.weekday).collect();
        match rule.nth {
            None => days.extend(all),
            Some(nth) => {
                let index = usize::try_from(nth.unsigned_abs()).ok().and_then(|nth| nth.checked_sub(1));
                let found = index.and_then(|index| if nth > 0 { all.get(index) } else { all.iter().rev().nth(index) });
                days.extend(found);
            }
        }
    }
    days
}
