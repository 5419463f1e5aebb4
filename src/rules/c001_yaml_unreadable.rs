//! C001: the campaign file is no YAML. Raised by the campaign reader, which also words it.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C001",
    name: "yaml-unreadable",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "方案文件读不出来",
    finds: "文件不是合法的 YAML：全角冒号、Tab 缩进、引号或括号没有配对、编码不认识、内容过大。",
    matters: "读不出来就什么也做不了；这类错误一次只能报一处。",
    remedy: "按提示改那一行；键名后用半角冒号加一个空格，缩进用半角空格。",
    bad: Example {
        text: "\
campaign: demo
title：示例专项整治
issuer: 某县卫生健康委员会
",
        place: "2",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
",
        place: "",
    },
    check: Check::Reader,
};
