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

#[cfg(test)]
mod tests {
    use super::*;

    /// A context as `period start/end`, `document`, `found_on` (empty if unknown); `back` for a field that looks back.
    fn context(period: &str, document: &str, found_on: &str, looks_back: bool) -> Context {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let period = period.split_once('/').and_then(|(start, end)| Some((day(start)?, day(end)?)));
        Context { period, document: day(document), found_on: day(found_on), above: None, looks_back }
    }

    /// Places a day given as `07-31` and shows the result.
    fn check(month_day: &str, context: Context, expected: &str) {
        let occurrence = |year: i32| format!("{year}-{month_day}").parse().ok().map(|day: NaiveDate| (day, day));
        let shown = match place(&context, &occurrence) {
            Placing::At { span, also: None } => span.1.to_string(),
            Placing::At { span, also: Some(also) } => format!("{} also {also}", span.1),
            Placing::Ambiguous(days) => format!("asked {}", days.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join(" ")),
            Placing::Impossible => "impossible".to_string(),
            Placing::NoAnchor => "no anchor".to_string(),
        };
        assert_eq!(shown, expected, "{month_day} {context:?}");
    }

    #[test]
    fn looking_forward() {
        const LONG: &str = "2020-06-05/2021-10-31";
        const SHORT: &str = "2023-05-20/2023-12-31";
        check("06-10", context(LONG, "", "", false), "2020-06-10 also 2021-06-10");
        check("12-30", context(LONG, "", "", false), "2020-12-30");
        check("06-01", context(LONG, "", "", false), "2021-06-01");
        // A deadline does not lie before the day the hazard was found.
        check("06-30", context(LONG, "2021-04-01", "2021-03-01", false), "2021-06-30 also 2020-06-30");
        // Found after the only occurrence: the period counts, and a rule will complain.
        check("07-31", context(SHORT, "", "2023-09-01", false), "2023-07-31");
        // Outside the period: believed soon after the found date only.
        check("01-15", context(SHORT, "", "2023-12-20", false), "2024-01-15");
        check("05-10", context(SHORT, "", "2023-05-01", false), "2023-05-10");
        check("05-10", context(SHORT, "", "2023-06-01", false), "asked 2023-05-10 2024-05-10");
        check("01-15", context(SHORT, "2023-08-05", "", false), "asked 2023-01-15 2024-01-15");
        check("02-29", context(SHORT, "", "", false), "impossible");
        check("02-29", context("2023-12-01/2024-06-30", "", "", false), "2024-02-29");
        // Without a period.
        check("01-15", context("", "2023-12-25", "2023-12-20", false), "2024-01-15");
        check("07-31", context("", "2023-08-05", "", false), "2023-07-31");
        check("07-31", context("", "", "2023-07-01", false), "2023-07-31");
        check("07-31", context("", "", "", false), "no anchor");
    }

    #[test]
    fn looking_back() {
        const SHORT: &str = "2023-05-20/2023-12-31";
        check("07-31", context(SHORT, "2023-08-05", "", true), "2023-07-31");
        check("08-05", context(SHORT, "2023-08-05", "", true), "2023-08-05");
        check("08-06", context(SHORT, "2023-08-05", "", true), "2022-08-06");
        check("12-20", context(SHORT, "2024-01-10", "", true), "2023-12-20");
        check("01-05", context(SHORT, "2024-01-10", "", true), "2024-01-05");
        check("05-10", context(SHORT, "", "", true), "2023-05-10");
        check("07-01", context("2020-06-05/2021-10-31", "2021-09-30", "", true), "2020-07-01 also 2021-07-01");
        check("07-20", context("2020-06-05/2021-10-31", "2021-09-30", "2021-07-01", true), "2021-07-20 also 2020-07-20");
        check("02-29", context("", "2023-08-05", "", true), "impossible");
        check("07-20", context("", "", "2023-07-01", true), "2023-07-20");
        check("07-20", context("", "", "", true), "no anchor");
    }
}
