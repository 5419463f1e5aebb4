//! C100: the points of the items are not the full score. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C100",
    name: "scoring-points-differ",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "评分项目的分值加起来不是满分",
    finds: "scoring 里各项目的 points 相加，不等于满分 full（不写就是 100）。",
    matters: "分值多了少了，总分就对不上满分，等次也跟着错。",
    remedy: "改分值（points）或满分（full），让两边相等。",
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
    - {measure: rectified_in_time, points: 60}
    - {measure: overdue, points: 30}
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
scoring:
  items:
    - {measure: rectified_in_time, points: 60}
    - {measure: overdue, points: 40}
",
        place: "",
    },
    check: Check::Reader,
};
