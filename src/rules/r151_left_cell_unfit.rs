//! R151: 同左, but the cell to the left is of another kind.

use crate::dates::UnreadableDate;
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
    code: "R151",
    name: "left-cell-unfit",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "“同左”指的不是同一类内容",
    finds: "写的是“同左”，左边一格却不是同一类内容，或者是空的。",
    matters: "人名不是电话，部位不是日期，所以没有取。",
    remedy: "直接填写这一格的内容。",
    bad: Example {
        text: "\
隐患描述,等级,责任人,联系电话,整改期限
插座松动,一般,张三,同左,2023-07-18
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,责任人,联系电话,整改期限
插座松动,一般,张三,13800001001,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let (FactKind::LeftUnfit(field) | FactKind::DateUnreadable { reason: UnreadableDate::LeftUnfit, field, .. }) = &fact.kind else {
        return;
    };
    let message = format!("“{}”写的是“{}”，左边一格没有能照抄的内容", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
