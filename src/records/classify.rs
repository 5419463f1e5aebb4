//! What kind of row is this: a record, or one of the many things that stand between and around records.
//!
//! Every row under a header gets exactly one kind; what fits nothing is unrecognised, never dropped.

use crate::campaign::Campaign;
use crate::records::grid::Grid;
use crate::records::own_papers::is_own_footer;
use crate::records::own_papers::is_task;
use crate::records::plan::HeaderTitles;
use crate::records::plan::Plan;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::RowKind;
use crate::records::units::UnitFinder;
use crate::tables::Value;
use crate::vocabulary::Field;
use crate::vocabulary::ZeroWords;
use crate::vocabulary::label_key;
use crate::vocabulary::read_zero;
use crate::vocabulary::rows::group_heading;
use crate::vocabulary::rows::is_attachment_mark;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::is_sample;
use crate::vocabulary::rows::is_total_label;
use crate::vocabulary::rows::read_labels;

/// What classifying looks at besides the row itself.
pub struct Surroundings<'a, 'g> {
    pub grid: &'a Grid<'g>,
    /// The plans of the table: one, or one per 隐患n.
    pub plans: &'a [Plan],
    pub titles: &'a HeaderTitles,
    pub campaign: &'a Campaign,
    pub units: &'a UnitFinder<'a>,
}

/// The kind of the row at `index` under a header.
pub fn classify(around: &Surroundings<'_, '_>, index: usize) -> RowKind {
    let grid = around.grid;
    let cells = grid.cells(index);
    let repeated = cells
        .iter()
        .filter(|cell| matches!(grid.sheet.value(**cell), Value::Text(text) if around.titles.repeats(u32::from(cell.column), text.trim())))
        .count();
    if repeated >= 2 && repeated * 2 >= cells.len() {
        return RowKind::RepeatedHeader;
    }
    if let [only] = cells {
        return classify_single(around, index, u32::from(only.column), &grid.text(*only).text);
    }
    let Some(plan) = around.plans.first() else { return RowKind::Unrecognised };
    if plan.own_paper && plan.column_of(Field::Id).is_some_and(|column| is_task(around.campaign, &grid.text_at(index, column))) {
        return RowKind::Note;
    }
    if let Some(column) = plan.column_of(Field::Id).filter(|column| plan.is_ledger && grid.cell(index, *column).is_some()) {
        // In a ledger of our own whatever has a 编号 is a hazard, whatever its words look like; a sum typed below them has none.
        return if is_total_label(&grid.text_at(index, column)) { RowKind::Subtotal } else { RowKind::Record };
    }
    let description_column = plan.column_of(Field::Description);
    for cell in cells.iter().take(3) {
        let Value::Text(text) = grid.sheet.value(*cell) else { continue };
        let column = u32::from(cell.column);
        if text.len() <= 90
            && text.contains(['计', '数', '累'])
            && (Some(column) != description_column || cells.len() <= 3)
            && is_total_label(text)
        {
            return RowKind::Subtotal;
        }
        if text.contains(['例', '样', '范']) && is_sample(text) {
            return RowKind::Sample;
        }
    }
    if let Some(cell) = cells.first()
        && let Value::Text(text) = grid.sheet.value(*cell)
    {
        if text.len() < 600 && text.contains(['：', ':', '（', '(']) && is_signature(text) {
            return RowKind::Footer;
        }
        if Some(u32::from(cell.column)) != description_column
            && text.contains(['注', '说', '备', '填', '第'])
            && is_note(text)
            && cells.len() <= 2
        {
            return RowKind::Note;
        }
    }
    if let Some(column) = description_column {
        let text = grid.text_at(index, column);
        if text.contains(['例', '样']) && is_sample(&text) {
            return RowKind::Sample;
        }
    }
    if is_zero_row(around, index) {
        return RowKind::ZeroReport;
    }
    let mut fields = 0;
    let mut others = 0;
    for cell in cells {
        let column = u32::from(cell.column);
        match around.plans.iter().find_map(|plan| plan.role(column)).map(|role| &role.meaning) {
            Some(ColumnMeaning::Sequence | ColumnMeaning::Derived) => {}
            Some(ColumnMeaning::Field(_) | ColumnMeaning::Both(..) | ColumnMeaning::CloseOutFlag) => fields += 1,
            _ => others += 1,
        }
    }
    match (fields, others) {
        (0, 0) => RowKind::Blank,
        (0, _) => RowKind::Unrecognised,
        _ => RowKind::Record,
    }
}

