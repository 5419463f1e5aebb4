//! Assigning 编号: `{campaign}-{unit code}-{number}`, once and never again.

use std::collections::BTreeSet;

use crate::campaign::Ground;
use crate::ledger::identity::split_id;

/// Hands out the next number of each unit.
pub struct Numbering<'a> {
    ground: Ground<'a>,
    /// Last number given out, by position in the roster.
    last: Vec<u32>,
}

impl<'a> Numbering<'a> {
    /// Starts after every number that was ever assigned.
    pub fn new<'i>(ground: Ground<'a>, assigned: &'i BTreeSet<String>, held: impl Iterator<Item = &'i str>) -> Numbering<'a> {
        let mut last = vec![0; ground.roster.units.len()];
        for id in assigned.iter().map(String::as_str).chain(held) {
            if let Some((code, number)) = split_id(ground.campaign, id)
                && let Some(known) = ground.roster.by_code(code).and_then(|unit| last.get_mut(unit))
            {
                *known = number.max(*known);
            }
        }
        Numbering { ground, last }
    }

    /// The next 编号 of a unit.
    pub fn next(&mut self, unit: usize) -> String {
        let code = self.ground.roster.units.get(unit).map_or("", |unit| unit.code.as_str());
        let mut number = 1;
        if let Some(last) = self.last.get_mut(unit) {
            *last = last.saturating_add(1);
            number = *last;
        }
        format!("{}-{code}-{number:03}", self.ground.campaign.code)
    }
}
