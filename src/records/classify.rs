//! What kind of row is this: a record, or one of the many things that stand between and around records.
//!
//! Every row under a header gets exactly one kind; what fits nothing is unrecognised, never dropped.

use crate::campaign::Campaign;
use crate::records::checks::is_passed_check;
use crate::records::checks::is_unfilled_item;
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
use crate::vocabulary::is_count;
use crate::vocabulary::is_dash;
use crate::vocabulary::names_nothing;
use crate::vocabulary::read_zero_on;
use crate::vocabulary::rows::group_heading;
use crate::vocabulary::rows::is_attachment_mark;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::is_sample;
use crate::vocabulary::rows::is_template_mark;
use crate::vocabulary::rows::is_total_label;
use crate::vocabulary::rows::names_check_item;
use crate::vocabulary::rows::read_labels;
use crate::vocabulary::sounds_like_zero;

/// The rows under a header, with what they are read by.
#[derive(Clone, Copy)]
pub struct Body<'a, 'g> {
    pub grid: &'a Grid<'g>,
    /// The plans of the table: one, or one per 隐患n.
    pub plans: &'a [Plan],
    /// What the campaign is about, in the words of its zero reports.
    pub topics: &'a [String],
}

/// What classifying looks at besides the row itself.
pub struct Surroundings<'a, 'g> {
    pub body: Body<'a, 'g>,
    pub titles: &'a HeaderTitles,
    pub campaign: &'a Campaign,
    pub units: &'a UnitFinder<'a>,
}

