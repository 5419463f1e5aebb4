//! The place of each unit by 整改率; of equal rates the one with fewer overdue stands first, and equals share a place.

use std::cmp::Ordering;

use crate::results::figures::Measure;
use crate::results::figures::RowFigures;

/// The place of every row, from 1; `None` where there is no hazard to be judged by.
pub fn ranks(rows: &[RowFigures]) -> Vec<Option<u32>> {
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].counts.of(Measure::Total) > 0).collect();
    order.sort_by(|left, right| better(&rows[*left], &rows[*right]));
    let mut ranks = vec![None; rows.len()];
    let mut place = 0;
    for (position, row) in order.iter().enumerate() {
        let tied = position > 0 && better(&rows[order[position - 1]], &rows[*row]) == Ordering::Equal;
        if !tied {
            place = u32::try_from(position + 1).unwrap_or(u32::MAX);
        }
        ranks[*row] = Some(place);
    }
    ranks
}

/// The higher rate first, compared as fractions: printed rates are rounded.
fn better(left: &RowFigures, right: &RowFigures) -> Ordering {
    let parts = |row: &RowFigures| (u64::from(row.counts.of(Measure::Rectified)), u64::from(row.counts.of(Measure::Total)));
    let ((left_part, left_whole), (right_part, right_whole)) = (parts(left), parts(right));
    let overdue = |row: &RowFigures| row.counts.of(Measure::Overdue);
    (right_part * left_whole).cmp(&(left_part * right_whole)).then(overdue(left).cmp(&overdue(right)))
}
