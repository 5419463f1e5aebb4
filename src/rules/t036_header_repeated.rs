//! T036: the header was repeated inside the table.

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
    code: "T036",
    name: "header-repeated",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "表头重复出现",
    finds: "表的中间又出现了一遍表头（多半是为了打印），已经跳过。",
    matters: "不影响结果。",
    remedy: "不必处理；要打印每页表头，请用“打印标题”功能。",
    bad: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
序号,隐患描述,等级,整改期限
2,通道堆物,一般,2023-07-20
",
        place: "3",
    },
    good: Example {
        text: "\
序号,隐患描述,等级,整改期限
1,插座松动,一般,2023-07-18
2,通道堆物,一般,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::RepeatedHeader = &fact.kind else { return };
    let message = "表中间的重复表头已跳过".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
