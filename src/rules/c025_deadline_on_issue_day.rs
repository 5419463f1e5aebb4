//! C025: something is due on the very day the plan was issued.

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
    code: "C025",
    name: "deadline-on-issue-day",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "期限就是印发当天",
    finds: "阶段、报送或任务的截止日就是方案的印发日期。",
    matters: "单位收到方案时已经到期，没有时间去做。",
    remedy: "推后截止日；原文如此的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 动员部署阶段, end: 2023-05-15}
  - {id: b, name: 整改阶段, end: 2023-12-31}
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
  - {id: a, name: 动员部署阶段, end: 2023-05-31}
  - {id: b, name: 整改阶段, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(issued) = context.ground.campaign.issued else { return };
    for deadline in reporting::deadlines(context) {
        if deadline.day == issued {
            let message = format!("“{}”的截止日 {} 就是印发当天，没有时间去做", deadline.name, deadline.day);
            diagnostics.push(RULE.at(context, &deadline.path, Some(deadline.day.to_string()), message));
        }
    }
}
