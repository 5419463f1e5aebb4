//! C046: a unit belongs to two inspection groups.

use std::collections::BTreeMap;

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
    code: "C046",
    name: "unit-in-two-groups",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "一家单位分在两个督查组",
    finds: "同一家单位出现在两个督查组里（名册的“分组”与方案的 groups 不一致也算）。",
    matters: "两个组都去，或者都以为对方去。",
    remedy: "只留在一个组里。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
groups:
  - {name: 第一督查组, units: [H01]}
  - {name: 第二督查组, units: [甲医院]}
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
groups:
  - {name: 第一督查组, units: [H01]}
  - {name: 第二督查组, units: [W01]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let groups = &context.ground.campaign.groups;
    let mut taken: BTreeMap<usize, &str> = BTreeMap::new();
    for (index, unit) in context.ground.roster.units.iter().enumerate() {
        if groups.iter().any(|group| group.name == unit.group) {
            taken.insert(index, &unit.group);
        }
    }
    for (index, group) in groups.iter().enumerate() {
        for (place, written) in group.units.iter().enumerate() {
            let Ok(unit) = parties::unit(context.ground.roster, written) else { continue };
            let before = *taken.entry(unit).or_insert(&group.name);
            if before != group.name {
                let message = format!("“{written}”已经分在“{before}”，这里又分在“{}”", group.name);
                let path = format!("groups[{index}].units[{place}]");
                diagnostics.push(RULE.at(context, &path, Some(written.clone()), message));
            }
        }
    }
}
