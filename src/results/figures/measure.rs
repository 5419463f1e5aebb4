//! What is counted: every figure of the statistics has one name, one meaning and one set of hazards behind it.
//!
//! A measure is a set. Counts are its size and nothing else, so that a number can always be taken apart again.

/// One thing that is counted, in hazards (项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Measure {
    /// 上期结转: neither closed nor withdrawn on the day before the period.
    CarriedOver,
    /// 本期新增: on the ledger now, and not on it on the day before the period.
    New,
    /// 补报: of the new, those found before the period began.
    NewFromBefore,
    /// 本期恢复: closed or withdrawn before the period, and open again.
    Reopened,
    /// 本期销号
    ClosedInPeriod,
    /// 本期撤销: of the carried over, withdrawn now.
    WithdrawnInPeriod,
    /// 转出: counted on the day before the period, and no longer found by the as-of day (its 发现日期 was put later).
    Left,
    /// 期末未销号: neither closed nor withdrawn.
    OpenAtEnd,
    /// 本期整改: rectified now, and not on the day before the period.
    RectifiedInPeriod,
    /// 累计排查: every hazard found by the as-of day, without the withdrawn.
    Total,
    /// 累计整改: rectified or closed.
    Rectified,
    /// 累计销号
    Closed,
    /// 核实撤销: no hazards after all, and in no other figure of the as-of day.
    Withdrawn,
    /// 上期撤销: withdrawn on the day before the period.
    WithdrawnBefore,
    /// 本期核实撤销: withdrawn now, and not on the day before the period.
    NewlyWithdrawn,
    /// 撤销恢复: withdrawn on the day before the period, and not now.
    WithdrawalUndone,
    /// 已到期: its deadline is over.
    FallenDue,
    /// 按期整改: of the fallen due, rectified by the deadline.
    RectifiedInTime,
    /// 超期完成
    Late,
    /// 整改日期不明: of the fallen due, rectified without a date that says whether in time.
    RectifiedUndated,
    /// 到期未整改: of the fallen due, not rectified. The overdue, unless the campaign counts until closed out.
    DueOpen,
    Overdue,
    DueSoon,
    InTime,
    Undated,
    /// 期限有误: something is written as its deadline that nobody can read.
    DeadlineUnreadable,
    /// 状态不明: something is written as its status that nobody can read.
    StatusUnclear,
    AwaitingVerification,
    /// 逾期 1 to 7 days.
    OverdueWeek,
    /// 逾期 8 to 30 days.
    OverdueMonth,
    /// 逾期 more than 30 days.
    OverdueLonger,
    /// 0 to 10 days left.
    LeftTen,
    /// 11 to 20 days left.
    LeftTwenty,
    /// More than 20 days left.
    LeftMore,
    General,
    GeneralRectified,
    Major,
    MajorRectified,
    /// Major, rectified and closed: 已整改销号.
    MajorClosed,
    /// Major ones that are not rectified: they need a plan of rectification.
    MajorOpen,
    /// 重大状态不明: major ones of which nobody can read whether they are rectified.
    MajorUnclear,
    /// Of those, all that the campaign requires of the level is filled in (五落实).
    MajorComplete,
    /// Of those, 挂牌督办.
    MajorSupervised,
    /// 未定级: the level is blank or cannot be read.
    LevelUnknown,
    /// 未再报告: not rectified, named by its unit once, and not by the unit's newest submission.
    NotReportedAgain,
}

use Measure::*;

