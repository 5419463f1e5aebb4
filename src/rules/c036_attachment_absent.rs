//! C036: an attachment that the plan names is not at hand.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C036",
    name: "attachment-absent",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "提到的附件手头没有",
    finds: "附件列在方案里，但标明手头没有（present: false）。",
    matters: "单位要按附件填报，附件没有就无从填起。",
    remedy: "向印发单位要来附件；或用 qingdan template 生成填报表代替。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
attachments:
  - {id: 3, title: 问题清单、任务清单、责任清单表, present: false}
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
attachments:
  - {id: 3, title: 问题清单、任务清单、责任清单表, present: true}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, attachment) in context.ground.campaign.attachments.iter().enumerate().filter(|(_, attachment)| !attachment.present) {
        let message = format!("方案提到附件{}《{}》，手头没有", attachment.id, attachment.title);
        diagnostics.push(RULE.at(context, &format!("attachments[{index}]"), Some(attachment.title.clone()), message));
    }
}
