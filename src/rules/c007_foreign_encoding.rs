//! C007: a hand-written file is in another encoding than UTF-8. Raised by the readers.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C007",
    name: "foreign-encoding",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "文件不是 UTF-8 编码",
    finds: "方案或单位名册是 GBK（GB18030）或 UTF-16 编码，已自动转换。",
    matters: "能读，但别的软件未必能读；转换后请看一眼名称有没有乱码。",
    remedy: "不必处理；若要一劳永逸，用记事本另存为 UTF-8。",
    bad: Example {
        text: "\
# 以 GB18030 保存
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
",
        place: "",
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
