//! The dates of a plan: ISO days and the plan's own words, resolved against its period.
//!
//! Says which day was meant and what had to be assumed; the words of the reports live here too.

use chrono::NaiveDate;

use crate::campaign::problems::Report;
use crate::dates::Context;
use crate::dates::DateNote;
use crate::dates::DateReading;
use crate::dates::Expression;
use crate::dates::Undated;
use crate::dates::UnreadableDate;
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

/// The days that the words of a plan name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanDate {
    /// First day; `None` for a mere deadline (2023年7月底前).
    pub start: Option<NaiveDate>,
    /// Last day, included; `None` for an open end (即日起).
    pub end: Option<NaiveDate>,
    /// The year was not written and taken from the period or the day of issue.
    pub year_inferred: bool,
    /// The same day of another year lies in the period, too.
    pub also: Option<NaiveDate>,
}

impl PlanDate {
    /// The day at the edge that is asked for; a start may also be given by its only day.
    pub fn day(&self, edge: Edge) -> Option<NaiveDate> {
        match edge {
            Edge::Start => self.start.or(self.end),
            Edge::End => self.end,
        }
    }
}

/// Why words name no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// An event whose date is not known: 春节前, 两会结束.
    Event,
    /// There is no such day: 6月31日.
    Impossible,
    /// Neither the words nor the plan say the year, or the day to count from.
    NeedsAnchor,
    /// Several days fit.
    Ambiguous(Vec<NaiveDate>),
    /// Words that stand for no day: 尽快, 长期.
    Vague,
    Unreadable,
}

/// Resolves the words of a plan.
///
/// # Errors
/// [`Trouble`] when they name no day at the edge that is asked for.
pub fn resolve(words: &str, edge: Edge, anchors: &Anchors) -> Result<PlanDate, Trouble> {
    let context = Context { period: anchors.period, document: anchors.issued, ..Context::default() };
    let resolution = Expression::parse(words).resolve(&context);
    let mut date = PlanDate { start: resolution.start, end: resolution.end, ..PlanDate::default() };
    for note in &resolution.notes {
        match note {
            DateNote::YearInferred(_) => date.year_inferred = true,
            DateNote::YearAlsoPossible(day) => date.also = Some(*day),
            _ => {}
        }
    }
    if date.day(edge).is_some() && !matches!(resolution.reading, DateReading::Unreadable(_)) {
        return Ok(date);
    }
    Err(match resolution.reading {
        DateReading::Undated(Undated::Event) => Trouble::Event,
        DateReading::Unreadable(UnreadableDate::Impossible) => Trouble::Impossible,
        DateReading::Unreadable(UnreadableDate::NeedsAnchor) => Trouble::NeedsAnchor,
        DateReading::Unreadable(_) if !resolution.candidates.is_empty() => Trouble::Ambiguous(resolution.candidates),
        DateReading::Undated(_) | DateReading::Immediate => Trouble::Vague,
        _ => Trouble::Unreadable,
    })
}

/// The note about an inferred year, if one was.
pub fn year_report(words: &str, path: &str, date: &PlanDate, edge: Edge) -> Option<Report> {
    let day = date.day(edge).filter(|_| date.year_inferred)?;
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
        Trouble::NeedsAnchor => ("C005", format!("“{words}”没有写年份或起算日，也无从推定"), "写明年、月、日，如 2023年7月底前"),
        Trouble::Ambiguous(days) => {
            let days: Vec<String> = days.iter().take(4).map(NaiveDate::to_string).collect();
            ("C005", format!("“{words}”可以是 {}", days.join(" 或 ")), "写成其中一天")
        }
        Trouble::Vague => ("C005", format!("“{words}”不是具体日期"), "写上具体日期；确实没有期限的，删掉这个键"),
        Trouble::Unreadable => {
            ("C005", format!("“{words}”看不懂，不是日期"), "写成 2023-07-31，或方案的说法，如 2023年7月底前、2020年6月中旬至8月底")
        }
    };
    Report { code, severity: Severity::Error, field: path.to_owned(), value: Some(words.to_owned()), message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Anchors;
    use super::Edge;
    use super::PlanDate;
    use super::Trouble;
    use super::resolve;

    fn check(words: &str, expected: Result<(Option<&str>, Option<&str>), Trouble>) {
        let day = |text: &str| text.parse().ok();
        let anchors = Anchors { period: day("2020-06-05").zip(day("2021-10-31")), issued: day("2020-06-01") };
        let days = |date: PlanDate| (date.start.map(|day| day.to_string()), date.end.map(|day| day.to_string()));
        let expected = expected.map(|(start, end)| (start.map(str::to_owned), end.map(str::to_owned)));
        assert_eq!(resolve(words, Edge::End, &anchors).map(days), expected, "{words}");
    }

    #[test]
    fn the_words_of_plans() {
        check("2020-08-30", Ok((Some("2020-08-30"), Some("2020-08-30"))));
        check("2020年7月底前", Ok((None, Some("2020-07-31"))));
        check("2020 年 6 月中旬至 8 月底", Ok((Some("2020-06-11"), Some("2020-08-31"))));
        check("2020 年 9 月至 2021 年 1 月底", Ok((Some("2020-09-01"), Some("2021-01-31"))));
        check("6月上旬", Ok((Some("2020-06-01"), Some("2020-06-10"))));
        check("春节前", Err(Trouble::Event));
        check("2020年6月31日", Err(Trouble::Impossible));
        check("尽快", Err(Trouble::Vague));
        check("下辈子", Err(Trouble::Unreadable));
    }

    #[test]
    fn a_year_that_was_not_written_is_told_with_its_alternative() {
        let day = |text: &str| text.parse().ok();
        let anchors = Anchors { period: day("2020-06-05").zip(day("2021-10-31")), issued: None };
        let date = resolve("8月30日前", Edge::End, &anchors).expect("a day");
        assert!(date.year_inferred);
        assert_eq!((date.end, date.also), (day("2020-08-30"), day("2021-08-30")));
        assert_eq!(resolve("8月30日前", Edge::End, &Anchors::default()), Err(Trouble::NeedsAnchor));
    }
}
