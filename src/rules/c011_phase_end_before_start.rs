//! C011: a phase that ends before it starts.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C011",
    name: "phase-end-before-start",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "阶段起止颠倒",
    finds: "一个阶段的结束日期在开始日期之前。",
    matters: "多半是年份写错；这个阶段没有一天是有效的。",
    remedy: "核对年份和月份。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 整改阶段, start: 2023-09-01, end: 2023-06-30}
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
  - {id: a, name: 整改阶段, start: 2023-05-20, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        if let (Some(start), Some(end)) = (phase.start, phase.end)
            && end < start
        {
            let message = format!("“{}”的开始 {start} 在结束 {end} 之后", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].end"), Some(end.to_string()), message));
        }
    }
}
