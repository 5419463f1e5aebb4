//! Recurrences in the plans' own words: 每天15:30之前, 每月29日前, 每季度末月25日前, 下一季度15日前, 周统计.
//!
//! Expects a normalised text. A text counts only if all of it is understood.

use chrono::NaiveTime;
use chrono::Weekday;

use crate::dates::cursor::Cursor;
use crate::dates::grammar;
use crate::dates::reading::Undated;
use crate::dates::recurrence::ByDay;
use crate::dates::recurrence::Follows;
use crate::dates::recurrence::Frequency;
use crate::dates::recurrence::QUARTER_STARTS;
use crate::dates::recurrence::Recurrence;
use crate::dates::recurrence::RecurrenceError;
use crate::dates::recurrence::WorkdayRule;
use crate::dates::recurrence::following;
use crate::dates::recurrence::workdays;
use crate::dates::tail;
use crate::dates::words;
use crate::dates::words::Word;

/// Ends of quarters and half-years, and the months of 双月 and 单月.
const QUARTER_ENDS: [u32; 4] = [3, 6, 9, 12];
const HALF_YEAR_ENDS: [u32; 2] = [6, 12];
const EVEN_MONTHS: [u32; 6] = [2, 4, 6, 8, 10, 12];
const ODD_MONTHS: [u32; 6] = [1, 3, 5, 7, 9, 11];

/// What is done, before or behind the rule; adds nothing to it.
#[rustfmt::skip]
const ACTIONS: &[&str] = &[
    "前", "之前", "以前", "止", "为止", "召开", "报送", "上报", "报告", "报", "通报", "统计", "调度", "开展", "组织", "组织开展",
    "检查", "排查", "演练", "汇总", "完成", "提交", "填报", "更新", "公布", "例会", "会议", "总结", "分析", "研判", "督查", "督导",
    "零报告", "下班前", "进行", "评估", "按时", "准时", "定时", "的", "于", "在", "须", "应", "一次性", "工作", "情况", "定期", "报表",
    "向", "发布", "印发", "巡查", "自查", "培训", "研究", "听取", "专题", "会商", "至少", "不少于", "不低于", "最少", "原则上", "...",
    ",", ".", "、", "组织召开", "带队检查", "带队", "内", "期间", "月报", "周报", "季报", "日报", "一报", "一调度", "一通报", "一汇总",
    "一总结", "本月", "当月", "本周", "本季度", "进展", "进展情况", "落实情况", "台账", "数据", "材料", "信息", "报告制度", "制度",
    "实行", "统计表", "报送一次", "表", "一并", "将",
];

/// What is reported on, where it is the period just over (每月5日前报上月情况).
const JUST_OVER: &[(&str, Follows)] = &[
    ("上周", Follows::Week),
    ("上一周", Follows::Week),
    ("上月", Follows::Month),
    ("上个月", Follows::Month),
    ("上一月", Follows::Month),
    ("上季度", Follows::Quarter),
    ("上一季度", Follows::Quarter),
    ("上个季度", Follows::Quarter),
    ("上半年度", Follows::HalfYear),
    ("上年度", Follows::Year),
    ("上一年度", Follows::Year),
    ("上年", Follows::Year),
];

/// Reads a recurrence in words.
pub(super) fn parse(text: &str) -> Result<Recurrence, RecurrenceError> {
    if let Some((words, workday)) = workdays::day_off(text) {
        return Ok(Recurrence { workday: Some(workday), ..parse(words)? });
    }
    if text.starts_with("每周一") || text.starts_with("每星期一") {
        ambiguous_monday(text)?;
    }
    if let Some(recurrence) = rule(text) {
        return Ok(recurrence);
    }
    let unknown = || match text.contains("工作日") {
        true => RecurrenceError::WorkingDays,
        false => RecurrenceError::NotUnderstood(text.to_string()),
    };
    several(text).unwrap_or_else(|| Err(unknown()))
}

