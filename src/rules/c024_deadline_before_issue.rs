//! C024: something is due before the plan was issued.

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
    code: "C024",
    name: "deadline-before-issue",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "期限早于印发日期",
    finds: "阶段、报送或任务的截止日早于方案的印发日期。",
    matters: "印发时已经过期，谁也做不到；多半是年份写错。",
    remedy: "核对年份；确实已经完成的事项，从方案里去掉。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 工作总结, due: 2023-02-13}
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
  - {id: a, name: 工作总结, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(issued) = context.ground.campaign.issued else { return };
    for deadline in reporting::deadlines(context) {
        if deadline.day < issued {
            let message = format!("“{}”的截止日 {} 早于印发日期 {issued}", deadline.name, deadline.day);
            diagnostics.push(RULE.at(context, &deadline.path, Some(deadline.day.to_string()), message));
        }
    }
}
