//! R035: found after the day of the report.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R035",
    name: "found-in-future",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "发现日期在填报之后",
    finds: "发现日期晚于填报日期（没有填报日期的，晚于统计截至日）。",
    matters: "还没有发生的事不能填报；多半是年份或月份写错。",
    remedy: "核对发现日期和填报日期，改正写错的那个。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-08-03,2023-08-18,待整改
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
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (latest, name) = context.latest_day();
    if let Some(day) = context.day(Field::FoundOn).filter(|day| *day > latest) {
        let message = format!("发现日期 {day} 晚于{name} {latest}");
        diagnostics.push(RULE.of_field(context, Field::FoundOn, message));
    }
}
