//! C035: a daily duty that does not say whether days off count. A written `keep` is an answer.

use crate::dates::Frequency;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::reporting;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C035",
    name: "daily-duty-on-days-off",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "每天的报送没有说休息日报不报",
    finds: "每天的报送没有写 on_day_off。",
    matters: "按天天都报来理解；休息日没有人值班的单位会天天被记为未报。",
    remedy: "休息日不用报的，改成 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR；天天都报的，写 on_day_off: keep。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 安全生产零报告, every: 每天15:30前, fulfilled_by: zero-report}
",
        place: "8",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 安全生产零报告, every: 每天15:30前, on_day_off: keep, fulfilled_by: zero-report}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        let path = format!("obligations[{index}]");
        let answered = context.ground.campaign.places.contains(&format!("{path}.on_day_off"));
        let daily = reporting::recurrence(obligation).is_some_and(|recurrence| recurrence.frequency == Frequency::Daily);
        if daily && !answered {
            let off = reporting::occurrences(context, obligation).iter().filter(|day| !context.ground.calendar.is_workday(**day)).count();
            if off == 0 {
                continue;
            }
            let message = format!("“{}”每天都报，其中 {off} 天是休息日，没有说报不报", obligation.name);
            diagnostics.push(RULE.at(context, &format!("{path}.every"), reporting::words(obligation), message));
        }
    }
}
