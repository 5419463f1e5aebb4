//! C056: a phone number that a spreadsheet has ruined. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C056",
    name: "unit-phone-damaged",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "联系电话不完整",
    finds: "联系电话成了 1.38E+10 一类的科学计数，或位数不对。",
    matters: "多半是表格软件改坏的，照着打不通。",
    remedy: "把单元格设为文本，重新填写号码。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,,,1.38E+10
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