impl Measure {
    /// Every measure.
    pub const ALL: [Measure; 45] = [
        CarriedOver,
        New,
        NewFromBefore,
        Reopened,
        ClosedInPeriod,
        WithdrawnInPeriod,
        Left,
        OpenAtEnd,
        RectifiedInPeriod,
        Total,
        Rectified,
        Closed,
        Withdrawn,
        WithdrawnBefore,
        NewlyWithdrawn,
        WithdrawalUndone,
        FallenDue,
        RectifiedInTime,
        Late,
        RectifiedUndated,
        DueOpen,
        Overdue,
        DueSoon,
        InTime,
        Undated,
        DeadlineUnreadable,
        StatusUnclear,
        AwaitingVerification,
        OverdueWeek,
        OverdueMonth,
        OverdueLonger,
        LeftTen,
        LeftTwenty,
        LeftMore,
        General,
        GeneralRectified,
        Major,
        MajorRectified,
        MajorClosed,
        MajorOpen,
        MajorUnclear,
        MajorComplete,
        MajorSupervised,
        LevelUnknown,
        NotReportedAgain,
    ];

    /// JSON key, and the name in templates.
    pub fn key(self) -> &'static str {
        self.words().0
    }

    /// The name the clerk reads.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// What is counted, in a sentence for the sheet of evidence.
    pub fn meaning(self) -> &'static str {
        self.words().2
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            CarriedOver => ("carried_over", "上期结转", "本期开始前一天尚未销号、也没有撤销的隐患"),
            New => ("new", "本期新增", "本期内新进台账的隐患（不含已核实撤销的）"),
            NewFromBefore => ("new_from_before", "其中补报", "本期新增中，发现日期早于本期、这一期才报来的"),
            Reopened => ("reopened", "本期恢复", "本期开始前已销号或撤销，现在又未销号的"),
            ClosedInPeriod => ("closed_in_period", "本期销号", "本期内销号的"),
            WithdrawnInPeriod => ("withdrawn_in_period", "本期撤销", "上期结转的隐患中，本期内核实撤销的"),
            Left => ("left", "本期转出", "发现日期改到截至日之后、本期不再计入的"),
            OpenAtEnd => ("open_at_end", "期末未销号", "截至日尚未销号、也没有撤销的"),
            RectifiedInPeriod => ("rectified_in_period", "本期整改", "本期内整改完成的（含当期销号）"),
            Total => ("total", "累计排查", "截至日发现的全部隐患（不含核实撤销的）"),
            Rectified => ("rectified", "累计整改", "截至日已整改或已销号的"),
            Closed => ("closed", "累计销号", "截至日已销号的"),
            Withdrawn => ("withdrawn", "核实撤销", "经核实不是隐患、已撤销的，不计入其他各数"),
            WithdrawnBefore => ("withdrawn_before", "上期撤销", "本期开始前一天已撤销的"),
            NewlyWithdrawn => ("newly_withdrawn", "本期核实撤销", "本期内撤销的，本期新报的、已销号的也算"),
            WithdrawalUndone => ("withdrawal_undone", "撤销恢复", "本期开始前一天已撤销、现在又不撤销的"),
            FallenDue => ("fallen_due", "已到期", "整改期限已过的"),
            RectifiedInTime => ("rectified_in_time", "按期整改", "已到期的隐患中，在期限当天或以前整改完成的"),
            Late => ("late", "超期完成", "整改完成日期晚于整改期限的"),
            RectifiedUndated => ("rectified_undated", "整改日期不明", "已到期、已整改，没有写整改完成日期，不知道是不是按期的"),
            DueOpen => ("due_open", "到期未整改", "已到期的隐患中，还没有整改完成的"),
            Overdue => ("overdue", "逾期未改", "期限已过仍未整改的；方案规定算到销号为止的，还没有销号的也算"),
            DueSoon => ("due_soon", "临期", "未整改，临近期限的"),
            InTime => ("in_time", "未到期", "未整改，期限还早的"),
            Undated => ("undated", "无期限", "未整改，没有期限可算的"),
            DeadlineUnreadable => ("deadline_unreadable", "期限有误", "未整改，整改期限一栏写的认不出是哪一天的"),
            StatusUnclear => ("status_unclear", "状态不明", "状态一栏写的认不出的；不算未整改，也不算已整改，不算到期"),
            AwaitingVerification => ("awaiting_verification", "待验收", "已整改，尚未销号的"),
            OverdueWeek => ("overdue_1_7", "逾期1—7天", "逾期 1 至 7 天"),
            OverdueMonth => ("overdue_8_30", "逾期8—30天", "逾期 8 至 30 天"),
            OverdueLonger => ("overdue_over_30", "逾期30天以上", "逾期 31 天及以上"),
            LeftTen => ("left_0_10", "剩余10天以内", "未整改，离期限还有 0 至 10 天"),
            LeftTwenty => ("left_11_20", "剩余11—20天", "未整改，离期限还有 11 至 20 天"),
            LeftMore => ("left_over_20", "剩余20天以上", "未整改，离期限还有 21 天及以上"),
            General => ("general", "一般隐患", "等级为一般的"),
            GeneralRectified => ("general_rectified", "一般隐患已整改", "等级为一般、已整改或已销号的"),
            Major => ("major", "重大隐患", "等级为重大的"),
            MajorRectified => ("major_rectified", "重大隐患已整改", "等级为重大、已整改或已销号的"),
            MajorClosed => ("major_closed", "重大隐患已整改销号", "等级为重大、已销号的"),
            MajorOpen => ("major_open", "重大隐患未整改", "等级为重大、尚未整改，应列入治理计划的"),
            MajorUnclear => ("major_unclear", "重大隐患状态不明", "等级为重大、状态一栏写的认不出的"),
            MajorComplete => ("major_complete", "其中五落实齐全", "未整改的重大隐患中，方案要求的各项都已填写的"),
            MajorSupervised => ("major_supervised", "其中挂牌督办", "未整改的重大隐患中，督办一栏已填写的"),
            LevelUnknown => ("level_unknown", "未定级", "等级没有填写或认不出的"),
            NotReportedAgain => ("not_reported_again", "未再报告", "尚未整改，单位报过、而最近一次报送（inbox 里的）没有再提到的"),
        }
    }
}

