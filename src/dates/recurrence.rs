//! Recurring days: the plans' own words (每周五17:00前, 每季度末) and a subset of RFC 5545 rules.
//!
//! Parsed without a clock; expanded between two days. A rule without a day of its own (每季度至少1次) is due at
//! the end of its period and says so. Days fall where they fall; what the words say of working days a calendar settles.

mod describe;
mod following;
mod occurrences;
mod rrule;
mod words;
mod workdays;

use std::fmt;

use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Weekday;

pub use following::Follows;
pub use workdays::SettledDay;
pub use workdays::WorkdayRule;

/// The months after the end of a quarter.
const QUARTER_STARTS: [u32; 4] = [1, 4, 7, 10];

/// A rule for recurring days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    pub frequency: Frequency,
    /// Every how many days, weeks, months or years; at least 1.
    pub interval: u32,
    pub by_day: Vec<ByDay>,
    /// 1 to 31, or −1 (the last day) to −31.
    pub by_month_day: Vec<i32>,
    pub by_month: Vec<u32>,
    /// Last day, included.
    pub until: Option<NaiveDate>,
    /// How many occurrences altogether, counted from the start.
    pub count: Option<u32>,
    /// How often within each period (每季度至少2次); 1 unless said otherwise.
    pub times: u32,
    /// What the words add that no calendar holds (重要活动前); shown, never scheduled.
    pub unscheduled: Option<String>,
    /// The period just over that is reported on (次月5日前).
    pub follows: Option<Follows>,
    /// What working days do to the days (每月最后一个工作日, 遇节假日顺延).
    pub workday: Option<WorkdayRule>,
    time: Option<NaiveTime>,
    anchored: bool,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A weekday, with its number within the month (or year) where it has one: 1 the first, −1 the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByDay {
    pub nth: Option<i32>,
    pub weekday: Weekday,
}

/// Why a recurrence cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecurrenceError {
    /// Nothing there.
    Empty,
    /// Words that are no recurrence this program knows.
    NotUnderstood(String),
    /// Words with two readings (每周一检查: on Mondays, or once a week); both as they should be written.
    Ambiguous([String; 2]),
    /// Two rules that do not fit into one (周统计、月通报); each part as written.
    SeveralRules(Vec<String>),
    /// Working days in a way that cannot be counted.
    WorkingDays,
    /// A part of a rule that is not supported, by its name.
    UnsupportedPart(String),
    /// A frequency other than DAILY, WEEKLY, MONTHLY, YEARLY.
    UnsupportedFrequency(String),
    /// No FREQ.
    NoFrequency,
    /// A part given twice.
    Repeated(String),
    /// A value that its part does not allow.
    BadValue { part: String, value: String },
    /// Both COUNT and UNTIL.
    CountAndUntil,
    /// BYDAY with a number (1FR) in a rule that is neither monthly nor yearly.
    NumberedWeekday(String),
    /// BYMONTHDAY in a weekly rule.
    MonthDayInWeek,
}

impl fmt::Display for RecurrenceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecurrenceError::Empty => write!(out, "没有写周期"),
            RecurrenceError::NotUnderstood(text) => {
                write!(out, "看不懂周期“{text}”；可写“每周五17:00前”“每月29日前”“每季度末”或 FREQ=MONTHLY;BYMONTHDAY=29")
            }
            RecurrenceError::Ambiguous([one, other]) => write!(out, "有两种读法，请写明是“{one}”还是“{other}”"),
            RecurrenceError::SeveralRules(parts) => write!(out, "这里有几个周期（{}），请分开各写一条", parts.join("；")),
            RecurrenceError::WorkingDays => {
                write!(out, "看不懂其中的工作日；可写“每月最后一个工作日”“每月前5个工作日”“每个工作日”，或写明日期")
            }
            RecurrenceError::UnsupportedPart(part) => {
                write!(out, "不支持 {part}；支持 FREQ、INTERVAL、BYDAY、BYMONTHDAY、BYMONTH、UNTIL、COUNT")
            }
            RecurrenceError::UnsupportedFrequency(value) => write!(out, "不支持 FREQ={value}；支持 DAILY、WEEKLY、MONTHLY、YEARLY"),
            RecurrenceError::NoFrequency => write!(out, "缺少 FREQ"),
            RecurrenceError::Repeated(part) => write!(out, "{part} 写了两次"),
            RecurrenceError::BadValue { part, value } => write!(out, "{part} 的值“{value}”不对"),
            RecurrenceError::CountAndUntil => write!(out, "COUNT 与 UNTIL 不能同时写"),
            RecurrenceError::NumberedWeekday(value) => write!(out, "BYDAY={value} 带序号，只能用于 MONTHLY 或 YEARLY"),
            RecurrenceError::MonthDayInWeek => write!(out, "BYMONTHDAY 不能用于 WEEKLY"),
        }
    }
}

impl std::error::Error for RecurrenceError {}

impl Recurrence {
    /// Reads a recurrence, in words or as a rule with or without `RRULE:` in front.
    ///
    /// ```
    /// use qingdan::dates::Recurrence;
    /// let day = |text: &str| text.parse().unwrap();
    /// let monthly = Recurrence::parse("每月 29 日前").unwrap();
    /// assert_eq!(monthly, Recurrence::parse("FREQ=MONTHLY;BYMONTHDAY=29").unwrap());
    /// // A common February has no 29th: it is skipped, and `skipped_months` says so.
    /// assert_eq!(monthly.occurrences(day("2021-01-01"), day("2021-03-31")), [day("2021-01-29"), day("2021-03-29")]);
    /// assert_eq!(monthly.skipped_months(day("2021-01-01"), day("2021-03-31")), [(2021, 2)]);
    /// ```
    ///
    /// # Errors
    /// What cannot be read, by name; nothing is dropped silently.
    pub fn parse(text: &str) -> Result<Recurrence, RecurrenceError> {
        let normalised = crate::dates::normalise::normalise(text).text;
        if normalised.is_empty() {
            return Err(RecurrenceError::Empty);
        }
        if normalised.starts_with("rrule:") || normalised.contains('=') {
            return rrule::parse(&normalised.to_uppercase());
        }
        words::parse(&normalised)
    }

    /// The time of day by which it is due (每天15:30之前); `None` for the end of the day.
    pub fn time(&self) -> Option<NaiveTime> {
        self.time
    }

    /// Whether the rule itself says which day. 每周, 每季度至少1次 do not: they are due at the end of the period.
    pub fn is_anchored(&self) -> bool {
        self.anchored
    }

    fn every(frequency: Frequency) -> Recurrence {
        Recurrence {
            frequency,
            interval: 1,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            until: None,
            count: None,
            times: 1,
            unscheduled: None,
            follows: None,
            workday: None,
            time: None,
            anchored: true,
        }
    }
}
