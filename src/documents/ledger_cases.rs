//! The sheets of the ledger workbook on which the clerk decides: 冲突 with 采用, 疑似重复 with 裁定; and 已并入, which lists the
//! numbers that became names of others. The next merge reads them back (`records::carried`).

use crate::documents::ledger::date_cell;
use crate::documents::ledger::plain_sheet;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::ledger::Hazard;
use crate::ledger::MergeOutcome;
use crate::vocabulary::Field;
use crate::vocabulary::verdicts;

/// Two values for one field, both shown.
pub const CONFLICT_SHEET: &str = "冲突";
/// Hazards that look alike.
pub const PAIR_SHEET: &str = "疑似重复";
/// Numbers that are names of other hazards.
pub const JOINED_SHEET: &str = "已并入";

/// The sheet 冲突; there is always one.
pub fn conflict_sheet(outcome: &MergeOutcome) -> Sheet<'_> {
    let columns = vec![
        Column::new("编号", ColumnKind::Code, 22),
        Column::new("字段", ColumnKind::Word, 14),
        Column::new("台账保留的值", ColumnKind::Prose, 30),
        Column::new("另一个值", ColumnKind::Prose, 30),
        Column::new("采用", ColumnKind::Word, 10).chosen_from(&verdicts::ADOPTIONS),
        Column::new("保留值的来源", ColumnKind::Prose, 36),
        Column::new("另一个值的来源", ColumnKind::Prose, 36),
        Column::new("报送日期", ColumnKind::Date, 12),
        Column::new("怎么办", ColumnKind::Prose, 40),
    ];
    let body = Body::made(outcome.conflicts.len(), move |index, row| {
        let Some(conflict) = outcome.conflicts.get(index) else { return };
        row.cells.extend([
            Cell::text(Some(&conflict.id)),
            Cell::text(Some(conflict.field.title())),
            Cell::text(Some(&conflict.kept)),
            Cell::text(Some(&conflict.other)),
            Cell::text(Some(&conflict.word)),
            Cell::owned(conflict.kept_from.to_string()),
            Cell::owned(conflict.other_from.to_string()),
            Cell::date(conflict.other_on),
            Cell::text(Some("核实后在“采用”里选 台账 或 报送，下次合并照办；要写别的值，直接改台账的这一格")),
        ]);
    });
    plain_sheet(CONFLICT_SHEET, columns, body)
}

/// The sheet 疑似重复; `None` without any pair.
pub fn pair_sheet(outcome: &MergeOutcome) -> Option<Sheet<'_>> {
    if outcome.near_matches.is_empty() {
        return None;
    }
    let mut columns = vec![
        Column::new("编号", ColumnKind::Code, 22),
        Column::new("另一条的编号", ColumnKind::Code, 22),
        Column::new("裁定", ColumnKind::Word, 14).chosen_from(&verdicts::PAIR_VERDICTS),
        Column::new("单位名称", ColumnKind::Word, 24),
    ];
    for field in COMPARED {
        columns.push(Column::new(field.title(), ColumnKind::Prose, 24));
        columns.push(Column::new(format!("另一条的{}", field.title()), ColumnKind::Prose, 24));
    }
    columns.push(Column::new("怎么办", ColumnKind::Prose, 40));
    let find = |id: &str| outcome.ledger.hazards.iter().find(|hazard| hazard.id == id);
    let row = |near: &crate::ledger::NearMatch| {
        let (one, other) = (find(&near.id), find(&near.other));
        let mut cells = vec![
            Cell::owned(near.id.clone()),
            Cell::owned(near.other.clone()),
            Cell::owned(near.word.clone()),
            Cell::owned(one.map_or_else(String::new, |hazard| hazard.unit.to_string())),
        ];
        let text =
            |hazard: Option<&Hazard>, field: Field| Cell::owned(hazard.and_then(|hazard| hazard.text(field)).unwrap_or("").to_owned());
        cells.extend(COMPARED.into_iter().flat_map(|field| [text(one, field), text(other, field)]));
        cells.push(Cell::text(Some("核实后在“裁定”里选；同一条的，下次合并时后一条并入前一条，编号和说法都留作别名")));
        Row::entry(cells)
    };
    let rows = outcome.near_matches.iter().map(row).collect();
    Some(plain_sheet(PAIR_SHEET, columns, Body::Rows(rows)))
}

/// What is shown of two hazards side by side.
const COMPARED: [Field; 5] = [Field::Description, Field::Location, Field::FoundOn, Field::Deadline, Field::Responsible];

/// The sheet 已并入; `None` without any.
pub fn joined_sheet(outcome: &MergeOutcome) -> Option<Sheet<'_>> {
    if outcome.joined.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("编号", ColumnKind::Code, 22),
        Column::new("并入编号", ColumnKind::Code, 22),
        Column::new("发现日期", ColumnKind::Date, 12),
        Column::new("部位", ColumnKind::Word, 20),
        Column::new("隐患描述", ColumnKind::Prose, 40),
        Column::new("裁定日期", ColumnKind::Date, 12),
    ];
    let mut rows = Vec::new();
    for (id, joined) in &outcome.joined {
        for [found_on, location, description] in &joined.names {
            rows.push(Row::entry(vec![
                Cell::text(Some(id)),
                Cell::text(Some(&joined.into)),
                date_cell(found_on),
                Cell::text(Some(location)),
                Cell::text(Some(description)),
                Cell::date(joined.on),
            ]));
        }
    }
    Some(plain_sheet(JOINED_SHEET, columns, Body::Rows(rows)))
}
