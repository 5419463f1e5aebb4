//! The answer to a form: what in it still reads as it was sent out, and is nobody's word of today.

use crate::ledger::canonical::ledger_text;
use crate::ledger::canonical::same_text;
use crate::ledger::canonical::settled_fields;
use crate::records::Record;
use crate::records::issue::Issue;
use crate::vocabulary::Field;
use crate::vocabulary::FieldSet;

/// The fields of a row that still read as the form was sent out.
pub fn as_issued(record: &Record, issue: &Issue) -> FieldSet {
    let mut fields = FieldSet::default();
    let mut buffer = String::new();
    for (field, text) in issued(record, issue).unwrap_or_default() {
        if ledger_text(record, *field, &mut buffer).is_some_and(|said| same_text(said, text)) {
            fields.insert(*field);
        }
    }
    fields
}

/// True if nobody has changed anything in a row since the form was sent out.
pub fn is_untouched(record: &Record, issue: &Issue) -> bool {
    let Some(issued) = issued(record, issue) else { return false };
    let same = as_issued(record, issue);
    let says = |field: Field| ledger_text(record, field, &mut String::new()).is_some();
    issued.iter().all(|(field, _)| same.contains(*field))
        && record.extras.is_empty()
        && settled_fields().all(|field| same.contains(field) || !says(field))
}

fn issued<'a>(record: &Record, issue: &'a Issue) -> Option<&'a [(Field, String)]> {
    issue.rows.get(record.values.get(Field::Id)?).map(Vec::as_slice)
}
