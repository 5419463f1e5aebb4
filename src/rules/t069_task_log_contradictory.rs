//! T069: rows of `tasks.csv` contradict themselves or each other. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T069",
    name: "task-log-contradictory",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "任务进展登记前后矛盾",
    finds: "写了已完成却没有完成日期，有完成日期状态却不是已完成，同一项前面说完成后面又说没有，前后两个完成日期不同，或者整项任务完成了节点却没有完成。",
    matters: "说不出是不是按期，或者不知道该信哪一行；程序按没有完成、以后面一行为准。",
    remedy: "核对后改成一致的；只有周期性工作可以有几行已完成，每行写各自的日期。",
    bad: Example {
        text: "\
--- tasks.csv
任务,节点,状态,完成日期,进展,备注
安全培训,,进行中,2023-07-14,,
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
