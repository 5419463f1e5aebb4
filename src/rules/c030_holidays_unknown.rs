//! C030: a year of the campaign whose holidays the calendar does not know.

use chrono::Datelike;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C030",
    name: "holidays-unknown",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "放假安排还不知道",
    finds: "方案的起止日期跨到节假日安排还没有收录的年份。",
    matters: "那一年的工作日只能按周一至周五暂算，公布后会变。",
    remedy: "国务院办公厅公布后更新日历文件（calendar: 文件名）；或等新版程序。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2015-05-20, end: 2015-12-31}
units: units.csv
",
        place: "4",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let years: Vec<String> = (campaign.start.year()..=campaign.end.year())
        .filter(|year| !context.ground.calendar.is_known(*year))
        .take(5)
        .map(|year| year.to_string())
        .collect();
    if !years.is_empty() {
        let message = format!("{} 年的放假安排没有收录，工作日按周一至周五暂算", years.join("、"));
        diagnostics.push(RULE.at(context, "period", None, message));
    }
}
