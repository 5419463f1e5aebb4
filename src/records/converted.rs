//! What a spreadsheet program or an exporter made of a value before it came here: texts that became dates, formulas
//! that move, formulas left behind as text.
//!
//! What was typed cannot be known; a value that is certainly not what was meant is asked for.

use std::borrow::Cow;

use crate::dates::looks_like_a_date_cell;
use crate::records::fact::FactKind;
use crate::records::sink::FactSink;
use crate::tables::Cell;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::Field;

/// A cell of a record before it becomes a value of its field.
pub(crate) struct Found<'a> {
    pub row: u32,
    pub column: u32,
    pub title: &'a str,
    pub cell: Cell,
}

/// The text of a field's cell; empty when something was asked about it and no text may be used, `None` when the
/// cell must not count at all.
pub(crate) fn settled<'t>(sheet: &Sheet, found: &Found<'_>, field: Field, text: Cow<'t, str>, sink: &mut FactSink) -> Option<Cow<'t, str>> {
    let mut say = |kind: FactKind| sink.push(found.row, found.column, found.title, &text, kind);
    let value = sheet.value(found.cell);
    if matches!(value, Value::Error(_)) || is_formula_text(&text) {
        say(FactKind::ErrorValue(field));
        return None;
    }
    if found.cell.has(Cell::MOVING) && field.is_date() {
        // The date reader asks; the day of today is no value.
        return Some(Cow::Borrowed(""));
    }
    if found.cell.has(Cell::MOVING) {
        say(FactKind::MovingText(field));
    }
    if holds_words(field) && !speaks_of_time(found.title) && is_date(value, &text) {
        if field == Field::Description {
            say(FactKind::DescriptionIsDate);
            return None;
        }
        say(FactKind::DateInWords);
    }
    Some(text)
}

/// Tells a date cell in a column that has no meaning of its own, unless its title speaks of time.
pub(crate) fn check_extra(sheet: &Sheet, found: &Found<'_>, text: &str, sink: &mut FactSink) {
    if matches!(sheet.value(found.cell), Value::DateTime(_)) && !speaks_of_time(found.title) {
        sink.push(found.row, found.column, found.title, text, FactKind::DateInWords);
    }
}

/// Fields that hold names and words, never a day.
fn holds_words(field: Field) -> bool {
    matches!(
        field,
        Field::Id
            | Field::Unit
            | Field::Category
            | Field::Location
            | Field::Description
            | Field::Basis
            | Field::Measure
            | Field::Leader
            | Field::Department
            | Field::Responsible
            | Field::Phone
    )
}

fn speaks_of_time(title: &str) -> bool {
    title.contains(['日', '时', '期', '天', '年', '月'])
}

fn is_date(value: Value<'_>, text: &str) -> bool {
    match value {
        Value::DateTime(_) => true,
        Value::Text(_) => looks_like_a_date_cell(text),
        _ => false,
    }
}

/// `=DISPIMG("ID_…",1)`, `=VLOOKUP(…)`: a formula that was saved as its own text.
pub(crate) fn is_formula_text(text: &str) -> bool {
    let Some(formula) = text.strip_prefix('=') else { return false };
    let name = formula.trim_start().split('(').next().unwrap_or_default();
    formula.contains('(') && !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || "._".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_left_as_text_are_told_from_words() {
        for text in ["=DISPIMG(\"ID_0A1B2C\",1)", "=_xlfn.DISPIMG(\"x\")", "=VLOOKUP(A1,B:C,2,0)"] {
            assert!(is_formula_text(text), "{text}");
        }
        for text in ["=", "=灭火器(过期)", "DISPIMG(1)", "=1+1", "无"] {
            assert!(!is_formula_text(text), "{text}");
        }
    }
}
