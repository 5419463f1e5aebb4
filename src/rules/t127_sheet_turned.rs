//! T127: a sheet turned by ninety degrees was read column by column.

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
    code: "T127",
    name: "sheet-turned",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "表是横着填的",
    finds: "列名写在一列里，隐患一条一列；每一列读成了一条隐患。",
    matters: "行列转置的表，批注和出处只能指到描述那一行。",
    remedy: "核对条数；下次最好按模板一行写一条。",
    bad: Example {
        text: "\
隐患描述,插座松动,通道堆物
等级,一般,一般
发现日期,2023-07-03,2023-07-04
整改期限,2023-07-18,2023-07-19
状态,整改中,整改中
",
        place: "",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,整改中
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::TransposedSheet(count) = &fact.kind else { return };
    let message = format!("这张表横着填，一列一条，读成了 {count} 条隐患");
    diagnostics.push(RULE.of_fact(context, fact, message));
}
