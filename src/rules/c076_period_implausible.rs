//! C076: a campaign of many years or a few days: a slip in a year or month.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C076",
    name: "period-implausible",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "起止日期长得不合情理",
    finds: "方案的起止日期超过五年，或者不到一周。",
    matters: "专项行动一般几个月到三年；太长太短多半是年份或月份写错。",
    remedy: "核对年份；确实如此的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2032-12-31}
units: units.csv
",
        place: "4",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let days = (campaign.end - campaign.start).num_days() + 1;
    if !(7..=5 * 366).contains(&days) {
        let message = format!("方案从 {} 到 {}，共 {days} 天", campaign.start, campaign.end);
        diagnostics.push(RULE.at(context, "period", Some(format!("{days}天")), message));
    }
}
