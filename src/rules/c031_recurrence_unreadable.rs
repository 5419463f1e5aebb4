//! C031: a recurrence that neither the words nor the rule grammar can read. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C031",
    name: "recurrence-unreadable",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "周期看不懂",
    finds: "报送要求、任务或定期报表的 every 不是方案常用的说法，也不是支持的 RRULE。",
    matters: "不知道什么时候该报，就排不出日历，也判断不了谁没报；改好以前其他命令都不运行。",
    remedy: "写成 每周五17:00前、每月29日前、每季度末，或 FREQ=MONTHLY;BYMONTHDAY=29。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 进展情况, every: 经常}
",
        place: "8",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 进展情况, every: 每月28日前}
",
        place: "",
    },
    check: Check::Reader,
};
