//! The member `event` of a history line: a case that was opened, or the clerk's word on one.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use crate::ledger::event::Adopted;
use crate::ledger::event::Event;
use crate::source::Origin;
use crate::vocabulary::Field;

/// An event as it is written; the keys are those of `docs/json.md`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventJson<'a> {
    Conflict {
        field: Cow<'a, str>,
        column: u32,
        kept: Cow<'a, str>,
        other: Cow<'a, str>,
        kept_from: PlaceJson<'a>,
    },
    Unheard {
        field: Cow<'a, str>,
        column: u32,
        other: Cow<'a, str>,
    },
    Settled {
        field: Cow<'a, str>,
        adopted: AdoptedJson,
        kept: Cow<'a, str>,
        other: Cow<'a, str>,
    },
    Alike {
        other: Cow<'a, str>,
    },
    Distinct {
        other: Cow<'a, str>,
    },
    Joined {
        into: Cow<'a, str>,
        names: Cow<'a, [[String; 3]]>,
    },
    /// A kind of a newer version.
    #[serde(other)]
    Unknown,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdoptedJson {
    Ledger,
    Report,
}

#[derive(Serialize, Deserialize)]
pub struct PlaceJson<'a> {
    file: Cow<'a, str>,
    #[serde(default)]
    sheet: Cow<'a, str>,
    #[serde(default)]
    row: u32,
    #[serde(default)]
    column: u32,
}

impl<'a> EventJson<'a> {
    /// The event, said in a cell of this column.
    pub fn of(event: &'a Event, column: u32) -> EventJson<'a> {
        match event {
            Event::Conflict { field, kept, other, kept_from } => EventJson::Conflict {
                field: field.key().into(),
                column,
                kept: kept.into(),
                other: other.into(),
                kept_from: PlaceJson {
                    file: Cow::Borrowed(&kept_from.file),
                    sheet: Cow::Borrowed(&kept_from.sheet),
                    row: kept_from.row,
                    column: kept_from.column,
                },
            },
            Event::Unheard { field, other } => EventJson::Unheard { field: field.key().into(), column, other: other.into() },
            Event::Settled { field, adopted, kept, other } => {
                let adopted = match adopted {
                    Adopted::Ledger => AdoptedJson::Ledger,
                    Adopted::Report => AdoptedJson::Report,
                };
                EventJson::Settled { field: field.key().into(), adopted, kept: kept.into(), other: other.into() }
            }
            Event::Alike { other } => EventJson::Alike { other: other.into() },
            Event::Distinct { other } => EventJson::Distinct { other: other.into() },
            Event::Joined { into, names } => EventJson::Joined { into: into.into(), names: Cow::Borrowed(names) },
        }
    }

    /// The event that was written; `None` for one of a kind or a field that is not known here.
    pub fn event(&self) -> Option<Event> {
        Some(match self {
            EventJson::Conflict { field, kept, other, kept_from, .. } => Event::Conflict {
                field: Field::from_key(field)?,
                kept: kept.to_string(),
                other: other.to_string(),
                kept_from: Origin {
                    file: Arc::from(kept_from.file.as_ref()),
                    sheet: Arc::from(kept_from.sheet.as_ref()),
                    row: kept_from.row,
                    column: kept_from.column,
                },
            },
            EventJson::Unheard { field, other, .. } => Event::Unheard { field: Field::from_key(field)?, other: other.to_string() },
            EventJson::Settled { field, adopted, kept, other } => {
                let adopted = match adopted {
                    AdoptedJson::Ledger => Adopted::Ledger,
                    AdoptedJson::Report => Adopted::Report,
                };
                Event::Settled { field: Field::from_key(field)?, adopted, kept: kept.to_string(), other: other.to_string() }
            }
            EventJson::Alike { other } => Event::Alike { other: other.to_string() },
            EventJson::Distinct { other } => Event::Distinct { other: other.to_string() },
            EventJson::Joined { into, names } => Event::Joined { into: into.to_string(), names: names.to_vec() },
            EventJson::Unknown => return None,
        })
    }

    /// The column in which it was said, where that was noted.
    pub fn column(&self) -> u32 {
        match self {
            EventJson::Conflict { column, .. } | EventJson::Unheard { column, .. } => *column,
            _ => 0,
        }
    }
}
