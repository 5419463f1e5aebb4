//! C106: names in a list that are parted by Chinese commas. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C106",
    name: "chinese-comma-in-list",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "列表里用了中文逗号或顿号",
    finds: "部门、单位、别名的列表里，一项之中有“，”或“、”，如 [食安办，消防办]。",
    matters: "YAML 只认半角逗号，[食安办，消防办] 是一个名字很长的部门，谁也不会发现。",
    remedy: "各项之间改成半角逗号加一个空格，如 [食安办, 消防办]。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健办, supporting: [食安办，消防办], due: 2023-12-31}
",
        place: "8",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健办, supporting: [食安办, 消防办], due: 2023-12-31}
",
        place: "",
    },
    check: Check::Reader,
};
