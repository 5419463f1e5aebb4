//! C018: nobody has to report anything by any day. Valid, and told.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C018",
    name: "report-dates-missing",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "方案没有报送日期",
    finds: "方案里没有任何带日期或周期的报送要求。",
    matters: "不是错，但谁该在什么时候报什么无从核对，“谁没报”也就答不出来。",
    remedy: "方案有报送要求的，补上 obligations；确实没有的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations: []
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
  - {id: a, name: 工作总结, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let dated = campaign.obligations.iter().any(|obligation| obligation.due.is_some() || obligation.every.is_some());
    // Reports that only an event calls for have no date either; any other without one has its own rule.
    let by_event = campaign.obligations.iter().all(|obligation| obligation.when.is_some());
    let unread = campaign.obligations.is_empty() && campaign.places.contains("obligations[0]");
    if !dated && by_event && !unread {
        let years = (campaign.end - campaign.start).num_days() / 365;
        let length = if years > 0 { format!("，历时 {years} 年以上") } else { String::new() };
        let message = format!("方案没有报送日期{length}，无法核对谁没报");
        diagnostics.push(RULE.at(context, "obligations", None, message));
    }
}
