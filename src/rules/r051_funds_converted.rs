//! R051: an amount was converted to 10,000 yuan.

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
    code: "R051",
    name: "funds-converted",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "资金已换算成万元",
    finds: "资金带有单位或“约”“左右”等字，已换算成万元。",
    matters: "换算错了合计就不对。",
    remedy: "核对换算的金额；最好直接写以万元为单位的数字。",
    bad: Example {
        text: "\
隐患描述,整改资金,整改期限
插座松动,5000元,2023-07-18
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,整改资金,整改期限
插座松动,0.5,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FundsConverted(amount) = &fact.kind else { return };
    let message = format!("“{}”按 {} 万元登记", fact.value, (amount * 1e6).round() / 1e6);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
