//! T026: a column title that is close to a known one.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::SheetContext;
use crate::rules::titles::misspelt_field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T026",
    name: "column-title-misspelt",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "列名像是写错了",
    finds: "有一列的列名不认识，但和台账的某个列名很像；没有当成那一列读。",
    matters: "猜错列名会把值填到别的字段里，所以只提示，不代改。",
    remedy: "照提示改列名；确实是另外的内容，不必处理。",
    bad: Example {
        text: "\
隐患描述,整该期限,状态
插座松动,2023-07-18,待整改
",
        place: "B1",
    },
    good: Example {
        text: "\
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnknownColumn { near } = &fact.kind else { return };
    let Some(nearest) = misspelt_field(&fact.title, near) else { return };
    let message = format!("不认识列名“{}”，没有当成台账的列读", fact.title);
    let help = format!("若是“{0}”，请把列名改成“{0}”；若是别的内容，不必处理，会原样保留。", nearest.title());
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
