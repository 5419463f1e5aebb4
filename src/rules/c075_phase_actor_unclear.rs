//! C075: a phase named after the authorities whose work is given to the units.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C075",
    name: "phase-actor-unclear",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "阶段名称与干活的人对不上",
    finds: "阶段叫“部门…”，工作却写“各单位”去做。",
    matters: "照抄政府层面的方案时常见：到底是部门执法还是单位自查，责任说不清。",
    remedy: "改阶段名称，或写明由哪个部门做。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 部门精准执法阶段, end: 2023-12-31, work: [各单位深入一线开展精准检查]}
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
  - {id: a, name: 部门精准执法阶段, end: 2023-12-31, work: [县卫健委深入一线开展精准检查]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        if !phase.name.starts_with("部门") {
            continue;
        }
        if let Some(work) = phase.work.iter().find(|work| work.starts_with("各单位") || work.starts_with("各卫生健康单位")) {
            let message = format!("“{}”里的“{work}”由单位去做，与阶段名称不符", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].name"), Some(phase.name.clone()), message));
        }
    }
}
