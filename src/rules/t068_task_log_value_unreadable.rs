//! T068: the status or the day in a row of `tasks.csv` cannot be read. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T068",
    name: "task-log-value-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "任务进展登记的状态或日期读不出来",
    finds: "tasks.csv 的“状态”空着或看不懂，或者“完成日期”读不出是哪一天。",
    matters: "不知道这项任务完成没有、哪天完成的，这一行不会计入。",
    remedy: "状态写 未开始、进行中、已完成；日期写成 2023-07-14 这样。",
    bad: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
安全培训,,已完成,上周五,,
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
