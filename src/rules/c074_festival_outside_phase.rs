//! C074: a phase speaks of the Spring Festival, which lies outside it.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C074",
    name: "festival-outside-phase",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "阶段里提到的节日不在这个阶段",
    finds: "阶段的名称或工作里提到春节，而春节不在这个阶段的起止日期内。",
    matters: "多半是阶段的月份改过，文字没有跟着改。",
    remedy: "核对阶段的日期和文字。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某区卫生健康局
period: {start: 2020-06-05, end: 2021-10-31}
units: units.csv
phases:
  - {id: a, name: 持续巩固阶段, start: 2021-06-01, end: 2021-10-31, work: [在春节期间检验成效]}
",
        place: "7",
    },
    good: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某区卫生健康局
period: {start: 2020-06-05, end: 2021-10-31}
units: units.csv
phases:
  - {id: a, name: 持续巩固阶段, start: 2021-02-01, end: 2021-10-31, work: [在春节期间检验成效]}
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// The first day of the lunar year, as month and day, from 2015 on.
const SPRING_FESTIVALS: [(i32, u32, u32); 21] = [
    (2015, 2, 19),
    (2016, 2, 8),
    (2017, 1, 28),
    (2018, 2, 16),
    (2019, 2, 5),
    (2020, 1, 25),
    (2021, 2, 12),
    (2022, 2, 1),
    (2023, 1, 22),
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (index, phase) in context.ground.campaign.phases.iter().enumerate() {
        let (Some(start), Some(end)) = (phase.start, phase.end) else { continue };
        let texts = std::iter::once(&phase.name).chain(&phase.work);
        if !texts.into_iter().any(|text| text.contains("春节")) {
            continue;
        }
        let festivals: Vec<NaiveDate> =
            SPRING_FESTIVALS.iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(*year, *month, *day)).collect();
        // Beyond the table nothing is known, so nothing is said.
        let known = festivals.last().is_some_and(|last| end <= *last);
        if known && !festivals.iter().any(|festival| (start..=end).contains(festival)) {
            let near = festivals.iter().min_by_key(|festival| (**festival - start).num_days().abs());
            let near = near.map_or(String::new(), |near| format!("（最近的春节是 {near}）"));
            let message = format!("“{}”{start} 至 {end}，文字里的春节不在这段时间{near}", phase.name);
            diagnostics.push(RULE.at(context, &format!("phases[{index}]"), None, message));
        }
    }
}
