//! The result of an inspection item: found in order (合格, 符合, 不适用, √) or not (不合格, ×); and what a tick is.
//!
//! Says nothing of a hazard's status: 复查合格 is a word of `status`.

use crate::vocabulary::choice::Said;
use crate::vocabulary::choice::Words;
use crate::vocabulary::choice::affirms;
use crate::vocabulary::choice::denies;
use crate::vocabulary::choice::read_choice;
use crate::vocabulary::normalise::label_key;

const PASSED: &[&str] = &[
    "合格",
    "符合",
    "正常",
    "不适用",
    "√",
    "✓",
    "✔",
    "☑",
    "✅",
    "是",
    "达标",
    "完好",
    "良好",
    "完好有效",
    "通过",
    "符合要求",
    "符合规定",
    "符合标准",
    "均符合",
    "均合格",
    "均正常",
    "全部合格",
    "全部符合",
    "运行正常",
    "使用正常",
    "状态正常",
    "情况正常",
    "情况良好",
    "状况良好",
    "无问题",
    "无异常",
    "没问题",
    "没有问题",
    "不涉及",
    "无此项",
    "无该项",
    "无此项目",
    "无此设备",
    "无相关内容",
    "n/a",
    "na",
    "n.a",
    "ok",
    "y",
    "yes",
    "pass",
    "passed",
    "已落实",
    "落实",
    "到位",
    "齐全",
    "完整",
    "有效",
    "满足",
    "满足要求",
    "优",
    "良",
    "好",
    "合规",
    "正常运行",
    "完好无损",
    "未发现问题",
    "未发现异常",
    "未发现隐患",
    "未见异常",
    "检查合格",
    "检查正常",
    "无隐患",
    "符合要求无隐患",
    "基本正常",
    "可用",
];

const FAILED: &[&str] = &[
    "不合格",
    "不符合",
    "异常",
    "×",
    "✗",
    "✘",
    "x",
    "否",
    "不达标",
    "不正常",
    "未通过",
    "有问题",
    "存在问题",
    "不符合要求",
    "不符合规定",
    "有隐患",
    "存在隐患",
    "n",
    "no",
    "fail",
    "failed",
    "部分符合",
    "基本不符合",
    "不完好",
    "未落实",
    "不到位",
    "不齐全",
    "差",
    "不满足",
    "不合规",
    "损坏",
    "缺失",
    "部分不符合",
    "有缺陷",
];

/// What a result is said with: words, and further ideographs.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    PASSED.iter().chain(FAILED).copied().chain(["勾对"])
}

/// Reads the result of an inspection item: true when it was found in order.
pub fn read_passed(text: &str) -> Said<bool> {
    if text.len() > 90 {
        return Said::Unknown;
    }
    let meaning = |word: &str| {
        let key = label_key(word);
        let key = key.as_str();
        if PASSED.contains(&key) { Some(true) } else { FAILED.contains(&key).then_some(false) }
    };
    let agrees = |passed: bool, remark: &str| match meaning(remark) {
        Some(other) => other == passed,
        None if passed => !denies(remark),
        None => !affirms(remark),
    };
    read_choice(text, &Words { meaning: &meaning, agrees: &agrees })
}

/// Reads a cell that is there to be ticked: true when it is, false when it is left out or crossed. `None` for any other words.
pub fn read_tick(text: &str) -> Option<bool> {
    if text.len() > 12 {
        return None;
    }
    let meaning = |word: &str| match label_key(word).as_str() {
        "√" | "✓" | "✔" | "☑" | "✅" | "■" | "●" | "是" | "y" | "yes" | "v" | "r" | "1" | "有" | "对" | "勾" => Some(true),
        "×" | "✗" | "✘" | "x" | "否" | "无" | "n" | "no" | "0" | "/" | "-" | "—" | "——" | "□" | "☐" | "○" | "o" | "\\" | "--" => {
            Some(false)
        }
        _ => None,
    };
    read_choice(text, &Words { meaning: &meaning, agrees: &|_, _| false }).value()
}

#[cfg(test)]
mod tests {
    use super::read_passed;
    use super::read_tick;
    use super::words;
    use crate::vocabulary::ideographs::Ideographs;
    use crate::vocabulary::ideographs::assert_holds_all;

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(&Ideographs::of(words()), include_str!("passed.rs"));
    }

    #[test]
    fn results_and_ticks_are_words() {
        for (text, expected) in [
            ("合格", Some(true)),
            ("符合要求", Some(true)),
            ("不适用", Some(true)),
            ("√", Some(true)),
            ("□不合格 ☑合格", Some(true)),
            ("合格（ ）不合格（√）", Some(false)),
            ("×", Some(false)),
            ("合格（7月已换）", Some(true)),
            ("合格（部分缺失）", None),
            ("东侧插座松动", None),
            ("符合/不符合", None),
        ] {
            assert_eq!(read_passed(text).value(), expected, "{text}");
        }
        for (text, expected) in [
            ("√", Some(true)),
            ("（√）", Some(true)),
            ("☑", Some(true)),
            ("R", Some(true)),
            ("V", Some(true)),
            ("×", Some(false)),
            ("□", Some(false)),
            ("/", Some(false)),
            ("7月3日", None),
            ("12", None),
        ] {
            assert_eq!(read_tick(text), expected, "{text}");
        }
    }
}
