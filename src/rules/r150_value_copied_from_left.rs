//! R150: 同左 was resolved from the cell to the left.

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
    code: "R150",
    name: "value-copied-from-left",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "“同左”取了左边一格的值",
    finds: "写的是“同左”，已换成左边一格的值。",
    matters: "中间插了列，“同左”就指错了。",
    remedy: "核对取的值；最好每格写全。",
    bad: Example {
        text: "\
隐患描述,等级,责任领导,责任人,整改期限
插座松动,一般,张三,同左,2023-07-18
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,责任领导,责任人,整改期限
插座松动,一般,张三,张三,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FromLeft(field) = &fact.kind else { return };
    let message = format!("“{}”照左边一格，取“{}”", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
