//! The dates of a plan: ISO days and the plan's own words, resolved against its period.
//!
//! Says which day was meant and what had to be assumed; the words of the reports live here too.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::NaiveTime;
use chrono::Weekday;

use crate::campaign::events;
use crate::campaign::events::Event;
use crate::campaign::problems::Report;
use crate::dates::ByEvent;
use crate::dates::Context;
use crate::dates::DateNote;
use crate::dates::DateReading;
use crate::dates::Expression;
use crate::dates::Resolution;
use crate::dates::Undated;
use crate::dates::UnreadableDate;
use crate::dates::WorkCalendar;
use crate::diagnostic::Severity;

/// Which end of a range is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// What words without a year may refer to, and the events that others count from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchors<'a> {
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The day the plan was issued: 即日起, 今年.
    pub issued: Option<NaiveDate>,
    pub events: &'a [Event],
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
    /// 17:00前
    pub time: Option<NaiveTime>,
    /// The weekday that is written and does not fit the day.
    pub wrong_weekday: Option<Weekday>,
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
    /// An event whose day is not known: 春节前, 两会结束.
    Event(String),
    /// There is no such day: 6月31日.
    Impossible,
    /// Neither the words nor the plan say the year, or the day to count from.
    NeedsAnchor,
    /// Several days fit.
    Ambiguous(Vec<NaiveDate>),
    /// Several days are meant: 分别于5月28日、7月3日前.
    Several(Vec<NaiveDate>),
    /// Only the first day is said: 即日起.
    OpenEnd(NaiveDate),
    /// Words that stand for no day: 尽快, 长期.
    Vague,
    Unreadable,
}

/// Resolves the words of a plan.
///
/// # Errors
/// [`Trouble`] when they name no day at the edge that is asked for.
pub fn resolve(words: &str, edge: Edge, anchors: &Anchors<'_>) -> Result<PlanDate, Trouble> {
    let by_event = ByEvent::parse(words);
    let of_event = |day: Option<NaiveDate>| day.map(|day| PlanDate { start: Some(day), end: Some(day), ..PlanDate::default() });
    if let Some(by_event) = &by_event
        && let Some(event) = events::find(anchors.events, &by_event.event)
    {
        let day = event.day.and_then(|day| by_event.day(day, &WorkCalendar::statutory()));
        return of_event(day).ok_or_else(|| Trouble::Event(event.name.clone()));
    }
    let expression = Expression::parse(words);
    let mut resolution = expression.resolve(&Context { period: anchors.period, document: anchors.issued, ..Context::default() });
    if let (DateReading::Unreadable(UnreadableDate::Ambiguous), Some(day)) = (resolution.reading, only_possible(&resolution, anchors)) {
        // The year is settled: read again as of that year.
        let period = Some((day, day));
        resolution = expression.resolve(&Context { period, document: anchors.issued, ..Context::default() });
    }
    let mut date = PlanDate { start: resolution.start, end: resolution.end, time: expression.time, ..PlanDate::default() };
    for note in &resolution.notes {
        match note {
            DateNote::YearInferred(_) => date.year_inferred = true,
            DateNote::YearAlsoPossible(day) => date.also = Some(*day),
            DateNote::WeekdayMismatch => date.wrong_weekday = expression.weekday,
            _ => {}
        }
    }
    let is_read = !matches!(resolution.reading, DateReading::Unreadable(_));
    if date.day(edge).is_some() && (is_read || edge == Edge::Start && resolution.candidates.len() < 2) {
        return Ok(date);
    }
    if let Some(by_event) = by_event {
        let issued = events::issue(anchors, &by_event.event).and_then(|day| by_event.day(day, &WorkCalendar::statutory()));
        return of_event(issued).ok_or(Trouble::Event(by_event.event));
    }
    Err(match (resolution.reading, resolution.start) {
        (DateReading::Undated(Undated::Event), _) => return until_event(words, date, anchors),
        (DateReading::Unreadable(UnreadableDate::Impossible), _) => Trouble::Impossible,
        (DateReading::Unreadable(UnreadableDate::NeedsAnchor), _) => Trouble::NeedsAnchor,
        (DateReading::Unreadable(_), Some(start)) => Trouble::OpenEnd(start),
        (DateReading::Unreadable(_), None) if resolution.candidates.len() > 1 && words.contains(['、', '及', '和', '；', '别']) => {
            Trouble::Several(resolution.candidates)
        }
        (DateReading::Unreadable(_), None) if !resolution.candidates.is_empty() => Trouble::Ambiguous(resolution.candidates),
        (DateReading::Undated(_) | DateReading::Immediate, _) => Trouble::Vague,
        _ => Trouble::Unreadable,
    })
}

