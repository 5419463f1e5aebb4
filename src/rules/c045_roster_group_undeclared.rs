//! C045: the roster puts units into a group that the campaign does not have.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C045",
    name: "roster-group-undeclared",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "名册里的分组方案没有",
    finds: "方案列出了督查组（groups），名册的“分组”一栏却写了别的组名；同一组名只提示一次。",
    matters: "这些单位不会进任何一组的督查表。",
    remedy: "改正名册的分组，或在 groups 里补上这个组。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
groups: [{name: 第一督查组}]
--- units.csv
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,第二督查组,,13800001001
",
        place: "2",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
groups: [{name: 第一督查组}]
--- units.csv
编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话
H01,甲医院,,医院,,第一督查组,,13800001001
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let groups = &context.ground.campaign.groups;
    if groups.is_empty() {
        return;
    }
    let mut undeclared: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for unit in context.ground.roster.units.iter().filter(|unit| !unit.group.is_empty()) {
        if !groups.iter().any(|group| group.name == unit.group) {
            undeclared.entry(&unit.group).or_insert((unit.line, 0)).1 += 1;
        }
    }
    for (group, (line, count)) in undeclared {
        let message = format!("名册把 {count} 家单位分在“{group}”，方案里没有这个组");
        let finding = RULE.diagnostic(context.roster_line(line), "分组", Some(group.to_owned()), message);
        diagnostics.push(Diagnostic { folded: count - 1, ..finding });
    }
}
