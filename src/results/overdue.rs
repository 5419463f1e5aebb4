//! Which hazards are overdue, due soon, late or undated on the as-of date, and the step reached.

use std::sync::Arc;

use chrono::NaiveDate;

/// Where the deadline that counts came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeadlineSource {
    Extension,
    Stated,
    /// 立行立改: the found date.
    Immediate,
    /// The level's `rectify_within` from the found date.
    Level,
    None,
}

impl DeadlineSource {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            DeadlineSource::Extension => "extension",
            DeadlineSource::Stated => "stated",
            DeadlineSource::Immediate => "immediate",
            DeadlineSource::Level => "level",
            DeadlineSource::None => "none",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            DeadlineSource::Extension => "批准延期",
            DeadlineSource::Stated => "台账填写",
            DeadlineSource::Immediate => "立行立改",
            DeadlineSource::Level => "按等级推算",
            DeadlineSource::None => "无期限",
        }
    }
}

/// Where a hazard stands on the as-of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverdueState {
    Overdue,
    DueSoon,
    InTime,
    Undated,
    /// Something is written as its deadline that is no day and no phrase either.
    DeadlineUnreadable,
    /// Its status cannot be read: neither open nor rectified.
    StatusUnclear,
    AwaitingVerification,
    /// Closed out; as an item of the answer also a withdrawn hazard.
    Closed,
}

/// A count for each state, in the order of [`OverdueState::ALL`].
pub type StateCounts = [u32; OverdueState::ALL.len()];

impl OverdueState {
    /// Every state, most urgent first.
    pub const ALL: [OverdueState; 8] = [
        OverdueState::Overdue,
        OverdueState::DueSoon,
        OverdueState::InTime,
        OverdueState::Undated,
        OverdueState::DeadlineUnreadable,
        OverdueState::StatusUnclear,
        OverdueState::AwaitingVerification,
        OverdueState::Closed,
    ];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            OverdueState::Overdue => "overdue",
            OverdueState::DueSoon => "due_soon",
            OverdueState::InTime => "in_time",
            OverdueState::Undated => "undated",
            OverdueState::DeadlineUnreadable => "deadline_unreadable",
            OverdueState::StatusUnclear => "status_unclear",
            OverdueState::AwaitingVerification => "awaiting_verification",
            OverdueState::Closed => "closed",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            OverdueState::Overdue => "逾期",
            OverdueState::DueSoon => "临期",
            OverdueState::InTime => "未到期",
            OverdueState::Undated => "无期限",
            OverdueState::DeadlineUnreadable => "期限有误",
            OverdueState::StatusUnclear => "状态不明",
            OverdueState::AwaitingVerification => "待验收",
            OverdueState::Closed => "已销号",
        }
    }
}

/// One hazard on the as-of date. `hazard` is its index in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct OverdueItem {
    pub hazard: usize,
    pub deadline: Option<NaiveDate>,
    pub deadline_source: DeadlineSource,
    pub state: OverdueState,
    /// Rectified after its deadline (超期完成), whatever its state now.
    pub late: bool,
    /// Calendar days past the deadline (overdue, late), else negative days left; `None` without deadline.
    pub days: Option<i64>,
    /// The same in statutory working days; `None` also when a year's calendar is not known.
    pub workdays: Option<i64>,
    /// Escalation step reached.
    pub step: Option<String>,
}

/// Rates in per cent, one decimal, half up; `None` for a zero denominator.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rates {
    /// 整改率: rectified or closed ÷ all.
    pub rectified: Option<f64>,
    /// 按期整改率: rectified in time ÷ fallen due.
    pub rectified_in_time: Option<f64>,
    /// 销号率
    pub closed_out: Option<f64>,
}

/// One unit's row of the summary.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSummary {
    pub unit: Arc<str>,
    pub total: u32,
    pub by_state: StateCounts,
    pub late: u32,
    pub rates: Rates,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Overdue {
    pub as_of: NaiveDate,
    /// Every hazard found by the as-of date, in ledger order.
    pub items: Vec<OverdueItem>,
    /// Of the hazards that count: those that were not withdrawn.
    pub by_state: StateCounts,
    /// 核实撤销: items that are in no count but this one.
    pub withdrawn: u32,
    pub late: u32,
    /// Units that have a hazard, in roster order.
    pub by_unit: Vec<UnitSummary>,
    pub rates: Rates,
    /// Years whose statutory calendar is not known although a working day was counted across them.
    pub unknown_years: Vec<i32>,
}

impl Overdue {
    /// The number of hazards that count: found by the as-of date and not withdrawn.
    pub fn total(&self) -> u32 {
        self.by_state.iter().sum()
    }
}
