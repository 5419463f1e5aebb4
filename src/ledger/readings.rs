//! The readings of a hazard's typed fields, and its texts, as one record gives them.
//!
//! Used by the merge and wherever a hazard is read again from the texts of its row. Settles nothing.

use chrono::NaiveDate;

use crate::dates::DateReading;
use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::hazard::Hazard;
use crate::records::Reading;
use crate::records::Record;
use crate::records::Values;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

/// The readings of a hazard's typed fields.
#[derive(Default)]
pub struct Readings {
    pub level: Reading<Level>,
    pub status: Status,
    pub found_on: DateReading,
    pub deadline: DateReading,
    pub extended_to: Option<NaiveDate>,
    pub rectified_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub closed_out_on: Option<NaiveDate>,
}

impl Readings {
    /// The readings of a record that alone speaks of the hazard.
    pub fn of(record: &Record) -> Readings {
        let mut readings = Readings::default();
        for field in settled_fields() {
            readings.take(field, record);
        }
        readings
    }

    /// Takes over one field from the record whose value stands.
    pub fn take(&mut self, field: Field, record: &Record) {
        match field {
            Field::Level => self.level = record.level,
            Field::Status => {
                self.status = match record.status {
                    Reading::Value(status) => status,
                    Reading::Blank => Status::Open,
                    Reading::Unreadable => Status::Unclear,
                }
            }
            Field::FoundOn => self.found_on = record.found_on,
            Field::Deadline => self.deadline = record.deadline,
            Field::ExtendedTo => self.extended_to = record.extended_to.day(),
            Field::RectifiedOn => self.rectified_on = record.rectified_on.day(),
            Field::VerifiedOn => self.verified_on = record.verified_on.day(),
            Field::ClosedOutOn => self.closed_out_on = record.closed_out_on.day(),
            _ => {}
        }
    }

    /// Gives the readings to a hazard that has others.
    pub fn put_into(self, hazard: &mut Hazard) {
        let Readings { level, status, found_on, deadline, extended_to, rectified_on, verified_on, closed_out_on } = self;
        (hazard.level, hazard.status, hazard.found_on, hazard.deadline) = (level, status, found_on, deadline);
        (hazard.extended_to, hazard.rectified_on) = (extended_to, rectified_on);
        (hazard.verified_on, hazard.closed_out_on) = (verified_on, closed_out_on);
    }
}

/// The values of a hazard that one record alone speaks of.
pub fn single_values(record: &Record) -> Values {
    let mut packer = Values::packer(&record.values);
    let mut buffer = String::new();
    for field in settled_fields() {
        if let Some(text) = ledger_text(record, field, &mut buffer) {
            packer.push(field, text);
        }
    }
    packer.finish()
}
