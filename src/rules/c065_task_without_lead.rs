//! C065: a task nobody leads, in a plan whose other tasks are led.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C065",
    name: "task-without-lead",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "任务没有牵头部门",
    finds: "方案布置的任务没有写牵头部门；方案里别的任务有牵头部门时才提示。",
    matters: "没有牵头的任务进不了责任清单，最后没有人做。",
    remedy: "补上 lead。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健办}
  - {id: b, name: 消防安全整治}
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
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健办}
  - {id: b, name: 消防安全整治, lead: 消防办}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let tasks = &context.ground.campaign.tasks;
    if tasks.iter().all(|task| task.lead.is_none()) {
        return;
    }
    for (index, task) in tasks.iter().enumerate().filter(|(_, task)| task.lead.is_none()) {
        diagnostics.push(RULE.at(context, &format!("tasks[{index}]"), None, format!("任务“{}”没有牵头部门", task.name)));
    }
}
