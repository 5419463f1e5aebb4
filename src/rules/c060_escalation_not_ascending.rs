//! C060: two escalation steps in the wrong order. Raised by the campaign reader, which sorts them.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C060",
    name: "escalation-not-ascending",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "督促步骤没有由轻到重",
    finds: "escalation 里后一步的天数不大于前一步。",
    matters: "两步同时到期，或后一步先到，发哪份文书就说不清了。",
    remedy: "由轻到重排列，后一步的天数要大于前一步。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
escalation:
  - {after: 7d, step: 提醒敦促函}
  - {after: 7d, step: 整改通知书}
",
        place: "9",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
escalation:
  - {after: 1d, step: 提醒敦促函}
  - {after: 7d, step: 整改通知书}
",
        place: "",
    },
    check: Check::Reader,
};
