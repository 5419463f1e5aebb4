//! C066: an office that appears twice in one task.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::parties;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C066",
    name: "lead-also-supporting",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "牵头部门又列为配合",
    finds: "任务的牵头部门同时出现在配合部门里，或配合部门写了两遍。",
    matters: "责任清单上同一个部门会出现两次。",
    remedy: "从配合部门里去掉。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健办, supporting: [消防办, 卫健办]}
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
  - {id: a, name: 医院安全整治, lead: 卫健办, supporting: [消防办]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, task) in context.ground.campaign.tasks.iter().enumerate() {
        let mut seen: Vec<&str> = task.leads().collect();
        for (place, office) in task.supporting.iter().enumerate() {
            if seen.iter().any(|before| parties::same_office(context.ground.campaign, before, office)) {
                let path = format!("tasks[{index}].supporting[{place}]");
                let message = format!("任务“{}”里“{office}”已经列过", task.name);
                diagnostics.push(RULE.at(context, &path, Some(office.clone()), message));
            }
            seen.push(office);
        }
    }
}
