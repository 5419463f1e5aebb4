//! The campaign at a glance on the as-of date: where it stands in its phases, its next deadlines, its ledger in figures.
//!
//! Counts what other results have decided and decides nothing itself. Rates carry their parts, so that nobody
//! has to ask "of how many".

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::ledger::Ledger;
use crate::results::agenda::AgendaEntry;
use crate::results::agenda::EntryKind;
use crate::results::agenda::PhaseEdge;
use crate::results::assess::has_fallen_due;
use crate::results::assess::is_closed;
use crate::results::assess::is_in_time;
use crate::results::assess::is_rectified;
use crate::results::assess::is_unrectified;
use crate::results::assess::is_withdrawn;
use crate::results::assess::per_cent;
use crate::results::overdue::Overdue;
use crate::results::overdue::StateCounts;
use crate::results::tasks::TaskStanding;
use crate::results::tasks::TaskStandings;
use crate::results::tasks::TaskState;
use crate::vocabulary::Level;

/// Where the plan stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview<'a> {
    pub as_of: NaiveDate,
    /// Phases that the day lies in, in file order; several when they overlap.
    pub phases: Vec<RunningPhase>,
    /// The next deadlines from the day on, one of each duty, soonest first.
    pub next: Vec<&'a AgendaEntry>,
    /// Tasks of the plan and steps of them whose due day is over and which are not known to be done, in the order of the plan.
    pub tasks_past: Vec<&'a TaskStanding>,
    pub tasks: TaskFigures,
}

/// How many of the plan's tasks are done; steps are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskFigures {
    pub done: u32,
    /// Tasks that can be done for good.
    pub total: u32,
    /// Those that recur and are never done for good.
    pub recurring: u32,
}

/// A phase that runs on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningPhase {
    /// Index into [`Campaign::phases`].
    pub phase: usize,
    /// As the plan says, or taken from the neighbouring phase or the campaign.
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// The plan does not say both ends.
    pub inferred: bool,
    /// Days after this one until the last.
    pub days_left: i64,
}

/// How many deadlines are given.
const NEXT: usize = 5;

/// Where the campaign stands; `agenda` is the whole of [`crate::results::agenda::agenda`].
pub fn overview<'a>(campaign: &Campaign, agenda: &'a [AgendaEntry], standings: &'a TaskStandings) -> Overview<'a> {
    let as_of = standings.as_of;
    let mut seen = BTreeSet::new();
    let next = agenda
        .iter()
        .filter(|entry| entry.date >= as_of && entry.edge != Some(PhaseEdge::Start))
        .filter(|entry| !is_done(entry, standings))
        .filter(|entry| seen.insert((entry.kind, entry.index, entry.step)))
        .take(NEXT)
        .collect();
    let tasks_past = standings.items.iter().filter(|item| item.state == TaskState::Overdue).collect();
    let mut tasks = TaskFigures::default();
    for item in standings.whole_tasks() {
        tasks.recurring += u32::from(item.recurs);
        tasks.total += u32::from(!item.recurs);
        tasks.done += u32::from(item.state.is_done());
    }
    Overview { as_of, phases: running(campaign, as_of), next, tasks_past, tasks }
}

/// Whether an entry is of a task that is done already; of what recurs, whether it was done for this time.
fn is_done(entry: &AgendaEntry, standings: &TaskStandings) -> bool {
    entry.kind == EntryKind::Task
        && standings.items.iter().any(|item| {
            let same = item.task == entry.index && item.milestone == entry.step;
            let done_this_time = item.recurs && item.due.is_none_or(|next| entry.date < next);
            same && (item.state.is_done() || done_this_time)
        })
}

/// The phases that run on a day; an edge that the plan leaves out is taken from the neighbouring phase or the campaign.
pub(crate) fn running(campaign: &Campaign, as_of: NaiveDate) -> Vec<RunningPhase> {
    let mut running = Vec::new();
    for (index, phase) in campaign.phases.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| campaign.phases.get(before)).and_then(|before| before.end?.succ_opt());
        let after = campaign.phases.get(index + 1).and_then(|after| after.start?.pred_opt());
        let start = phase.start.or(before).unwrap_or(campaign.start);
        let end = phase.end.or(after).unwrap_or(campaign.end);
        if start <= as_of && as_of <= end {
            let inferred = phase.start.is_none() || phase.end.is_none();
            running.push(RunningPhase { phase: index, start, end, inferred, days_left: (end - as_of).num_days() });
        }
    }
    running
}

