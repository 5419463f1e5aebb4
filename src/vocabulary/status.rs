//! The states of a hazard. 已整改 (rectified, awaits verification) is not 已销号 (closed out).

use std::collections::BTreeMap;

use crate::vocabulary::normalise::label_key;
use crate::vocabulary::normalise::split_hint;

/// State of a hazard; an enum from the first reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// 待整改; also what is assumed when nothing is said
    #[default]
    Open,
    /// 整改中
    InRectification,
    /// 已整改: awaits verification
    Rectified,
    /// 已销号
    ClosedOut,
    /// 撤销, with a reason
    Withdrawn,
}

impl Status {
    /// Every status, in the order of a hazard's life.
    pub const ALL: [Status; 5] = [Status::Open, Status::InRectification, Status::Rectified, Status::ClosedOut, Status::Withdrawn];

    /// JSON and YAML key.
    pub fn key(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::InRectification => "in_rectification",
            Status::Rectified => "rectified",
            Status::ClosedOut => "closed_out",
            Status::Withdrawn => "withdrawn",
        }
    }

    /// The word written into the ledger.
    pub fn label(self) -> &'static str {
        match self {
            Status::Open => "待整改",
            Status::InRectification => "整改中",
            Status::Rectified => "已整改",
            Status::ClosedOut => "已销号",
            Status::Withdrawn => "撤销",
        }
    }
}

const WORDS: &[(Status, &[&str])] = &[
    (
        Status::Open,
        &[
            "待整改",
            "未整改",
            "未完成",
            "未开始",
            "未开始整改",
            "未启动",
            "尚未整改",
            "未整改完成",
            "未完成整改",
            "未改",
            "未处理",
            "待处理",
            "未销号",
            "未闭环",
            "未解决",
            "没有整改",
            "没整改",
            "未落实",
            "暂未整改",
            "否",
            "×",
            "x",
            "✗",
            "✘",
            "未",
            "open",
            "0%",
            "尚未完成",
            "未整改到位",
            "超期待处理",
            "逾期未整改",
            "超期未整改",
        ],
    ),
    (
        Status::InRectification,
        &[
            "整改中",
            "正在整改",
            "整改进行中",
            "进行中",
            "推进中",
            "限期整改",
            "部分整改",
            "部分完成",
            "正在处理",
            "处理中",
            "正在推进",
            "持续整改",
            "整改不合格",
            "退回",
            "复查不合格",
            "验收不合格",
            "已启动",
            "整改推进中",
            "正在进行",
            "正在整改中",
            "已开始整改",
            "基本完成",
            "in_rectification",
            "已部分整改",
            "治理中",
            "正在治理",
            "计划整改",
            "继续整改",
        ],
    ),
    (
        Status::Rectified,
        &[
            "已整改",
            "已完成",
            "已整改完成",
            "已完成整改",
            "整改完成",
            "整改完毕",
            "已整改完毕",
            "已改",
            "已处理",
            "已解决",
            "已落实",
            "整改到位",
            "已整改到位",
            "办结",
            "已办结",
            "已消除",
            "待验收",
            "已整改待验收",
            "待复查",
            "已整改待复查",
            "已验收",
            "是",
            "√",
            "✓",
            "✔",
            "☑",
            "完成",
            "已完成治理",
            "已治理",
            "已立即整改",
            "已立行立改",
            "已当场整改",
            "当场整改完毕",
            "立即整改完毕",
            "rectified",
            "100%",
            "已改好",
            "已全部整改",
            "全部整改完成",
            "已按期整改",
            "按期完成",
            "已修复",
            "已更换",
            "合格",
            "复查合格",
            "验收合格",
            "已整治",
            "已整改结束",
            "整改结束",
            "完成整改",
            "全部完成",
            "已经整改",
            "已经完成",
            "已现场整改",
            "已当场整改完毕",
            "已完成整治",
        ],
    ),
    (
        Status::ClosedOut,
        &[
            "已销号",
            "销号",
            "已闭环",
            "闭环",
            "已核销",
            "已销案",
            "已摘牌",
            "已整改销号",
            "已整改并销号",
            "整改销号",
            "完成销号",
            "已完成销号",
            "已整改已销号",
            "closed_out",
            "已验收销号",
            "验收销号",
        ],
    ),
    (Status::Withdrawn, &["撤销", "已撤销", "作废", "误报", "取消", "已取消", "withdrawn", "不属于隐患", "非隐患"]),
];

