//! T043: a wide row was taken apart.

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
    code: "T043",
    name: "wide-row-split",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "一行拆成了几条隐患",
    finds: "表格是“隐患一、隐患二……”横着排的，一行按隐患拆成了几条。",
    matters: "每条隐患要单独编号、单独整改。",
    remedy: "核对拆出的条数；以后请一行写一条隐患。",
    bad: Example {
        text: "\
单位名称,隐患一描述,隐患一整改期限,隐患二描述,隐患二整改期限
甲医院,插座松动,2023-07-18,通道堆物,2023-07-20
",
        place: "2",
    },
    good: Example {
        text: "\
单位名称,隐患描述,整改期限
甲医院,插座松动,2023-07-18
甲医院,通道堆物,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::WideRow(count) = &fact.kind else { return };
    let message = format!("这一行拆成了 {count} 条隐患");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
