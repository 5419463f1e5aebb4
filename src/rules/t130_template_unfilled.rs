//! T130: placeholders of an export template that was never filled.

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
    code: "T130",
    name: "template-unfilled",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "模板里的占位符没有填",
    finds: "行里是导出模板的占位符（{.x}、${x}、&=[T].x 之类），不是内容，没有登记。",
    matters: "多半是系统导出失败，或者误发了空模板；那里本来要写什么看不出来。",
    remedy: "重新导出后再报；确实没有隐患的，写“零报告”。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限
${desc},${level},${due}
",
        place: "2",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::TemplateRow = &fact.kind else { return };
    let message = format!("“{}”是模板里的占位符，这一行没有登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
