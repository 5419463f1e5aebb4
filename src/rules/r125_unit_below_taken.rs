//! R125: a unit that is on no roster, taken under the one that reports for it.

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
    code: "R125",
    name: "unit-below-taken",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "下属单位收在上级单位名下",
    finds: "单位不在名册上，方案写了 accept_below，这一行收在报送它的单位名下，原来的名称记在“下属单位”，也写在部位前面。",
    matters: "未报、整改率按名册上的单位算；下属单位不单独算。",
    remedy: "要单独算的，把这个单位写进名册，并写上级单位。",
    bad: Example {
        text: "\
@收下属单位
单位名称,隐患描述,等级,整改期限
红星路药品检验所,插座松动,一般,2023-07-18
",
        place: "A2",
    },
    good: Example {
        text: "\
@收下属单位
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnitBelow = &fact.kind else { return };
    let message = format!("“{}”不在名册上，作为下属单位收下", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
