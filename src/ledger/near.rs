//! Hazards of one unit that look alike and never stood in the same file: for the clerk to decide.
//!
//! Looks at what stays when words change: place, found day, deadline, person, level, the characters that two descriptions
//! share, and the kind of fault they speak of. Numbers and sides (3号楼, 东侧) that differ tell two apart. Says "look", never
//! "is"; how often it is right is measured on the pairs of `near/pairs.csv`, and on `near/pairs_unseen.csv`, to which nothing was fitted.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use rayon::iter::IntoParallelIterator;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::ledger::gather::Entry;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::ledger::identity::Draft;
use crate::ledger::identity::words_only;
use crate::ledger::outcome::NearMatch;
use crate::vocabulary::Field;
use crate::vocabulary::faults::fault_kinds;
use crate::vocabulary::faults::faulty_things;
use crate::vocabulary::faults::without_things;

/// Larger groups of one feature are routine (灭火器过期 everywhere, one person for all) and would only be noise.
const LARGEST_GROUP: usize = 24;

/// What is compared of one hazard.
struct Likeness {
    words: Vec<char>,
    /// The words without the thing that is faulty.
    fault: Vec<char>,
    place: String,
    marks: Marks,
    kinds: u64,
    things: u64,
    found_on: String,
    deadline: String,
    responsible: String,
    level: String,
}

impl Likeness {
    fn of(hazard: &Hazard) -> Likeness {
        Likeness::of_texts(|field| hazard.values.get(field))
    }

    fn of_texts<'t>(text: impl Fn(Field) -> Option<&'t str>) -> Likeness {
        let text = |field: Field| text(field).map(words_only).unwrap_or_default();
        let (place, words) = (text(Field::Location), text(Field::Description));
        Likeness {
            marks: Marks::of(&format!("{place} {words}")),
            fault: telling(&without_things(&words)).collect(),
            kinds: fault_kinds(&words),
            things: faulty_things(&words),
            words: telling(&words).collect(),
            place,
            found_on: text(Field::FoundOn),
            deadline: text(Field::Deadline),
            responsible: text(Field::Responsible),
            level: text(Field::Level),
        }
    }

    /// How far two hazards agree in what stays when words change; each feature counts for as much as it tells.
    fn agreement(&self, other: &Likeness) -> f64 {
        let weighed = |mine: &str, theirs: &str, same: f64, differs: f64| match (mine.is_empty(), theirs.is_empty()) {
            (false, false) if mine == theirs => same,
            (false, false) => -differs,
            _ => 0.0,
        };
        let place = match (self.place.is_empty(), other.place.is_empty()) {
            (false, false) if self.place == other.place => 2.0,
            (false, false) if self.place.contains(&other.place) || other.place.contains(&self.place) => 1.5,
            (false, false) => 4.0 * shared(&chars(&self.place), &chars(&other.place)) - 2.0,
            _ => 0.0,
        };
        place
            + weighed(&self.found_on, &other.found_on, 1.5, 1.5)
            + weighed(&self.deadline, &other.deadline, 1.0, 0.5)
            + weighed(&self.responsible, &other.responsible, 0.75, 0.75)
            + weighed(&self.level, &other.level, 0.25, 0.5)
    }

    /// How alike two descriptions are, from less than 0 to 1: by their characters, by what is wrong, and with what.
    fn likeness(&self, other: &Likeness) -> f64 {
        let told_by = |mine: u64, theirs: u64, same: f64, differs: f64| match (mine & theirs, mine, theirs) {
            (_, 0, _) | (_, _, 0) => 0.0,
            (0, ..) => -differs,
            _ => same,
        };
        let whole = shared(&self.words, &other.words);
        let one_thing = self.things & other.things != 0 && !self.fault.is_empty() && !other.fault.is_empty();
        let fault = if one_thing { shared(&self.fault, &other.fault) } else { whole };
        let told = told_by(self.kinds, other.kinds, 0.25, 0.35) + told_by(self.things, other.things, 0.1, 0.45);
        ((whole + fault) / 2.0 + told).min(1.0)
    }

    /// Whether two hazards may be one: the more agrees beside the words, the less these have to.
    fn is_near(&self, other: &Likeness) -> bool {
        !self.marks.tell_apart(&other.marks) && self.likeness(other) >= 0.9 - 0.1 * self.agreement(other).clamp(-3.0, 5.0)
    }
}

