//! The workbook of the statistics: the official form by unit, overdue and reporting by unit, breakdowns, reporting duties,
//! the comparison with the last period, and the 编号 behind every figure.
//!
//! Arranges what `results::figures` has counted and counts nothing. Figures that break an equation make no workbook.

pub mod backwards;
pub mod breakdowns;
pub mod comparison;
pub mod evidence;
pub mod figure_column;
pub mod reporting;
pub mod unit_forms;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::documents::imbalance::Imbalance;
use crate::documents::sheet::Document;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::ledger::Ledger;
use crate::results::LetterStandings;
use crate::results::figures::Figures;
use crate::results::figures::ReportPeriod;

/// What the papers are made from; all of the same ledger, campaign and period.
#[derive(Clone, Copy)]
pub struct StatisticsSource<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    pub ledger: &'a Ledger,
    pub figures: &'a Figures,
    /// As of the last day of the period.
    pub letters: &'a LetterStandings,
}

impl<'a> StatisticsSource<'a> {
    /// The look of one of the printed sheets.
    fn official(self, title: &str, notes: Vec<String>, dense: bool) -> Look {
        let period = self.figures.period;
        Look::Official(Box::new(Official {
            attachment: None,
            title: format!("{}{title}", self.campaign.title),
            left: format!("填报单位（章）：{}", self.campaign.issuer),
            right: format!("统计期间：{}至{}", day(period.start), day(period.end)),
            notes,
            signature: self.campaign.lists.footer.clone(),
            dense,
        }))
    }
}

/// The workbook without its charts, which follow from `documents::chart_sheets`.
///
/// # Errors
/// [`Imbalance`] with the first equation that does not hold.
pub fn statistics_document<'a>(source: StatisticsSource<'a>) -> Result<Document<'a>, Imbalance> {
    if let Some(wrong) = source.figures.discrepancies().into_iter().next() {
        let what = format!("{}（{}）", wrong.equation, wrong.place);
        return Err(Imbalance::Total { what, total: wrong.right.unsigned_abs(), sum: wrong.left.unsigned_abs() });
    }
    let sheets = vec![
        unit_forms::progress_form(source),
        unit_forms::deadline_form(source),
        breakdowns::breakdown_sheet(source),
        reporting::reporting_sheet(source),
        comparison::comparison_sheet(source),
        backwards::backwards_sheet(source),
        evidence::evidence_sheet(source),
    ];
    Ok(Document { title: paper_title(source.campaign, source.figures.period), issuer: source.campaign.issuer.clone(), sheets })
}

/// What the statistics of a period are called: 某专项周统计（2023年7月31日）.
pub fn paper_title(campaign: &Campaign, period: ReportPeriod) -> String {
    format!("{}{}（截至{}）", campaign.title, period.kind.label(), day(period.end))
}

/// A day as official papers write it.
pub fn day(date: NaiveDate) -> String {
    date.format("%Y年%-m月%-d日").to_string()
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
