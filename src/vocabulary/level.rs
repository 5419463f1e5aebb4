//! The two legal levels of a hazard, 一般 and 重大 (安全生产事故隐患排查治理暂行规定, 安监总局令第16号).

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
