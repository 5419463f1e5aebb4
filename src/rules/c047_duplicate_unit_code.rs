//! C047: one code, two units. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C047",
    name: "duplicate-unit-code",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "两家单位用了同一个编码",
    finds: "单位名册里同一个编码出现两次（不分大小写）。",
    matters: "编码是每条隐患编号的一段，重了就分不清是谁的隐患。",
    remedy: "给后一家换一个编码；已经发出的编号不要改。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,13800001001
H01,乙医院,,医院,,,,13800001002
",
        place: "A3",
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
