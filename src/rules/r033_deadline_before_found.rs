//! R033: the deadline lies before the day the hazard was found.

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
    code: "R033",
    name: "deadline-before-found",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "期限在发现之前",
    finds: "整改期限早于发现日期。",
    matters: "年份或月份写错了；照这个期限，一发现就已经逾期。",
    remedy: "核对两个日期，改正写错的那个。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2023-06-18,待整改
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
    let (Some(earlier), Some(later)) = (context.day(Field::FoundOn), context.day(Field::Deadline)) else { return };
    if later < earlier {
        let message = format!("整改期限 {later} 早于发现日期 {earlier}");
        diagnostics.push(RULE.of_field(context, Field::Deadline, message));
    }
}
