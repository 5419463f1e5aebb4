//! Whether a new ledger workbook says the same as the old one, whatever its tally counts.
//!
//! A merge that changes nothing still counts every record as 未变 instead of 新增. Such a ledger is left as it
//! is, byte for byte, so that nobody has to wonder what changed.

use std::sync::Arc;

use crate::documents::ledger::TALLY_SHEET;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Sheet;

/// Whether both workbooks hold the same sheets with the same cells, the tally left aside. A workbook that
/// cannot be read, or was edited into another form, is not the same.
pub fn says_the_same(old: &[u8], new: &[u8]) -> bool {
    let read = |bytes: &[u8]| tables::read_within(&SourceFile { name: Arc::from("ledger.xlsx"), bytes: bytes.to_vec() }, &tables::OWN);
    let (Ok(old), Ok(new)) = (read(old), read(new)) else { return false };
    let compared = |sheets: Vec<Sheet>| sheets.into_iter().filter(|sheet| sheet.name.as_ref() != TALLY_SHEET).collect::<Vec<_>>();
    let (old, new) = (compared(old.sheets), compared(new.sheets));
    old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| same_sheet(old, new))
}

fn same_sheet(old: &Sheet, new: &Sheet) -> bool {
    old.name == new.name
        && old.rows.len() == new.rows.len()
        && old.rows.iter().zip(&new.rows).all(|(one, other)| {
            let (left, right) = (old.cells_of(*one), new.cells_of(*other));
            one.number == other.number
                && left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| left.column == right.column && old.value(*left) == new.value(*right))
        })
}
