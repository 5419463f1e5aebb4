//! C051: a code that would break the 编号. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C051",
    name: "unit-code-malformed",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "单位编码里有空格、连字符或标点",
    finds: "单位编码含有字母、数字、汉字以外的字符，或超过 20 个字。",
    matters: "编号以“-”分段，编码里再有“-”就拆不开；空格容易抄丢。",
    remedy: "编码只用字母和数字，如 H01。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H-01,甲医院,,医院,,,,13800001001
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
