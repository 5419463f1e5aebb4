//! T021: a header with nothing under it: zero, or forgotten?

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
    code: "T021",
    name: "header-only",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "只有表头，没有内容",
    finds: "表头下面没有隐患，也没有写“零报告”。",
    matters: "看不出是没有隐患，还是忘了填。",
    remedy: "没有隐患的，在“隐患描述”下面写“零报告”；有隐患的，请逐条填写。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限
",
        place: "1",
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
    let FactKind::HeaderOnly = &fact.kind else { return };
    // A table that cannot hold a description is asked for that first.
    if context.sheet.facts.iter().any(|other| matches!(other.kind, FactKind::MissingColumn(_))) {
        return;
    }
    if context.sheet.facts.iter().any(|other| matches!(other.kind, FactKind::TemplateRow)) {
        return;
    }
    let message = "只有表头：是没有隐患，还是忘了填？".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
