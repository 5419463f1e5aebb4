//! T085: one 编号 for two letters in `notices.csv`. Raised by its reader.

use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T085",
    name: "letter-number-twice",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "发函登记的编号重复",
    finds: "notices.csv 有两行的“编号”相同。",
    matters: "两份函分不清，后面的函引用时会引错。",
    remedy: "同一份函登记了两遍的，删去一行；是另一份函的，编号清空或改成没有用过的。",
    bad: Example {
        text: "\
--- notices.csv
编号,单位,步骤,日期,文号,隐患
demo-N001,甲医院,提醒敦促函,2023-07-14,,demo-H01-001
demo-N001,甲医院,整改通知书,2023-07-21,,demo-H01-001
",
        place: "A3",
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
