//! C028: a summary is due before the report on how the work was set going.

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
    code: "C028",
    name: "summary-before-start",
    scope: Scope::Campaign,
    severity: Severity::Error,
    title: "总结早于部署",
    finds: "叫“总结”的报送，截止日早于叫“部署”“动员”“方案”的报送。",
    matters: "还没有部署就要交总结，多半有一处年份写错。",
    remedy: "核对两处的年份。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 安排部署情况, due: 2023-12-16}
  - {id: b, name: 工作总结, due: 2023-06-13}
",
        place: "9",
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
  - {id: a, name: 安排部署情况, due: 2023-06-16}
  - {id: b, name: 工作总结, due: 2023-12-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reports: Vec<reporting::OneOff<'_>> = reporting::one_off(context).collect();
    let is_start = |name: &str| ["部署", "动员", "方案"].iter().any(|word| name.contains(word));
    let latest_start = reports.iter().filter(|report| is_start(&report.obligation.name)).max_by_key(|report| report.due);
    let Some(start) = latest_start else { return };
    for summary in reports.iter().filter(|report| report.obligation.name.contains("总结") && report.due < start.due) {
        let message = format!("“{}”{} 就要报，“{}”却到 {} 才报", summary.obligation.name, summary.due, start.obligation.name, start.due);
        diagnostics.push(RULE.at(context, &summary.path, Some(summary.due.to_string()), message));
    }
}
