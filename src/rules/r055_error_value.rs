//! R055: an error value in a cell that counts.

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
    code: "R055",
    name: "error-value",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "单元格是错误值",
    finds: "单元格显示 #REF!、#N/A 一类的错误值，或者只留下公式的文字（例如嵌入图片留下的 =DISPIMG）。",
    matters: "公式引用的内容丢了，读不出值。",
    remedy: "删掉公式，直接填写内容。",
    bad: Example {
        text: "\
--- 甲医院-20230721.xlsx
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
@错误值 D2 #REF!
",
        place: "D2",
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
    let FactKind::ErrorValue(field) = &fact.kind else { return };
    let what = match fact.value.starts_with('=') {
        true if fact.value.contains("DISPIMG") => "是嵌入单元格的图片",
        true => "只有公式的文字",
        false => "是错误值",
    };
    let message = format!("“{}”{what} {}，读不出内容", field.title(), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
