//! T060: `submissions.csv` cannot be used at all. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T060",
    name: "log-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "报送登记读不出来，或缺少必要的列",
    finds: "submissions.csv 打不开，或者没有“单位”“报送事项”“日期”三列。",
    matters: "登记的电话、纸质报送都不会计入，报过的单位会被当成没有报。",
    remedy: "表头写成：单位,报送事项,日期,方式,备注。",
    bad: Example {
        text: "\
--- submissions.csv
单位,日期
甲医院,2023-07-14
",
        place: "1",
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
