//! A place on the calendar as it was written: a day, a month, a 旬, a quarter — with or without its year.
//!
//! Knows how many days such a place covers once its year, or the day it counts from, is given. Does not
//! know which year that is.

use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;

/// A place on the calendar as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub year: Year,
    pub part: Part,
    pub edge: Edge,
}

/// The year of a [`Point`] as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// No year: inferred from the context.
    Unstated,
    Stated(i32),
    /// Written with two digits; the full year of this century.
    TwoDigit(i32),
    /// 今年 0, 明年 1, 去年 −1: counted from the year of the document.
    Relative(i32),
}

/// What a [`Point`] names within its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    WholeYear,
    /// 上半年 1, 下半年 2
    Half(u32),
    Quarter(u32),
    Month(u32),
    /// Month and its 上旬 1, 中旬 2, 下旬 3
    TenDays(u32, u32),
    Day(u32, u32),
    /// 本季度 0, 下季度 1
    RelativeQuarter(i32),
    /// 本月 0, 下月 1
    RelativeMonth(i32),
    /// 本月中旬
    RelativeTenDays(i32, u32),
    /// 本月20日
    RelativeDay(i32, u32),
    /// 本周 0, 下周 1, with or without a weekday
    RelativeWeek(i32, Option<Weekday>),
    /// 即日, 今天: the day of the document
    DocumentDay,
    /// A day of the month alone: `25日` in `7月24日至25日`
    DayAlone(u32),
}

/// Whether the whole of a [`Point`] is meant or its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Whole,
    /// 底, 末
    End,
}

/// First and last day.
pub(crate) type Span = (NaiveDate, NaiveDate);

impl Point {
    pub(crate) fn new(year: Year, part: Part) -> Point {
        Point { year, part, edge: Edge::Whole }
    }

    pub(crate) fn at_end(self) -> Point {
        Point { edge: Edge::End, ..self }
    }

    pub(crate) fn with_year(self, year: Year) -> Point {
        Point { year, ..self }
    }

    pub(crate) fn is_day(self) -> bool {
        matches!(self.part, Part::Day(..) | Part::RelativeDay(..) | Part::DocumentDay | Part::DayAlone(_) | Part::RelativeWeek(_, Some(_)))
    }

    /// Whether more than one day is meant.
    pub(crate) fn is_coarse(self) -> bool {
        !self.is_day()
    }

    /// Whether the point counts from the day of the document (本月, 今年, 即日).
    pub(crate) fn is_relative(self) -> bool {
        matches!(self.year, Year::Relative(_))
            || matches!(
                self.part,
                Part::RelativeQuarter(_)
                    | Part::RelativeMonth(_)
                    | Part::RelativeTenDays(..)
                    | Part::RelativeDay(..)
                    | Part::RelativeWeek(..)
                    | Part::DocumentDay
                    | Part::DayAlone(_)
            )
    }

    /// The year that was written, if one was.
    pub(crate) fn stated_year(self) -> Option<i32> {
        match self.year {
            Year::Stated(year) | Year::TwoDigit(year) => Some(year),
            Year::Unstated | Year::Relative(_) => None,
        }
    }

    /// The days that the point covers in a year; `None` for a day that the year does not have (2月29日) and
    /// for a point that counts from a day.
    pub(crate) fn in_year(self, year: i32) -> Option<Span> {
        let month_start = |month| NaiveDate::from_ymd_opt(year, month, 1);
        let (first, last) = match self.part {
            Part::WholeYear => (month_start(1)?, month_end(month_start(12)?)?),
            Part::Half(half) => (month_start(half * 6 - 5)?, month_end(month_start(half * 6)?)?),
            Part::Quarter(quarter) => (month_start(quarter * 3 - 2)?, month_end(month_start(quarter * 3)?)?),
            Part::Month(month) => (month_start(month)?, month_end(month_start(month)?)?),
            Part::TenDays(month, third) => ten_days(month_start(month)?, third)?,
            Part::Day(month, day) => {
                let date = NaiveDate::from_ymd_opt(year, month, day)?;
                (date, date)
            }
            _ => return None,
        };
        Some(self.edged(first, last))
    }

    /// The days that a relative point covers, counted from a day.
    pub(crate) fn counted_from(self, anchor: NaiveDate) -> Option<Span> {
        if let Year::Relative(offset) = self.year {
            return self.in_year(anchor.year().checked_add(offset)?);
        }
        let month = |offset: i32| shift_months(anchor.with_day(1)?, offset);
        let (first, last) = match self.part {
            Part::RelativeQuarter(offset) => {
                let quarter_start = anchor.with_day(1)?.with_month(anchor.month0() / 3 * 3 + 1)?;
                let first = shift_months(quarter_start, offset.checked_mul(3)?)?;
                (first, month_end(shift_months(first, 2)?)?)
            }
            Part::RelativeMonth(offset) => (month(offset)?, month_end(month(offset)?)?),
            Part::RelativeTenDays(offset, third) => ten_days(month(offset)?, third)?,
            Part::RelativeDay(offset, day) => {
                let date = month(offset)?.with_day(day)?;
                (date, date)
            }
            Part::RelativeWeek(offset, weekday) => {
                let monday = anchor.checked_sub_days(Days::new(u64::from(anchor.weekday().num_days_from_monday())))?;
                let monday = monday.checked_add_signed(chrono::Duration::weeks(i64::from(offset)))?;
                match weekday {
                    Some(weekday) => {
                        let date = monday.checked_add_days(Days::new(u64::from(weekday.num_days_from_monday())))?;
                        (date, date)
                    }
                    None => (monday, monday.checked_add_days(Days::new(6))?),
                }
            }
            Part::DocumentDay => (anchor, anchor),
            Part::DayAlone(day) => {
                let date = anchor.with_day(day)?;
                (date, date)
            }
            _ => return None,
        };
        Some(self.edged(first, last))
    }

    fn edged(self, first: NaiveDate, last: NaiveDate) -> Span {
        match self.edge {
            Edge::Whole => (first, last),
            Edge::End => (last, last),
        }
    }
}

/// The last day of the month that begins on the given day.
pub(crate) fn month_end(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))?.pred_opt()
}

fn ten_days(first: NaiveDate, third: u32) -> Option<Span> {
    Some(match third {
        1 => (first, first.with_day(10)?),
        2 => (first.with_day(11)?, first.with_day(20)?),
        _ => (first.with_day(21)?, month_end(first)?),
    })
}

fn shift_months(date: NaiveDate, offset: i32) -> Option<NaiveDate> {
    let months = Months::new(offset.unsigned_abs());
    if offset < 0 { date.checked_sub_months(months) } else { date.checked_add_months(months) }
}

/// Whether a month has such a day in some year.
pub(crate) fn is_day_of_month(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2024, month, day).is_some()
}
