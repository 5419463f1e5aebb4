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
use crate::ledger::cases::Joined;
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

/// The drafts, and the records whose 编号 could not be followed or is worth a word.
pub struct Identified {
    pub drafts: Vec<Draft>,
    /// Entry indexes of rows that carry a 编号 nobody issued, or one of another unit.
    pub unknown_ids: Vec<usize>,
    /// Entry indexes of rows whose 编号 stands a second time in their own file, under other words.
    pub displaced: Vec<usize>,
    /// Entry indexes of rows whose words are exactly another hazard's, which they were given to in spite of their 编号.
    pub outweighed: Vec<usize>,
    /// Entry indexes of rows that speak in the words of a hazard that was joined into another.
    pub joined: Vec<usize>,
    /// Rows that follow their 编号 although they are worded like nothing that it ever stood for: entry and draft.
    pub reworded: Vec<(usize, usize)>,
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
pub fn earlier_key(unit: usize, texts: &[String; 3]) -> u128 {
    let [found_on, location, description] = texts;
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

/// Groups the entries into hazards. A 编号 of the row's own unit decides, whatever the words; only words that are exactly
/// another hazard's outweigh it, and a number that stands twice in one file is followed once.
pub fn identify(entries: &[Entry], ground: Ground<'_>, names: &Names<'_>) -> Identified {
    let keys = twins::keys(entries);
    let mut grouping = Grouping {
        entries,
        by_key: HashMap::with_capacity(entries.len()),
        by_id: BTreeMap::new(),
        by_earlier: HashMap::new(),
        placed: vec![false; entries.len()],
        keys,
        found: Identified {
            drafts: Vec::new(),
            unknown_ids: Vec::new(),
            displaced: Vec::new(),
            outweighed: Vec::new(),
            reworded: Vec::new(),
            joined: Vec::new(),
        },
    };
    let own_id = |entry: &Entry| -> bool {
        let code = entry.record.values.get(Field::Id).and_then(|id| split_id(ground.campaign, id)).map(|(code, _)| code);
        code.is_some_and(|code| match ground.roster.units.get(entry.unit) {
            Some(unit) if unit.code == code => true,
            // A number of the ledger outlives its unit's code and name.
            _ => entry.base && ground.roster.by_code(code).is_none(),
        })
    };
    let (mut bureau, mut units) = (Vec::new(), Vec::new());
    for (index, entry) in entries.iter().enumerate() {
        match entry.record.values.get(Field::Id) {
            Some(_) if !own_id(entry) => grouping.found.unknown_ids.push(index),
            Some(_) if entry.bureau => bureau.push(index),
            Some(_) => units.push(index),
            None => {}
        }
    }
    grouping.place_bureau_rows(&bureau);
    for known in names.earlier {
        grouping.know_by(&known.id, &known.texts);
    }
    let mut names_of_joined: HashMap<u128, usize> = HashMap::new();
    for joined in names.joined.values() {
        names_of_joined.extend(joined.names.iter().filter_map(|texts| grouping.know_by(&joined.into, texts)));
    }
    grouping.place_numbered_rows(&units);
    grouping.place_by_words();
    grouping.find_joined(&names_of_joined);
    let mut found = grouping.found;
    found.unknown_ids.sort_unstable();
    for draft in &mut found.drafts {
        draft.entries.sort_unstable();
    }
    found
}

/// What hazards were known by beside what they say now.
pub struct Names<'a> {
    pub earlier: &'a [EarlierIdentity],
    /// Hazards that became names of others.
    pub joined: &'a BTreeMap<String, Joined>,
}

/// The grouping of entries into hazards, half done.
struct Grouping<'a> {
    entries: &'a [Entry],
    keys: Vec<u128>,
    /// What hazards say now.
    by_key: HashMap<u128, usize>,
    /// What hazards were known by once; comes after what any says now.
    by_earlier: HashMap<u128, usize>,
    by_id: BTreeMap<&'a str, usize>,
    placed: Vec<bool>,
    found: Identified,
}

