//! C032: a recurrence that leaves its day open.

use crate::dates::Frequency;
use crate::dates::Recurrence;
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
    code: "C032",
    name: "recurrence-without-anchor",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "周期没有说哪一天",
    finds: "周期只说了每周、每月、每季度，没有说星期几、几号（“每季度至少1次”除外：在期内做了就行）。",
    matters: "日历上只能暂定一天（每期最后一天，或与起始日相同的星期、日子）；各单位按各自的理解报，迟报说不清。",
    remedy: "写明哪一天，如 每周五17:00前、FREQ=MONTHLY;BYMONTHDAY=29；认可暂定日子的，用 waive 写明理由。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations:
  - {id: a, name: 周统计, every: FREQ=WEEKLY, start: 2023-05-21}
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
  - {id: a, name: 周统计, every: FREQ=WEEKLY;BYDAY=FR, start: 2023-05-21, on_day_off: previous}
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// 每季度至少1次 asks for a number within the period, whose end is the due day by nature.
const WITHIN_THE_PERIOD: [&str; 2] = ["至少", "不少于"];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, obligation) in context.ground.campaign.obligations.iter().enumerate() {
        let within = obligation.every.iter().any(|every| WITHIN_THE_PERIOD.iter().any(|word| every.words.contains(word)));
        if !within && reporting::recurrence(obligation).is_some_and(|recurrence| !says_which_day(recurrence)) {
            let every = reporting::words(obligation);
            let message = format!("“{}”没有说是哪一天，日历上的日子是暂定的", obligation.name);
            diagnostics.push(RULE.at(context, &format!("obligations[{index}].every"), every, message));
        }
    }
}

/// A rule such as FREQ=WEEKLY repeats the weekday it happens to begin on, which nobody chose.
fn says_which_day(recurrence: &Recurrence) -> bool {
    let chosen = !recurrence.by_day.is_empty() || !recurrence.by_month_day.is_empty() || recurrence.frequency == Frequency::Daily;
    recurrence.is_anchored() && chosen
}
