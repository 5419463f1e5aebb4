//! R148: a date in a column of words: 3-2 that a program took for the second of March.

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
    code: "R148",
    name: "date-in-words",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "文字列里是日期",
    finds: "部位、责任人一类的文字列里是一个日期。",
    matters: "多半是把“3-2”一类的编号填进单元格时，表格软件自动变成了日期；原来写的是什么已经看不出来。",
    remedy: "把单元格格式设成“文本”，再重新填写原来的内容。",
    bad: Example {
        text: "\
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,3月2日,2023-07-03,2023-07-18,待整改
",
        place: "C2",
    },
    good: Example {
        text: "\
隐患描述,等级,部位,发现日期,整改期限,状态
插座松动,一般,3-2,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::DateInWords = &fact.kind else { return };
    let message = format!("“{}”里是日期“{}”，原来填的是不是“3-2”这样的内容？", fact.title, fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
