//! T041: a blank unit was taken from the row above without a merge.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T041",
    name: "unit-filled-down",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "单位取自上一行",
    finds: "这一行没有写单位（也没有合并单元格），按上一行的单位登记。",
    matters: "如果中间漏写了另一家单位，后面的行都会算错。",
    remedy: "核对单位对不对；最好每一行都写上单位。",
    bad: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
,通道堆物,一般,2023-07-20
",
        place: "A3",
    },
    good: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
甲医院,通道堆物,一般,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FilledDown(field) = &fact.kind else { return };
    let message = format!("没有写“{}”，取自上一行的“{}”", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
