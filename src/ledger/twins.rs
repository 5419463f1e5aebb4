//! Hazards that are known by the same words, place and day and are not one: rows of one sheet that differ elsewhere, and rows of
//! one file that bear different numbers of the unit's own (设备编号).
//!
//! The first of them bears the key of its content, each further one the next number, so that an unchanged file finds
//! them again. The number follows from the file alone: what else is merged, and when, changes nothing.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::ledger::gather::Entry;
use crate::ledger::identity::content_key;

/// Gives the key by which each entry finds its hazard when no 编号 does.
pub fn keys(entries: &[Entry]) -> Vec<u128> {
    let mut keys: Vec<u128> =
        entries.par_iter().map(|entry| content_key(entry.unit, &entry.record.found_on, &entry.record.values)).collect();
    let place = |index: usize| (keys[index], entries[index].base, &entries[index].file);
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by(|one, other| {
        let within = |index: usize| (entries[index].tally, entries[index].record.row, index);
        place(*one).cmp(&place(*other)).then_with(|| within(*one).cmp(&within(*other)))
    });
    let twins: Vec<(usize, u128)> = order
        .chunk_by(|one, other| place(*one) == place(*other))
        .filter(|file| file.len() > 1)
        .flat_map(|file| numbers(entries, file))
        .collect();
    for (index, number) in twins {
        keys[index] = keys[index].wrapping_add(number);
    }
    keys
}

/// Numbers rows of one file that share a key. Each row of the ledger is a hazard; a row of a submission may repeat another.
fn numbers(entries: &[Entry], file: &[usize]) -> Vec<(usize, u128)> {
    let mut first: Vec<&Entry> = Vec::new();
    let mut numbers = Vec::with_capacity(file.len());
    for index in file {
        let entry = &entries[*index];
        // What another sheet says of a hazard may be of another day; a number stays what it is.
        let differs = |known: &Entry| match known.tally == entry.tally {
            true => entry.record.says_otherwise(&known.record),
            false => entry.record.bears_another_number(&known.record),
        };
        let repeated = first.iter().position(|known| !entry.base && !differs(known));
        let number = repeated.unwrap_or_else(|| {
            first.push(entry);
            first.len() - 1
        });
        numbers.push((*index, number as u128));
    }
    numbers
}
