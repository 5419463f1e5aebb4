//! Which unit a record belongs to: its column, else the 填报单位 line, the sheet's name, the file's name.

use std::collections::HashMap;

use crate::campaign::Roster;
use crate::campaign::UnitMatch;
use crate::records::fact::FactKind;
use crate::records::record::UnitReading;
use crate::vocabulary::label_key;
use crate::vocabulary::normalise::split_hint;

/// Looks names up in the roster and remembers the answers.
pub struct UnitFinder<'a> {
    roster: &'a Roster,
    known: HashMap<String, (UnitReading, Option<FactKind>)>,
}

impl<'a> UnitFinder<'a> {
    /// A finder for one sheet.
    pub fn new(roster: &'a Roster) -> UnitFinder<'a> {
        UnitFinder { roster, known: HashMap::new() }
    }

    /// The unit that a written name means, and what is to be told about it.
    pub fn find(&mut self, written: &str) -> (UnitReading, Option<FactKind>) {
        if let Some(known) = self.known.get(written) {
            return known.clone();
        }
        let found = self.look_up(written);
        self.known.insert(written.to_owned(), found.clone());
        found
    }

    fn look_up(&self, written: &str) -> (UnitReading, Option<FactKind>) {
        let name = |index: &usize| self.roster.units.get(*index).map_or_else(String::new, |unit| unit.name.to_string());
        match self.roster.find(written) {
            UnitMatch::Exact(index) => (UnitReading::Known(index), None),
            UnitMatch::Alias(index) => (UnitReading::Known(index), Some(FactKind::UnitByAlias(name(&index)))),
            UnitMatch::Ambiguous(candidates) => (
                UnitReading::Ambiguous(written.to_owned()),
                Some(FactKind::UnitAmbiguous { candidates: candidates.iter().map(name).collect() }),
            ),
            UnitMatch::Unknown(near) => {
                (UnitReading::Unknown(written.to_owned()), Some(FactKind::UnitUnknown { near: near.iter().map(name).collect() }))
            }
        }
    }

    /// Whether a text names a unit of the roster, and only one.
    pub fn is_unit(&self, written: &str) -> bool {
        matches!(self.roster.find(written), UnitMatch::Exact(_) | UnitMatch::Alias(_))
    }

    /// True for a name that is on no roster and like none of it, and no department's.
    pub fn is_stranger(&mut self, written: &str) -> bool {
        let unlike_any =
            |(reading, fact)| matches!((reading, fact), (UnitReading::Unknown(_), Some(FactKind::UnitUnknown { near })) if near.is_empty());
        !is_department(written) && unlike_any(self.find(written))
    }

    /// The one unit whose name stands in a longer text (a sheet's or file's name, a title).
    pub fn find_in(&self, text: &str) -> Option<usize> {
        match self.roster.find(text) {
            UnitMatch::Exact(index) | UnitMatch::Alias(index) => return Some(index),
            UnitMatch::Ambiguous(_) | UnitMatch::Unknown(_) => {}
        }
        match self.roster.match_in_text(text).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// The one unit whose name stands in a text, or is the text.
pub fn unit_in_text(text: &str, roster: &Roster) -> Option<usize> {
    UnitFinder::new(roster).find_in(text)
}

/// Whether a name is that of a department within a facility (总务科, 后勤部, 内科病区).
pub fn is_department(name: &str) -> bool {
    let endings = ["科", "室", "部", "处", "组", "班", "病区", "中心", "库房", "食堂", "股", "药房", "门诊", "楼"];
    name.chars().count() <= 8
        && endings.iter().any(|ending| name.ends_with(ending))
        && !["医院", "卫生院", "诊所", "门诊部", "卫生室", "服务中心", "疾控中心"].iter().any(|unit| name.ends_with(unit))
}

/// Whether a text names an organisation (…医院, …局), not a department or a blank left in a form.
pub fn names_an_organisation(name: &str) -> bool {
    let endings = ["院", "所", "中心", "局", "委", "站", "公司", "学校", "诊所", "门诊部", "卫生室", "药店", "办公室", "委员会"];
    let key = label_key(name);
    let (base, _) = split_hint(&key);
    let placeholder = base.contains(['x', '×', '某', '_', '○', '*']);
    base.chars().count() >= 4 && !placeholder && !is_department(&base) && endings.iter().any(|ending| base.ends_with(ending))
}
