//! C026: something is due when the campaign is long over. A summary within a month after it is usual.

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
    code: "C026",
    name: "deadline-after-campaign",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "期限在方案结束之后",
    finds: "任务的截止日晚于方案结束，或报送的截止日晚于方案结束 31 天以上。",
    matters: "行动已经结束，没有人再催；多半是年份写错。",
    remedy: "核对年份，或延长方案的结束日期。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 安排部署情况, due: 2024-12-16}
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
  - {id: a, name: 安排部署情况, due: 2023-06-16}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let end = context.ground.campaign.end;
    for deadline in reporting::deadlines(context) {
        let grace = if deadline.path.starts_with("obligations") { 31 } else { 0 };
        // A phase beyond the period has its own rule.
        if (deadline.day - end).num_days() > grace && !deadline.path.starts_with("phases") {
            let message = format!("“{}”的截止日 {} 在方案结束日期 {end} 之后", deadline.name, deadline.day);
            diagnostics.push(RULE.at(context, &deadline.path, Some(deadline.day.to_string()), message));
        }
    }
}
