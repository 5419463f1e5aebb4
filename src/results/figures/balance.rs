//! 勾稽: the equations that the figures must satisfy. A paper whose figures break one is not written.

use crate::results::OverdueState;
use crate::results::figures::Counts;
use crate::results::figures::Figures;
use crate::results::figures::Measure;

/// Two numbers that must be equal and are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Where: 合计, or a breakdown and its row.
    pub place: String,
    /// The equation, in words: 上期结转＋本期新增＋…＝期末未销号.
    pub equation: String,
    pub left: i64,
    pub right: i64,
}

/// An equation between sums of measures; a measure may be subtracted.
struct Equation {
    words: &'static str,
    left: &'static [Measure],
    minus: &'static [Measure],
    right: &'static [Measure],
}

const EQUATIONS: [Equation; 9] = [
    Equation {
        words: "上期结转＋本期新增＋本期恢复－本期销号－本期撤销－本期转出＝期末未销号",
        left: &[Measure::CarriedOver, Measure::New, Measure::Reopened],
        minus: &[Measure::ClosedInPeriod, Measure::WithdrawnInPeriod, Measure::Left],
        right: &[Measure::OpenAtEnd],
    },
    Equation {
        words: "上期撤销＋本期核实撤销－撤销恢复＝核实撤销",
        left: &[Measure::WithdrawnBefore, Measure::NewlyWithdrawn],
        minus: &[Measure::WithdrawalUndone],
        right: &[Measure::Withdrawn],
    },
    Equation {
        words: "期末未销号＋累计销号＝累计排查",
        left: &[Measure::OpenAtEnd, Measure::Closed],
        minus: &[],
        right: &[Measure::Total],
    },
    Equation {
        words: "逾期＋临期＋未到期＋无期限＋期限有误＋状态不明＋待验收＋累计销号＝累计排查",
        left: &[
            Measure::Overdue,
            Measure::DueSoon,
            Measure::InTime,
            Measure::Undated,
            Measure::DeadlineUnreadable,
            Measure::StatusUnclear,
            Measure::AwaitingVerification,
            Measure::Closed,
        ],
        minus: &[],
        right: &[Measure::Total],
    },
    Equation {
        words: "按期整改＋超期完成＋整改日期不明＋到期未整改＝已到期",
        left: &[Measure::RectifiedInTime, Measure::Late, Measure::RectifiedUndated, Measure::DueOpen],
        minus: &[],
        right: &[Measure::FallenDue],
    },
    Equation {
        words: "逾期1—7天＋8—30天＋30天以上＝逾期未改",
        left: &[Measure::OverdueWeek, Measure::OverdueMonth, Measure::OverdueLonger],
        minus: &[],
        right: &[Measure::Overdue],
    },
    Equation {
        words: "剩余10天以内＋11—20天＋20天以上＝临期＋未到期",
        left: &[Measure::LeftTen, Measure::LeftTwenty, Measure::LeftMore],
        minus: &[],
        right: &[Measure::DueSoon, Measure::InTime],
    },
    Equation {
        words: "一般＋重大＋未定级＝累计排查",
        left: &[Measure::General, Measure::Major, Measure::LevelUnknown],
        minus: &[],
        right: &[Measure::Total],
    },
    Equation {
        words: "重大已整改＋重大未整改＋重大状态不明＝重大隐患",
        left: &[Measure::MajorRectified, Measure::MajorOpen, Measure::MajorUnclear],
        minus: &[],
        right: &[Measure::Major],
    },
];

/// Parts that can never be larger than their whole.
const PARTS: [(Measure, Measure); 11] = [
    (Measure::NewFromBefore, Measure::New),
    (Measure::Rectified, Measure::Total),
    (Measure::Closed, Measure::Rectified),
    (Measure::WithdrawnInPeriod, Measure::NewlyWithdrawn),
    (Measure::RectifiedInTime, Measure::FallenDue),
    (Measure::GeneralRectified, Measure::General),
    (Measure::MajorClosed, Measure::MajorRectified),
    (Measure::MajorComplete, Measure::MajorOpen),
    (Measure::MajorSupervised, Measure::MajorOpen),
    (Measure::Late, Measure::Total),
    (Measure::RectifiedInPeriod, Measure::Rectified),
];

