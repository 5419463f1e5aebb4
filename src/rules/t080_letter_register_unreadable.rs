//! T080: `notices.csv` cannot be used at all. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T080",
    name: "letter-register-unreadable",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记读不出来，或缺少必要的列",
    finds: "notices.csv 打不开，或者没有“单位”“步骤”“日期”“隐患”四列。",
    matters: "不知道以前发过什么函，再发就会重复，所以 qingdan notice 先停下来。",
    remedy: "表头写成：编号,单位,步骤,日期,文号,隐患；自己加的列放在后面，不受影响。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,日期
demo-N001,甲医院,2023-07-14
",
        place: "1",
    },
    good: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,提醒敦促函,2023-07-14,,demo-H01-001、demo-H01-002
demo-N002,甲医院,整改通知书,2023-07-21,,demo-H01-001
",
        place: "",
    },
    check: Check::Reader,
};
