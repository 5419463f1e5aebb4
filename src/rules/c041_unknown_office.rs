//! C041: a lead or supporting office that the directory of offices does not know.

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
    code: "C041",
    name: "unknown-office",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "部门不在部门列表里",
    finds: "列出了部门（offices），但牵头、配合的部门不在其中，也不是别名。",
    matters: "部门名称写法不一，责任清单就会分成几份。",
    remedy: "改成列表里的名称，或把它加进 offices（别名写进 synonyms）。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
offices: [{name: 卫健办, synonyms: [卫生健康办]}, 消防办]
tasks:
  - {id: a, name: 医院安全整治, lead: 卫健委办, supporting: [消防办]}
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
offices: [{name: 卫健办, synonyms: [卫生健康办]}, 消防办]
tasks:
  - {id: a, name: 医院安全整治, lead: 卫生健康办, supporting: [消防办]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    if campaign.offices.is_empty() {
        return;
    }
    for (index, task) in campaign.tasks.iter().enumerate() {
        let lead = task.leads().map(|lead| (format!("tasks[{index}].lead"), lead));
        let supporting = task.supporting.iter().enumerate();
        let supporting = supporting.map(|(place, office)| (format!("tasks[{index}].supporting[{place}]"), office.as_str()));
        for (path, office) in lead.chain(supporting).filter(|(_, office)| !parties::is_office(campaign, office)) {
            let finding = RULE.at(context, &path, Some(office.to_owned()), format!("部门列表里没有“{office}”"));
            diagnostics.push(parties::suggest_office(campaign, office, finding));
        }
    }
    // Whom every task binds may be a kind of units, too; of a roster that could not be read nothing is demanded.
    for (place, party) in campaign.universal.iter().enumerate() {
        if !context.ground.roster.units.is_empty() && !parties::is_office(campaign, party) && !parties::party_of_units(context, party) {
            let path = format!("universal[{place}]");
            let finding = RULE.at(context, &path, Some(party.clone()), format!("部门列表和名册的类别里都没有“{party}”"));
            diagnostics.push(parties::suggest_party(context, party, finding));
        }
    }
}
