//! C013: the campaign ends before it starts. Raised by the campaign reader, which gives no campaign then.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C013",
    name: "period-reversed",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "起止日期颠倒",
    finds: "方案的结束日期在开始日期之前。",
    matters: "没有有效的起止日期，年份无从推定，统计无从谈起。",
    remedy: "核对年份；跨年的方案结束年份要加一。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-12-09, end: 2023-03-08}
units: units.csv
",
        place: "4",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-12-09, end: 2024-03-08}
units: units.csv
",
        place: "",
    },
    check: Check::Reader,
};
