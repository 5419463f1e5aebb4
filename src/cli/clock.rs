//! The clock: read here and nowhere else, so that every other part is a function of the as-of date.
//!
//! Days are those of Asia/Shanghai (UTC+8, no summer time since 1991).

#![allow(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]

use chrono::DateTime;
use chrono::Days;
use chrono::FixedOffset;
use chrono::NaiveDate;
use chrono::Utc;

const SHANGHAI_SECONDS_EAST: i32 = 8 * 60 * 60;

fn now() -> DateTime<FixedOffset> {
    let shanghai = FixedOffset::east_opt(SHANGHAI_SECONDS_EAST).expect("eight hours are within a day");
    Utc::now().with_timezone(&shanghai)
}

/// Today in Asia/Shanghai.
pub fn today() -> NaiveDate {
    now().date_naive()
}

/// The moment, for the lock file alone: `2023-08-15 09:30:12`.
pub fn moment() -> String {
    now().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// What `--as-of` or `--received` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayArgument {
    Day(NaiveDate),
    /// Days from today: 昨天 is −1.
    FromToday(i8),
}

impl DayArgument {
    /// The day meant; `None` only beyond the calendar's end.
    pub fn resolve(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            DayArgument::Day(day) => Some(day),
            DayArgument::FromToday(days) if days < 0 => today.checked_sub_days(Days::new(u64::from(days.unsigned_abs()))),
            DayArgument::FromToday(days) => today.checked_add_days(Days::new(u64::from(days.unsigned_abs()))),
        }
    }
}

/// Reads a day of the command line: ISO, the usual separators, 年月日, eight digits, 今天 and its neighbours.
pub fn parse_day(text: &str) -> Result<DayArgument, String> {
    let trimmed = text.trim();
    match trimmed {
        "今天" | "今日" | "today" => return Ok(DayArgument::FromToday(0)),
        "昨天" | "昨日" | "yesterday" => return Ok(DayArgument::FromToday(-1)),
        "前天" => return Ok(DayArgument::FromToday(-2)),
        "明天" | "明日" | "tomorrow" => return Ok(DayArgument::FromToday(1)),
        "后天" => return Ok(DayArgument::FromToday(2)),
        _ => {}
    }
    let parts: Vec<&str> = trimmed.trim_end_matches(['日', '号']).split(['-', '/', '.', '年', '月']).collect();
    let numbers: Option<(i32, u32, u32)> = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Option::zip(year.parse().ok(), Option::zip(month.parse().ok(), day.parse().ok())).map(|(year, (month, day))| (year, month, day))
        }
        [digits] if digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse::<u32>().ok().map(|number| ((number / 10_000) as i32, number / 100 % 100, number % 100))
        }
        _ => None,
    };
    let Some((year, month, day)) = numbers else {
        return Err("请写成 2023-08-15，或者 今天、昨天、前天、明天".to_owned());
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .map(DayArgument::Day)
        .ok_or_else(|| format!("没有{year}年{month}月{day}日这一天；请写成 2023-08-15 这样的日期"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_command_line() {
        let today = NaiveDate::from_ymd_opt(2023, 3, 1).expect("a day");
        let check = |text: &str, expected: Option<&str>| {
            let day = parse_day(text).ok().and_then(|argument| argument.resolve(today)).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{text}");
        };
        check("2023-08-15", Some("2023-08-15"));
        check("2023/8/5", Some("2023-08-05"));
        check("2023年8月15日", Some("2023-08-15"));
        check("20230815", Some("2023-08-15"));
        check("今天", Some("2023-03-01"));
        check("昨天", Some("2023-02-28"));
        check("前天", Some("2023-02-27"));
        check("明天", Some("2023-03-02"));
        check("2023-02-30", None);
        check("8月15日", None);
        check("15-08-2023", None);
        check("", None);
        check("99999999", None);
    }
}
