//! Form-style sheets: labels with their values beside them, one hazard a form.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::records::body::FormValue;
use crate::records::grid::Grid;
use crate::records::kept::KeptNames;
use crate::tables::Value;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::TitleReader;
use crate::vocabulary::label_key;

/// A form found in a sheet: its values, what else it labels, and the rows it takes.
#[derive(Default)]
pub struct Form<'a> {
    pub values: Vec<FormValue<'a>>,
    pub extras: Vec<(Arc<str>, Box<str>)>,
    /// Indexes of grid rows that hold one of its labels.
    pub rows: BTreeSet<usize>,
}

/// The forms of a sheet without a header; empty when its labels do not make one.
pub fn find_forms<'a>(grid: &Grid<'a>, reader: &TitleReader) -> Vec<Form<'a>> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    if grid.rows().len() > 2_000 {
        return forms;
    }
    let mut current = Form::default();
    let mut names = KeptNames::default();
    for index in 0..grid.rows().len() {
        for found in labelled(grid, index, reader) {
            let repeats = found.field.is_some_and(|field| current.values.first().is_some_and(|value| value.field == field));
            if repeats && current.values.iter().any(|value| value.field == Field::Description) {
                let done = std::mem::take(&mut current);
                forms.push(done);
                names = KeptNames::default();
            }
            current.rows.insert(index);
            match found.field {
                Some(field) if !current.values.iter().any(|value| value.field == field) && !found.text.is_empty() => {
                    current.values.push(FormValue {
                        field,
                        row: grid.rows()[index].number,
                        column: found.column,
                        text: found.text,
                        cell: found.cell,
                    });
                }
                _ if !found.text.is_empty() => current.extras.push((names.name(&found.label), found.text.into())),
                _ => {}
            }
        }
    }
    forms.push(current);
    forms.retain(|form| form.values.iter().any(|value| value.field == Field::Description) && form.values.len() >= 3);
    forms
}

struct Labelled<'a> {
    label: String,
    field: Option<Field>,
    column: u32,
    text: Cow<'a, str>,
    cell: Option<crate::tables::Cell>,
}

/// The labels of a row with the value beside each.
fn labelled<'a>(grid: &Grid<'a>, index: usize, reader: &TitleReader) -> Vec<Labelled<'a>> {
    let cells = grid.cells(index);
    let mut found = Vec::new();
    let mut position = 0;
    while position < cells.len() {
        let cell = cells[position];
        position += 1;
        let Value::Text(_) = grid.sheet.value(cell) else { continue };
        let text = grid.text(cell).text;
        // 隐患描述：插座老化 in one cell.
        if let Some((label, value)) = text.split_once(['：', ':'])
            && !value.trim().is_empty()
            && label.chars().count() <= 16
            && let Some(concept) = reader.concept(label)
        {
            found.push(Labelled {
                label: label.to_owned(),
                field: field_of(concept),
                column: u32::from(cell.column),
                text: Cow::Owned(value.trim().to_owned()),
                cell: None,
            });
            continue;
        }
        if text.chars().count() > 20 {
            continue;
        }
        let Some(concept) = reader.concept(&text) else { continue };
        let Some(next) = cells.get(position).copied() else {
            found.push(Labelled {
                label: text.into_owned(),
                field: field_of(concept),
                column: u32::from(cell.column),
                text: Cow::Borrowed(""),
                cell: None,
            });
            continue;
        };
        let value = grid.text(next).text;
        if reader.concept(&value).is_some_and(|concept| concept != Concept::Statistic)
            && label_key(&value).chars().count() <= 12
            && matches!(grid.sheet.value(next), Value::Text(_))
        {
            // Two labels side by side: this one has no value.
            continue;
        }
        position += 1;
        found.push(Labelled {
            label: text.into_owned(),
            field: field_of(concept),
            column: u32::from(next.column),
            text: value,
            cell: Some(next),
        });
    }
    found
}

/// What a label means in a form, where there is no other column to decide by.
pub fn field_of(concept: Concept) -> Option<Field> {
    match concept {
        Concept::Field(field) => Some(field),
        Concept::SequenceOrId => Some(Field::Id),
        Concept::UnitOrDepartment => Some(Field::Department),
        Concept::StatusOrProgress => Some(Field::Progress),
        Concept::Both(field, _) => Some(field),
        Concept::WeakDescription => Some(Field::Description),
        _ => None,
    }
}
