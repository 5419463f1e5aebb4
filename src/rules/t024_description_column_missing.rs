//! T024: no column of the table is the description.

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
    code: "T024",
    name: "description-column-missing",
    scope: Scope::Table,
    severity: Severity::Error,
    title: "没有“隐患描述”列",
    finds: "表头里没有一列是隐患描述，各行都不能登记。",
    matters: "不知道隐患是什么，就无法登记和核对。",
    remedy: "把写隐患内容的那一列的列名改成“隐患描述”；没有这一列的，请加上。",
    bad: Example {
        text: "\
部位,等级,整改期限,责任人
甲楼,一般,2023-07-18,张三
",
        place: "1",
    },
    good: Example {
        text: "\
部位,隐患描述,等级,整改期限,责任人
甲楼,插座松动,一般,2023-07-18,张三
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::MissingColumn(field) = &fact.kind else { return };
    let message = format!("表头里没有“{}”这一列，各行都不能登记", field.title());
    diagnostics.push(RULE.of_fact(context, fact, message));
}
