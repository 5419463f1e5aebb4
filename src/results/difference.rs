//! What changed between two states of a ledger: hazards that came, went, changed, and which way they went.
//!
//! Hazards are matched by their 编号 and by nothing else; what the numbers of a file are worth is for whoever read
//! it. The sums hold: old = removed + changed + unchanged, new = added + changed + unchanged, for every unit too.

pub mod change;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::RejectReason;
use crate::ledger::Rejected;
use crate::results::assess::overdue;
use crate::results::overdue::OverdueState;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

pub use change::Backwards;
pub use change::ChangeKind;
pub use change::ChangedColumn;
pub use change::FieldChange;
pub use change::Progress;

/// What two ledgers are judged by.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// Its day is that of the new ledger.
    pub ground: Ground<'a>,
    /// The day of the old ledger.
    pub old_as_of: NaiveDate,
}

/// A hazard that both ledgers have, in two different states.
#[derive(Debug, Clone)]
pub struct ChangedHazard<'a> {
    pub old: &'a Hazard,
    pub new: &'a Hazard,
    /// At least one; steps backwards first, each part in the order of the ledger.
    pub fields: Vec<FieldChange<'a>>,
    /// Where it stands on the as-of day, and days past its deadline; `None` for one found later.
    pub state: Option<(OverdueState, Option<i64>)>,
}

impl ChangedHazard<'_> {
    /// Whether anything about it went backwards.
    pub fn is_backwards(&self) -> bool {
        self.fields.iter().any(|field| field.kind.backwards().is_some())
    }
}

/// A hazard that only the new ledger has.
#[derive(Debug, Clone)]
pub struct AddedHazard<'a> {
    pub hazard: &'a Hazard,
    pub state: Option<(OverdueState, Option<i64>)>,
}

/// A hazard that only the old ledger has, which should never happen.
#[derive(Debug, Clone)]
pub struct RemovedHazard<'a> {
    pub hazard: &'a Hazard,
    /// The row of the new ledger that carries its 编号 and can become no hazard.
    pub returned: Option<&'a Rejected>,
}

impl RemovedHazard<'_> {
    /// Gone because its description was emptied.
    pub fn is_emptied(&self) -> bool {
        self.returned.is_some_and(|returned| returned.reason == RejectReason::NoDescription)
    }
}

/// One step backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackwardsItem<'d> {
    pub hazard: &'d str,
    pub reason: Backwards,
    pub column: ChangedColumn<'d>,
    pub old: &'d str,
    pub new: &'d str,
}

/// Hazards counted; each stands once in every number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// removed + changed + unchanged
    pub old: u32,
    /// added + changed + unchanged
    pub new: u32,
    pub added: u32,
    pub removed: u32,
    pub changed: u32,
    pub unchanged: u32,
    /// Changed ones of which something went backwards, and removed ones whose description was emptied.
    pub backwards: u32,
    /// 已整改 or 已销号 in the new ledger and not in the old; those added as such among them.
    pub rectified: u32,
    /// The same for 已销号.
    pub closed_out: u32,
    pub withdrawn: u32,
    /// Changed ones with an extension.
    pub extended: u32,
    /// Overdue on the as-of day, and not in the old ledger on its day.
    pub newly_overdue: u32,
}

/// The counts of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDifference {
    pub unit: Arc<str>,
    pub counts: Counts,
}

/// The whole answer.
#[derive(Debug, Clone)]
pub struct Difference<'a> {
    pub as_of: NaiveDate,
    pub old_as_of: NaiveDate,
    /// In the order of the new ledger.
    pub added: Vec<AddedHazard<'a>>,
    /// In the order of the old ledger.
    pub removed: Vec<RemovedHazard<'a>>,
    /// In the order of the new ledger.
    pub changed: Vec<ChangedHazard<'a>>,
    /// Hazards of the new ledger that have become overdue.
    pub newly_overdue: Vec<&'a Hazard>,
    /// Unchanged or not: hazards of which 来源 or 最近报送 differ.
    pub derived: Vec<(&'a Hazard, Vec<FieldChange<'a>>)>,
    pub counts: Counts,
    /// Units that have a hazard in either ledger, in the order of the roster.
    pub by_unit: Vec<UnitDifference>,
}

impl Difference<'_> {
    /// Whether the two ledgers say the same of every hazard.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// Every step backwards, in the order of the new ledger; then emptied descriptions.
    pub fn backwards(&self) -> Vec<BackwardsItem<'_>> {
        let mut items = Vec::new();
        for changed in &self.changed {
            for field in &changed.fields {
                let Some(reason) = field.kind.backwards() else { continue };
                items.push(BackwardsItem { hazard: &changed.new.id, reason, column: field.column, old: &field.old, new: &field.new });
            }
        }
        let emptied = self.removed.iter().filter(|removed| removed.is_emptied()).map(|removed| BackwardsItem {
            hazard: &removed.hazard.id,
            reason: Backwards::DescriptionEmptied,
            column: ChangedColumn::Known(Field::Description),
            old: removed.hazard.text(Field::Description).unwrap_or_default(),
            new: "",
        });
        items.extend(emptied);
        items
    }
}

