//! T063: a row of `submissions.csv` has no day. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T063",
    name: "log-date-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "报送登记的日期读不出来",
    finds: "submissions.csv 的“日期”空着，或者读不出是哪一天。",
    matters: "不知道算哪一期，也不知道是不是按时。",
    remedy: "写成 2023-07-14 这样的日期。",
    bad: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
甲医院,周统计,上周五,电话,
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
