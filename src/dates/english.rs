//! Dates with English month names, as spreadsheet programs show them: 31-Jul-23, Jul 31, 2023, Jul-23.
//!
//! Expects a normalised text: lower case, blanks gone except between digits.

use crate::dates::cursor::Cursor;
use crate::dates::cursor::Number;
use crate::dates::found::Found;
use crate::dates::numeric;
use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Year;

const MONTHS: [(&str, &str); 12] = [
    ("jan", "uary"),
    ("feb", "ruary"),
    ("mar", "ch"),
    ("apr", "il"),
    ("may", ""),
    ("jun", "e"),
    ("jul", "y"),
    ("aug", "ust"),
    ("sep", "tember"),
    ("oct", "ober"),
    ("nov", "ember"),
    ("dec", "ember"),
];

/// Moves over a date with an English month name.
pub(crate) fn english(cursor: &mut Cursor<'_>) -> Option<Found> {
    let mut ahead = *cursor;
    let before = ahead.arabic();
    if before.is_some() {
        ordinal(&mut ahead);
        separator(&mut ahead);
    }
    let month = month(&mut ahead)?;
    let mut later = ahead;
    separator(&mut later);
    let first = later.arabic();
    if first.is_some() {
        ordinal(&mut later);
        ahead = later;
    }
    let mut last = later;
    separator(&mut last);
    let second = first.and_then(|_| last.arabic());
    let found = match (before, first, second) {
        // Jul 31, 2023
        (None, Some(day), Some(year)) if day.digits <= 2 => {
            ahead = last;
            Found::day(any_year(year)?, month, day.value)
        }
        // 31-Jul-23; 2023-Jul-31 and 23-Jul-31 the other way round
        (Some(one), Some(other), _) => both(one, month, other)?,
        (Some(number), None, _) if number.digits == 4 => Found::month(any_year(number)?, month),
        (Some(day), None, _) => Found::day(Year::Unstated, month, day.value),
        (None, Some(number), None) if number.digits == 4 => Found::month(any_year(number)?, month),
        // Jul-23: a month of 2023, or the 23rd of July
        (None, Some(number), None) => {
            let mut points = Vec::new();
            if let Found::Point(point) = Found::day(Year::Unstated, month, number.value) {
                points.push(point);
            }
            if let Some(year) = numeric::two_digit_year(number) {
                points.push(Point::new(year, Part::Month(month)));
            }
            match points.as_slice() {
                [] => Found::Impossible,
                [one] => Found::Point(*one),
                _ => Found::Choice(points),
            }
        }
        _ => return None,
    };
    *cursor = ahead;
    Some(found)
}

fn both(one: Number, month: u32, other: Number) -> Option<Found> {
    if one.digits == 4 {
        return Some(Found::day(any_year(one)?, month, other.value));
    }
    if other.digits == 4 {
        return Some(Found::day(any_year(other)?, month, one.value));
    }
    let point = |year: Option<Year>, day: Number| match Found::day(year?, month, day.value) {
        Found::Point(point) => Some(point),
        _ => None,
    };
    Some(match (point(numeric::two_digit_year(other), one), point(numeric::two_digit_year(one), other)) {
        (Some(usual), Some(turned)) if usual != turned => Found::Preferred(usual, vec![turned]),
        (Some(point), _) | (None, Some(point)) => Found::Point(point),
        (None, None) => Found::Impossible,
    })
}

fn any_year(number: Number) -> Option<Year> {
    numeric::full_year(number).or_else(|| numeric::two_digit_year(number))
}

fn month(cursor: &mut Cursor<'_>) -> Option<u32> {
    for (index, (short, rest)) in (1..).zip(MONTHS) {
        if cursor.eat(short) {
            if !rest.is_empty() && !cursor.eat(rest) && short == "sep" {
                cursor.eat("t");
            }
            cursor.eat(".");
            return cursor.peek().is_none_or(|next| !next.is_ascii_alphabetic()).then_some(index);
        }
    }
    None
}

fn ordinal(cursor: &mut Cursor<'_>) {
    cursor.eat_longest(&["st", "nd", "rd", "th"]);
}

fn separator(cursor: &mut Cursor<'_>) {
    cursor.eat_if(|sign| matches!(sign, '-' | '/' | '.' | ',' | ' '));
}