impl<'a> Grouping<'a> {
    fn id(&self, index: usize) -> &'a str {
        self.entries[index].record.values.get(Field::Id).unwrap_or_default()
    }

    /// Lets a hazard be known by these texts as well; gives the key and its draft.
    fn know_by(&mut self, id: &str, texts: &[String; 3]) -> Option<(u128, usize)> {
        let draft = *self.by_id.get(id)?;
        let key = earlier_key(self.found.drafts[draft].unit, texts);
        self.by_earlier.entry(key).or_insert(draft);
        Some((key, draft))
    }

    /// Marks the rows that speak in the words of a hazard that was joined, unless the hazard itself is worded so.
    fn find_joined(&mut self, names: &HashMap<u128, usize>) {
        let entries = self.entries;
        for (position, draft) in self.found.drafts.iter().enumerate() {
            let names_joined = |index: &usize| entries[*index].joined || names.get(&self.keys[*index]) == Some(&position);
            if !draft.entries.iter().any(names_joined) {
                continue;
            }
            let is_own =
                |index: &usize| draft.entries.iter().any(|own| entries[*own].is_standing() && self.keys[*own] == self.keys[*index]);
            let of_joined = |index: &usize| {
                let key = self.keys[*index];
                names_joined(index) || draft.entries.iter().any(|other| entries[*other].joined && self.keys[*other] == key)
            };
            let found = draft.entries.iter().filter(|index| of_joined(index) && !entries[**index].base && !is_own(index));
            self.found.joined.extend(found.copied());
        }
    }

    fn start(&mut self, index: usize, id: Option<&str>) -> usize {
        self.found.drafts.push(Draft { unit: self.entries[index].unit, id: id.map(str::to_owned), entries: Vec::new() });
        self.found.drafts.len() - 1
    }

    fn put(&mut self, index: usize, draft: usize) {
        self.placed[index] = true;
        self.found.drafts[draft].entries.push(index);
        self.by_key.entry(self.keys[index]).or_insert(draft);
    }

    /// The bureau's rows: their 编号 stand, except where one stands twice.
    fn place_bureau_rows(&mut self, indexes: &[usize]) {
        for index in indexes.iter().copied() {
            let id = self.id(index);
            let draft = match self.by_id.get(id).copied() {
                None => {
                    let draft = self.start(index, Some(id));
                    self.by_id.insert(id, draft);
                    draft
                }
                Some(holder) if self.is_second_use(index, holder) => {
                    self.found.displaced.push(index);
                    // A row displaced in an earlier round has its own hazard by now, under another 编号.
                    continue;
                }
                Some(holder) => {
                    if !self.entries[index].joined && self.is_reworded(index, holder) {
                        self.found.reworded.push((index, holder));
                    }
                    holder
                }
            };
            self.put(index, draft);
        }
    }

    /// Whether a number that was given to another row means something else here: on a second row of its file, or in
    /// the ledger of another bureau, which counts for itself.
    fn is_second_use(&self, index: usize, holder: usize) -> bool {
        let entry = &self.entries[index];
        let holding: Vec<usize> = self.found.drafts[holder].entries.iter().copied().filter(|other| !self.entries[*other].joined).collect();
        if entry.joined || holding.is_empty() || holding.iter().any(|other| self.keys[*other] == self.keys[index]) {
            return false;
        }
        let of_file = holding.iter().any(|other| self.entries[*other].file == entry.file);
        let knows_ledger = holding.iter().any(|other| self.entries[*other].base);
        let alike = || holding.iter().any(|other| same_content(&Content::of_entry(entry), &Content::of_entry(&self.entries[*other])));
        of_file || !(knows_ledger || alike())
    }

    /// The units' rows that carry a 编号 which the bureau's rows know.
    fn place_numbered_rows(&mut self, indexes: &[usize]) {
        // In one sheet a number is followed by the rows of one wording: the known one, else the first. Another sheet of the file may
        // say the same hazard with fewer words, as our own lists do.
        let entries = self.entries;
        let mut followed: HashMap<(&str, usize), usize> = HashMap::new();
        let known: Vec<(usize, Option<usize>)> = indexes.iter().map(|index| (*index, self.by_id.get(self.id(*index)).copied())).collect();
        for prefers_known in [true, false] {
            for (index, holder) in &known {
                let Some(holder) = holder else { continue };
                if self.entries[*index].joined {
                    continue;
                }
                if !prefers_known || self.is_known_wording(*index, *holder) {
                    followed.entry((&*entries[*index].file, *holder)).or_insert(*index);
                }
            }
        }
        for (index, holder) in known {
            let Some(holder) = holder else {
                self.found.unknown_ids.push(index);
                continue;
            };
            let key = self.keys[index];
            if self.is_known_wording(index, holder) || self.entries[index].joined && !self.by_key.contains_key(&key) {
                self.put(index, holder);
            } else if self.by_key.contains_key(&key) {
                self.found.outweighed.push(index);
            } else if followed.get(&(&*entries[index].file, holder)).is_none_or(|first| !self.says_the_same(*first, index)) {
                self.found.displaced.push(index);
            } else {
                if self.is_reworded(index, holder) {
                    self.found.reworded.push((index, holder));
                }
                self.placed[index] = true;
                self.found.drafts[holder].entries.push(index);
            }
        }
        for index in indexes {
            // Only now, so that a new wording of one hazard outweighs no number in the same round.
            if let (true, Some(draft)) = (self.placed[*index], self.by_id.get(self.id(*index))) {
                self.by_key.entry(self.keys[*index]).or_insert(*draft);
            }
        }
    }

    /// True if a row is worded like another of its file, or says what that one says on another sheet.
    fn says_the_same(&self, first: usize, index: usize) -> bool {
        let [one, other] = [first, index].map(|index| &self.entries[index]);
        self.keys[first] == self.keys[index] || one.sheet != other.sheet && same_content(&Content::of_entry(one), &Content::of_entry(other))
    }

    /// Whether a row is worded as the hazard is, or once was.
    fn is_known_wording(&self, index: usize, draft: usize) -> bool {
        let key = self.keys[index];
        self.by_earlier.get(&key) == Some(&draft) && !self.by_key.contains_key(&key)
            || self.found.drafts[draft].entries.iter().any(|other| self.entries[*other].bureau && self.is_worded_like(*other, index))
    }

    /// Whether two rows say the same place, day and words, be they twins of others or not.
    fn is_worded_like(&self, one: usize, other: usize) -> bool {
        let plain = |index: usize| {
            let entry = &self.entries[index];
            content_key(entry.unit, &entry.record.found_on, &entry.record.values)
        };
        self.keys[one] == self.keys[other] || plain(one) == plain(other)
    }

    /// Whether a row says something so different from what the ledger says under its 编号 that it is worth a word.
    fn is_reworded(&self, index: usize, draft: usize) -> bool {
        let content = Content::of_entry(&self.entries[index]);
        let bureau = self.found.drafts[draft].entries.iter().filter(|other| self.entries[**other].bureau && !self.entries[**other].joined);
        let mut said = bureau.map(|other| Content::of_entry(&self.entries[*other])).peekable();
        said.peek().is_some() && !said.any(|known| same_content(&content, &known))
    }

    /// Everything else, by its words.
    fn place_by_words(&mut self) {
        for (key, draft) in std::mem::take(&mut self.by_earlier) {
            self.by_key.entry(key).or_insert(draft);
        }
        for index in 0..self.entries.len() {
            if self.placed[index] {
                continue;
            }
            let draft = match self.by_key.get(&self.keys[index]) {
                Some(draft) => *draft,
                None => self.start(index, None),
            };
            self.put(index, draft);
        }
    }
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
