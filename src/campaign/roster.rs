//! The roster (单位名册): who has to report, under which names; and which unit a written name means.
//!
//! Numerals (第一/第二), places and branch suffixes are hard tokens: a name that differs in one of
//! them is never matched. Anything but an exact name, 简称 or former name is a suggestion.

use std::sync::Arc;

/// One unit of the roster.
#[derive(Debug, Clone)]
pub struct Unit {
    /// 编码, second part of every 编号.
    pub code: String,
    /// 单位名称
    pub name: Arc<str>,
    /// 简称 and former names
    pub aliases: Vec<String>,
    /// 类别
    pub kind: String,
    /// 乡镇
    pub town: String,
    /// 分组
    pub group: String,
    /// 联系人
    pub contact: String,
    /// 联系电话
    pub phone: String,
    /// Line in `units.csv`.
    pub line: u32,
}

/// The roster, in file order.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    pub units: Vec<Unit>,
}

/// Which unit a written name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitMatch {
    /// The name itself, after normalisation; index into [`Roster::units`].
    Exact(usize),
    /// A 简称 or former name, or the name with a harmless affix.
    Alias(usize),
    /// Several units carry this short name.
    Ambiguous(Vec<usize>),
    /// No unit; the nearest names for a did-you-mean, best first.
    Unknown(Vec<usize>),
}

impl Roster {
    /// The unit that `written` names.
    pub fn find(&self, written: &str) -> UnitMatch {
        let _ = written;
        UnitMatch::Unknown(Vec::new())
    }

    /// The units whose name or alias stands in a longer text; the longest match wins.
    pub fn match_in_text(&self, text: &str) -> Vec<usize> {
        let _ = text;
        Vec::new()
    }
}
