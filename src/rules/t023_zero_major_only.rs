//! T023: "no major hazard" leaves general ones open.

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
    code: "T023",
    name: "zero-major-only",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "只说没有重大隐患",
    finds: "零报告写的是“无重大隐患”，没有说有没有一般隐患。",
    matters: "一般隐患也要登记；不能当成完全没有隐患。",
    remedy: "没有任何隐患的，改成“零报告”或“无隐患”；有一般隐患的，请逐条填写。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限
无重大隐患,,
",
        place: "2",
    },
    good: Example {
        text: "\
隐患描述,等级,整改期限
零报告,,
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ZeroMajorOnly = &fact.kind else { return };
    let message = format!("“{}”只说没有重大隐患，没有说一般隐患", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
