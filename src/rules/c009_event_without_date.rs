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
    severity: Severity::Warning,
    title: "以某件事为期限，还不知道是哪一天",
    finds: "期限写成“春节前”“两会闭幕后2日内”“收到通知后5个工作日内”，那件事的日期 events 里没有。",
    matters: "不知道日期就无法催报，也无法判断逾期；各处显示为“待定”，其他命令照常运行。",
    remedy: "知道日期后写进 events，如 events: {两会闭幕: 2024-03-11}，截止日就自动算出来。",
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
events: {元旦: 2024-01-01}
obligations:
  - {id: a, name: 安全检查情况, due: 元旦前}
",
        place: "",
    },
    check: Check::Reader,
};
