//! R043: to be rectified on the spot, and still open.

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
    code: "R043",
    name: "immediate-still-open",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "立行立改却没有改",
    finds: "期限是“立行立改”，发现一天以后还没有整改完。",
    matters: "立行立改的期限就是发现当天，已经逾期。",
    remedy: "已经改好的，把状态改成“已整改”并填完成日期；当场改不了的，写明确的整改期限。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,立行立改,待整改
",
        place: "D2",
    },
    good: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-20,立行立改,待整改
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.record.deadline != DateReading::Immediate || !context.is_open() {
        return;
    }
    let (Some(found_on), (latest, name)) = (context.day(Field::FoundOn), context.latest_day()) else { return };
    let days = (latest - found_on).num_days();
    if days > 1 {
        let message = format!("立行立改，到{name} {latest} 已过 {days} 天，还没有改好");
        diagnostics.push(RULE.of_field(context, Field::Deadline, message));
    }
}
