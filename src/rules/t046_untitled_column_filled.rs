//! T046: a value in a column that has no title.

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
    code: "T046",
    name: "untitled-column-filled",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "没有列名的列里有内容",
    finds: "表头上没有列名的列里填了字，原样保留，不参加统计。",
    matters: "可能是值错了位，也可能是忘了写列名。",
    remedy: "给这一列写上列名；填错位的，把内容挪到对的列。",
    bad: Example {
        text: "\
隐患描述,整改期限,状态,
插座松动,2023-07-18,待整改,配件已到
通道堆物,2023-07-20,待整改,
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,整改期限,状态,备注
插座松动,2023-07-18,待整改,配件已到
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UntitledColumn = &fact.kind else { return };
    let message = format!("这一列没有列名，“{}”原样保留", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
