//! T122: checklist not filled.

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
    code: "T122",
    name: "checklist-not-filled",
    scope: Scope::Table,
    severity: Severity::Warning,
    title: "检查表没有填",
    finds: "表里印着检查项目，这些项目没有填检查结果，也没有写隐患。",
    matters: "没有填的不等于合格，也不等于没有隐患。",
    remedy: "每一项都填检查结果：合格、不合格或不适用；不合格的写出问题。",
    bad: Example {
        text: "\
序号,检查项目,检查内容,检查结果,存在问题
1,消防,灭火器在有效期内,,
2,消防,通道畅通,,
",
        place: "2",
    },
    good: Example {
        text: "\
序号,检查项目,检查内容,检查结果,存在问题
1,消防,灭火器在有效期内,合格,
2,消防,通道畅通,符合,
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::ChecklistUnfilled = &fact.kind else { return };
    let message = "检查项目没有填结果，既没有当成合格，也没有当成隐患".to_owned();
    diagnostics.push(RULE.of_fact(context, fact, message));
}
