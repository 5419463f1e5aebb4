//! R015: "same as above" with nothing above.

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
    code: "R015",
    name: "ditto-without-above",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "“同上”的上面没有日期",
    finds: "日期写的是“同上”，但上一行没有可用的日期。",
    matters: "不知道是哪一天。",
    remedy: "请填写完整日期，例如 2023-07-30。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,同上,待整改
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
    let FactKind::DateUnreadable { reason: UnreadableDate::DittoWithoutAbove, .. } = &fact.kind else { return };
    let message = format!("写了“{}”，上一行却没有日期", fact.value);
    let help = format!("请填写完整日期，例如 {}。", example_date(context));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
