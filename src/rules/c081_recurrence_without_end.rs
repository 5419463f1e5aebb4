//! C081: a recurrence goes on for more than a year after the campaign, as if it had no end.

use chrono::Days;

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
    code: "C081",
    name: "recurrence-without-end",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "周期没有尽头",
    finds: "周期性报送的 until 比方案结束晚一年以上。",
    matters: "方案早已结束还要催报；多半是年份写错，或用一个很远的日子表示“长期”。",
    remedy: "把 until 改到方案结束前后；不写 until 就按方案结束日截止。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 周统计, every: 每周五17:00前, start: 2023-05-20, until: 2099-12-31}
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
  - {id: a, name: 周统计, every: 每周五17:00前, start: 2023-05-20, until: 2024-01-05}
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// What lies further than this beyond the campaign is no last report of it.
const DAYS_BEYOND: u64 = 366;

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let end = context.ground.campaign.end;
    let Some(furthest) = end.checked_add_days(Days::new(DAYS_BEYOND)) else { return };
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        if let Some(until) = obligation.until.filter(|until| *until > furthest && reporting::recurrence(obligation).is_some()) {
            let message = format!("“{}”报到 {until}，比方案结束（{end}）晚一年以上，只按到 {furthest} 计算", obligation.name);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].until"), Some(until.to_string()), message));
        }
    }
}
