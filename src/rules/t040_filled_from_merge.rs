//! T040: a value was taken from the merged area it lies in.

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
    code: "T040",
    name: "filled-from-merge",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "取自合并单元格",
    finds: "单元格在纵向合并的区域里，已按合并区域的值补上。",
    matters: "合并区域多拉了一行，就会多算一行。",
    remedy: "核对合并的范围对不对；对就不必处理。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
通道堆物,,2023-07-20
@合并 B2:B3
",
        place: "B3",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,整改期限
插座松动,一般,2023-07-18
通道堆物,一般,2023-07-20
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::FilledFromMerge(field) = &fact.kind else { return };
    let message = format!("“{}”取自合并单元格的“{}”", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
