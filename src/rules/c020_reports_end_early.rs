//! C020: the last one-off report is due before the campaign is over.

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
    code: "C020",
    name: "reports-end-early",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "最后一次报送早于方案结束",
    finds: "一次性报送里最后一次的截止日早于方案结束（周期性报送不算）。",
    matters: "报完之后到结束这段时间的进展没有人报。",
    remedy: "在方案结束时加一次报送，或说明由周期性报送代替。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 贯彻落实情况, due: 2023-12-10}
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
  - {id: a, name: 贯彻落实情况, due: 2024-01-05}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let end = context.ground.campaign.end;
    // Where summaries are asked for, the last of them closes the reporting, whatever else comes later.
    let is_summary = |report: &reporting::OneOff<'_>| report.obligation.name.contains("总结");
    let last = reporting::one_off(context).max_by_key(|report| (is_summary(report), report.due));
    if let Some(last) = last.filter(|last| last.due < end) {
        let days = (end - last.due).num_days();
        let message = format!("最后一次报送“{}”在 {}，比方案结束 {end} 早 {days} 天", last.obligation.name, last.due);
        diagnostics.push(RULE.at(context, &last.path, Some(last.due.to_string()), message));
    }
}
