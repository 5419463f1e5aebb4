//! Values that could not be read must not become readable by standing in the ledger.
//!
//! The number 2023.1 may be January or October and is asked for; written into the ledger as the text
//! `2023.1` it would be January at the next merge, and nobody would have decided that. Such a value is
//! written with a mark. Values that stay unreadable by themselves (6月31日) are written as they are.

use crate::campaign::Campaign;
use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateReading;
use crate::dates::read_cell;
use crate::records::Reading;
use crate::records::Record;
use crate::vocabulary::Field;

/// Stands behind a value that somebody has to decide.
pub const UNSETTLED: &str = "（待核实）";

/// The record with the mark behind every unreadable value that the ledger's reader would take for a value.
pub fn mark_unsettled(mut record: Record, campaign: &Campaign) -> Record {
    let found_on = record.found_on.day();
    for field in [Field::Deadline, Field::ExtendedTo, Field::RectifiedOn, Field::VerifiedOn, Field::ClosedOutOn] {
        if !matches!(record.date(field), DateReading::Unreadable(_)) {
            continue;
        }
        let Some(text) = record.values.get(field) else { continue };
        let looks_back = !matches!(field, Field::Deadline | Field::ExtendedTo);
        let context = Context { period: Some((campaign.start, campaign.end)), found_on, looks_back, ..Context::default() };
        if !matches!(read_cell(CellInput::Text(text), &context).reading, DateReading::Unreadable(_)) {
            let marked = format!("{text}{UNSETTLED}");
            record.values = record.values.with(field, &marked);
        }
    }
    // An amount without a unit: 5000 may be yuan, and the ledger's column is in 万元.
    if record.funds == Reading::Unreadable
        && let Some(text) = record.values.get(Field::Funds)
        && text.starts_with(|character: char| character.is_ascii_digit())
        && !text.ends_with(UNSETTLED)
    {
        let marked = format!("{text}{UNSETTLED}");
        record.values = record.values.with(Field::Funds, &marked);
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_value_stays_in_doubt() {
        for text in ["2023.1", "7.3", "5000", "同上", "2023-07-01"] {
            let reading = read_cell(CellInput::Text(&format!("{text}{UNSETTLED}")), &Context::default()).reading;
            assert!(matches!(reading, DateReading::Unreadable(_)), "{text}: {reading:?}");
        }
    }
}
