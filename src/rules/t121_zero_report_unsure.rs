//! T121: zero report unsure.

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
    code: "T121",
    name: "zero-report-unsure",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "像是零报告又不能确定",
    finds: "一行里只有一句话，像是说没有发现隐患，又不是通常的说法；没有部位、日期和责任人。",
    matters: "当成隐患登记，会催办一条不存在的隐患；当成零报告，可能漏掉一条真的。",
    remedy: "没有隐患的，写“零报告”或“未发现隐患”；有隐患的，写清楚部位、问题和整改期限。",
    bad: Example {
        text: "\
隐患部位,隐患描述,整改期限
,未发现一般隐患,
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患部位,隐患描述,整改期限
,经自查，未发现消防安全隐患,
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::PerhapsZero = &fact.kind else { return };
    let message = format!("“{}”像是零报告，又不能确定，没有登记", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
