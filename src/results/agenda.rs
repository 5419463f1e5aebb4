//! The campaign's calendar: every phase edge, due day of a report, task and scheduled paper, in the order of days.
//!
//! Recurrences are expanded over the whole campaign. Whether anything was done on its day is not known here.

use chrono::Datelike;
use chrono::NaiveDate;
use chrono::NaiveTime;

use crate::campaign::Campaign;
use crate::campaign::Pending;
use crate::campaign::Recurring;
use crate::campaign::ReportKind;
use crate::dates::WorkCalendar;
use crate::results::figures::paper_days;
use crate::results::obligations::due_days;
use crate::results::tasks::recurring_days;

/// What falls on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    Phase,
    Obligation,
    Task,
    Report,
}

impl EntryKind {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            EntryKind::Phase => "phase",
            EntryKind::Obligation => "obligation",
            EntryKind::Task => "task",
            EntryKind::Report => "report",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            EntryKind::Phase => "阶段",
            EntryKind::Obligation => "报送",
            EntryKind::Task => "任务",
            EntryKind::Report => "报表",
        }
    }
}

/// Which end of a phase; a dated step of a task may have a start, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PhaseEdge {
    Start,
    End,
}

impl PhaseEdge {
    /// JSON key.
    pub fn key(self) -> &'static str {
        match self {
            PhaseEdge::Start => "start",
            PhaseEdge::End => "end",
        }
    }

    /// The word the clerk reads.
    pub fn label(self) -> &'static str {
        match self {
            PhaseEdge::Start => "开始",
            PhaseEdge::End => "截止",
        }
    }
}

/// One thing on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaEntry {
    pub date: NaiveDate,
    /// The time of day by which; `None` for the whole day.
    pub time: Option<NaiveTime>,
    pub kind: EntryKind,
    /// Of phases only.
    pub edge: Option<PhaseEdge>,
    /// The id in the campaign file; of scheduled papers their kind.
    pub id: String,
    pub name: String,
    /// Whether the day counts as worked.
    pub workday: bool,
    /// Whether `workday` or `date` itself rests on a year whose statutory calendar is not published.
    pub provisional: bool,
    /// Index into the campaign's phases, obligations, tasks or reports, by `kind`.
    pub index: usize,
    /// Of a dated step of a task, its index among the task's milestones; `id` is then `{task}/{name of the step}`.
    pub step: Option<usize>,
    /// Of what recurs, the day by its rule, before a day off moved it.
    pub occurrence: Option<NaiveDate>,
}

/// Every entry, by date, kind, id, edge and time.
pub fn agenda(campaign: &Campaign, calendar: &WorkCalendar) -> Vec<AgendaEntry> {
    let entry = |date: NaiveDate, kind: EntryKind, index: usize, id: &str, name: &str| AgendaEntry {
        date,
        time: None,
        kind,
        edge: None,
        id: id.to_owned(),
        name: name.to_owned(),
        workday: calendar.is_workday(date),
        provisional: !calendar.is_known(date.year()),
        index,
        step: None,
        occurrence: None,
    };
    let mut entries = Vec::new();
    for (index, phase) in campaign.phases.iter().enumerate() {
        for (edge, day) in [(PhaseEdge::Start, phase.start), (PhaseEdge::End, phase.end)] {
            let Some(day) = day else { continue };
            entries.push(AgendaEntry { edge: Some(edge), ..entry(day, EntryKind::Phase, index, &phase.id, &phase.name) });
        }
    }
    for (index, obligation) in campaign.obligations.iter().enumerate() {
        for day in due_days(campaign, obligation, calendar) {
            let plain = entry(day.due, EntryKind::Obligation, index, &obligation.id, &obligation.name);
            let provisional = plain.provisional || day.is_provisional;
            let occurrence = obligation.every.is_some().then_some(day.stated);
            entries.push(AgendaEntry { time: obligation.time, provisional, occurrence, ..plain });
        }
    }
    for (index, task) in campaign.tasks.iter().enumerate() {
        entries.extend(task.due.map(|due| entry(due, EntryKind::Task, index, &task.id, &task.name)));
        let time = task.every.as_ref().and_then(Recurring::time);
        // The last one may fall on the task's own due day, which stands already.
        for day in recurring_days(campaign, task, calendar).into_iter().filter(|day| task.due != Some(*day)) {
            let plain = entry(day, EntryKind::Task, index, &task.id, &task.name);
            entries.push(AgendaEntry { time, occurrence: Some(day), ..plain });
        }
        for (step, milestone) in task.milestones.iter().enumerate() {
            let id = format!("{}/{}", task.id, milestone.name);
            for (edge, day) in [(Some(PhaseEdge::Start), milestone.start), (None, milestone.due)] {
                let Some(day) = day else { continue };
                entries.push(AgendaEntry { edge, step: Some(step), ..entry(day, EntryKind::Task, index, &id, &milestone.name) });
            }
        }
    }
    for (index, report) in campaign.reports.iter().enumerate() {
        for day in paper_days(campaign, report, campaign.end) {
            let plain = entry(day, EntryKind::Report, index, report.kind.key(), paper_name(report.kind));
            entries.push(AgendaEntry { time: report.every.time(), occurrence: Some(day), ..plain });
        }
    }
    entries.sort_by(|left, right| {
        let key = |entry: &AgendaEntry| (entry.date, entry.kind);
        (key(left).cmp(&key(right)))
            .then_with(|| left.id.cmp(&right.id))
            .then_with(|| (left.edge, left.time, left.index, left.step).cmp(&(right.edge, right.time, right.index, right.step)))
    });
    entries
}

