//! C040: a text names an event that was over long before the plan: years in copies are often overwritten.

use chrono::Datelike;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::campaign_texts;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C040",
    name: "text-older-than-plan",
    scope: Scope::Campaign,
    severity: Severity::Note,
    title: "文字比方案旧得多",
    finds: "方案里提到的会议或事件，早于方案开始三年以上。",
    matters: "转抄的范文常常只改年份不改内容，日期也可能是改错的。",
    remedy: "核对这份方案到底是哪一年的；确实引用旧会议的不必处理。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
basis: [党的十九届四中全会精神]
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
basis: [党的二十大精神]
",
        place: "",
    },
    check: Check::Campaign(check),
};

/// Events that plans like to cite, with their year.
const EVENTS: [(&str, i32); 14] = [
    ("十八大", 2012),
    ("十八届三中全会", 2013),
    ("十八届四中全会", 2014),
    ("十八届五中全会", 2015),
    ("十八届六中全会", 2016),
    ("十九大", 2017),
    ("十九届三中全会", 2018),
    ("十九届四中全会", 2019),
    ("十九届五中全会", 2020),
    ("十九届六中全会", 2021),
    ("二十大", 2022),
    ("世博会", 2010),
    ("天津港“8·12”", 2015),
    ("响水“3·21”", 2019),
];

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let year = context.ground.campaign.start.year();
    for (path, text) in campaign_texts::texts(context.ground.campaign) {
        for (event, held) in EVENTS.iter().filter(|(event, held)| year - held > 3 && text.contains(event)) {
            let message = format!("提到 {held} 年的“{event}”，方案却从 {year} 年开始，年份可能是后改的");
            diagnostics.push(RULE.at(context, &path, Some(text.to_owned()), message));
        }
    }
}
