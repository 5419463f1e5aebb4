//! T061: a row of `submissions.csv` is nobody's. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T061",
    name: "log-unit-unknown",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "报送登记里有认不出的单位",
    finds: "submissions.csv 的一行没有写单位，或者写的单位不在名册上，也不是方案里的部门。",
    matters: "这一行不知道算谁的，报了的单位会被当成没有报。",
    remedy: "按名册写单位名称、简称或编码；不需要的行请删掉。",
    bad: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
丙医院,周统计,2023-07-14,电话,
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
