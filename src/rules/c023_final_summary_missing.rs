//! C023: no report is a summary by its name or by its day.

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
    code: "C023",
    name: "final-summary-missing",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "没有总结报送",
    finds: "方案有一次性报送，但没有叫“总结”的，也没有在方案结束之后的。",
    matters: "行动结束了没有总结，成效和遗留问题没有着落。",
    remedy: "在方案结束前后加一次工作总结报送。",
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
    let end = context.ground.campaign.end;
    let mut reports = reporting::one_off(context).peekable();
    if reports.peek().is_none() {
        return;
    }
    if !reports.any(|report| report.obligation.name.contains("总结") || report.due >= end) {
        let message = format!("方案 {end} 结束，没有要求报送总结");
        diagnostics.push(RULE.at(context, "obligations", None, message));
    }
}
