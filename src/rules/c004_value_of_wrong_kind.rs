//! C004: a value is not of the kind its key asks for. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C004",
    name: "value-of-wrong-kind",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "值的类型不对",
    finds: "该写列表的地方写了文字，该写天数、时刻、选项的地方写了别的。",
    matters: "猜着用会改变方案的意思。",
    remedy: "按提示的写法改。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 进展情况, every: 每月29日前, time: 下午三点半}
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
  - {id: a, name: 进展情况, every: 每月29日前, time: '15:30'}
",
        place: "",
    },
    check: Check::Reader,
};
