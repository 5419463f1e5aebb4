//! The grammar of a whole date text: affixes, ranges, lengths, words instead of dates.
//!
//! Builds an `Expression` from the points that `grammar` reads. A text counts only if all of it is
//! understood; otherwise it is no date, and the points found inside it are proposed.

use crate::dates::cursor::Cursor;
use crate::dates::expression::Expression;
use crate::dates::expression::Meaning;
use crate::dates::found::Found;
use crate::dates::grammar;
use crate::dates::length_phrase;
use crate::dates::normalise;
use crate::dates::point::Part;
use crate::dates::point::Point;
use crate::dates::point::Year;
use crate::dates::reading::Undated;
use crate::dates::recurrence::Recurrence;
use crate::dates::serial;
use crate::dates::tail;
use crate::dates::tail::Tail;
use crate::dates::words;
use crate::dates::words::Word;

/// Before a date, adding nothing to it.
#[rustfmt::skip]
const LEADING: &[&str] = &[
    "限", "限期", "限于", "限期至", "在", "于", "应于", "须于", "请于", "务必于", "务必在", "必须在", "必须于", "确保", "确保在",
    "确保于", "力争", "力争在", "争取", "争取在", "计划", "计划在", "计划于", "拟", "拟在", "拟于", "预计", "预计在", "预计于", "定于",
    "最迟", "最迟于", "最晚", "最晚于", "不迟于", "不晚于", "整改期限", "整改时限", "完成时限", "完成期限", "完成时间", "整改时间",
    "整改完成时间", "截止时间", "截止日期", "时限", "期限", "时间", "日期", "时间为", "期限为", "要求", "要求在", "要求于", "分别于",
    "按", "务必", "约定", "整改完成期限", ":", ",",
];
pub(crate) const FROM: &[&str] = &["从", "自", "由", "从本", "自本"];
#[rustfmt::skip]
const UNTIL: &[&str] = &[
    "到", "至", "截至", "截止", "截止到", "截止至", "截至到", "直至", "直到", "延期至", "延至", "延期到", "延长至", "延长到", "展期至",
    "推迟至", "推迟到", "顺延至",
];
/// Before a date, saying that it is over.
const FINISHED: &[&str] =
    &["已于", "已在", "已完成", "已整改", "已整改完成", "已整改到位", "完成", "整改完成", "√", "✓", "✔", "是", "已", "已销号", "已办结"];
/// Reads the whole text.
pub(crate) fn expression(text: &str) -> Expression {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Meaning::Blank.into();
    }
    if words::is_ditto(trimmed) {
        return Meaning::Ditto.into();
    }
    if words::points_left(trimmed) {
        return Meaning::Beside.into();
    }
    if trimmed.chars().nth(normalise::LONGEST_TEXT).is_some() {
        return Meaning::NotADate(Vec::new()).into();
    }
    let normalised = normalise::normalise(trimmed);
    let mut expression = normal_expression(&normalised.text);
    expression.normalised |= normalised.changed && !is_word(&expression.meaning);
    expression
}

/// Words are what they are in any spelling; only dates are worth a note.
fn is_word(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Blank
            | Meaning::Ditto
            | Meaning::Beside
            | Meaning::Status
            | Meaning::Immediate
            | Meaning::Undated(_)
            | Meaning::Contradiction
            | Meaning::NotADate(_)
    )
}

fn normal_expression(text: &str) -> Expression {
    if words::is_ditto(text) {
        return Meaning::Ditto.into();
    }
    let bare: String = text.chars().filter(|sign| !matches!(sign, '“' | '”' | '"' | '《' | '》' | '「' | '」' | '\'')).collect();
    let text = bare.trim_end_matches(['.', '。', ',', ';', '!', '、', ':']).trim_start_matches(['、', ',', ':', ';', '。']);
    if let Some(word) = words::classify(text) {
        return word_meaning(word).into();
    }
    let text = tail::without_outer_brackets(text);
    // Programs write whole numbers as 20230731.0.
    let text = match text.strip_suffix(".0") {
        Some(number) if number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => text,
    };
    if let Some(date) = serial::in_text(text) {
        return Meaning::Serial(date).into();
    }
    if text.starts_with('每') && Recurrence::parse(text).is_ok() {
        return Meaning::Undated(Undated::Ongoing).into();
    }
    let (main, remarks) = tail::split_remarks(text);
    // 已完成（2023.7.31）: the date is the remark.
    if let [date] = remarks.as_slice()
        && FINISHED.contains(&main.as_str())
    {
        let mut expression = body(date);
        expression.finished = true;
        if matches!(expression.meaning, Meaning::At(_)) {
            return expression;
        }
    }
    let mut expression = body(main.trim_end_matches(['.', ',', ';', '、']));
    for remark in &remarks {
        let known = match &expression.meaning {
            Meaning::NotADate(_) => break,
            _ => tail::remark(remark, &mut expression) || length_with_range(remark, &mut expression),
        };
        if !known {
            expression = Meaning::NotADate(Vec::new()).into();
        }
    }
    if matches!(expression.meaning, Meaning::NotADate(_)) {
        return Meaning::NotADate(proposals(text)).into();
    }
    expression.normalised |= !remarks.is_empty();
    expression
}

