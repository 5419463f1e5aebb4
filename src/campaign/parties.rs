//! Who owes a report: units of the roster, and offices that stand on none.
//!
//! Reads the `from` of an obligation against the roster. Says nothing about dates, and never doubts a name: a
//! party that neither roster nor campaign knows is for `rules`.

use crate::campaign::duties::Sender;
use crate::campaign::model::Campaign;
use crate::campaign::model::Group;
use crate::campaign::model::Obligation;
use crate::campaign::roster::Roster;

/// One that owes reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Index into [`Roster::units`].
    Unit(usize),
    /// An office, by the name that the campaign's directory gives it.
    Office(String),
}

impl Party {
    /// The official name.
    pub fn name<'a>(&'a self, roster: &'a Roster) -> &'a str {
        match self {
            Party::Unit(index) => roster.units.get(*index).map_or("", |unit| &unit.name),
            Party::Office(name) => name,
        }
    }
}

/// Everybody who owes this report, each once: units in the order of the roster, then offices as they are written.
pub fn owing(campaign: &Campaign, roster: &Roster, obligation: &Obligation) -> Vec<Party> {
    let mut owes = vec![false; roster.units.len()];
    let mut offices = Vec::new();
    for sender in &obligation.from {
        let units = match sender {
            Sender::AllUnits => (0..roster.units.len()).collect(),
            Sender::Named(written) => units_of(campaign, roster, written),
        };
        if let (true, Sender::Named(written)) = (units.is_empty(), sender) {
            let office = office_of(campaign, written).unwrap_or_else(|| written.clone());
            if !offices.contains(&office) {
                offices.push(office);
            }
        }
        for unit in units {
            if let Some(mark) = owes.get_mut(unit) {
                *mark = true;
            }
        }
    }
    let units = owes.into_iter().enumerate().filter(|(_, owes)| *owes).map(|(index, _)| Party::Unit(index));
    units.chain(offices.into_iter().map(Party::Office)).collect()
}

/// The units that one word of `from` means: a kind, a group of the roster or of the campaign, or one unit.
fn units_of(campaign: &Campaign, roster: &Roster, written: &str) -> Vec<usize> {
    let listed = roster.units.iter().enumerate().filter(|(_, unit)| unit.kind == written || unit.group == written);
    let mut units: Vec<usize> = listed.map(|(index, _)| index).collect();
    for group in campaign.groups.iter().filter(|group| group.name == written) {
        units.extend(group.units.iter().filter_map(|name| unit_of(roster, name)));
    }
    if units.is_empty() { unit_of(roster, written).into_iter().collect() } else { units }
}

/// The units that an inspection group goes to, in the order of the roster: those it names, and those that the roster puts into it.
pub fn members(campaign: &Campaign, roster: &Roster, group: &Group) -> Vec<usize> {
    let mut units = units_of(campaign, roster, &group.name);
    units.sort_unstable();
    units.dedup();
    units
}

/// The unit that a code or a name means, if it means only one.
pub fn unit_of(roster: &Roster, written: &str) -> Option<usize> {
    roster.meant(written).ok()
}

/// The directory's name of an office, by its name or one of its other names; the issuer is an office too.
pub fn office_of(campaign: &Campaign, written: &str) -> Option<String> {
    let known = campaign.offices.iter().find(|office| office.name == written || office.synonyms.iter().any(|synonym| synonym == written));
    known.map(|office| office.name.clone()).or_else(|| (written == campaign.issuer).then(|| campaign.issuer.clone()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::owing;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::source::SourceFile;

    fn check(from: &str, expected: &[&str]) {
        let yaml = format!(
            "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {{start: 2023-05-20, end: 2023-12-31}}\nunits: units.csv\n\
             offices: [{{name: 卫健办, synonyms: [卫生健康办]}}]\ngroups: [{{name: 第一组, units: [丙诊所, H01]}}]\n\
             obligations:\n  - {{id: a, name: 甲, from: {from}, due: 2023-06-01}}\n"
        );
        let roster = "编码,单位名称,简称,类别,乡镇,分组\nH01,甲医院,甲院,医院,东镇,一片\nW01,乙镇卫生院,,卫生院,乙镇,二片\nC01,丙诊所,,诊所,乙镇,二片\n";
        let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", &yaml)).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", roster)).roster.expect("a roster");
        let parties = owing(&campaign, &roster, &campaign.obligations[0]);
        assert_eq!(parties.iter().map(|party| party.name(&roster)).collect::<Vec<_>>(), expected, "{from}");
    }

    #[test]
    fn parties_are_units_kinds_groups_and_offices() {
        check("units", &["甲医院", "乙镇卫生院", "丙诊所"]);
        check("医院", &["甲医院"]);
        check("二片", &["乙镇卫生院", "丙诊所"]);
        check("第一组", &["甲医院", "丙诊所"]);
        check("甲院", &["甲医院"]);
        check("卫生健康办", &["卫健办"]);
        check("[卫健办, 诊所, 卫生健康办, C01, 二片]", &["乙镇卫生院", "丙诊所", "卫健办"]);
        check("某县卫生健康委员会", &["某县卫生健康委员会"]);
        check("没有的单位", &["没有的单位"]);
    }
}
