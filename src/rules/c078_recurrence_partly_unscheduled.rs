//! C078: a recurrence with a part that no calendar holds, such as 重要活动前.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C078",
    name: "recurrence-partly-unscheduled",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "周期里有一部分排不了期",
    finds: "一个周期既说了多久一次，又说了“重要活动前”一类由事情决定的时候。",
    matters: "程序只按日历排得出的那部分提醒和核对，由事情决定的那部分没有人提醒。",
    remedy: "把由事情决定的部分另写一条，或在知道日期后写成一次性的任务。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 安全督查, every: 半年度、年度及重要活动前}
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
tasks:
  - {id: a, name: 安全督查, every: 每半年}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let obligations = campaign.obligations.iter().enumerate();
    let obligations = obligations.map(|(index, obligation)| (format!("obligations[{index}].every"), &obligation.name, &obligation.every));
    let tasks = campaign.tasks.iter().enumerate();
    let tasks = tasks.map(|(index, task)| (format!("tasks[{index}].every"), &task.name, &task.every));
    for (path, name, every) in obligations.chain(tasks) {
        let Some(every) = every else { continue };
        if let Some(unscheduled) = every.rule.as_ref().and_then(|rule| rule.unscheduled.as_ref()) {
            let message = format!("“{name}”的周期里，“{unscheduled}”由事情决定，排不进日历");
            diagnostics.push(RULE.at(context, &path, Some(every.words.clone()), message));
        }
    }
}
