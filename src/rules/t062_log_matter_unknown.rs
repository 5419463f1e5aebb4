//! T062: a row of `submissions.csv` is for nothing that is owed. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T062",
    name: "log-matter-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "报送登记里有方案没有的报送事项",
    finds: "submissions.csv 的“报送事项”空着，或者不是方案里报送要求的名称、代号或 fulfilled_by。",
    matters: "这一行不知道算哪一项报送。",
    remedy: "写专项定义里报送要求（obligations）的名称或代号。",
    bad: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
甲医院,周统记,2023-07-14,电话,
",
        place: "2",
    },
    good: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
甲医院,周统计,2023-07-14,电话,本周两条
",
        place: "",
    },
    check: Check::Reader,
};
