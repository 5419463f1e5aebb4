//! The ground that everything after reading stands on: the campaign, its roster, its working calendar and the day.
//!
//! One value for what nearly every stage asks for, so that no stage bundles the four anew. Holds nothing that a stage made.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::dates::WorkCalendar;

/// What is given before anything is derived; cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub campaign: &'a Campaign,
    pub roster: &'a Roster,
    /// The statutory calendar or the campaign's own.
    pub calendar: &'a WorkCalendar,
    /// 统计截至日.
    pub as_of: NaiveDate,
}

impl<'a> Ground<'a> {
    /// Builds the ground of a campaign that names no calendar of its own: working days are the statutory ones.
    pub fn new(campaign: &'a Campaign, roster: &'a Roster, as_of: NaiveDate) -> Ground<'a> {
        Ground { campaign, roster, calendar: WorkCalendar::shipped(), as_of }
    }

    /// Gives the same ground on another day.
    pub fn on(self, as_of: NaiveDate) -> Ground<'a> {
        Ground { as_of, ..self }
    }
}