/// Everything that does not hold.
pub fn discrepancies(figures: &Figures) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    equations("合计", &figures.totals, &mut found);
    for breakdown in &figures.breakdowns {
        let name = breakdown.dimension.label();
        let mut sums = Counts::default();
        let mut yuan = 0;
        for row in &breakdown.rows {
            equations(&format!("按{name}：{}", row.label), &row.counts, &mut found);
            sums.add_all(&row.counts);
            yuan += row.funds.yuan;
        }
        for measure in Measure::ALL {
            let (left, right) = (sums.of(measure), figures.totals.of(measure));
            differ(&mut found, &format!("按{name}"), format!("各行{}之和＝合计", measure.label()), left.into(), right.into());
        }
        differ(&mut found, &format!("按{name}"), "各行整改资金之和＝合计（元）".to_owned(), yuan, figures.funds.yuan);
    }
    if !figures.parents.is_empty() {
        let mut sums = Counts::default();
        figures.parents.iter().for_each(|parent| sums.add_all(&parent.figures.counts));
        for measure in Measure::ALL {
            let (left, right) = (sums.of(measure), figures.totals.of(measure));
            differ(&mut found, "按上级单位", format!("各行{}之和＝合计", measure.label()), left.into(), right.into());
        }
    }
    for (state, measure) in OverdueState::ALL.into_iter().zip([
        Measure::Overdue,
        Measure::DueSoon,
        Measure::InTime,
        Measure::Undated,
        Measure::DeadlineUnreadable,
        Measure::StatusUnclear,
        Measure::AwaitingVerification,
        Measure::Closed,
    ]) {
        let stated = figures.overdue.by_state.get(state as usize).copied().unwrap_or(0);
        differ(
            &mut found,
            "合计",
            format!("逾期查询的{}＝统计的{}", state.label(), measure.label()),
            stated.into(),
            figures.totals.of(measure).into(),
        );
    }
    let mut listed = Counts::default();
    for counted in &figures.counted {
        listed.add(counted.measures);
    }
    for measure in Measure::ALL {
        let (left, right) = (listed.of(measure), figures.totals.of(measure));
        differ(&mut found, "编号依据", format!("{}的编号数＝合计", measure.label()), left.into(), right.into());
    }
    for duty in &figures.duties {
        let parts =
            i64::from(duty.reported) + i64::from(duty.zero) + i64::from(duty.late) + i64::from(duty.missing) + i64::from(duty.waiting);
        differ(&mut found, "报送情况", "已报＋零报告＋迟报＋未报＋未到时间＝应报".to_owned(), parts, duty.owed.into());
    }
    found
}

fn equations(place: &str, counts: &Counts, found: &mut Vec<Discrepancy>) {
    let sum = |measures: &[Measure]| -> i64 { measures.iter().map(|measure| i64::from(counts.of(*measure))).sum() };
    for equation in &EQUATIONS {
        differ(found, place, equation.words.to_owned(), sum(equation.left) - sum(equation.minus), sum(equation.right));
    }
    for (part, whole) in PARTS {
        let (part_count, whole_count) = (counts.of(part), counts.of(whole));
        if part_count > whole_count {
            let equation = format!("{}不多于{}", part.label(), whole.label());
            found.push(Discrepancy { place: place.to_owned(), equation, left: part_count.into(), right: whole_count.into() });
        }
    }
}

fn differ(found: &mut Vec<Discrepancy>, place: &str, equation: String, left: i64, right: i64) {
    if left != right {
        found.push(Discrepancy { place: place.to_owned(), equation, left, right });
    }
}
