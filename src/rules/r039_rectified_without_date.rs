//! R039: rectified, but no completion date.

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
    code: "R039",
    name: "rectified-without-date",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "已整改但没有完成日期",
    finds: "状态是已整改或已销号，没有填整改完成日期。",
    matters: "不知道哪天完成，算不出是否按期完成。",
    remedy: "填写整改完成日期，例如 2023-07-10。",
    bad: Example {
        text: "\
隐患描述,整改完成日期,状态
插座松动,,已整改
",
        place: "B2",
    },
    good: Example {
        text: "\
隐患描述,整改完成日期,状态
插座松动,2023-07-10,已整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.is_rectified() && context.record.rectified_on == DateReading::Blank && context.can_hold(Field::RectifiedOn) {
        let message = "已经整改，但没有填整改完成日期".to_owned();
        diagnostics.push(RULE.of_field(context, Field::RectifiedOn, message));
    }
}
