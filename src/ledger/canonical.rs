//! How a value is written into the ledger, and when two values say the same.

use crate::dates::DateReading;
use crate::records::Reading;
use crate::records::Record;
use crate::vocabulary::Field;
use crate::vocabulary::Status;
use crate::vocabulary::label_key;

/// The fields whose values a merge settles one by one, in ledger order. `Id`, `Unit`, `Origin` and `SubmittedOn`
/// belong to the hazard itself; `MergedInto` is a word of the clerk to the next merge.
pub fn settled_fields() -> impl Iterator<Item = Field> {
    Field::ALL
        .into_iter()
        .filter(|field| !matches!(field, Field::Id | Field::Unit | Field::Origin | Field::SubmittedOn | Field::MergedInto))
}

/// The text of a record's field as the ledger writes it, into `buffer`; `None` when the record says nothing.
pub fn ledger_text<'a>(record: &'a Record, field: Field, buffer: &'a mut String) -> Option<&'a str> {
    let written = record.values.get(field);
    buffer.clear();
    match field {
        Field::Level => match record.level {
            Reading::Value(level) => return Some(level.label()),
            _ => return written,
        },
        Field::Status => match record.status {
            Reading::Value(status) => return Some(status.label()),
            _ => return written,
        },
        Field::Funds => match record.funds {
            Reading::Value(amount) => buffer.push_str(&amount_text(amount)),
            Reading::Blank => return None,
            Reading::Unreadable => return written,
        },
        _ if field.is_date() => match record.date(field) {
            DateReading::On(date) => push_date(buffer, date),
            DateReading::Blank => return None,
            DateReading::Immediate => return Some("立行立改"),
            _ => return written,
        },
        _ => return written,
    }
    Some(buffer)
}

fn push_date(buffer: &mut String, date: chrono::NaiveDate) {
    use std::fmt::Write;
    // Writing into a String cannot fail.
    let _ = write!(buffer, "{date}");
}

/// An amount of money without the noise of binary fractions, at most six decimals.
fn amount_text(amount: f64) -> String {
    let rounded = (amount * 1e6).round() / 1e6;
    rounded.to_string()
}

/// Whether a record's value for a field could be read. An unreadable one never displaces a readable one.
pub fn is_readable(record: &Record, field: Field) -> bool {
    match field {
        Field::Level => record.level != Reading::Unreadable,
        Field::Status => record.status != Reading::Unreadable,
        Field::Funds => record.funds != Reading::Unreadable,
        _ if field.is_date() => !matches!(record.date(field), DateReading::Unreadable(_)),
        _ => true,
    }
}

/// Whether a status can only be set by the bureau.
pub fn is_bureau_status(record: &Record) -> bool {
    matches!(record.status, Reading::Value(Status::ClosedOut | Status::Withdrawn))
}

/// Whether two texts say the same: equal, or equal but for width and white space.
pub fn same_text(left: &str, right: &str) -> bool {
    left == right || (left.len() < 2_000 && right.len() < 2_000 && label_key(left) == label_key(right))
}
