//! 考核评分: what each unit of the roster scores on the as-of date, and the rows behind every point.
//!
//! Whole numbers throughout: points and credits are hundredths, rounded once, half up. What counts for a measure is
//! decided in `measures`; here points, totals, ranks and grades are made of it. A unit that has nothing to be judged
//! by in an item is scored on its other items, scaled to the full score. Knows no layout.

mod finding;
mod measures;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::campaign::model::Grade;
use crate::campaign::model::ScoringItem;
use crate::ledger::Ledger;
use crate::results::obligations::Obligations;
use crate::results::overdue::Overdue;
use crate::results::scorecard::measures::Basis;

pub use finding::Finding;

/// The scores of all units. All points are in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    pub as_of: NaiveDate,
    /// 满分
    pub full: u32,
    /// In roster order, every unit of the roster.
    pub units: Vec<UnitScore>,
}

/// One unit's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScore {
    /// Index into [`Roster::units`].
    pub unit: usize,
    /// In the order of [`crate::campaign::model::Scoring::items`].
    pub items: Vec<ItemScore>,
    /// The sum of the points reached.
    pub points: u32,
    /// The sum of the maxima of the items that apply; the full score when all do.
    pub maximum: u32,
    /// `points` scaled from `maximum` to the full score; `None` when no item applies.
    pub total: Option<u32>,
    /// Among the units that have a total: one more than the number of better ones.
    pub rank: Option<u32>,
    /// Index into [`crate::campaign::model::Scoring::grades`].
    pub grade: Option<usize>,
}

/// One item of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemScore {
    /// 分值
    pub maximum: u32,
    /// `None`: there was nothing to judge (不适用).
    pub points: Option<u32>,
    /// What was reached, in hundredths of a row; for deductions the rows that cost points.
    pub numerator: u32,
    /// How many duties or hazards were judged.
    pub denominator: u32,
    /// What was gained and lost, each of which stands behind the points.
    pub rows: Vec<ScoreRow>,
}

/// One duty or hazard behind an item's points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    pub subject: Subject,
    pub finding: Finding,
    pub effect: Effect,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Index into [`Ledger::hazards`].
    Hazard(usize),
    /// Index into [`Obligations::periods`].
    Duty(usize),
}

/// What a row does to the points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Counts as so many hundredths of one; the item's points are its maximum × the mean of its rows.
    Credit(u32),
    /// Costs so many hundredths of a point; an item never falls below 0.
    Deduction(u32),
}

/// The scores on the as-of date of `overdue`; ledger and duties must be those of the same day. `None` when the
/// campaign marks nobody. Hazards of units that have left the roster count for nobody.
pub fn scorecard(campaign: &Campaign, roster: &Roster, ledger: &Ledger, overdue: &Overdue, obligations: &Obligations) -> Option<Scorecard> {
    let scoring = campaign.scoring.as_ref()?;
    let bases = measures::bases(roster, ledger, overdue, obligations);
    let mut units: Vec<UnitScore> =
        bases.iter().map(|basis| unit_score(campaign, &scoring.items, scoring.full, &scoring.grades, basis)).collect();
    let totals: Vec<u32> = units.iter().filter_map(|unit| unit.total).collect();
    for unit in &mut units {
        unit.rank = unit.total.map(|own| 1 + totals.iter().filter(|total| **total > own).count() as u32);
    }
    Some(Scorecard { as_of: overdue.as_of, full: scoring.full, units })
}

fn unit_score(campaign: &Campaign, items: &[ScoringItem], full: u32, grades: &[Grade], basis: &Basis<'_>) -> UnitScore {
    let items: Vec<ItemScore> = items.iter().map(|item| item_score(campaign, item, basis)).collect();
    let points = items.iter().filter_map(|item| item.points).sum();
    let maximum = items.iter().filter(|item| item.points.is_some()).map(|item| item.maximum).sum();
    let total = scaled(full, u64::from(points), u64::from(maximum));
    let grade = total.and_then(|total| grades.iter().position(|grade| total >= grade.from));
    UnitScore { unit: basis.unit, items, points, maximum, total, rank: None, grade }
}

fn item_score(campaign: &Campaign, item: &ScoringItem, basis: &Basis<'_>) -> ItemScore {
    let rows = measures::rows(campaign, item, basis);
    let (mut credits, mut deducted): (u32, u32) = (0, 0);
    for row in &rows {
        match row.effect {
            Effect::Credit(credit) => credits += credit,
            Effect::Deduction(points) => deducted = deducted.saturating_add(points),
        }
    }
    let maximum = item.points;
    if item.measure.is_deduction() {
        let denominator = basis.owed().count() as u32;
        let points = (denominator > 0).then(|| maximum.saturating_sub(deducted));
        return ItemScore { maximum, points, numerator: rows.len() as u32 * 100, denominator, rows };
    }
    let denominator = rows.len() as u32;
    let points = scaled(maximum, u64::from(credits), u64::from(denominator) * 100);
    ItemScore { maximum, points, numerator: credits, denominator, rows }
}

/// `whole × part ÷ of`, rounded half up; `None` for nothing divided by nothing.
fn scaled(whole: u32, part: u64, of: u64) -> Option<u32> {
    let rounded = (2 * u64::from(whole) * part + of).checked_div(2 * of)?;
    Some(u32::try_from(rounded).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
