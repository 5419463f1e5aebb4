//! The columns of 问题清单, 任务清单, 责任清单 and of the combined sheet: title, width, and what a hazard and a
//! task say there. Nothing else knows the columns.

use std::borrow::Cow;

use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::three_lists::entry::HazardEntry;
use crate::documents::three_lists::task_entry::TaskEntry;
use crate::vocabulary::Field;

/// A column and what stands in it.
pub struct ListColumn {
    pub column: Column,
    pub content: Content,
}

/// Where the cells of a column come from.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// 序号, counted within the list.
    Sequence,
    /// 单位名称; for a task its leading office.
    Unit,
    /// 编号, linked to the same 编号 on the next list.
    Id,
    /// A text field of the hazard; a task has a text for 进展情况 only.
    Text(Field),
    /// A day that has happened; a task has one for 整改完成日期 only.
    Event(Field),
    /// The whole description; the task's name.
    Description,
    /// The shortened description; the task's name.
    Summary,
    Status,
    /// The measure; the task's measures.
    Measure,
    Deadline,
    Funds,
    Situation,
    /// 责任部门; for a task its leading office.
    Department,
    /// 配合单位 of a task.
    Supporting,
    /// Left empty for handwriting.
    Blank,
}

impl Content {
    /// What a hazard says in this column; `None` where the list itself must say it (序号, 编号).
    pub fn of_hazard<'a>(self, entry: &HazardEntry<'a>) -> Option<Cell<'a>> {
        Some(match self {
            Content::Sequence | Content::Id => return None,
            Content::Unit => Cell::text(Some(&entry.hazard.unit)),
            Content::Text(field) => entry.text(field),
            Content::Event(field) => entry.event(field),
            Content::Description => entry.text(Field::Description),
            Content::Summary => entry.summary(),
            Content::Status => entry.status(),
            Content::Measure => entry.text(Field::Measure),
            Content::Deadline => entry.deadline(),
            Content::Funds => entry.funds(),
            Content::Situation => entry.situation(),
            Content::Department => entry.text(Field::Department),
            Content::Supporting | Content::Blank => Cell::Empty,
        })
    }

    /// What a task says in this column.
    pub fn of_task<'a>(self, entry: &TaskEntry<'a>) -> Option<Cell<'a>> {
        Some(match self {
            Content::Sequence | Content::Id => return None,
            Content::Unit | Content::Department => entry.lead(),
            Content::Description | Content::Summary => Cell::Text(Cow::Borrowed(entry.task.name.as_str())),
            Content::Measure => entry.measures(),
            Content::Deadline => entry.due(),
            Content::Situation => entry.situation(),
            Content::Supporting => entry.supporting(),
            Content::Text(Field::Progress) => entry.progress(),
            Content::Event(Field::RectifiedOn) => entry.done_on(),
            Content::Text(_) | Content::Event(_) | Content::Status | Content::Funds | Content::Blank => Cell::Empty,
        })
    }
}

fn column(title: &'static str, kind: ColumnKind, width: u16, weight: u16, content: Content) -> ListColumn {
    ListColumn { column: Column::new(title, kind, width).growing(weight), content }
}

/// 序号, 单位, 编号: the same on every list.
fn leading() -> Vec<ListColumn> {
    vec![
        column("序号", ColumnKind::Number, 4, 0, Content::Sequence),
        column("单位", ColumnKind::Word, 10, 2, Content::Unit),
        column("编号", ColumnKind::Code, 12, 0, Content::Id),
    ]
}

/// 问题清单.
pub fn problem() -> Vec<ListColumn> {
    let mut columns = leading();
    columns.extend([
        column("类别", ColumnKind::Word, 8, 0, Content::Text(Field::Category)),
        column("部位", ColumnKind::Word, 8, 1, Content::Text(Field::Location)),
        column("问题描述", ColumnKind::Prose, 24, 6, Content::Description),
        column("依据", ColumnKind::Prose, 10, 2, Content::Text(Field::Basis)),
        column("等级", ColumnKind::Word, 4, 0, Content::Text(Field::Level)),
        column("隐患来源", ColumnKind::Word, 6, 0, Content::Text(Field::Source)),
        column("发现日期", ColumnKind::Date, 10, 0, Content::Event(Field::FoundOn)),
        column("督办", ColumnKind::Word, 4, 0, Content::Text(Field::Supervision)),
        column("当前状态", ColumnKind::Word, 6, 0, Content::Status),
        column("逾期情况", ColumnKind::Word, 10, 0, Content::Situation),
        column("备注", ColumnKind::Prose, 8, 1, Content::Text(Field::Remark)),
    ]);
    columns
}

