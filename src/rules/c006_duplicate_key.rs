//! C006: a key stands twice in one mapping. Raised by the campaign reader; the first stands.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C006",
    name: "duplicate-key",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "同一个键写了两遍",
    finds: "一个对象里同一个键出现两次。",
    matters: "两处内容只能有一处生效，另一处会悄悄丢失。",
    remedy: "两处合成一处；多项内容写成列表。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
overdue: {due_soon: 10d}
overdue: {due_soon: 20d}
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
overdue: {due_soon: 10d}
",
        place: "",
    },
    check: Check::Reader,
};
