//! C052: a row without a name. Raised by the roster reader; the row is left out.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C052",
    name: "unit-without-name",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "单位没有名称",
    finds: "单位名册里有一行没有单位名称。",
    matters: "没有名称就认不出谁报来的台账；如果是合计、说明行，不该留在名册里。",
    remedy: "写上单位名称；不是单位的行请删掉。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,,,医院,,,,13800001001
H02,乙医院,,医院,,,,13800001002
",
        place: "B2",
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