fn word_meaning(word: Word) -> Meaning {
    match word {
        Word::Blank => Meaning::Blank,
        Word::Status => Meaning::Status,
        Word::Immediate => Meaning::Immediate,
        Word::Undated(undated) => Meaning::Undated(undated),
        Word::Mixed => Meaning::Contradiction,
    }
}

/// A text without brackets, all of it or nothing.
fn body(text: &str) -> Expression {
    let nothing = || Expression::from(Meaning::NotADate(Vec::new()));
    if let Some(spelled_out) = years(text) {
        return body(&spelled_out);
    }
    if let Some(expression) = length_phrase::length(text).or_else(|| length_phrase::around_event(text)) {
        return expression;
    }
    let mut cursor = Cursor::new(text);
    let (mut from, mut until, mut finished) = (false, false, false);
    loop {
        if cursor.eat_longest(UNTIL).is_some() {
            until = true;
        } else if cursor.eat_longest(FROM).is_some() {
            from = true;
        } else if cursor.eat_longest(LEADING).is_some() {
        } else if cursor.eat_longest(FINISHED).is_some() {
            finished = true;
        } else {
            break;
        }
    }
    let affixed = !cursor.is_at_start();
    let Some(first) = grammar::point(&mut cursor) else { return nothing() };
    let mut expression = nothing();
    expression.normalised = affixed || is_respelled(text);
    expression.finished = finished;
    let mut seen = Tail::default();
    tail::time(&mut cursor, &mut expression);
    let Some(meaning) = bounded(&mut cursor, first.clone(), from, until, &mut expression, &mut seen) else {
        let impossible = first == Found::Impossible && text.contains('月');
        return if impossible { Meaning::Impossible.into() } else { nothing() };
    };
    expression.meaning = meaning;
    expression
}

/// 2024—2026年: the sign of the first year stands behind the second.
fn years(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(['-', '—', '~', '至', '到'])?;
    let (second, _) = rest.split_once('年')?;
    let is_year = |digits: &str| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_year(first) && is_year(second)).then(|| format!("{first}年至{rest}"))
}

/// Whether the date is spelled in a way that is read as another: 号 for 日, numerals for digits, odd separators.
fn is_respelled(text: &str) -> bool {
    let numerals = ['〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅'];
    text.contains(['号', '、', '\\', ',']) || (text.contains(numerals) && !text.contains('季'))
}

/// The rest behind the first point: its other end, its affixes, what comes after it.
fn bounded(
    cursor: &mut Cursor<'_>,
    first: Found,
    from: bool,
    until: bool,
    expression: &mut Expression,
    seen: &mut Tail,
) -> Option<Meaning> {
    let mut ahead = *cursor;
    if grammar::range_separator(&mut ahead)
        && let Some(meaning) = other_end(&mut ahead, &first, expression)
    {
        *cursor = ahead;
        tail::time(cursor, expression);
        tail::affixes(cursor, expression, seen);
        stated_length(cursor, expression);
        tail::affixes(cursor, expression, seen);
        return (cursor.is_at_end() && !seen.start).then_some(meaning);
    }
    tail::affixes(cursor, expression, seen);
    if from || seen.start {
        let meaning = from_on(cursor, &first, expression);
        tail::affixes(cursor, expression, seen);
        return cursor.is_at_end().then_some(meaning?);
    }
    if !cursor.is_at_end() {
        return None;
    }
    Some(match first {
        Found::Impossible => Meaning::Impossible,
        Found::OutOfRange => Meaning::OutOfRange,
        Found::Choice(points) if points.is_empty() => Meaning::Impossible,
        Found::Choice(points) => Meaning::OneOf(points, None),
        Found::Preferred(point, others) => {
            expression.alternatives = others;
            at_or_by(point, until, seen.before)
        }
        Found::Point(point) => at_or_by(point, until, seen.before),
    })
}

fn at_or_by(point: Point, until: bool, before: bool) -> Meaning {
    if until || before { Meaning::By { point, before } } else { Meaning::At(point) }
}

/// The second end of a range, which may leave out what the first has said.
fn other_end(cursor: &mut Cursor<'_>, first: &Found, expression: &mut Expression) -> Option<Meaning> {
    let first = match first {
        Found::Point(point) | Found::Preferred(point, _) => *point,
        _ => return None,
    };
    if matches!(words::classify(cursor.rest()), Some(Word::Undated(Undated::Event))) {
        while cursor.skip() {}
        return Some(Meaning::UntilEvent(first));
    }
    if let Some(meaning) = bare_number(cursor, first) {
        return Some(meaning);
    }
    let second = match grammar::point(cursor)? {
        Found::Point(point) | Found::Preferred(point, _) => point,
        Found::Impossible => return Some(Meaning::Impossible),
        _ => return None,
    };
    expression.normalised |= matches!(second.part, Part::DayAlone(_));
    Some(match (second.part, second.year) {
        (Part::DayAlone(day), Year::Unstated) => match in_month_of(first, day)? {
            Found::Point(point) => Meaning::Range(first, point),
            _ => Meaning::Impossible,
        },
        _ => Meaning::Range(first, second),
    })
}

