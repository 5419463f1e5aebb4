//! C044: an inspection group names a unit that the roster does not know.

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
    code: "C044",
    name: "group-unit-unknown",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "督查组里有名册上没有的单位",
    finds: "督查组的 units 里写了名册上没有的单位（按编码、名称、简称都找不到，或分不清是哪一家）。",
    matters: "这家单位没有人去督查，或者督查的是哪一家说不清。",
    remedy: "按名册改正名称，或写编码。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
groups:
  - {name: 第一督查组, units: [甲医院, 丙医院]}
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
groups:
  - {name: 第一督查组, units: [甲医院, W01]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, group) in context.ground.campaign.groups.iter().enumerate() {
        for (place, written) in group.units.iter().enumerate() {
            if let Err(near) = parties::unit(context.ground.roster, written) {
                let path = format!("groups[{index}].units[{place}]");
                let finding = RULE.at(context, &path, Some(written.clone()), format!("“{}”里的“{written}”不在单位名册上", group.name));
                diagnostics.push(parties::with_suggestions(near, finding));
            }
        }
    }
}
