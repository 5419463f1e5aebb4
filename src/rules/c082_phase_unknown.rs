//! C082: a reporting duty belongs to a phase that the campaign does not have. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C082",
    name: "phase-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "报送要求写的阶段不存在",
    finds: "报送要求的 phase 不是任何一个阶段的代号。",
    matters: "不知道从哪天报到哪天。",
    remedy: "写 phases 里的代号（id）。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: self-check, name: 自查自改, start: 2023-05-20, end: 2023-12-31}
obligations:
  - {id: a, name: 自查情况, every: 每周五17:00前, phase: self-chek}
",
        place: "10",
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
  - {id: self-check, name: 自查自改, start: 2023-05-20, end: 2023-12-31}
obligations:
  - {id: a, name: 自查情况, every: 每周五17:00前, phase: self-check}
",
        place: "",
    },
    check: Check::Reader,
};
