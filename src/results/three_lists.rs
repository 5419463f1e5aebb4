//! Which hazards and which of the plan's tasks stand in 问题清单, 任务清单 and 责任清单 on the as-of date.
//!
//! All three lists hold the same hazards: every one found by the as-of date, closed ones too, only the
//! withdrawn left out. The plan's tasks follow in 任务清单 and 责任清单. Which columns a list has is for
//! `documents`.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::results::overdue::Overdue;
use crate::results::tasks::TaskStanding;
use crate::results::tasks::TaskStandings;
use crate::vocabulary::Status;

/// What stands in the lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreeLists {
    pub as_of: NaiveDate,
    /// Units in roster order, those that left the roster last; within a unit by 编号.
    pub hazards: Vec<ListedHazard>,
    /// In the order of the plan.
    pub tasks: Vec<ListedTask>,
}

/// One hazard of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedHazard {
    /// Index into [`Ledger::hazards`].
    pub hazard: usize,
    /// Index into [`Overdue::items`].
    pub item: usize,
    /// The status that the hazard had on the as-of date.
    pub status: Status,
}

/// One task of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTask {
    /// `{campaign}-T01`
    pub id: String,
    /// Index into [`Campaign::tasks`].
    pub task: usize,
    /// Where it stands, and its dated steps in the order of the plan.
    pub standing: TaskStanding,
    pub steps: Vec<TaskStanding>,
}

/// What stands in the lists on the as-of date of `overdue` and `tasks`; `overdue` must come from the same ledger.
pub fn three_lists(campaign: &Campaign, ledger: &Ledger, overdue: &Overdue, tasks: &TaskStandings) -> ThreeLists {
    let as_of = overdue.as_of;
    let mut listed: Vec<(&Hazard, ListedHazard)> = (overdue.items.iter().enumerate())
        .filter_map(|(item, found)| {
            let hazard = ledger.hazards.get(found.hazard)?;
            let listed = ListedHazard { hazard: found.hazard, item, status: status_on(hazard, as_of) };
            (hazard.status != Status::Withdrawn).then_some((hazard, listed))
        })
        .collect();
    listed.sort_by(|(left, _), (right, _)| order(left, right));
    ThreeLists { as_of, hazards: listed.into_iter().map(|(_, listed)| listed).collect(), tasks: listed_tasks(campaign, tasks) }
}

/// The status of a hazard on a past or present day: what is dated later has not happened yet.
pub fn status_on(hazard: &Hazard, as_of: NaiveDate) -> Status {
    let later = |day: Option<NaiveDate>| day.is_some_and(|day| day > as_of);
    match hazard.status {
        Status::Rectified | Status::ClosedOut if later(hazard.rectified_on) => Status::InRectification,
        Status::ClosedOut if later(hazard.closed_out_on) => Status::Rectified,
        status => status,
    }
}

/// By unit in roster order, then by 编号, its number counted and not spelled.
fn order(left: &Hazard, right: &Hazard) -> Ordering {
    let unit = |hazard: &Hazard| hazard.unit_index.unwrap_or(usize::MAX);
    (unit(left), &left.unit, numbered(&left.id)).cmp(&(unit(right), &right.unit, numbered(&right.id)))
}

/// A 编号 as its beginning, its number and the whole, so that 10 comes after 9.
fn numbered(id: &str) -> (&str, u64, &str) {
    let digits = id.len() - id.bytes().rev().take_while(u8::is_ascii_digit).count();
    (&id[..digits], id[digits..].parse().unwrap_or(u64::MAX), id)
}

fn listed_tasks(campaign: &Campaign, tasks: &TaskStandings) -> Vec<ListedTask> {
    tasks
        .whole_tasks()
        .map(|standing| ListedTask {
            id: campaign.task_number(standing.task),
            task: standing.task,
            standing: standing.clone(),
            steps: tasks.steps_of(standing.task).cloned().collect(),
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::three_lists::sample;

    #[test]
    fn past_days_know_nothing_of_later_ones() {
        let day = sample::day;
        for (status, rectified, closed, expected) in [
            (Status::ClosedOut, Some(day(7, 1)), Some(day(7, 10)), Status::ClosedOut),
            (Status::ClosedOut, Some(day(7, 1)), Some(day(8, 10)), Status::Rectified),
            (Status::ClosedOut, Some(day(8, 1)), Some(day(8, 10)), Status::InRectification),
            (Status::ClosedOut, None, None, Status::ClosedOut),
            (Status::Rectified, Some(day(7, 31)), None, Status::Rectified),
            (Status::Rectified, Some(day(8, 1)), None, Status::InRectification),
            (Status::Open, None, None, Status::Open),
        ] {
            let hazard = Hazard { status, rectified_on: rectified, closed_out_on: closed, ..sample::hazard(1, 0) };
            assert_eq!(status_on(&hazard, day(7, 31)), expected, "{status:?} {rectified:?} {closed:?}");
        }
    }

    #[test]
    fn lists_are_sorted_by_unit_and_number_without_the_withdrawn() {
        let mut hazards = vec![sample::hazard(10, 1), sample::hazard(9, 1), sample::hazard(1, 0), sample::hazard(2, 0)];
        hazards[3].status = Status::Withdrawn;
        hazards.push(Hazard { unit_index: None, ..sample::hazard(3, 2) });
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        let campaign = sample::campaign(3);
        let tasks = sample::tasks(&campaign, sample::day(7, 31));
        let lists = three_lists(&campaign, &ledger, &sample::overdue(&ledger, sample::day(7, 31)), &tasks);
        let ids: Vec<&str> = lists.hazards.iter().map(|listed| ledger.hazards[listed.hazard].id.as_str()).collect();
        assert_eq!(ids, ["demo-001-0001", "demo-002-0009", "demo-002-0010", "demo-003-0003"]);
        let tasks: Vec<&str> = lists.tasks.iter().map(|task| task.id.as_str()).collect();
        assert_eq!(tasks, ["demo-T01", "demo-T02", "demo-T03"]);
        assert_eq!(lists.tasks[0].standing.days, Some(31));
    }
}
