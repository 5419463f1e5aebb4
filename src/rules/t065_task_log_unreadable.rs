//! T065: `tasks.csv` cannot be used at all. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T065",
    name: "task-log-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "任务进展登记读不出来，或缺少必要的列",
    finds: "tasks.csv 打不开，或者没有“任务”“状态”两列。",
    matters: "登记的完成情况都不会计入，做完的任务还会被当成没有做。",
    remedy: "表头写成：任务,节点,状态,完成日期,进展,备注。",
    bad: Example {
        text: "\
--- tasks.csv
任务,完成日期
安全培训,2023-07-14
",
        place: "1",
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
