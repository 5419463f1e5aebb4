//! The side sheets of a ledger of our own, read back: rows that were returned, dates of older values, the merge that wrote it, and what the clerk
//! decided on 冲突 and 疑似重复. What a decision means is for `ledger` to say.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::records::grid::Grid;
use crate::records::sheet::Carried;
use crate::records::sheet::CarriedConflict;
use crate::records::sheet::CarriedMark;
use crate::records::sheet::CarriedName;
use crate::records::sheet::CarriedPair;
use crate::records::sheet::CarriedRow;
use crate::source::Origin;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::Field;

/// Reads the sheets 退回, 字段出处, 冲突, 疑似重复, 已并入 and 合并标记.
pub fn read_carried(sheets: &[Sheet]) -> Carried {
    let mut carried = Carried::default();
    for sheet in sheets {
        let grid = Grid::new(sheet);
        match sheet.name.as_ref() {
            "退回" => carried.rejected = rejected(&grid),
            "字段出处" => carried.older_fields = older_fields(&grid),
            "冲突" => (carried.conflicts, carried.conflict_sheet) = (conflicts(&grid), sheet.name.clone()),
            "疑似重复" => (carried.pairs, carried.pair_sheet) = (pairs(&grid), sheet.name.clone()),
            "已并入" => carried.names = names(&grid),
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

/// A sheet with titles in row 1, of which each row is asked by title.
struct Titled<'a> {
    grid: &'a Grid<'a>,
    columns: Vec<(String, u32)>,
}

impl<'a> Titled<'a> {
    fn new(grid: &'a Grid<'a>) -> Titled<'a> {
        Titled { grid, columns: columns(grid) }
    }

    fn column(&self, title: &str) -> Option<u32> {
        self.columns.iter().find(|(known, _)| known == title).map(|(_, column)| *column)
    }

    /// The text under a title; a date that an office program made of it is written as this program writes dates.
    fn text(&self, index: usize, title: &str) -> String {
        let Some(column) = self.column(title) else { return String::new() };
        match self.grid.cell(index, column).map(|cell| self.grid.sheet.value(cell)) {
            Some(Value::DateTime(moment)) => moment.date().to_string(),
            _ => self.grid.text_at(index, column).trim().to_owned(),
        }
    }

    /// The rows that name a 编号: index and number.
    fn rows(&self) -> impl Iterator<Item = (usize, u32)> {
        let grid = self.grid;
        (1..grid.rows().len()).filter(|index| !self.text(*index, "编号").is_empty()).map(|index| (index, grid.rows()[index].number))
    }
}

fn conflicts(grid: &Grid<'_>) -> Vec<CarriedConflict> {
    let sheet = Titled::new(grid);
    let row = |(index, row): (usize, u32)| CarriedConflict {
        row,
        column: sheet.column("采用").unwrap_or(0),
        id: sheet.text(index, "编号"),
        field: Field::ALL.into_iter().find(|field| field.title() == sheet.text(index, "字段")),
        kept: sheet.text(index, "台账保留的值"),
        other: sheet.text(index, "另一个值"),
        kept_from: sheet.text(index, "保留值的来源"),
        other_from: sheet.text(index, "另一个值的来源"),
        other_on: date_at(grid, index, sheet.column("报送日期")),
        word: sheet.text(index, "采用"),
    };
    sheet.rows().map(row).collect()
}

fn pairs(grid: &Grid<'_>) -> Vec<CarriedPair> {
    let sheet = Titled::new(grid);
    let row = |(index, row): (usize, u32)| CarriedPair {
        row,
        column: sheet.column("裁定").unwrap_or(0),
        id: sheet.text(index, "编号"),
        other: sheet.text(index, "另一条的编号"),
        word: sheet.text(index, "裁定"),
    };
    sheet.rows().map(row).filter(|pair| !pair.other.is_empty()).collect()
}

fn names(grid: &Grid<'_>) -> Vec<CarriedName> {
    let sheet = Titled::new(grid);
    let row = |(index, _): (usize, u32)| CarriedName {
        id: sheet.text(index, "编号"),
        into: sheet.text(index, "并入编号"),
        texts: ["发现日期", "部位", "隐患描述"].map(|title| sheet.text(index, title)),
        on: date_at(grid, index, sheet.column("裁定日期")),
    };
    sheet.rows().map(row).filter(|name| !name.into.is_empty()).collect()
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
