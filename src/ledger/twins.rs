//! Hazards that are known by the same words, place and day and are not one: rows of one sheet that differ elsewhere.
//!
//! The first of them bears the key of its content, each further one the next number; an unchanged sheet finds them again.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::ledger::gather::Entry;
use crate::ledger::identity::content_key;
use crate::records::Record;

/// Gives the key by which each entry finds its hazard when no 编号 does.
pub fn keys(entries: &[Entry]) -> Vec<u128> {
    let mut keys: Vec<u128> =
        entries.par_iter().map(|entry| content_key(entry.unit, &entry.record.found_on, &entry.record.values)).collect();
    for twins in groups(entries, &keys) {
        let mut known: Vec<&Record> = Vec::new();
        for sheet in by_sheet(entries, &twins) {
            // Whoever says the same as a hazard that is known goes first; what is left takes the numbers that are left.
            let same = |index: usize| (0..known.len()).find(|number| !entries[index].record.says_otherwise(known[*number]));
            let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
            if !entries[sheet[0]].base {
                numbers.extend(sheet.iter().filter_map(|index| Some((*index, same(*index)?))));
            }
            for index in &sheet {
                let record = &entries[*index].record;
                if numbers.contains_key(index) {
                    continue;
                }
                let repeated = |other: &&usize| !entries[**other].record.says_otherwise(record);
                let number = match sheet.iter().filter(|other| *other < index && !entries[**other].base).find(repeated) {
                    Some(other) => numbers.get(other).copied(),
                    None => (0..known.len()).find(|number| !numbers.values().any(|used| used == number)),
                };
                let number = number.unwrap_or(known.len());
                if number == known.len() {
                    known.push(record);
                }
                numbers.insert(*index, number);
            }
            for (index, number) in numbers {
                keys[index] = keys[index].wrapping_add(number as u128);
            }
        }
    }
    keys
}

/// The entries that share a key with another one of their own sheet, and all others of that key; in the order of entries.
fn groups(entries: &[Entry], keys: &[u128]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_unstable_by_key(|index| (keys[*index], *index));
    let several = |group: &&[usize]| {
        let places: BTreeSet<(bool, usize)> = group.iter().map(|index| (entries[*index].base, entries[*index].tally)).collect();
        places.len() < group.len()
    };
    order.chunk_by(|one, other| keys[*one] == keys[*other]).filter(several).map(<[usize]>::to_vec).collect()
}

/// Splits entries by sheet, the ledger first; rows in their order.
fn by_sheet(entries: &[Entry], twins: &[usize]) -> Vec<Vec<usize>> {
    let mut sheets: BTreeMap<(bool, usize, usize), Vec<usize>> = BTreeMap::new();
    let mut first: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    for index in twins {
        let entry = &entries[*index];
        let sheet = (!entry.base, entry.tally);
        let seen = *first.entry(sheet).or_insert(*index);
        sheets.entry((sheet.0, seen, sheet.1)).or_default().push(*index);
    }
    let mut sheets: Vec<Vec<usize>> = sheets.into_values().collect();
    for sheet in &mut sheets {
        sheet.sort_by_key(|index| entries[*index].record.row);
    }
    sheets
}
