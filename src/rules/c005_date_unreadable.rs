//! C005: a date of the campaign names no day. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C005",
    name: "date-unreadable",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "日期看不懂",
    finds: "方案里的日期不是存在的某一天，也不是方案常用的说法。",
    matters: "日期是阶段、报送和逾期的依据，不能猜。",
    remedy: "写成 2023-07-31，或 2023年7月底前、2020年6月中旬至8月底 这样的说法。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 自查阶段, end: 2023年6月31日前}
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
phases:
  - {id: a, name: 自查阶段, end: 2023年6月底前}
",
        place: "",
    },
    check: Check::Reader,
};
