//! C012: a phase reaches beyond the period of the campaign.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C012",
    name: "phase-outside-campaign",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "阶段超出方案的起止日期",
    finds: "一个阶段早于方案开始，或晚于方案结束。",
    matters: "阶段和方案的起止日期总有一个写错；“上旬”“下旬”一类的说法常常比起止日期宽几天。",
    remedy: "改阶段或改方案的起止日期；原文如此的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 宣传动员阶段, start: 2023-05-11, end: 2023-12-31}
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
phases:
  - {id: a, name: 宣传动员阶段, start: 2023-05-20, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    for (index, phase) in campaign.phases.iter().enumerate() {
        if let Some(start) = phase.start.filter(|start| *start < campaign.start) {
            let message = format!("“{}”从 {start} 开始，早于方案的开始日期 {}", phase.name, campaign.start);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].start"), Some(start.to_string()), message));
        }
        if let Some(end) = phase.end.filter(|end| *end > campaign.end) {
            let message = format!("“{}”到 {end} 结束，晚于方案的结束日期 {}", phase.name, campaign.end);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].end"), Some(end.to_string()), message));
        }
    }
}
