//! `submissions --format json`: one object for each due period of each obligation. No telephone number is in it.

use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::results::DutyPeriod;
use crate::results::DutyState;
use crate::results::Obligations;
use crate::results::obligations::DutyDetail;

#[derive(Debug, Serialize)]
pub struct SubmissionsJson<'a> {
    as_of: String,
    obligations: Vec<PeriodJson<'a>>,
}

#[derive(Debug, Serialize)]
struct PeriodJson<'a> {
    id: &'a str,
    name: &'a str,
    due: Option<String>,
    /// The words of a due day that is not known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<&'a str>,
    time: Option<String>,
    latest: bool,
    workday: Option<bool>,
    owed: u32,
    by_state: StatesJson,
    rates: RatesJson,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_parent: Vec<ParentJson<'a>>,
    units: Vec<UnitJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ParentJson<'a> {
    parent: Option<&'a str>,
    owed: u32,
    by_state: StatesJson,
}

#[derive(Debug, Serialize)]
struct RatesJson {
    reported: Option<f64>,
    reported_in_time: Option<f64>,
}

#[derive(Debug, Serialize)]
struct UnitJson<'a> {
    unit: &'a str,
    state: &'a str,
    detail: Vec<&'a str>,
    on: Option<String>,
    file: Option<&'a str>,
}

#[derive(Debug)]
struct StatesJson([u32; 5]);

impl Serialize for StatesJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (state, number) in DutyState::ALL.iter().zip(self.0) {
            map.serialize_entry(state.key(), &number)?;
        }
        map.end()
    }
}

impl<'a> SubmissionsJson<'a> {
    /// The whole answer, by obligation in the order of the campaign, then by due day.
    pub fn of(obligations: &'a Obligations, campaign: &'a Campaign, roster: &'a Roster) -> SubmissionsJson<'a> {
        let periods = obligations.periods.iter().filter_map(|period| {
            let obligation = campaign.obligations.get(period.obligation)?;
            let [reported, reported_in_time] = period.rates();
            Some(PeriodJson {
                id: &obligation.id,
                name: &obligation.name,
                due: period.due.map(|due| due.to_string()),
                pending: obligation.pending.as_ref().filter(|_| period.due.is_none()).map(|pending| pending.words.as_str()),
                time: period.time.map(|time| time.format("%H:%M").to_string()),
                latest: period.is_latest,
                workday: period.due.filter(|_| !period.is_provisional).map(|_| !period.on_day_off),
                owed: period.owed(),
                by_state: StatesJson(period.by_state),
                rates: RatesJson { reported, reported_in_time },
                by_parent: parents(period, roster),
                units: units(period, roster),
            })
        });
        SubmissionsJson { as_of: obligations.as_of.to_string(), obligations: periods.collect() }
    }
}

fn parents<'a>(period: &DutyPeriod, roster: &'a Roster) -> Vec<ParentJson<'a>> {
    let name = |parent: Option<usize>| parent.and_then(|parent| roster.units.get(parent)).map(|unit| &*unit.name);
    let row = |(parent, states): (Option<usize>, [u32; 5])| ParentJson {
        parent: name(parent),
        owed: states.iter().sum(),
        by_state: StatesJson(states),
    };
    period.by_parent(roster).into_iter().map(row).collect()
}

fn units<'a>(period: &'a DutyPeriod, roster: &'a Roster) -> Vec<UnitJson<'a>> {
    let unit = |duty: &'a crate::results::Duty| UnitJson {
        unit: duty.party.name(roster),
        state: duty.state.key(),
        detail: duty.details.iter().copied().map(DutyDetail::key).collect(),
        on: duty.on.map(|on| on.to_string()),
        file: duty.file.as_deref(),
    };
    period.duties.iter().map(unit).collect()
}
