//! C102: the same thing is marked by two items. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C102",
    name: "measure-scored-twice",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "同一件事评了两遍",
    finds: "两个评分项目用了同一个 measure；按时报送的，是同一项报送要求出现在两个项目里。",
    matters: "同一件事得两次分、扣两次分，比重不是看上去的那样。",
    remedy: "两项合成一项；报送要分开评的，各写各的 obligations，不要重复。",
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
    - {measure: rectified_in_time, points: 40}
",
        place: "10",
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
    - {measure: rectified, points: 40}
",
        place: "",
    },
    check: Check::Reader,
};
