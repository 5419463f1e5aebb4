//! What stands behind a date or in brackets beside it: 前, 完成, 15:30, （星期二）, （延期至2023.9.30）.
//!
//! Takes off what adds nothing, and keeps what does. Does not know what a word it has never seen means:
//! then the text is not understood.

use crate::dates::cursor::Cursor;
use crate::dates::expression::Expression;
use crate::dates::found::Found;
use crate::dates::grammar;

/// What was seen behind a date.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tail {
    /// 前, 之前, 以前
    pub(crate) before: bool,
    /// 起, 开工: the date is a beginning.
    pub(crate) start: bool,
}

const BEFORE: &[&str] = &["前", "之前", "以前"];
const START: &[&str] = &["起", "开始", "以来", "开工", "启动", "动工", "起始", "开始实施", "起实施", "起执行"];
/// Adds nothing to a date.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "完成", "完成整改", "整改完成", "整改到位", "整改完毕", "全部整改完成", "全部完成", "全部完成整改", "全部整改到位", "整改", "完毕",
    "到位", "办结", "销号", "完成销号", "整改销号", "落实", "落实到位", "报送", "上报", "报", "截止", "截至", "内", "以内", "之内",
    "期间", "止", "为止", "结束", "含当日", "含当天", "当日", "当天", "完工", "竣工", "务必完成", "必须完成", "须完成", "需完成",
    "应完成", "予以整改", "整改结束", "完成全部整改", "完成治理", "治理完成", "治理完毕", "验收", "完成验收", "并长期坚持", "长期坚持",
    "并持续推进", "持续推进", "并常态化推进", "整治到位", "整治完成", "完成整治", "更换完成", "更换完毕", "全面完成", "基本完成", "的",
    "全部", "一次性完成", "清零", "交付", "上线", "建成", "投用", "印发", "实施", "日", "下班前", "下班之前", "上午", "下午", "中午",
];
/// Says that it is over: a day, but no deadline.
#[rustfmt::skip]
const FINISHED: &[&str] = &[
    "已完成", "已整改", "已整改完成", "已完成整改", "已整改到位", "已销号", "已办结", "已验收", "已落实", "已整改完毕", "已解决",
    "已处理", "已更换", "已维修", "已修复", "已改", "已闭环", "发现", "排查", "排查发现", "检查", "检查发现", "复查", "自查",
    "自查发现", "已报", "已上报", "已完工",
];
const FILLERS: &[&str] = &[",", ";", "...", "…", "、", ".", " "];

/// Moves over what adds nothing between two parts of a text.
pub(crate) fn filler(cursor: &mut Cursor<'_>) {
    while cursor.eat_longest(FILLERS).is_some() {}
}

