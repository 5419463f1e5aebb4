//! What hazards of the ledger were known by before: place, words or found day that were corrected since.
//!
//! An old file that lies in the inbox still says what was written then, without a 编号. It must find its hazard again, or the
//! correction of one cell would make a second hazard of it at the next merge.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ledger::canonical::ledger_text;
use crate::ledger::history::HistoryEntry;
use crate::records::FileReading;
use crate::records::Record;
use crate::vocabulary::Field;

/// The fields by which a record without a 编号 is known, beside its unit.
pub const IDENTITY: [Field; 3] = [Field::FoundOn, Field::Location, Field::Description];

/// One thing that a hazard was known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EarlierIdentity {
    /// The 编号 that it has.
    pub id: String,
    /// Texts in the order of [`IDENTITY`], as the ledger writes them; empty where blank.
    pub texts: [String; 3],
}

/// Everything that the hazards of `base` were known by, other than what they say now. `history` holds all lines of the hazards
/// whose identity may have changed.
pub fn find_earlier_identities<'h>(base: &FileReading, history: impl IntoIterator<Item = &'h HistoryEntry>) -> Vec<EarlierIdentity> {
    let Ok(content) = &base.content else { return Vec::new() };
    let mut lines_of: BTreeMap<&str, Vec<&HistoryEntry>> = BTreeMap::new();
    for line in history {
        lines_of.entry(line.id.as_str()).or_default().push(line);
    }
    let mut found = BTreeSet::new();
    for record in content.sheets.iter().flat_map(|sheet| &sheet.records) {
        let Some((id, lines)) = record.values.get(Field::Id).and_then(|id| Some((id, lines_of.get(id)?))) else { continue };
        let now = IDENTITY.map(|field| current(record, field));
        // Before the first line that sets a field it had what that line calls old; one that no line sets is as it is now.
        let mut texts: [String; 3] = std::array::from_fn(|place| {
            let first = lines.iter().find_map(|line| set_in(line, IDENTITY[place]));
            first.map_or_else(|| now[place].clone(), |(old, _)| old.unwrap_or_default().to_owned())
        });
        let mut known = vec![texts.clone()];
        for line in lines {
            for (place, field) in IDENTITY.into_iter().enumerate() {
                if let Some((_, new)) = set_in(line, field) {
                    texts[place] = new.to_owned();
                }
            }
            known.push(texts.clone());
        }
        // Before its first report a hazard had no words, and was known by nothing.
        let others = known.into_iter().filter(|texts| *texts != now && !texts[2].is_empty());
        found.extend(others.map(|texts| EarlierIdentity { id: id.to_owned(), texts }));
    }
    found.into_iter().collect()
}

fn current(record: &Record, field: Field) -> String {
    let mut buffer = String::new();
    ledger_text(record, field, &mut buffer).unwrap_or_default().to_owned()
}

/// What a line says of a field: the old text and the new one.
fn set_in(line: &HistoryEntry, field: Field) -> Option<(Option<&str>, &str)> {
    line.set.iter().find(|(key, _, _)| key == field.key()).map(|(_, old, new)| (old.as_deref(), new.as_str()))
}