/// A rate with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub part: u32,
    pub whole: u32,
}

impl Share {
    /// In per cent, one decimal, half up; `None` for a zero denominator.
    pub fn per_cent(self) -> Option<f64> {
        per_cent(self.part, self.whole)
    }
}

/// The ledger in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFigures {
    /// Found by the as-of date and not withdrawn.
    pub hazards: u32,
    /// 核实撤销
    pub withdrawn: u32,
    pub by_state: StateCounts,
    /// Rectified after the deadline.
    pub late: u32,
    pub major: u32,
    /// Major ones that are not rectified.
    pub major_open: u32,
    /// 整改率
    pub rectified: Share,
    /// 按期整改率
    pub rectified_in_time: Share,
    /// 销号率
    pub closed_out: Share,
    /// Units of the roster without any hazard, as indexes; nothing came from them, or they reported none.
    pub silent_units: Vec<usize>,
}

/// Counts the ledger as `overdue` has judged it; both must come from the same ledger.
pub fn ledger_figures(ledger: &Ledger, overdue: &Overdue, roster: &Roster) -> LedgerFigures {
    let as_of = overdue.as_of;
    let all = overdue.total();
    let mut figures = LedgerFigures {
        hazards: all,
        withdrawn: overdue.withdrawn,
        by_state: overdue.by_state,
        late: overdue.late,
        major: 0,
        major_open: 0,
        rectified: Share { part: 0, whole: all },
        rectified_in_time: Share { part: 0, whole: 0 },
        closed_out: Share { part: 0, whole: all },
        silent_units: Vec::new(),
    };
    let mut named = BTreeSet::new();
    for item in &overdue.items {
        let Some(hazard) = ledger.hazards.get(item.hazard) else { continue };
        if is_withdrawn(hazard) {
            continue;
        }
        named.extend(hazard.unit_index);
        let rectified = is_rectified(hazard, as_of);
        let major = hazard.level.value() == Some(Level::Major);
        figures.major += u32::from(major);
        figures.major_open += u32::from(major && is_unrectified(hazard, as_of));
        figures.rectified.part += u32::from(rectified);
        figures.closed_out.part += u32::from(is_closed(hazard, as_of));
        if let Some(deadline) = item.deadline.filter(|deadline| has_fallen_due(hazard, *deadline, as_of)) {
            figures.rectified_in_time.whole += 1;
            figures.rectified_in_time.part += u32::from(is_in_time(hazard, deadline, as_of));
        }
    }
    figures.silent_units = (0..roster.units.len()).filter(|index| !named.contains(index)).collect();
    figures
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::read_campaign;
    use crate::dates::DateReading;
    use crate::dates::WorkCalendar;
    use crate::records::Reading;
    use crate::registers::read_task_log;
    use crate::results;
    use crate::results::agenda::agenda;
    use crate::results::tasks::task_standings;
    use crate::results::three_lists::sample;
    use crate::source::SourceFile;
    use crate::vocabulary::Status;

    const CAMPAIGN: &str = "\
campaign: demo
title: 示例
issuer: 某局
units: units.csv
period: {start: 2023-05-20, end: 2023-12-31}
phases:
  - {id: mobilise, name: 动员, end: 2023-05-31}
  - {id: check, name: 自查, end: 2023-07-31}
  - {id: enforce, name: 执法, start: 2023-07-01, end: 2023-10-31}
  - {id: conclude, name: 总结}
obligations:
  - {id: daily, name: 零报告, every: FREQ=DAILY}
  - {id: plan, name: 方案, due: 2023-05-25}
tasks:
  - {id: training, name: 培训, due: 2023-07-14}
  - {id: later, name: 总结, due: 2023-12-15}
";

    fn check(as_of: NaiveDate, phases: &[(usize, i64, bool)], next: &[&str], tasks: &[(usize, i64)]) {
        let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: CAMPAIGN.as_bytes().to_vec() };
        let campaign = read_campaign(&file).campaign.expect("a campaign");
        let agenda = agenda(&campaign, &WorkCalendar::statutory());
        let tasks_then = sample::tasks(&campaign, as_of);
        let found = overview(&campaign, &agenda, &tasks_then);
        let running: Vec<_> = found.phases.iter().map(|phase| (phase.phase, phase.days_left, phase.inferred)).collect();
        assert_eq!(running, phases, "{as_of}");
        let ids: Vec<&str> = found.next.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, next, "{as_of}");
        let past: Vec<(usize, i64)> = found.tasks_past.iter().map(|past| (past.task, past.days.expect("dated"))).collect();
        assert_eq!(past, tasks, "{as_of}");
    }

    #[test]
    fn phases_may_overlap_and_lack_an_edge() {
        let day = sample::day;
        check(day(5, 19), &[], &["daily", "plan", "mobilise", "training", "check"], &[]);
        check(day(5, 31), &[(0, 0, true)], &["mobilise", "daily", "training", "check", "enforce"], &[]);
        check(day(7, 15), &[(1, 16, true), (2, 108, false)], &["daily", "check", "enforce", "later"], &[(0, 1)]);
        check(day(11, 1), &[(3, 60, true)], &["daily", "later"], &[(0, 110)]);
        check(NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day"), &[], &[], &[(0, 171), (1, 17)]);
    }

    #[test]
    fn what_is_done_is_neither_past_nor_to_come() {
        let text = CAMPAIGN.replace("tasks:\n", "tasks:\n  - {id: meeting, name: 例会, every: 每季度末}\n");
        let file = |name: &str, text: String| SourceFile { name: Arc::from(name), bytes: text.into_bytes() };
        let campaign = read_campaign(&file("campaign.yaml", text)).campaign.expect("a campaign");
        let agenda = agenda(&campaign, &WorkCalendar::statutory());
        let rows = "任务,状态,完成日期\ntraining,已完成,2023-07-10\nlater,已完成,2023-11-20\nmeeting,已完成,2023-12-05\n".to_owned();
        let log = read_task_log(&file("tasks.csv", rows), &campaign).rows;
        let check = |as_of: NaiveDate, next: &[&str], past: usize, figures: (u32, u32, u32)| {
            let standings = task_standings(&log, Ground::new(&campaign, &Roster::default(), as_of));
            let found = overview(&campaign, &agenda, &standings);
            assert_eq!(found.next.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), next, "{as_of}");
            assert_eq!(found.tasks_past.len(), past, "{as_of}");
            assert_eq!((found.tasks.done, found.tasks.total, found.tasks.recurring), figures, "{as_of}");
        };
        let day = sample::day;
        check(day(7, 15), &["daily", "check", "meeting", "enforce", "later"], 0, (1, 2, 1));
        check(day(11, 1), &["daily", "later", "meeting"], 0, (1, 2, 1));
        check(day(12, 5), &["daily"], 0, (2, 2, 1));
    }

    #[test]
    fn figures_agree_with_the_rates_of_the_overdue_result() {
        let mut hazards: Vec<_> = (1..=7).map(|number| sample::hazard(number, (number as usize - 1) / 4)).collect();
        hazards[0].deadline = DateReading::On(sample::day(7, 1));
        hazards[1] = crate::ledger::Hazard {
            deadline: DateReading::On(sample::day(7, 1)),
            status: Status::Rectified,
            rectified_on: Some(sample::day(6, 30)),
            ..hazards[1].clone()
        };
        hazards[2].status = Status::ClosedOut;
        hazards[3].status = Status::Withdrawn;
        hazards[4].level = Reading::Value(Level::Major);
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        let overdue = results::overdue(&ledger, Ground::new(&sample::campaign(0), &Roster::default(), sample::day(7, 31)));
        let figures = ledger_figures(&ledger, &overdue, &Roster::default());
        let rates = [figures.rectified, figures.rectified_in_time, figures.closed_out].map(Share::per_cent);
        assert_eq!(rates, [overdue.rates.rectified, overdue.rates.rectified_in_time, overdue.rates.closed_out]);
        assert_eq!(
            (figures.hazards, figures.withdrawn, figures.rectified.part, figures.rectified_in_time),
            (6, 1, 2, Share { part: 1, whole: 2 })
        );
        assert_eq!((figures.major, figures.major_open), (1, 1));
    }
}
