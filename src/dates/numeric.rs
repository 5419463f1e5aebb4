//! Dates written with digits and separators alone: 2023.7.31, 7/31, 07/31/2023, 20230731, 202246.
//!
//! Says what fits and what does not; which of several readings is meant is never decided here. A run of
//! digits that lost its separators is a choice to be confirmed, even if only one reading fits.

use crate::dates::cursor::Cursor;
use crate::dates::cursor::Number;
use crate::dates::found::Found;
use crate::dates::plain;
use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Year;
use crate::dates::point::is_day_of_month;

/// Two-digit years stand for these; the rest of the century is no two-digit year.
const TWO_DIGIT_YEARS: std::ops::RangeInclusive<u32> = 10..=40;

/// The year that two digits stand for.
pub(crate) fn two_digit_year(number: Number) -> Option<Year> {
    let plausible = number.digits == 2 && TWO_DIGIT_YEARS.contains(&number.value);
    let year = i32::try_from(number.value).ok()?;
    plausible.then_some(Year::TwoDigit(2000 + year))
}

/// A four-digit year, if it is plausible.
pub(crate) fn full_year(number: Number) -> Option<Year> {
    let year = i32::try_from(number.value).ok()?;
    (number.digits == 4 && plain::YEARS.contains(&year)).then_some(Year::Stated(year))
}

/// Moves over a date of digits and separators. `None`, without moving, if words of the calendar (年, 月)
/// follow the digits: then they are not such a date.
pub(crate) fn numeric(cursor: &mut Cursor<'_>) -> Option<Found> {
    let mut ahead = *cursor;
    let mut parts = vec![ahead.arabic()?];
    let mut ends = vec![ahead];
    let separator = ahead.peek().filter(|sign| matches!(sign, '.' | '/' | '-' | '\\' | '、' | ',' | ' ' | '—'));
    if let Some(separator) = separator {
        while parts.len() < 8 && ahead.eat_if(|sign| sign == separator).is_some() {
            let Some(part) = ahead.arabic() else { break };
            parts.push(part);
            ends.push(ahead);
        }
    }
    let taken = parts_of_first_date(&parts, separator)?;
    let mut after = *ends.get(taken - 1)?;
    // `2023.7月`, `7-9月`, `3-5天`: the digits belong to words.
    if taken == parts.len() && after.peek().is_some_and(is_unit) {
        return if taken == 1 { lost_year_sign(cursor) } else { None };
    }
    let (found, has_day) = match parts.get(..taken)? {
        // A short number is no date, and in 8至11月 it belongs to what follows.
        [one] if one.digits < 4 && !after.is_at_end() => return None,
        [one] if one.digits == 4 && !after.is_at_end() && !["前", "之前", "以前"].contains(&after.rest()) => return None,
        [one] => single(*one, cursor.rest()),
        [one, two] => (pair(*one, *two)?, one.digits <= 2),
        [one, two, three] => (triple(*one, *two, *three)?, true),
        _ => return None,
    };
    if after.peek().is_some_and(|sign| matches!(sign, '日' | '号')) {
        if !has_day || (taken == 2 && separator == Some('-')) {
            return None;
        }
        after.skip();
    }
    *cursor = after;
    Some(found)
}

/// How many of the parts belong to the first date; the rest is the other end of a range (`7-1-7-31`).
fn parts_of_first_date(parts: &[Number], separator: Option<char>) -> Option<usize> {
    let year_at = |index: usize| parts.get(index).is_some_and(|part| part.digits == 4);
    Some(match (separator, parts.len()) {
        (_, 1) => 1,
        (Some('.' | '/'), length @ (2 | 3)) => length,
        (Some('-'), length @ (2 | 3)) if !(length == 3 && year_at(0) && year_at(2)) => length,
        (Some('-'), 4) if year_at(0) && !year_at(2) => 3,
        (Some('-'), 4) => 2,
        (Some('-'), 5 | 6) if year_at(0) => 3,
        // Odd separators are believed only in a full date, and dashes and blanks only there.
        (Some(_), 3) if year_at(0) && !year_at(1) && !year_at(2) => 3,
        (Some('—'), _) if parts.first().is_some_and(|first| first.digits > 4) => 1,
        _ => return None,
    })
}

fn is_unit(character: char) -> bool {
    matches!(
        character,
        '年' | '月' | '天' | '个' | '周' | '时' | '点' | '%' | '小' | '工' | '季' | 'q' | '万' | '元' | '项' | '条' | '处' | ':'
    )
}

fn single(number: Number, text: &str) -> (Found, bool) {
    let digits = text.get(..number.digits).unwrap_or_default();
    match number.digits {
        8 => {
            let (year, month, day) = (number.value / 10_000, number.value / 100 % 100, number.value % 100);
            match full_year(Number { value: year, digits: 4, chinese: false }) {
                Some(year) => (Found::day(year, month, day), true),
                None => (Found::OutOfRange, true),
            }
        }
        5..=7 => {
            let points = without_separators(digits);
            if !points.is_empty() {
                return (Found::Choice(points), true);
            }
            let starts_with_year = digits.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year| plain::YEARS.contains(&year));
            (if starts_with_year { Found::Impossible } else { Found::OutOfRange }, true)
        }
        4 => match full_year(number) {
            Some(year) => (Found::Choice(vec![Point::new(year, Part::WholeYear)]), false),
            None => (Found::OutOfRange, false),
        },
        _ => (Found::OutOfRange, false),
    }
}