/// Compares two states of a ledger. `returned` are rows of the new one that could become no hazard.
pub fn difference<'a>(old: &'a Ledger, new: &'a Ledger, returned: &'a [Rejected], basis: &Basis<'_>) -> Difference<'a> {
    let old_overdue = overdue_hazards(old, basis, basis.old_as_of);
    let states = states(new, basis, basis.ground.as_of);
    let mut old_by_id: HashMap<&str, VecDeque<usize>> = HashMap::with_capacity(old.hazards.len());
    for (index, hazard) in old.hazards.iter().enumerate() {
        old_by_id.entry(&hazard.id).or_default().push_back(index);
    }
    let mut result = Difference {
        as_of: basis.ground.as_of,
        old_as_of: basis.old_as_of,
        added: Vec::new(),
        removed: Vec::new(),
        changed: Vec::new(),
        newly_overdue: Vec::new(),
        derived: Vec::new(),
        counts: Counts::default(),
        by_unit: Vec::new(),
    };
    let mut units = UnitCounts::default();
    let mut matched = vec![false; old.hazards.len()];
    for (hazard, state) in new.hazards.iter().zip(states) {
        let before = old_by_id.get_mut(hazard.id.as_str()).and_then(VecDeque::pop_front);
        let mut counts = Counts { new: 1, ..Counts::default() };
        let is_overdue = state.is_some_and(|(state, _)| state == OverdueState::Overdue);
        if is_overdue && before.is_none_or(|before| !old_overdue[before]) {
            counts.newly_overdue = 1;
            result.newly_overdue.push(hazard);
        }
        let old_hazard = before.map(|before| {
            matched[before] = true;
            &old.hazards[before]
        });
        count_progress(old_hazard.map(|old| old.status), hazard.status, &mut counts);
        match old_hazard {
            None => {
                counts.added = 1;
                result.added.push(AddedHazard { hazard, state });
            }
            Some(old_hazard) => {
                counts.old = 1;
                let derived = change::derived_changes(old_hazard, hazard);
                if !derived.is_empty() {
                    result.derived.push((hazard, derived));
                }
                let mut fields = change::field_changes(old_hazard, hazard, basis.ground.campaign);
                fields.sort_by_key(|field| field.kind.backwards().is_none());
                if fields.is_empty() {
                    counts.unchanged = 1;
                } else {
                    let changed = ChangedHazard { old: old_hazard, new: hazard, fields, state };
                    counts.changed = 1;
                    counts.backwards = u32::from(changed.is_backwards());
                    let is_extended = |field: &FieldChange<'_>| field.kind == ChangeKind::Progress(Progress::Extended);
                    counts.extended = u32::from(changed.fields.iter().any(is_extended));
                    result.changed.push(changed);
                }
            }
        }
        units.add(hazard, &counts);
    }
    for (hazard, _) in old.hazards.iter().zip(matched).filter(|(_, matched)| !matched) {
        let is_row_of = |rejected: &&Rejected| rejected.values.iter().any(|(key, text)| key == Field::Id.key() && *text == hazard.id);
        let removed = RemovedHazard { hazard, returned: returned.iter().find(is_row_of) };
        let counts = Counts { old: 1, removed: 1, backwards: u32::from(removed.is_emptied()), ..Counts::default() };
        units.add(hazard, &counts);
        result.removed.push(removed);
    }
    result.by_unit = units.finish();
    for unit in &result.by_unit {
        result.counts.add(&unit.counts);
    }
    result
}

fn count_progress(old: Option<Status>, new: Status, counts: &mut Counts) {
    let is_rectified = |status: Status| matches!(status, Status::Rectified | Status::ClosedOut);
    let newly = |holds: &dyn Fn(Status) -> bool| u32::from(holds(new) && !old.is_some_and(holds));
    counts.rectified = newly(&is_rectified);
    counts.closed_out = newly(&|status| status == Status::ClosedOut);
    counts.withdrawn = newly(&|status| status == Status::Withdrawn);
}

/// Where every hazard of a ledger stands, by its index.
fn states(ledger: &Ledger, basis: &Basis<'_>, as_of: NaiveDate) -> Vec<Option<(OverdueState, Option<i64>)>> {
    let mut states = vec![None; ledger.hazards.len()];
    for item in overdue(ledger, basis.ground.on(as_of)).items {
        states[item.hazard] = Some((item.state, item.days));
    }
    states
}

fn overdue_hazards(ledger: &Ledger, basis: &Basis<'_>, as_of: NaiveDate) -> Vec<bool> {
    states(ledger, basis, as_of).into_iter().map(|state| state.is_some_and(|(state, _)| state == OverdueState::Overdue)).collect()
}

impl Counts {
    /// Adds the counts of a part.
    pub fn add(&mut self, part: &Counts) {
        self.old += part.old;
        self.new += part.new;
        self.added += part.added;
        self.removed += part.removed;
        self.changed += part.changed;
        self.unchanged += part.unchanged;
        self.backwards += part.backwards;
        self.rectified += part.rectified;
        self.closed_out += part.closed_out;
        self.withdrawn += part.withdrawn;
        self.extended += part.extended;
        self.newly_overdue += part.newly_overdue;
    }
}

/// Counts by unit, units of the roster in its order, others after them by name.
#[derive(Default)]
struct UnitCounts {
    by_unit: BTreeMap<(usize, Arc<str>), Counts>,
}

impl UnitCounts {
    fn add(&mut self, hazard: &Hazard, counts: &Counts) {
        let place = hazard.unit_index.unwrap_or(usize::MAX);
        self.by_unit.entry((place, hazard.unit.clone())).or_default().add(counts);
    }

    fn finish(self) -> Vec<UnitDifference> {
        self.by_unit.into_iter().map(|((_, unit), counts)| UnitDifference { unit, counts }).collect()
    }
}

#[cfg(test)]
mod tests;