/// Reads a status word, by the campaign's own words first. Percentages below 100 are in rectification.
/// `None` when the word is unknown: prose stays prose.
pub fn read_status(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Option<Status> {
    if text.len() > 60 {
        return None;
    }
    if own.is_empty()
        && let Some(status) = Status::ALL.into_iter().find(|status| status.label() == text)
    {
        return Some(status);
    }
    let key = label_key(text);
    if key.is_empty() {
        return None;
    }
    for (status, words) in own {
        if words.iter().any(|word| label_key(word) == key) {
            return Some(*status);
        }
    }
    let find = |key: &str| WORDS.iter().find(|(_, words)| words.contains(&key)).map(|(status, _)| *status);
    if let Some(status) = find(&key) {
        return Some(status);
    }
    if let Some(number) = key.strip_suffix('%').and_then(|digits| digits.parse::<f64>().ok()) {
        return match number {
            number if number <= 0.0 => Some(Status::Open),
            number if number < 100.0 => Some(Status::InRectification),
            100.0 => Some(Status::Rectified),
            _ => None,
        };
    }
    let (base, hint) = split_hint(&key);
    if !hint.is_empty() && hint.chars().count() <= 8 {
        let closing = find(&hint).filter(|status| *status == Status::ClosedOut);
        return find(base.trim_matches([',', '、', ';', '。'])).map(|status| closing.unwrap_or(status));
    }
    None
}

/// Reads a cell of 是否销号 or 销号情况: a yes is closed out, a no says nothing of the rectification, and a status
/// word is that status.
pub fn read_close_out(text: &str, own: &BTreeMap<Status, Vec<String>>) -> Option<Status> {
    match label_key(text).as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "已" | "办结" | "已办结" | "完成" | "已完成" => Some(Status::ClosedOut),
        "否" | "×" | "x" | "✗" | "✘" | "未" | "未销号" | "未闭环" | "待销号" | "未办结" => None,
        _ => read_status(text, own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_prose_is_not() {
        let own = BTreeMap::from([(Status::Rectified, vec!["搞定".to_owned()])]);
        for (text, status) in [
            ("已整改", Some(Status::Rectified)),
            ("已整改（待复查）", Some(Status::Rectified)),
            ("已销号", Some(Status::ClosedOut)),
            ("整改 中", Some(Status::InRectification)),
            ("90％", Some(Status::InRectification)),
            ("100%", Some(Status::Rectified)),
            ("√", Some(Status::Rectified)),
            ("否", Some(Status::Open)),
            ("搞定", Some(Status::Rectified)),
            ("立行立改", None),
            ("已联系厂家，预计下周更换", None),
            ("已整改（已销号）", Some(Status::ClosedOut)),
        ] {
            assert_eq!(read_status(text, &own), status, "{text}");
        }
    }

    #[test]
    fn a_no_to_closing_is_no_status() {
        let own = BTreeMap::new();
        for (text, status) in [
            ("是", Some(Status::ClosedOut)),
            ("否", None),
            ("未销号", None),
            ("已销号", Some(Status::ClosedOut)),
            ("整改中", Some(Status::InRectification)),
            ("已整改", Some(Status::Rectified)),
        ] {
            assert_eq!(read_close_out(text, &own), status, "{text}");
        }
    }

    #[test]
    fn no_word_stands_for_two_states() {
        let mut seen = BTreeMap::new();
        for (status, words) in WORDS {
            for word in *words {
                assert_eq!(label_key(word), *word, "{word} is not written as its key");
                assert!(seen.insert(*word, *status).is_none(), "{word} stands twice");
            }
        }
    }
}
