//! R017: a number that is no plausible date.

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
    code: "R017",
    name: "date-out-of-range",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "数字不像日期",
    finds: "日期栏里是一个数字，但对不上任何合理的日子。",
    matters: "多半是别的列的数字填错了格。",
    remedy: "请填写完整日期，例如 2023-07-30。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,99999999,待整改
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
    let FactKind::DateUnreadable { reason: UnreadableDate::OutOfRange, .. } = &fact.kind else { return };
    let message = format!("“{}”不像日期", fact.value);
    let help = format!("请填写完整日期，例如 {}。", example_date(context));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
