//! C104: an item has a key that its measure has no use for. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C104",
    name: "scoring-key-misplaced",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "评分项目写了用不到的键",
    finds: "评分项目写了它的 measure 用不到的 obligations、late 或 each。",
    matters: "写了不起作用，看方案的人会以为起作用。",
    remedy: "删掉这个键，或换成用得到它的 measure。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
scoring:
  items:
    - {measure: rectified, points: 100, each: 2}
",
        place: "9",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
scoring:
  items:
    - {measure: overdue, points: 100, each: 2}
",
        place: "",
    },
    check: Check::Reader,
};
