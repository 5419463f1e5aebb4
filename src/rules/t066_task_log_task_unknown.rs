//! T066: a row of `tasks.csv` is about no task of the plan, or about several. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T066",
    name: "task-log-task-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "任务进展登记里有认不出的任务",
    finds: "tasks.csv 的“任务”空着，或者不是方案里任务的代号、编号或名称，或者有几项任务同名。",
    matters: "这一行不知道算哪一项任务，不会计入。",
    remedy: "写专项定义里任务（tasks）的代号、编号（如 wushen-2023-T01）或名称。",
    bad: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
安全陪训,,已完成,2023-07-14,,
",
        place: "2",
    },
    good: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
安全培训,,已完成,2023-07-14,办了两期,
",
        place: "",
    },
    check: Check::Reader,
};
