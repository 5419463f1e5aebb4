//! C021: the units report nothing during a phase nor in the month after it. Zero reports do not count.

use chrono::Days;

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
    code: "C021",
    name: "phase-without-report",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "有阶段没有任何报送",
    finds: "方案有报送要求，但某个阶段内直到下一阶段开始后一个月，单位一次报送也没有（零报告不算）。",
    matters: "这个阶段做得怎样没有依据。",
    remedy: "给这个阶段加一次报送。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-07-31}
  - {id: b, name: 巩固阶段, start: 2023-08-01, end: 2023-12-31}
obligations:
  - {id: a, name: 自查情况, due: 2023-07-25}
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
phases:
  - {id: a, name: 自查阶段, start: 2023-05-20, end: 2023-07-31}
  - {id: b, name: 巩固阶段, start: 2023-08-01, end: 2023-12-31}
obligations:
  - {id: a, name: 自查情况, due: 2023-07-25}
  - {id: b, name: 工作总结, due: 2024-01-05}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reports = reporting::unit_report_days(context);
    if reports.is_empty() {
        return;
    }
    let mut start = context.ground.campaign.start;
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        start = phase.start.unwrap_or(start);
        let Some(end) = phase.end else { continue };
        let until = end.checked_add_days(Days::new(31)).unwrap_or(end);
        if start <= end && !reports.iter().any(|day| (start..=until).contains(day)) {
            let message = format!("“{}”（{start} 至 {end}）期间和之后一个月内，单位没有任何报送", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}]"), None, message));
        }
        start = end.succ_opt().unwrap_or(end);
    }
}
