//! R034: the deadline lies beyond the end of the campaign.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::records::FactKind;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::RecordContext;
use crate::vocabulary::Field;

/// The rule.
pub const RULE: Rule = Rule {
    code: "R034",
    name: "deadline-beyond-campaign",
    scope: Scope::Record,
    severity: Severity::Warning,
    title: "期限超出方案结束日",
    finds: "整改期限晚于专项整治的结束日期。",
    matters: "结束时这条隐患还没有到期，总结里会是未完成。",
    remedy: "核对年份；确实到那时才能完成的，不必处理，请在备注里写明原因。",
    bad: Example {
        text: "\
隐患描述,等级,发现日期,整改期限,状态
插座松动,一般,2023-07-03,2024-07-18,待整改
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
    let end = context.sheet.ground.campaign.end;
    // A year that is far off is asked about by itself.
    let told = |deadline: NaiveDate| {
        context.sheet.sheet.facts.iter().any(|fact| fact.row == context.record.row && fact.kind == FactKind::YearFar(deadline))
    };
    if let Some(deadline) = context.day(Field::Deadline).filter(|deadline| *deadline > end && !told(*deadline)) {
        let message = format!("整改期限 {deadline} 晚于方案结束日 {end}");
        diagnostics.push(RULE.of_field(context, Field::Deadline, message));
    }
}
