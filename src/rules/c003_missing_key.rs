//! C003: a mandatory key is not there. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C003",
    name: "missing-key",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "缺少必填的键",
    finds: "方案、阶段、报送要求等缺少必填的内容。",
    matters: "没有代号、名称或起止日期，后面的编号、统计和清单都无从做起。",
    remedy: "补上提示的键。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a}
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
  - {id: a, name: 自查阶段}
",
        place: "",
    },
    check: Check::Reader,
};