/// Characters that carry no meaning of their own.
const FILLING: &str = "的被了有个处等在于与和及由将把已未无不";

/// The characters of a text that mean something by themselves.
fn telling(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|character| !FILLING.contains(*character))
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The share of characters that two texts have in common, from 0 to 1.
fn shared(one: &[char], other: &[char]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut left = other.to_vec();
    let mut common = 0usize;
    for character in one {
        if let Some(position) = left.iter().position(|known| known == character) {
            left.swap_remove(position);
            common += 1;
        }
    }
    2.0 * common as f64 / (one.len() + other.len()) as f64
}

/// Numbers (三 is 3) and sides of a text.
#[derive(Default)]
struct Marks {
    numbers: BTreeSet<String>,
    /// By pair of opposites.
    sides: [BTreeSet<char>; 4],
}

/// Opposites: 东侧 is not 西侧.
const SIDES: [&str; 4] = ["东西", "南北", "男女", "左右"];

impl Marks {
    fn of(text: &str) -> Marks {
        const DIGITS: &str = "零一二三四五六七八九";
        let mut marks = Marks::default();
        let mut number = String::new();
        for character in text.chars().chain([' ']) {
            let digit = match DIGITS.chars().position(|known| known == character) {
                Some(value) => char::from_digit(value as u32, 10),
                None => Some(character).filter(char::is_ascii_alphanumeric),
            };
            match digit {
                Some(digit) => number.push(digit),
                None if !number.is_empty() => drop(marks.numbers.insert(std::mem::take(&mut number))),
                None => {}
            }
            for (pair, side) in SIDES.iter().zip(&mut marks.sides) {
                if pair.contains(character) {
                    side.insert(character);
                }
            }
        }
        marks
    }

    fn tell_apart(&self, other: &Marks) -> bool {
        let sides = self.sides.iter().zip(&other.sides);
        differ(&self.numbers, &other.numbers) || sides.into_iter().any(|(mine, theirs)| differ(mine, theirs))
    }
}

fn differ<T: Ord>(mine: &BTreeSet<T>, theirs: &BTreeSet<T>) -> bool {
    !mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(theirs)
}

/// Two hazards laid side by side; `None` when they do not look alike.
pub fn compare(one: &Hazard, other: &Hazard) -> Option<NearMatch> {
    (one.unit == other.unit && Likeness::of(one).is_near(&Likeness::of(other))).then(|| near_match(one, other))
}

fn near_match(one: &Hazard, other: &Hazard) -> NearMatch {
    let differs = [Field::Description, Field::Location, Field::FoundOn]
        .into_iter()
        .filter(|field| one.values.get(*field) != other.values.get(*field))
        .collect();
    NearMatch { id: one.id.clone(), other: other.id.clone(), differs, word: String::new() }
}

/// Pairs that look alike, of which one at least was reported in this round.
pub fn near_matches(entries: &[Entry], drafts: &[Draft], order: &[usize], ledger: &Ledger) -> Vec<NearMatch> {
    let is_new = |index: usize| !drafts[index].entries.iter().any(|entry| entries[*entry].base);
    let units_with_news: HashSet<usize> = order.iter().filter(|index| is_new(**index)).map(|index| drafts[*index].unit).collect();
    let positions: Vec<usize> = (0..order.len()).filter(|position| units_with_news.contains(&drafts[order[*position]].unit)).collect();
    let keys: Vec<[u128; 4]> =
        positions.par_iter().map(|position| group_keys(drafts[order[*position]].unit, &ledger.hazards[*position])).collect();
    let mut groups: HashMap<u128, Vec<usize>> = HashMap::with_capacity(positions.len());
    for (position, keys) in positions.iter().zip(keys) {
        for key in keys {
            groups.entry(key).or_default().push(*position);
        }
    }
    // What ever stood in one file is two: the unit wrote both down.
    let files = |position: usize| files_of(entries, &drafts[order[position]]);
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for group in groups.into_values().filter(|group| (2..=LARGEST_GROUP).contains(&group.len())) {
        let files: Vec<BTreeSet<&str>> = group.iter().map(|position| files(*position)).collect();
        for (offset, left) in group.iter().enumerate() {
            for (other, right) in group.iter().enumerate().skip(offset + 1) {
                if (is_new(order[*left]) || is_new(order[*right])) && files[offset].is_disjoint(&files[other]) {
                    pairs.insert((*left, *right));
                }
            }
        }
    }
    // Most hazards stand in no pair; what is compared is taken from those alone.
    let likenesses: HashMap<usize, Likeness> = pairs
        .iter()
        .flat_map(|(left, right)| [*left, *right])
        .collect::<BTreeSet<usize>>()
        .into_par_iter()
        .map(|position| (position, Likeness::of(&ledger.hazards[position])))
        .collect();
    pairs
        .into_iter()
        .filter(|(left, right)| likenesses[left].is_near(&likenesses[right]))
        .map(|(left, right)| near_match(&ledger.hazards[left], &ledger.hazards[right]))
        .collect()
}

