//! 勾稽 of papers: every number read back out of the finished bytes of a paper and held against the figures.
//!
//! A paper in which a number is not the figure's is not handed out, whatever went wrong on the way: layout, template or
//! renderer. Reads bytes; writes nothing.

pub mod page;
pub mod text;
pub mod workbook;

use std::collections::BTreeMap;

use crate::results::figures::Counts;
use crate::results::figures::Dimension;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::rates;
use crate::results::overview::Share;

/// A number in a paper that is not the figure's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Which paper and where in it.
    pub place: String,
    /// The figure in words.
    pub figure: String,
    pub shown: String,
    pub counted: String,
}

/// Every figure by its key, as papers show it: `totals.new` → `12`, `rates.rectified` → `46.9%`, `by.unit.3.overdue` → `2`.
pub fn shown_figures(figures: &Figures) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    put(&mut shown, "totals", "rates", &figures.totals);
    for breakdown in &figures.breakdowns {
        let dimension: Dimension = breakdown.dimension;
        for (index, row) in breakdown.rows.iter().enumerate() {
            let place = format!("by.{}.{}", dimension.key(), index + 1);
            put(&mut shown, &place, &place, &row.counts);
        }
    }
    for (index, duty) in figures.duties.iter().enumerate() {
        let numbers = [
            ("owed", duty.owed),
            ("reported", duty.reported),
            ("zero", duty.zero),
            ("late", duty.late),
            ("missing", duty.missing),
            ("waiting", duty.waiting),
        ];
        shown.extend(numbers.map(|(name, number)| (format!("duties.{}.{name}", index + 1), number.to_string())));
        shown.insert(format!("duties.{}.came_rate", index + 1), rate(duty.came()));
        shown.insert(format!("duties.{}.in_time_rate", index + 1), rate(duty.in_time()));
    }
    shown
}

fn put(shown: &mut BTreeMap<String, String>, counts_at: &str, rates_at: &str, counts: &Counts) {
    shown.extend(Measure::ALL.map(|measure| (format!("{counts_at}.{}", measure.key()), counts.of(measure).to_string())));
    let prefix = if counts_at == rates_at { "rate_" } else { "" };
    shown.extend(rates(counts).map(|(key, _, share)| (format!("{rates_at}.{prefix}{key}"), rate(share))));
}

fn rate(share: Share) -> String {
    share.per_cent().map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"))
}

#[cfg(test)]
mod tests;
