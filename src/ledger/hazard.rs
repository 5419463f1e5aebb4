//! A settled hazard and the ledger that holds them.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::dates::DateReading;
use crate::records::Reading;
use crate::records::Values;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// A hazard (隐患): one settled thing that is wrong at one unit, under one 编号 for ever.
#[derive(Debug, Clone)]
pub struct Hazard {
    /// `{campaign}-{unit code}-{number}`
    pub id: String,
    /// Official unit name of the roster.
    pub unit: Arc<str>,
    /// Index into the roster; `None` for a unit that has left it.
    pub unit_index: Option<usize>,
    /// Texts as the ledger writes them: dates in ISO where they are dates, level and status by their
    /// labels. `Id`, `Unit`, `Origin` and `SubmittedOn` are not in here.
    pub values: Values,
    /// Columns nobody knows, by title.
    pub extras: Vec<(Arc<str>, Box<str>)>,
    pub level: Reading<Level>,
    /// Blank reads as open.
    pub status: Status,
    pub found_on: DateReading,
    /// The day of the first submission that named it, where the history was asked for it; stands in for a missing `found_on`.
    pub first_reported: Option<NaiveDate>,
    pub deadline: DateReading,
    pub extended_to: Option<NaiveDate>,
    pub rectified_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub closed_out_on: Option<NaiveDate>,
    /// The row that last said something about it.
    pub origin: Origin,
    /// 最近报送: date of the newest submission that named it.
    pub submitted_on: Option<NaiveDate>,
    /// Fields whose value comes from an older submission than `submitted_on`, with its date.
    pub older_fields: Vec<(Field, NaiveDate)>,
}

impl Hazard {
    /// The text of a field as the ledger writes it; `None` when blank.
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Id => Some(&self.id),
            Field::Unit => Some(&self.unit),
            Field::Origin | Field::SubmittedOn => None,
            _ => self.values.get(field),
        }
    }
}

/// The merged 台账, sorted by unit in roster order, then by 编号.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub hazards: Vec<Hazard>,
    /// Titles of the unknown columns, in order of first appearance.
    pub extra_columns: Vec<Arc<str>>,
}

impl Ledger {
    /// The hazard with this 编号.
    pub fn find(&self, id: &str) -> Option<&Hazard> {
        self.hazards.iter().find(|hazard| hazard.id == id)
    }
}
