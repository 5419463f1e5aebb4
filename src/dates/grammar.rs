//! The grammar of one date in words: 2023年7月31日, 今年年底, 三季度末, 本月20日, 25日.
//!
//! Expects a normalised text. Reads one point and moves behind it; ranges, affixes and what the date is
//! for belong to `expression`.

use chrono::Weekday;

use crate::dates::cursor::Cursor;
use crate::dates::english;
use crate::dates::found::Found;
use crate::dates::numeric;
use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Year;
use crate::dates::point::is_day_of_month;

/// Moves over one date, however it is written.
pub(crate) fn point(cursor: &mut Cursor<'_>) -> Option<Found> {
    let mut ahead = *cursor;
    let found = document_day(&mut ahead)
        .or_else(|| retry(&mut ahead, english::english))
        .or_else(|| retry(&mut ahead, numeric::numeric))
        .or_else(|| retry(&mut ahead, week))
        .or_else(|| retry(&mut ahead, with_year))
        .or_else(|| retry(&mut ahead, |cursor| within_year(cursor, None)))?;
    *cursor = ahead;
    Some(found)
}

/// Runs a grammar and moves only if it succeeds.
fn retry<'a, T>(cursor: &mut Cursor<'a>, grammar: impl Fn(&mut Cursor<'a>) -> Option<T>) -> Option<T> {
    let mut ahead = *cursor;
    let found = grammar(&mut ahead)?;
    *cursor = ahead;
    Some(found)
}

fn document_day(cursor: &mut Cursor<'_>) -> Option<Found> {
    cursor.eat_longest(&["即日", "发文之日", "印发之日", "发布之日", "下发之日", "本通知印发之日", "今日", "今天", "本日"])?;
    Some(Found::Point(Point::new(Year::Unstated, Part::DocumentDay)))
}

fn week(cursor: &mut Cursor<'_>) -> Option<Found> {
    let offset = match cursor.eat_longest(&["本周", "这周", "本星期", "下周", "下星期", "下个星期", "上周", "上星期"])?
    {
        "本周" | "这周" | "本星期" => 0,
        "上周" | "上星期" => -1,
        _ => 1,
    };
    let weekday = weekday_name(cursor);
    Some(Found::Point(Point::new(Year::Unstated, Part::RelativeWeek(offset, weekday))))
}

/// Moves over 一 to 六, 日 or 天 as the name of a weekday.
pub(crate) fn weekday_name(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    let names = ["一", "二", "三", "四", "五", "六", "日", "天", "1", "2", "3", "4", "5", "6", "7"];
    Some(match cursor.eat_longest(&names)? {
        "一" | "1" => Weekday::Mon,
        "二" | "2" => Weekday::Tue,
        "三" | "3" => Weekday::Wed,
        "四" | "4" => Weekday::Thu,
        "五" | "5" => Weekday::Fri,
        "六" | "6" => Weekday::Sat,
        _ => Weekday::Sun,
    })
}

/// Moves over 星期二, 周二 or 礼拜二.
pub(crate) fn weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    retry(cursor, |cursor| {
        cursor.eat_longest(&["星期", "周", "礼拜"])?;
        weekday_name(cursor)
    })
}

/// A date that begins with its year.
fn with_year(cursor: &mut Cursor<'_>) -> Option<Found> {
    if let Some(word) = cursor.eat_longest(&[
        "今年",
        "本年度",
        "本年",
        "当年",
        "明年",
        "次年",
        "翌年",
        "来年",
        "下一年度",
        "下一年",
        "下年",
        "去年",
        "上年",
        "上一年",
    ]) {
        let offset = match word {
            "今年" | "本年度" | "本年" | "当年" => 0,
            "去年" | "上年" | "上一年" => -1,
            _ => 1,
        };
        return within_year(cursor, Some(Year::Relative(offset)));
    }
    let number = cursor.number()?;
    let signed = cursor.eat("年度") || cursor.eat("年");
    if !signed && !separator_before_month(cursor) {
        return quarter_letter(*cursor).then(|| within_year(cursor, Some(numeric::full_year(number)?))).flatten();
    }
    if let Some(year) = numeric::full_year(number) {
        return within_year(cursor, Some(year));
    }
    let two_digits = match number.chinese {
        true => (10..=40).contains(&number.value) && number.digits <= 3,
        false => number.digits == 2,
    };
    if two_digits && signed {
        let year = i32::try_from(number.value).ok().filter(|year| (10..=40).contains(year))?;
        let found = within_year(cursor, Some(Year::TwoDigit(2000 + year)))?;
        // 23年 alone is as likely a length of time.
        let bare = found.points().iter().all(|point| point.part == Part::WholeYear && point.edge == crate::dates::point::Edge::Whole);
        return if bare { None } else { Some(found) };
    }
    // A year that cannot be meant (217年7月10日): read on, so that the whole date is refused as one.
    if number.digits >= 3 {
        within_year(cursor, Some(Year::Stated(0)))?;
        return Some(Found::OutOfRange);
    }
    None
}

