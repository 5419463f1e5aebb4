//! The visit plan: which units each inspection group goes to, drawn so that anybody can draw the same again.
//!
//! The draw depends on the seed and the units' codes alone, not on the order of the roster, a clock or a machine. Numbers and
//! indexes, no layout; who may be drawn follows from the ledger and from the visits already made.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::parties::members;
use crate::digest::hex;
use crate::digest::sha256;
use crate::ledger::Ledger;
use crate::registers::LoggedVisit;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueState;
use crate::vocabulary::Level;
use crate::vocabulary::VisitMode;

/// How many units of each group are visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawSize {
    All,
    /// So many, or all where there are fewer.
    Count(u32),
    /// So many per cent of those that may be drawn, rounded up.
    Share(u32),
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct VisitRequest<'a> {
    pub ground: Ground<'a>,
    /// `None` while it is left open.
    pub mode: Option<VisitMode>,
    pub size: DrawSize,
    pub seed: &'a str,
    /// Units that have been visited are not drawn.
    pub unvisited: bool,
}

/// The plan of all groups.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitPlan {
    pub as_of: NaiveDate,
    pub mode: Option<VisitMode>,
    pub size: DrawSize,
    pub seed: String,
    /// In the order of the campaign; one of all units where it names none.
    pub groups: Vec<VisitGroup>,
    /// Whether the campaign names groups.
    pub is_grouped: bool,
    /// Whether there is a ledger to know hazards from.
    pub has_ledger: bool,
    /// Units of the roster that no group goes to.
    pub ungrouped: Vec<usize>,
}

/// One group with its units.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitGroup {
    pub name: String,
    pub leader: Option<String>,
    /// By rank.
    pub units: Vec<Candidate>,
}

impl VisitGroup {
    /// The units that are visited, in the order of the roster.
    pub fn drawn(&self) -> Vec<&Candidate> {
        let mut drawn: Vec<&Candidate> = self.units.iter().filter(|unit| unit.outcome == Outcome::Drawn).collect();
        drawn.sort_by_key(|unit| unit.unit);
        drawn
    }
}

/// One unit in the draw of its group.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Index into the roster.
    pub unit: usize,
    /// From 1, by hash, over the whole group.
    pub rank: u32,
    /// SHA-256 of seed, `-` and the unit's code.
    pub hash: String,
    pub outcome: Outcome,
    /// The last visit by the as-of day.
    pub visited_on: Option<NaiveDate>,
    pub hazards: UnitHazards,
}

/// What became of a unit in the draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Drawn,
    NotDrawn,
    /// Left out because it has been visited.
    Visited,
    /// Left out because 回头检查 has nothing to look at there.
    NothingToRevisit,
}

impl Outcome {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Drawn => "drawn",
            Outcome::NotDrawn => "not_drawn",
            Outcome::Visited => "visited",
            Outcome::NothingToRevisit => "nothing_to_revisit",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Outcome::Drawn => "抽中",
            Outcome::NotDrawn => "未抽中",
            Outcome::Visited => "已检查过，不参加",
            Outcome::NothingToRevisit => "没有要复查的，不参加",
        }
    }
}

/// The hazards of one unit that are not closed, on the as-of day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitHazards {
    pub open: u32,
    pub major: u32,
    pub overdue: u32,
    /// Rectified and not verified.
    pub awaiting: u32,
    /// What 回头检查 looks at, overdue or awaiting verification: indexes into the ledger.
    pub to_revisit: Vec<usize>,
}

/// Plans the visits. `standing` is the ledger with where its hazards stand on the as-of day.
pub fn visits(request: VisitRequest<'_>, standing: Option<(&Ledger, &Overdue)>, made: &[LoggedVisit]) -> VisitPlan {
    let Ground { campaign, roster, as_of, .. } = request.ground;
    let hazards = standing.map_or_else(|| vec![UnitHazards::default(); roster.units.len()], |standing| by_unit(roster, standing));
    let of_group = |name: &str, leader: Option<&String>, units: Vec<usize>| VisitGroup {
        name: name.to_owned(),
        leader: leader.cloned(),
        units: draw(request, units, &hazards, made),
    };
    let groups: Vec<VisitGroup> = if campaign.groups.is_empty() {
        vec![of_group(WHOLE, None, (0..roster.units.len()).collect())]
    } else {
        let groups = campaign.groups.iter();
        groups.map(|group| of_group(&group.name, group.leader.as_ref(), members(campaign, roster, group))).collect()
    };
    let grouped: BTreeSet<usize> = groups.iter().flat_map(|group| &group.units).map(|unit| unit.unit).collect();
    VisitPlan {
        as_of,
        mode: request.mode,
        size: request.size,
        seed: request.seed.to_owned(),
        is_grouped: !campaign.groups.is_empty(),
        has_ledger: standing.is_some(),
        ungrouped: (0..roster.units.len()).filter(|unit| !grouped.contains(unit)).collect(),
        groups,
    }
}

