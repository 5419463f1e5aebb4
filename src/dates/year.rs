//! The year of a date that does not state one.
//!
//! A date of a plan or a deadline is its first occurrence in the campaign's period; a second one is noted.
//! A field that looks back (发现日期) cannot lie after the day the sheet was filled in. What no rule decides
//! is given back with its candidates.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::point::Span;
use crate::dates::reading::Context;

/// A deadline outside the period is believed if it follows the found date within this many days.
const NEAR: i64 = 183;
/// Longer periods are not searched through.
const LONGEST_SEARCH: i32 = 200;

/// Where a date without a year was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Placing {
    /// With the last day of the other occurrence that the period holds, if there is one.
    At { span: Span, also: Option<NaiveDate> },
    /// The last days of the occurrences that could be meant.
    Ambiguous(Vec<NaiveDate>),
    /// No year that could be meant has such a day.
    Impossible,
    /// Nothing is known from which a year could be inferred.
    NoAnchor,
}

/// Finds the year; `occurrence` gives the days that the date covers in a year.
///
/// Looking forward: the first occurrence that overlaps the period — of several the first that does not end
/// before the found date. With none: the next one after the found date, if near; else both neighbours of
/// the period are asked for. Without a period: the next after the found date, if near; else the year of the
/// document; else that of the found date.
///
/// Looking back: the first occurrence in the period up to the document's day; with none, the last one up to
/// that day (or the period's end).
pub(crate) fn place(context: &Context, occurrence: &dyn Fn(i32) -> Option<Span>) -> Placing {
    if context.looks_back { look_back(context, occurrence) } else { look_forward(context, occurrence) }
}

fn look_forward(context: &Context, occurrence: &dyn Fn(i32) -> Option<Span>) -> Placing {
    if let Some(period) = context.period {
        let inside = occurrences_in(period, occurrence);
        if let Some(placing) = choose(&inside, context.found_on) {
            return placing;
        }
        if !years_of(period).any(|year| occurrence(year).is_some()) {
            return Placing::Impossible;
        }
        if let Some(span) = next_after_found(context, occurrence) {
            return Placing::At { span, also: None };
        }
        let years = || period.0.year().saturating_sub(8)..=period.1.year().saturating_add(8);
        let before = years().rev().filter_map(occurrence).find(|(_, last)| *last < period.0);
        let after = years().filter_map(occurrence).find(|(first, _)| *first > period.1);
        return Placing::Ambiguous([before, after].into_iter().flatten().map(|(_, last)| last).collect());
    }
    if let Some(span) = next_after_found(context, occurrence) {
        return Placing::At { span, also: None };
    }
    match context.document.or(context.found_on) {
        Some(anchor) => in_year(anchor.year(), occurrence),
        None => Placing::NoAnchor,
    }
}

fn look_back(context: &Context, occurrence: &dyn Fn(i32) -> Option<Span>) -> Placing {
    let Some(latest) = context.document.or(context.period.map(|(_, end)| end)) else {
        let Some(found_on) = context.found_on else { return Placing::NoAnchor };
        let years = found_on.year()..=found_on.year().saturating_add(1);
        return match years.filter_map(occurrence).find(|(_, last)| *last >= found_on) {
            Some(span) => Placing::At { span, also: None },
            None => Placing::Impossible,
        };
    };
    if let Some(period) = context.period {
        let mut inside = occurrences_in(period, occurrence);
        inside.retain(|(_, last)| *last <= latest);
        if let Some(placing) = choose(&inside, context.found_on) {
            return placing;
        }
    }
    let years = latest.year().saturating_sub(1)..=latest.year();
    match years.rev().filter_map(occurrence).find(|(_, last)| *last <= latest) {
        Some(span) => Placing::At { span, also: None },
        None => Placing::Impossible,
    }
}

fn in_year(year: i32, occurrence: &dyn Fn(i32) -> Option<Span>) -> Placing {
    match occurrence(year) {
        Some(span) => Placing::At { span, also: None },
        None => Placing::Impossible,
    }
}

/// The first of several occurrences that does not lie before the found date, or simply the first.
fn choose(inside: &[Span], found_on: Option<NaiveDate>) -> Option<Placing> {
    let chosen = found_on.and_then(|found_on| inside.iter().position(|(_, last)| *last >= found_on)).unwrap_or(0);
    let span = *inside.get(chosen)?;
    let other = if chosen == 0 { 1 } else { 0 };
    Some(Placing::At { span, also: inside.get(other).map(|(_, last)| *last) })
}

fn occurrences_in(period: Span, occurrence: &dyn Fn(i32) -> Option<Span>) -> Vec<Span> {
    let overlaps = |(first, last): &Span| *first <= period.1 && *last >= period.0;
    years_of(period).filter_map(occurrence).filter(overlaps).collect()
}

/// The years of the period, and the one before it: a range may begin there and end inside.
fn years_of(period: Span) -> impl Iterator<Item = i32> {
    let first = period.0.year().saturating_sub(1);
    first..=period.1.year().min(first.saturating_add(LONGEST_SEARCH))
}

/// The first occurrence from the found date on: in the same year, or early in the next.
fn next_after_found(context: &Context, occurrence: &dyn Fn(i32) -> Option<Span>) -> Option<Span> {
    let found_on = context.found_on?;
    let same = occurrence(found_on.year()).filter(|(_, last)| *last >= found_on);
    same.or_else(|| {
        let next = occurrence(found_on.year().checked_add(1)?)?;
        ((next.1 - found_on).num_days() <= NEAR).then_some(next)
    })
}