/// Whether a text is a line of signature labels (审核人：　填报人：), not a sentence that has a colon.
pub fn is_signature(text: &str) -> bool {
    text.split('\n').next().is_some_and(|line| read_labels(line).iter().any(|label| label.marked))
}

/// A row with one cell: a heading, a note, a total, a signature — or a record of which only one thing is known.
fn classify_single(around: &Surroundings<'_, '_>, index: usize, column: u32, text: &str) -> RowKind {
    let grid = around.grid;
    let row = grid.rows()[index].number;
    let described = around.plans.iter().any(|plan| plan.column_of(Field::Description) == Some(column));
    let sequence = around.plans.iter().any(|plan| matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Sequence)));
    let spans = grid.merge_at(row, column).is_some_and(|area| area.last_column > area.first_column);
    if is_attachment_mark(text) {
        return RowKind::Attachment;
    }
    if is_total_label(text) {
        return RowKind::Subtotal;
    }
    if is_note(text) || is_own_footer(text) {
        return RowKind::Note;
    }
    if is_signature(text) {
        return RowKind::Footer;
    }
    if is_sample(text) {
        return RowKind::Sample;
    }
    match read_zero(text) {
        Some(ZeroWords::Dash) if !described => {}
        Some(_) => return RowKind::ZeroReport,
        None => {}
    }
    if sequence && text.parse::<f64>().is_ok() {
        return RowKind::Blank;
    }
    if (!described || spans) && (group_heading(text).is_some() || names_category(around.campaign, text)) {
        return RowKind::Group;
    }
    if spans && around.units.is_unit(text) {
        return RowKind::Group;
    }
    if described {
        return RowKind::Record;
    }
    let field = around.plans.iter().any(|plan| matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Field(_))));
    if field && !spans {
        return RowKind::Record;
    }
    RowKind::Unrecognised
}

/// Whether a text is one of the campaign's categories, by name or synonym.
pub fn names_category(campaign: &Campaign, text: &str) -> bool {
    let key = label_key(text);
    campaign
        .categories
        .iter()
        .any(|category| label_key(&category.name) == key || category.synonyms.iter().any(|synonym| label_key(synonym) == key))
}

/// "Nothing found" where the description belongs, and nothing beside it that speaks of a hazard.
fn is_zero_row(around: &Surroundings<'_, '_>, index: usize) -> bool {
    let grid = around.grid;
    let cells = grid.cells(index);
    let mut zero = None;
    let mut substance = 0;
    let mut described = false;
    for plan in around.plans {
        if let Some(column) = plan.column_of(Field::Description) {
            let text = grid.text_at(index, column);
            if !text.is_empty() {
                described = true;
                match read_zero(&text) {
                    Some(words) => zero = zero.or(Some(words)),
                    None => return false,
                }
            }
        }
        for field in [Field::Location, Field::Measure, Field::Deadline, Field::RectifiedOn] {
            if let Some(column) = plan.column_of(field) {
                let text = grid.text_at(index, column);
                if !text.is_empty() && read_zero(&text).is_none() {
                    substance += 1;
                }
            }
        }
    }
    if !described {
        // The words may stand in any other text column (备注: 本月零报告), as long as nothing else is said.
        zero = cells.iter().filter_map(|cell| read_zero(&grid.text(*cell).text)).find(|words| *words != ZeroWords::Dash);
    }
    match zero {
        None => false,
        Some(ZeroWords::Dash) => substance == 0,
        Some(_) => substance <= 1,
    }
}
