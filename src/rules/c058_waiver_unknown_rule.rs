//! C058: a waiver names a rule that does not exist.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C058",
    name: "waiver-unknown-rule",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "豁免的规则不存在",
    finds: "waive 里写的规则代码不存在，或不能豁免。",
    matters: "以为停用了，其实没有；或者写错代码，停用了别的规则。",
    remedy: "核对代码，可用 qingdan explain 查看。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
waive:
  - {rule: C999, reason: 原文如此}
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
  - {rule: C014, reason: 原文如此}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, waiver) in context.ground.campaign.waive.iter().enumerate() {
        let message = match rules::find(&waiver.rule) {
            None => format!("没有 {} 这条规则", waiver.rule),
            Some(rule) if !rules::can_be_waived(rule) => format!("{} 是读取时的错误，不能豁免", waiver.rule),
            Some(_) => continue,
        };
        diagnostics.push(RULE.at(context, &format!("waive[{index}].rule"), Some(waiver.rule.clone()), message));
    }
}
