//! C033: a monthly day that some months do not have. Those months are skipped, and that is told.

use chrono::Datelike;

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
    code: "C033",
    name: "recurrence-day-absent",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "有的月份没有这一天",
    finds: "每月29日、30日、31日的报送，在方案起止日期内遇到没有这一天的月份。",
    matters: "这个月的报送会整个漏掉：没有这一天的月份跳过，不挪到别的日子。",
    remedy: "改成每月28日以前的日子，或每月末（FREQ=MONTHLY;BYMONTHDAY=-1）。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 进展情况, every: 每月31日前, on_day_off: next}
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
  - {id: a, name: 进展情况, every: 每月末, on_day_off: next}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        let Some(recurrence) = reporting::recurrence(obligation) else { continue };
        let (first, last) = reporting::window(context, obligation);
        let skipped: Vec<String> =
            recurrence.skipped_months(first, last).iter().map(|(year, month)| format!("{year}年{month}月")).collect();
        if !skipped.is_empty() {
            let message = format!("“{}”在 {} 没有这一天，会漏掉 {} 次", obligation.name, skipped.join("、"), skipped.len());
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].every"), reporting::words(obligation), message));
        }
    }
    for (index, report) in context.ground.campaign.reports.iter().enumerate() {
        let days =
            report.every.rule.as_ref().map(|rule| rule.ends_of_short_months(context.ground.campaign.start, context.ground.campaign.end));
        if let Some([first, ..]) = days.as_deref() {
            let message = format!("{}在 {}年{}月等没有这一天的月份，改在当月最后一天出", report.kind.label(), first.year(), first.month());
            diagnostics.push(RULE.at(context, &format!("reports[{index}].every"), Some(report.every.words.clone()), message));
        }
    }
}
