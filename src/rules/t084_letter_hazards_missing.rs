//! T084: a row of `notices.csv` without hazards. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T084",
    name: "letter-hazards-missing",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记没有写是哪几条隐患",
    finds: "notices.csv 的“隐患”空着。",
    matters: "不知道这份函说的是哪几条，这些隐患会再发一次。",
    remedy: "写台账里的隐患编号，几条的用“、”隔开。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,提醒敦促函,2023-07-14,,
",
        place: "F2",
    },
    good: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,提醒敦促函,2023-07-14,,demo-H01-001、demo-H01-002
demo-N002,甲医院,整改通知书,2023-07-21,,demo-H01-001
",
        place: "",
    },
    check: Check::Reader,
};
