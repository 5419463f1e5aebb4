//! T067: a row of `tasks.csv` names a step that its task does not have. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T067",
    name: "task-log-milestone-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "任务进展登记里有认不出的节点",
    finds: "tasks.csv 的“节点”不是这项任务的时间节点（milestones）。",
    matters: "这一行不知道算哪个节点，不会计入。",
    remedy: "照方案写节点的名称；说的是整项任务就把“节点”留空。",
    bad: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
项目建设,竣工,已完成,2023-07-14,,
",
        place: "2",
    },
    good: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
项目建设,建成启用,已完成,2023-07-14,,
",
        place: "",
    },
    check: Check::Reader,
};
