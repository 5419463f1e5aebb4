//! C016: the length that the plan states is not the length of its period.

use chrono::NaiveDate;

use crate::dates::Context;
use crate::dates::Expression;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::rules::Check;
use crate::rules::Example;
use crate::rules::Rule;
use crate::rules::Scope;
use crate::rules::rule::CampaignContext;

/// The rule.
pub const RULE: Rule = Rule {
    code: "C016",
    name: "duration-differs",
    scope: Scope::Campaign,
    severity: Severity::Warning,
    title: "期限与起止日期不符",
    finds: "正文说“为期三个月”“百日行动”（stated.duration），与起止日期算出来的不一样；相差一天以内不报。",
    matters: "“100天”常常是103天，“三个月”常常是两个半月，到底哪天结束说不清。",
    remedy: "改正文的期限，或改结束日期。",
    bad: Example {
        text: "\
campaign: demo
title: 示例专项整治
issuer: 某县卫生健康委员会
issued: 2023-05-15
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
stated: {duration: 三个月}
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
stated: {duration: 226天}
",
        place: "",
    },
    check: Check::Campaign(check),
};

fn check(context: &CampaignContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let campaign = context.ground.campaign;
    let Some(stated) = &campaign.stated.duration else { return };
    let days = (campaign.end - campaign.start).num_days() + 1;
    let message = match stated_end(campaign.start, stated) {
        None => format!("期限“{stated}”看不懂，没有核对；写成 三个月、半年、100天 这样的说法"),
        Some(end) if (campaign.end - end).num_days().abs() > 1 => {
            format!("正文说“{stated}”，应到 {end} 前后结束；起止日期是 {} 至 {}，共 {days} 天", campaign.start, campaign.end)
        }
        Some(_) => return,
    };
    diagnostics.push(RULE.at(context, "stated.duration", Some(stated.clone()), message));
}

/// The last day of a period of the stated length that begins on `start`.
fn stated_end(start: NaiveDate, stated: &str) -> Option<NaiveDate> {
    let length = stated.trim().trim_start_matches("为期");
    // Beside a start the words can only be a length.
    let resolution = Expression::parse(&format!("从{start}起为期{length}")).resolve(&Context::default());
    resolution.end.filter(|_| resolution.start == Some(start))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::stated_end;

    #[test]
    fn stated_lengths() {
        let start = NaiveDate::from_ymd_opt(2023, 12, 9).expect("a day");
        for (stated, end) in [
            ("三个月", Some("2024-03-09")),
            ("为期3个月", Some("2024-03-09")),
            ("半年", Some("2024-06-09")),
            ("一年", Some("2024-12-09")),
            ("百日", Some("2024-03-18")),
            ("100天", Some("2024-03-18")),
            ("一百天", Some("2024-03-18")),
            ("十二个月", Some("2024-12-09")),
            ("两周", Some("2023-12-23")),
            ("很久", None),
            ("", None),
            ("99999999999年", None),
        ] {
            assert_eq!(stated_end(start, stated).map(|end| end.to_string()).as_deref(), end, "{stated}");
        }
    }
}
