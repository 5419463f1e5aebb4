//! Which hazards the submissions name, and on which day: what tells 未再报告 on any day, past ones too.
//!
//! The history has no line for a submission that changed nothing, and the ledger knows the newest one only; so this is read from the
//! submissions themselves, as `submissions` does. Knows no state of a hazard and settles nothing.

use std::collections::BTreeMap;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::campaign::Roster;
use crate::ledger::gather::reject_reason;
use crate::ledger::hazard::Hazard;
use crate::ledger::identity::content_key;
use crate::records::FileReading;
use crate::records::UnitReading;
use crate::vocabulary::Field;

/// The hazards that each unit's submissions name, by day.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    days: BTreeMap<(usize, NaiveDate), MentionsOfDay>,
}

/// What one unit said on one day; nothing, where it was a zero report.
#[derive(Debug, Clone, Default)]
struct MentionsOfDay {
    ids: HashSet<Box<str>>,
    contents: HashSet<u128>,
}

impl Mentions {
    /// What one file names. Rows of a file without a date are left out: nobody knows whether they came last.
    pub fn of_file(reading: &FileReading, roster: &Roster) -> Mentions {
        let mut mentions = Mentions::default();
        let Ok(content) = &reading.content else { return mentions };
        for sheet in &content.sheets {
            let on = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date);
            for zero in &sheet.zero_reports {
                if let (UnitReading::Known(unit), Some(on)) = (&zero.unit, on) {
                    mentions.days.entry((*unit, on)).or_default();
                }
            }
            for record in sheet.records.iter().filter(|record| reject_reason(record, roster).is_none()) {
                let own = record.submitted_on.day();
                let on = if sheet.is_ledger { own.or(on) } else { on };
                let (UnitReading::Known(unit), Some(on)) = (&record.unit, on) else { continue };
                let day = mentions.days.entry((*unit, on)).or_default();
                day.contents.insert(content_key(*unit, &record.found_on, &record.values));
                day.ids.extend(record.values.get(Field::Id).map(Box::from));
            }
        }
        mentions
    }

    /// Adds what another file names.
    pub fn add(&mut self, other: Mentions) {
        for (key, more) in other.days {
            let day = self.days.entry(key).or_default();
            day.ids.extend(more.ids);
            day.contents.extend(more.contents);
        }
    }

    /// Whether a hazard was named once, and its unit's newest submission by the day does not name it any more.
    pub fn is_silent_about(&self, hazard: &Hazard, day: NaiveDate) -> bool {
        let Some(unit) = hazard.unit_index else { return false };
        let content = content_key(unit, &hazard.found_on, &hazard.values);
        let names = |mentions: &MentionsOfDay| mentions.contents.contains(&content) || mentions.ids.contains(hazard.id.as_str());
        let mut newest_first = self.days.range((unit, NaiveDate::MIN)..=(unit, day)).rev().map(|(_, mentions)| mentions);
        newest_first.next().is_some_and(|newest| !names(newest)) && newest_first.any(names)
    }
}
