//! C034: a daily or weekly duty of which nobody said when it begins and ends.

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
    code: "C034",
    name: "recurrence-window-unstated",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "没有说从哪天报到哪天",
    finds: "每天、每周的报送没有写 start，也没有写 until。",
    matters: "按方案的起止日期从头报到尾来理解；只在汛期、重大活动期间报的，会多催很多次。",
    remedy: "写明 start 和 until；认可从头报到尾的不必处理。",
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
  - {id: a, name: 安全生产零报告, every: 每天15:30前, start: 2023-06-01, until: 2023-09-30, fulfilled_by: zero-report}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        let Some(recurrence) = reporting::recurrence(obligation) else { continue };
        let frequent = matches!(recurrence.frequency, Frequency::Daily | Frequency::Weekly);
        let open = obligation.start.is_none() && obligation.until.is_none() && recurrence.until.is_none();
        if frequent && open {
            let times = reporting::occurrences(context, obligation).len();
            let message = format!("“{}”没有写起止，按 {} 至 {} 计算，共 {times} 次", obligation.name, campaign.start, campaign.end);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].every"), reporting::words(obligation), message));
        }
    }
}
