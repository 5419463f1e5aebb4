//! C063: a recurrence without a single day in its window.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::reporting;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C063",
    name: "recurrence-never-due",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "周期一次也轮不到",
    finds: "周期性的报送在它的起止日期内一次也没有。",
    matters: "写了等于没写；多半是 start、until 或月份写错。",
    remedy: "核对 start、until 和周期。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 季度统计, every: 每月29日前, start: 2023-12-30}
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
obligations:
  - {id: a, name: 季度统计, every: 每月29日前, start: 2023-06-30}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        if reporting::recurrence(obligation).is_some() && reporting::occurrences(context, obligation).is_empty() {
            let (first, last) = reporting::window(context, obligation);
            let message = format!("“{}”在 {first} 至 {last} 之间一次也没有", obligation.name);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].every"), reporting::words(obligation), message));
        }
    }
}
