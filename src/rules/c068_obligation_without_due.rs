//! C068: a report that is due on no day.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C068",
    name: "obligation-without-due",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "报送要求没有日期",
    finds: "一项报送要求既没有截止日（due），也没有周期（every）。",
    matters: "“及时报送”没有办法催，也没有办法判断迟报。",
    remedy: "写上 due 或 every；确实没有日期的要求，写成注释。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 重大事故隐患报告}
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
  - {id: a, name: 重大事故隐患报告, every: 每月29日前}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        // An unreadable due day has been told by the reader.
        let written = context.ground.campaign.places.contains(&format!("obligations[{index}].due"));
        if obligation.due.is_none() && obligation.every.is_none() && obligation.when.is_none() && !written {
            let message = format!("“{}”没有说什么时候报", obligation.name);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}]"), None, message));
        }
    }
}
