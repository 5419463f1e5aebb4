//! C110: a form or a column of a form whose id is taken. Raised by the campaign reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C110",
    name: "form-key-used-twice",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "统计表或列的代号重复",
    finds: "两张统计表用了同一个代号，或者一张表里两列用了同一个代号。",
    matters: "报送要求和 JSON 按代号找表、找列，重了就串。",
    remedy: "改掉一个代号。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
forms:
  - {id: a, title: 自查情况统计表, columns: [{key: found, title: 发现隐患}, {key: found, title: 已整改}]}
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
