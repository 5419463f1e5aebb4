//! R014: a status word stands in a date column.

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
    code: "R014",
    name: "status-word-in-date",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "日期栏里写的是状态",
    finds: "日期栏里写了“已完成”“√”一类的话。",
    matters: "日期是算逾期的依据，状态要写在状态列。",
    remedy: "日期栏填日期；“已完成”一类的话写到“状态”列。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,已完成,
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
    let FactKind::DateUnreadable { field, reason: UnreadableDate::StatusWord, .. } = &fact.kind else { return };
    let message = format!("“{}”是状态，不是{}", fact.value, field.title());
    let help = format!("“{}”填日期，例如 {}；“{}”写到“状态”列。", fact.title, example_date(context), fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message).helped(help));
}
