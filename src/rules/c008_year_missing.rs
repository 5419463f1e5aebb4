//! C008: a date without a year; it was inferred from the period. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C008",
    name: "year-missing",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "日期没有写年份",
    finds: "方案里的日期只有月日，年份是按起止日期推定的；起止日期内有两个这样的日子时，两个都列出来。",
    matters: "跨年的方案里，“12月30日前”和“2月13日前”不会是同一年；推错一年，逾期就全错。",
    remedy: "写明年份。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 问题清单, due: 8月30日前}
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
  - {id: a, name: 问题清单, due: 2023年8月30日前}
",
        place: "",
    },
    check: Check::Reader,
};
