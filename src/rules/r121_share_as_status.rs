//! R121: share as status.

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
    code: "R121",
    name: "share-as-status",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "状态写成了百分比",
    finds: "状态栏写的是完成的百分比，不是状态。",
    matters: "百分比说明做了多少，说不清有没有整改完；不到100%的按整改中算。",
    remedy: "状态写待整改、整改中或已整改，百分比写到“进展情况”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,整改措施,责任人
插座松动,一般,2023-07-03,2023-07-18,90%,更换,张三
",
        place: "E2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态,进展情况,整改措施,责任人
插座松动,一般,2023-07-03,2023-07-18,整改中,90%,更换,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::StatusFromShare(status) = &fact.kind else { return };
    let message = format!("状态写的是“{}”，按“{}”登记，原话留在“进展情况”", fact.value, status.label());
    diagnostics.push(RULE.of_fact(context, fact, message));
}
