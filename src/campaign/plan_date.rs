//! The dates of a plan: ISO days and the plan's own words, resolved against its period.
//!
//! Says which day was meant and what had to be assumed; the words of the reports live here too.

use chrono::NaiveDate;

use crate::campaign::problems::Report;
use crate::diagnostic::Severity;

/// Which end of a range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// What words without a year may refer to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchors {
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The day the plan was issued: 即日起, 今年.
    pub issued: Option<NaiveDate>,
}

/// A day of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanDate {
    /// `None` when only the other edge is stated (2023年7月底前 has no start).
    pub day: Option<NaiveDate>,
    /// The year was not written and taken from the period.
    pub year_inferred: bool,
    /// The same day of another year lies in the period, too.
    pub also: Option<NaiveDate>,
}

/// Why words name no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// An event whose date is not known: 春节前, 两会结束.
    Event,
    /// There is no such day: 6月31日.
    Impossible,
    /// No year is written and none can be inferred.
    NoYear,
    /// Words that stand for no day: 尽快, 长期.
    Vague,
    Unreadable,
}

/// Resolves the words of a plan.
///
/// # Errors
/// [`Trouble`] when they name no day.
pub fn resolve(words: &str, edge: Edge, anchors: &Anchors) -> Result<PlanDate, Trouble> {
    let _ = (edge, anchors);
    match NaiveDate::parse_from_str(words.trim(), "%Y-%m-%d") {
        Ok(day) => Ok(PlanDate { day: Some(day), ..PlanDate::default() }),
        Err(_) => Err(Trouble::Unreadable),
    }
}

/// The note about an inferred year, if one was.
pub fn year_report(words: &str, path: &str, date: &PlanDate) -> Option<Report> {
    let day = date.day.filter(|_| date.year_inferred)?;
    let message = match date.also {
        Some(also) => format!("“{words}”没有写年份，起止日期内有 {day} 和 {also} 两天，暂按前一天"),
        None => format!("“{words}”没有写年份，按起止日期推定为 {day}"),
    };
    Some(Report {
        code: "C008",
        severity: Severity::Warning,
        field: path.to_owned(),
        value: Some(words.to_owned()),
        message,
        help: format!("写明年份，如 {day}"),
    })
}

/// The error for words that name no day.
pub fn report(words: &str, path: &str, trouble: &Trouble) -> Report {
    let (code, message, help) = match trouble {
        Trouble::Event => {
            ("C009", format!("“{words}”以某件事为准，日历上没有它的日期"), "写上具体日期，原话可放在注释里，如 due: 2024-03-11  # 两会结束")
        }
        Trouble::Impossible => ("C005", format!("日历上没有“{words}”这一天"), "核对方案原文，写上存在的日期"),
        Trouble::NoYear => ("C005", format!("“{words}”没有写年份，也无从推定"), "写明年份，如 2023年7月底前"),
        Trouble::Vague => ("C005", format!("“{words}”不是具体日期"), "写上具体日期；确实没有期限的，删掉这个键"),
        Trouble::Unreadable => {
            ("C005", format!("“{words}”看不懂，不是日期"), "写成 2023-07-31，或方案的说法，如 2023年7月底前、2020年6月中旬至8月底")
        }
    };
    Report { code, severity: Severity::Error, field: path.to_owned(), value: Some(words.to_owned()), message, help: help.to_owned() }
}
