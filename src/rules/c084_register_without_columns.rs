//! C084: a register whose list of columns is empty. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C084",
    name: "register-without-columns",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "清单没有列",
    finds: "lists.registers 里一张清单写了 columns，里面却是空的。",
    matters: "没有一列的清单印不出来。",
    remedy: "写要哪些列；把 columns 整行删掉就用默认的列。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: training, name: 安全培训, due: 2023-07-31}
lists:
  registers:
    - {id: work, title: 工作清单, rows: tasks, columns: []}
",
        place: "11",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: training, name: 安全培训, due: 2023-07-31}
lists:
  registers:
    - {id: work, title: 工作清单, rows: tasks}
",
        place: "",
    },
    check: Check::Reader,
};
