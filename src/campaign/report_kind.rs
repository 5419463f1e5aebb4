//! The kinds of papers that a campaign schedules.

/// What kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// 周统计
    Weekly,
    /// 月通报
    Monthly,
    /// 季度统计
    Quarterly,
    /// 工作总结: the campaign from its first day.
    Summary,
}

impl ReportKind {
    /// Every kind, the shortest period first.
    pub const ALL: [ReportKind; 4] = [ReportKind::Weekly, ReportKind::Monthly, ReportKind::Quarterly, ReportKind::Summary];

    /// The word in `reports:` of the campaign, on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            ReportKind::Weekly => "weekly",
            ReportKind::Monthly => "monthly",
            ReportKind::Quarterly => "quarterly",
            ReportKind::Summary => "summary",
        }
    }

    /// The name of the paper.
    pub fn label(self) -> &'static str {
        match self {
            ReportKind::Weekly => "周统计",
            ReportKind::Monthly => "月通报",
            ReportKind::Quarterly => "季度通报",
            ReportKind::Summary => "工作总结",
        }
    }

    /// What the period is called inside a sentence: 本周, 本月 …
    pub fn this_period(self) -> &'static str {
        match self {
            ReportKind::Weekly => "本周",
            ReportKind::Monthly => "本月",
            ReportKind::Quarterly => "本季度",
            ReportKind::Summary => "专项行动以来",
        }
    }

    /// What the period before is called.
    pub fn last_period(self) -> &'static str {
        match self {
            ReportKind::Weekly => "上周",
            ReportKind::Monthly => "上月",
            ReportKind::Quarterly => "上季度",
            ReportKind::Summary => "专项行动开始前",
        }
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<ReportKind> {
        ReportKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
