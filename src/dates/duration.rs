//! Lengths of time and how they are counted: Civil Code articles 200–203.
//!
//! The first day is not counted; a period of months or years ends on the corresponding day, or on the
//! month's last day if there is none; a last day that is a day off passes to the day after it. These govern
//! periods (为期三个月, 15日内), never fixed dates (8月30日前). Knows nothing of what is due.

use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;

use crate::dates::calendar::WorkCalendar;
use crate::dates::cursor::Cursor;

/// Longer periods are slips of the pen.
const LONGEST: u32 = 3700;

/// A length of time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub count: u32,
    pub unit: PeriodUnit,
}

/// The unit of a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodUnit {
    Hours,
    Days,
    /// 工作日: statutory working days.
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// Where a period ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodEnd {
    pub date: NaiveDate,
    /// Years without a known calendar that were counted through; if any, the day is provisional.
    pub unknown_years: Vec<i32>,
}

impl Period {
    /// The last day of a period that begins on `start`; `start` itself is not counted.
    ///
    /// `None` for hours that are not whole days (12小时) and beyond the calendar's range.
    ///
    /// ```
    /// use qingdan::dates::{Period, PeriodUnit, WorkCalendar};
    /// let calendar = WorkCalendar::statutory();
    /// let end = |count, unit, start: &str| Period { count, unit }.end(start.parse().unwrap(), &calendar).unwrap().date.to_string();
    /// assert_eq!(end(3, PeriodUnit::Months, "2019-12-09"), "2020-03-09"); // the corresponding day
    /// assert_eq!(end(1, PeriodUnit::Months, "2023-01-31"), "2023-02-28"); // none: the month's last day
    /// assert_eq!(end(15, PeriodUnit::Days, "2023-07-01"), "2023-07-16"); // the first day is not counted
    /// assert_eq!(end(5, PeriodUnit::WorkingDays, "2023-09-28"), "2023-10-11"); // across the National Day holiday
    /// ```
    pub fn end(self, start: NaiveDate, calendar: &WorkCalendar) -> Option<PeriodEnd> {
        let date = match self.unit {
            PeriodUnit::Hours if self.count.is_multiple_of(24) => start.checked_add_days(Days::new(u64::from(self.count / 24)))?,
            PeriodUnit::Hours => return None,
            PeriodUnit::Days => start.checked_add_days(Days::new(u64::from(self.count)))?,
            PeriodUnit::Weeks => start.checked_add_days(Days::new(u64::from(self.count) * 7))?,
            PeriodUnit::Months => start.checked_add_months(Months::new(self.count))?,
            PeriodUnit::Years => start.checked_add_months(Months::new(self.count.checked_mul(12)?))?,
            PeriodUnit::WorkingDays => {
                let counted = calendar.add_workdays(start, i32::try_from(self.count).ok()?)?;
                return Some(PeriodEnd { date: counted.date, unknown_years: counted.unknown_years });
            }
        };
        Some(PeriodEnd { date, unknown_years: Vec::new() })
    }

    /// The same, with article 203: if the last day is a day off, the period ends on the next working day.
    pub fn lawful_end(self, start: NaiveDate, calendar: &WorkCalendar) -> Option<PeriodEnd> {
        let end = self.end(start, calendar)?;
        if calendar.is_workday(end.date) {
            return Some(end);
        }
        let moved = calendar.next_workday(end.date)?;
        let unknown_years = calendar.workdays_between(start, moved.date).unknown_years;
        Some(PeriodEnd { date: moved.date, unknown_years })
    }

    /// The day that lies this long before another: 期限届满前15个工作日, 提前1周.
    pub fn before(self, day: NaiveDate, calendar: &WorkCalendar) -> Option<PeriodEnd> {
        let date = match self.unit {
            PeriodUnit::Hours if self.count.is_multiple_of(24) => day.checked_sub_days(Days::new(u64::from(self.count / 24)))?,
            PeriodUnit::Hours => return None,
            PeriodUnit::Days => day.checked_sub_days(Days::new(u64::from(self.count)))?,
            PeriodUnit::Weeks => day.checked_sub_days(Days::new(u64::from(self.count) * 7))?,
            PeriodUnit::Months => day.checked_sub_months(Months::new(self.count))?,
            PeriodUnit::Years => day.checked_sub_months(Months::new(self.count.checked_mul(12)?))?,
            PeriodUnit::WorkingDays => {
                let counted = calendar.add_workdays(day, i32::try_from(self.count).ok()?.checked_neg()?)?;
                return Some(PeriodEnd { date: counted.date, unknown_years: counted.unknown_years });
            }
        };
        Some(PeriodEnd { date, unknown_years: Vec::new() })
    }
}

