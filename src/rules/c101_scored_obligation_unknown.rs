//! C101: a score is to be given for a report that the campaign does not ask for. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C101",
    name: "scored-obligation-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "评分项目写的报送要求不存在",
    finds: "评分项目的 obligations 里写了方案没有的报送要求代号。",
    matters: "写错的那一项不会被评，该扣的分没有扣。",
    remedy: "写 obligations 里的代号（id）。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: weekly, name: 周统计, every: 每周五, fulfilled_by: ledger}
scoring:
  items:
    - {measure: reported_in_time, points: 100, obligations: [weekli]}
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
obligations:
  - {id: weekly, name: 周统计, every: 每周五, fulfilled_by: ledger}
scoring:
  items:
    - {measure: reported_in_time, points: 100, obligations: [weekly]}
",
        place: "",
    },
    check: Check::Reader,
};
