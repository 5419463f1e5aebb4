//! Hazards that are known by the same words, place and day and are not one: rows of one sheet that differ elsewhere.
//!
//! The first of them bears the key of its content, each further one the next number, so that an unchanged sheet finds
//! them again. The number follows from the sheet alone: what else is merged, and when, changes nothing.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::ledger::gather::Entry;
use crate::ledger::identity::content_key;
use crate::records::Record;

/// Gives the key by which each entry finds its hazard when no 编号 does.
pub fn keys(entries: &[Entry]) -> Vec<u128> {
    let mut keys: Vec<u128> =
        entries.par_iter().map(|entry| content_key(entry.unit, &entry.record.found_on, &entry.record.values)).collect();
    let place = |index: usize| (keys[index], entries[index].base, entries[index].tally);
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by_key(|index| (place(*index), entries[*index].record.row, *index));
    let twins: Vec<(usize, u128)> = order
        .chunk_by(|one, other| place(*one) == place(*other))
        .filter(|sheet| sheet.len() > 1)
        .flat_map(|sheet| numbers(entries, sheet))
        .collect();
    for (index, number) in twins {
        keys[index] = keys[index].wrapping_add(number);
    }
    keys
}

/// Numbers rows of one sheet that share a key. Each row of the ledger is a hazard; a row of a submission may repeat another.
fn numbers(entries: &[Entry], sheet: &[usize]) -> Vec<(usize, u128)> {
    let mut first: Vec<&Record> = Vec::new();
    let mut numbers = Vec::with_capacity(sheet.len());
    for index in sheet {
        let (record, base) = (&entries[*index].record, entries[*index].base);
        let repeated = first.iter().position(|known| !base && !record.says_otherwise(known));
        let number = repeated.unwrap_or_else(|| {
            first.push(record);
            first.len() - 1
        });
        numbers.push((*index, number as u128));
    }
    numbers
}
