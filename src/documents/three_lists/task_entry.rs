//! What one task of the plan says in the columns of the lists: offices, steps with their days, how far it is.
//!
//! A task that nobody has spoken of is asked for, never called overdue.

use std::borrow::Cow;

use crate::campaign::model::Task;
use crate::documents::personal::Cover;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Mark;
use crate::results::ListedTask;
use crate::results::TaskStanding;
use crate::results::TaskState;
use crate::vocabulary::TaskStatus;

/// A task of the plan as the lists see it.
#[derive(Clone, Copy)]
pub struct TaskEntry<'a> {
    pub task: &'a Task,
    pub listed: &'a ListedTask,
    /// Whom every task binds besides.
    pub universal: &'a [String],
    pub cover: Cover,
}

impl<'a> TaskEntry<'a> {
    /// The leading office.
    pub fn lead(&self) -> Cell<'a> {
        Cell::text(self.task.lead.as_deref())
    }

    /// The supporting offices, and those that every task binds.
    pub fn supporters(&self) -> Vec<&'a str> {
        let others = self.universal.iter().filter(|party| !self.task.supporting.contains(party));
        self.task.supporting.iter().chain(others).map(String::as_str).collect()
    }

    /// The supporting offices as one text.
    pub fn supporting(&self) -> Cell<'a> {
        Cell::owned(self.supporters().join("、"))
    }

    /// What is to be done, one measure a line when there are several; dated steps come last.
    pub fn measures(&self) -> Cell<'a> {
        numbered(self.task.measures.iter().cloned().chain(self.steps()).collect())
    }

    /// The measures without the dated steps.
    pub fn plain_measures(&self) -> Cell<'a> {
        numbered(self.task.measures.clone())
    }

    /// The dated steps.
    pub fn milestones(&self) -> Cell<'a> {
        numbered(self.steps().collect())
    }

    /// Each step with its day in the plan's words and the day on which it was done.
    fn steps(&self) -> impl Iterator<Item = String> {
        self.task.milestones.iter().zip(&self.listed.steps).map(|(step, standing)| {
            let done = match (standing.state.is_done(), standing.done_on) {
                (true, Some(day)) => Some(format!("{day}完成")),
                (true, None) => Some("已完成".to_owned()),
                (false, _) => None,
            };
            let words: Vec<String> = step.text.iter().cloned().chain(done).collect();
            if words.is_empty() { step.name.clone() } else { format!("{}（{}）", step.name, words.join("，")) }
        })
    }

    /// The due day, or the plan's own words when they name none: a due text, or how often.
    pub fn due(&self) -> Cell<'a> {
        let words = self.task.due_text.as_deref().or(self.task.every.as_ref().map(|every| every.words.as_str()));
        self.task.due.map_or(Cell::text(words), Cell::Date)
    }

    /// How far it is, and the clerk's words about it.
    pub fn progress(&self) -> Cell<'a> {
        let standing = &self.listed.standing;
        let last = standing.done_on.filter(|_| standing.recurs).map(|day| format!("最近一次{day}完成"));
        let status = standing.status.map(|status| status.label().to_owned());
        let words = self.cover.text(&standing.progress, false);
        let words = Some(words.into_owned()).filter(|words| !words.is_empty());
        Cell::owned(last.or(status).into_iter().chain(words).collect::<Vec<_>>().join("；"))
    }

    /// The day on which it was done for good.
    pub fn done_on(&self) -> Cell<'a> {
        done_on(&self.listed.standing)
    }

    /// What the day says: of the task itself, or of its most pressing step where only the steps have days.
    pub fn situation(&self) -> Cell<'a> {
        match self.pressing() {
            (standing, false) => situation(standing, ""),
            (standing, true) => situation(standing, "节点"),
        }
    }

    /// The mark of the row.
    pub fn mark(&self) -> Mark {
        mark(self.pressing().0)
    }

    /// Whether the row asks instead of telling.
    pub fn is_question(&self) -> bool {
        self.pressing().0.is_question()
    }

    /// The standing that speaks for the row, and whether it is that of a step.
    fn pressing(&self) -> (&'a TaskStanding, bool) {
        let own = &self.listed.standing;
        if own.state != TaskState::Undated {
            return (own, false);
        }
        let open = self.listed.steps.iter().filter(|step| step.due.is_some() && !step.state.is_done());
        open.min_by_key(|step| step.due).map_or((own, false), |step| (step, true))
    }
}

