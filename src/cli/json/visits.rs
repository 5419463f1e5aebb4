//! `visits --format json`: the plan with seed, method, and rank and hash of every unit, so that the draw can be checked.

use serde::Serialize;

use crate::campaign::Roster;
use crate::documents::visits::VisitsSource;
use crate::documents::visits::method;
use crate::results::visits::Candidate;
use crate::results::visits::DrawSize;
use crate::results::visits::Outcome;
use crate::vocabulary::VisitMode;

#[derive(Debug, Serialize)]
pub struct VisitsJson<'a> {
    as_of: String,
    mode: Option<&'a str>,
    date: Option<String>,
    seed: &'a str,
    method: String,
    count: Option<u32>,
    share: Option<u32>,
    grouped: bool,
    groups: Vec<GroupJson<'a>>,
    ungrouped: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct GroupJson<'a> {
    name: &'a str,
    leader: Option<&'a str>,
    units: Vec<UnitJson<'a>>,
}

#[derive(Debug, Serialize)]
struct UnitJson<'a> {
    rank: u32,
    code: &'a str,
    unit: &'a str,
    hash: &'a str,
    drawn: bool,
    outcome: &'a str,
    visited_on: Option<String>,
    hazards: Option<HazardsJson<'a>>,
}

#[derive(Debug, Serialize)]
struct HazardsJson<'a> {
    open: u32,
    major: u32,
    overdue: u32,
    awaiting_verification: u32,
    to_revisit: Vec<&'a str>,
}

impl<'a> VisitsJson<'a> {
    /// The whole plan, groups in the order of the campaign, units by rank.
    pub fn of(source: VisitsSource<'a>) -> VisitsJson<'a> {
        let VisitsSource { roster, plan, .. } = source;
        let groups = plan.groups.iter().map(|group| GroupJson {
            name: &group.name,
            leader: group.leader.as_deref(),
            units: group.units.iter().map(|candidate| unit(source, candidate)).collect(),
        });
        VisitsJson {
            as_of: plan.as_of.to_string(),
            mode: plan.mode.map(VisitMode::key),
            date: source.on.map(|on| on.to_string()),
            seed: &plan.seed,
            method: method(plan),
            count: if let DrawSize::Count(count) = plan.size { Some(count) } else { None },
            share: if let DrawSize::Share(share) = plan.size { Some(share) } else { None },
            grouped: plan.is_grouped,
            groups: groups.collect(),
            ungrouped: plan.ungrouped.iter().map(|unit| name(roster, *unit)).collect(),
        }
    }
}

fn name(roster: &Roster, unit: usize) -> &str {
    roster.units.get(unit).map_or("", |unit| &unit.name)
}

fn unit<'a>(source: VisitsSource<'a>, candidate: &'a Candidate) -> UnitJson<'a> {
    let hazards = source.ledger.map(|ledger| {
        let to_revisit = candidate.hazards.to_revisit.iter().filter_map(|index| ledger.hazards.get(*index));
        HazardsJson {
            open: candidate.hazards.open,
            major: candidate.hazards.major,
            overdue: candidate.hazards.overdue,
            awaiting_verification: candidate.hazards.awaiting,
            to_revisit: to_revisit.map(|hazard| hazard.id.as_str()).collect(),
        }
    });
    UnitJson {
        rank: candidate.rank,
        code: source.roster.units.get(candidate.unit).map_or("", |unit| unit.code.as_str()),
        unit: name(source.roster, candidate.unit),
        hash: &candidate.hash,
        drawn: candidate.outcome == Outcome::Drawn,
        outcome: candidate.outcome.key(),
        visited_on: candidate.visited_on.map(|on| on.to_string()),
        hazards,
    }
}
