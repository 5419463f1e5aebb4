//! Which records are the same hazard: by 编号 if the bureau gave one, else by unit, found date, place and words.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::dates::DateReading;
use crate::ledger::earlier_identities::EarlierIdentity;
use crate::ledger::gather::Entry;
use crate::ledger::hazard::Hazard;
use crate::ledger::twins;
use crate::records::Values;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// A hazard while it is being put together: which entries speak of it.
pub struct Draft {
    pub unit: usize,
    /// The 编号 it has; `None` until one is assigned.
    pub id: Option<String>,
    /// Indexes of entries, in merging order.
    pub entries: Vec<usize>,
}

/// The drafts, and the records that named a 编号 nobody issued.
pub struct Identified {
    pub drafts: Vec<Draft>,
    /// Entry indexes of rows that carry a 编号 nobody issued, or one of another unit.
    pub unknown_ids: Vec<usize>,
    /// Entry indexes of rows whose 编号 belongs to another hazard.
    pub displaced: Vec<usize>,
}

/// What a record is known by when it carries no 编号, normalised, so that widths, spaces and punctuation do not
/// tell two apart.
struct Content {
    found_on: String,
    location: String,
    description: String,
}

impl Content {
    fn of_entry(entry: &Entry) -> Content {
        Content::of(&entry.record.found_on, &entry.record.values)
    }

    fn of(found_on: &DateReading, values: &Values) -> Content {
        let text = |field: Field| values.get(field).map(words_only).unwrap_or_default();
        let found_on = match found_on {
            DateReading::On(date) => date.to_string(),
            _ => text(Field::FoundOn),
        };
        Content { found_on, location: text(Field::Location), description: text(Field::Description) }
    }
}

/// Unit and content as one number: 128 bits of two independent hashes, so that a ledger of a whole province
/// costs no copies of its texts and no two of its hazards meet by chance.
pub fn content_key(unit: usize, found_on: &DateReading, values: &Values) -> u128 {
    hashed(unit, &Content::of(found_on, values))
}

/// The same for what a hazard was known by before.
pub fn earlier_key(unit: usize, earlier: &EarlierIdentity) -> u128 {
    let [found_on, location, description] = &earlier.texts;
    let day: Option<NaiveDate> = found_on.parse().ok();
    let found_on = day.map_or_else(|| words_only(found_on), |day| day.to_string());
    hashed(unit, &Content { found_on, location: words_only(location), description: words_only(description) })
}

fn hashed(unit: usize, content: &Content) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, unit, &content.found_on, &content.location, &content.description).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// A text without white space, width and punctuation.
pub fn words_only(text: &str) -> String {
    let key = label_key(text);
    if key.chars().all(char::is_alphanumeric) || !key.chars().any(char::is_alphanumeric) {
        return key;
    }
    key.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// The unit code and number of a 编号 of this campaign.
pub fn split_id<'a>(campaign: &Campaign, id: &'a str) -> Option<(&'a str, u32)> {
    let rest = id.strip_prefix(campaign.code.as_str())?.strip_prefix('-')?;
    let (code, number) = rest.rsplit_once('-')?;
    (!code.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (code, number))
}

/// Groups the entries into hazards.
pub fn identify(entries: &[Entry], ground: Ground<'_>, earlier_identities: &[EarlierIdentity]) -> Identified {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_key: HashMap<u128, usize> = HashMap::with_capacity(entries.len());
    let keys = twins::keys(entries);
    let mut unknown_ids = Vec::new();
    let mut displaced = Vec::new();
    let mut placed = vec![false; entries.len()];
    let own_id = |entry: &Entry| -> bool {
        entry.record.values.get(Field::Id).and_then(|id| split_id(ground.campaign, id)).is_some_and(|(code, _)| {
            match ground.roster.units.get(entry.unit) {
                Some(unit) if unit.code == code => true,
                // A number of the ledger outlives its unit's code and name.
                _ => entry.base && ground.roster.by_code(code).is_none(),
            }
        })
    };
    // The bureau's rows first: their 编号 stand. Then units' rows that carry one of those.
    for bureau in [true, false] {
        for (index, entry) in entries.iter().enumerate() {
            let Some(id) = entry.record.values.get(Field::Id) else { continue };
            if entry.bureau != bureau {
                continue;
            }
            if !own_id(entry) || (!bureau && !by_id.contains_key(id)) {
                unknown_ids.push(index);
                continue;
            }
            placed[index] = true;
            let holders = by_id.entry(id).or_default();
            let known = holders.iter().copied().find(|draft| same_hazard(entries, &drafts[*draft], entry));
            if known.is_none() && !holders.is_empty() {
                displaced.push(index);
            }
            // A row displaced in an earlier round has its own hazard by now, under another 编号.
            let known = known.or_else(|| if holders.is_empty() { None } else { by_key.get(&keys[index]).copied() });
            let draft = known.unwrap_or_else(|| {
                let first = holders.is_empty();
                drafts.push(Draft { unit: entry.unit, id: first.then(|| id.to_owned()), entries: Vec::new() });
                holders.push(drafts.len() - 1);
                drafts.len() - 1
            });
            drafts[draft].entries.push(index);
            by_key.entry(keys[index]).or_insert(draft);
        }
    }
    // What a hazard says now comes before what another was known by once.
    for known in earlier_identities {
        if let Some(draft) = by_id.get(known.id.as_str()).and_then(|holders| holders.first()) {
            by_key.entry(earlier_key(drafts[*draft].unit, known)).or_insert(*draft);
        }
    }
    for (index, entry) in entries.iter().enumerate() {
        if placed[index] {
            continue;
        }
        let draft = *by_key.entry(keys[index]).or_insert_with(|| {
            drafts.push(Draft { unit: entry.unit, id: None, entries: Vec::new() });
            drafts.len() - 1
        });
        drafts[draft].entries.push(index);
    }
    for draft in &mut drafts {
        draft.entries.sort_unstable();
    }
    Identified { drafts, unknown_ids, displaced }
}

/// Whether a row under the same 编号 speaks of the same hazard. A reworded description is the same; another
/// unit, or other words together with another place or day, is not.
fn same_hazard(entries: &[Entry], draft: &Draft, entry: &Entry) -> bool {
    if draft.unit != entry.unit {
        return false;
    }
    draft.entries.iter().any(|other| same_content(&Content::of_entry(entry), &Content::of_entry(&entries[*other])))
}

/// Whether two states of what stands under one 编号 speak of the same hazard, by the measure with which a merge
/// tells that a number was used twice.
pub fn is_same_hazard(old: &Hazard, new: &Hazard) -> bool {
    let content = |hazard: &Hazard| {
        let text = |field: Field| hazard.text(field).map(words_only).unwrap_or_default();
        Content { found_on: text(Field::FoundOn), location: text(Field::Location), description: text(Field::Description) }
    };
    old.unit == new.unit && same_content(&content(old), &content(new))
}

fn same_content(mine: &Content, theirs: &Content) -> bool {
    if mine.description == theirs.description {
        return true;
    }
    let alike = strsim::normalized_levenshtein(&mine.description, &theirs.description);
    let day_differs = !mine.found_on.is_empty() && !theirs.found_on.is_empty() && mine.found_on != theirs.found_on;
    let place_differs = !mine.location.is_empty() && !theirs.location.is_empty() && mine.location != theirs.location;
    alike >= 0.5 || !(day_differs || place_differs)
}