/// What the one group is called where the campaign names none.
const WHOLE: &str = "全部单位";

/// Ranks the units of a group by hash, and takes the first of those that may be drawn.
fn draw(request: VisitRequest<'_>, units: Vec<usize>, hazards: &[UnitHazards], made: &[LoggedVisit]) -> Vec<Candidate> {
    let mut ranked: Vec<(String, &str, usize)> = units
        .into_iter()
        .filter_map(|unit| Some((unit, request.ground.roster.units.get(unit)?.code.as_str())))
        .map(|(unit, code)| (hex(&sha256(format!("{}-{code}", request.seed).as_bytes())), code, unit))
        .collect();
    ranked.sort();
    let visited_on = |unit: usize| {
        let own = made.iter().filter(|visit| visit.unit == unit && visit.on <= request.ground.as_of);
        own.map(|visit| visit.on).max()
    };
    let mut candidates: Vec<Candidate> = (1u32..)
        .zip(ranked)
        .map(|(rank, (hash, _, unit))| {
            let hazards = hazards.get(unit).cloned().unwrap_or_default();
            let visited_on = visited_on(unit);
            let outcome = if request.mode == Some(VisitMode::Revisit) && hazards.to_revisit.is_empty() {
                Outcome::NothingToRevisit
            } else if request.unvisited && visited_on.is_some() {
                Outcome::Visited
            } else {
                Outcome::NotDrawn
            };
            Candidate { unit, rank, hash, outcome, visited_on, hazards }
        })
        .collect();
    let may_be_drawn = candidates.iter().filter(|candidate| candidate.outcome == Outcome::NotDrawn).count();
    let wanted = match request.size {
        DrawSize::All => may_be_drawn,
        DrawSize::Count(count) => count as usize,
        DrawSize::Share(share) => (may_be_drawn * share as usize).div_ceil(100),
    };
    for candidate in candidates.iter_mut().filter(|candidate| candidate.outcome == Outcome::NotDrawn).take(wanted) {
        candidate.outcome = Outcome::Drawn;
    }
    candidates
}

