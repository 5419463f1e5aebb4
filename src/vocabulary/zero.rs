//! The ways of saying "nothing found": zero reports in all their spellings.
//!
//! A sentence is a zero report only when nothing is left of it after its adverbs are taken away, so that
//! 无隐患排查台账 (a hazard: no ledger is kept) is never taken for one.

use crate::vocabulary::normalise::label_key;

/// What a zero report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroWords {
    /// No hazard at all.
    Nothing,
    /// A lone 无, / or —: zero only where a description is expected.
    Dash,
    /// No major hazard; general ones are left open.
    MajorOnly,
    /// Out of operation (停业, 装修): nothing to inspect.
    Suspended,
}

const CORES: &[&str] = &[
    "零报告",
    "零隐患",
    "零上报",
    "无隐患",
    "无安全隐患",
    "无事故隐患",
    "无安全生产隐患",
    "未发现隐患",
    "未发现安全隐患",
    "未发现事故隐患",
    "未发现安全生产隐患",
    "未发现问题",
    "未发现异常",
    "没有隐患",
    "没有发现隐患",
    "没有安全隐患",
    "未查到隐患",
    "未查到安全隐患",
    "未查出隐患",
    "未查出安全隐患",
    "未排查出隐患",
    "未排查出安全隐患",
    "不存在隐患",
    "不存在安全隐患",
    "未发现新隐患",
    "无新增隐患",
    "无新增",
    "未发现任何隐患",
    "未发现各类隐患",
    "未发现存在隐患",
    "无问题",
    "零报",
    "隐患为零",
    "隐患零报告",
    "未发现明显隐患",
    "未发现新增隐患",
    "无隐患上报",
    "无上报隐患",
    "无隐患报送",
    "未发现存在安全隐患",
    "无任何隐患",
    "未检查出隐患",
    "没有发现安全隐患",
    "无安全隐患问题",
    "未发现安全隐患问题",
    "无需上报",
    "无报送内容",
];

const MAJOR_CORES: &[&str] = &[
    "无重大隐患",
    "无重大事故隐患",
    "无重大安全隐患",
    "未发现重大隐患",
    "未发现重大事故隐患",
    "未发现重大安全隐患",
    "不存在重大隐患",
    "不存在重大事故隐患",
    "没有重大隐患",
    "未排查出重大隐患",
    "未排查出重大事故隐患",
    "无重大安全事故隐患",
];

const LEADS: &[&str] = &[
    "经排查",
    "经自查",
    "经检查",
    "经全面排查",
    "经认真排查",
    "经过排查",
    "经过自查",
    "经核查",
    "经查",
    "通过排查",
    "通过自查",
    "排查",
    "自查",
    "检查",
    "本周",
    "本月",
    "本日",
    "今日",
    "当日",
    "本期",
    "本季度",
    "本次",
    "本单位",
    "我单位",
    "本院",
    "我院",
    "本所",
    "我所",
    "本机构",
    "本诊所",
    "全院",
    "院内",
    "单位",
    "目前",
    "截至目前",
    "截止目前",
    "暂时",
    "暂",
    "现",
    "均",
    "内",
    "期间",
    "结果",
    "上周",
    "上月",
    "此次",
    "隐患",
    "情况",
    "后",
    "为",
    "实行",
    "安全生产",
    "安全隐患",
    "隐患排查",
    "情况说明",
    "第一周",
    "第二周",
    "第三周",
    "第四周",
];

/// Reads a sentence that may say that nothing was found. `None` when anything else is said.
pub fn read_zero(text: &str) -> Option<ZeroWords> {
    if text.len() > 150 {
        return None;
    }
    let key: String = label_key(text).chars().filter(|character| !",，。.、;；:：!！()（）[]【】“”\"'".contains(*character)).collect();
    if key.is_empty() {
        return matches!(text.trim(), "、" | "。").then_some(ZeroWords::Dash);
    }
    if matches!(
        key.as_str(),
        "无" | "/"
            | "—"
            | "-"
            | "--"
            | "——"
            | "\\"
            | "零"
            | "0"
            | "没有"
            | "暂无"
            | "none"
            | "无。"
            | "//"
            | "一"
            | "―"
            | "－"
            | "未发现"
    ) {
        return Some(ZeroWords::Dash);
    }
    let core = strip_leads(&key);
    let core = core.strip_suffix("的").unwrap_or(core);
    let core = core.strip_suffix("情况").unwrap_or(core);
    let core = core.strip_suffix("存在").unwrap_or(core);
    if MAJOR_CORES.contains(&core) {
        return Some(ZeroWords::MajorOnly);
    }
    if CORES.contains(&core) || core == "无" && key != core {
        return Some(ZeroWords::Nothing);
    }
    let suspended = ["停业", "停产", "歇业", "停诊", "装修", "拆迁", "未营业", "放假"];
    if key.chars().count() <= 14 {
        if suspended.iter().any(|word| core == *word || core.strip_prefix("全厂") == Some(word) || core.strip_suffix("中") == Some(word))
        {
            return Some(ZeroWords::Suspended);
        }
        let mut rest = core;
        let mut stopped = false;
        while let Some(word) = suspended.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[word.len()..];
            stopped = true;
        }
        if stopped && (rest.is_empty() || rest == "中" || CORES.contains(&strip_leads(rest))) {
            return Some(ZeroWords::Suspended);
        }
    }
    None
}

fn strip_leads(key: &str) -> &str {
    let mut rest = key;
    // Longest lead first; a core is never eaten into.
    while !CORES.contains(&rest) && !MAJOR_CORES.contains(&rest) {
        let Some(lead) = LEADS.iter().filter(|lead| rest.starts_with(**lead) && rest.len() > lead.len()).max_by_key(|lead| lead.len())
        else {
            break;
        };
        rest = &rest[lead.len()..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_said_in_many_ways_and_hazards_are_not_zero() {
        for (text, expected) in [
            ("零报告", Some(ZeroWords::Nothing)),
            ("本周零报告", Some(ZeroWords::Nothing)),
            ("暂无隐患", Some(ZeroWords::Nothing)),
            ("未发现隐患", Some(ZeroWords::Nothing)),
            ("经排查无隐患", Some(ZeroWords::Nothing)),
            ("经排查，本周未发现安全隐患。", Some(ZeroWords::Nothing)),
            ("本月未查到安全隐患", Some(ZeroWords::Nothing)),
            ("无", Some(ZeroWords::Dash)),
            ("/", Some(ZeroWords::Dash)),
            ("无重大隐患", Some(ZeroWords::MajorOnly)),
            ("经排查，未发现重大事故隐患", Some(ZeroWords::MajorOnly)),
            ("本月停业装修", Some(ZeroWords::Suspended)),
            ("本月停业", Some(ZeroWords::Suspended)),
            ("本月全厂停产", Some(ZeroWords::Suspended)),
            ("无隐患排查台账", None),
            ("未发现隐患排查记录", None),
            ("装修材料不防火", None),
            ("安全出口被堵", None),
            ("无安全出口指示", None),
        ] {
            assert_eq!(read_zero(text), expected, "{text}");
        }
    }
}
