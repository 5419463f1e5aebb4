//! What stands below the last record of a table: notes that go on, signatures, numbers written ahead.
//!
//! A row alone does not show it: a sentence in the column of descriptions is a hazard above and a note below. So this
//! looks at all rows of a table once each has its kind.

use std::ops::Range;

use crate::records::classify::is_signature;
use crate::records::grid::Grid;
use crate::records::plan::Plan;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::RowKind;
use crate::tables::Value;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::is_role_line;

/// Fewer rows that lack a description are asked one by one, even if they are alike.
const MOST_ALIKE: usize = 3;

/// Gives rows of a table that look like records, or like nothing, the kind that their place shows. `kinds` are those of
/// `rows`.
pub fn settle_foot(grid: &Grid<'_>, plans: &[Plan], rows: Range<usize>, kinds: &mut [RowKind]) {
    let start = rows.start;
    let foot = kinds.iter().enumerate().rposition(|(offset, kind)| *kind == RowKind::Record && is_solid(grid, plans, start + offset));
    let foot = foot.map_or(0, |last| last + 1);
    let columns: Vec<u32> = plans.iter().flat_map(|plan| plan.columns.iter().map(|column| column.column)).collect();
    let first_column = columns.iter().min().copied().unwrap_or(1);
    let mut noted = false;
    for (offset, kind) in kinds.iter_mut().enumerate() {
        let index = start + offset;
        let below = offset >= foot;
        let loose = matches!(kind, RowKind::Record | RowKind::Unrecognised) || *kind == RowKind::Group && below && noted;
        if loose && beside_a_note(grid, index) {
            *kind = RowKind::Note;
        } else if loose && spans_table(grid, &columns, index) {
            *kind = if below { RowKind::Note } else { RowKind::Unrecognised };
        } else if loose && below && is_lone_number(grid, first_column, index) {
            *kind = RowKind::Blank;
        } else if loose && below && is_all_roles(grid, index) {
            *kind = RowKind::Footer;
        } else if loose && below && noted && grid.cells(index).len() == 1 {
            *kind = RowKind::Note;
        } else if *kind == RowKind::Record && below && foot > 0 && is_lone_text(grid, plans, index) {
            // A hazard, or a line about the table: only the sender knows.
            *kind = RowKind::Unrecognised;
        }
        noted = *kind == RowKind::Note;
    }
}

/// Takes rows below the last description that hold nothing but what somebody filled in beforehand, the same in each of them
/// (等级 一般, 状态 待整改), for blank. Tells how many rows there are and which is the first.
pub fn settle_prefilled(grid: &Grid<'_>, plans: &[Plan], rows: Range<usize>, kinds: &mut [RowKind]) -> Option<(usize, u32)> {
    let [plan] = plans else { return None };
    let description = plan.column_of(Field::Description)?;
    let start = rows.start;
    let is_blank =
        |index: usize| grid.text_at(index, description).is_empty() && grid.covered_by(grid.rows()[index].number, description).is_none();
    let last = kinds.iter().enumerate().rposition(|(offset, kind)| *kind == RowKind::Record && !is_blank(start + offset));
    let below = last.map_or(0, |last| last + 1);
    let content = |index: usize| -> Vec<(u16, String)> {
        let counts = |column: u16| matches!(plan.role(u32::from(column)).map(|role| &role.meaning), Some(ColumnMeaning::Sequence));
        let cells = grid.cells(index).iter().filter(|cell| !counts(cell.column));
        cells.map(|cell| (cell.column, grid.text(*cell).text.into_owned())).filter(|(_, text)| !text.is_empty()).collect()
    };
    let left: Vec<usize> = (below..kinds.len()).filter(|offset| kinds[*offset] == RowKind::Record && is_blank(start + offset)).collect();
    let first = content(start + *left.first()?);
    // A place, a day or a measure belongs to a hazard whose description was forgotten.
    let of_a_case = [Field::Location, Field::FoundOn, Field::Deadline, Field::RectifiedOn, Field::Measure, Field::Progress];
    let tells =
        of_a_case.into_iter().filter_map(|field| plan.column_of(field)).any(|column| first.iter().any(|(at, _)| u32::from(*at) == column));
    if tells || left.len() < MOST_ALIKE || left.iter().any(|offset| content(start + offset) != first) {
        return None;
    }
    for offset in &left {
        kinds[*offset] = RowKind::Blank;
    }
    Some((start + left[0], left.len() as u32))
}

