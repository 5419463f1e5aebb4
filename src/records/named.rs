//! Whose a file is and of which day, as far as its name and its envelope say.

use chrono::NaiveDate;

use crate::campaign::Roster;
use crate::records::metadata::date_in_name;
use crate::records::read::named_unit;
use crate::records::sheet::FileReading;

impl FileReading {
    /// The unit that the file's name speaks of, else the one that sent it.
    pub fn named_unit(&self, roster: &Roster) -> Option<usize> {
        named_unit(&self.file, roster).or_else(|| self.envelope.as_ref().and_then(|envelope| envelope.unit))
    }

    /// The day in the file's name, else the one on which it came.
    pub fn named_date(&self, period: (NaiveDate, NaiveDate)) -> Option<NaiveDate> {
        date_in_name(&self.file, period).or_else(|| self.envelope.as_ref().and_then(|envelope| envelope.received))
    }
}
