//! C083: a register asks for a column, or groups by one, that rows of its kind do not have. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C083",
    name: "register-column-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "清单要的列不存在",
    finds: "lists.registers 里一张清单的 columns 或 group 写了这种清单没有的列。",
    matters: "这一列印出来只能是空的；多半是键写错了，或者 rows 选错了。",
    remedy: "按提示改成正确的键；隐患的列用台账字段的键，如 description、deadline。",
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
    - {id: work, title: 工作清单, rows: tasks, columns: [seq, name, leed]}
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
    - {id: work, title: 工作清单, rows: tasks, columns: [seq, name, lead]}
",
        place: "",
    },
    check: Check::Reader,
};
