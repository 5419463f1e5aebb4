//! R018: anything else in a date cell.

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
    code: "R018",
    name: "date-unreadable-text",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "日期看不懂",
    finds: "日期栏里写的不是日期。",
    matters: "没有日期就算不出逾期。",
    remedy: "请填写完整日期，例如 2023-07-30；说明文字写到“备注”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,找李师傅,待整改
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
    let FactKind::DateUnreadable { reason: UnreadableDate::NotADate, .. } = &fact.kind else { return };
    let message = format!("“{}”不是日期", fact.value);
    let help = format!("请填写完整日期，例如 {}；说明文字写到“备注”。", example_date(context));
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
