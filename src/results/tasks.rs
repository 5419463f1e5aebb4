//! Where the plan's own tasks and their dated steps stand on the as-of date, as far as `tasks.csv` says so.
//!
//! What was done after the as-of date has not been done yet. What nobody speaks of is not known: past its day it is a
//! question, and `status` is `None`. Work that recurs is shown with its next due day and is never overdue.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::model::Task;
use crate::dates::WorkCalendar;
use crate::registers::LoggedTask;
use crate::vocabulary::TaskStatus;

/// Where a task or a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskState {
    /// Its day is over, and it is not known to be done.
    Overdue,
    DueSoon,
    InTime,
    /// No day to count from.
    Undated,
    /// Done after its day.
    DoneLate,
    Done,
}

impl TaskState {
    /// Every state, most urgent first.
    pub const ALL: [TaskState; 6] =
        [TaskState::Overdue, TaskState::DueSoon, TaskState::InTime, TaskState::Undated, TaskState::DoneLate, TaskState::Done];

    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            TaskState::Overdue => "overdue",
            TaskState::DueSoon => "due_soon",
            TaskState::InTime => "in_time",
            TaskState::Undated => "undated",
            TaskState::DoneLate => "done_late",
            TaskState::Done => "done",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            TaskState::Overdue => "逾期",
            TaskState::DueSoon => "临期",
            TaskState::InTime => "未到期",
            TaskState::Undated => "无期限",
            TaskState::DoneLate => "超期完成",
            TaskState::Done => "已完成",
        }
    }

    /// Whether it is done, in time or late.
    pub fn is_done(self) -> bool {
        matches!(self, TaskState::Done | TaskState::DoneLate)
    }
}

/// One task or one of its steps on the as-of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStanding {
    /// Index into [`Campaign::tasks`].
    pub task: usize,
    /// Index into the task's milestones; `None` for the task itself.
    pub milestone: Option<usize>,
    /// The due day; of what recurs the next one.
    pub due: Option<NaiveDate>,
    /// `every` of the plan, without a single due day: what is done is done for one time only.
    pub recurs: bool,
    /// `None` where nobody said anything by the as-of date.
    pub status: Option<TaskStatus>,
    /// Day on which it was done; of what recurs the last time.
    pub done_on: Option<NaiveDate>,
    pub state: TaskState,
    /// Days past its due day, negative while there are days left; measured at its completion once it is done.
    pub days: Option<i64>,
    pub progress: String,
    pub remark: String,
}

impl TaskStanding {
    /// Whether its day is over and nobody said how far it is: a question and no verdict.
    pub fn is_question(&self) -> bool {
        self.state == TaskState::Overdue && self.status.is_none()
    }
}

/// All tasks on the as-of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStandings {
    pub as_of: NaiveDate,
    /// In the order of the plan, each task before its steps.
    pub items: Vec<TaskStanding>,
}

impl TaskStandings {
    /// The task itself.
    pub fn of_task(&self, task: usize) -> Option<&TaskStanding> {
        self.items.iter().find(|item| item.task == task && item.milestone.is_none())
    }

    /// The steps of a task, in the order of the plan.
    pub fn steps_of(&self, task: usize) -> impl Iterator<Item = &TaskStanding> {
        self.items.iter().filter(move |item| item.task == task && item.milestone.is_some())
    }

    /// The tasks themselves, without their steps.
    pub fn whole_tasks(&self) -> impl Iterator<Item = &TaskStanding> {
        self.items.iter().filter(|item| item.milestone.is_none())
    }
}

/// Where every task and step stands; `log` is what `tasks.csv` says, in the order of the file.
pub fn task_standings(log: &[LoggedTask], ground: Ground<'_>) -> TaskStandings {
    let mut items = Vec::new();
    let (campaign, as_of) = (ground.campaign, ground.as_of);
    let judge = Judge(ground);
    for (index, task) in campaign.tasks.iter().enumerate() {
        let of_step = |step: Option<usize>| log.iter().filter(move |row| row.task == index && row.milestone == step);
        let recurs = task.every.is_some() && task.due.is_none();
        let own = said(of_step(None), as_of);
        if recurs {
            items.push(judge.recurring(index, task, &own, of_step(None)));
        } else {
            items.push(judge.single((index, None), task.due, own.clone()));
        }
        for (step, milestone) in task.milestones.iter().enumerate() {
            let mut of_this = said(of_step(Some(step)), as_of);
            // A task that is done has its steps behind it, unless one of them speaks for itself.
            if of_this.status.is_none() && own.status == Some(TaskStatus::Done) && !recurs {
                (of_this.status, of_this.done_on) = (own.status, own.done_on);
            }
            items.push(judge.single((index, Some(step)), milestone.due, of_this));
        }
    }
    TaskStandings { as_of, items }
}

