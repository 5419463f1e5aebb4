//! What a recurrence says of working days: 每月最后一个工作日, 结束后10个工作日内, 遇节假日顺延.
//!
//! The rule gives the day from which to count; which days are worked only a calendar knows.

use chrono::Datelike;
use chrono::NaiveDate;

use crate::dates::calendar::CountedDay;
use crate::dates::calendar::WorkCalendar;
use crate::dates::cursor::Cursor;
use crate::dates::recurrence::Recurrence;

/// What working days do to the days of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkdayRule {
    /// 遇节假日顺延: a day off gives way to the next working day.
    Next,
    /// 遇节假日提前: to the one before.
    Previous,
    /// The so-manieth working day from the rule's day on.
    Nth(u32),
    /// The so-manieth working day from the rule's day back.
    NthLast(u32),
    /// Only the working days among the rule's days.
    Each,
}

/// A day of a recurrence with the day that the rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettledDay {
    pub stated: NaiveDate,
    pub day: NaiveDate,
    /// No notice tells which days of its year are worked.
    pub is_provisional: bool,
}

impl Recurrence {
    /// The days in `[start, end]` with working days counted by a calendar; a moved day may lie just outside.
    pub fn settled(&self, start: NaiveDate, end: NaiveDate, calendar: &WorkCalendar) -> Vec<SettledDay> {
        self.occurrences(start, end).into_iter().filter_map(|day| self.settle(day, calendar)).collect()
    }

    fn settle(&self, stated: NaiveDate, calendar: &WorkCalendar) -> Option<SettledDay> {
        let works = calendar.is_workday(stated);
        let counted = |number: u32, sign: i32| {
            // The day itself is the first one where it is worked.
            let number = i32::try_from(number).ok()? - i32::from(works);
            (number > 0).then(|| calendar.add_workdays(stated, sign * number)).flatten()
        };
        let moved: Option<CountedDay> = match self.workday {
            None => None,
            Some(WorkdayRule::Each) if !works => return None,
            Some(WorkdayRule::Each) => None,
            Some(WorkdayRule::Next) => counted(1, 1),
            Some(WorkdayRule::Previous) => counted(1, -1),
            Some(WorkdayRule::Nth(number)) => counted(number, 1),
            Some(WorkdayRule::NthLast(number)) => counted(number, -1),
        };
        let unknown = self.workday.is_some() && !calendar.is_known(stated.year());
        Some(SettledDay {
            stated,
            day: moved.as_ref().map_or(stated, |moved| moved.date),
            is_provisional: unknown || moved.is_some_and(|moved| !moved.unknown_years.is_empty()),
        })
    }
}

/// 第一个工作日, 前5个工作日, 最后一个工作日, 10个工作日内
pub(super) fn numbered(cursor: &mut Cursor<'_>) -> Option<WorkdayRule> {
    let mut ahead = *cursor;
    let front = ahead.eat_longest(&["最后", "倒数第", "末", "首", "第", "前"]);
    let number = if front == Some("首") { 1 } else { ahead.number().map_or(u32::from(front == Some("末")), |number| number.value) };
    ahead.eat("个");
    if !ahead.eat("工作日") || !(1..=60).contains(&number) {
        return None;
    }
    ahead.eat_longest(&["内", "之内", "以内"]);
    *cursor = ahead;
    Some(match front {
        Some("最后" | "倒数第" | "末") => WorkdayRule::NthLast(number),
        _ => WorkdayRule::Nth(number),
    })
}

const DAYS_OFF: &[&str] = &[
    "遇",
    "如遇",
    "若遇",
    "逢",
    "国家",
    "法定",
    "节假日",
    "节日",
    "假日",
    "假期",
    "休息日",
    "公休日",
    "公休",
    "双休日",
    "周末",
    "周六",
    "周日",
    "非工作日",
    "或",
    "和",
    "及",
    "、",
    "放假",
    "的",
    "时",
    "则",
    "可",
    "相应",
    "自动",
    "依次",
    "往后",
    "往前",
    "向后",
    "向前",
    "报送",
    "上报",
    "时间",
    "至",
    "到",
    "节后",
    "节前",
    "下一个",
    "下一",
    "前一个",
    "上一个",
    "第一个",
    "一个",
    "首个",
    "工作日",
    "(",
    ")",
    ",",
    ";",
    ".",
    "。",
];

/// Cuts 遇节假日顺延 off a recurrence: the words before it, and what it says.
pub(super) fn day_off(text: &str) -> Option<(&str, WorkdayRule)> {
    text.char_indices().skip(1).find_map(|(at, _)| {
        let rule = only_day_off(text.get(at..)?)?;
        Some((text.get(..at)?, rule))
    })
}

/// What the words say if they speak of days off alone.
fn only_day_off(words: &str) -> Option<WorkdayRule> {
    let mut cursor = Cursor::new(words);
    let (mut rule, mut names_days_off) = (None, false);
    while !cursor.is_at_end() {
        match cursor.eat_longest(&["顺延", "延后", "推迟", "后延", "提前"]) {
            Some("提前") => rule = Some(WorkdayRule::Previous),
            Some(_) => rule = Some(WorkdayRule::Next),
            None => {
                let word = cursor.eat_longest(DAYS_OFF)?;
                names_days_off |=
                    word.contains('休') || word.contains('假') || word.contains("周") || word.contains("节日") || word == "非工作日";
            }
        }
    }
    rule.filter(|_| names_days_off)
}

#[cfg(test)]
mod tests {
    use super::WorkdayRule;
    use super::day_off;

    #[test]
    fn what_days_off_do_is_cut_off() {
        for (text, expected) in [
            ("每月25日前(遇节假日顺延)", Some(("每月25日前", WorkdayRule::Next))),
            ("每周五前报送,遇法定节假日、双休日相应顺延", Some(("每周五前", WorkdayRule::Next))),
            ("每月25日前,节假日提前", Some(("每月25日前", WorkdayRule::Previous))),
            ("每月25日前,遇周末提前至前一个工作日", Some(("每月25日前", WorkdayRule::Previous))),
            ("每月25日前如遇节假日则顺延至节后第一个工作日", Some(("每月25日前", WorkdayRule::Next))),
            ("每月25日前", None),
            ("每月25日前提前报送", None),
            ("每周末", None),
        ] {
            assert_eq!(day_off(text), expected, "{text}");
        }
    }
}