/// Whether a row fills at least two fields: a record whatever stands around it.
fn is_solid(grid: &Grid<'_>, plans: &[Plan], index: usize) -> bool {
    let is_field = |column: u32| {
        let meaning = plans.iter().find_map(|plan| plan.role(column)).map(|role| &role.meaning);
        matches!(meaning, Some(ColumnMeaning::Field(_) | ColumnMeaning::Both(..) | ColumnMeaning::CloseOutFlag | ColumnMeaning::Tick(_)))
    };
    !is_all_roles(grid, index) && grid.cells(index).iter().filter(|cell| is_field(u32::from(cell.column))).count() >= 2
}

/// Whether the row lies beside a cell merged downwards that introduces notes (说明：).
fn beside_a_note(grid: &Grid<'_>, index: usize) -> bool {
    if grid.sheet.merges.is_empty() {
        return false;
    }
    let row = grid.rows()[index].number;
    let Some(first) = grid.cells(index).first().map(|cell| u32::from(cell.column)) else { return false };
    (1..=first).any(|column| {
        let own = grid.cell(index, column).filter(|_| column < first || grid.cells(index).len() == 2);
        let text = match own {
            Some(cell) if grid.merge_at(row, column).is_some_and(|area| area.last_row > area.first_row) => grid.text(cell).text,
            Some(_) => return false,
            None => match grid.covered_by(row, column) {
                Some((first_row, _, cell)) if first_row < row => grid.text(cell).text,
                _ => return false,
            },
        };
        is_note(&text)
    })
}

/// Whether all that stands in a row is one text, merged over most columns of the table.
fn spans_table(grid: &Grid<'_>, columns: &[u32], index: usize) -> bool {
    let [only] = grid.cells(index) else { return false };
    let Some(area) = grid.merge_at(grid.rows()[index].number, u32::from(only.column)) else { return false };
    let covered = columns.iter().filter(|column| (area.first_column..=area.last_column).contains(column)).count();
    covered >= 3 && covered * 3 >= columns.len() * 2
}

/// Whether a row holds one text and nothing else, not even by a merge from above.
fn is_lone_text(grid: &Grid<'_>, plans: &[Plan], index: usize) -> bool {
    let [only] = grid.cells(index) else { return false };
    let row = grid.rows()[index].number;
    let columns = plans.iter().flat_map(|plan| plan.columns.iter().map(|column| column.column));
    matches!(grid.sheet.value(*only), Value::Text(_))
        && columns.filter(|column| *column != u32::from(only.column)).all(|column| grid.covered_by(row, column).is_none())
}

/// Whether a row holds nothing but a whole number in its first column, written ahead for the next record.
fn is_lone_number(grid: &Grid<'_>, first_column: u32, index: usize) -> bool {
    let [only] = grid.cells(index) else { return false };
    let text = grid.text(*only).text;
    u32::from(only.column) <= first_column && label_key(&text).trim_end_matches('、').parse::<u32>().is_ok()
}

/// Whether every cell of a row names somebody or a day by a role: 安全员：张一, 院长（签字）：.
fn is_all_roles(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    let says_role = |text: &str| is_role_line(text) || is_signature(text);
    let mut after_label = false;
    let fits = cells.iter().all(|cell| {
        let text = grid.text(*cell).text;
        let role = says_role(&text);
        let value = after_label && (text.chars().count() <= 12 || !matches!(grid.sheet.value(*cell), Value::Text(_)));
        after_label = role && text.trim_end().ends_with([':', '：']);
        role || value
    });
    fits && cells.iter().any(|cell| says_role(&grid.text(*cell).text))
}
