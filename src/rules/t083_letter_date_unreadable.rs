//! T083: the day in a row of `notices.csv` cannot be read. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T083",
    name: "letter-date-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记的日期读不出来",
    finds: "notices.csv 的“日期”空着，或者读不出是哪一天。",
    matters: "不知道函是延期以前还是以后发的，说不出该不该再发。",
    remedy: "写成 2023-07-14 这样的日期。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,提醒敦促函,上周五,,demo-H01-001
",
        place: "D2",
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
