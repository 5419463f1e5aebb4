//! C086: characters in the roster that cannot be seen. Raised by the roster reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C086",
    name: "roster-cell-cleaned",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "名册里有看不见的字符",
    finds: "单位名册的格里有看不见的字符，或文字超过一格能放的 32767 字；看不见的已经去掉，过长的已经截短。",
    matters: "带着它，名册里的名称和表里的对不上，台账每次合并都会不一样。",
    remedy: "不必处理；想改干净的，重新填写这些格。",
    bad: Example {
        text: "\
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲\u{200b}医院,,医院,,,,13800001001
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
