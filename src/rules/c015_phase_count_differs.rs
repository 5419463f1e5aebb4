//! C015: the plan says how many phases there are, and lists another number.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C015",
    name: "phase-count-differs",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "阶段数与正文不符",
    finds: "正文说“分N个阶段”（stated.phases），列出的阶段不是N个。",
    matters: "不是漏列就是正文没改，印发出去会被追问。",
    remedy: "补齐阶段，或改正 stated.phases 和正文。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
stated: {phases: 4}
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-12-31}
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
stated: {phases: 1}
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let listed = context.ground.campaign.phases.len();
    if let Some(stated) = context.ground.campaign.stated.phases
        && stated as usize != listed
    {
        let message = format!("正文说分 {stated} 个阶段，列出的是 {listed} 个");
        diagnostics.push(RULE.at(context, "stated.phases", Some(stated.to_string()), message));
    }
}
