//! The lines above and below a table: 填报单位, 填报日期, 联系人 — and the date in a file's name.

use chrono::NaiveDate;

use crate::dates::CellInput;
use crate::dates::Context;
use crate::dates::DateNote;
use crate::dates::DateReading;
use crate::dates::read_cell;
use crate::records::grid::Grid;
use crate::records::sheet::Metadata;
use crate::tables::Value;
use crate::vocabulary::rows::MetadataLabel;
use crate::vocabulary::rows::read_labels;

/// Whether the row holds a labelled line, and takes what it says into `metadata` (what was said first stands).
pub fn read_metadata_row(grid: &Grid<'_>, index: usize, period: (NaiveDate, NaiveDate), metadata: &mut Metadata) -> bool {
    let cells = grid.cells(index);
    if cells.len() > 14 {
        return false;
    }
    let row = grid.rows()[index].number;
    let mut found = false;
    for (position, cell) in cells.iter().enumerate() {
        let Value::Text(_) = grid.sheet.value(*cell) else { continue };
        let text = grid.text(*cell).text;
        if text.len() > 400 {
            continue;
        }
        for line in text.split('\n') {
            let labels = read_labels(line);
            let only = labels.len() == 1;
            for labelled in labels {
                if !labelled.marked && cells.len() > 1 && position + 1 == cells.len() {
                    continue;
                }
                found = true;
                let mut value = labelled.value;
                let mut column = u32::from(cell.column);
                let mut input_cell = None;
                if value.is_empty()
                    && only
                    && let Some(next) = cells.get(position + 1)
                {
                    let next_text = grid.text(*next).text;
                    if read_labels(&next_text).is_empty() {
                        value = next_text.into_owned();
                        column = u32::from(next.column);
                        input_cell = Some(*next);
                    }
                }
                if value.is_empty() {
                    continue;
                }
                match labelled.label {
                    MetadataLabel::Unit if metadata.unit.is_none() => metadata.unit = Some((value, row, column)),
                    MetadataLabel::FilledOn if metadata.filled_on.is_none() => {
                        let input = input_cell.map_or(CellInput::Text(&value), |cell| grid.date_input(cell, &value));
                        let context = Context { period: Some(period), looks_back: true, ..Context::default() };
                        if let DateReading::On(date) = read_cell(input, &context).reading {
                            metadata.filled_on = Some((date, row, column));
                        }
                    }
                    MetadataLabel::Contact if metadata.contact.is_none() => metadata.contact = Some(value),
                    MetadataLabel::Phone if metadata.phone.is_none() => metadata.phone = Some(value),
                    _ => {}
                }
            }
        }
    }
    found
}

/// The day named in a file's name: `附件2-20230714.xlsx`, `隐患台账（7月14日）.xls`. A month alone is no day.
pub fn date_in_name(name: &str, period: (NaiveDate, NaiveDate)) -> Option<NaiveDate> {
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut found = None;
    let is_part = |character: char| character.is_ascii_digit() || "年月日号.-/_".contains(character);
    for token in stem.split(|character: char| !is_part(character)) {
        let token = token.trim_matches(['.', '-', '/', '_']);
        let digits = token.chars().filter(char::is_ascii_digit).count();
        let plausible = (digits == 8 && token.len() == 8)
            || token.contains('月') && token.contains(['日', '号'])
            || (digits >= 5 && token.matches(['.', '-', '/', '_']).count() == 2);
        if !plausible {
            continue;
        }
        let token = token.replace('_', "-");
        let context = Context { period: Some(period), looks_back: true, ..Context::default() };
        let reading = read_cell(CellInput::Text(&token), &context);
        let coarse = reading.notes.iter().any(|note| matches!(note, DateNote::EndOfSpan | DateNote::EndOfRange));
        if let (DateReading::On(date), false) = (reading.reading, coarse) {
            found = Some(date);
        }
    }
    found
}
