//! C069: a report that closes a few days before the phase it is about.

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
    code: "C069",
    name: "report-just-before-phase-end",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "报送紧挨在阶段结束之前",
    finds: "一次性报送的截止日在一个阶段结束前一周以内。",
    matters: "最后几天的情况报不上来；多半是想在阶段结束时报。",
    remedy: "改成阶段结束当天或之后；原文如此的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 问题排查阶段, start: 2023-06-11, end: 2023-08-31}
obligations:
  - {id: a, name: 问题清单, due: 2023-08-30}
",
        place: "10",
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
  - {id: a, name: 问题排查阶段, start: 2023-06-11, end: 2023-08-31}
obligations:
  - {id: a, name: 问题清单, due: 2023-08-31}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for report in reporting::one_off(context) {
        for phase in &context.ground.campaign.phases {
            let Some(end) = phase.end else { continue };
            let days = (end - report.due).num_days();
            if (1..=7).contains(&days) {
                let message = format!("“{}”{} 截止，比“{}”结束早 {days} 天", report.obligation.name, report.due, phase.name);
                diagnostics.push(RULE.at(context, &report.path, Some(report.due.to_string()), message));
            }
        }
    }
}
