//! R054: struck-through text; what it means is not known.

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
    code: "R054",
    name: "struck-through",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "文字上有删除线",
    finds: "单元格的文字（或其中一部分）加了删除线；删除线读不出来，照样登记。",
    matters: "可能是想表示已经改好或作废。",
    remedy: "改好的把状态改成“已整改”，作废的改成“撤销”并写明原因，然后去掉删除线。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
@删除线 A2
",
        place: "A2",
    },
    good: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::StruckThrough = &fact.kind else { return };
    let message = format!("“{}”加了删除线，意思读不出来", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
