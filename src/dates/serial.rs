//! Numbers that stand for dates: serials of spreadsheet programs, 20230731, 2023.7, 7.31.
//!
//! A numeric cell has lost what was typed: 2023.10 is stored as 2023.1 and 7.30 as 7.3, so both readings
//! are given. Serials count only within plausible years.

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;

use crate::dates::cursor::Cursor;
use crate::dates::cursor::Number;
use crate::dates::expression::Expression;
use crate::dates::expression::Meaning;
use crate::dates::found::Found;
use crate::dates::numeric;
use crate::dates::plain;
use crate::dates::point::Point;
use crate::dates::point::Year;

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Epoch {
    /// Day 61 is 1 March 1900; smaller ones are off by one in some programs and never plausible.
    Year1900,
    /// Day 0 is 1 January 1904.
    Year1904,
}

/// The day of a serial, if it lies in plausible years.
pub(crate) fn serial_day(serial: u32, epoch: Epoch) -> Option<NaiveDate> {
    let first = match epoch {
        Epoch::Year1900 if serial <= 60 => return None,
        Epoch::Year1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        Epoch::Year1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    first.checked_add_days(Days::new(u64::from(serial))).filter(|date| plain::YEARS.contains(&date.year()))
}

/// A text that is a serial: five digits in the plausible range, which no date without separators reaches.
pub(crate) fn in_text(text: &str) -> Option<NaiveDate> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.len() == 5 && whole.bytes().all(|byte| byte.is_ascii_digit()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !digits { None } else { serial_day(whole.parse().ok()?, Epoch::Year1900) }
}

/// Reads a number cell that carries no date format.
pub(crate) fn number(value: f64, epoch: Epoch) -> Expression {
    let out_of_range = || Expression::from(Meaning::OutOfRange);
    if !value.is_finite() || !(1.0..100_000_000.0).contains(&value) {
        return out_of_range();
    }
    let text = format!("{value}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let Some(number) = Cursor::new(whole).arabic() else { return out_of_range() };
    if number.digits == 5
        && let Some(date) = serial_day(number.value, epoch)
    {
        let mut expression = Expression::from(Meaning::Serial(date));
        expression.has_time = !fraction.is_empty();
        return expression;
    }
    let found = if fraction.is_empty() {
        let mut cursor = Cursor::new(whole);
        numeric::numeric(&mut cursor)
    } else {
        decimal(number, fraction)
    };
    match found {
        Some(Found::Point(point) | Found::Preferred(point, _)) => Meaning::At(point).into(),
        // A bare year in a date column may be anything.
        Some(Found::Choice(_)) if number.digits == 4 && fraction.is_empty() => out_of_range(),
        Some(Found::Choice(points)) if !points.is_empty() => Meaning::OneOf(points, None).into(),
        Some(Found::Impossible | Found::Choice(_)) => Meaning::Impossible.into(),
        Some(Found::OutOfRange) | None => out_of_range(),
    }
}

/// `2023.7`, `7.31`: what was typed before trailing zeros were lost.
fn decimal(whole: Number, fraction: &str) -> Option<Found> {
    let digits: u32 = fraction.parse().ok().filter(|_| fraction.len() <= 4)?;
    // One decimal may have been two: 3 or 30.
    let typed: &[u32] = if fraction.len() == 1 { &[digits, digits * 10] } else { &[digits] };
    let full = numeric::full_year(whole);
    let points: Vec<Point> = match (full, whole.value) {
        (Some(year), _) if fraction.len() <= 2 => typed.iter().flat_map(|month| Found::month(year, *month).points()).collect(),
        (Some(year), _) => {
            // 2023.0731, or 2023.1020 that lost its zero.
            let padded = format!("{fraction:0<4}");
            let number: u32 = padded.parse().ok()?;
            let mut points = Found::day(year, number / 100, number % 100).points();
            if fraction.len() == 3 {
                points.extend(numeric::without_separators(&format!("{}{fraction}", whole.value)));
            }
            return Some(Found::Choice(points));
        }
        (None, 1..=12) if fraction.len() <= 2 => {
            typed.iter().flat_map(|day| Found::day(Year::Unstated, whole.value, *day).points()).collect()
        }
        _ => return None,
    };
    Some(match points.as_slice() {
        [] => Found::Impossible,
        [one] => Found::Point(*one),
        _ => Found::Choice(points),
    })
}
