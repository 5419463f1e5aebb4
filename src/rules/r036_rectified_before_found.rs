//! R036: rectified before it was found.

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
    code: "R036",
    name: "rectified-before-found",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "完成在发现之前",
    finds: "整改完成日期早于发现日期。",
    matters: "年份或月份写错了，整改用时会算成负数。",
    remedy: "核对两个日期，改正写错的那个。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改完成日期,状态
插座松动,一般,2023-07-03,2023-06-10,已整改
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改完成日期,状态
插座松动,一般,2023-07-03,2023-07-10,已整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(earlier), Some(later)) = (context.day(Field::FoundOn), context.day(Field::RectifiedOn)) else { return };
    if later < earlier {
        let message = format!("整改完成日期 {later} 早于发现日期 {earlier}");
        diagnostics.push(RULE.of_field(context, Field::RectifiedOn, message));
    }
}
