//! C085: a register is limited to something that the campaign does not have. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C085",
    name: "register-filter-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "清单的范围写错",
    finds: "lists.registers 里一张清单的 where 用了这种清单没有的键，或者写了方案里没有的等级、状态、类别、任务或部门。",
    matters: "按这个范围一行也列不出来，像是什么事都没有。",
    remedy: "按提示改成方案里有的词，或删掉这个条件。",
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
    - {id: work, title: 工作清单, rows: tasks, where: {task: trainning}}
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
    - {id: work, title: 工作清单, rows: tasks, where: {task: training}}
",
        place: "",
    },
    check: Check::Reader,
};
