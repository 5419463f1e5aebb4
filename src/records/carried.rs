//! The side sheets of a ledger of our own, read back: rows that were returned, dates of older values, the merge that wrote it.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::records::grid::Grid;
use crate::records::sheet::Carried;
use crate::records::sheet::CarriedMark;
use crate::records::sheet::CarriedRow;
use crate::source::Origin;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::Field;

/// Reads the sheets 退回, 字段出处 and 合并标记.
pub fn read_carried(sheets: &[Sheet]) -> Carried {
    let mut carried = Carried::default();
    for sheet in sheets {
        let grid = Grid::new(sheet);
        match sheet.name.as_ref() {
            "退回" => carried.rejected = rejected(&grid),
            "字段出处" => carried.older_fields = older_fields(&grid),
            "合并标记" => carried.mark = mark(&grid),
            _ => {}
        }
    }
    carried
}

/// The column under each title of row 1.
fn columns(grid: &Grid<'_>) -> Vec<(String, u32)> {
    grid.cells(0).iter().map(|cell| (grid.text(*cell).text.into_owned(), u32::from(cell.column))).collect()
}

fn rejected(grid: &Grid<'_>) -> Vec<CarriedRow> {
    const OWN: [&str; 8] = ["文件", "工作表", "行", "列", "退回原因", "怎么办", "报送单位", "报送日期"];
    let columns = columns(grid);
    let find = |title: &str| columns.iter().take(OWN.len()).find(|(known, _)| known == title).map(|(_, column)| *column);
    let mut rows = Vec::new();
    for index in 1..grid.rows().len() {
        let text = |title: &str| find(title).map_or_else(String::new, |column| grid.text_at(index, column).into_owned());
        if text("退回原因").is_empty() {
            continue;
        }
        let origin =
            Origin {
                file: Arc::from(text("文件")), sheet: Arc::from(text("工作表")), row: text("行").parse().unwrap_or(0), column: 0
            };
        let mut values = Vec::new();
        for (title, column) in columns.iter().skip(OWN.len()) {
            let text = grid.text_at(index, *column).into_owned();
            if !text.is_empty() {
                let field = Field::ALL.into_iter().find(|field| field.title() == title);
                let name = field.map_or_else(|| title.clone(), |field| field.key().to_owned());
                values.push((name, text));
            }
        }
        rows.push(CarriedRow {
            origin,
            reason: text("退回原因"),
            unit: text("报送单位"),
            submitted_on: date_at(grid, index, find("报送日期")),
            values,
        });
    }
    rows
}

fn older_fields(grid: &Grid<'_>) -> Vec<(String, Field, NaiveDate)> {
    let columns = columns(grid);
    let find = |title: &str| columns.iter().find(|(known, _)| known == title).map(|(_, column)| *column);
    let mut found = Vec::new();
    for index in 1..grid.rows().len() {
        let text = |title: &str| find(title).map_or_else(String::new, |column| grid.text_at(index, column).into_owned());
        let field = Field::ALL.into_iter().find(|field| field.title() == text("字段"));
        if let (Some(field), Some(date)) = (field, date_at(grid, index, find("日期"))) {
            found.push((text("编号"), field, date));
        }
    }
    found
}

fn mark(grid: &Grid<'_>) -> Option<CarriedMark> {
    let columns = columns(grid);
    let text = |title: &str| {
        let (_, column) = columns.iter().find(|(known, _)| known == title)?;
        (grid.rows().len() > 1).then(|| grid.text_at(1, *column).into_owned())
    };
    let digest = text("记号").filter(|digest| !digest.is_empty())?;
    Some(CarriedMark { digest, lines: text("历史行数").and_then(|lines| lines.parse().ok()).unwrap_or(0) })
}

fn date_at(grid: &Grid<'_>, index: usize, column: Option<u32>) -> Option<NaiveDate> {
    let cell = grid.cell(index, column?)?;
    match grid.sheet.value(cell) {
        Value::DateTime(moment) => Some(moment.date()),
        _ => grid.text(cell).text.parse().ok(),
    }
}
