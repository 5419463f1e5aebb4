//! R016: a duration that counts from a day which is not known.

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
    code: "R016",
    name: "date-without-anchor",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "不知道从哪天算起",
    finds: "写的是“3天内”“一周内”一类的期限，但没有发现日期可以起算。",
    matters: "算不出期限是哪一天。",
    remedy: "填写发现日期，或直接写出期限的日期，例如 2023-07-30。",
    bad: Example {
        text: "\
隐患描述,等级,整改期限,状态
插座松动,一般,3天内,待整改
",
        place: "C2",
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
    let FactKind::DateUnreadable { reason: UnreadableDate::NeedsAnchor, .. } = &fact.kind else { return };
    let message = format!("“{}”不知道从哪天算起", fact.value);
    let help = format!("请填写发现日期，或把期限写成日期，例如 {}。", example_date(context));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