/// `2023.7月`, `2023-7月31日`: a sign between the year and a month in words.
fn separator_before_month(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    if ahead.eat_if(|sign| matches!(sign, '.' | '/' | '-' | '—')).is_none() {
        return false;
    }
    let start = ahead;
    let followed = if ahead.number().is_some() {
        let mut range = ahead;
        ahead.eat("月") || (range_separator(&mut range) && range.number().is_some() && range.eat("月"))
    } else {
        false
    };
    let quarter = quarter_letter(start);
    if followed || quarter {
        *cursor = start;
    }
    followed || quarter
}

fn quarter_letter(cursor: Cursor<'_>) -> bool {
    let mut ahead = cursor;
    ahead.eat("q") && ahead.arabic().is_some()
}

/// What stands behind the year, or stands without one.
fn within_year(cursor: &mut Cursor<'_>, year: Option<Year>) -> Option<Found> {
    let of = |part| Point::new(year.unwrap_or(Year::Unstated), part);
    let whole_year = |year: Option<Year>| Point::new(year.unwrap_or(Year::Relative(0)), Part::WholeYear);
    if cursor.eat_longest(&["年底", "年末", "年终"]).is_some() || (year.is_some() && cursor.eat_longest(&["底", "末", "终"]).is_some())
    {
        return Some(Found::Point(whole_year(year).at_end()));
    }
    if cursor.eat("年内") {
        return Some(Found::Point(whole_year(year)));
    }
    if year.is_some() && cursor.eat_longest(&["年初", "初"]).is_some() {
        return Some(Found::Choice(vec![of(Part::Day(1, 1)), of(Part::Month(1)).at_end()]));
    }
    // 中秋 and 中旬 begin with the same sign.
    let middle = ["年中", "中", "年中前", "中前"].contains(&cursor.rest());
    if year.is_some() && middle && cursor.eat_longest(&["年中", "中"]).is_some() {
        return Some(Found::Choice(vec![of(Part::Month(6)).at_end(), of(Part::Month(7)).at_end()]));
    }
    if let Some(word) = cursor.eat_longest(&["上半年", "前半年", "下半年", "后半年"]) {
        let half = if word.starts_with(['上', '前']) { 1 } else { 2 };
        return Some(Found::Point(end_if_said(cursor, of(Part::Half(half)))));
    }
    if let Some(found) = retry(cursor, |cursor| quarter(cursor, year)) {
        return Some(found);
    }
    if let Some(found) = retry(cursor, |cursor| month(cursor, year)) {
        return Some(found);
    }
    match year {
        Some(_) => Some(Found::Point(whole_year(year))),
        None => retry(cursor, day_alone),
    }
}

fn end_if_said(cursor: &mut Cursor<'_>, point: Point) -> Point {
    if cursor.eat_longest(&["底", "末"]).is_some() { point.at_end() } else { point }
}

fn quarter(cursor: &mut Cursor<'_>, year: Option<Year>) -> Option<Found> {
    if year.is_none() {
        if cursor.eat_longest(&["季度末", "季末", "季度底", "本季度末", "本季末", "本季度底"]).is_some() {
            return Some(Found::Point(Point::new(Year::Unstated, Part::RelativeQuarter(0)).at_end()));
        }
        if let Some(word) = cursor.eat_longest(&["本季度", "本季", "下季度", "下一季度", "下个季度"]) {
            let offset = i32::from(word.starts_with('下'));
            let point = Point::new(Year::Unstated, Part::RelativeQuarter(offset));
            return Some(Found::Point(end_if_said(cursor, point)));
        }
    }
    let number = if cursor.eat("q") {
        cursor.arabic()?
    } else {
        cursor.eat("第");
        let number = cursor.number()?;
        cursor.eat_longest(&["季度", "季"])?;
        number
    };
    let mut year = year;
    if year.is_none() {
        // Q3 2023, Q3-2023
        year = retry(cursor, |cursor| {
            cursor.eat_if(|sign| matches!(sign, ' ' | '-' | '/' | ','));
            numeric::full_year(cursor.arabic()?)
        });
    }
    if !(1..=4).contains(&number.value) {
        return Some(Found::Impossible);
    }
    let point = Point::new(year.unwrap_or(Year::Unstated), Part::Quarter(number.value));
    Some(Found::Point(end_if_said(cursor, point)))
}

