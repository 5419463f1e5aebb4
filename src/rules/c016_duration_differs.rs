//! C016: the length that the plan states is not the length of its period.

use chrono::Days;
use chrono::Months;
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
    let campaign = context.campaign;
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

/// The last day of a period of the stated length, its first day counted.
fn stated_end(start: NaiveDate, stated: &str) -> Option<NaiveDate> {
    let text = stated.trim().trim_start_matches("为期").trim_start_matches("利用").trim_end_matches(['时', '间', '左', '右']);
    if text.starts_with("百日") {
        return start.checked_add_days(Days::new(99));
    }
    let split = text.find(|character: char| !character.is_ascii_digit() && numeral(character).is_none())?;
    let (number, unit) = text.split_at(split);
    let number = match number {
        "半" => None,
        number => Some(read_number(number)?),
    };
    let after = match (number, unit) {
        (Some(count), "个月" | "月") => start.checked_add_months(Months::new(count))?,
        (Some(count), "年") => start.checked_add_months(Months::new(count.checked_mul(12)?))?,
        (None, "年") => start.checked_add_months(Months::new(6))?,
        (Some(count), "天" | "日") => start.checked_add_days(Days::new(u64::from(count)))?,
        (Some(count), "周" | "个星期") => start.checked_add_days(Days::new(u64::from(count) * 7))?,
        _ => return None,
    };
    after.pred_opt()
}

/// The value of one numeral; 半 is let through so that it can stand before its unit.
fn numeral(character: char) -> Option<u32> {
    match character {
        '半' => Some(0),
        '两' => Some(2),
        '十' => Some(10),
        '百' => Some(100),
        _ => "一二三四五六七八九".chars().position(|digit| digit == character).map(|position| position as u32 + 1),
    }
}

/// 100, 三, 十二, 一百: as far as durations go.
fn read_number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (mut sum, mut last) = (0u32, 0u32);
    for character in text.chars() {
        match numeral(character)? {
            unit @ (10 | 100) => {
                sum += last.max(1) * unit;
                last = 0;
            }
            digit => last = digit,
        }
    }
    Some(sum + last).filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::stated_end;

    #[test]
    fn stated_lengths() {
        let start = NaiveDate::from_ymd_opt(2023, 12, 9).expect("a day");
        for (stated, end) in [
            ("三个月", Some("2024-03-08")),
            ("为期3个月", Some("2024-03-08")),
            ("半年", Some("2024-06-08")),
            ("一年", Some("2024-12-08")),
            ("百日", Some("2024-03-17")),
            ("100天", Some("2024-03-17")),
            ("一百天", Some("2024-03-17")),
            ("十二个月", Some("2024-12-08")),
            ("两周", Some("2023-12-22")),
            ("很久", None),
            ("", None),
            ("99999999999年", None),
        ] {
            assert_eq!(stated_end(start, stated).map(|end| end.to_string()).as_deref(), end, "{stated}");
        }
    }
}
