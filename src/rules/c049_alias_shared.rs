//! C049: one short name, two units. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C049",
    name: "alias-shared",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "两家单位共用一个简称",
    finds: "一个简称属于两家单位，或者是另一家单位的名称。",
    matters: "台账里写这个简称时分不清是哪一家，只能退回去问。",
    remedy: "删掉一处，或改成能区分的简称。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,老院,医院,,,,13800001001
H02,乙医院,老院,医院,,,,13800001002
",
        place: "C3",
    },
    good: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,老院,医院,,,,13800001001
H02,乙医院,新院,医院,,,,13800001002
",
        place: "",
    },
    check: Check::Reader,
};
