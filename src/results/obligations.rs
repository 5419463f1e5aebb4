//! Reporting duties on the as-of date: for each due period of each obligation, who reported, who sent a zero report,
//! who is late, who is missing, and why.
//!
//! Values only. Due days are made in `due_days`, what came in is gathered in `evidence`, and `assess` lays the one
//! over the other.

mod assess;
pub mod due_days;
pub mod evidence;

use std::sync::Arc;

use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::Unit;
use crate::results::per_cent;

pub use assess::obligations;
pub use due_days::DueDay;
pub use due_days::due_days;
pub use evidence::Evidence;
pub use evidence::EvidenceKind;
pub use evidence::evidence_of_file;
pub use evidence::evidence_of_log;

/// Where a party stands with one due period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyState {
    /// 已报: in time, with hazards or in any other form than a zero report.
    Reported,
    /// 零报告: in time, and says that there is nothing.
    Zero,
    /// 迟报: came, but after the due day.
    Late,
    /// 未报: the due day is over and nothing came that counts.
    Missing,
    /// 未到期: nothing came yet, and the due day is not over.
    NotDue,
}

impl DutyState {
    /// Every state, in the order in which they are counted and shown.
    pub const ALL: [DutyState; 5] = [DutyState::Reported, DutyState::Zero, DutyState::Late, DutyState::Missing, DutyState::NotDue];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            DutyState::Reported => "reported",
            DutyState::Zero => "zero",
            DutyState::Late => "late",
            DutyState::Missing => "missing",
            DutyState::NotDue => "not_due",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            DutyState::Reported => "已报",
            DutyState::Zero => "零报告",
            DutyState::Late => "迟报",
            DutyState::Missing => "未报",
            DutyState::NotDue => "未到期",
        }
    }
}

/// What more is to be said of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DutyDetail {
    /// A file came that cannot be opened.
    Unreadable,
    /// A file came of which every row was returned.
    Rejected,
    /// A file came that holds neither hazards nor a zero report.
    Empty,
    /// Fewer came than the plan asks for within the period (每季度至少2次).
    TooFew,
    /// What came late is a zero report.
    Zero,
    /// The zero report speaks of major hazards only.
    MajorOnly,
    /// The hazards are word for word those of the unit's submission before.
    Unchanged,
    /// Neither sheet nor file name says the day; it was counted for the latest period.
    Undated,
    /// By telephone, on paper or as an activity: a row of `submissions.csv`.
    Logged,
}

impl DutyDetail {
    /// Every detail, in the order in which they are counted and shown.
    pub const ALL: [DutyDetail; 9] = [
        DutyDetail::Unreadable,
        DutyDetail::Rejected,
        DutyDetail::Empty,
        DutyDetail::TooFew,
        DutyDetail::Zero,
        DutyDetail::MajorOnly,
        DutyDetail::Unchanged,
        DutyDetail::Undated,
        DutyDetail::Logged,
    ];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            DutyDetail::Unreadable => "unreadable",
            DutyDetail::Rejected => "rejected",
            DutyDetail::Empty => "empty",
            DutyDetail::TooFew => "too_few",
            DutyDetail::Zero => "zero",
            DutyDetail::MajorOnly => "major_only",
            DutyDetail::Unchanged => "unchanged",
            DutyDetail::Undated => "undated",
            DutyDetail::Logged => "logged",
        }
    }

    /// The words the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            DutyDetail::Unreadable => "收到但无法读取",
            DutyDetail::Rejected => "退回",
            DutyDetail::Empty => "收到但没有内容",
            DutyDetail::TooFew => "次数不够",
            DutyDetail::Zero => "迟报的是零报告",
            DutyDetail::MajorOnly => "只说没有重大隐患",
            DutyDetail::Unchanged => "与上期完全相同",
            DutyDetail::Undated => "没有日期",
            DutyDetail::Logged => "报送登记",
        }
    }
}

/// One party's duty for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub party: Party,
    pub state: DutyState,
    /// In the order of [`DutyDetail::ALL`], each once.
    pub details: Vec<DutyDetail>,
    /// The day on which what decides the state came; for a missing one the day of the file that does not count.
    pub on: Option<NaiveDate>,
    /// The file that decides the state.
    pub file: Option<Arc<str>>,
}

