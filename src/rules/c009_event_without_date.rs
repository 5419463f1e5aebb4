//! C009: a due day is tied to an event whose date is not known. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C009",
    name: "event-without-date",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "以某件事为期限，却没有日期",
    finds: "期限写成“春节前”“两会结束”一类的事件，日历上没有它的日期。",
    matters: "没有日期就无法催报，也无法判断逾期。",
    remedy: "写上具体日期，原话放在注释里。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 安全检查情况, due: 春节前}
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
  - {id: a, name: 安全检查情况, due: 2023-12-29}  # 元旦前
",
        place: "",
    },
    check: Check::Reader,
};
