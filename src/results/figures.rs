//! The statistics of one period: one set of figures, from which every paper is made.
//!
//! A figure is the size of a set of hazards ([`Measure`]), for all hazards and for each row of each breakdown ([`Dimension`]); which
//! hazards they are is kept ([`Counted`]), so that every number leads back to its 编号. Two states of the ledger are
//! compared: what is known as of the last day of the period, and what was known on the day before it began.
//! Knows no layout and no wording of papers.

mod backwards;
mod balance;
mod counting;
mod dimension;
mod duties;
mod measure;
mod parents;
mod period;
mod ranking;
mod series;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::ledger::Ledger;
use crate::ledger::Mentions;
use crate::results::obligations::Obligations;
use crate::results::overdue::Overdue;
use crate::results::overview::Share;
use crate::results::scorecard::Scorecard;
use crate::results::scorecard::scorecard;
use crate::vocabulary::Field;

pub use crate::campaign::ReportKind;
pub use backwards::BackwardsFigure;
pub use balance::Discrepancy;
pub use dimension::Dimension;
pub use duties::DutyFigure;
pub use duties::UnitDuties;
pub use duties::last_over;
pub use measure::Counts;
pub use measure::Measure;
pub use measure::Measures;
pub use parents::ParentFigures;
pub use period::ReportPeriod;
pub use period::due_reports;
pub use period::paper_days;
pub use period::report_period;
pub use series::Point;

/// What the figures are counted from.
#[derive(Clone, Copy)]
pub struct FigureInputs<'a> {
    /// Its day is the last one of the period.
    pub ground: Ground<'a>,
    pub period: ReportPeriod,
    /// The ledger as known on the last day of the period.
    pub ledger: &'a Ledger,
    /// The ledger as known on the day before the period.
    pub before: &'a Ledger,
    /// The ledger as known on the day before the period before this one.
    pub long_before: &'a Ledger,
    /// As of the last day of the period.
    pub obligations: &'a Obligations,
    /// What the submissions name, of any day.
    pub mentions: &'a Mentions,
}

/// The figures of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub period: ReportPeriod,
    /// The period before, for comparison; its kind is the same. `None` where it would lie before the campaign.
    pub previous: Option<(ReportPeriod, Counts)>,
    /// Where every hazard stands, as `overdue` says; its sums are the figures' own.
    pub overdue: Overdue,
    pub totals: Counts,
    /// 整改资金 in yuan over all hazards counted; `unreadable` are those whose amount cannot be read.
    pub funds: Funds,
    /// In the order of [`Dimension::ALL`].
    pub breakdowns: Vec<BreakdownFigures>,
    /// Every hazard that is counted in any measure, in ledger order.
    pub counted: Vec<Counted>,
    /// How many of the open major hazards have each required field, in the order of the campaign.
    pub required: Vec<(Field, u32)>,
    /// Reporting periods that fell due within the period.
    pub duties: Vec<DutyFigure>,
    /// By unit of the roster.
    pub unit_duties: Vec<UnitDuties>,
    /// By row of [`Dimension::Unit`]: its place by 整改率, `None` for units without a hazard.
    pub ranks: Vec<Option<u32>>,
    /// By the 上级单位 at the top; empty where the roster has none.
    pub parents: Vec<ParentFigures>,
    /// What went backwards within the period.
    pub backwards: Vec<BackwardsFigure>,
    /// 考核评分, where the campaign marks its units.
    pub scorecard: Option<Scorecard>,
    /// The course of the campaign until the as-of day.
    pub series: Vec<Point>,
}

/// One breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownFigures {
    pub dimension: Dimension,
    pub rows: Vec<RowFigures>,
}

/// One row of a breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct RowFigures {
    pub label: String,
    pub counts: Counts,
    pub funds: Funds,
}

/// Money, in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Funds {
    pub yuan: i64,
    /// Hazards whose amount cannot be read.
    pub unreadable: u32,
}

impl Funds {
    /// In 万元, exact to the yuan.
    pub fn ten_thousands(self) -> f64 {
        self.yuan as f64 / 10_000.0
    }
}

/// One hazard with the measures that hold of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Index into [`Ledger::hazards`] of [`FigureInputs::ledger`].
    pub hazard: usize,
    pub measures: Measures,
    /// Its row in each breakdown, in the order of [`Dimension::ALL`].
    pub rows: [u32; 6],
}