/// 每周一检查 may say on Mondays or once a week. 每周一次 and 每周一报 are idioms, 每周一报送 is a day.
fn ambiguous_monday(text: &str) -> Result<(), RecurrenceError> {
    let action = text.trim_start_matches("每周一").trim_start_matches("每星期一").trim_start_matches('前');
    let idioms = ["调度", "通报", "汇总", "统计", "总结", "检查", "排查", "研判", "更新"];
    if idioms.contains(&action) && !text.contains('前') {
        return Err(RecurrenceError::Ambiguous([format!("每周一前{action}"), format!("每周{action}一次")]));
    }
    Ok(())
}

/// 半年度、年度及重要活动前; 周统计、月通报. `None` if the parts are not all understood.
fn several(text: &str) -> Option<Result<Recurrence, RecurrenceError>> {
    let parts: Vec<&str> = text.split(['、', ',', ';', '及', '和', '与']).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return None;
    }
    let mut rules: Vec<Recurrence> = Vec::new();
    let mut events: Vec<&str> = Vec::new();
    for part in &parts {
        match rule(part) {
            Some(found) => rules.push(found),
            None if words::classify(part) == Some(Word::Undated(Undated::Event)) => events.push(part),
            None => return None,
        }
    }
    let mut merged = rules.first()?.clone();
    for other in rules.get(1..)? {
        let whole_months = |rule: &Recurrence| rule.by_month_day == [-1] && !rule.by_month.is_empty() && rule.interval == 1;
        if !whole_months(&merged) || !whole_months(other) || merged.anchored != other.anchored {
            return Some(Err(RecurrenceError::SeveralRules(parts.iter().map(|part| part.to_string()).collect())));
        }
        // Half-yearly and yearly fall together at the year's end: one rule with the months of both.
        merged.frequency = Frequency::Monthly;
        merged.by_month.extend(other.by_month.iter().copied());
        merged.by_month.sort_unstable();
        merged.by_month.dedup();
    }
    merged.unscheduled = (!events.is_empty()).then(|| events.join("、"));
    Some(Ok(merged))
}

/// One rule, all of the text.
fn rule(text: &str) -> Option<Recurrence> {
    let mut cursor = Cursor::new(text);
    cursor.eat_longest(&["原则上", "实行", "坚持", "严格", "按照", "请于", "请在", "于", "在"]);
    let mut recurrence = unit(&mut cursor)?;
    loop {
        if cursor.is_at_end() {
            return Some(recurrence);
        }
        let mut ahead = cursor;
        if recurrence.time.is_none()
            && let Some((hour, minute, second)) = tail::time_of_day(&mut ahead)
        {
            // 24:00 is the end of the day, which is what no time means.
            recurrence.time = NaiveTime::from_hms_opt(hour, minute, second);
            cursor = ahead;
            continue;
        }
        if let Some(times) = times(&mut cursor) {
            recurrence.times = recurrence.times.max(times);
            continue;
        }
        let just_over = JUST_OVER.iter().filter(|(word, _)| cursor.rest().starts_with(word)).max_by_key(|(word, _)| word.len());
        if let Some((word, follows)) = just_over {
            cursor.eat(word);
            if follows.fits(&recurrence) {
                recurrence.follows = Some(*follows);
            }
            continue;
        }
        cursor.eat_longest(ACTIONS)?;
    }
}

/// 1次, 一次, 2次
fn times(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let number = ahead.number().filter(|number| (1..=100).contains(&number.value))?;
    if !ahead.eat("次") {
        return None;
    }
    ahead.eat_longest(&["以上", "会议", "检查"]);
    *cursor = ahead;
    Some(number.value)
}

fn at_end_of(frequency: Frequency, interval: u32) -> Recurrence {
    Recurrence { interval, anchored: false, ..Recurrence::every(frequency) }
}

fn at_month_ends(months: &[u32], anchored: bool) -> Recurrence {
    let frequency = if months.len() == 1 { Frequency::Yearly } else { Frequency::Monthly };
    Recurrence { by_month: months.to_vec(), by_month_day: vec![-1], anchored, ..Recurrence::every(frequency) }
}

