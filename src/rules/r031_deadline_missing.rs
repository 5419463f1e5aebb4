//! R031: an open hazard without a deadline.

use chrono::Days;

use crate::dates::DateReading;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::findings::example_date;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R031",
    name: "deadline-missing",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "没有填整改期限",
    finds: "还没有整改完的隐患没有填整改期限。",
    matters: "没有期限就说不上逾期；方案对这一等级有默认天数的，按默认天数计算。",
    remedy: "填写整改期限，例如 2023-07-30；当场能改的写“立行立改”。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,,待整改
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
    let record = context.record;
    let blank = record.deadline == DateReading::Blank && record.extended_to == DateReading::Blank;
    if !blank || !context.is_open() || !context.can_hold(Field::Deadline) {
        return;
    }
    let policy = context.sheet.ground.campaign.levels.of(context.level());
    let message = match (policy.rectify_within, context.day(Field::FoundOn)) {
        (Some(days), Some(found_on)) => match found_on.checked_add_days(Days::new(u64::from(days))) {
            Some(due) => format!("没有填整改期限，将按发现后 {days} 天（{due}）计算"),
            None => "没有填整改期限".to_owned(),
        },
        _ => "没有填整改期限，算不出是否逾期".to_owned(),
    };
    let help = format!("请填写完整日期，例如 {}；当场能改的写“立行立改”。", example_date(context.sheet));
    diagnostics.push(RULE.of_field(context, Field::Deadline, message).helped(help));
}