/// 任务清单.
pub fn task() -> Vec<ListColumn> {
    let mut columns = leading();
    columns.extend([
        column("问题（任务）", ColumnKind::Prose, 16, 3, Content::Summary),
        column("整改措施", ColumnKind::Prose, 20, 5, Content::Measure),
        column("整改时限", ColumnKind::Word, 12, 0, Content::Deadline),
        column("临时管控措施", ColumnKind::Prose, 10, 2, Content::Text(Field::InterimControl)),
        column("应急预案", ColumnKind::Word, 8, 1, Content::Text(Field::Plan)),
        column("资金（万元）", ColumnKind::Number, 6, 0, Content::Funds),
        column("进展情况", ColumnKind::Prose, 10, 2, Content::Text(Field::Progress)),
        column("整改完成日期", ColumnKind::Date, 10, 0, Content::Event(Field::RectifiedOn)),
        column("逾期情况", ColumnKind::Word, 10, 0, Content::Situation),
        column("备注", ColumnKind::Prose, 6, 0, Content::Blank),
    ]);
    columns
}

/// 责任清单. 配合单位 has a column only when a task names one.
pub fn duty(with_supporting: bool) -> Vec<ListColumn> {
    let mut columns = leading();
    columns.extend([
        column("问题（任务）", ColumnKind::Prose, 16, 4, Content::Summary),
        column("责任领导", ColumnKind::Word, 8, 1, Content::Text(Field::Leader)),
        column("责任部门（牵头单位）", ColumnKind::Word, 10, 1, Content::Department),
    ]);
    if with_supporting {
        columns.push(column("配合单位", ColumnKind::Word, 10, 1, Content::Supporting));
    }
    columns.extend([
        column("责任人", ColumnKind::Word, 8, 1, Content::Text(Field::Responsible)),
        column("联系电话", ColumnKind::Code, 13, 0, Content::Text(Field::Phone)),
        column("盯防人", ColumnKind::Word, 8, 1, Content::Text(Field::Guard)),
        column("督办", ColumnKind::Word, 4, 0, Content::Text(Field::Supervision)),
        column("验收人", ColumnKind::Word, 8, 0, Content::Text(Field::VerifiedBy)),
        column("验收日期", ColumnKind::Date, 10, 0, Content::Event(Field::VerifiedOn)),
        column("销号日期", ColumnKind::Date, 10, 0, Content::Event(Field::ClosedOutOn)),
        column("逾期情况", ColumnKind::Word, 10, 0, Content::Situation),
        column("备注", ColumnKind::Prose, 6, 0, Content::Blank),
    ]);
    columns
}

/// The combined sheet: one row a hazard under 问题清单, 任务清单, 责任清单.
pub fn combined(with_supporting: bool) -> Vec<ListColumn> {
    let mut columns = leading();
    let grouped = |group: &'static str, columns: Vec<ListColumn>| {
        columns.into_iter().map(move |part| ListColumn { column: part.column.under(group), content: part.content })
    };
    columns.extend(grouped(
        "问题清单",
        vec![
            column("类别", ColumnKind::Word, 6, 0, Content::Text(Field::Category)),
            column("部位", ColumnKind::Word, 8, 0, Content::Text(Field::Location)),
            column("问题描述", ColumnKind::Prose, 22, 3, Content::Description),
            column("等级", ColumnKind::Word, 4, 0, Content::Text(Field::Level)),
            column("发现日期", ColumnKind::Date, 10, 0, Content::Event(Field::FoundOn)),
            column("当前状态", ColumnKind::Word, 6, 0, Content::Status),
        ],
    ));
    columns.extend(grouped(
        "任务清单",
        vec![
            column("整改措施", ColumnKind::Prose, 20, 3, Content::Measure),
            column("整改时限", ColumnKind::Word, 12, 0, Content::Deadline),
            column("资金（万元）", ColumnKind::Number, 6, 0, Content::Funds),
            column("进展情况", ColumnKind::Prose, 10, 1, Content::Text(Field::Progress)),
            column("完成日期", ColumnKind::Date, 10, 0, Content::Event(Field::RectifiedOn)),
            column("逾期情况", ColumnKind::Word, 9, 0, Content::Situation),
        ],
    ));
    let mut duties = vec![
        column("责任领导", ColumnKind::Word, 6, 0, Content::Text(Field::Leader)),
        column("责任部门", ColumnKind::Word, 8, 0, Content::Department),
    ];
    if with_supporting {
        duties.push(column("配合单位", ColumnKind::Word, 8, 0, Content::Supporting));
    }
    duties.extend([
        column("责任人", ColumnKind::Word, 6, 0, Content::Text(Field::Responsible)),
        column("联系电话", ColumnKind::Code, 12, 0, Content::Text(Field::Phone)),
        column("验收人", ColumnKind::Word, 6, 0, Content::Text(Field::VerifiedBy)),
        column("销号日期", ColumnKind::Date, 10, 0, Content::Event(Field::ClosedOutOn)),
    ]);
    columns.extend(grouped("责任清单", duties));
    columns
}
