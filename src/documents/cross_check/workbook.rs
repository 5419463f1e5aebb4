//! The unit forms of the workbook, read back cell by cell.

use std::sync::Arc;

use crate::documents::cross_check::Disagreement;
use crate::documents::statistics::figure_column::FigureColumn;
use crate::documents::statistics::figure_column::RowSource;
use crate::documents::statistics::figure_column::cell;
use crate::documents::statistics::unit_forms;
use crate::results::figures::Dimension;
use crate::results::figures::Figures;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Sheet;
use crate::tables::Value;

/// What in the workbook's unit forms is not the figures'; a workbook that cannot be read back is one disagreement.
pub fn workbook(figures: &Figures, bytes: &[u8]) -> Vec<Disagreement> {
    let file = SourceFile { name: Arc::from("统计.xlsx"), bytes: bytes.to_vec() };
    let read = match tables::read(&file) {
        Ok(read) => read,
        Err(why) => return vec![whole("工作簿", &format!("读不回来：{}", why.detail))],
    };
    let mut found = Vec::new();
    let forms = [
        (unit_forms::PROGRESS_SHEET, unit_forms::progress_columns(figures.period.kind)),
        (unit_forms::DEADLINE_SHEET, unit_forms::deadline_columns()),
    ];
    for (name, columns) in forms {
        match read.sheets.iter().find(|sheet| *sheet.name == *name) {
            Some(sheet) => form(figures, sheet, &columns, &mut found),
            None => found.push(whole(name, "没有这张表")),
        }
    }
    found
}

fn whole(place: &str, what: &str) -> Disagreement {
    Disagreement { place: place.to_owned(), figure: "整张表".to_owned(), shown: what.to_owned(), counted: String::new() }
}

/// Rows of units stand directly above 合计, in the order of the figures.
fn form(figures: &Figures, sheet: &Sheet, columns: &[FigureColumn], found: &mut Vec<Disagreement>) {
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| texts(sheet, *row, columns.len() + 2)).collect();
    let units = figures.rows(Dimension::Unit);
    let last = rows.iter().rposition(|row| row.get(1).is_some_and(|text| text == "合计"));
    let Some(first) = last.and_then(|last| last.checked_sub(units.len())) else {
        found.push(whole(&sheet.name, "没有合计行，或单位行数不够"));
        return;
    };
    for (index, unit) in units.iter().enumerate() {
        let row = &rows[first + index];
        let number = sheet.rows.get(first + index).map_or(0, |row| row.number);
        if row.get(1).is_none_or(|label| label.trim() != unit.label.trim()) {
            let shown = row.get(1).cloned().unwrap_or_default();
            let place = format!("{} 第{number}行", sheet.name);
            found.push(Disagreement { place, figure: "单位".to_owned(), shown, counted: unit.label.clone() });
            continue;
        }
        compare(sheet, number, row, columns, unit_forms::unit_row(figures, index, unit), found);
    }
    let number = sheet.rows.get(first + units.len()).map_or(0, |row| row.number);
    compare(sheet, number, &rows[first + units.len()], columns, unit_forms::total_row(figures), found);
}

fn compare(sheet: &Sheet, number: u32, row: &[String], columns: &[FigureColumn], of: RowSource<'_>, found: &mut Vec<Disagreement>) {
    for (index, figure) in columns.iter().enumerate() {
        let counted = cell(figure.shown, of).shown().into_owned();
        let shown = row.get(index + 2).cloned().unwrap_or_default();
        if shown != counted {
            let place = format!("{}!{}", sheet.name, crate::source::cell_name(number, index as u32 + 3));
            found.push(Disagreement { place, figure: figure.column.title.to_string(), shown, counted });
        }
    }
}

/// The shown text of each cell of a row.
fn texts(sheet: &Sheet, row: tables::Row, columns: usize) -> Vec<String> {
    let mut texts = vec![String::new(); columns];
    for cell in sheet.cells_of(row) {
        let Some(text) = texts.get_mut((cell.column as usize).saturating_sub(1)) else { continue };
        *text = match sheet.value(*cell) {
            Value::Text(text) => text.to_owned(),
            Value::Number(number) if cell.is_percent() => format!("{:.1}%", number * 100.0),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
    }
    texts
}
