//! C057: a rule is silenced without a reason. Such a waiver has no effect.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C057",
    name: "waiver-without-reason",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "豁免没有写理由",
    finds: "waive 里停用了一条规则，没有写明理由。",
    matters: "半年以后谁也说不清为什么不查；没有理由的豁免不生效。",
    remedy: "写明理由，如 reason: 阶段按方案原文重叠推进。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
waive:
  - {rule: C014}
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
waive:
  - {rule: C014, reason: 阶段按方案原文重叠推进}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, waiver) in context.ground.campaign.waive.iter().enumerate().filter(|(_, waiver)| waiver.reason.is_empty()) {
        let message = format!("停用 {} 没有写理由，不生效", waiver.rule);
        diagnostics.push(RULE.at(context, &format!("waive[{index}]"), Some(waiver.rule.clone()), message));
    }
}