/// One due period of an obligation, with everybody who owes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyPeriod {
    /// Index into [`crate::campaign::Campaign::obligations`].
    pub obligation: usize,
    /// `None`: the obligation has no due day (tied to an event), so nobody is ever missing.
    pub due: Option<NaiveDate>,
    /// Time of day by which it is due; what came says only its day, so the whole due day counts as in time.
    pub time: Option<NaiveTime>,
    /// The due day is no working day, and stays all the same.
    pub on_day_off: bool,
    /// Whether the due day is a working day is not known: no notice has been published for its year.
    pub is_provisional: bool,
    /// The last period that has fallen due by the as-of date (its day may be the as-of day); the first to come if none has.
    pub is_latest: bool,
    /// Units in the order of the roster, then offices.
    pub duties: Vec<Duty>,
    /// In the order of [`DutyState::ALL`]; the sum is the number of duties.
    pub by_state: [u32; 5],
}

impl DutyPeriod {
    /// 应报: the denominator of both rates.
    pub fn owed(&self) -> u32 {
        self.duties.len() as u32
    }

    /// How many stand in this state.
    pub fn count(&self, state: DutyState) -> u32 {
        DutyState::ALL.iter().zip(self.by_state).find(|(other, _)| **other == state).map_or(0, |(_, count)| count)
    }

    /// How many have this detail.
    pub fn with_detail(&self, detail: DutyDetail) -> u32 {
        self.duties.iter().filter(|duty| duty.details.contains(&detail)).count() as u32
    }

    /// Numerator of 报送率: reported, zero or late.
    pub fn came(&self) -> u32 {
        self.in_time() + self.count(DutyState::Late)
    }

    /// 报送率 and 按时报送率: in per cent of all who owe it, one decimal; `None` where nobody does.
    pub fn rates(&self) -> [Option<f64>; 2] {
        [self.came(), self.in_time()].map(|part| per_cent(part, self.owed()))
    }

    /// Who has to be called: everybody who is missing, and on the due day itself everybody who has not reported yet.
    /// By group (or town), in the order in which the roster first names it.
    pub fn to_call(&self, roster: &Roster, as_of: NaiveDate) -> Vec<&Duty> {
        let today = self.due == Some(as_of);
        let open = |duty: &&Duty| duty.state == DutyState::Missing || today && duty.state == DutyState::NotDue;
        let mut open: Vec<&Duty> = self.duties.iter().filter(open).collect();
        let areas: Vec<&str> = roster.units.iter().map(area).collect();
        open.sort_by_key(|duty| match &duty.party {
            Party::Unit(index) => roster.units.get(*index).and_then(|unit| areas.iter().position(|other| *other == area(unit))),
            Party::Office(_) => Some(usize::MAX),
        });
        open
    }

    /// How many stand in each state, by the 上级单位 at the top of those who owe it, in the order of the roster; whoever has none
    /// stands under `None`. Empty where the roster has no 上级单位.
    pub fn by_parent(&self, roster: &Roster) -> Vec<(Option<usize>, [u32; 5])> {
        let tops = roster.tops();
        let mut counts: Vec<(Option<usize>, [u32; 5])> = tops.iter().map(|top| (Some(*top), [0; 5])).chain([(None, [0; 5])]).collect();
        if tops.is_empty() {
            return Vec::new();
        }
        for duty in &self.duties {
            let top = if let Party::Unit(unit) = duty.party { Some(roster.top(unit)).filter(|top| tops.contains(top)) } else { None };
            let row = counts.iter_mut().find(|(own, _)| *own == top);
            let state = DutyState::ALL.iter().position(|state| *state == duty.state);
            if let Some(count) = row.zip(state).and_then(|((_, row), state)| row.get_mut(state)) {
                *count += 1;
            }
        }
        counts.retain(|(_, row)| row.iter().any(|count| *count > 0));
        counts
    }

    /// Numerator of 按时报送率: reported or zero.
    pub fn in_time(&self) -> u32 {
        self.count(DutyState::Reported) + self.count(DutyState::Zero)
    }
}

/// What a unit is grouped under in a call list: its group, else its town.
pub fn area(unit: &Unit) -> &str {
    if unit.group.is_empty() { &unit.town } else { &unit.group }
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligations {
    pub as_of: NaiveDate,
    /// By obligation in the order of the campaign, then by due day: all that have fallen due by the as-of date, and
    /// the next one to come.
    pub periods: Vec<DutyPeriod>,
}
