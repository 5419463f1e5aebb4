//! The grammar of lengths of time: 3天内, 自发现之日起30日内, 到期前10日, 3月内, 两会闭幕后2日内.
//!
//! Reads what is counted and from what kind of day; knows no calendar.

use crate::dates::cursor::Cursor;
use crate::dates::duration;
use crate::dates::duration::Period;
use crate::dates::duration::PeriodUnit;
use crate::dates::expression::Anchor;
use crate::dates::expression::Expression;
use crate::dates::expression::Meaning;
use crate::dates::found::Found;
use crate::dates::phrase::FROM;
use crate::dates::point::Year;
use crate::dates::reading::Undated;
use crate::dates::tail;
use crate::dates::tail::Tail;
use crate::dates::words;
use crate::dates::words::Word;

/// A period behind these counts from the day the hazard was found.
#[rustfmt::skip]
const FOUND_ANCHORS: &[&str] = &[
    "发现之日起", "检查之日起", "排查之日起", "查出之日起", "发现隐患之日起", "发现后", "检查后", "排查后", "发现隐患后", "查出后",
    "发现起", "发现日起", "检查日起", "排查日起",
];
/// A period behind these counts from a day that no context holds.
#[rustfmt::skip]
const OTHER_ANCHORS: &[&str] = &[
    "收到通知之日起", "收到通知书之日起", "收到本通知之日起", "收到整改通知之日起", "收到整改通知书之日起", "接到通知之日起",
    "接到通知后", "收到通知后", "收到通知书后", "下达之日起", "通知下达之日起", "通知书下达之日起", "送达之日起", "接到举报后",
    "签收之日起", "受理之日起",
];
#[rustfmt::skip]
const LENGTH_INTRODUCTIONS: &[&str] = &[
    "不超过", "不得超过", "最长", "最长不超过", "利用", "用", "为期", "历时", "限", "限期", "在", "于", "须在", "应在", "请在", "要求",
    "要求在", "确保", "确保在", "共",
];
const BEFORE_DUE: &[&str] =
    &["期限届满前", "整改期限届满前", "届满前", "到期前", "期满前", "提前", "期限届满之前", "治理期限届满前", "会前", "节前", "活动前"];

/// Moves over a length beside a range or behind a beginning: 为期三个月, 利用100天, 百日.
pub(crate) fn length_of_time(cursor: &mut Cursor<'_>) -> Option<Period> {
    let mut ahead = *cursor;
    ahead.eat_longest(LENGTH_INTRODUCTIONS);
    let period = duration::period(&mut ahead, true)?;
    ahead.eat_longest(&["时间", "的时间", "内", "以内", "之内"]);
    *cursor = ahead;
    Some(period)
}

/// A text that is a length of time: 3天内, 限15日内, 一个月时间, 自发现之日起30日内, 到期前10日.
pub(crate) fn length(text: &str) -> Option<Expression> {
    let mut cursor = Cursor::new(text);
    let mut expression = Expression::from(Meaning::Blank);
    if cursor.eat_longest(BEFORE_DUE).is_some() {
        let period = duration::period(&mut cursor, true)?;
        tail::affixes(&mut cursor, &mut expression, &mut Tail::default());
        expression.meaning = Meaning::Around { period, before: true };
        return cursor.is_at_end().then_some(expression);
    }
    cursor.eat_longest(FROM);
    let anchor = if cursor.eat_longest(FOUND_ANCHORS).is_some() {
        Some(Anchor::Found)
    } else {
        cursor.eat_longest(OTHER_ANCHORS).map(|_| Anchor::Other)
    };
    if anchor.is_none() {
        cursor = Cursor::new(text);
    }
    cursor.eat(",");
    let introduced = cursor.eat_longest(LENGTH_INTRODUCTIONS).is_some() || anchor.is_some();
    expression.meaning = match month_or_months(&mut cursor) {
        Some(meaning) => meaning,
        None => {
            let mut sure = cursor;
            let unmistakable = duration::period(&mut sure, false);
            let period = match unmistakable {
                Some(period) => {
                    cursor = sure;
                    period
                }
                None => duration::period(&mut cursor, true)?,
            };
            let inside = cursor.eat_longest(&["内", "以内", "之内", "时间内"]).is_some();
            let spoken = cursor.eat_longest(&["时间", "的时间", "期限", "左右时间"]).is_some();
            // `25日` alone is a day of the month; `3日内`, `限3日` are lengths. `2023年` and `10年` alone are no deadlines.
            let enough = unmistakable.is_some() && period.unit != PeriodUnit::Years;
            if !(enough || inside || introduced || spoken) {
                return None;
            }
            Meaning::Within(period, anchor.unwrap_or(Anchor::Found))
        }
    };
    let mut seen = Tail::default();
    tail::affixes(&mut cursor, &mut expression, &mut seen);
    expression.normalised = false;
    // 3天前 and 3天起 are no deadlines three days from now.
    (cursor.is_at_end() && !expression.finished && !seen.before && !seen.start).then_some(expression)
}

/// `3月内`: in March, or within three months?
fn month_or_months(cursor: &mut Cursor<'_>) -> Option<Meaning> {
    let mut ahead = *cursor;
    let number = ahead.number()?;
    ahead.eat_longest(&["月内", "月以内", "月之内"])?;
    let point = match Found::month(Year::Unstated, number.value) {
        Found::Point(point) => point,
        _ => return None,
    };
    *cursor = ahead;
    Some(Meaning::OneOf(vec![point], Some(Period { count: number.value, unit: PeriodUnit::Months })))
}

/// 全国两会闭幕后2日内: an event without a day, and a length behind it.
pub(crate) fn around_event(text: &str) -> Option<Expression> {
    let (event, rest) = text.split_once('后')?;
    let Some(Word::Undated(undated @ (Undated::Event | Undated::Conditional))) = words::classify(event) else { return None };
    let mut cursor = Cursor::new(rest);
    let period = duration::period(&mut cursor, true)?;
    let mut expression = Expression::from(match undated {
        Undated::Event => Meaning::Around { period, before: false },
        conditional => Meaning::Undated(conditional),
    });
    tail::affixes(&mut cursor, &mut expression, &mut Tail::default());
    expression.normalised = false;
    cursor.is_at_end().then_some(expression)
}
