//! C054: nobody has to report. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C054",
    name: "roster-empty",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "单位名册是空的",
    finds: "单位名册里一家单位也没有。",
    matters: "不知道谁该报，就不知道谁没报，报来的台账也都认不出单位。",
    remedy: "每家单位一行，至少写编码和单位名称；可用 qingdan init 生成样例。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
",
        place: "",
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
