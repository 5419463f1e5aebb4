//! 勾稽 of papers: every number read back out of the finished bytes of a paper and held against the figures.
//!
//! A paper in which a number is not the figure's is not handed out, whatever went wrong on the way: layout, template or
//! renderer. Reads bytes; writes nothing.

pub mod letter;
pub mod text;
pub mod workbook;

use std::collections::BTreeMap;

use crate::documents::dashboard::figure::FigureBook;
use crate::results::figures::Figures;
use crate::results::figures::Measure;
use crate::results::figures::rates;

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

/// Every figure of the totals, the breakdowns and the duties by its key, as papers show it: `totals.new` → `12`, `totals.rates.rectified`
/// → `46.9%`, `by.unit.3.overdue` → `2`. The keys are those of [`FigureBook`].
pub fn shown_figures(figures: &Figures) -> BTreeMap<String, String> {
    let book = FigureBook::new(figures);
    let names: Vec<String> = (Measure::ALL.iter().map(|measure| measure.key().to_owned()))
        .chain(rates(&figures.totals).iter().map(|(key, ..)| format!("rates.{key}")))
        .collect();
    let mut keys: Vec<String> = names.iter().map(|name| format!("totals.{name}")).collect();
    for breakdown in &figures.breakdowns {
        for row in 1..=breakdown.rows.len() {
            keys.extend(names.iter().map(|name| format!("by.{}.{row}.{name}", breakdown.dimension.key())));
        }
    }
    let counts = ["owed", "came", "in_time", "zero", "late", "missing", "waiting", "rates.reported", "rates.reported_in_time"];
    for row in 1..=figures.duties.len() {
        keys.extend(counts.map(|name| format!("duties.{row}.{name}")));
    }
    keys.into_iter().filter_map(|key| book.value(&key).map(|value| (key, value.shown().into_owned()))).collect()
}

/// What in a page, given as its marked numbers, is not the figures'. A page that marks no number is a disagreement too.
pub fn page<'m>(figures: &Figures, marked: impl IntoIterator<Item = (&'m str, &'m str)>) -> Vec<Disagreement> {
    let book = FigureBook::new(figures);
    let mut found = Vec::new();
    let mut any = false;
    for (key, shown) in marked {
        any = true;
        let counted = book.value(key).map_or_else(|| "没有这个统计数".into(), |value| value.shown());
        if counted != shown {
            let (place, figure) = (format!("看板 {key}"), key.to_owned());
            found.push(Disagreement { place, figure, shown: shown.to_owned(), counted: counted.into_owned() });
        }
    }
    if !any {
        let (place, figure) = ("看板".to_owned(), "全部".to_owned());
        found.push(Disagreement { place, figure, shown: "没有标出统计数".to_owned(), counted: String::new() });
    }
    found
}

#[cfg(test)]
mod tests;
