//! R064: a blank found date in a table that has a column for it.

use crate::dates::DateReading;
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
    code: "R064",
    name: "found-date-missing",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "没有填发现日期",
    finds: "有“发现日期”列，这一行没有填。",
    matters: "发现日期是辨认隐患、计算整改用时的依据。",
    remedy: "填写发现的日期，例如 2023-07-03。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,,2023-07-18,待整改
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
    if context.record.found_on == DateReading::Blank && context.can_hold(Field::FoundOn) {
        diagnostics.push(RULE.of_field(context, Field::FoundOn, "没有填发现日期".to_owned()));
    }
}
