//! T042: a group row became the category of the rows below.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::fold_under;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "T042",
    name: "category-from-group-row",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "类别取自分组行",
    finds: "一整行的小标题（如“一、消防安全”）当作下面各行的类别。",
    matters: "小标题如果不是类别，下面各行的类别就错了。",
    remedy: "核对类别对不对；最好在表里加一列“类别”。",
    bad: Example {
        text: "\
序号,隐患描述,等级,整改期限
一、消防安全,,,
1,插座松动,一般,2023-07-18
",
        place: "2",
    },
    good: Example {
        text: "\
序号,类别,隐患描述,等级,整改期限
1,消防安全,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Sheet(check),
};

fn check(context: &SheetContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut groups = context.sheet.facts.iter().filter_map(|fact| match &fact.kind {
        FactKind::CategoryFromGroup(category) => Some((fact, category)),
        _ => None,
    });
    let Some((first, category)) = groups.next() else { return };
    let mut diagnostic = RULE.of_fact(context, first, format!("下面各行的类别按这个小标题记为“{category}”"));
    let places: Vec<(u32, u32)> = groups.map(|(fact, _)| (fact.row, fact.column)).collect();
    if !places.is_empty() {
        fold_under(&mut diagnostic, places.len() as u32, &places);
    }
    diagnostics.push(diagnostic);
}
