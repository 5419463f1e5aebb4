//! C048: one unit, two codes. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C048",
    name: "unit-listed-twice",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "一家单位有两个编码",
    finds: "单位名册里同一个单位名称出现两次（忽略空格、全角半角和“（盖章）”）。",
    matters: "同一家单位会被催报两次，隐患分到两个编码下。",
    remedy: "只留一行；若是同名的两家单位，在名称里写明乡镇。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,13800001001
H02,甲 医院,,医院,,,,13800001002
",
        place: "B3",
    },
    good: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,13800001001
H02,乙医院,,医院,,,,13800001002
",
        place: "",
    },
    check: Check::Reader,
};
