//! R013: a date that the calendar does not have.

use crate::dates::UnreadableDate;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::Fact;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::example_date;
use crate::rules::rule::SheetContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R013",
    name: "date-impossible",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "没有这一天",
    finds: "写的是日期，但日历上没有这一天，例如 6月31日、13月。",
    matters: "不知道实际是哪一天，不能代改。",
    remedy: "请填写日历上有的日期，例如 2023-06-30。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-06-03,2023-06-31,待整改
",
        place: "D2",
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
    let FactKind::DateUnreadable { reason: UnreadableDate::Impossible, .. } = &fact.kind else { return };
    let message = format!("日历上没有“{}”这一天", fact.value);
    let help = format!("请核对月份和日数，填写完整日期，例如 {}。", example_date(context));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
