//! The reporting duties that fell due within the period: of each the counts, and of each unit the sums.

use chrono::NaiveDate;

use crate::campaign::Party;
use crate::results::figures::FigureInputs;
use crate::results::obligations::DutyPeriod;
use crate::results::obligations::DutyState;
use crate::results::overview::Share;

/// One due day of one obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyFigure {
    /// Index into [`crate::campaign::Campaign::obligations`].
    pub obligation: usize,
    pub due: NaiveDate,
    /// Units of the roster owe it, not offices alone.
    pub by_units: bool,
    /// 应报
    pub owed: u32,
    pub reported: u32,
    pub zero: u32,
    pub late: u32,
    pub missing: u32,
    /// Due on the as-of day itself, and the day is not over.
    pub waiting: u32,
    /// Who is missing: units in the order of the roster, then offices.
    pub missing_parties: Vec<Party>,
}

impl DutyFigure {
    /// 报送率
    pub fn came(&self) -> Share {
        Share { part: self.reported + self.zero + self.late, whole: self.owed }
    }

    /// 按时报送率
    pub fn in_time(&self) -> Share {
        Share { part: self.reported + self.zero, whole: self.owed }
    }
}

/// The newest due day of one obligation on which nobody has time left; the newest of all where there is none. Whom it misses is
/// missing for good, and stands in the papers.
pub fn last_over(duties: &[DutyFigure]) -> Option<&DutyFigure> {
    duties.iter().rev().find(|duty| duty.waiting == 0).or(duties.last())
}

/// The duties of one unit within the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitDuties {
    pub owed: u32,
    pub in_time: u32,
    pub late: u32,
    pub missing: u32,
}

impl UnitDuties {
    /// Adds up.
    pub fn add(&mut self, other: UnitDuties) {
        self.owed += other.owed;
        self.in_time += other.in_time;
        self.late += other.late;
        self.missing += other.missing;
    }
}

fn within<'a>(inputs: FigureInputs<'a>) -> impl Iterator<Item = (NaiveDate, &'a DutyPeriod)> {
    let days = inputs.period.start..=inputs.period.end;
    inputs.obligations.periods.iter().filter_map(move |period| Some((period.due.filter(|due| days.contains(due))?, period)))
}

/// One figure for each due day within the period, in the order of the campaign, then by day.
pub fn duties(inputs: FigureInputs<'_>) -> Vec<DutyFigure> {
    within(inputs)
        .map(|(due, period)| DutyFigure {
            obligation: period.obligation,
            due,
            by_units: period.duties.iter().any(|duty| matches!(duty.party, Party::Unit(_))),
            owed: period.owed(),
            reported: period.count(DutyState::Reported),
            zero: period.count(DutyState::Zero),
            late: period.count(DutyState::Late),
            missing: period.count(DutyState::Missing),
            waiting: period.count(DutyState::NotDue),
            missing_parties: period.duties.iter().filter(|duty| duty.state == DutyState::Missing).map(|duty| duty.party.clone()).collect(),
        })
        .collect()
}

/// The sums of each unit of the roster.
pub fn by_unit(inputs: FigureInputs<'_>) -> Vec<UnitDuties> {
    let mut units = vec![UnitDuties::default(); inputs.ground.roster.units.len()];
    for duty in within(inputs).flat_map(|(_, period)| &period.duties) {
        let Party::Unit(unit) = duty.party else { continue };
        let Some(sums) = units.get_mut(unit) else { continue };
        sums.owed += 1;
        match duty.state {
            DutyState::Reported | DutyState::Zero => sums.in_time += 1,
            DutyState::Late => sums.late += 1,
            DutyState::Missing => sums.missing += 1,
            DutyState::NotDue => {}
        }
    }
    units
}
