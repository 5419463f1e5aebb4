//! T030: records on a hidden sheet were read.

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
    code: "T030",
    name: "hidden-sheet-read",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "隐藏的工作表也读了",
    finds: "工作表是隐藏的，里面有隐患记录，已经读取。",
    matters: "可能是上个月的旧表忘了删。",
    remedy: "取消隐藏看一看；是旧表的，删掉后重新报送。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@隐藏工作表
",
        place: "",
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
    let FactKind::HiddenSheet = &fact.kind else { return };
    let message = "这张工作表是隐藏的，里面的隐患也读了".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
