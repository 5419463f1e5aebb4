//! C111: a column that is said to be a part of one that is not there. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C111",
    name: "form-column-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "统计表的列没有定义",
    finds: "part_of 写的代号不是这张表的另一列。",
    matters: "不知道与哪一列比，就核对不了。",
    remedy: "写同一张表里另一列的代号。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
forms:
  - {id: a, title: 自查情况统计表, columns: [{key: found, title: 发现隐患}, {key: done, title: 已整改, part_of: fount}]}
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
forms:
  - {id: a, title: 自查情况统计表, columns: [{key: found, title: 发现隐患}, {key: done, title: 已整改, part_of: found}]}
",
        place: "",
    },
    check: Check::Reader,
};