/// The days on which recurring work falls due within the campaign, up to the task's own due day if it has one.
pub fn recurring_days(campaign: &Campaign, task: &Task, calendar: &WorkCalendar) -> Vec<NaiveDate> {
    let last = task.due.map_or(campaign.end, |due| due.min(campaign.end));
    let days = task.every.as_ref().map_or_else(Vec::new, |every| every.days(campaign.start, last, calendar));
    days.into_iter().map(|settled| settled.day).collect()
}

/// What the rows about one thing come to.
#[derive(Debug, Clone, Default)]
struct Said {
    status: Option<TaskStatus>,
    done_on: Option<NaiveDate>,
    progress: String,
    remark: String,
}

/// The last row stands. One that tells of a completion still to come only shows that the work was going on.
fn said<'l>(rows: impl Iterator<Item = &'l LoggedTask>, as_of: NaiveDate) -> Said {
    let mut said = Said::default();
    for row in rows {
        if row.done_on.is_some_and(|day| day > as_of) {
            said.status.get_or_insert(TaskStatus::InProgress);
            continue;
        }
        said = Said { status: Some(row.status), done_on: row.done_on, progress: row.progress.clone(), remark: row.remark.clone() };
    }
    said
}

struct Judge<'a>(Ground<'a>);

impl Judge<'_> {
    fn single(&self, (task, milestone): (usize, Option<usize>), due: Option<NaiveDate>, said: Said) -> TaskStanding {
        let Said { status, done_on, progress, remark } = said;
        let done = status == Some(TaskStatus::Done);
        let measured_at = if done { done_on } else { Some(self.0.as_of) };
        let days = due.zip(measured_at).map(|(due, at)| (at - due).num_days());
        let state = match (done, days) {
            (true, Some(days)) if days > 0 => TaskState::DoneLate,
            (true, _) => TaskState::Done,
            (false, _) => self.open(due),
        };
        TaskStanding { task, milestone, due, recurs: false, status, done_on, state, days, progress, remark }
    }

    fn recurring<'l>(&self, index: usize, task: &Task, said: &Said, rows: impl Iterator<Item = &'l LoggedTask>) -> TaskStanding {
        let done: Vec<NaiveDate> = rows.filter_map(|row| row.done_on).filter(|day| *day <= self.0.as_of).collect();
        let mut before = NaiveDate::MIN;
        let mut next = None;
        for day in recurring_days(self.0.campaign, task, self.0.calendar) {
            // Once within the period that ends on the due day is enough.
            let fulfilled = done.iter().any(|done| (before < *done) && (*done <= day));
            if day >= self.0.as_of && !fulfilled {
                next = Some(day);
                break;
            }
            before = day;
        }
        TaskStanding {
            task: index,
            milestone: None,
            due: next,
            recurs: true,
            // Done once is not done for good.
            status: said.status.map(|status| if status == TaskStatus::Done { TaskStatus::InProgress } else { status }),
            done_on: done.into_iter().max(),
            state: self.open(next),
            days: next.map(|due| (self.0.as_of - due).num_days()),
            progress: said.progress.clone(),
            remark: said.remark.clone(),
        }
    }

    /// The state of what is not done.
    fn open(&self, due: Option<NaiveDate>) -> TaskState {
        let Some(due) = due else { return TaskState::Undated };
        if due < self.0.as_of {
            return TaskState::Overdue;
        }
        let policy = &self.0.campaign.overdue;
        let left = if policy.working_days {
            let counted = self.0.calendar.workdays_between(self.0.as_of, due);
            counted.unknown_years.is_empty().then_some(counted.count)
        } else {
            Some((due - self.0.as_of).num_days())
        };
        if left.is_some_and(|left| left <= i64::from(policy.due_soon)) { TaskState::DueSoon } else { TaskState::InTime }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Roster;
    use crate::campaign::read_campaign;
    use crate::registers::read_task_log;
    use crate::source::SourceFile;

    const CAMPAIGN: &str = "\
campaign: demo
title: 示例
issuer: 某局
units: units.csv
period: {start: 2023-05-20, end: 2023-12-31}
tasks:
  - {id: training, name: 培训, due: 2023-07-14}
  - id: build
    name: 建设
    milestones: [{name: 开工, start: 2023-07-01}, {name: 建成, due: 2023-08-31}, {name: 启用, due: 2023-11-30}]
  - {id: meeting, name: 会议, every: 每季度末}
  - {id: vague, name: 检查, every: 定期}
";

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() }
    }

    /// One line for each task and step: where, due day, status, done day, state, days.
    fn check(rows: &str, as_of: &str, expected: &[&str]) {
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN)).campaign.expect("a campaign");
        let log = read_task_log(&file("tasks.csv", &format!("任务,节点,状态,完成日期,进展\n{rows}")), &campaign);
        assert_eq!(log.set_aside, 0, "{:#?}", log.diagnostics);
        let found = task_standings(&log.rows, Ground::new(&campaign, &Roster::default(), as_of.parse().expect("a day")));
        let shown = |item: &TaskStanding| {
            let step = item.milestone.map_or(String::new(), |step| format!(".{step}"));
            let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.format("%m-%d").to_string());
            let days = item.days.map_or("-".to_owned(), |days| days.to_string());
            let status = item.status.map_or("-", TaskStatus::key);
            format!("{}{step} {} {status} {} {} {days}", item.task, day(item.due), day(item.done_on), item.state.key())
        };
        assert_eq!(found.items.iter().map(shown).collect::<Vec<_>>(), expected, "{rows} {as_of}");
    }

    #[test]
    fn what_nobody_speaks_of_is_a_question() {
        check(
            "",
            "2023-08-31",
            &[
                "0 07-14 - - overdue 48",
                "1 - - - undated -",
                "1.0 - - - undated -",
                "1.1 08-31 - - due_soon 0",
                "1.2 11-30 - - in_time -91",
                "2 09-30 - - in_time -30",
                "3 - - - undated -",
            ],
        );
    }

    #[test]
    fn what_is_done_is_done_from_its_day_on() {
        let rows =
            "training,,进行中,,报名\ntraining,,已完成,2023-07-20,办了两期\nbuild,建成,已完成,2023-08-30,\nmeeting,,已完成,2023-06-28,\n";
        let rest = ["1 - - - undated -", "1.0 - - - undated -"];
        let of = |training: &'static str, built: &'static str, used: &'static str, meeting: &'static str| {
            [training, rest[0], rest[1], built, used, meeting, "3 - - - undated -"]
        };
        let line = of(
            "0 07-14 in_progress - overdue 5",
            "1.1 08-31 in_progress - in_time -43",
            "1.2 11-30 - - in_time -134",
            "2 09-30 in_progress 06-28 in_time -73",
        );
        check(rows, "2023-07-19", &line);
        let line = of(
            "0 07-14 done 07-20 done_late 6",
            "1.1 08-31 done 08-30 done -1",
            "1.2 11-30 - - in_time -91",
            "2 09-30 in_progress 06-28 in_time -30",
        );
        check(rows, "2023-08-31", &line);
        // In June the quarter's meeting had not been held, then it had.
        let line = of(
            "0 07-14 in_progress - in_time -17",
            "1.1 08-31 in_progress - in_time -65",
            "1.2 11-30 - - in_time -156",
            "2 06-30 in_progress - due_soon -3",
        );
        check(rows, "2023-06-27", &line);
        let line = of(
            "0 07-14 in_progress - in_time -16",
            "1.1 08-31 in_progress - in_time -64",
            "1.2 11-30 - - in_time -155",
            "2 09-30 in_progress 06-28 in_time -94",
        );
        check(rows, "2023-06-28", &line);
    }

    #[test]
    fn a_task_that_is_done_has_its_steps_behind_it() {
        check(
            "build,,已完成,2023-12-01,\nbuild,启用,未开始,,\nvague,,已完成,,\n",
            "2023-12-31",
            &[
                "0 07-14 - - overdue 170",
                "1 - done 12-01 done -",
                "1.0 - done 12-01 done -",
                "1.1 08-31 done 12-01 done_late 92",
                "1.2 11-30 not_started - overdue 31",
                "2 12-31 - - due_soon 0",
                "3 - in_progress - undated -",
            ],
        );
    }
}
