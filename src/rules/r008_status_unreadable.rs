//! R008: a status word that is not known.

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
    code: "R008",
    name: "status-unreadable",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "整改状态看不懂",
    finds: "状态栏写的词不认识，没有当成任何一种状态。",
    matters: "认不出状态的登记为“状态不明”：不催办，也不算整改好，清单和统计里单独数。",
    remedy: "状态只填：待整改、整改中、已整改、已销号、撤销；具体进展写到“进展情况”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,看情况
",
        place: "E2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::StatusUnreadable = &fact.kind else { return };
    let message = format!("不认识状态“{}”", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
