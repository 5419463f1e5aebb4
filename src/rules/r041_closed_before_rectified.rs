//! R041: closed out before it was rectified.

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
    code: "R041",
    name: "closed-before-rectified",
    scope: Scope::Record,
    severity: Severity::Error,
    title: "销号在完成之前",
    finds: "销号日期早于整改完成日期；没有填整改完成日期的，早于发现日期。",
    matters: "没有改好就销号，或者日期写错。",
    remedy: "核对两个日期，改正写错的那个。",
    bad: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,已销号,2023-07-10,李四,2023-07-12,2023-07-05,2023-07-21
",
        place: "K2",
    },
    good: Example {
        text: "\
编号,单位名称,隐患描述,等级,发现日期,整改期限,状态,整改完成日期,验收人,验收日期,销号日期,最近报送
demo-H01-001,甲医院,插座松动,一般,2023-07-03,2023-07-18,已销号,2023-07-10,李四,2023-07-12,2023-07-13,2023-07-21
",
        place: "",
    },
    check: Check::Record(check),
};

fn check(context: &RecordContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(later) = context.day(Field::ClosedOutOn) else { return };
    // Without a day of completion it is still not before the hazard was found.
    let earliest = [(Field::RectifiedOn, "整改完成日期"), (Field::FoundOn, "发现日期")];
    let Some((earlier, named)) = earliest.iter().find_map(|(field, named)| Some((context.day(*field)?, *named))) else { return };
    if later < earlier {
        let message = format!("销号日期 {later} 早于{named} {earlier}");
        diagnostics.push(RULE.of_field(context, Field::ClosedOutOn, message));
    }
}
