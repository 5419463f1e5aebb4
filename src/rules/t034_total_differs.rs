//! T034: a typed total that differs from what was counted.

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
    code: "T034",
    name: "total-differs",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "合计和实际条数不符",
    finds: "手填的“合计”“小计”和它上面的记录条数不一样。",
    matters: "可能漏了行，也可能忘了改合计。",
    remedy: "数一数上面的记录，补上漏掉的，或改正合计。",
    bad: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
2,通道堆物,一般,2023-07-20
合计,3,,
",
        place: "B4",
    },
    good: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
2,通道堆物,一般,2023-07-20
合计,2,,
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::TotalDiffers { stated, counted } = &fact.kind else { return };
    let message = format!("合计写的是 {stated}，上面实际有 {counted} 条");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
