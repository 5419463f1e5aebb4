//! Who is who in a campaign: offices with their other names, units, and the parties that owe reports.

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::diagnostic::Diagnostic;
use crate::rules::rule::CampaignContext;
use crate::vocabulary::likeness;

/// Names less alike than this are no suggestion.
const LEAST_LIKENESS: f64 = 0.5;

/// Whether the directory of offices, or the head of the campaign, knows this office.
pub fn is_office(campaign: &Campaign, name: &str) -> bool {
    name == campaign.issuer || office(campaign, name).is_some()
}

/// Whether two names stand for one office.
pub fn same_office(campaign: &Campaign, left: &str, right: &str) -> bool {
    left == right || office(campaign, left).is_some_and(|index| office(campaign, right) == Some(index))
}

fn office(campaign: &Campaign, name: &str) -> Option<usize> {
    campaign.offices.iter().position(|office| office.name == name || office.synonyms.iter().any(|synonym| synonym == name))
}

/// The finding with the nearest office as its help, if one is near.
pub fn suggest_office(campaign: &Campaign, written: &str, finding: Diagnostic) -> Diagnostic {
    let names = campaign.offices.iter().flat_map(|office| std::iter::once(&office.name).chain(&office.synonyms));
    with_suggestions(nearest(written, names.map(String::as_str)), finding)
}

/// Whether a party is all units, a kind of unit, a group, a unit, an office, or a name that the
/// campaign uses elsewhere. Of a roster that could not be read nothing is demanded.
pub fn is_known(context: &CampaignContext<'_>, party: &str) -> bool {
    let campaign = context.ground.campaign;
    context.ground.roster.units.is_empty()
        || party_of_units(context, party)
        || is_office(campaign, party)
        || campaign.obligations.iter().any(|obligation| obligation.to.as_deref() == Some(party))
        || campaign.tasks.iter().any(|task| task.lead.as_deref() == Some(party) || task.supporting.iter().any(|office| office == party))
}

/// Whether a party is units of the roster: all, a kind, a group, or one.
pub fn party_of_units(context: &CampaignContext<'_>, party: &str) -> bool {
    let units = &context.ground.roster.units;
    party == "units"
        || units.iter().any(|unit| unit.kind == party || unit.group == party)
        || context.ground.campaign.groups.iter().any(|group| group.name == party && !group.units.is_empty())
        || unit(context.ground.roster, party).is_ok()
}

/// The finding with the nearest kind, group or office as its help.
pub fn suggest_party(context: &CampaignContext<'_>, written: &str, finding: Diagnostic) -> Diagnostic {
    let units = context.ground.roster.units.iter().flat_map(|unit| [unit.kind.as_str(), unit.group.as_str()]);
    let groups = context.ground.campaign.groups.iter().map(|group| group.name.as_str());
    let offices = context.ground.campaign.offices.iter().map(|office| office.name.as_str());
    let mut kinds: Vec<&str> = context.ground.roster.units.iter().map(|unit| unit.kind.as_str()).filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let listed = if kinds.is_empty() { String::new() } else { format!("名册的类别有：{}。", kinds.join("、")) };
    let finding = Diagnostic { help: format!("{listed}{}", finding.help), ..finding };
    with_suggestions(nearest(written, units.chain(groups).chain(offices).chain(["units"])), finding)
}

/// The unit that a code or name means.
///
/// # Errors
/// The names that may have been meant.
pub fn unit(roster: &Roster, written: &str) -> Result<usize, Vec<String>> {
    roster.meant(written).map_err(|near| near.iter().filter_map(|unit| roster.units.get(*unit)).map(|unit| unit.name.to_string()).collect())
}

/// The finding with a did-you-mean in front of its help.
pub fn with_suggestions(near: Vec<String>, finding: Diagnostic) -> Diagnostic {
    if near.is_empty() {
        return finding;
    }
    let help = format!("是否指 {}？{}", near.join("、"), finding.help);
    Diagnostic { help, ..finding }
}

fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let near = likeness::nearest(names.filter(|name| !name.is_empty()), LEAST_LIKENESS, 1, |name| likeness::likeness(written, name));
    near.into_iter().map(str::to_owned).collect()
}