/// The kind of the row at `index` under a header.
pub fn classify(around: &Surroundings<'_, '_>, index: usize) -> RowKind {
    let grid = around.body.grid;
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
    let Some(plan) = around.body.plans.first() else { return RowKind::Unrecognised };
    if plan.own_paper && plan.column_of(Field::Id).is_some_and(|column| is_task(around.campaign, &grid.text_at(index, column))) {
        return RowKind::Note;
    }
    if let Some(column) = plan.column_of(Field::Id).filter(|column| plan.is_ledger && grid.cell(index, *column).is_some()) {
        // In a ledger of our own whatever has a 编号 is a hazard, whatever its words look like; a sum typed below them has none.
        return if is_total_label(&grid.text_at(index, column)) { RowKind::Subtotal } else { RowKind::Record };
    }
    if is_template_row(grid, index) {
        return RowKind::Note;
    }
    let description_column = plan.column_of(Field::Description);
    if let Some(kind) = declared_total(grid, plan, index) {
        return kind;
    }
    for cell in cells.iter().take(3) {
        let Value::Text(text) = grid.sheet.value(*cell) else { continue };
        let column = u32::from(cell.column);
        if text.len() <= 90 && may_be_total(text) && (Some(column) != description_column || cells.len() <= 3) && is_total_label(text) {
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
            && (cells.len() <= 2 || cells.len() <= 4 && text.trim_end().ends_with(['：', ':']))
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
    if is_sum_without_label(around, plan, index) {
        return RowKind::Subtotal;
    }
    if is_passed_check(around.body, index) {
        return RowKind::PassedCheck;
    }
    if is_zero_row(around, index) {
        // Of one item of a checklist: nothing wrong with it.
        let item = plan.is_checklist && !plan.check_results.is_empty() && names_item(around, plan, index);
        return if item { RowKind::PassedCheck } else { RowKind::ZeroReport };
    }
    if perhaps_zero(around.body, index).is_some() {
        return RowKind::Unrecognised;
    }
    if is_unfilled_item(around.body, index) {
        return RowKind::Blank;
    }
    let mut fields = 0;
    let mut others = 0;
    for cell in cells {
        let column = u32::from(cell.column);
        match around.body.plans.iter().find_map(|plan| plan.role(column)).map(|role| &role.meaning) {
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

/// The kind of a row that a table of the file calls its totals. A hazard that was typed over them names its place or day; words that
/// are neither that nor a total are asked.
fn declared_total(grid: &Grid<'_>, plan: &Plan, index: usize) -> Option<RowKind> {
    if !grid.sheet.totals_rows.contains(&grid.rows()[index].number) {
        return None;
    }
    let text = |field: Field| plan.column_of(field).map(|column| grid.text_at(index, column)).unwrap_or_default();
    let described = text(Field::Description);
    if described.is_empty() || is_count(&described) || is_total_label(&described) {
        return Some(RowKind::Subtotal);
    }
    let names = |field: Field| !(text(field).is_empty() || is_count(&text(field)));
    let is_case = [Field::Location, Field::FoundOn, Field::Deadline, Field::Responsible].into_iter().any(names);
    (!is_case).then_some(RowKind::Unrecognised)
}

/// Whether half of what stands in a row, or more, are the marks of a template that was never filled in.
pub fn is_template_row(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    let marked = cells.iter().filter(|cell| matches!(grid.sheet.value(**cell), Value::Text(text) if is_template_mark(text))).count();
    marked > 0 && marked * 2 >= cells.len()
}

/// Whether a text is a line of signature labels (审核人：　填报人：), not a sentence that has a colon.
pub fn is_signature(text: &str) -> bool {
    text.split('\n').next().is_some_and(|line| read_labels(line).iter().any(|label| label.marked))
}

/// A row with one cell: a heading, a note, a total, a signature — or a record of which only one thing is known.
fn classify_single(around: &Surroundings<'_, '_>, index: usize, column: u32, text: &str) -> RowKind {
    let grid = around.body.grid;
    let row = grid.rows()[index].number;
    let described = around.body.plans.iter().any(|plan| plan.column_of(Field::Description) == Some(column));
    let sequence =
        around.body.plans.iter().any(|plan| matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Sequence)));
    let spans = grid.merge_at(row, column).is_some_and(|area| area.last_column > area.first_column);
    if is_attachment_mark(text) {
        return RowKind::Attachment;
    }
    if is_total_label(text) {
        return RowKind::Subtotal;
    }
    if is_note(text) || is_own_footer(text) || is_template_mark(text) {
        return RowKind::Note;
    }
    if is_signature(text) {
        return RowKind::Footer;
    }
    if is_sample(text) {
        return RowKind::Sample;
    }
    match read_zero_on(text, around.body.topics) {
        Some(ZeroWords::Dash) if !described => {}
        Some(_) => return RowKind::ZeroReport,
        None if described && sounds_like_zero(text) => return RowKind::Unrecognised,
        None => {}
    }
    if described && is_count(text) {
        return RowKind::Subtotal;
    }
    if sequence && text.parse::<f64>().is_ok() {
        return RowKind::Blank;
    }
    if (!described || spans) && (group_heading(text).is_some() || around.campaign.has_category(text)) {
        return RowKind::Group;
    }
    if spans && around.units.is_unit(text) {
        return RowKind::Group;
    }
    if described {
        return RowKind::Record;
    }
    let field = around.body.plans.iter().any(|plan| matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Field(_))));
    if field && !spans {
        return RowKind::Record;
    }
    RowKind::Unrecognised
}

/// "Nothing found" where the description belongs, and nothing beside it that speaks of a hazard.
fn is_zero_row(around: &Surroundings<'_, '_>, index: usize) -> bool {
    let grid = around.body.grid;
    let cells = grid.cells(index);
    let mut zero = None;
    let mut substance = 0;
    let mut described = false;
    for plan in around.body.plans {
        if let Some(column) = plan.column_of(Field::Description) {
            let text = grid.text_at(index, column);
            if !text.is_empty() {
                described = true;
                match read_zero_on(&text, around.body.topics) {
                    Some(words) => zero = zero.or(Some(words)),
                    None => return false,
                }
            }
        }
        for field in [Field::Location, Field::Measure, Field::Deadline, Field::RectifiedOn] {
            if let Some(column) = plan.column_of(field) {
                let text = grid.text_at(index, column);
                if !text.is_empty() && read_zero_on(&text, around.body.topics).is_none() {
                    substance += 1;
                }
            }
        }
    }
    if !described {
        // The words may stand in any other text column (备注: 本月零报告), as long as nothing else is said.
        zero = cells
            .iter()
            .filter_map(|cell| read_zero_on(&grid.text(*cell).text, around.body.topics))
            .find(|words| *words != ZeroWords::Dash);
    }
    match zero {
        None => false,
        Some(ZeroWords::Dash) => substance == 0,
        Some(_) => substance <= 1,
    }
}

/// Cheap refusal before a cell is compared with the words of totals.
fn may_be_total(text: &str) -> bool {
    text.contains(['计', '数', '累', '总', '汇', '均', '求', '共', '差', '大', '小', '量'])
        || text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
}

/// A number where the description belongs, and nothing beside it but numbers and a word under 序号: the totals row of a
/// table, whatever it is called.
fn is_sum_without_label(around: &Surroundings<'_, '_>, plan: &Plan, index: usize) -> bool {
    let grid = around.body.grid;
    let description = plan.column_of(Field::Description).map(|column| (column, grid.text_at(index, column)));
    let counted = description.as_ref().is_some_and(|(_, text)| is_count(text) && read_zero_on(text, around.body.topics).is_none());
    if !counted && description.as_ref().is_some_and(|(_, text)| !text.is_empty()) {
        return false;
    }
    let mut numbers = 0;
    for (position, cell) in grid.cells(index).iter().enumerate() {
        let text = grid.text(*cell).text;
        let sequence = matches!(plan.role(u32::from(cell.column)).map(|role| &role.meaning), Some(ColumnMeaning::Sequence));
        if is_count(&text) {
            numbers += u32::from(!sequence);
        } else if !(text.is_empty() || is_dash(&text) || position == 0 && sequence && text.chars().count() <= 8) {
            return false;
        }
    }
    // Without a number below the description a word under 序号 is needed: 总投入 | | | 3.5.
    let labelled = grid.cells(index).first().is_some_and(|cell| !is_count(&grid.text(*cell).text));
    numbers > 0 && (counted || labelled)
}

/// True if a row names the item that was looked at.
fn names_item(around: &Surroundings<'_, '_>, plan: &Plan, index: usize) -> bool {
    around.body.grid.cells(index).iter().any(|cell| {
        let role = plan.role(u32::from(cell.column));
        role.is_some_and(|role| names_check_item(&role.title)) && !around.body.grid.text(*cell).text.is_empty()
    })
}

/// The description of a row that says nothing else (no place, day, person) and sounds like a zero report without being surely
/// one: its column and text.
pub fn perhaps_zero(body: Body<'_, '_>, index: usize) -> Option<(u32, String)> {
    let [plan] = body.plans else { return None };
    let column = plan.column_of(Field::Description)?;
    let text = body.grid.text_at(index, column);
    if text.is_empty() || plan.is_ledger || read_zero_on(&text, body.topics).is_some() || !sounds_like_zero(&text) {
        return None;
    }
    let bare = plan.fields.iter().all(|(field, other)| {
        if matches!(field, Field::Description | Field::Unit | Field::Category | Field::Remark | Field::Id) {
            return true;
        }
        let text = body.grid.text_at(index, *other);
        text.is_empty()
            || names_nothing(&text)
                && !matches!(field, Field::Level | Field::Status)
                && !text.contains(|character: char| character.is_ascii_digit())
    });
    bare.then(|| (column, text.into_owned()))
}
