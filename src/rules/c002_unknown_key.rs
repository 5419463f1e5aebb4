//! C002: a key that the key tables do not know. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C002",
    name: "unknown-key",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "不认识的键",
    finds: "方案文件里出现了没有定义的键，多半是拼错了。",
    matters: "拼错的键如果被忽略，写在里面的要求就悄悄丢了。",
    remedy: "按提示改成正确的键名；自己的备注写成以 # 开头的注释。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phase:
  - {id: a, name: 自查阶段}
",
        place: "7",
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
  - {id: a, name: 自查阶段}
",
        place: "",
    },
    check: Check::Reader,
};
