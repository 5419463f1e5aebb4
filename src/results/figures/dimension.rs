//! The breakdowns of the statistics: by unit, category, level, source, phase and group.
//!
//! Each hazard lies in exactly one row of each breakdown; what fits nowhere has a row of its own, so that the rows
//! always add up to the total.

use std::collections::HashMap;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::campaign::unit_of;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::results::checklist::CategoryWords;
use crate::results::obligations::area;
use crate::vocabulary::Field;
use crate::vocabulary::Finder;
use crate::vocabulary::Level;
use crate::vocabulary::read_finder;

/// What the statistics are broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Unit,
    Category,
    Level,
    Source,
    Phase,
    Group,
}

impl Dimension {
    /// In the order of the papers.
    pub const ALL: [Dimension; 6] =
        [Dimension::Unit, Dimension::Category, Dimension::Level, Dimension::Source, Dimension::Phase, Dimension::Group];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            Dimension::Unit => "unit",
            Dimension::Category => "category",
            Dimension::Level => "level",
            Dimension::Source => "source",
            Dimension::Phase => "phase",
            Dimension::Group => "group",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            Dimension::Unit => "单位",
            Dimension::Category => "类别",
            Dimension::Level => "等级",
            Dimension::Source => "来源",
            Dimension::Phase => "发现阶段",
            Dimension::Group => "分组",
        }
    }
}

/// The rows of every breakdown, and where a hazard lies in each.
pub struct Breakdown<'a> {
    campaign: &'a Campaign,
    categories: CategoryWords<'a>,
    /// Labels of the rows, by dimension.
    labels: [Vec<String>; 6],
    /// Units of hazards that have left the roster, behind those of the roster.
    left: HashMap<String, usize>,
    /// The group of each unit of the roster.
    group_of: Vec<usize>,
}

impl<'a> Breakdown<'a> {
    /// The rows that a campaign, its roster and a ledger call for.
    pub fn new(campaign: &'a Campaign, roster: &Roster, ledger: &Ledger) -> Breakdown<'a> {
        let mut units: Vec<String> = roster.units.iter().map(|unit| unit.name.to_string()).collect();
        let mut left = HashMap::new();
        for hazard in ledger.hazards.iter().filter(|hazard| hazard.unit_index.is_none()) {
            left.entry(hazard.unit.to_string()).or_insert_with(|| {
                units.push(hazard.unit.to_string());
                units.len() - 1
            });
        }
        let named = |names: Vec<String>, rest: &[&str]| names.into_iter().chain(rest.iter().map(|text| (*text).to_owned())).collect();
        let categories = named(campaign.categories.iter().map(|category| category.name.clone()).collect(), &["未归类", "未写类别"]);
        let phases = named(campaign.phases.iter().map(|phase| phase.name.clone()).collect(), &["阶段之外", "未写发现日期"]);
        let (groups, group_of) = groups(campaign, roster);
        let labels = [
            units,
            categories,
            [Level::General.label(), Level::Major.label(), "未定级"].map(str::to_owned).to_vec(),
            Finder::ALL.map(|finder| finder.label().to_owned()).to_vec(),
            phases,
            groups,
        ];
        Breakdown { campaign, categories: CategoryWords::of(campaign), labels, left, group_of }
    }

    /// The labels of a breakdown's rows.
    pub fn labels(&self, dimension: Dimension) -> &[String] {
        &self.labels[dimension as usize]
    }

    /// The row of a hazard in each breakdown, in the order of [`Dimension::ALL`].
    pub fn rows_of(&self, hazard: &Hazard) -> [u32; 6] {
        let last = |dimension: Dimension, back: usize| self.labels(dimension).len() - back;
        let unit = hazard.unit_index.or_else(|| self.left.get(hazard.unit.as_ref()).copied()).unwrap_or(0);
        let category = match hazard.text(Field::Category) {
            None => last(Dimension::Category, 1),
            Some(written) => self.categories.category_of(written).unwrap_or(last(Dimension::Category, 2)),
        };
        let level = match hazard.level.value() {
            Some(Level::General) => 0,
            Some(Level::Major) => 1,
            None => 2,
        };
        let source = read_finder(hazard.text(Field::Source).unwrap_or_default()) as usize;
        let group = hazard.unit_index.and_then(|unit| self.group_of.get(unit).copied()).unwrap_or(last(Dimension::Group, 1));
        [unit, category, level, source, self.phase_of(hazard), group].map(|row| u32::try_from(row).unwrap_or(u32::MAX))
    }

    /// The phase in which a hazard was found; of phases that overlap, the one that began last.
    fn phase_of(&self, hazard: &Hazard) -> usize {
        let rest = self.campaign.phases.len();
        let Some(found) = hazard.found_on.day() else { return rest + 1 };
        let running = crate::results::overview::running(self.campaign, found);
        running.iter().max_by_key(|phase| (phase.start, std::cmp::Reverse(phase.phase))).map_or(rest, |phase| phase.phase)
    }
}

/// The groups' names with 未分组 last, and the group of each unit: the campaign's inspection groups, else what the roster says
/// (分组, or 乡镇 where that is blank).
fn groups(campaign: &Campaign, roster: &Roster) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let mut of: Vec<Option<usize>> = vec![None; roster.units.len()];
    if campaign.groups.is_empty() {
        for (unit, place) in roster.units.iter().zip(&mut of) {
            let name = area(unit);
            if name.is_empty() {
                continue;
            }
            let known = names.iter().position(|other| other == name);
            *place = Some(known.unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            }));
        }
    } else {
        for (index, group) in campaign.groups.iter().enumerate() {
            names.push(group.name.clone());
            for unit in group.units.iter().filter_map(|written| unit_of(roster, written)) {
                // A unit in two groups (C046) stays with the first, so that it is counted once.
                if let Some(place) = of.get_mut(unit) {
                    place.get_or_insert(index);
                }
            }
        }
    }
    let rest = names.len();
    names.push("未分组".to_owned());
    (names, of.into_iter().map(|group| group.unwrap_or(rest)).collect())
}
