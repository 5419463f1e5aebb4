//! Reports on the period just over: 次月5日前, 下一季度15日前, 每季度结束后10日内.
//!
//! The first one is owed after the first period of the drive, the last one after its last period: also after its end.

use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;

use crate::dates::cursor::Cursor;
use crate::dates::recurrence::Frequency;
use crate::dates::recurrence::QUARTER_STARTS;
use crate::dates::recurrence::Recurrence;
use crate::dates::recurrence::WorkdayRule;
use crate::dates::recurrence::words::day_of_month;
use crate::dates::recurrence::words::months;
use crate::dates::recurrence::workdays;

/// The period that a report looks back on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

impl Follows {
    /// The first and last day on which reports on the periods between two days may fall.
    pub(super) fn window(self, start: NaiveDate, end: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.next(start)?;
        let last = self.next(self.next(end)?)?.pred_opt()?;
        Some((first, last))
    }

    /// The first day of the period after the one that holds a day.
    fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        let months = match self {
            Follows::Week => return day.checked_add_days(Days::new(u64::from(7 - day.weekday().num_days_from_monday()))),
            Follows::Month => 1,
            Follows::Quarter => 3,
            Follows::HalfYear => 6,
            Follows::Year => 12,
        };
        let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1)?;
        first.checked_add_months(Months::new(months))
    }

    /// The words for a clerk: 报上月.
    pub(super) fn words(self) -> &'static str {
        match self {
            Follows::Week => "报上周",
            Follows::Month => "报上月",
            Follows::Quarter => "报上季度",
            Follows::HalfYear => "报上半年度",
            Follows::Year => "报上年",
        }
    }

    /// Whether a rule of this kind can look back on such a period: 每周五 does not report on the month before.
    pub(super) fn fits(self, rule: &Recurrence) -> bool {
        match self {
            Follows::Week => rule.frequency == Frequency::Weekly,
            Follows::Month => rule.frequency == Frequency::Monthly,
            Follows::Quarter => rule.by_month == QUARTER_STARTS,
            Follows::HalfYear => rule.by_month == [1, 7],
            Follows::Year => rule.frequency == Frequency::Yearly,
        }
    }
}

/// Reads 下一季度15日前, 次月5日前, 下一年1月31日前.
pub(super) fn next_period(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    let mut ahead = *cursor;
    ahead.eat_longest(&["每季度", "每月", "每年", "每个月", "每"]);
    ahead.eat_longest(&["于", "在", ",", "结束后", "的"]);
    let word = ahead.eat_longest(&[
        "下一季度首月",
        "下一季度第一个月",
        "下季度首月",
        "下季度第一个月",
        "下一季度",
        "下季度",
        "次季度",
        "次季",
        "下一个季度",
        "下个季度",
        "次季首月",
        "次月",
        "下月",
        "下个月",
        "下一个月",
        "下一月",
        "下一年度",
        "下一年",
        "次年",
        "翌年",
        "翌月",
        "下年",
        "下年度",
        "次年度",
        "第二年",
    ])?;
    let recurrence = match word {
        word if word.contains('季') => following(Follows::Quarter, day_or_workday(&mut ahead)?),
        word if word.contains('月') => following(Follows::Month, day_or_workday(&mut ahead)?),
        _ => {
            let months = months(&mut ahead)?;
            let day = day_or_workday(&mut ahead).unwrap_or((-1, None));
            Recurrence { by_month: months, ..following(Follows::Year, day) }
        }
    };
    *cursor = ahead;
    Some(recurrence)
}

/// Reads 每季度结束后10日内, 月度终了后5个工作日内.
pub(super) fn after_end(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    let mut ahead = *cursor;
    ahead.eat_longest(&["每个", "每"]);
    let word = ahead.eat_longest(&["月度", "月份", "月", "季度", "季", "半年度", "半年", "年度", "年"])?;
    ahead.eat_longest(&["结束后", "终了后", "终了之日起", "结束之日起", "结束的", "完结后", "过后", "后", "末后"])?;
    ahead.eat_longest(&["的", "第"]);
    let follows = match word {
        "月度" | "月份" | "月" => Follows::Month,
        "季度" | "季" => Follows::Quarter,
        "半年度" | "半年" => Follows::HalfYear,
        _ => Follows::Year,
    };
    let day = match workdays::numbered(&mut ahead) {
        Some(rule) => (1, Some(rule)),
        None => {
            let number = ahead.number()?.value;
            // 一个月内: the last day of the first month.
            if ahead.eat_longest(&["个月内", "个月以内"]).is_some() && number == 1 {
                (-1, None)
            } else {
                ahead.eat_longest(&["日内", "天内", "日以内", "日之内", "天之内", "日", "天", "个自然日内"])?;
                (i32::try_from(number).ok().filter(|day| (1..=30).contains(day))?, None)
            }
        }
    };
    *cursor = ahead;
    Some(following(follows, day))
}

fn following(follows: Follows, (day, workday): (i32, Option<WorkdayRule>)) -> Recurrence {
    let (frequency, by_month) = match follows {
        Follows::Quarter => (Frequency::Monthly, QUARTER_STARTS.to_vec()),
        Follows::HalfYear => (Frequency::Monthly, vec![1, 7]),
        Follows::Year => (Frequency::Yearly, vec![1]),
        Follows::Week | Follows::Month => (Frequency::Monthly, Vec::new()),
    };
    Recurrence { by_month, by_month_day: vec![day], workday, follows: Some(follows), ..Recurrence::every(frequency) }
}

/// 5日, 前5日, 第3个工作日, 5个工作日内
fn day_or_workday(cursor: &mut Cursor<'_>) -> Option<(i32, Option<WorkdayRule>)> {
    let mut ahead = *cursor;
    ahead.eat("的");
    if let Some(rule) = workdays::numbered(&mut ahead) {
        *cursor = ahead;
        return Some((if matches!(rule, WorkdayRule::NthLast(_)) { -1 } else { 1 }, Some(rule)));
    }
    let mut plain = ahead;
    plain.eat("前");
    let day = day_of_month(&mut plain).or_else(|| day_of_month(&mut ahead))?;
    *cursor = if plain.rest().len() < ahead.rest().len() { plain } else { ahead };
    Some((day, None))
}

/// The days between which a rule is expanded: for reports on the period just over they lie after those of the drive.
pub(super) fn window(rule: &Recurrence, start: NaiveDate, end: NaiveDate) -> (NaiveDate, NaiveDate) {
    rule.follows.and_then(|follows| follows.window(start, end)).unwrap_or((start, end))
}
