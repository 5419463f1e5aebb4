//! The key of every number of the dashboard, and the number that a key means.
//!
//! A key is stable and is written beside its number, so that a page can be read back and compared:
//!
//! | Key | Number |
//! |---|---|
//! | `totals.<measure>`, `totals.rates.<rate>` | over all hazards |
//! | `previous.…`, `change.…` | the same of the period before; and the difference |
//! | `by.<dimension>.<row>.<measure>`, `….rates.<rate>` | one row of a breakdown |
//! | `by.unit.<row>.rank`, `by.unit.<row>.duties.<count>` | a unit's place; its reports |
//! | `duties.<row>.<count>`, `duties.all.<count>`, `….rates.reported`, `….rates.reported_in_time` | one due day; all of the period |
//! | `series.<row>.<total, rectified, closed or overdue>` | the ledger on one day |
//! | `overdue.<row>.days`, `overdue.unlisted` | the list of overdue hazards; those that are not on it |
//!
//! Rows are counted from 1 in the order of [`Figures`]. Measures and rates have the keys of JSON; a count of reports is `owed`,
//! `came`, `in_time`, `zero`, `late`, `missing` or `waiting`.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::results::OverdueItem;
use crate::results::OverdueState;
use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::DutyFigure;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::rates;
use crate::results::overview::Share;

/// How many of the overdue hazards are listed.
pub const MOST_OVERDUE: usize = 300;

/// A number as it is meant; [`Value::shown`] is how it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    Count(u32),
    Days(i64),
    /// Against the period before.
    Change(i64),
    Rate(Option<f64>),
    /// In tenths of a percentage point, between the rates as they are shown.
    RateChange(Option<i64>),
    Rank(Option<u32>),
}

impl Value {
    /// The number as the page shows it.
    pub fn shown(self) -> Cow<'static, str> {
        let signed = |number: i64, digits: String| match number {
            0 => "0".to_owned(),
            1.. => format!("+{digits}"),
            _ => format!("−{digits}"),
        };
        Cow::Owned(match self {
            Value::Count(count) => count.to_string(),
            Value::Days(days) => days.to_string(),
            Value::Change(change) => signed(change, change.unsigned_abs().to_string()),
            Value::Rate(Some(rate)) => format!("{rate:.1}%"),
            Value::RateChange(Some(change)) => {
                let size = change.unsigned_abs();
                signed(change, format!("{}.{}", size / 10, size % 10))
            }
            Value::Rank(Some(rank)) => rank.to_string(),
            Value::Rate(None) | Value::RateChange(None) | Value::Rank(None) => return Cow::Borrowed("—"),
        })
    }
}

/// Looks numbers up by their keys.
pub struct FigureBook<'a> {
    figures: &'a Figures,
    overdue: Vec<&'a OverdueItem>,
}

