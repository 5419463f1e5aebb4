//! How a unit is visited: the four modes of inspection that plans name, and how people write them.
//!
//! Whole words only: 检查 alone is none of the four.

use crate::vocabulary::normalise::label_key;

/// A mode of inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitMode {
    /// 突击检查
    Surprise,
    /// 明察暗访
    Undercover,
    /// 随机抽查
    Random,
    /// 回头检查: whether what was found has been put right.
    Revisit,
}

impl VisitMode {
    /// Every mode, in the order in which plans name them.
    pub const ALL: [VisitMode; 4] = [VisitMode::Surprise, VisitMode::Undercover, VisitMode::Random, VisitMode::Revisit];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            VisitMode::Surprise => "surprise",
            VisitMode::Undercover => "undercover",
            VisitMode::Random => "random",
            VisitMode::Revisit => "revisit",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        self.words().first().copied().unwrap_or_default()
    }

    /// The spellings, the usual one first.
    fn words(self) -> &'static [&'static str] {
        match self {
            VisitMode::Surprise => &["突击检查", "突击抽查"],
            VisitMode::Undercover => &["明察暗访", "明查暗访", "暗访", "暗访检查"],
            VisitMode::Random => &["随机抽查", "抽查", "随机检查", "双随机抽查"],
            VisitMode::Revisit => &["回头检查", "回头看", "复查", "回访检查"],
        }
    }

    /// The mode that a text names.
    pub fn read(text: &str) -> Option<VisitMode> {
        let key = label_key(text);
        VisitMode::ALL.into_iter().find(|mode| mode.words().contains(&key.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::VisitMode;

    #[test]
    fn modes_are_whole_words() {
        for (text, expected) in [
            ("随机抽查", Some(VisitMode::Random)),
            (" 明查暗访 ", Some(VisitMode::Undercover)),
            ("回头看", Some(VisitMode::Revisit)),
            ("突击检查", Some(VisitMode::Surprise)),
            ("带队检查", None),
            ("检查", None),
            ("", None),
        ] {
            assert_eq!(VisitMode::read(text), expected, "{text}");
        }
    }
}