/// What is due on a day that is not known yet: kind, id, name, and what it waits for.
pub fn pending(campaign: &Campaign) -> impl Iterator<Item = (EntryKind, &str, &str, &Pending)> {
    let duties =
        campaign.obligations.iter().map(|duty| (EntryKind::Obligation, duty.id.as_str(), duty.name.as_str(), duty.pending.as_ref()));
    let tasks = campaign.tasks.iter().map(|task| (EntryKind::Task, task.id.as_str(), task.name.as_str(), task.pending.as_ref()));
    duties.chain(tasks).filter_map(|(kind, id, name, pending)| Some((kind, id, name, pending?)))
}

fn paper_name(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Weekly => "出周统计",
        ReportKind::Monthly => "出月通报",
        ReportKind::Quarterly => "出季度通报",
        ReportKind::Summary => "出总结",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    fn check(parts: &str, expected: &[&str]) {
        let head = "campaign: demo\ntitle: 示例\nissuer: 某局\nunits: units.csv\nperiod: {start: 2023-05-20, end: 2023-06-12}\n";
        let file = SourceFile { name: Arc::from("campaign.yaml"), bytes: format!("{head}{parts}").into_bytes() };
        let campaign = read_campaign(&file).campaign.expect("a campaign");
        let shown: Vec<String> = agenda(&campaign, &WorkCalendar::statutory())
            .iter()
            .map(|entry| {
                let edge = entry.edge.map_or("", PhaseEdge::key);
                let time = entry.time.map_or(String::new(), |time| time.format("%H:%M").to_string());
                let day = if entry.workday { "班" } else { "休" };
                format!("{} {time} {} {edge} {} {day}", entry.date, entry.kind.key(), entry.id)
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn everything_with_a_day_stands_in_the_order_of_days() {
        check(
            "\
phases:
  - {id: check, name: 自查, start: 2023-05-21, end: 2023-05-25}
  - {id: open, name: 总结, end: 2023-06-12}
obligations:
  - {id: plan, name: 方案, due: 2023-05-25}
  - {id: weekly, name: 周统计, every: 每周五17:00前, start: 2023-06-01}
tasks:
  - {id: training, name: 培训, due: 2023-05-25}
  - {id: undated, name: 没有期限}
  - {id: meeting, name: 例会, every: 每周一}
  - id: build
    name: 建设
    milestones: [{name: 开工, start: 2023-05-26}, {name: 建成, due: 2023-06-10}]
reports:
  - {kind: weekly, every: FREQ=WEEKLY;BYDAY=MO}
",
            &[
                "2023-05-21  phase start check 休",
                "2023-05-22  task  meeting 班",
                "2023-05-22  report  weekly 班",
                "2023-05-25  phase end check 班",
                "2023-05-25  obligation  plan 班",
                "2023-05-25  task  training 班",
                "2023-05-26  task start build/开工 班",
                "2023-05-29  task  meeting 班",
                "2023-05-29  report  weekly 班",
                "2023-06-02 17:00 obligation  weekly 班",
                "2023-06-05  task  meeting 班",
                "2023-06-05  report  weekly 班",
                "2023-06-09 17:00 obligation  weekly 班",
                "2023-06-10  task  build/建成 休",
                "2023-06-12  phase end open 班",
                "2023-06-12  task  meeting 班",
                "2023-06-12  report  weekly 班",
            ],
        );
        check("", &[]);
    }
}