/// The period and its day.
fn unit(cursor: &mut Cursor<'_>) -> Option<Recurrence> {
    if let Some(found) = following::next_period(cursor).or_else(|| following::after_end(cursor)) {
        return Some(found);
    }
    if cursor.eat_longest(&["每半年度", "每半年", "半年度", "半年", "每半年末"]).is_some() {
        let anchored = cursor.eat_longest(&["末", "底"]).is_some();
        return Some(at_month_ends(&HALF_YEAR_ENDS, anchored));
    }
    if cursor.eat_longest(&["每半个月", "每半月", "半月"]).is_some() {
        return Some(Recurrence { by_month_day: vec![15, -1], anchored: false, ..Recurrence::every(Frequency::Monthly) });
    }
    if cursor.eat_longest(&["每旬", "旬报", "逐旬"]).is_some() {
        let anchored = cursor.eat_longest(&["末", "底", "最后一天", "最后一日"]).is_some();
        return Some(Recurrence { by_month_day: vec![10, 20, -1], anchored, ..Recurrence::every(Frequency::Monthly) });
    }
    if cursor
        .eat_longest(&[
            "每天",
            "每日",
            "天天",
            "逐日",
            "每一天",
            "日报",
            "日报告",
            "日调度",
            "日统计",
            "日通报",
            "一日一报",
            "一日一调度",
            "一天一报",
        ])
        .is_some()
    {
        return Some(Recurrence::every(Frequency::Daily));
    }
    if cursor.eat_longest(&["每个工作日", "每工作日", "逐工作日", "工作日每天", "工作日每日"]).is_some() {
        return Some(Recurrence { workday: Some(WorkdayRule::Each), ..Recurrence::every(Frequency::Daily) });
    }
    let mut ahead = *cursor;
    let every = ahead.eat_longest(&["每", "按", "逐", "隔", "每隔", "逢", "每逢", "逐个"]);
    let mut alternate = ahead;
    if let Some(parity) = alternate.eat_longest(&["双月", "单月", "偶数月", "奇数月"]) {
        let months = if matches!(parity, "双月" | "偶数月") { EVEN_MONTHS } else { ODD_MONTHS };
        alternate.eat_longest(&["份", "的"]);
        *cursor = alternate;
        return Some(Recurrence { by_month: months.to_vec(), ..month(cursor, 1)? });
    }
    let mut interval = 1;
    let mut counted = ahead;
    if let Some(number) = counted.number().filter(|number| (1..=60).contains(&number.value)) {
        interval = if every == Some("每隔") { number.value + 1 } else { number.value };
        ahead = counted;
    } else if matches!(every, Some("隔" | "每隔")) || (matches!(every, None | Some("每" | "逢" | "每逢")) && ahead.eat("双")) {
        interval = 2;
    }
    let word = ahead.eat_longest(&[
        "天",
        "日",
        "个星期",
        "个礼拜",
        "星期",
        "礼拜",
        "周",
        "个月度",
        "个月",
        "月度",
        "月",
        "个季度",
        "季度",
        "季",
        "年度",
        "年",
    ])?;
    if every.is_none() && interval == 1 && !bare_unit(word, ahead) {
        return None;
    }
    let recurrence = match word {
        "天" | "日" => {
            // 每日一报 is written with 每日; a bare 日 needs a number.
            Some(Recurrence { interval, ..Recurrence::every(Frequency::Daily) }).filter(|_| interval > 1)
        }
        "个星期" | "个礼拜" | "星期" | "礼拜" | "周" => week(&mut ahead, interval),
        "个月度" | "个月" | "月度" | "月" => month(&mut ahead, interval),
        "个季度" | "季度" | "季" => quarter(&mut ahead, interval),
        _ => year(&mut ahead, interval),
    }?;
    *cursor = ahead;
    Some(recurrence)
}

/// 周统计, 月通报, 季度末, 年度, 月底前, 一季度一次: a unit without 每 that still recurs.
fn bare_unit(word: &str, behind: Cursor<'_>) -> bool {
    let mut ahead = behind;
    let ending = ahead.eat_longest(&["末", "底", "月末", "月底"]).is_some() && matches!(word, "月" | "季" | "季度" | "年");
    let action = ahead.eat_longest(ACTIONS).is_some();
    let times = times(&mut ahead).is_some();
    ending || action || times || matches!(word, "年度" | "月度")
}

