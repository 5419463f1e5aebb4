//! C022: the first report after the end of a phase comes more than a month later. Weekly and daily ones aside.

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
    code: "C022",
    name: "phase-reported-late",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "阶段结束后很久才报送",
    finds: "一个阶段结束后超过 31 天才有下一次一次性或按月的报送。",
    matters: "阶段成效报上来时已经过时，问题也拖了一个多月才知道。",
    remedy: "在阶段结束后一个月内加一次报送。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: a, name: 执法阶段, start: 2023-05-20, end: 2023-10-31}
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
phases:
  - {id: a, name: 执法阶段, start: 2023-05-20, end: 2023-10-31}
obligations:
  - {id: a, name: 贯彻落实情况, due: 2023-11-10}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reports = reporting::summary_days(context);
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        let Some(end) = phase.end else { continue };
        // A report in the last days of a phase is meant for it, too.
        let first = reports.iter().find(|day| (**day - end).num_days() >= -10);
        if let Some(first) = first.filter(|first| (**first - end).num_days() > 31) {
            let days = (*first - end).num_days();
            let message = format!("“{}”{end} 结束，之后第一次报送在 {first}，隔了 {days} 天", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}].end"), Some(end.to_string()), message));
        }
    }
}
