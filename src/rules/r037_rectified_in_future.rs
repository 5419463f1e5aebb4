//! R037: rectified after the day of the report.

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
    code: "R037",
    name: "rectified-in-future",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "完成日期在填报之后",
    finds: "整改完成日期晚于填报日期（没有填报日期的，晚于统计截至日）。",
    matters: "还没有到的日子不能算已经完成。",
    remedy: "计划完成的日子写到“整改期限”；确已完成的，改正日期。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改完成日期,状态
插座松动,一般,2023-07-03,2023-08-10,已整改
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
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (latest, name) = context.latest_day();
    if let Some(day) = context.day(Field::RectifiedOn).filter(|day| *day > latest) {
        let message = format!("整改完成日期 {day} 晚于{name} {latest}");
        diagnostics.push(RULE.of_field(context, Field::RectifiedOn, message));
    }
}
