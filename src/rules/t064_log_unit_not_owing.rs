//! T064: a row of `submissions.csv` is for something that its unit does not owe. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T064",
    name: "log-unit-not-owing",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "报送登记里有不该它报的单位",
    finds: "submissions.csv 的单位认得出，报送事项也有，但方案没有要求这家单位报这一项。",
    matters: "这一行不会计入；多半是单位或事项写错了行。",
    remedy: "核对单位和报送事项；确应由它报的，改专项定义里这一项的 from。",
    bad: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
乙镇卫生院,应急演练,2023-07-14,现场,
",
        place: "2",
    },
    good: Example {
        text: "\
--- submissions.csv
单位,报送事项,日期,方式,备注
甲医院,应急演练,2023-07-14,现场,
",
        place: "",
    },
    check: Check::Reader,
};
