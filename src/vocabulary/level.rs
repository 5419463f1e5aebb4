//! The two legal levels of a hazard, 一般 and 重大 (安全生产事故隐患排查治理暂行规定, 安监总局令第16号).

use std::collections::BTreeMap;

use crate::vocabulary::normalise::label_key;
use crate::vocabulary::normalise::without_brackets;

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

/// Reads a level word. The legal pair in its usual spellings and the campaign's own words; nothing else
/// is mapped (较大, Ⅱ级, 低风险 are somebody's other scale). `None` when the word is not one of them.
pub fn read_level(text: &str, own: &BTreeMap<Level, Vec<String>>) -> Option<Level> {
    if own.is_empty() {
        match text {
            "一般" => return Some(Level::General),
            "重大" => return Some(Level::Major),
            _ => {}
        }
    }
    let key = label_key(text);
    for (level, words) in own {
        if words.iter().any(|word| label_key(word) == key) {
            return Some(*level);
        }
    }
    let bare = without_brackets(&key);
    let bare = bare.strip_suffix("隐患").unwrap_or(&bare);
    let bare = bare.strip_suffix("安全").or_else(|| bare.strip_suffix("事故")).unwrap_or(bare);
    let bare = bare.strip_suffix("安全生产").unwrap_or(bare);
    match bare {
        "一般" | "一般性" | "一般级" | "一般等级" | "general" => Some(Level::General),
        "重大" | "重大级" | "重大等级" | "major" => Some(Level::Major),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
