//! C077: a report that is due once and again and again.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C077",
    name: "due-beside-recurrence",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "既有截止日又有周期",
    finds: "一项报送要求同时写了 due 和 every。",
    matters: "不知道是报一次还是按期报。",
    remedy: "只留一个；两种都要的，分成两项。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 进展情况, due: 2023-12-29, every: 每月28日前, on_day_off: next}
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
  - {id: a, name: 进展情况, every: 每月28日前, on_day_off: next}
  - {id: b, name: 工作总结, due: 2023-12-29}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        if let (Some(due), Some(every)) = (obligation.due, &obligation.every) {
            let message = format!("“{}”既写了截止日 {due}，又写了周期“{}”", obligation.name, every.words);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].due"), Some(due.to_string()), message));
        }
    }
}
