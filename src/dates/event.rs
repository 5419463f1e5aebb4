//! Days that count from an event: 两会闭幕后2日内, 方案印发后10个工作日内, 春节前.
//!
//! Reads which event is meant and how far off the day lies. When the event is, only the campaign knows.

use chrono::NaiveDate;

use crate::dates::calendar::WorkCalendar;
use crate::dates::cursor::Cursor;
use crate::dates::duration;
use crate::dates::duration::Period;
use crate::dates::expression::Expression;
use crate::dates::expression::Meaning;
use crate::dates::normalise::normalise;
use crate::dates::tail;
use crate::dates::tail::Tail;

/// A day told by an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByEvent {
    /// The words for the event: 两会闭幕, 收到通知.
    pub event: String,
    offset: Offset,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offset {
    /// 后2日内
    After(Period),
    /// 前3日
    Before(Period),
    /// 前
    DayBefore,
}

/// Words between an event and a length, the longer ones first.
const AFTER: &[&str] = &["之日起", "当日起", "之后", "以后", "后", "起"];
const BEFORE: &[&str] = &["之前", "以前", "前"];

impl ByEvent {
    /// Reads words that name a day by an event; `None` where they name a day of their own, or nothing of the kind.
    pub fn parse(text: &str) -> Option<ByEvent> {
        let text = normalise(text).text;
        let at_each = |words: &'static [&'static str]| {
            let text = text.as_str();
            text.char_indices().filter_map(move |(at, _)| {
                let (event, rest) = text.split_at_checked(at)?;
                let word = words.iter().find(|word| rest.starts_with(**word))?;
                Some((event, rest.get(word.len()..)?))
            })
        };
        let found = at_each(AFTER).find_map(|(event, rest)| Some((event, Offset::After(length(rest)?))));
        let found = found.or_else(|| {
            at_each(BEFORE).find_map(|(event, rest)| match rest {
                "" => Some((event, Offset::DayBefore)),
                rest => Some((event, Offset::Before(length(rest)?))),
            })
        });
        let (event, offset) = found?;
        let event = event.trim_matches(['"', '“', '”', '自', '在', '于', ',']);
        let undated = match Expression::parse(event).meaning {
            Meaning::NotADate(points) => points.is_empty(),
            meaning => matches!(meaning, Meaning::Undated(_)),
        };
        let worded = event.chars().any(|character| !character.is_ascii_digit());
        // 期满前, 到期前 count from a deadline, not from an event.
        let of_deadline = ["届满", "期满", "到期", "发现", "检查", "排查"].iter().any(|word| event.ends_with(word));
        (worded && undated && !of_deadline).then(|| ByEvent { event: event.to_owned(), offset })
    }

    /// The day, once that of the event is known.
    pub fn day(&self, event: NaiveDate, calendar: &WorkCalendar) -> Option<NaiveDate> {
        match self.offset {
            Offset::After(period) => period.end(event, calendar).map(|end| end.date),
            Offset::Before(period) => period.before(event, calendar).map(|end| end.date),
            Offset::DayBefore => event.pred_opt(),
        }
    }
}

/// 2日内, 10个工作日内报送
fn length(text: &str) -> Option<Period> {
    let mut cursor = Cursor::new(text);
    cursor.eat_longest(&["的", ","]);
    cursor.eat_longest(&["第", "不超过", "在"]);
    let period = duration::period(&mut cursor, true)?;
    let mut expression = Expression::from(Meaning::Blank);
    tail::affixes(&mut cursor, &mut expression, &mut Tail::default());
    cursor.is_at_end().then_some(period)
}

#[cfg(test)]
mod tests {
    use super::ByEvent;
    use crate::dates::WorkCalendar;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = ByEvent::parse(text);
        // 2024-03-11 is a Monday.
        let day = found.as_ref().and_then(|found| found.day("2024-03-11".parse().ok()?, WorkCalendar::shipped()));
        let shown = found.as_ref().map(|found| (found.event.as_str(), day.map_or(String::new(), |day| day.to_string())));
        assert_eq!(shown, expected.map(|(event, day)| (event, day.to_owned())), "{text}");
    }

    #[test]
    fn an_event_and_how_far_off() {
        check("两会闭幕后2日内", Some(("两会闭幕", "2024-03-13")));
        check("全国“两会”闭幕之后 2 日内", Some(("全国“两会”闭幕", "2024-03-13")));
        check("方案印发后10个工作日内", Some(("方案印发", "2024-03-25")));
        check("自收到通知之日起5个工作日内", Some(("收到通知", "2024-03-18")));
        check("督查结束后一周内报送", Some(("督查结束", "2024-03-18")));
        check("专项行动结束后一个月内", Some(("专项行动结束", "2024-04-11")));
        check("两会召开前3日", Some(("两会召开", "2024-03-08")));
        check("春节前", Some(("春节", "2024-03-10")));
        check("7月1日后10日内", None);
        check("7月底前", None);
        check("分别于5月28日、7月3日前", None);
        check("期限届满前10日", None);
        check("6月10日前", None);
        check("前", None);
        check("尽快", None);
    }
}
