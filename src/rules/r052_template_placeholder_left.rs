//! R052: a placeholder was left.

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
    code: "R052",
    name: "template-placeholder-left",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "模板里的占位字没有改",
    finds: "单元格里还有“XX”“××”“待填”等占位的字。",
    matters: "等于没有填。",
    remedy: "换成真实的内容。",
    bad: Example {
        text: "\
隐患描述,部位,责任人,整改期限
插座松动,二楼,XXX,2023-07-18
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,部位,责任人,整改期限
插座松动,二楼,张三,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::Placeholder = &fact.kind else { return };
    let message = format!("“{}”是占位的字，不是真实内容", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