impl<'a> FigureBook<'a> {
    /// Over the figures of one period.
    pub fn new(figures: &'a Figures) -> FigureBook<'a> {
        let mut overdue: Vec<&OverdueItem> = figures.overdue.items.iter().filter(|item| item.state == OverdueState::Overdue).collect();
        overdue.sort_by_key(|item| Reverse(item.days));
        FigureBook { figures, overdue }
    }

    /// The overdue hazards, the longest overdue first, ledger order among equals.
    pub fn overdue(&self) -> &[&'a OverdueItem] {
        &self.overdue
    }

    /// The number that a key means; `None` for what is no key, or a row that is not there.
    pub fn value(&self, key: &str) -> Option<Value> {
        let (scope, rest) = key.split_once('.')?;
        match scope {
            "totals" => of_counts(&self.figures.totals, rest),
            "previous" => of_counts(&self.figures.previous.as_ref()?.1, rest),
            "change" => difference(of_counts(&self.figures.totals, rest)?, of_counts(&self.figures.previous.as_ref()?.1, rest)?),
            "by" => self.of_breakdown(rest),
            "duties" => self.of_duties(rest),
            "series" => self.of_series(rest),
            "overdue" if rest == "unlisted" => {
                Some(Value::Count(u32::try_from(self.overdue.len().saturating_sub(MOST_OVERDUE)).unwrap_or(u32::MAX)))
            }
            "overdue" => {
                let (row, rest) = numbered(rest)?;
                let item = self.overdue.get(row)?;
                (rest == "days").then_some(Value::Days(item.days?))
            }
            _ => None,
        }
    }

    fn of_breakdown(&self, rest: &str) -> Option<Value> {
        let (dimension, rest) = rest.split_once('.')?;
        let dimension = Dimension::ALL.into_iter().find(|known| known.key() == dimension)?;
        let (row, rest) = numbered(rest)?;
        if dimension == Dimension::Unit {
            if rest == "rank" {
                return self.figures.ranks.get(row).map(|rank| Value::Rank(*rank));
            }
            if let Some(count) = rest.strip_prefix("duties.") {
                // Units that have left the roster owe nothing.
                let duties = self.figures.unit_duties.get(row).copied().unwrap_or_default();
                return Some(Value::Count(match count {
                    "owed" => duties.owed,
                    "in_time" => duties.in_time,
                    "late" => duties.late,
                    "missing" => duties.missing,
                    _ => return None,
                }));
            }
        }
        of_counts(&self.figures.rows(dimension).get(row)?.counts, rest)
    }

    fn of_duties(&self, rest: &str) -> Option<Value> {
        let duties = &self.figures.duties;
        let (chosen, rest) = match rest.strip_prefix("all.") {
            Some(rest) => (&duties[..], rest),
            None => {
                let (row, rest) = numbered(rest)?;
                (duties.get(row..=row)?, rest)
            }
        };
        let sum = |part: fn(&DutyFigure) -> u32| Some(Value::Count(chosen.iter().map(part).sum()));
        let rate = |share: fn(&DutyFigure) -> Share| {
            let parts = chosen
                .iter()
                .map(share)
                .fold(Share { part: 0, whole: 0 }, |sum, share| Share { part: sum.part + share.part, whole: sum.whole + share.whole });
            Some(Value::Rate(parts.per_cent()))
        };
        match rest {
            "owed" => sum(|duty| duty.owed),
            "came" => sum(|duty| duty.came().part),
            "in_time" => sum(|duty| duty.in_time().part),
            "zero" => sum(|duty| duty.zero),
            "late" => sum(|duty| duty.late),
            "missing" => sum(|duty| duty.missing),
            "waiting" => sum(|duty| duty.waiting),
            "rates.reported" => rate(DutyFigure::came),
            "rates.reported_in_time" => rate(DutyFigure::in_time),
            _ => None,
        }
    }

    fn of_series(&self, rest: &str) -> Option<Value> {
        let (row, rest) = numbered(rest)?;
        let point = self.figures.series.get(row)?;
        Some(Value::Count(match rest {
            "total" => point.total,
            "rectified" => point.rectified,
            "closed" => point.closed,
            "overdue" => point.overdue,
            _ => return None,
        }))
    }
}

/// `<row from 1>.<rest>` as an index and the rest.
fn numbered(text: &str) -> Option<(usize, &str)> {
    let (row, rest) = text.split_once('.')?;
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, rest))
}

fn of_counts(counts: &Counts, key: &str) -> Option<Value> {
    match key.strip_prefix("rates.") {
        Some(key) => rates(counts).into_iter().find(|rate| rate.0 == key).map(|rate| Value::Rate(rate.2.per_cent())),
        None => Measure::ALL.into_iter().find(|measure| measure.key() == key).map(|measure| Value::Count(counts.of(measure))),
    }
}

fn difference(now: Value, before: Value) -> Option<Value> {
    let tenths = |rate: f64| (rate * 10.0).round() as i64;
    match (now, before) {
        (Value::Count(now), Value::Count(before)) => Some(Value::Change(i64::from(now) - i64::from(before))),
        (Value::Rate(now), Value::Rate(before)) => {
            Some(Value::RateChange(now.zip(before).map(|(now, before)| tenths(now) - tenths(before))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_in_one_way() {
        for (value, shown) in [
            (Value::Count(1234), "1234"),
            (Value::Change(3), "+3"),
            (Value::Change(-3), "−3"),
            (Value::Change(0), "0"),
            (Value::Rate(Some(100.0)), "100.0%"),
            (Value::Rate(None), "—"),
            (Value::RateChange(Some(-5)), "−0.5"),
            (Value::RateChange(Some(123)), "+12.3"),
            (Value::Rank(Some(2)), "2"),
        ] {
            assert_eq!(value.shown(), shown);
        }
        assert_eq!(difference(Value::Rate(Some(66.7)), Value::Rate(Some(66.6))), Some(Value::RateChange(Some(1))));
        assert_eq!(numbered("0.total"), None);
    }
}
