//! The other lists and registers that a plan names (职责清单, 工作清单, 问题隐患清单 …): what each holds, by its own words.
//!
//! Plain data, and the catalogue of columns from which a register may choose. How a column looks on paper is for
//! `documents`.

use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;
use crate::vocabulary::TaskStatus;

/// A list of the campaign's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    pub id: String,
    pub title: String,
    /// The mark above the title, e.g. 附件2.
    pub attachment: Option<String>,
    pub rows: RegisterRows,
    /// At least one.
    pub columns: Vec<ChosenColumn>,
    pub filter: RegisterFilter,
    /// Rows of the same word in this column stand together under a heading.
    pub group: Option<RegisterColumn>,
    pub line: u32,
}

/// What has a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegisterRows {
    /// The hazards of the ledger.
    Hazards,
    /// The plan's tasks.
    Tasks,
    /// The measures and dated steps of the tasks.
    Measures,
    /// The reporting duties.
    Duties,
}

impl RegisterRows {
    pub const ALL: [RegisterRows; 4] = [RegisterRows::Hazards, RegisterRows::Tasks, RegisterRows::Measures, RegisterRows::Duties];

    /// YAML key.
    pub fn key(self) -> &'static str {
        match self {
            RegisterRows::Hazards => "hazards",
            RegisterRows::Tasks => "tasks",
            RegisterRows::Measures => "measures",
            RegisterRows::Duties => "duties",
        }
    }
}

/// A column of a register, under the title that this register gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenColumn {
    pub column: RegisterColumn,
    pub title: String,
}

/// Which rows are listed; an empty list or `None` leaves nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterFilter {
    pub levels: Vec<Level>,
    pub statuses: Vec<Status>,
    /// Ids of categories.
    pub categories: Vec<String>,
    pub task_statuses: Vec<TaskStatus>,
    /// Ids of tasks.
    pub tasks: Vec<String>,
    /// Leading offices, as the tasks write them.
    pub leads: Vec<String>,
    /// Parties that owe a report, as the duties write them.
    pub from: Vec<String>,
    /// Only what is overdue, or only what is not.
    pub overdue: Option<bool>,
    /// Only what recurs, or only what does not.
    pub recurring: Option<bool>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterColumn {
    Sequence,
    /// A field of the hazard.
    Field(Field),
    /// 逾期情况 in words.
    Situation,
    /// Days past the due day, negative while there are days left.
    Days,
    /// The step of the escalation ladder.
    Step,
    /// 编号 of the task, id of the duty.
    Number,
    Name,
    Lead,
    Supporting,
    /// All measures of the task.
    Measures,
    /// All dated steps of the task.
    Milestones,
    /// The one measure or step of the row.
    Measure,
    Due,
    /// The next due day from the as-of date on.
    Next,
    Status,
    DoneOn,
    Progress,
    Remark,
    From,
    To,
    Via,
    FulfilledBy,
    Basis,
}

const HAZARDS: &[RegisterRows] = &[RegisterRows::Hazards];
const TASKS: &[RegisterRows] = &[RegisterRows::Tasks];
const MEASURES: &[RegisterRows] = &[RegisterRows::Measures];
const DUTIES: &[RegisterRows] = &[RegisterRows::Duties];
const WORK: &[RegisterRows] = &[RegisterRows::Tasks, RegisterRows::Measures];
const PLAN: &[RegisterRows] = &[RegisterRows::Tasks, RegisterRows::Measures, RegisterRows::Duties];

/// Every column that is no field of the ledger: key, usual title, and for which rows.
const COLUMNS: &[(RegisterColumn, &str, &str, &[RegisterRows])] = &[
    (RegisterColumn::Sequence, "seq", "序号", &RegisterRows::ALL),
    (RegisterColumn::Situation, "overdue", "逾期情况", HAZARDS),
    (RegisterColumn::Days, "days", "逾期（－剩余）天数", HAZARDS),
    (RegisterColumn::Step, "step", "督促步骤", HAZARDS),
    (RegisterColumn::Number, "id", "编号", WORK),
    (RegisterColumn::Number, "id", "代号", DUTIES),
    (RegisterColumn::Name, "name", "工作任务", WORK),
    (RegisterColumn::Name, "name", "职责事项", DUTIES),
    (RegisterColumn::Lead, "lead", "牵头部门", WORK),
    (RegisterColumn::Supporting, "supporting", "配合部门", WORK),
    (RegisterColumn::Measures, "measures", "具体措施", TASKS),
    (RegisterColumn::Milestones, "milestones", "时间节点", TASKS),
    (RegisterColumn::Measure, "measure", "制度措施", MEASURES),
    (RegisterColumn::From, "from", "责任单位", DUTIES),
    (RegisterColumn::To, "to", "报送对象", DUTIES),
    (RegisterColumn::Via, "via", "报送方式", DUTIES),
    (RegisterColumn::Due, "due", "完成时限", PLAN),
    (RegisterColumn::Next, "next", "下次截止", DUTIES),
    (RegisterColumn::Status, "status", "状态", WORK),
    (RegisterColumn::DoneOn, "done_on", "完成日期", WORK),
    (RegisterColumn::Situation, "overdue", "逾期情况", WORK),
    (RegisterColumn::Days, "days", "逾期（－剩余）天数", WORK),
    (RegisterColumn::Progress, "progress", "进展情况", WORK),
    (RegisterColumn::FulfilledBy, "fulfilled_by", "完成标志", DUTIES),
    (RegisterColumn::Basis, "basis", "依据", PLAN),
    (RegisterColumn::Remark, "remark", "备注", PLAN),
];

/// The columns of rows of this kind: key and usual title, in the order in which they are offered.
pub fn columns_of(rows: RegisterRows) -> Vec<(RegisterColumn, &'static str, &'static str)> {
    let fields = Field::ALL.iter().filter(|_| rows == RegisterRows::Hazards);
    let fields = fields.map(|field| (RegisterColumn::Field(*field), field.key(), field.title()));
    let own = COLUMNS.iter().filter(|(.., for_rows)| for_rows.contains(&rows)).map(|(column, key, title, _)| (*column, *key, *title));
    own.chain(fields).collect()
}

/// The keys of the columns of a register that names none.
pub fn usual_columns(rows: RegisterRows) -> &'static [&'static str] {
    match rows {
        RegisterRows::Hazards => &[
            "seq",
            "unit",
            "category",
            "location",
            "description",
            "level",
            "found_on",
            "measure",
            "responsible",
            "deadline",
            "status",
            "overdue",
            "remark",
        ],
        RegisterRows::Tasks => {
            &["seq", "id", "name", "lead", "supporting", "measures", "milestones", "due", "status", "done_on", "overdue", "remark"]
        }
        RegisterRows::Measures => &["seq", "name", "measure", "lead", "supporting", "due", "status", "done_on", "overdue", "remark"],
        RegisterRows::Duties => &["seq", "name", "from", "to", "via", "due", "next", "remark"],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RegisterRows;
    use super::columns_of;
    use super::usual_columns;

    #[test]
    fn every_key_stands_once_and_the_usual_ones_are_known() {
        for rows in RegisterRows::ALL {
            let keys: Vec<&str> = columns_of(rows).into_iter().map(|(_, key, _)| key).collect();
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{}", rows.key());
            assert!(usual_columns(rows).iter().all(|key| keys.contains(key)), "{}", rows.key());
        }
    }
}
