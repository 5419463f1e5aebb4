//! Who brings hazards to light, told from the words of the column 隐患来源: 自查, 部门检查, 督办, 群众举报.
//!
//! Official statistics split hazards so; facilities write whatever they like. Parts of a word count here, because
//! no two offices name their inspections alike. What says none of it is 其他, never 自查.

/// Who found a hazard, as statistics split it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finder {
    /// 自查: the facility itself.
    Own,
    /// 部门检查: somebody whose office it is to look.
    Inspection,
    /// 督办: put under supervision from above.
    Supervision,
    /// 群众举报
    Complaint,
    /// Words that say none of these.
    Other,
    /// Nothing is written.
    Unstated,
}

impl Finder {
    /// In the order of the tables.
    pub const ALL: [Finder; 6] = [Finder::Own, Finder::Inspection, Finder::Supervision, Finder::Complaint, Finder::Other, Finder::Unstated];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            Finder::Own => "own",
            Finder::Inspection => "inspection",
            Finder::Supervision => "supervision",
            Finder::Complaint => "complaint",
            Finder::Other => "other",
            Finder::Unstated => "unstated",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Finder::Own => "单位自查",
            Finder::Inspection => "部门检查",
            Finder::Supervision => "挂牌督办",
            Finder::Complaint => "群众举报",
            Finder::Other => "其他来源",
            Finder::Unstated => "未写来源",
        }
    }
}

/// Words by their finder. The order decides where two stand together: 督办 says more than 检查, and 自查 names the finder
/// even where it was a 检查.
const WORDS: [(Finder, &[&str]); 4] = [
    (Finder::Supervision, &["督办", "挂牌"]),
    (Finder::Complaint, &["举报", "投诉", "信访", "12345", "群众反映"]),
    (Finder::Own, &["自查", "自检", "自纠", "自行", "院内", "本单位", "内部", "日常巡查", "日常检查", "日常排查", "员工"]),
    (
        Finder::Inspection,
        &[
            "督查",
            "督导",
            "抽查",
            "检查",
            "巡查",
            "执法",
            "上级",
            "部门",
            "专家",
            "暗访",
            "暗查",
            "卫健",
            "消防",
            "应急",
            "市场监管",
            "第三方",
            "住建",
        ],
    ),
];

/// Who found a hazard by the words of 隐患来源.
///
/// ```
/// use qingdan::vocabulary::Finder;
/// use qingdan::vocabulary::read_finder;
/// assert_eq!(read_finder("疾控中心自查组"), Finder::Own);
/// assert_eq!(read_finder("区消防大队检查"), Finder::Inspection);
/// assert_eq!(read_finder("县级挂牌督办"), Finder::Supervision);
/// assert_eq!(read_finder("　"), Finder::Unstated);
/// assert_eq!(read_finder("老台账"), Finder::Other);
/// ```
pub fn read_finder(text: &str) -> Finder {
    let text = text.trim();
    if text.is_empty() || matches!(text, "/" | "-" | "—" | "无") {
        return Finder::Unstated;
    }
    let said = |words: &[&str]| words.iter().any(|word| text.contains(word));
    WORDS.iter().find(|(_, words)| said(words)).map_or(Finder::Other, |(finder, _)| *finder)
}
