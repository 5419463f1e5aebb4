//! C064: an id that stands for two things of one kind.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C064",
    name: "id-used-twice",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "代号重复",
    finds: "两个阶段、两项报送要求、两个类别、两项任务、两张清单或两个附件用了同一个代号。",
    matters: "任务的编号、日历和报送记录都按代号对应，重了就串。",
    remedy: "改掉一个代号。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-07-31}
  - {id: a, name: 整改阶段, start: 2023-08-01, end: 2023-12-31}
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
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-07-31}
  - {id: b, name: 整改阶段, start: 2023-08-01, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let lists: [(&str, Vec<String>); 6] = [
        ("phases", campaign.phases.iter().map(|phase| phase.id.clone()).collect()),
        ("obligations", campaign.obligations.iter().map(|obligation| obligation.id.clone()).collect()),
        ("categories", campaign.categories.iter().map(|category| category.id.clone()).collect()),
        ("tasks", campaign.tasks.iter().map(|task| task.id.clone()).collect()),
        ("lists.registers", campaign.lists.registers.iter().map(|register| register.id.clone()).collect()),
        ("attachments", campaign.attachments.iter().map(|attachment| attachment.id.to_string()).collect()),
    ];
    for (list, ids) in lists {
        for (index, id) in ids.iter().enumerate() {
            if ids.iter().take(index).any(|before| before == id) {
                let path = format!("{list}[{index}].id");
                diagnostics.push(RULE.at(context, &path, Some(id.clone()), format!("代号“{id}”前面已经用过")));
            }
        }
    }
}
