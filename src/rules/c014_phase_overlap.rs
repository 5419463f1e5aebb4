//! C014: a phase starts before an earlier one has ended.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C014",
    name: "phase-overlap",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "阶段重叠",
    finds: "后一阶段在前一阶段结束之前就开始。",
    matters: "重叠的日子里一件工作算哪个阶段说不清；方案写明“压茬推进”的除外。",
    remedy: "错开日期；方案写明压茬推进的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 动员部署, start: 2023-05-20, end: 2023-08-31}
  - {id: b, name: 排查整治, start: 2023-08-01, end: 2023-12-31}
",
        place: "9",
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
  - {id: a, name: 动员部署, start: 2023-05-20, end: 2023-08-31}
  - {id: b, name: 排查整治, start: 2023-08-01, end: 2023-12-31}
waive:
  - {rule: C014, reason: 阶段按方案原文压茬推进}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut latest: Option<&crate::campaign::model::Phase> = None;
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        if let (Some(before), Some(start)) = (latest, phase.start)
            && let Some(end) = before.end
            && start <= end
        {
            let message = format!("“{}”从 {start} 开始，“{}”到 {end} 才结束", phase.name, before.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].start"), Some(start.to_string()), message));
        }
        if phase.end > latest.and_then(|latest| latest.end) {
            latest = Some(phase);
        }
    }
}
