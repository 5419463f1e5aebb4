//! T081: a row of `notices.csv` that names no unit of the roster. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T081",
    name: "letter-unit-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记的单位不在名册上",
    finds: "notices.csv 的一行没有写单位，或者写的单位不在名册上。",
    matters: "不知道这份函发给了哪家，这家的同一步函会再发一次。",
    remedy: "按名册写单位名称、简称或编码。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,丙医院,提醒敦促函,2023-07-14,,demo-H01-001
",
        place: "B2",
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
