//! The figures by 上级单位: each is the sum of the units below it, and every unit is below one row.

use crate::campaign::Roster;
use crate::results::figures::Counts;
use crate::results::figures::Funds;
use crate::results::figures::RowFigures;
use crate::results::figures::UnitDuties;
use crate::results::figures::ranking;

/// The figures of all units below one.
#[derive(Debug, Clone, PartialEq)]
pub struct ParentFigures {
    pub figures: RowFigures,
    /// Rows of the breakdown by unit that were added up; the one at the top is among them.
    pub units: Vec<usize>,
    pub duties: UnitDuties,
    /// The place by 整改率 among those that have a hazard; the row of all others has none.
    pub rank: Option<u32>,
}

/// The label of the row for units that have nobody above or below.
const OTHERS: &str = "其他单位";

/// One row for each unit at the top of others, in the order of the roster, and one for all the rest; none where the roster has
/// no 上级单位.
pub fn parents(units: &[RowFigures], duties: &[UnitDuties], roster: &Roster) -> Vec<ParentFigures> {
    let mut members: Vec<(Option<usize>, Vec<usize>)> = roster.tops().into_iter().map(|top| (Some(top), Vec::new())).collect();
    if members.is_empty() {
        return Vec::new();
    }
    members.push((None, Vec::new()));
    for row in 0..units.len() {
        let top = (row < roster.units.len()).then(|| roster.top(row));
        let place = members.iter().position(|(own, _)| own.is_some() && *own == top).unwrap_or(members.len() - 1);
        if let Some((_, rows)) = members.get_mut(place) {
            rows.push(row);
        }
    }
    let mut parents: Vec<ParentFigures> = members
        .into_iter()
        .filter(|(top, rows)| top.is_some() || !rows.is_empty())
        .map(|(top, rows)| added_up(top, rows, units, duties, roster))
        .collect();
    let ranked: Vec<RowFigures> = parents.iter().map(|parent| parent.figures.clone()).collect();
    for (parent, rank) in parents.iter_mut().zip(ranking::ranks(&ranked)) {
        parent.rank = rank.filter(|_| parent.figures.label != OTHERS);
    }
    parents
}

fn added_up(top: Option<usize>, rows: Vec<usize>, units: &[RowFigures], of_units: &[UnitDuties], roster: &Roster) -> ParentFigures {
    let (mut counts, mut funds, mut duties) = (Counts::default(), Funds::default(), UnitDuties::default());
    for row in &rows {
        if let Some(unit) = units.get(*row) {
            counts.add_all(&unit.counts);
            funds.yuan += unit.funds.yuan;
            funds.unreadable += unit.funds.unreadable;
        }
        of_units.get(*row).into_iter().for_each(|own| duties.add(*own));
    }
    let name = top.and_then(|top| roster.units.get(top)).map(|unit| unit.name.to_string());
    ParentFigures {
        figures: RowFigures { label: name.unwrap_or_else(|| OTHERS.to_owned()), counts, funds },
        units: rows,
        duties,
        rank: None,
    }
}