fn numbered<'a>(texts: Vec<String>) -> Cell<'a> {
    match texts.as_slice() {
        [only] => Cell::owned(only.clone()),
        several => {
            let numbered = several.iter().enumerate().map(|(index, text)| format!("{}. {text}", index + 1));
            Cell::owned(numbered.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// The day on which something was done for good; empty for what recurs.
pub fn done_on<'a>(standing: &TaskStanding) -> Cell<'a> {
    Cell::date(standing.done_on.filter(|_| !standing.recurs))
}

/// The status alone; empty where nobody said anything.
pub fn status<'a>(standing: &TaskStanding) -> Cell<'a> {
    Cell::text(standing.status.map(TaskStatus::label))
}

/// What the day says of something, in words that show on black-and-white paper; `what` stands in front.
pub fn situation<'a>(standing: &TaskStanding, what: &str) -> Cell<'a> {
    let days = standing.days.unwrap_or(0);
    let next = standing.due.filter(|_| standing.recurs).map_or_else(String::new, |due| format!("下次\n{due}\n"));
    let left = if days == 0 { "今日到期".to_owned() } else { format!("剩余{}天", -days) };
    match standing.state {
        TaskState::Overdue if standing.is_question() => Cell::owned(format!("{what}期限已过{days}天，请核实")),
        TaskState::Overdue => Cell::owned(format!("▲{what}逾期{days}天")),
        TaskState::DueSoon => Cell::owned(format!("{next}△{what}{left}")),
        TaskState::InTime => Cell::owned(format!("{next}{what}{left}")),
        TaskState::Undated => Cell::Text(Cow::Borrowed("无期限")),
        TaskState::DoneLate => Cell::owned(format!("已完成\n超期{days}天")),
        TaskState::Done => Cell::Text(Cow::Borrowed("已完成")),
    }
}

/// The mark of a row about something. A question is no verdict and has none.
pub fn mark(standing: &TaskStanding) -> Mark {
    match standing.state {
        TaskState::Overdue if !standing.is_question() => Mark::Overdue,
        TaskState::DueSoon => Mark::DueSoon,
        _ => Mark::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::Roster;
    use crate::campaign::model::Milestone;
    use crate::ledger::Ledger;
    use crate::registers::LoggedTask;
    use crate::results::task_standings;
    use crate::results::three_lists::sample;
    use crate::results::three_lists::three_lists;

    /// What `read` finds in the entry of a task with two steps, on 12 August.
    fn check(
        change: impl Fn(&mut Task),
        log: &[(Option<usize>, TaskStatus, Option<u32>)],
        read: fn(&TaskEntry<'_>) -> String,
        expected: &str,
    ) {
        let mut campaign = sample::campaign(1);
        campaign.universal = vec!["消防办".to_owned(), "各社区".to_owned()];
        let task = &mut campaign.tasks[0];
        let step = |name: &str, text: &str, due| Milestone { name: name.to_owned(), start: None, due, text: Some(text.to_owned()) };
        task.measures = vec!["全面检查".to_owned()];
        task.milestones = vec![step("建成", "6月底前", Some(sample::day(6, 30))), step("启用", "年底前", Some(sample::day(12, 31)))];
        change(task);
        let logged = |&(milestone, status, day): &(Option<usize>, TaskStatus, Option<u32>)| LoggedTask {
            task: 0,
            milestone,
            status,
            done_on: day.map(|day| sample::day(7, day)),
            progress: "办了两期".to_owned(),
            remark: String::new(),
            row: 2,
        };
        let log: Vec<LoggedTask> = log.iter().map(logged).collect();
        let ledger = Ledger { hazards: Vec::new(), extra_columns: Vec::new() };
        let standings = task_standings(&log, Ground::new(&campaign, &Roster::default(), sample::day(8, 12)));
        let lists = three_lists(&campaign, &ledger, &sample::overdue(&ledger, sample::day(8, 12)), &standings);
        let entry = TaskEntry { task: &campaign.tasks[0], listed: &lists.tasks[0], universal: &campaign.universal, cover: Cover::PUBLIC };
        assert_eq!(read(&entry), expected);
    }

    #[test]
    fn tasks_show_their_steps_their_frequency_and_whom_all_bind() {
        let nothing = |_: &mut Task| {};
        let recurring = |task: &mut Task| {
            (task.due, task.due_text, task.every) = (None, None, crate::campaign::Recurring::read("每季度").ok());
        };
        check(nothing, &[], |entry| entry.supporters().join("|"), "消防办|康宁,口腔诊所|各社区");
        let measures = |entry: &TaskEntry<'_>| entry.measures().shown().into_owned();
        check(nothing, &[], measures, "1. 全面检查\n2. 建成（6月底前）\n3. 启用（年底前）");
        let done = [(Some(0), TaskStatus::Done, Some(3))];
        check(nothing, &done, measures, "1. 全面检查\n2. 建成（6月底前，2023-07-03完成）\n3. 启用（年底前）");
        check(recurring, &[], |entry| entry.due().shown().into_owned(), "每季度");
    }

    #[test]
    fn situations_ask_or_tell_by_what_is_known() {
        let read = |entry: &TaskEntry<'_>| format!("{} {:?}", entry.situation().shown(), entry.mark());
        let nothing = |_: &mut Task| {};
        let undated = |task: &mut Task| task.due = None;
        check(nothing, &[], read, "期限已过43天，请核实 None");
        check(nothing, &[(None, TaskStatus::InProgress, None)], read, "▲逾期43天 Overdue");
        check(nothing, &[(None, TaskStatus::Done, Some(3))], read, "已完成\n超期3天 None");
        check(undated, &[], read, "节点期限已过43天，请核实 None");
        check(undated, &[(Some(0), TaskStatus::NotStarted, None)], read, "▲节点逾期43天 Overdue");
        check(undated, &[(Some(0), TaskStatus::Done, Some(3))], read, "节点剩余141天 None");
        check(undated, &[(None, TaskStatus::Done, None)], read, "已完成 None");
        let soon = |task: &mut Task| task.due = Some(sample::day(8, 15));
        check(soon, &[], read, "△剩余3天 DueSoon");
        let recurring = |task: &mut Task| (task.due, task.every) = (None, crate::campaign::Recurring::read("每季度末").ok());
        check(recurring, &[], read, "下次\n2023-09-30\n剩余49天 None");
    }

    #[test]
    fn progress_is_the_status_and_the_words() {
        let read = |entry: &TaskEntry<'_>| format!("{}|{}", entry.progress().shown(), entry.done_on().shown());
        let recurring = |task: &mut Task| (task.due, task.every) = (None, crate::campaign::Recurring::read("每季度末").ok());
        check(|_| {}, &[], read, "|");
        check(|_| {}, &[(None, TaskStatus::InProgress, None)], read, "进行中；办了两期|");
        check(|_| {}, &[(None, TaskStatus::Done, Some(3))], read, "已完成；办了两期|2023-07-03");
        check(recurring, &[(None, TaskStatus::Done, Some(3))], read, "最近一次2023-07-03完成；办了两期|");
    }
}
