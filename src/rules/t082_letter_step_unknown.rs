//! T082: a step in `notices.csv` that the ladder does not have. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T082",
    name: "letter-step-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记的步骤不在督办步骤里",
    finds: "notices.csv 的“步骤”空着，或者专项的 escalation 里没有这一步。",
    matters: "不知道这份函算哪一步，同一步的函会再发一次。",
    remedy: "照 escalation 的 step 写；步骤改过名的，在 waive 里写明规则和理由，旧函只作为以前发过的函引用。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,整改通知,2023-07-14,,demo-H01-001
",
        place: "C2",
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
