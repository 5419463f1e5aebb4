//! R010: the status was read from another column.

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
    code: "R010",
    name: "status-from-other-column",
    scope: Scope::Record,
    severity: Severity::Note,
    title: "状态取自别的列",
    finds: "没有状态列（或没有填），状态取自“进展情况”“是否整改”“完成日期”等列。",
    matters: "取错了，整改率就不对。",
    remedy: "核对状态；最好加一列“状态”，填：待整改、整改中、已整改。",
    bad: Example {
        text: "\
隐患描述,整改期限,进展情况
插座松动,2023-07-18,已整改
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,整改期限,状态
插座松动,2023-07-18,已整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::StatusFromColumn(title) = &fact.kind else { return };
    let message = if fact.value.is_empty() {
        format!("填了“{title}”，没有填状态，按“已整改”处理")
    } else {
        format!("状态取自“{title}”的“{}”", fact.value)
    };
    diagnostics.push(RULE.of_fact(context, fact, message));
}
