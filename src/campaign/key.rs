//! What a key of the campaign file is: its kind, whether it must be there, what it means. The keys themselves are in `keys`.

use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The keys of one mapping.
#[derive(Debug)]
pub struct Table {
    /// What one such mapping is called, for messages and the schema.
    pub name: &'static str,
    pub keys: &'static [Key],
    /// The key that a bare text stands for, where the short form is allowed.
    pub short: Option<&'static str>,
}

/// One key.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub mandatory: bool,
    pub meaning: &'static str,
}

/// What the value of a key must look like.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text, a single line or several.
    Text,
    /// A text that is short and has no white space: an id.
    Code,
    /// ISO or the plan's own words.
    Date,
    /// `15:30`.
    Time,
    /// A whole number from 0.
    Count,
    /// A number of points from 0 with at most two decimals: `30`, `0.5`.
    Points,
    /// A share from 0 to 1 with at most two decimals.
    Share,
    /// true / false.
    Flag,
    /// A number of days: `15d`, `15`, `15天`.
    Days,
    /// A number of working days: `5wd`, `5`, `5个工作日`.
    Workdays,
    /// One of some words, each with its meaning.
    OneOf(&'static [(&'static str, &'static str)]),
    /// A list of texts; a single text stands for a list of one.
    Texts,
    /// The same of names, of which none holds a comma.
    Names,
    /// What counts as a report: a word, `{form: ID}`, or a list of either.
    Fulfilments,
    /// A list of canonical fields by their keys.
    FieldNames,
    Table(&'static Table),
    List(&'static Table),
    /// Keys of the author's own, each with a date or nothing.
    NamedDates,
    /// Known keys, each with a list of texts.
    WordLists(Words),
}

/// Whose keys a [`Kind::WordLists`] may use.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    Fields,
    Statuses,
    Levels,
}

impl Words {
    /// The keys with the words the clerk knows them by.
    pub fn keys(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Words::Fields => Field::ALL.iter().map(|field| (field.key(), field.title())).collect(),
            Words::Statuses => Status::ALL.iter().map(|status| (status.key(), status.label())).collect(),
            Words::Levels => [Level::General, Level::Major].iter().map(|level| (level.key(), level.label())).collect(),
        }
    }
}

impl Table {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key that must be there.
pub const fn must(name: &'static str, kind: Kind, meaning: &'static str) -> Key {
    Key { name, kind, mandatory: true, meaning }
}

/// A key that may be left out.
pub const fn may(name: &'static str, kind: Kind, meaning: &'static str) -> Key {
    Key { name, kind, mandatory: false, meaning }
}
