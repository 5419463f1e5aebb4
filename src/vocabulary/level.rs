//! The two legal levels of a hazard, 一般 and 重大 (安全生产事故隐患排查治理暂行规定, 安监总局令第16号).

use std::collections::BTreeMap;

use crate::vocabulary::choice::Said;
use crate::vocabulary::choice::Words;
use crate::vocabulary::choice::denies;
use crate::vocabulary::choice::read_choice;
use crate::vocabulary::normalise::label_key;

/// Level of a hazard. Anything but the legal pair must be mapped by the campaign, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 一般: small danger, rectified at once after it is found.
    General,
    /// 重大: great danger or difficulty, needs a stop and time, or outside help.
    Major,
}

impl Level {
    /// JSON and YAML key.
    pub fn key(self) -> &'static str {
        match self {
            Level::General => "general",
            Level::Major => "major",
        }
    }

    /// The word written into the ledger.
    pub fn label(self) -> &'static str {
        match self {
            Level::General => "一般",
            Level::Major => "重大",
        }
    }
}

/// Reads a level cell: the legal pair in its usual spellings and the campaign's own words, alone or as a choice;
/// nothing else is mapped (较大, Ⅱ级, 低风险 are somebody's other scale).
pub fn read_level_cell(text: &str, own: &BTreeMap<Level, Vec<String>>) -> Said<Level> {
    if own.is_empty() {
        match text {
            "一般" => return Said::Value(Level::General),
            "重大" => return Said::Value(Level::Major),
            _ => {}
        }
    }
    let meaning = |word: &str| level_word(word, own);
    read_choice(text, &Words { meaning: &meaning, agrees: &|level, remark| agrees(level, remark, own) })
}

/// The level that a text says; `None` when it says none, or not clearly.
pub fn read_level(text: &str, own: &BTreeMap<Level, Vec<String>>) -> Option<Level> {
    read_level_cell(text, own).value()
}

/// Reads a cell of 是否重大隐患: a yes is major, a no is general, and the words of the levels count as well.
pub fn read_major_flag(text: &str, own: &BTreeMap<Level, Vec<String>>) -> Said<Level> {
    let meaning = |word: &str| match label_key(word).as_str() {
        "是" | "√" | "✓" | "✔" | "☑" | "属于" | "有" | "对" | "y" | "yes" | "是重大" | "是重大隐患" | "属于重大" | "属于重大隐患" => {
            Some(Level::Major)
        }
        "否"
        | "×"
        | "x"
        | "✗"
        | "✘"
        | "不是"
        | "不属于"
        | "无"
        | "非"
        | "n"
        | "no"
        | "未"
        | "非重大"
        | "非重大隐患"
        | "不是重大隐患"
        | "不属于重大隐患" => Some(Level::General),
        _ => level_word(word, own),
    };
    read_choice(
        text,
        &Words {
            meaning: &meaning,
            agrees: &|level, remark| agrees(level, remark, own) && meaning(remark).is_none_or(|other| other == level),
        },
    )
}

/// True if the words in brackets go with the level: 一般（班组级）, but not 重大（疑似）, 重大（一般）, 一般（重大）.
fn agrees(level: Level, remark: &str, own: &BTreeMap<Level, Vec<String>>) -> bool {
    let other = match level {
        Level::General => "重大",
        Level::Major => "一般",
    };
    level_word(remark, own).is_none_or(|said| said == level) && !remark.contains(other) && !denies(remark)
}

const GENERAL: &[&str] = &["一般", "一般性", "一般级", "一般等级", "general"];
const MAJOR: &[&str] = &["重大", "重大级", "重大等级", "major"];
/// 一般 + 事故 + 隐患.
const OF_WHAT: [&str; 4] = ["隐患", "安全", "事故", "安全生产"];

/// What a level is said with: words, and further ideographs.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    GENERAL.iter().chain(MAJOR).chain(&OF_WHAT).copied().chain(["不于否对属无是有未非"])
}

fn level_word(text: &str, own: &BTreeMap<Level, Vec<String>>) -> Option<Level> {
    let key = label_key(text);
    for (level, words) in own {
        if words.iter().any(|word| label_key(word) == key) {
            return Some(*level);
        }
    }
    let [of_hazard, of_safety, of_accident, of_production] = OF_WHAT;
    let bare = key.strip_suffix(of_hazard).unwrap_or(&key);
    let bare = bare.strip_suffix(of_safety).or_else(|| bare.strip_suffix(of_accident)).unwrap_or(bare);
    let bare = bare.strip_suffix(of_production).unwrap_or(bare);
    if GENERAL.contains(&bare) {
        return Some(Level::General);
    }
    MAJOR.contains(&bare).then_some(Level::Major)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::ideographs::Ideographs;
    use crate::vocabulary::ideographs::assert_holds_all;

    #[test]
    fn every_word_can_be_found() {
        assert_holds_all(&Ideographs::of(words()), include_str!("level.rs"));
    }

    #[test]
    fn only_the_legal_pair_is_read() {
        let own = BTreeMap::from([(Level::General, vec!["普通".to_owned()])]);
        for (text, level) in [
            ("一般", Some(Level::General)),
            ("一般隐患", Some(Level::General)),
            ("一般 事故隐患", Some(Level::General)),
            ("重大事故隐患", Some(Level::Major)),
            ("重大", Some(Level::Major)),
            ("普通", Some(Level::General)),
            ("较大", None),
            ("Ⅱ级", None),
            ("一般、重大", None),
            ("非重大", None),
        ] {
            assert_eq!(read_level(text, &own), level, "{text}");
        }
    }
}
