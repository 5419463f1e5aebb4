//! R050: the funds cell holds no amount.

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
    code: "R050",
    name: "funds-unreadable",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "资金看不懂",
    finds: "整改资金写的不是金额，或者看不出单位是元还是万元。",
    matters: "算不出资金合计。",
    remedy: "写成以万元为单位的数字，例如 0.5；不需要资金的写“无需资金”。",
    bad: Example {
        text: "\
隐患描述,整改资金,整改期限
插座松动,5000,2023-07-18
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,整改资金,整改期限
插座松动,0.5万元,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FundsUnreadable = &fact.kind else { return };
    let message = format!("资金“{}”看不出是多少万元", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