/// Counts everything.
pub fn figures(inputs: FigureInputs<'_>) -> Figures {
    let counting = counting::count(inputs);
    let previous = previous(inputs);
    let duties = duties::duties(inputs);
    let unit_duties = duties::by_unit(inputs);
    let by_unit = counting.breakdowns.iter().find(|breakdown| breakdown.dimension == Dimension::Unit);
    let by_unit = by_unit.map_or(&[][..], |units| &units.rows);
    let ranks = ranking::ranks(by_unit);
    let parents = parents::parents(by_unit, &unit_duties, inputs.ground.roster);
    let series = series::series(inputs);
    let backwards = backwards::backwards(inputs);
    let scorecard = scorecard(inputs.ground.campaign, inputs.ground.roster, inputs.ledger, &counting.overdue, inputs.obligations);
    Figures {
        period: inputs.period,
        previous,
        overdue: counting.overdue,
        totals: counting.totals,
        funds: counting.funds,
        breakdowns: counting.breakdowns,
        counted: counting.counted,
        required: counting.required,
        duties,
        unit_duties,
        ranks,
        parents,
        backwards,
        scorecard,
        series,
    }
}

/// The period before this one, counted in the same way.
fn previous(inputs: FigureInputs<'_>) -> Option<(ReportPeriod, Counts)> {
    let day = inputs.period.day_before();
    if inputs.period.kind == ReportKind::Summary || day < inputs.ground.campaign.start {
        return None;
    }
    let period = report_period(inputs.ground.campaign, inputs.period.kind, day);
    let counted = counting::count(FigureInputs { period, ledger: inputs.before, before: inputs.long_before, ..inputs });
    Some((period, counted.totals))
}

/// The day as of which [`FigureInputs::long_before`] must be known; `None` where there is no period before.
pub fn long_before(campaign: &Campaign, period: ReportPeriod) -> Option<NaiveDate> {
    let day = period.day_before();
    (period.kind != ReportKind::Summary && day >= campaign.start).then(|| report_period(campaign, period.kind, day).day_before())
}

impl Figures {
    /// A breakdown's rows.
    pub fn rows(&self, dimension: Dimension) -> &[RowFigures] {
        self.breakdowns.iter().find(|breakdown| breakdown.dimension == dimension).map_or(&[], |breakdown| &breakdown.rows)
    }

    /// Indexes into the ledger of the hazards behind a figure, for all or for one row of a breakdown.
    pub fn behind(&self, measure: Measure, row: Option<(Dimension, u32)>) -> impl Iterator<Item = usize> {
        let lies = move |counted: &&Counted| row.is_none_or(|(dimension, row)| counted.rows[dimension as usize] == row);
        self.counted.iter().filter(move |counted| counted.measures.holds(measure)).filter(lies).map(|counted| counted.hazard)
    }

    /// The duties that units owe, one group for each obligation, by due day.
    pub fn duties_of_units(&self) -> impl Iterator<Item = &[DutyFigure]> {
        self.duties.chunk_by(|left, right| left.obligation == right.obligation).filter(|group| group.iter().any(|duty| duty.by_units))
    }

    /// What does not add up; empty unless the program is wrong.
    pub fn discrepancies(&self) -> Vec<Discrepancy> {
        balance::discrepancies(self)
    }
}

/// The rates of one row or of all, each with its parts.
pub fn rates(counts: &Counts) -> [(&'static str, &'static str, Share); 6] {
    let share = |part: Measure, whole: Measure| Share { part: counts.of(part), whole: counts.of(whole) };
    [
        ("rectified", "整改率", share(Measure::Rectified, Measure::Total)),
        ("rectified_in_time", "按期整改率", share(Measure::RectifiedInTime, Measure::FallenDue)),
        ("closed_out", "销号率", share(Measure::Closed, Measure::Total)),
        ("general_rectified", "一般隐患整改率", share(Measure::GeneralRectified, Measure::General)),
        ("major_rectified", "重大隐患整改率", share(Measure::MajorRectified, Measure::Major)),
        ("major_complete", "五落实齐全率", share(Measure::MajorComplete, Measure::MajorOpen)),
    ]
}

#[cfg(test)]
mod tests;
