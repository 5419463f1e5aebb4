//! C029: a due day that nobody works. It is told, never moved.
//! A year whose holidays are not known is left to C030.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::campaign::model::DayOffPolicy;
use crate::dates::DayKind;
use crate::dates::Frequency;
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
    code: "C029",
    name: "due-on-day-off",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "截止日是休息日",
    finds: "报送的截止日落在周末或法定节假日，又没有写 on_day_off；每天的报送不算。周期性的只提示一次，列出落在休息日的日子。",
    matters: "休息日没有人收，单位也不知道要提前还是顺延；日期不会自动挪动。",
    remedy: "写明 on_day_off: previous（提前）或 next（顺延），或换一天；认可当天的，用 waive 写明理由。",
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
  - {id: a, name: 贯彻落实情况, due: 2023-12-10, on_day_off: previous}
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// Of a recurring report this many days are listed.
const MOST_LISTED: usize = 3;

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let obligations = &context.ground.campaign.obligations;
    for report in reporting::one_off(context).filter(|report| report.obligation.on_day_off == DayOffPolicy::Keep) {
        if let Some(kind) = day_off(context, report.due) {
            let earlier =
                context.ground.calendar.previous_workday(report.due).map_or(String::new(), |day| format!("，前一个工作日是 {}", day.date));
            let message = format!("“{}”的截止日 {} 是{kind}{earlier}", report.obligation.name, report.due);
            diagnostics.push(RULE.at(context, &report.path, Some(report.due.to_string()), message));
        }
    }
    for (index, obligation) in obligations.iter().enumerate().filter(|(_, obligation)| obligation.on_day_off == DayOffPolicy::Keep) {
        let Some(recurrence) = reporting::recurrence(obligation) else { continue };
        if recurrence.frequency == Frequency::Daily || !recurrence.is_anchored() {
            continue;
        }
        let days = reporting::occurrences(context, obligation);
        let off: Vec<String> = days.iter().filter_map(|day| Some(format!("{day}（{}）", day_off(context, *day)?))).collect();
        if !off.is_empty() {
            let listed = off.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join("、");
            let more = if off.len() > MOST_LISTED { "等" } else { "" };
            let message = format!("“{}”共 {} 次，{} 次落在休息日：{listed}{more}", obligation.name, days.len(), off.len());
            let path = format!("obligations[{index}].every");
            diagnostics.push(RULE.at(context, &path, reporting::words(obligation), message));
        }
    }
}

/// What kind of day off it is; nothing for a working day or an unknown year.
fn day_off(context: &CampaignContext<'_>, day: NaiveDate) -> Option<String> {
    match context.ground.calendar.day(day) {
        DayKind::Weekend if day.weekday() == chrono::Weekday::Sat => Some("星期六".to_owned()),
        DayKind::Weekend => Some("星期日".to_owned()),
        DayKind::Holiday(name) => Some(format!("{name}假期")),
        DayKind::Workday | DayKind::MakeUpWorkday(_) | DayKind::Unknown => None,
    }
}
