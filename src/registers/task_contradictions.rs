//! What rows of `tasks.csv` say against each other: done and then not, done on two days, done without its steps.
//!
//! Each row by itself has been read. The last row about a task stands, whatever is told here.

use std::collections::BTreeMap;

use crate::campaign::model::Campaign;
use crate::registers::table::Fault;
use crate::registers::table::TableProblems;
use crate::registers::tasks::LoggedTask;
use crate::registers::tasks::TaskColumn;
use crate::vocabulary::TaskStatus;

/// Tells every contradiction at the status of the later row.
pub fn tell(campaign: &Campaign, rows: &[LoggedTask], problems: &mut TableProblems<'_, TaskColumn>) {
    let mut push = |row: &LoggedTask, message: String, help: &str| {
        problems.tell(row.row, TaskColumn::Status, Fault::warning("T069", row.status.label(), message, help));
    };
    let mut last: BTreeMap<(usize, Option<usize>), &LoggedTask> = BTreeMap::new();
    for row in rows {
        let recurs = row.milestone.is_none() && campaign.tasks.get(row.task).is_some_and(|task| task.every.is_some());
        let before = last.insert((row.task, row.milestone), row);
        // What recurs is done again and again, each time on a day of its own.
        let Some(before) = before.filter(|before| before.status == TaskStatus::Done && !recurs) else { continue };
        let help = "删掉不对的一行；两行都留着的，以后面一行为准";
        if row.status != TaskStatus::Done {
            push(row, format!("第 {} 行说已完成，这一行又说{}", before.row, row.status.label()), help);
        } else if let (Some(earlier), Some(later)) = (before.done_on, row.done_on)
            && earlier != later
        {
            push(row, format!("第 {} 行说 {earlier} 完成，这一行说 {later} 完成", before.row), help);
        }
    }
    for row in last.values().filter(|row| row.milestone.is_none() && row.status == TaskStatus::Done) {
        let open = last.values().find(|step| step.task == row.task && step.milestone.is_some() && step.status != TaskStatus::Done);
        let Some(open) = open else { continue };
        let name = campaign.tasks.get(row.task).zip(open.milestone).and_then(|(task, step)| task.milestones.get(step));
        let name = name.map_or("", |step| step.name.as_str());
        let message = format!("整项任务写了已完成，第 {} 行的节点“{name}”却是{}", open.row, open.status.label());
        push(row, message, "节点已经完成就改节点那一行；没有完成，整项任务写 进行中");
    }
}
