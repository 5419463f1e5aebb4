//! T037: a comment in a cell of a record.

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
    code: "T037",
    name: "comment-carries-text",
    scope: Scope::Table,
    severity: Severity::Note,
    title: "批注里有内容",
    finds: "单元格的批注里写了字；批注不进台账。",
    matters: "真正的进展有时写在批注里，别人看不到。",
    remedy: "批注里是进展的，请抄到“进展情况”或“备注”里。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,整改期限,状态
插座松动,2023-07-18,待整改
@批注 A2 配件已到货
",
        place: "A2",
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
    let FactKind::Comment(text) = &fact.kind else { return };
    let message = format!("批注里写着“{}”，批注不进台账", shortened(text));
    diagnostics.push(RULE.of_fact(context, fact, message));
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= 60 { line } else { format!("{}…", line.chars().take(60).collect::<String>()) }
}
