//! C103: grades that do not part the scores from full down to 0. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C103",
    name: "grades-not-descending",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "等次没有从高排到 0 分",
    finds: "grades 里后一等不低于前一等，最高一等高于满分，或最低一等不是从 0 分起。",
    matters: "有的分数会落到两个等次里，或一个等次也没有。",
    remedy: "由高到低排列，最高一等不高于满分，最低一等写 from: 0。",
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
    - {measure: rectified, points: 100}
  grades:
    - {from: 60, name: 合格}
    - {from: 90, name: 优秀}
    - {from: 0, name: 不合格}
",
        place: "12",
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
    - {measure: rectified, points: 100}
  grades:
    - {from: 90, name: 优秀}
    - {from: 60, name: 合格}
    - {from: 0, name: 不合格}
",
        place: "",
    },
    check: Check::Reader,
};
