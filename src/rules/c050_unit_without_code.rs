//! C050: a unit without a code. Raised by the roster reader; the row is left out.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C050",
    name: "unit-without-code",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "单位没有编码",
    finds: "单位名册里有一行写了名称，没有编码。",
    matters: "没有编码，这家单位的隐患就无从编号。",
    remedy: "给它一个不与别家重复、今后不变的编码，如 H01。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
,甲医院,,医院,,,,13800001001
",
        place: "A2",
    },
    good: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,13800001001
",
        place: "",
    },
    check: Check::Reader,
};