/// `2023.7.1-31`, `7.1-15`: a number without a unit is the day. Behind a month (`2023.5-12`) it may as well be the month.
fn bare_number(cursor: &mut Cursor<'_>, first: Point) -> Option<Meaning> {
    let mut ahead = *cursor;
    let number = ahead.arabic().filter(|number| number.digits <= 2)?;
    if ahead
        .peek()
        .is_some_and(|next| matches!(next, '.' | '/' | '-' | '年' | '月' | '日' | '号' | '季' | '时' | '点' | ':' | '天' | '个' | '周'))
    {
        return None;
    }
    let meaning = match first.part {
        Part::Month(month) => {
            let mut points: Vec<Point> = Found::day(first.year, month, number.value).points();
            if number.value > month {
                points.extend(Found::month(first.year, number.value).points());
            }
            if points.is_empty() { Meaning::Impossible } else { Meaning::OneOf(points, None) }
        }
        _ => match in_month_of(first, number.value)? {
            Found::Point(point) => Meaning::Range(first, point),
            _ => Meaning::Impossible,
        },
    };
    *cursor = ahead;
    Some(meaning)
}

/// A day of the month that another point lies in.
fn in_month_of(point: Point, day: u32) -> Option<Found> {
    match point.part {
        Part::Day(month, _) | Part::TenDays(month, _) | Part::Month(month) => Some(Found::day(point.year, month, day)),
        Part::RelativeDay(offset, _) | Part::RelativeTenDays(offset, _) | Part::RelativeMonth(offset) => {
            Some(Found::Point(Point::new(point.year, Part::RelativeDay(offset, day))))
        }
        Part::DayAlone(_) | Part::DocumentDay => Some(Found::Point(Point::new(Year::Unstated, Part::DayAlone(day)))),
        _ => None,
    }
}

/// Behind 起: a length (为期三个月), a recurrence (每周), or nothing.
fn from_on(cursor: &mut Cursor<'_>, first: &Found, expression: &mut Expression) -> Option<Meaning> {
    let point = match first {
        Found::Point(point) | Found::Preferred(point, _) => *point,
        Found::Impossible => return Some(Meaning::Impossible),
        _ => return None,
    };
    tail::filler(cursor);
    if cursor.peek() == Some('每') {
        let recurrence = Recurrence::parse(cursor.rest()).ok()?;
        while cursor.skip() {}
        return Some(Meaning::From { point, every: Some(Box::new(recurrence)) });
    }
    if let Some(length) = length_phrase::length_of_time(cursor) {
        expression.normalised = true;
        return Some(Meaning::Lasting(point, length));
    }
    Some(Meaning::From { point, every: None })
}

/// `…利用100天`, `百日攻坚`, `为期半年` behind a range.
fn stated_length(cursor: &mut Cursor<'_>, expression: &mut Expression) {
    tail::filler(cursor);
    if let Some(length) = length_phrase::length_of_time(cursor) {
        cursor.eat_longest(&[
            "攻坚",
            "攻坚行动",
            "行动",
            "会战",
            "集中整治",
            "专项行动",
            "整治",
            "大会战",
            "攻坚战",
            "整治行动",
            "集中行动",
        ]);
        expression.stated_length = Some(length);
    }
}

/// 为期8个月（从即日起至2022年11月30日）: the length in front, the range in brackets.
fn length_with_range(remark: &str, expression: &mut Expression) -> bool {
    let inner = body(remark);
    let length = match (&expression.meaning, &inner.meaning) {
        (Meaning::Within(length, _), Meaning::Range(..)) => *length,
        _ => return false,
    };
    *expression = Expression { stated_length: Some(length), ..inner };
    true
}

/// The dates inside a text that is no date, as a proposal to the clerk.
fn proposals(text: &str) -> Vec<Point> {
    const MOST: usize = 4;
    let mut points: Vec<Point> = Vec::new();
    let mut cursor = Cursor::new(text);
    let mut in_number = false;
    while points.len() < MOST && !cursor.is_at_end() {
        let digit = cursor.peek().is_some_and(|next| next.is_ascii_digit());
        if digit && !in_number {
            let mut ahead = cursor;
            if let Some(found) = grammar::point(&mut ahead) {
                let dated = |point: &Point| matches!(point.part, Part::Day(..) | Part::Month(_) | Part::TenDays(..) | Part::Quarter(_));
                points.extend(found.points().into_iter().filter(dated).take(MOST - points.len()));
                cursor = ahead;
                in_number = false;
                continue;
            }
        }
        in_number = digit;
        cursor.skip();
    }
    points
}
