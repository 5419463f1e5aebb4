//! C080: offices or units that every task binds although the plan names them once only.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C080",
    name: "party-of-every-task",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "有没有逐项列出的责任方",
    finds: "方案用一句话让某些部门或单位对每项任务负责，各项任务里不再列出。",
    matters: "只看某一项任务的人不知道还有他们；清单里会逐项补上，与原文的列法不同。",
    remedy: "核对补上的责任方对每一项都合适；不合适的删掉 universal，改在各项任务的 supporting 里写。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
universal: [各社区]
tasks:
  - {id: a, name: 消防安全整治, lead: 消防办}
",
        place: "7",
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
  - {id: a, name: 消防安全整治, lead: 消防办, supporting: [各社区]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    if campaign.universal.is_empty() {
        return;
    }
    let parties = campaign.universal.join("、");
    let message = format!("{parties}对全部 {} 项任务都负责，清单里逐项补上", campaign.tasks.len());
    diagnostics.push(RULE.at(context, "universal", Some(parties), message));
}
