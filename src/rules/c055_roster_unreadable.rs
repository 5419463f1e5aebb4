//! C055: the roster gives no units at all. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C055",
    name: "roster-unreadable",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "单位名册读不出来，或没有表头",
    finds: "名册不是 CSV 或工作簿，引号没有配对，或者找不到“编码”“单位名称”两列。",
    matters: "认不出单位，任何台账都合并不了。",
    remedy: "表头写成：编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话。",
    bad: Example {
        text: "\
编码,机构,备注
H01,甲医院,
",
        place: "A1",
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