/// Moves over a length: 3天, 一个月, 半年, 15个工作日, 24小时, 百日. A bare 日 (3日) is a length only where
/// `days_as_ri` allows it, because it is also a day of the month.
pub(crate) fn period(cursor: &mut Cursor<'_>, days_as_ri: bool) -> Option<Period> {
    let mut ahead = *cursor;
    let found = if ahead.eat("半") {
        let unit = ahead.eat_longest(&["个月", "年", "天", "日"])?;
        match unit {
            "个月" => Period { count: 15, unit: PeriodUnit::Days },
            "年" => Period { count: 6, unit: PeriodUnit::Months },
            _ => Period { count: 12, unit: PeriodUnit::Hours },
        }
    } else {
        let number = ahead.number().filter(|number| (1..=LONGEST).contains(&number.value))?;
        let word = ahead.eat_longest(&[
            "个工作日",
            "工作日",
            "个工作天",
            "小时",
            "个小时",
            "天",
            "个自然日",
            "自然日",
            "日",
            "周",
            "个周",
            "个星期",
            "星期",
            "个礼拜",
            "个月",
            "年",
            "周年",
            "个季度",
        ])?;
        let (factor, unit) = match word {
            "个工作日" | "工作日" | "个工作天" => (1, PeriodUnit::WorkingDays),
            "小时" | "个小时" => (1, PeriodUnit::Hours),
            "日" if !days_as_ri => return None,
            "天" | "日" | "个自然日" | "自然日" => (1, PeriodUnit::Days),
            "周" | "个周" | "个星期" | "星期" | "个礼拜" => (1, PeriodUnit::Weeks),
            "个季度" => (3, PeriodUnit::Months),
            // Four digits before 年 are a year, not a length.
            "年" if number.digits >= 3 => return None,
            "年" | "周年" => (1, PeriodUnit::Years),
            _ => (1, PeriodUnit::Months),
        };
        Period { count: number.value * factor, unit }
    };
    *cursor = ahead;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts from a start by both ways of ending and backwards.
    fn check(text: &str, start: &str, expected: &str, lawful: &str, before: &str) {
        let mut cursor = Cursor::new(text);
        let period = period(&mut cursor, true).unwrap();
        assert!(cursor.is_at_end(), "{text}");
        let start = start.parse().unwrap();
        let calendar = WorkCalendar::shipped();
        let shown = |end: Option<PeriodEnd>| end.map_or("none".to_string(), |end| end.date.to_string());
        assert_eq!(shown(period.end(start, calendar)), expected, "{text} end");
        assert_eq!(shown(period.lawful_end(start, calendar)), lawful, "{text} lawful end");
        assert_eq!(shown(period.before(start, calendar)), before, "{text} before");
    }

    #[test]
    fn counting() {
        check("3天", "2023-07-28", "2023-07-31", "2023-07-31", "2023-07-25");
        check("15日", "2023-07-01", "2023-07-16", "2023-07-17", "2023-06-16"); // 16 July 2023 is a Sunday
        check("一周", "2023-09-28", "2023-10-05", "2023-10-07", "2023-09-21"); // into the National Day holiday
        check("一个月", "2023-01-31", "2023-02-28", "2023-02-28", "2022-12-31");
        check("三个月", "2019-12-09", "2020-03-09", "2020-03-09", "2019-09-09");
        check("半年", "2023-08-31", "2024-02-29", "2024-02-29", "2023-02-28");
        check("半个月", "2023-07-01", "2023-07-16", "2023-07-17", "2023-06-16");
        check("1年", "2024-02-29", "2025-02-28", "2025-02-28", "2023-02-28");
        check("24小时", "2023-07-03", "2023-07-04", "2023-07-04", "2023-07-02");
        check("12小时", "2023-07-03", "none", "none", "none");
        check("15个工作日", "2023-09-28", "2023-10-25", "2023-10-25", "2023-09-07");
        check("5个工作日", "2023-09-28", "2023-10-11", "2023-10-11", "2023-09-21");
        check("一个季度", "2023-03-31", "2023-06-30", "2023-06-30", "2022-12-31");
        check("百日", "2021-10-20", "2022-01-28", "2022-01-28", "2021-07-12");
    }

    #[test]
    fn working_days_across_an_unknown_year_are_marked() {
        let period = Period { count: 3, unit: PeriodUnit::WorkingDays };
        let end = period.end("2026-12-31".parse().unwrap(), WorkCalendar::shipped()).unwrap();
        assert_eq!(end.unknown_years, [2027]);
    }
}
