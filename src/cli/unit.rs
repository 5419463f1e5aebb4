//! A unit named on the command line.

use crate::campaign::Roster;
use crate::campaign::UnitMatch;
use crate::cli::failure::Failure;

/// How many units are named when several may be meant.
const NAMED: usize = 5;

/// Gives the index of the unit meant by its name or short name; anything but one unit is asked back.
pub fn named(written: &str, roster: &Roster) -> Result<usize, Failure> {
    let names = |indexes: &[usize]| -> String {
        let names = indexes.iter().filter_map(|index| roster.units.get(*index)).map(|unit| unit.name.to_string());
        names.take(NAMED).collect::<Vec<_>>().join("、")
    };
    match roster.find(written) {
        UnitMatch::Exact(index) | UnitMatch::Alias(index) => Ok(index),
        UnitMatch::Ambiguous(indexes) => Err(Failure::usage(format!("“{written}”对应多个单位：{}", names(&indexes)), "请写单位全称")),
        UnitMatch::Unknown(near) if near.is_empty() => Err(Failure::usage(format!("单位名册里没有“{written}”"), "单位名称见 units.csv")),
        UnitMatch::Unknown(near) => Err(Failure::usage(format!("单位名册里没有“{written}”"), format!("是不是 {}？", names(&near)))),
    }
}
