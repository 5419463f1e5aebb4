//! `overdue --format json`: every hazard found by the as-of date, the sums, the plan's tasks.

use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::ledger::Ledger;
use crate::results::LetterStandings;
use crate::results::Overdue;
use crate::results::OverdueState;
use crate::results::Rates;
use crate::results::StateCounts;
use crate::results::TaskStanding;
use crate::results::TaskStandings;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::TaskStatus;

#[derive(Debug, Serialize)]
pub struct OverdueJson<'a> {
    as_of: String,
    items: Vec<ItemJson<'a>>,
    summary: SummaryJson<'a>,
    tasks: Vec<TaskJson<'a>>,
    letters_due: Vec<DueLetterJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ItemJson<'a> {
    id: &'a str,
    unit: &'a str,
    description: Option<&'a str>,
    level: Option<&'a str>,
    status: &'a str,
    deadline: Option<String>,
    deadline_source: &'a str,
    state: &'a str,
    late: bool,
    days: Option<i64>,
    workdays: Option<i64>,
    step: Option<&'a str>,
    letter: Option<LetterJson<'a>>,
}

/// The newest letter about a hazard.
#[derive(Debug, Serialize)]
struct LetterJson<'a> {
    number: &'a str,
    step: &'a str,
    on: String,
    document: &'a str,
}

/// A letter that is to be written.
#[derive(Debug, Serialize)]
struct DueLetterJson<'a> {
    unit: &'a str,
    step: &'a str,
    hazards: Vec<&'a str>,
}

/// A task of the plan or one of its steps.
#[derive(Debug, Serialize)]
struct TaskJson<'a> {
    id: &'a str,
    name: &'a str,
    lead: Option<&'a str>,
    milestone: Option<&'a str>,
    due: Option<String>,
    status: &'static str,
    done_on: Option<String>,
    days: Option<i64>,
    state: &'static str,
}

/// The key of a task's status; `unreported` where nobody said anything.
pub fn task_status(standing: &TaskStanding) -> &'static str {
    standing.status.map_or("unreported", TaskStatus::key)
}

#[derive(Debug, Serialize)]
struct SummaryJson<'a> {
    by_state: StatesJson,
    withdrawn: u32,
    late: u32,
    by_unit: Vec<UnitJson<'a>>,
    rates: RatesJson,
}

#[derive(Debug, Serialize)]
struct UnitJson<'a> {
    unit: &'a str,
    total: u32,
    by_state: StatesJson,
    late: u32,
    rates: RatesJson,
}

/// Counts by state, in the order of urgency.
#[derive(Debug)]
pub struct StatesJson(pub StateCounts);

impl Serialize for StatesJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (state, number) in OverdueState::ALL.iter().zip(self.0) {
            map.serialize_entry(state.key(), &number)?;
        }
        map.end()
    }
}

#[derive(Debug, Serialize)]
struct RatesJson {
    rectified: Option<f64>,
    rectified_in_time: Option<f64>,
    closed_out: Option<f64>,
}

impl RatesJson {
    fn of(rates: &Rates) -> RatesJson {
        RatesJson { rectified: rates.rectified, rectified_in_time: rates.rectified_in_time, closed_out: rates.closed_out }
    }
}

impl<'a> OverdueJson<'a> {
    /// The whole answer: hazards in the ledger's order, tasks in the plan's.
    pub fn of(
        overdue: &'a Overdue,
        ledger: &'a Ledger,
        (campaign, roster): (&'a Campaign, &'a Roster),
        tasks: &'a TaskStandings,
        letters: &'a LetterStandings,
    ) -> OverdueJson<'a> {
        let tasks = tasks.items.iter().filter_map(|standing| {
            let task = campaign.tasks.get(standing.task)?;
            Some(TaskJson {
                id: &task.id,
                name: &task.name,
                lead: task.lead.as_deref(),
                milestone: standing.milestone.and_then(|step| task.milestones.get(step)).map(|step| step.name.as_str()),
                due: standing.due.map(|due| due.to_string()),
                status: task_status(standing),
                done_on: standing.done_on.map(|day| day.to_string()),
                days: standing.days,
                state: standing.state.key(),
            })
        });
        let items = overdue.items.iter().filter_map(|item| {
            let hazard = ledger.hazards.get(item.hazard)?;
            Some(ItemJson {
                id: &hazard.id,
                unit: &hazard.unit,
                description: hazard.text(Field::Description),
                level: hazard.level.value().map(Level::key),
                status: hazard.status.key(),
                deadline: item.deadline.map(|deadline| deadline.to_string()),
                deadline_source: item.deadline_source.key(),
                state: item.state.key(),
                late: item.late,
                days: item.days,
                workdays: item.workdays,
                step: item.step.as_deref(),
                letter: letters.last(hazard).map(|letter| LetterJson {
                    number: &letter.number,
                    step: &letter.step,
                    on: letter.on.to_string(),
                    document: &letter.document,
                }),
            })
        });
        let letters_due = letters.due.iter().map(|due| DueLetterJson {
            unit: roster.units.get(due.unit).map_or("", |unit| &unit.name),
            step: campaign.escalation.get(due.rung).map_or("", |rung| &rung.step),
            hazards: due.items.iter().filter_map(|item| Some(ledger.hazards.get(overdue.items.get(*item)?.hazard)?.id.as_str())).collect(),
        });
        let by_unit = overdue.by_unit.iter().map(|unit| UnitJson {
            unit: &unit.unit,
            total: unit.total,
            by_state: StatesJson(unit.by_state),
            late: unit.late,
            rates: RatesJson::of(&unit.rates),
        });
        OverdueJson {
            as_of: overdue.as_of.to_string(),
            items: items.collect(),
            summary: SummaryJson {
                by_state: StatesJson(overdue.by_state),
                withdrawn: overdue.withdrawn,
                late: overdue.late,
                by_unit: by_unit.collect(),
                rates: RatesJson::of(&overdue.rates),
            },
            tasks: tasks.collect(),
            letters_due: letters_due.collect(),
        }
    }
}
