//! T031: records in hidden rows were read.

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
    code: "T031",
    name: "hidden-row-read",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "隐藏的行也读了",
    finds: "隐藏或被筛选掉的行里有隐患记录，已经读取。",
    matters: "可能是旧的记录没有删，只是隐藏了。",
    remedy: "取消隐藏和筛选看一看；不该报的，删掉整行。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
通道堆物,2023-07-20,待整改
@隐藏行 3
",
        place: "3",
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
    let FactKind::HiddenRow = &fact.kind else { return };
    let message = "这一行是隐藏的（或被筛选掉了），也读了".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
