//! The member `case` of a history line: a case that was opened, or the clerk's word on one.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::Serialize;

use crate::ledger::case::Adopted;
use crate::ledger::case::Case;
use crate::source::Origin;
use crate::vocabulary::Field;

/// A case as it is written; the keys are those of `docs/json.md`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CaseJson<'a> {
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

impl<'a> CaseJson<'a> {
    /// The case, said in a cell of this column.
    pub fn of(case: &'a Case, column: u32) -> CaseJson<'a> {
        match case {
            Case::Conflict { field, kept, other, kept_from } => CaseJson::Conflict {
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
            Case::Unheard { field, other } => CaseJson::Unheard { field: field.key().into(), column, other: other.into() },
            Case::Settled { field, adopted, kept, other } => {
                let adopted = match adopted {
                    Adopted::Ledger => AdoptedJson::Ledger,
                    Adopted::Report => AdoptedJson::Report,
                };
                CaseJson::Settled { field: field.key().into(), adopted, kept: kept.into(), other: other.into() }
            }
            Case::Alike { other } => CaseJson::Alike { other: other.into() },
            Case::Distinct { other } => CaseJson::Distinct { other: other.into() },
            Case::Joined { into, names } => CaseJson::Joined { into: into.into(), names: Cow::Borrowed(names) },
        }
    }

    /// The case that was written; `None` for one of a kind or a field that is not known here.
    pub fn case(&self) -> Option<Case> {
        Some(match self {
            CaseJson::Conflict { field, kept, other, kept_from, .. } => Case::Conflict {
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
            CaseJson::Unheard { field, other, .. } => Case::Unheard { field: Field::from_key(field)?, other: other.to_string() },
            CaseJson::Settled { field, adopted, kept, other } => {
                let adopted = match adopted {
                    AdoptedJson::Ledger => Adopted::Ledger,
                    AdoptedJson::Report => Adopted::Report,
                };
                Case::Settled { field: Field::from_key(field)?, adopted, kept: kept.to_string(), other: other.to_string() }
            }
            CaseJson::Alike { other } => Case::Alike { other: other.to_string() },
            CaseJson::Distinct { other } => Case::Distinct { other: other.to_string() },
            CaseJson::Joined { into, names } => Case::Joined { into: into.to_string(), names: names.to_vec() },
            CaseJson::Unknown => return None,
        })
    }

    /// The column in which it was said, where that was noted.
    pub fn column(&self) -> u32 {
        match self {
            CaseJson::Conflict { column, .. } | CaseJson::Unheard { column, .. } => *column,
            _ => 0,
        }
    }
}
