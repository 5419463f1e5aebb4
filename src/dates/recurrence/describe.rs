//! A recurrence in the words of a clerk.

use chrono::Timelike;
use chrono::Weekday;

use crate::dates::recurrence::Frequency;
use crate::dates::recurrence::Recurrence;
use crate::dates::recurrence::WorkdayRule;

impl Recurrence {
    /// The rule in Chinese: `每周五 17:00 前`, `每季度末`; a rule without a day says that the period's end counts.
    pub fn describe(&self) -> String {
        let mut text = match self.frequency {
            Frequency::Daily => counted(self.interval, "天", "每天"),
            Frequency::Weekly => self.weekly(),
            Frequency::Monthly => self.monthly(),
            Frequency::Yearly => self.yearly(),
        };
        if self.frequency == Frequency::Daily {
            let limits = [months(&self.by_month), month_days(&self.by_month_day), self.weekdays()];
            let limits: Vec<String> = limits.into_iter().filter(|limit| !limit.is_empty()).collect();
            if !limits.is_empty() {
                text = format!("{text}（限{}）", limits.join("、"));
            }
        }
        if let Some(follows) = self.follows {
            text.push_str(&format!("（{}）", follows.words()));
        }
        if let Some(rule) = self.workday {
            text.push_str(&match rule {
                WorkdayRule::Next => "，遇休息日顺延".to_string(),
                WorkdayRule::Previous => "，遇休息日提前".to_string(),
                WorkdayRule::Nth(number) => format!("起第 {number} 个工作日"),
                WorkdayRule::NthLast(1) => "，最后一个工作日".to_string(),
                WorkdayRule::NthLast(number) => format!("，倒数第 {number} 个工作日"),
                WorkdayRule::Each => "，限工作日".to_string(),
            });
        }
        if let Some(time) = self.time {
            text.push_str(&format!(" {:02}:{:02}", time.hour(), time.minute()));
        }
        if self.times > 1 {
            text.push_str(&format!("，至少 {} 次", self.times));
        }
        if let Some(until) = self.until {
            text.push_str(&format!("，至 {until}"));
        }
        if let Some(count) = self.count {
            text.push_str(&format!("，共 {count} 次"));
        }
        if !self.anchored {
            text.push_str("（没有指定日子，按期末算）");
        }
        if let Some(unscheduled) = &self.unscheduled {
            text.push_str(&format!("；另：{unscheduled}（无法排期）"));
        }
        text
    }

    fn weekly(&self) -> String {
        let weeks = counted(self.interval, "周", "每周");
        let days = if self.anchored { self.weekdays() } else { String::new() };
        let days = match days.as_str() {
            "" if self.anchored => "的起始星期".to_string(),
            days => days.replace("周", if self.interval == 1 { "" } else { "周" }),
        };
        let limited = months(&self.by_month);
        if limited.is_empty() { format!("{weeks}{days}") } else { format!("{weeks}{days}（限{limited}）") }
    }

    fn monthly(&self) -> String {
        let days = self.days_in_month();
        match self.by_month.as_slice() {
            [] if !self.anchored && self.by_month_day == [15, -1] => "每半月".to_string(),
            [] if !self.anchored && self.by_month_day == [10, 20, -1] => "每旬".to_string(),
            [] => format!("{}{days}", counted(self.interval, "个月", "每月")),
            [3, 6, 9, 12] if !self.anchored => "每季度".to_string(),
            [3, 6, 9, 12] if self.by_month_day == [-1] => "每季度末".to_string(),
            [3, 6, 9, 12] => format!("每季度末月{days}"),
            [1, 4, 7, 10] => format!("每季度首月{days}"),
            [2, 4, 6, 8, 10, 12] => format!("双月{days}"),
            [1, 3, 5, 7, 9, 11] => format!("单月{days}"),
            [6, 12] if !self.anchored => "每半年".to_string(),
            chosen => format!("每年 {}{days}", months(chosen)),
        }
    }

    fn yearly(&self) -> String {
        let years = counted(self.interval, "年", "每年");
        if !self.anchored {
            return years;
        }
        match (self.by_month.as_slice(), self.by_month_day.as_slice(), self.by_day.is_empty()) {
            ([], [], true) => format!("{years}的起始月日"),
            ([12], [-1 | 31], true) => format!("{years}年底"),
            ([], [], false) => format!("{years}{}", self.weekdays()),
            ([], _, _) => format!("{years}各月{}", self.days_in_month()),
            (chosen, _, _) => format!("{years} {}{}", months(chosen), self.days_in_month()),
        }
    }

    fn days_in_month(&self) -> String {
        if !self.anchored {
            return String::new();
        }
        match (self.by_month_day.is_empty(), self.by_day.is_empty()) {
            (true, true) => "的起始日".to_string(),
            (false, true) => month_days(&self.by_month_day),
            (true, false) => self.weekdays(),
            (false, false) => format!("{}（限{}）", month_days(&self.by_month_day), self.weekdays()),
        }
    }

    fn weekdays(&self) -> String {
        let name = |weekday: Weekday| match weekday {
            Weekday::Mon => "周一",
            Weekday::Tue => "周二",
            Weekday::Wed => "周三",
            Weekday::Thu => "周四",
            Weekday::Fri => "周五",
            Weekday::Sat => "周六",
            Weekday::Sun => "周日",
        };
        let days = self.by_day.iter().map(|by| match by.nth {
            None => name(by.weekday).to_string(),
            Some(-1) => format!("最后一个{}", name(by.weekday)),
            Some(nth) if nth < 0 => format!("倒数第{}个{}", -nth, name(by.weekday)),
            Some(nth) => format!("第{nth}个{}", name(by.weekday)),
        });
        days.collect::<Vec<_>>().join("、")
    }
}

fn counted(interval: u32, unit: &str, single: &str) -> String {
    if interval == 1 { single.to_string() } else { format!("每 {interval} {unit}") }
}

fn months(months: &[u32]) -> String {
    match months {
        [] => String::new(),
        months => format!("{} 月", months.iter().map(u32::to_string).collect::<Vec<_>>().join("、")),
    }
}

fn month_days(days: &[i32]) -> String {
    let day = |day: &i32| match day {
        -1 => "最后一天".to_string(),
        day if *day < 0 => format!("倒数第 {} 天", -day),
        day => format!("{day} 日"),
    };
    let text = days.iter().map(day).collect::<Vec<_>>().join("、");
    if text.starts_with(|first: char| first.is_ascii_digit()) { format!(" {text}") } else { text }
}
