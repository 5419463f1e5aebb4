//! A form that came back: what is ticked in its head, and whether its hidden sheet is to be trusted: only where it agrees with what is visible.

use std::collections::BTreeSet;

use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::records::fact::FactKind;
use crate::records::grid::Grid;
use crate::records::issue::Issue;
use crate::records::issue::IssueFault;
use crate::records::issue::NO_CHANGE;
use crate::records::issue::Returned;
use crate::records::issue::ZERO_REPORT;
use crate::records::record::UnitReading;
use crate::records::sheet::SheetReading;
use crate::records::sheet::ZeroReport;
use crate::tables::Sheet;
use crate::vocabulary::Field;
use crate::vocabulary::read_tick;

/// Reads what is ticked above the table of a form's sheet; a zero report counts where the sheet names no hazard. Gives whether 本期无变化 is ticked.
pub fn read_ticks(sheet: &Sheet, reading: &mut SheetReading, issue: &Issue, roster: &Roster) -> bool {
    let Some(first) = reading.tables.iter().map(|table| table.header_rows.0).min() else { return false };
    let zero = ticked(sheet, ZERO_REPORT, first).filter(|_| reading.records.is_empty() && reading.zero_reports.is_empty());
    if let Some((row, column)) = zero {
        let unit = roster.by_code(&issue.unit).map_or(UnitReading::Missing, UnitReading::Known);
        reading.zero_reports.push(ZeroReport { row, column, text: ZERO_REPORT.to_owned(), unit, major_only: false });
        reading.facts.retain(|fact| !matches!(fact.kind, FactKind::HeaderOnly));
    }
    ticked(sheet, NO_CHANGE, first).is_some()
}

/// Lays what was sent out beside what the sheets say.
pub fn returned(issue: Issue, holds: bool, says_no_change: bool, readings: &[SheetReading], ground: Ground<'_>) -> Returned {
    let records = || readings.iter().flat_map(|reading| &reading.records);
    let other = |unit: &UnitReading| match unit {
        UnitReading::Known(index) => {
            ground.roster.units.get(*index).filter(|unit| *unit.code != *issue.unit).map(|unit| unit.name.to_string())
        }
        _ => None,
    };
    let fault = if !holds {
        Some(IssueFault::Altered)
    } else if issue.campaign != ground.campaign.code {
        Some(IssueFault::OtherCampaign)
    } else {
        let named = records().map(|record| &record.unit).find_map(other).filter(|_| !issue.unit.is_empty());
        named.map(|named| IssueFault::OtherUnit { named })
    };
    let held: BTreeSet<&str> = records().filter_map(|record| record.values.get(Field::Id)).collect();
    let gone = match fault {
        None => issue.rows.keys().filter(|id| !held.contains(id.as_str())).cloned().collect(),
        Some(_) => Vec::new(),
    };
    Returned { issue, fault, gone, says_no_change }
}

/// The cell that is ticked after these words above the table.
fn ticked(sheet: &Sheet, words: &str, below: u32) -> Option<(u32, u32)> {
    let grid = Grid::new(sheet);
    for (index, row) in grid.rows().iter().enumerate().take_while(|(_, row)| row.number < below) {
        let cells = grid.cells(index);
        let at = cells.iter().position(|cell| grid.text(*cell).text.starts_with(words));
        if let Some(cell) = at.and_then(|at| cells.get(at + 1)) {
            return read_tick(&grid.text(*cell).text).filter(|ticked| *ticked).map(|_| (row.number, u32::from(cell.column)));
        }
    }
    None
}