/// The open hazards of every unit of the roster.
fn by_unit(roster: &Roster, (ledger, overdue): (&Ledger, &Overdue)) -> Vec<UnitHazards> {
    let mut units = vec![UnitHazards::default(); roster.units.len()];
    for item in overdue.items.iter().filter(|item| item.state != OverdueState::Closed) {
        let Some(hazard) = ledger.hazards.get(item.hazard) else { continue };
        let Some(unit) = hazard.unit_index.and_then(|unit| units.get_mut(unit)) else { continue };
        unit.open += 1;
        unit.major += u32::from(hazard.level.value() == Some(Level::Major));
        unit.overdue += u32::from(item.state == OverdueState::Overdue);
        unit.awaiting += u32::from(item.state == OverdueState::AwaitingVerification);
        if matches!(item.state, OverdueState::Overdue | OverdueState::AwaitingVerification) {
            unit.to_revisit.push(item.hazard);
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Campaign;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::results::three_lists::sample;
    use crate::source::SourceFile;

    const GROUPS: &str =
        "groups:\n  - {name: 第一组, leader: 局长, units: [U01, 乙三医院, U03, U04, 查无此院]}\n  - {name: 第二组, units: [U05, U06]}\n";

    fn basis(groups: &str, order: &[u32]) -> (Campaign, Roster) {
        let yaml = format!(
            "campaign: demo\ntitle: 示例\nissuer: 某局\nperiod: {{start: 2023-05-20, end: 2023-12-31}}\nunits: units.csv\n{groups}"
        );
        let rows: String = order
            .iter()
            .map(|number| {
                format!(
                    "U{number:02},{}{}医院\n",
                    ["甲", "乙", "丙"][(*number as usize) % 3],
                    ["零", "一", "二", "三", "四", "五", "六", "七", "八"][*number as usize]
                )
            })
            .collect();
        let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", &yaml)).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", &format!("编码,单位名称\n{rows}"))).roster.expect("a roster");
        (campaign, roster)
    }

    fn request<'a>((campaign, roster): (&'a Campaign, &'a Roster), size: DrawSize) -> VisitRequest<'a> {
        let ground = Ground::new(campaign, roster, sample::day(7, 31));
        VisitRequest { ground, mode: Some(VisitMode::Random), size, seed: "demo-2023-07-31", unvisited: false }
    }

    /// The codes drawn in each group, in the order of the draw.
    fn drawn(plan: &VisitPlan, roster: &Roster) -> Vec<Vec<String>> {
        let codes = |group: &VisitGroup| {
            let drawn = group.units.iter().filter(|unit| unit.outcome == Outcome::Drawn);
            drawn.map(|unit| roster.units[unit.unit].code.clone()).collect()
        };
        plan.groups.iter().map(codes).collect()
    }

    #[test]
    fn the_draw_is_the_same_whatever_the_order_of_the_roster() {
        let mut seen = BTreeSet::new();
        for order in [[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [3, 7, 1, 5, 2, 6, 4]] {
            let (campaign, roster) = basis("", &order);
            let plan = visits(request((&campaign, &roster), DrawSize::Count(3)), None, &[]);
            assert!(!plan.is_grouped && plan.ungrouped.is_empty());
            assert_eq!(plan.groups[0].name, WHOLE);
            seen.insert(drawn(&plan, &roster));
        }
        assert_eq!(seen.len(), 1, "{seen:?}");
        // As `printf '%s' demo-2023-07-31-U01 | sha256sum` and so on give it.
        assert_eq!(seen.first(), Some(&vec![EXPECTED.map(str::to_owned).to_vec()]));
    }

    const EXPECTED: [&str; 3] = ["U05", "U03", "U01"];

    #[test]
    fn each_group_draws_for_itself_and_who_is_in_none_is_told() {
        let (campaign, roster) = basis(GROUPS, &[1, 2, 3, 4, 5, 6, 7]);
        let sizes = |size: DrawSize| {
            let plan = visits(request((&campaign, &roster), size), None, &[]);
            assert_eq!(plan.ungrouped, [1, 6]);
            drawn(&plan, &roster).iter().map(Vec::len).collect::<Vec<_>>()
        };
        // 乙三医院 is no unit of this roster (it is 甲三医院), nor is 查无此院: rules tell them.
        assert_eq!(sizes(DrawSize::All), [3, 2]);
        assert_eq!(sizes(DrawSize::Count(9)), [3, 2]);
        assert_eq!(sizes(DrawSize::Count(1)), [1, 1]);
        assert_eq!(sizes(DrawSize::Share(34)), [2, 1]);
        assert_eq!(sizes(DrawSize::Share(100)), [3, 2]);
    }

    #[test]
    fn who_has_been_visited_may_be_left_out() {
        let (campaign, roster) = basis("", &[1, 2, 3]);
        let visit = |unit: usize, day: NaiveDate| LoggedVisit { unit, mode: VisitMode::Surprise, on: day, row: 2 };
        let made = [visit(0, sample::day(6, 1)), visit(0, sample::day(7, 1)), visit(1, sample::day(8, 1))];
        let all = visits(request((&campaign, &roster), DrawSize::All), None, &made);
        let dates: Vec<Option<NaiveDate>> = all.groups[0].drawn().iter().map(|unit| unit.visited_on).collect();
        assert_eq!(dates, [Some(sample::day(7, 1)), None, None], "what is dated later has not happened");
        let unvisited = VisitRequest { unvisited: true, ..request((&campaign, &roster), DrawSize::All) };
        let rest = visits(unvisited, None, &made);
        assert_eq!(rest.groups[0].drawn().iter().map(|unit| unit.unit).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_revisit_goes_where_something_is_overdue_or_awaits_verification() {
        let (campaign, roster) = basis("", &[1, 2, 3]);
        let hazards =
            (1..).zip([0, 0, 1, 2]).map(|(number, unit)| crate::ledger::Hazard { unit_index: Some(unit), ..sample::hazard(number, unit) });
        let ledger = Ledger { hazards: hazards.collect(), extra_columns: Vec::new() };
        let mut overdue = sample::overdue(&ledger, sample::day(7, 31));
        let states = [OverdueState::Overdue, OverdueState::InTime, OverdueState::AwaitingVerification, OverdueState::Closed];
        for (item, state) in overdue.items.iter_mut().zip(states) {
            item.state = state;
        }
        let revisit = VisitRequest { mode: Some(VisitMode::Revisit), ..request((&campaign, &roster), DrawSize::All) };
        let plan = visits(revisit, Some((&ledger, &overdue)), &[]);
        let drawn = plan.groups[0].drawn();
        let found: Vec<(usize, u32, u32, u32, &[usize])> = drawn
            .iter()
            .map(|unit| (unit.unit, unit.hazards.open, unit.hazards.overdue, unit.hazards.awaiting, unit.hazards.to_revisit.as_slice()))
            .collect();
        assert_eq!(found, [(0, 2, 1, 0, &[0][..]), (1, 1, 0, 1, &[2][..])]);
        let left: Vec<Outcome> = plan.groups[0].units.iter().filter(|unit| unit.unit == 2).map(|unit| unit.outcome).collect();
        assert_eq!(left, [Outcome::NothingToRevisit]);
    }
}
