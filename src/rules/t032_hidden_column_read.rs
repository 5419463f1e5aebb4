//! T032: a hidden column was read.

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
    code: "T032",
    name: "hidden-column-read",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "隐藏的列也读了",
    finds: "有一列是隐藏的，里面的值已经读取。",
    matters: "看不见的值也会进台账。",
    remedy: "取消隐藏看一看；不要的内容请删掉整列。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@隐藏列 C
",
        place: "C1",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::HiddenColumn = &fact.kind else { return };
    let message = format!("“{}”这一列是隐藏的，也读了", fact.title);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
