//! C059: the plan was issued when the campaign had begun.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C059",
    name: "issued-after-start",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "印发日期晚于开始日期",
    finds: "方案印发时，行动已经开始了。",
    matters: "开始到印发之间的要求，单位当时并不知道。",
    remedy: "核对日期；原文如此的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县安全生产委员会
issued: 2020-08-20
period: {start: 2020-07-01, end: 2022-12-31}
units: units.csv
",
        place: "4",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县安全生产委员会
issued: 2020-06-28
period: {start: 2020-07-01, end: 2022-12-31}
units: units.csv
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let start = context.ground.campaign.start;
    if let Some(issued) = context.ground.campaign.issued.filter(|issued| *issued > start) {
        let days = (issued - start).num_days();
        let message = format!("方案 {start} 开始，{days} 天后的 {issued} 才印发");
        diagnostics.push(RULE.at(context, "issued", Some(issued.to_string()), message));
    }
}
