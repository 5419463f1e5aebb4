//! 同左: the cell takes what stands in the cell to its left, if that is of the same kind; 同上: what the record above has.
//!
//! A date is no person and a person no telephone number; what does not fit is asked for.

use std::borrow::Cow;

use crate::dates::points_left;
use crate::records::body::Piece;
use crate::records::fact::FactKind;
use crate::records::plan::Plan;
use crate::records::record::Record;
use crate::records::sink::FactSink;
use crate::vocabulary::Field;

/// What may stand for one another.
#[derive(PartialEq)]
enum Kind {
    Date,
    Person,
    Party,
    Words,
}

fn kind(field: Field) -> Option<Kind> {
    Some(match field {
        field if field.is_date() => Kind::Date,
        Field::Leader | Field::Responsible | Field::FoundBy | Field::VerifiedBy | Field::Guard => Kind::Person,
        Field::Unit | Field::Department => Kind::Party,
        Field::Measure | Field::Plan | Field::InterimControl | Field::Progress | Field::Remark => Kind::Words,
        _ => return None,
    })
}

/// 同上 and 〃 take the value of the record above (dates are resolved by the date engine).
pub(crate) fn resolve_dittos(plan: &Plan, row: u32, pieces: &mut [Piece<'_>], previous: Option<&Record>, sink: &mut FactSink) {
    for piece in pieces.iter_mut() {
        if piece.field.is_date()
            || piece.text.len() > 12
            || !matches!(piece.text.as_ref(), "同上" | "〃" | "\"" | "″" | "同前" | "〞" | "“" | "”" | "同  上" | "同 上" | "''")
        {
            continue;
        }
        if let Some(above) = previous.and_then(|record| record.values.get(piece.field)) {
            sink.push(row, piece.column, plan.title(piece.column), above, FactKind::Ditto(piece.field));
            piece.text = Cow::Owned(above.to_owned());
        }
    }
}

/// Resolves the cells that point to their left.
pub(crate) fn resolve(plan: &Plan, row: u32, pieces: &mut [Piece<'_>], sink: &mut FactSink) {
    for index in 0..pieces.len() {
        let (field, column) = (pieces[index].field, pieces[index].column);
        if pieces[index].text.len() > 40 || !points_left(&pieces[index].text) {
            continue;
        }
        let title = plan.title(column);
        let beside = pieces.iter().find(|other| other.column + 1 == column);
        let source = beside.filter(|left| kind(field).is_some() && kind(left.field) == kind(field) && !is_pointer(&left.text));
        if let Some(left) = source {
            let (text, cell) = (left.text.clone(), left.cell);
            sink.push(row, column, title, &text, FactKind::FromLeft(field));
            (pieces[index].text, pieces[index].cell) = (text, cell);
            continue;
        }
        // A date is asked about where it is read; there is nothing else to keep.
        if !field.is_date() {
            let said = std::mem::replace(&mut pieces[index].text, Cow::Borrowed(""));
            sink.push(row, column, title, &said, FactKind::LeftUnfit(field));
        }
    }
}

/// 同上 or 同左 in the cell to the left says nothing that could be taken over.
fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('同') || points_left(text)
}
