//! Hazards of one unit that look alike and never stood in the same file: for the clerk to decide.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

use crate::ledger::gather::Entry;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::ledger::identity::Draft;
use crate::ledger::identity::words_only;
use crate::ledger::outcome::NearMatch;
use crate::vocabulary::Field;

/// Larger groups of equal words are routine (灭火器过期 everywhere) and would only be noise.
const LARGEST_GROUP: usize = 12;
/// From this likeness on, two descriptions of one place and day may mean the same.
const ALIKE: f64 = 0.6;

/// Pairs that look alike: the same words with another place or day, or the same place and day with similar words.
pub fn near_matches(entries: &[Entry], drafts: &[Draft], order: &[usize], ledger: &Ledger) -> Vec<NearMatch> {
    let mut by_words: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    let mut by_place: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    // Only a unit that sent more than one file can have said the same thing in two ways.
    let mut files_of_unit: HashMap<usize, BTreeSet<&str>> = HashMap::new();
    for entry in entries {
        files_of_unit.entry(entry.unit).or_default().insert(&entry.file);
    }
    if files_of_unit.values().all(|files| files.len() < 2) {
        return Vec::new();
    }
    let files: Vec<BTreeSet<&str>> =
        order.iter().map(|index| drafts[*index].entries.iter().map(|entry| entries[*entry].file.as_ref()).collect()).collect();
    for (position, index) in order.iter().enumerate() {
        let unit = drafts[*index].unit;
        if files_of_unit.get(&unit).is_none_or(|files| files.len() < 2) {
            continue;
        }
        let hazard = &ledger.hazards[position];
        let words = |field: Field| hazard.values.get(field).map(words_only).unwrap_or_default();
        by_words.entry((unit, words(Field::Description))).or_default().push(position);
        let place = format!("{}|{}", words(Field::Location), words(Field::FoundOn));
        by_place.entry((unit, place)).or_default().push(position);
    }
    let mut found: BTreeMap<(usize, usize), NearMatch> = BTreeMap::new();
    for (by_description, groups) in [(true, by_words), (false, by_place)] {
        for group in groups.into_values().filter(|group| (2..=LARGEST_GROUP).contains(&group.len())) {
            for (offset, left) in group.iter().enumerate() {
                for right in &group[offset + 1..] {
                    let (one, other) = (&ledger.hazards[*left], &ledger.hazards[*right]);
                    if !files[*left].is_disjoint(&files[*right]) || !(by_description || alike(one, other)) {
                        continue;
                    }
                    let differs = [Field::Description, Field::Location, Field::FoundOn]
                        .into_iter()
                        .filter(|field| one.values.get(*field) != other.values.get(*field))
                        .collect();
                    found.insert((*left, *right), NearMatch { id: one.id.clone(), other: other.id.clone(), differs });
                }
            }
        }
    }
    found.into_values().collect()
}

fn alike(one: &Hazard, other: &Hazard) -> bool {
    let text = |hazard: &Hazard| hazard.values.get(Field::Description).map(words_only).unwrap_or_default();
    strsim::normalized_levenshtein(&text(one), &text(other)) >= ALIKE
}
