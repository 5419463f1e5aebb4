//! C053: units that cannot be called. Raised by the roster reader, folded into one.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C053",
    name: "unit-without-phone",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "单位没有联系电话",
    finds: "单位名册里有单位没有联系电话；只提示一次，注明家数。",
    matters: "催报和下发通知时要用。",
    remedy: "补上联系电话。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,
",
        place: "H2",
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