/// Which measures hold of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures(u64);

impl Measures {
    /// Adds a measure where it holds.
    pub fn set(&mut self, measure: Measure, holds: bool) {
        self.0 |= u64::from(holds) << measure as u8;
    }

    /// Whether a measure holds.
    pub fn holds(self, measure: Measure) -> bool {
        self.0 >> measure as u8 & 1 == 1
    }

    /// Whether none holds.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// How many hazards each measure holds of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts([u32; Measure::ALL.len()]);

impl Default for Counts {
    fn default() -> Counts {
        Counts([0; Measure::ALL.len()])
    }
}

impl Counts {
    /// Counts one hazard.
    pub fn add(&mut self, measures: Measures) {
        for (count, measure) in self.0.iter_mut().zip(Measure::ALL) {
            *count += u32::from(measures.holds(measure));
        }
    }

    /// Adds up.
    pub fn add_all(&mut self, other: &Counts) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
    }

    /// The number of hazards that a measure holds of.
    pub fn of(&self, measure: Measure) -> u32 {
        self.0.get(measure as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn measures_have_a_place_and_a_key_of_their_own() {
        for (place, measure) in Measure::ALL.into_iter().enumerate() {
            assert_eq!(measure as usize, place, "{measure:?}");
        }
        assert_eq!(Measure::ALL.map(Measure::key).into_iter().collect::<BTreeSet<_>>().len(), Measure::ALL.len());
        assert_eq!(Measure::ALL.map(Measure::label).into_iter().collect::<BTreeSet<_>>().len(), Measure::ALL.len());
    }

    #[test]
    fn counts_are_the_sizes_of_sets() {
        let mut measures = Measures::default();
        measures.set(Total, true);
        measures.set(Late, false);
        let mut counts = Counts::default();
        counts.add(measures);
        counts.add(measures);
        assert_eq!((counts.of(Total), counts.of(Late)), (2, 0));
    }
}
