//! T027: a column title that maps to nothing.

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
    code: "T027",
    name: "unknown-column",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "不认识的列",
    finds: "有一列的列名不在台账的列里，内容原样保留。",
    matters: "这一列不参加统计，但不会丢。",
    remedy: "不必处理；若它就是台账的某一列，请改用台账的列名，或由主管部门在专项定义的 synonyms 里登记。",
    bad: Example {
        text: "\
隐患描述,整改期限,院内流水,状态
插座松动,2023-07-18,A1,待整改
",
        place: "C1",
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
    if misspelt_field(&fact.title, near).is_some() {
        return;
    }
    let message = format!("不认识列名“{}”，内容原样保留", fact.title);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