/// 两会结束, 即日起至全国两会结束: the day of the event itself ends it.
fn until_event(words: &str, date: PlanDate, anchors: &Anchors<'_>) -> Result<PlanDate, Trouble> {
    let event = words.rsplit(['至', '到']).next().unwrap_or(words).trim();
    match events::find(anchors.events, event).and_then(|event| event.day) {
        Some(day) => Ok(PlanDate { start: date.start.or(Some(day)), end: Some(day), ..date }),
        None => Err(Trouble::Event(event.to_owned())),
    }
}

/// A day this near to the period is meant where every other one is this far from it.
const NEAR: i64 = 92;
const FAR: i64 = 180;

/// The only one of several days without a year that a plan can mean: none lies before its issue, and one some weeks off the period
/// is not doubted for the sake of one a year off.
fn only_possible(resolution: &Resolution, anchors: &Anchors<'_>) -> Option<NaiveDate> {
    let (first, last) = anchors.period?;
    let distance = |day: &NaiveDate| (first - *day).max(*day - last).num_days();
    let possible = |day: &&NaiveDate| anchors.issued.is_none_or(|issued| **day >= issued);
    let mut days: Vec<NaiveDate> = resolution.candidates.iter().filter(possible).copied().collect();
    days.sort_by_key(distance);
    let same_day = |day: &NaiveDate| (day.month(), day.day());
    let one_day = resolution.candidates.windows(2).all(|pair| pair.first().map(same_day) == pair.last().map(same_day));
    match days.as_slice() {
        [only] if one_day => Some(*only),
        [near, others @ ..] if one_day && distance(near) <= NEAR && others.iter().all(|day| distance(day) >= FAR) => Some(*near),
        _ => None,
    }
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

/// The warning about a weekday that does not fit its day, if there is one.
pub fn weekday_report(words: &str, path: &str, date: &PlanDate, edge: Edge) -> Option<Report> {
    let (day, written) = (date.day(edge)?, date.wrong_weekday?);
    let name = |weekday: Weekday| ["一", "二", "三", "四", "五", "六", "日"][weekday.num_days_from_monday() as usize % 7];
    Some(Report {
        code: "C105",
        severity: Severity::Warning,
        field: path.to_owned(),
        value: Some(words.to_owned()),
        message: format!("“{words}”写的是星期{}，而 {day} 是星期{}", name(written), name(day.weekday())),
        help: "对照日历核对方案原文：日期和星期总有一个写错了；现在按日期算".to_owned(),
    })
}

/// What is to be said of words that name no day.
pub fn report(words: &str, path: &str, trouble: &Trouble) -> Report {
    let (code, message, help) = match trouble {
        Trouble::Event(event) => {
            let message = format!("“{words}”以“{event}”为准，还不知道是哪一天，先按待定处理");
            return Report {
                code: "C009",
                severity: Severity::Warning,
                field: path.to_owned(),
                value: Some(words.to_owned()),
                message,
                help: format!("知道日期后写进 events，如 events: {{{event}: 2024-03-11}}；日子一写上，截止日就自动算出来"),
            };
        }
        Trouble::Several(days) => {
            let days: Vec<String> = days.iter().take(4).map(NaiveDate::to_string).collect();
            (
                "C005",
                format!("“{words}”写了 {} 个日子（{}），是 {0} 次报送", days.len(), days.join("、")),
                "每个日子各写一项，名称可以相同，代号要分开",
            )
        }
        Trouble::OpenEnd(start) => (
            "C005",
            format!("“{words}”只说了从 {start} 开始，没有说到哪天为止"),
            "这里要写截止的日子，如 2023年7月底前；没有期限的，删掉这个键",
        ),
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
        let anchors = Anchors { period: day("2020-06-05").zip(day("2021-10-31")), issued: day("2020-06-01"), events: &[] };
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
        check("春节前", Err(Trouble::Event("春节".to_owned())));
        check("2020年6月31日", Err(Trouble::Impossible));
        check("尽快", Err(Trouble::Vague));
        check("下辈子", Err(Trouble::Unreadable));
    }

    #[test]
    fn a_year_that_was_not_written_is_told_with_its_alternative() {
        let day = |text: &str| text.parse().ok();
        let anchors = Anchors { period: day("2020-06-05").zip(day("2021-10-31")), issued: None, events: &[] };
        let date = resolve("8月30日前", Edge::End, &anchors).expect("a day");
        assert!(date.year_inferred);
        assert_eq!((date.end, date.also), (day("2020-08-30"), day("2021-08-30")));
        assert_eq!(resolve("8月30日前", Edge::End, &Anchors::default()), Err(Trouble::NeedsAnchor));
    }
}
