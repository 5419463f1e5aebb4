//! C089: the reporting duties come to more days or more duties of units than a run can hold.
//!
//! Found before any other rule of the campaign is asked, and then alone: the others would lay all those days out.

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
    code: "C089",
    name: "too-many-duties",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "报送要求展开后太多",
    finds: "obligations 按起止日期展开，截止日超过 60000 个，或者乘以名册上的单位超过 3000000 家次。",
    matters: "一次运行装不下，谁报没报也没有人看得完；多半是起止日期或名册写错了。",
    remedy: "核对 period 和名册；真有这么多的，分几个专项来管，或者把每天的改成每周的。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2000-01-01, end: 2099-12-31}
units: units.csv
obligations:
  - {id: a, name: 日报, every: 每天}
  - {id: b, name: 夜报, every: 每天}
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
obligations:
  - {id: a, name: 日报, every: 每天}
  - {id: b, name: 夜报, every: 每天}
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// Days of all duties together.
const MOST_DAYS: usize = 60_000;
/// The same, times the units of the roster.
const MOST_DUTIES: usize = 3_000_000;

/// True if the duties cannot be laid out.
pub fn is_beyond(context: &CampaignContext<'_>) -> bool {
    let mut found = Vec::new();
    check(context, &mut found);
    !found.is_empty()
}

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let units = context.ground.roster.units.len().max(1);
    let mut days = 0;
    for obligation in &context.ground.campaign.obligations {
        days += if obligation.every.is_some() { reporting::occurrences(context, obligation).len() } else { 1 };
        if days > MOST_DAYS || days * units > MOST_DUTIES {
            let message = format!("报送要求展开到“{}”已有 {days} 个截止日，{} 家单位，超过一次能管的数", obligation.name, units);
            diagnostics.push(RULE.at(context, "obligations", None, message));
            return;
        }
    }
}