fn week(cursor: &mut Cursor<'_>, interval: u32) -> Option<Recurrence> {
    cursor.eat("的");
    if cursor.eat_longest(&["末", "周末"]).is_some() {
        let by_day = vec![ByDay { nth: None, weekday: Weekday::Sun }];
        return Some(Recurrence { interval, by_day, ..Recurrence::every(Frequency::Weekly) });
    }
    if let Some(rule) = workdays::numbered(cursor) {
        let weekday = if matches!(rule, WorkdayRule::NthLast(_)) { Weekday::Sun } else { Weekday::Mon };
        let by_day = vec![ByDay { nth: None, weekday }];
        return Some(Recurrence { interval, by_day, workday: Some(rule), ..Recurrence::every(Frequency::Weekly) });
    }
    let mut ahead = *cursor;
    ahead.eat_longest(&["周", "星期", "礼拜"]);
    let mut days: Vec<Weekday> = Vec::new();
    // 一次 is a count, not Monday.
    if times(&mut ahead.clone()).is_none()
        && (ahead.rest().starts_with("一报送") || !ahead.rest().starts_with("一报"))
        && let Some(first) = grammar::weekday_name(&mut ahead)
    {
        days.push(first);
        *cursor = ahead;
        loop {
            let range = ahead.eat_longest(&["至", "到", "-", "—", "~"]).is_some();
            let more = range || ahead.eat_longest(&["、", ",", "和", "及"]).is_some();
            if !more {
                break;
            }
            ahead.eat_longest(&["每周", "周", "星期", "礼拜"]);
            let Some(next) = grammar::weekday_name(&mut ahead) else { break };
            if range {
                let mut day = days.last()?.succ();
                while day != next {
                    days.push(day);
                    day = day.succ();
                }
            }
            days.push(next);
            *cursor = ahead;
        }
    }
    if days.is_empty() {
        return Some(Recurrence { by_day: vec![ByDay { nth: None, weekday: Weekday::Sun }], ..at_end_of(Frequency::Weekly, interval) });
    }
    let by_day = days.into_iter().map(|weekday| ByDay { nth: None, weekday }).collect();
    Some(Recurrence { interval, by_day, ..Recurrence::every(Frequency::Weekly) })
}

fn month(cursor: &mut Cursor<'_>, interval: u32) -> Option<Recurrence> {
    cursor.eat("的");
    let mut ahead = *cursor;
    ahead.eat_longest(&["末", "底", "初"]);
    if let Some(rule) = workdays::numbered(&mut ahead) {
        *cursor = ahead;
        let by_month_day = vec![if matches!(rule, WorkdayRule::NthLast(_)) { -1 } else { 1 }];
        return Some(Recurrence { interval, by_month_day, workday: Some(rule), ..Recurrence::every(Frequency::Monthly) });
    }
    if let Some(by_day) = numbered_weekday(cursor) {
        return Some(Recurrence { interval, by_day: vec![by_day], ..Recurrence::every(Frequency::Monthly) });
    }
    let days = days_of_month(cursor);
    if days.is_empty() {
        return Some(Recurrence { by_month_day: vec![-1], ..at_end_of(Frequency::Monthly, interval) });
    }
    Some(Recurrence { interval, by_month_day: days, ..Recurrence::every(Frequency::Monthly) })
}

fn quarter(cursor: &mut Cursor<'_>, interval: u32) -> Option<Recurrence> {
    if interval != 1 {
        return Some(Recurrence { by_month_day: vec![-1], ..at_end_of(Frequency::Monthly, interval.checked_mul(3)?) });
    }
    cursor.eat("的");
    if let Some(rule) = workdays::numbered(cursor) {
        let last = matches!(rule, WorkdayRule::NthLast(_));
        let (months, day) = if last { (QUARTER_ENDS, -1) } else { (QUARTER_STARTS, 1) };
        let (by_month, by_month_day) = (months.to_vec(), vec![day]);
        return Some(Recurrence { by_month, by_month_day, workday: Some(rule), ..Recurrence::every(Frequency::Monthly) });
    }
    let months = match cursor.eat_longest(&[
        "末月",
        "最后一个月",
        "末个月",
        "第三个月",
        "第3个月",
        "首月",
        "第一个月",
        "第1个月",
        "第二个月",
        "第2个月",
    ]) {
        None if cursor.eat_longest(&["末", "底", "最后一天", "最后一日", "月底", "月末"]).is_some() => {
            return Some(at_month_ends(&QUARTER_ENDS, true));
        }
        None => return Some(at_month_ends(&QUARTER_ENDS, false)),
        Some("首月" | "第一个月" | "第1个月") => QUARTER_STARTS,
        Some("第二个月" | "第2个月") => [2, 5, 8, 11],
        Some(_) => QUARTER_ENDS,
    };
    let day = day_of_month(cursor).unwrap_or(-1);
    Some(Recurrence { by_month: months.to_vec(), by_month_day: vec![day], ..Recurrence::every(Frequency::Monthly) })
}