/// The days or months that five to seven digits may stand for.
pub(crate) fn without_separators(digits: &str) -> Vec<Point> {
    let number = |from: usize, to: usize| {
        let text = digits.get(from..to)?;
        Some(Number { value: text.parse().ok()?, digits: text.len(), chinese: false })
    };
    let mut points = Vec::new();
    let mut add = |year: Option<Year>, month: Option<Number>, day: Option<Number>| {
        if let (Some(year), Some(month), Some(day)) = (year, month, day)
            && let Found::Point(point) = Found::day(year, month.value, day.value)
        {
            points.push(point);
        }
    };
    let year = number(0, 4).and_then(full_year);
    let length = digits.len();
    match length {
        7 => {
            add(year, number(4, 5), number(5, 7));
            add(year, number(4, 6), number(6, 7));
        }
        6 => {
            add(year, number(4, 5), number(5, 6));
            add(number(0, 2).and_then(two_digit_year), number(2, 4), number(4, 6));
        }
        _ => {}
    }
    if let (Some(year), Some(month), 5 | 6) = (year, number(4, length), length)
        && let Found::Point(point) = Found::month(year, month.value)
    {
        points.push(point);
    }
    points
}

/// `202211月30日`: the sign 年 was lost. Confirmed, not believed.
fn lost_year_sign(cursor: &mut Cursor<'_>) -> Option<Found> {
    let mut ahead = *cursor;
    let number = ahead.arabic().filter(|number| matches!(number.digits, 5 | 6))?;
    let scale = if number.digits == 5 { 10 } else { 100 };
    let year = full_year(Number { value: number.value / scale, digits: 4, chinese: false })?;
    if !ahead.eat("月") {
        return None;
    }
    let month = number.value % scale;
    let mut day_ahead = ahead;
    let found = match day_ahead.number() {
        Some(day) if day_ahead.eat("日") || day_ahead.eat("号") => {
            ahead = day_ahead;
            Found::day(year, month, day.value)
        }
        _ => Found::month(year, month),
    };
    *cursor = ahead;
    Some(match found {
        Found::Point(point) => Found::Choice(vec![point]),
        other => other,
    })
}

fn pair(one: Number, two: Number) -> Option<Found> {
    match (one.digits, two.digits) {
        (4, 1 | 2) => Some(match full_year(one) {
            Some(year) => Found::month(year, two.value),
            None => Found::OutOfRange,
        }),
        // `2023.0731`, `2023.731`: two separators became one.
        (4, 3 | 4) => {
            let points = match two.digits {
                4 => match Found::day(full_year(one)?, two.value / 100, two.value % 100) {
                    Found::Point(point) => vec![point],
                    _ => Vec::new(),
                },
                _ => without_separators(&format!("{:04}{:03}", one.value, two.value)),
            };
            Some(if points.is_empty() { Found::Impossible } else { Found::Choice(points) })
        }
        (1 | 2, 4) => Some(match full_year(two) {
            Some(year) => Found::month(year, one.value),
            None => Found::OutOfRange,
        }),
        (1 | 2, 1 | 2) if one.value == 0 => None,
        (1 | 2, 1 | 2) if one.value <= 12 => Some(Found::day(Year::Unstated, one.value, two.value)),
        // No month 23: 2023年7月, or 23 July the wrong way round. Both are asked for.
        (2, 1 | 2) => {
            let mut points = Vec::new();
            if let (Some(year), Found::Point(point)) = (two_digit_year(one), Found::month(Year::Unstated, two.value)) {
                points.push(point.with_year(year));
            }
            if is_day_of_month(two.value, one.value) {
                points.push(Point::new(Year::Unstated, Part::Day(two.value, one.value)));
            }
            Some(if points.is_empty() { Found::Impossible } else { Found::Choice(points) })
        }
        _ => None,
    }
}

fn triple(one: Number, two: Number, three: Number) -> Option<Found> {
    if two.digits > 2 {
        return None;
    }
    let day = |year: Option<Year>, month: Number, day: Number| match Found::day(year?, month.value, day.value) {
        Found::Point(point) => Some(point),
        _ => None,
    };
    match (one.digits, three.digits) {
        (4, 1 | 2) => Some(match full_year(one) {
            Some(year) => Found::day(year, two.value, three.value),
            None => Found::OutOfRange,
        }),
        (1 | 2, 4) => {
            let Some(year) = full_year(three) else { return Some(Found::OutOfRange) };
            Some(one_or_choice([day(Some(year), one, two), day(Some(year), two, one)]))
        }
        (1 | 2, 1 | 2) if one.digits == 2 || three.digits == 2 => {
            let others = [day(two_digit_year(three), one, two), day(two_digit_year(three), two, one)];
            match day(two_digit_year(one), two, three) {
                Some(usual) => {
                    let mut others: Vec<Point> = others.into_iter().flatten().filter(|other| *other != usual).collect();
                    others.dedup();
                    Some(if others.is_empty() { Found::Point(usual) } else { Found::Preferred(usual, others) })
                }
                // 23/2/29: the usual order names a day that does not exist; another one is not believed instead.
                None if two_digit_year(one).is_some() && (1..=12).contains(&two.value) => {
                    Some(Found::Choice(others.into_iter().flatten().collect()))
                }
                None => Some(one_or_choice(others)),
            }
        }
        _ => None,
    }
}

fn one_or_choice(points: [Option<Point>; 2]) -> Found {
    match points {
        [Some(one), Some(other)] if one != other => Found::Choice(vec![one, other]),
        [Some(point), _] | [None, Some(point)] => Found::Point(point),
        [None, None] => Found::Impossible,
    }
}
