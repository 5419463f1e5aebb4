//! R149: the description is a date.

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
    code: "R149",
    name: "description-is-date",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "隐患描述是一个日期",
    finds: "“隐患描述”里只有一个日期。",
    matters: "不知道隐患是什么，这一行不能登记；多半是表格软件把“3-2”一类的文字变成了日期。",
    remedy: "把单元格格式设成“文本”，重新填写隐患是什么。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
3月2日,一般,2023-07-03,2023-07-18,待整改
",
        place: "A2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-07-18,待整改
",
        place: "",
    },
    check: Check::Fact(check),
};

fn check(context: &SheetContext<'_>, fact: &Fact, diagnostics: &mut Vec<Diagnostic>) {
    let FactKind::DescriptionIsDate = &fact.kind else { return };
    let message = format!("隐患描述只有日期“{}”，看不出隐患是什么", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