/// What a hazard may have in common with one that looks like it: its words; place and day; day, person and deadline; place and
/// person. As numbers of 128 bits, so that no two groups meet by chance.
fn group_keys(unit: usize, hazard: &Hazard) -> [u128; 4] {
    let text = |field: Field| hazard.values.get(field).map(words_only).unwrap_or_default();
    let (place, found_on, responsible) = (text(Field::Location), text(Field::FoundOn), text(Field::Responsible));
    let words: String = telling(&text(Field::Description)).collect();
    let key = |kind: u8, texts: &[&str]| {
        let half = |seed: u8| {
            let mut hasher = DefaultHasher::new();
            (seed, unit, kind, texts).hash(&mut hasher);
            u128::from(hasher.finish())
        };
        half(1) << 64 | half(2)
    };
    [
        key(0, &[&words]),
        key(1, &[&place, &found_on]),
        key(2, &[&found_on, &responsible, &text(Field::Deadline)]),
        key(3, &[&place, &responsible]),
    ]
}

/// The files that a hazard stood in, as far as this round and its row in the ledger tell.
fn files_of<'a>(entries: &'a [Entry], draft: &Draft) -> BTreeSet<&'a str> {
    let of_entry = |entry: &'a Entry| {
        let source = entry.record.values.get(Field::Origin).filter(|_| entry.base);
        match source {
            Some(text) => text.split(" › ").next().unwrap_or(text).split(" 第").next().unwrap_or(text),
            None => entry.file.as_ref(),
        }
    };
    draft.entries.iter().map(|entry| of_entry(&entries[*entry])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the pairs of a table: true ones found, true ones, look-alikes flagged, look-alikes.
    fn measured(table: &str) -> [usize; 4] {
        const FIELDS: [Field; 5] = [Field::Description, Field::Location, Field::FoundOn, Field::Deadline, Field::Responsible];
        let mut counts = [0; 4];
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let side = |first: usize| {
                let text = |field: Field| {
                    let position = FIELDS.iter().position(|known| *known == field);
                    position.and_then(|position| cells.get(first + position).copied()).filter(|text| !text.is_empty())
                };
                Likeness::of_texts(|field| if field == Field::Level { Some("一般") } else { text(field) })
            };
            let offset = if cells[0] == "同一条" { 0 } else { 2 };
            counts[offset] += usize::from(side(1).is_near(&side(6)));
            counts[offset + 1] += 1;
        }
        counts
    }

    #[test]
    fn most_pairs_in_other_words_are_found_and_few_look_alikes_are() {
        let [found, true_pairs, flagged, look_alikes] = measured(include_str!("near/pairs.csv"));
        assert!((true_pairs, look_alikes) >= (60, 60));
        assert!(found >= 63 && flagged <= 5, "{found} of {true_pairs} found, {flagged} of {look_alikes} flagged");
        let [found, true_pairs, flagged, look_alikes] = measured(include_str!("near/pairs_unseen.csv"));
        assert!(found >= 23 && flagged <= 6, "{found} of {true_pairs} found, {flagged} of {look_alikes} flagged");
    }
}
