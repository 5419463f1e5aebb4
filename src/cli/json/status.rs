//! `status --format json`: the campaign at a glance as one object.

use serde::Serialize;

use crate::cli::json::calendar::EntryJson;
use crate::cli::json::calendar::PendingJson;
use crate::cli::json::calendar::pending_json;
use crate::cli::json::overdue::StatesJson;
use crate::cli::json::overdue::task_status;
use crate::desk::standing::Standing;
use crate::results::overview::LedgerFigures;
use crate::results::overview::Share;

#[derive(Debug, Serialize)]
pub struct StatusJson<'a> {
    as_of: String,
    campaign: CampaignJson<'a>,
    phases: Vec<PhaseJson<'a>>,
    next: Vec<EntryJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<PendingJson<'a>>,
    tasks_past_due: Vec<TaskJson<'a>>,
    tasks: TasksJson,
    ledger: Option<LedgerJson<'a>>,
    letters: LettersJson,
    inbox_files: usize,
    unknown_years: &'a [i32],
    next_steps: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct CampaignJson<'a> {
    code: &'a str,
    title: &'a str,
    start: String,
    end: String,
    days_left: i64,
}

#[derive(Debug, Serialize)]
struct PhaseJson<'a> {
    id: &'a str,
    name: &'a str,
    start: String,
    end: String,
    inferred: bool,
    days_left: i64,
}

#[derive(Debug, Serialize)]
struct TaskJson<'a> {
    id: &'a str,
    name: &'a str,
    milestone: Option<&'a str>,
    due: Option<String>,
    status: &'static str,
    days: i64,
}

#[derive(Debug, Serialize)]
struct TasksJson {
    done: u32,
    total: u32,
    recurring: u32,
}

#[derive(Debug, Serialize)]
struct LedgerJson<'a> {
    path: &'a str,
    hazards: u32,
    withdrawn: u32,
    by_state: StatesJson,
    late: u32,
    major: u32,
    major_open: u32,
    rates: RatesJson,
    units: u32,
    silent_units: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct LettersJson {
    issued: usize,
    last: Option<String>,
    due: usize,
}

#[derive(Debug, Serialize)]
struct RatesJson {
    rectified: ShareJson,
    rectified_in_time: ShareJson,
    closed_out: ShareJson,
}

#[derive(Debug, Serialize)]
struct ShareJson {
    rate: Option<f64>,
    part: u32,
    whole: u32,
}

impl ShareJson {
    fn of(share: Share) -> ShareJson {
        ShareJson { rate: share.per_cent(), part: share.part, whole: share.whole }
    }
}

impl<'a> StatusJson<'a> {
    /// All of it.
    pub fn of(standing: &'a Standing<'a>, next_steps: &[(&'static str, &'static str)]) -> StatusJson<'a> {
        let campaign = &standing.desk.campaign;
        let overview = &standing.overview;
        let phases = overview.phases.iter().filter_map(|running| {
            let phase = campaign.phases.get(running.phase)?;
            Some(PhaseJson {
                id: &phase.id,
                name: &phase.name,
                start: running.start.to_string(),
                end: running.end.to_string(),
                inferred: running.inferred,
                days_left: running.days_left,
            })
        });
        let tasks = overview.tasks_past.iter().filter_map(|past| {
            let task = campaign.tasks.get(past.task)?;
            Some(TaskJson {
                id: &task.id,
                name: &task.name,
                milestone: past.milestone.and_then(|step| task.milestones.get(step)).map(|step| step.name.as_str()),
                due: past.due.map(|due| due.to_string()),
                status: task_status(past),
                days: past.days?,
            })
        });
        StatusJson {
            as_of: overview.as_of.to_string(),
            campaign: CampaignJson {
                code: &campaign.code,
                title: &campaign.title,
                start: campaign.start.to_string(),
                end: campaign.end.to_string(),
                days_left: (campaign.end - overview.as_of).num_days(),
            },
            phases: phases.collect(),
            next: overview.next.iter().map(|entry| EntryJson::of(entry)).collect(),
            pending: pending_json(campaign),
            tasks_past_due: tasks.collect(),
            tasks: TasksJson { done: overview.tasks.done, total: overview.tasks.total, recurring: overview.tasks.recurring },
            ledger: standing.ledger.as_ref().map(|(path, figures)| ledger(path, figures, standing)),
            letters: LettersJson {
                issued: standing.letters.issued.len(),
                last: standing.letters.issued.last().map(|letter| letter.on.to_string()),
                due: standing.letters.due.len(),
            },
            inbox_files: standing.inbox_files,
            unknown_years: &standing.unknown_years,
            next_steps: next_steps.iter().map(|(command, _)| *command).collect(),
        }
    }
}

fn ledger<'a>(path: &'a str, figures: &LedgerFigures, standing: &'a Standing<'a>) -> LedgerJson<'a> {
    let units = &standing.desk.roster.units;
    LedgerJson {
        path,
        hazards: figures.hazards,
        withdrawn: figures.withdrawn,
        by_state: StatesJson(figures.by_state),
        late: figures.late,
        major: figures.major,
        major_open: figures.major_open,
        rates: RatesJson {
            rectified: ShareJson::of(figures.rectified),
            rectified_in_time: ShareJson::of(figures.rectified_in_time),
            closed_out: ShareJson::of(figures.closed_out),
        },
        units: u32::try_from(units.len()).unwrap_or(u32::MAX),
        silent_units: figures.silent_units.iter().filter_map(|index| units.get(*index)).map(|unit| &*unit.name).collect(),
    }
}
