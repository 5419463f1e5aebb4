//! Inspection items: those found in order, and those of a checklist that nobody has filled in.

use crate::records::classify::Body;
use crate::records::plan::Plan;
use crate::records::sheet::ColumnMeaning;
use crate::records::sheet::Ticked;
use crate::vocabulary::Field;
use crate::vocabulary::is_dash;
use crate::vocabulary::names_nothing;
use crate::vocabulary::read_passed;
use crate::vocabulary::read_tick;

/// What the result columns of a row say: in order or not. `None` when they say nothing known.
pub fn check_result(body: Body<'_, '_>, plan: &Plan, index: usize) -> Option<(u32, bool)> {
    let mut found = None;
    for column in &plan.check_results {
        let text = body.grid.text_at(index, *column);
        if let Some(passed) = read_passed(&text).value() {
            found = found.or(Some((*column, passed)));
        }
    }
    let ticks = plan.columns.iter().filter_map(|column| {
        if let ColumnMeaning::Tick(Ticked::Passed(passed)) = column.meaning { Some((column.column, passed)) } else { None }
    });
    for (column, passed) in ticks {
        if read_tick(&body.grid.text_at(index, column)) == Some(true) {
            found = found.or(Some((column, passed)));
        }
    }
    found
}

/// True for an item that was found in order and carries nothing that only a hazard has.
pub fn is_passed_check(body: Body<'_, '_>, index: usize) -> bool {
    let Some(plan) = body.plans.first() else { return false };
    if plan.check_results.is_empty() && !plan.has_passed_ticks || !matches!(check_result(body, plan, index), Some((_, true))) {
        return false;
    }
    !carries_hazard(body, plan, index)
}

/// True if a row has what only a hazard has: a level, a deadline, a day of rectification, or a status.
fn carries_hazard(body: Body<'_, '_>, plan: &Plan, index: usize) -> bool {
    [Field::Level, Field::Deadline, Field::RectifiedOn, Field::Status].into_iter().any(|field| {
        plan.column_of(field).is_some_and(|column| {
            let text = body.grid.text_at(index, column);
            !text.is_empty() && !is_dash(&text) && read_passed(&text).value() != Some(true)
        })
    })
}

/// True for a printed item of a checklist (序号, 检查项目, 检查内容, 依据) beside which nothing is filled in.
pub fn is_unfilled_item(body: Body<'_, '_>, index: usize) -> bool {
    let [plan] = body.plans else { return false };
    if !plan.is_checklist {
        return false;
    }
    let described = plan.column_of(Field::Description).map(|column| body.grid.text_at(index, column)).unwrap_or_default();
    let printed = |column: u32| match plan.role(column).map(|role| &role.meaning) {
        Some(
            ColumnMeaning::Field(Field::Category | Field::Basis | Field::Measure | Field::Remark | Field::Source)
            | ColumnMeaning::Sequence
            | ColumnMeaning::Known,
        ) => true,
        Some(ColumnMeaning::Field(Field::Description)) => names_nothing(&described),
        Some(ColumnMeaning::Unknown { .. } | ColumnMeaning::Repeated(_)) => true,
        Some(_) | None => false,
    };
    let answered = |column: u32| {
        plan.check_results.contains(&column) || matches!(plan.role(column).map(|role| &role.meaning), Some(ColumnMeaning::Tick(_)))
    };
    body.grid.cells(index).iter().all(|cell| {
        let column = u32::from(cell.column);
        let text = body.grid.text(*cell).text;
        text.is_empty()
            || printed(column) && !answered(column)
            || (answered(column) || plan.column_of(Field::Description) == Some(column)) && is_left_open(&text)
    })
}

/// □合格 □不合格, （ ）: an answer that is only printed.
fn is_left_open(text: &str) -> bool {
    !text.chars().any(|character| matches!(character, '√' | '✓' | '✔' | '☑' | '■' | '×'))
        && text.contains(['□', '☐', '(', '（', '/', '○'])
        && matches!(read_passed(text), crate::vocabulary::Said::Doubtful(crate::vocabulary::Doubt::NothingTicked))
        || is_dash(text) && text != "无"
}
