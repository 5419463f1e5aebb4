//! Sheets turned by ninety degrees: titles down one column, one hazard in each column beside it.
//!
//! Each column is read as a form. Does not look at sheets that are anything else.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::records::body::FormValue;
use crate::records::form::Form;
use crate::records::form::field_of;
use crate::records::grid::Grid;
use crate::records::kept::KeptNames;
use crate::tables::Cell;
use crate::tables::Value;
use crate::vocabulary::Concept;
use crate::vocabulary::Field;
use crate::vocabulary::TitleReader;
use crate::vocabulary::is_dash;

/// Titles stand in one of so many first columns.
const FIRST_COLUMNS: u32 = 4;
/// A longer sheet has its hazards in rows.
const MOST_ROWS: usize = 200;
/// From so many titles on, a column of them is a header.
const FEWEST_TITLES: usize = 4;

/// A sheet that was turned: where its titles stand, and which columns hold hazards.
pub struct Transposed {
    titles: u32,
    rows: Range<usize>,
    hazards: Vec<u32>,
}

/// Finds out whether a sheet is turned: a column of titles with a description among them, and at least two columns of
/// values beside it.
pub fn find_transposed(grid: &Grid<'_>, reader: &TitleReader) -> Option<Transposed> {
    if grid.rows().len() > MOST_ROWS {
        return None;
    }
    (1..=FIRST_COLUMNS).find_map(|column| turned_at(grid, reader, column))
}

fn turned_at(grid: &Grid<'_>, reader: &TitleReader, column: u32) -> Option<Transposed> {
    let concept = |index: usize| title_at(grid, reader, index, column);
    let titled: Vec<usize> = (0..grid.rows().len()).filter(|index| concept(*index).is_some()).collect();
    let meanings: BTreeSet<Concept> = titled.iter().filter_map(|index| concept(*index)).collect();
    let described = |concept: &Concept| matches!(concept, Concept::Field(Field::Description) | Concept::WeakDescription);
    if meanings.len() < FEWEST_TITLES || !meanings.iter().any(described) {
        return None;
    }
    let rows = *titled.first()?..*titled.last()? + 1;
    if titled.len() * 3 < rows.len() * 2 {
        return None;
    }
    let right = |index: usize| grid.cells(index).iter().filter(move |cell| u32::from(cell.column) > column);
    let wide = titled.iter().filter(|index| right(**index).count() >= 2).count();
    let values = titled.iter().flat_map(|index| right(*index));
    // Another column of titles makes it a form: label, value, label, value.
    let is_title = |cell: &&Cell| matches!(grid.sheet.value(**cell), Value::Text(text) if reader.concept(text).is_some_and(is_certain));
    let titles_beside = values.clone().filter(is_title).count();
    if wide * 2 < titled.len() || titles_beside * 5 > values.clone().count() {
        return None;
    }
    let columns: BTreeSet<u32> = values.map(|cell| u32::from(cell.column)).collect();
    let hazards: Vec<u32> = columns.into_iter().filter(|value| holds_a_hazard(grid, reader, &titled, (column, *value))).collect();
    (hazards.len() >= 2).then_some(Transposed { titles: column, rows, hazards })
}

/// The meaning of a title in the column of titles; words that are values just as well do not count.
fn title_at(grid: &Grid<'_>, reader: &TitleReader, index: usize, column: u32) -> Option<Concept> {
    let cell = grid.cell(index, column)?;
    match grid.sheet.value(cell) {
        Value::Text(text) => reader.concept(text).filter(|concept| *concept != Concept::Statistic),
        _ => None,
    }
}

fn is_certain(concept: Concept) -> bool {
    !matches!(concept, Concept::Statistic | Concept::Known)
}

/// Whether a column beside the titles holds a hazard: it says something where the description belongs, and no words
/// where a day belongs, as a column that explains how to fill in the others does.
fn holds_a_hazard(grid: &Grid<'_>, reader: &TitleReader, titled: &[usize], (titles, value): (u32, u32)) -> bool {
    let texts = |wanted: &dyn Fn(Concept) -> bool| -> Vec<String> {
        let rows = titled.iter().filter(|index| title_at(grid, reader, **index, titles).is_some_and(wanted));
        rows.map(|index| grid.text_at(*index, value).into_owned()).filter(|text| !text.is_empty()).collect()
    };
    let described = texts(&|concept| matches!(concept, Concept::Field(Field::Description) | Concept::WeakDescription));
    let days = texts(&|concept| matches!(concept, Concept::Field(field) if field.is_date()));
    let explains = |text: &String| text.chars().count() > 4 && !text.chars().any(|character| character.is_ascii_digit()) && !is_dash(text);
    !described.is_empty() && (days.is_empty() || !days.iter().all(explains))
}

impl Transposed {
    /// Takes the sheet apart into one form for each hazard, column by column.
    pub fn forms<'a>(&self, grid: &Grid<'a>, reader: &TitleReader) -> Vec<Form<'a>> {
        self.hazards.iter().flat_map(|column| self.forms_of(grid, reader, *column)).collect()
    }

    /// The forms of one column: a new one begins where the first title comes again.
    fn forms_of<'a>(&self, grid: &Grid<'a>, reader: &TitleReader, column: u32) -> Vec<Form<'a>> {
        let mut forms: Vec<Form<'a>> = vec![Form::default()];
        let mut names = KeptNames::default();
        let mut first = None;
        for index in self.rows.clone() {
            let title = grid.text_at(index, self.titles);
            let concept = title_at(grid, reader, index, self.titles);
            if concept.is_some() && first == concept {
                forms.push(Form::default());
                names = KeptNames::default();
            }
            first = first.or(concept);
            let Some(form) = forms.last_mut() else { continue };
            form.rows.insert(index);
            let row = grid.rows()[index].number;
            let own = grid.cell(index, column);
            let Some(cell) = own.or_else(|| grid.covered_by(row, column).filter(|(.., at, _)| *at > self.titles).map(|(.., cell)| cell))
            else {
                continue;
            };
            let text = grid.text(cell).text;
            if text.is_empty() || concept == Some(Concept::Sequence) {
                continue;
            }
            match concept.and_then(field_of) {
                Some(field) if !form.values.iter().any(|value| value.field == field) => {
                    form.values.push(FormValue { field, row, column, text, cell: Some(cell) });
                }
                _ if title.is_empty() => form.extras.push((names.name(&format!("无列名的第{row}行")), text.into())),
                _ => form.extras.push((names.name(&title), text.into())),
            }
        }
        forms.retain(|form| form.values.iter().any(|value| value.field == Field::Description));
        forms
    }
}