/// Moves over everything known that may stand behind a date.
pub(crate) fn affixes(cursor: &mut Cursor<'_>, expression: &mut Expression, seen: &mut Tail) {
    loop {
        let mut ahead = *cursor;
        filler(&mut ahead);
        let longest =
            |words: &[&'static str]| words.iter().filter(|word| ahead.rest().starts_with(**word)).map(|word| word.len()).max().unwrap_or(0);
        let lengths = [longest(BEFORE), longest(START), longest(FINISHED), longest(PLAIN)];
        let best = lengths.iter().copied().max().unwrap_or(0);
        // 前后, 左右, 后 are not known words; 前 must not be cut out of 前后.
        let vague = ["前后", "起草", "报告", "日均"].iter().any(|word| ahead.rest().starts_with(word));
        if best > 0 && !vague {
            let [before, start, finished, _] = lengths.map(|length| length == best);
            seen.before |= before;
            seen.start |= start && !before;
            expression.finished |= finished && !before && !start;
            expression.normalised = true;
            for words in [BEFORE, START, FINISHED, PLAIN] {
                if longest(words) == best {
                    ahead.eat_longest(words);
                    break;
                }
            }
            *cursor = ahead;
            continue;
        }
        if extension(&mut ahead, expression) || weekday(&mut ahead, expression) || time(&mut ahead, expression) {
            *cursor = ahead;
            continue;
        }
        return;
    }
}

/// 延期至2023.9.30
fn extension(cursor: &mut Cursor<'_>, expression: &mut Expression) -> bool {
    let mut ahead = *cursor;
    ahead.eat_longest(&["已", "现", "申请", "经批准", "批准", "同意"]);
    let words = [
        "延期至",
        "延至",
        "延期到",
        "延长至",
        "延长到",
        "延期为",
        "展期至",
        "展期到",
        "推迟至",
        "推迟到",
        "顺延至",
        "顺延到",
        "延期整改至",
        "延后至",
        "延迟至",
        "延到",
    ];
    if ahead.eat_longest(&words).is_none() || expression.extension.is_some() {
        return false;
    }
    let Some(Found::Point(point) | Found::Preferred(point, _)) = grammar::point(&mut ahead) else { return false };
    ahead.eat_longest(BEFORE);
    expression.extension = Some(point);
    *cursor = ahead;
    true
}

fn weekday(cursor: &mut Cursor<'_>, expression: &mut Expression) -> bool {
    let found = grammar::weekday(cursor);
    if found.is_some() {
        expression.weekday = found;
    }
    found.is_some()
}

/// Moves over a time of day: 15:30, 下午3点半, 17时, T00:00:00, 24:00前.
pub(crate) fn time(cursor: &mut Cursor<'_>, expression: &mut Expression) -> bool {
    let mut ahead = *cursor;
    let Some((hour, minute, second)) = time_of_day(&mut ahead) else { return false };
    let midnight = (hour, minute, second) == (0, 0, 0);
    *cursor = ahead;
    expression.time = chrono::NaiveTime::from_hms_opt(hour, minute, second).filter(|_| !midnight);
    // Midnight is what programs write for "no time".
    expression.has_time |= !midnight;
    true
}

/// Reads a time of day: hour, minute, second.
pub(crate) fn time_of_day(cursor: &mut Cursor<'_>) -> Option<(u32, u32, u32)> {
    let mut ahead = *cursor;
    ahead.eat_if(|sign| matches!(sign, ' ' | 't' | ','));
    let half = ahead.eat_longest(&["上午", "下午", "晚上", "中午", "早上", "凌晨", "晚", "am", "pm"]);
    let hour = ahead.number().filter(|number| number.digits <= 2)?;
    let (minute, second) = if ahead.eat(":") {
        let minute = ahead.arabic().filter(|number| number.digits == 2)?.value;
        let second = if ahead.eat(":") { ahead.arabic().filter(|number| number.digits == 2)?.value } else { 0 };
        if ahead.eat(".") {
            ahead.arabic()?;
        }
        // UTC from 16:00 on is the next day here; that is not taken for the day that is written.
        if ahead.eat("z") && hour.value >= 16 {
            return None;
        }
        ahead.eat_longest(&["时", "分", "+08:00", "+0800"]);
        (minute, second)
    } else if ahead.eat_longest(&["点钟", "点", "时"]).is_some() {
        if ahead.eat("半") {
            (30, 0)
        } else if ahead.eat("整") {
            (0, 0)
        } else {
            let mut minutes = ahead;
            match minutes.number() {
                Some(number) if minutes.eat("分") && number.digits <= 3 => {
                    ahead = minutes;
                    (number.value, 0)
                }
                _ => (0, 0),
            }
        }
    } else {
        return None;
    };
    let half = half.or_else(|| ahead.eat_longest(&["am", "pm"]));
    let hour = match (half, hour.value) {
        (Some("下午" | "晚上" | "晚" | "pm"), hour @ 0..12) | (Some("中午"), hour @ 0..11) => hour + 12,
        (Some("上午" | "凌晨" | "am"), 12) => 0,
        (_, hour) => hour,
    };
    let possible = (hour < 24 && minute < 60 && second < 60) || (hour, minute, second) == (24, 0, 0);
    if !possible {
        return None;
    }
    *cursor = ahead;
    Some((hour, minute, second))
}

/// Takes off one pair of brackets around the whole text.
pub(crate) fn without_outer_brackets(text: &str) -> &str {
    match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => inner,
        _ => text,
    }
}

/// Separates the text from the remarks in brackets inside or behind it.
pub(crate) fn split_remarks(text: &str) -> (String, Vec<String>) {
    let mut main = String::with_capacity(text.len());
    let mut remarks: Vec<String> = Vec::new();
    let mut depth = 0u32;
    for character in text.chars() {
        match character {
            '(' => {
                depth += 1;
                if depth == 1 {
                    remarks.push(String::new());
                }
            }
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => main.push(character),
            _ => {
                if let Some(remark) = remarks.last_mut() {
                    remark.push(character);
                }
            }
        }
    }
    remarks.retain(|remark| !remark.is_empty());
    (main, remarks)
}

/// Understands a remark beside a date, or says that it cannot.
pub(crate) fn remark(text: &str, expression: &mut Expression) -> bool {
    const HARMLESS: &[&str] = &[
        "含",
        "含当日",
        "含当天",
        "含本日",
        "前",
        "预计",
        "计划",
        "拟",
        "北京时间",
        "暂定",
        "周末",
        "工作日",
        "节假日",
        "公历",
        "阳历",
        "截止",
    ];
    if HARMLESS.contains(&text) {
        return true;
    }
    let mut cursor = Cursor::new(text);
    let mut seen = Tail::default();
    affixes(&mut cursor, expression, &mut seen);
    cursor.is_at_end() && !seen.start
}
