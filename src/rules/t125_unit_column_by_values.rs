//! T125: the unit column was told by its values.

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
    code: "T125",
    name: "unit-column-by-values",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "单位列是看内容认的",
    finds: "没有一列的列名是单位，有一列的内容多半是名册上的单位，就当作单位名称读了。",
    matters: "列名没有说明这一列是单位；认错了，隐患会记到别家名下。",
    remedy: "核对是不是隐患所在的单位；是的，把列名改成“单位名称”；不是的，加一列“单位名称”。",
    bad: Example {
        text: "\
卫生机构代表,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
",
        place: "A1",
    },
    good: Example {
        text: "\
单位名称,隐患描述,等级,整改期限
甲医院,插座松动,一般,2023-07-18
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::UnitByValues = &fact.kind else { return };
    let message = format!("列名“{}”没有说是单位；这一列的内容是名册上的单位，当作单位名称读了", fact.title);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
