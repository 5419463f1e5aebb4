//! C061: a level demands a field that no ledger has. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C061",
    name: "level-requires-unknown-field",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "等级要求里有不认识的字段",
    finds: "levels 的 requires 里写了台账没有的字段。",
    matters: "写错的字段永远不会被检查，等于没有要求。",
    remedy: "五落实可写 measure、responsible、funds、deadline、plan。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
levels:
  major: {requires: [measure, money]}
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
levels:
  major: {requires: [measure, funds]}
",
        place: "",
    },
    check: Check::Reader,
};
