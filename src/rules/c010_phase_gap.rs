//! C010: days of the campaign that belong to no phase. A phase without a start follows on the one before.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C010",
    name: "phase-gap",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "阶段之间有空档",
    finds: "前一阶段结束到后一阶段开始之间，或方案起止与首尾阶段之间，有日子不属于任何阶段。",
    matters: "空档里该做什么没有依据；多半是写漏了月份。",
    remedy: "让后一阶段紧接前一阶段，或改方案的起止日期；原文如此的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 动员阶段, start: 2023-05-20, end: 2023-06-30}
  - {id: b, name: 整改阶段, start: 2023-08-01, end: 2023-12-31}
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
  - {id: a, name: 动员阶段, start: 2023-05-20, end: 2023-06-30}
  - {id: b, name: 整改阶段, start: 2023-07-01, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    // The last day that is covered so far.
    let mut covered: Option<NaiveDate> = campaign.start.pred_opt();
    let mut before = "方案开始";
    for (index, phase) in campaign.phases.iter().enumerate() {
        if let (Some(covered), Some(start)) = (covered, phase.start)
            && let Some(first) = covered.succ_opt()
            && first < start
            && let Some(last) = start.pred_opt()
        {
            let message = format!("“{before}”和“{}”之间，{first} 至 {last} 不属于任何阶段", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].start"), Some(start.to_string()), message));
        }
        covered = covered.max(phase.end);
        before = &phase.name;
    }
    if let (Some(last), Some(covered)) = (campaign.phases.last(), covered)
        && last.end.is_some()
        && covered < campaign.end
        && let Some(first) = covered.succ_opt()
    {
        let path = format!("phases[{}].end", campaign.phases.len() - 1);
        let message = format!("最后一个阶段“{}”之后，{first} 至 {} 不属于任何阶段", last.name, campaign.end);
        diagnostics.push(RULE.at(context, &path, Some(covered.to_string()), message));
    }
}
