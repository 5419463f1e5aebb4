//! R025: the weekday in brackets does not fit the date.

use crate::dates::DateNote;
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
    code: "R025",
    name: "weekday-mismatch",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "星期几和日期对不上",
    finds: "日期后面写的星期几不是那一天的星期几。",
    matters: "日期和星期总有一个写错，按日期处理。",
    remedy: "核对日历，改日期或改星期。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023年7月31日（星期二）,待整改
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
    let FactKind::DateNote { note: DateNote::WeekdayMismatch, .. } = &fact.kind else { return };
    let message = format!("“{}”的星期几和日期对不上", fact.value);
    diagnostics.push(RULE.of_fact(context, fact, message));
}
