//! T035: a sample row was left in and set aside.

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
    code: "T035",
    name: "sample-row-left",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "示例行还在",
    finds: "模板里的示例行没有删，已经放在一边，没有登记。",
    matters: "不影响结果；真正的隐患如果写在示例行里就会漏掉。",
    remedy: "看一眼这一行：是示例就删掉；是真的隐患，请去掉“例”字。",
    bad: Example {
        text: "\
序号,隐患描述,等级,整改期限
例,某科室插座老化,一般,2023-07-18
1,插座松动,一般,2023-07-18
",
        place: "2",
    },
    good: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::SampleRow = &fact.kind else { return };
    let message = format!("示例行（“{}”）没有登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