fn month(cursor: &mut Cursor<'_>, year: Option<Year>) -> Option<Found> {
    if year.is_none() {
        if cursor.eat_longest(&["月底", "月末"]).is_some() {
            return Some(Found::Point(Point::new(Year::Unstated, Part::RelativeMonth(0)).at_end()));
        }
        if cursor.eat("月内") {
            return Some(Found::Point(Point::new(Year::Unstated, Part::RelativeMonth(0))));
        }
        if let Some(word) = cursor.eat_longest(&["本月份", "本月", "当月", "这个月", "下月", "下个月", "次月", "上月", "上个月"])
        {
            let offset = match word {
                "上月" | "上个月" => -1,
                "下月" | "下个月" | "次月" => 1,
                _ => 0,
            };
            return Some(within_month(cursor, Year::Unstated, Month::Relative(offset)));
        }
    }
    let stated = year.unwrap_or(Year::Unstated);
    if cursor.eat("元月") {
        return Some(within_month(cursor, stated, Month::Numbered(1)));
    }
    let number = cursor.number().filter(|number| number.digits <= 3)?;
    if cursor.eat("月份") || cursor.eat("月") {
        return Some(within_month(cursor, stated, Month::Numbered(number.value)));
    }
    // 7-9月: the first month has left its 月 to the second.
    let mut ahead = *cursor;
    if range_separator(&mut ahead) && ahead.number().is_some() && ahead.eat("月") {
        return Some(Found::month(stated, number.value));
    }
    // 2023年7.31
    if year.is_some() && cursor.eat_if(|sign| matches!(sign, '.' | '/' | '-')).is_some() {
        let day = cursor.arabic().filter(|day| day.digits <= 2)?;
        cursor.eat_longest(&["日", "号"]);
        return cursor
            .peek()
            .is_none_or(|next| !matches!(next, '月' | '年' | '.' | '/' | '-'))
            .then(|| Found::day(stated, number.value, day.value));
    }
    None
}

/// A month, by number or counted from the document's.
#[derive(Clone, Copy)]
enum Month {
    Numbered(u32),
    Relative(i32),
}

/// What stands behind the month: a day, a 旬, 底 — or nothing.
fn within_month(cursor: &mut Cursor<'_>, year: Year, month: Month) -> Found {
    let whole = Point::new(
        year,
        match month {
            Month::Numbered(number) => Part::Month(number),
            Month::Relative(offset) => Part::RelativeMonth(offset),
        },
    );
    let day = |day: u32| match month {
        Month::Numbered(number) => Found::day(year, number, day),
        Month::Relative(offset) if (1..=31).contains(&day) => Found::Point(Point::new(year, Part::RelativeDay(offset, day))),
        Month::Relative(_) => Found::Impossible,
    };
    let choice = |days: [u32; 2]| Found::Choice(days.iter().flat_map(|number| day(*number).points()).collect());
    let found = if let Some(word) = cursor.eat_longest(&["上旬", "中旬", "下旬"]) {
        let third = match word {
            "上旬" => 1,
            "中旬" => 2,
            _ => 3,
        };
        let part = match month {
            Month::Numbered(number) => Part::TenDays(number, third),
            Month::Relative(offset) => Part::RelativeTenDays(offset, third),
        };
        Found::Point(end_if_said(cursor, Point::new(year, part)))
    } else if cursor.eat_longest(&["月底", "月末", "底", "末", "最后一天", "最后1天", "最后一日"]).is_some() {
        Found::Point(whole.at_end())
    } else if cursor.eat("初") {
        choice([1, 10])
    } else if cursor.eat("中") {
        choice([15, 20])
    } else {
        match retry(cursor, day_number) {
            Some(number) => day(number),
            None => Found::Point(whole),
        }
    };
    match month {
        Month::Numbered(number) if !(1..=12).contains(&number) => Found::Impossible,
        _ => found,
    }
}

/// The day behind a month: 31日, 31号, 31, or the 3 of 3-5日.
fn day_number(cursor: &mut Cursor<'_>) -> Option<u32> {
    let number = cursor.number().filter(|number| number.digits <= 3)?;
    if cursor.eat("日") || cursor.eat("号") {
        return Some(number.value);
    }
    match cursor.peek() {
        Some(next)
            if next.is_ascii_digit() || matches!(next, '天' | '个' | '周' | '月' | '年' | '%' | '小' | '工' | '时' | '点' | '次' | '.') =>
        {
            None
        }
        _ => Some(number.value),
    }
}

fn day_alone(cursor: &mut Cursor<'_>) -> Option<Found> {
    let number = cursor.number().filter(|number| number.digits <= 3)?;
    cursor.eat_longest(&["日", "号"])?;
    Some(if is_day_of_month(1, number.value) {
        Found::Point(Point::new(Year::Unstated, Part::DayAlone(number.value)))
    } else {
        Found::Impossible
    })
}

/// Moves over what joins the two ends of a range: 至, 到, a dash, 起至; also 一 typed for a dash.
pub(crate) fn range_separator(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.eat_longest(&["起", "开始"]);
    ahead.eat(",");
    let found = ahead.eat_longest(&["直至", "至", "到", "—", "-", "~", "一", "ー", "→"]).is_some();
    if found {
        *cursor = ahead;
    }
    found
}
