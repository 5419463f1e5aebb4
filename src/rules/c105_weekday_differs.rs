//! C105: the weekday beside a date does not fit it. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C105",
    name: "weekday-differs",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "星期和日期对不上",
    finds: "方案里日期旁边写的星期，和日历上那一天的星期不一样。",
    matters: "日期和星期总有一个写错了，按哪一个催报，差好几天。",
    remedy: "对照日历核对方案原文，改成一致；现在按日期算。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 自查阶段, end: 2023年6月30日（星期四）前}
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
  - {id: a, name: 自查阶段, end: 2023年6月30日（星期五）前}
",
        place: "",
    },
    check: Check::Reader,
};