fn year(cursor: &mut Cursor<'_>, interval: u32) -> Option<Recurrence> {
    cursor.eat("的");
    if cursor.eat_longest(&["年底", "年末", "年终", "底", "末"]).is_some() {
        return Some(Recurrence { interval, ..at_month_ends(&[12], true) });
    }
    let Some(months) = months(cursor) else {
        return Some(Recurrence { interval, ..at_month_ends(&[12], false) });
    };
    let day = day_of_month(cursor).unwrap_or(-1);
    Some(Recurrence { interval, by_month: months, by_month_day: vec![day], ..Recurrence::every(Frequency::Yearly) })
}

/// 6月, 6月、12月, 6、12月
pub(super) fn months(cursor: &mut Cursor<'_>) -> Option<Vec<u32>> {
    let mut ahead = *cursor;
    let mut months = Vec::new();
    let mut signed = false;
    while let Some(number) = ahead.number().filter(|number| (1..=12).contains(&number.value)) {
        signed = ahead.eat_longest(&["月份", "月"]).is_some();
        months.push(number.value);
        let mut joined = ahead;
        if joined.eat_longest(&["、", ",", "和", "及"]).is_none() || joined.number().is_none() {
            break;
        }
        ahead.eat_longest(&["、", ",", "和", "及"]);
    }
    if !signed {
        return None;
    }
    *cursor = ahead;
    Some(months)
}

fn days_of_month(cursor: &mut Cursor<'_>) -> Vec<i32> {
    let mut days = Vec::new();
    let mut ahead = *cursor;
    // 5、15、25日: the sign stands behind the last one.
    let mut unsigned = Vec::new();
    loop {
        let mut number_ahead = ahead;
        if let Some(day) = day_of_month(&mut ahead) {
            days.append(&mut unsigned);
            days.push(day);
            *cursor = ahead;
        } else if let Some(number) = number_ahead.number().filter(|number| (1..=31).contains(&number.value)) {
            unsigned.extend(i32::try_from(number.value));
            ahead = number_ahead;
        } else {
            return days;
        }
        if ahead.eat_longest(&["、", ",", "和", "及"]).is_none() {
            return days;
        }
    }
}

/// 29日, 末, 最后一天, 中旬
pub(super) fn day_of_month(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut ahead = *cursor;
    ahead.eat("的");
    let fixed = ahead.eat_longest(&["月底", "月末", "底", "末", "最后一天", "最后一日", "最后1天", "上旬", "中旬", "下旬"]);
    let day = match fixed {
        Some("上旬") => 10,
        Some("中旬") => 20,
        Some(_) => -1,
        None => {
            let number = ahead.number().filter(|number| (1..=31).contains(&number.value))?;
            ahead.eat_longest(&["日", "号"])?;
            i32::try_from(number.value).ok()?
        }
    };
    *cursor = ahead;
    Some(day)
}

/// 第一个周一, 最后一个周五
fn numbered_weekday(cursor: &mut Cursor<'_>) -> Option<ByDay> {
    let mut ahead = *cursor;
    let nth = if ahead.eat_longest(&["最后一个", "最后1个"]).is_some() {
        -1
    } else {
        ahead.eat("第").then_some(())?;
        let number = ahead.number().filter(|number| (1..=5).contains(&number.value))?;
        ahead.eat("个").then_some(())?;
        i32::try_from(number.value).ok()?
    };
    let weekday = grammar::weekday(&mut ahead)?;
    *cursor = ahead;
    Some(ByDay { nth: Some(nth), weekday })
}
