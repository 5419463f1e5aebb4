//! What the grammar found at a place in a text: one point, several that fit, or a date that cannot be.
//!
//! Shared by the grammars of words, of numbers and of English months. Decides nothing.

use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Year;
use crate::dates::point::is_day_of_month;

/// A reading of one date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Point(Point),
    /// The first reading is the usual one; the others fit too and count only if the context speaks
    /// against the first (`12/8/23`).
    Preferred(Point, Vec<Point>),
    /// Several fit, or one that must be confirmed (`202246`).
    Choice(Vec<Point>),
    /// There is no such day.
    Impossible,
    /// The year is no plausible one.
    OutOfRange,
}

impl Found {
    /// A day of a stated year, checked against the length of its month.
    pub(crate) fn day(year: Year, month: u32, day: u32) -> Found {
        if !is_day_of_month(month, day) {
            return Found::Impossible;
        }
        let point = Point::new(year, Part::Day(month, day));
        match point.stated_year() {
            Some(stated) if point.in_year(stated).is_none() => Found::Impossible,
            _ => Found::Point(point),
        }
    }

    /// A month.
    pub(crate) fn month(year: Year, month: u32) -> Found {
        if (1..=12).contains(&month) { Found::Point(Point::new(year, Part::Month(month))) } else { Found::Impossible }
    }

    /// The points that fit.
    pub(crate) fn points(&self) -> Vec<Point> {
        match self {
            Found::Point(point) => vec![*point],
            Found::Preferred(point, others) => std::iter::once(*point).chain(others.iter().copied()).collect(),
            Found::Choice(points) => points.clone(),
            Found::Impossible | Found::OutOfRange => Vec::new(),
        }
    }
}
