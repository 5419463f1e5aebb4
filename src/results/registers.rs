//! Which hazards, tasks, measures and duties stand in a register of the campaign's own on the as-of date.
//!
//! Hazards come from what the three lists hold, so that no register knows one that they do not. Columns and grouping are
//! for `documents`.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Register;
use crate::campaign::RegisterRows;
use crate::campaign::model::Obligation;
use crate::campaign::register::RegisterFilter;
use crate::dates::WorkCalendar;
use crate::ledger::Ledger;
use crate::results::checklist::CategoryWords;
use crate::results::obligations::due_days;
use crate::results::overdue::Overdue;
use crate::results::overdue::OverdueState;
use crate::results::tasks::TaskStanding;
use crate::results::tasks::TaskState;
use crate::results::three_lists::ListedHazard;
use crate::results::three_lists::ListedTask;
use crate::results::three_lists::ThreeLists;
use crate::vocabulary::Field;

/// One row of a register, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterEntry {
    /// Index into [`ThreeLists::hazards`].
    Hazard(usize),
    /// Index into [`ThreeLists::tasks`].
    Task(usize),
    /// A measure of a listed task.
    Measure { task: usize, measure: usize },
    /// A dated step of a listed task.
    Step { task: usize, step: usize },
    /// Index into [`Campaign::obligations`], and its next due day from the as-of date on.
    Duty { obligation: usize, next: Option<NaiveDate> },
}

/// What stands in a register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterContent {
    /// In the order of the lists and of the plan.
    pub entries: Vec<RegisterEntry>,
    /// Tasks within the filter that name neither measure nor step and so have no row among the measures.
    pub without_measures: usize,
}

/// The rows of a register; all results are of the same ledger and as-of date.
pub fn register_content(
    register: &Register,
    campaign: &Campaign,
    calendar: &WorkCalendar,
    ledger: &Ledger,
    overdue: &Overdue,
    lists: &ThreeLists,
) -> RegisterContent {
    let filter = &register.filter;
    let mut content = RegisterContent::default();
    match register.rows {
        RegisterRows::Hazards => {
            let categories = CategoryWords::of(campaign);
            let in_category = |written: &str| {
                let own = categories.category_of(written).and_then(|own| campaign.categories.get(own));
                own.is_some_and(|own| filter.categories.contains(&own.id))
            };
            let wanted = |(_, listed): &(usize, &ListedHazard)| is_hazard_wanted(filter, in_category, ledger, overdue, listed);
            content.entries = lists.hazards.iter().enumerate().filter(wanted).map(|(index, _)| RegisterEntry::Hazard(index)).collect();
        }
        RegisterRows::Tasks => {
            let wanted = |(_, listed): &(usize, &ListedTask)| {
                is_task_within(filter, campaign, listed) && is_standing_wanted(filter, &listed.standing)
            };
            content.entries = lists.tasks.iter().enumerate().filter(wanted).map(|(index, _)| RegisterEntry::Task(index)).collect();
        }
        RegisterRows::Measures => {
            for (index, listed) in lists.tasks.iter().enumerate().filter(|(_, listed)| is_task_within(filter, campaign, listed)) {
                let Some(task) = campaign.tasks.get(listed.task) else { continue };
                content.without_measures += usize::from(task.measures.is_empty() && task.milestones.is_empty());
                // Nobody reports single measures; they are as far as their task.
                if is_standing_wanted(filter, &listed.standing) {
                    content.entries.extend((0..task.measures.len()).map(|measure| RegisterEntry::Measure { task: index, measure }));
                }
                let steps = listed.steps.iter().enumerate().filter(|(_, standing)| is_standing_wanted(filter, standing));
                content.entries.extend(steps.map(|(step, _)| RegisterEntry::Step { task: index, step }));
            }
        }
        RegisterRows::Duties => {
            for (index, obligation) in campaign.obligations.iter().enumerate().filter(|(_, obligation)| is_duty_wanted(filter, obligation))
            {
                let next = due_days(campaign, obligation, calendar).into_iter().map(|day| day.due).find(|due| *due >= lists.as_of);
                content.entries.push(RegisterEntry::Duty { obligation: index, next });
            }
        }
    }
    content
}

fn is_hazard_wanted(
    filter: &RegisterFilter,
    in_category: impl Fn(&str) -> bool,
    ledger: &Ledger,
    overdue: &Overdue,
    listed: &ListedHazard,
) -> bool {
    let (Some(hazard), Some(item)) = (ledger.hazards.get(listed.hazard), overdue.items.get(listed.item)) else { return false };
    (filter.levels.is_empty() || hazard.level.value().is_some_and(|level| filter.levels.contains(&level)))
        && (filter.statuses.is_empty() || filter.statuses.contains(&listed.status))
        && (filter.categories.is_empty() || hazard.text(Field::Category).is_some_and(in_category))
        && filter.overdue.is_none_or(|wanted| (item.state == OverdueState::Overdue) == wanted)
}

fn is_task_within(filter: &RegisterFilter, campaign: &Campaign, listed: &ListedTask) -> bool {
    let Some(task) = campaign.tasks.get(listed.task) else { return false };
    (filter.tasks.is_empty() || filter.tasks.contains(&task.id))
        && (filter.leads.is_empty() || task.leads().any(|lead| filter.leads.iter().any(|wanted| wanted == lead)))
        && filter.recurring.is_none_or(|wanted| task.every.is_some() == wanted)
}

fn is_standing_wanted(filter: &RegisterFilter, standing: &TaskStanding) -> bool {
    (filter.task_statuses.is_empty() || standing.status.is_some_and(|status| filter.task_statuses.contains(&status)))
        && filter.overdue.is_none_or(|wanted| (standing.state == TaskState::Overdue) == wanted)
}

fn is_duty_wanted(filter: &RegisterFilter, obligation: &Obligation) -> bool {
    (filter.from.is_empty() || obligation.from.iter().any(|sender| filter.from.iter().any(|wanted| wanted == sender.word())))
        && filter.recurring.is_none_or(|wanted| obligation.every.is_some() == wanted)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::Roster;
    use crate::campaign::read_campaign;
    use crate::dates::DateReading;
    use crate::ledger::Hazard;
    use crate::records::Reading;
    use crate::registers::read_task_log;
    use crate::results::tasks::task_standings;
    use crate::results::three_lists::sample;
    use crate::results::three_lists::three_lists;
    use crate::source::SourceFile;
    use crate::vocabulary::Level;
    use crate::vocabulary::Status;

    const CAMPAIGN: &str = "campaign: demo\ntitle: 示例\nissuer: 某局\nunits: units.csv\nperiod: {start: 2023-05-20, end: 2023-12-31}\n\
        categories: [{id: fire, name: 消防安全, synonyms: [消防]}, {id: gas, name: 燃气安全}]\ntasks:\n  \
        - {id: a, name: 甲, lead: 卫健办, due: 2023-06-30, measures: [一, 二], milestones: [{name: 三, due: 2023-12-01}]}\n  \
        - {id: b, name: 乙, lead: 消防办, due: 2023-10-31}\n  - {id: c, name: 丙, lead: 卫健办, every: 每季度末, measures: [开会]}\n\
        obligations:\n  - {id: w, name: 周报, from: units, every: 每周五}\n  - {id: s, name: 总结, from: 卫健办, due: 2023-06-01}\nlists:\n  \
        registers:\n    - {id: x, title: 清单, ";

    /// What stands in a register of these words on 31 July, when task a is going on.
    fn check(words: &str, expected: &[&str], without_measures: usize) {
        let file = |name: &str, text: String| SourceFile { name: Arc::from(name), bytes: text.into_bytes() };
        let reading = read_campaign(&file("campaign.yaml", format!("{CAMPAIGN}{words}}}\n")));
        assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
        let campaign = reading.campaign.expect("a campaign");
        let log = read_task_log(&file("tasks.csv", "任务,状态\na,进行中\n".to_owned()), &campaign).rows;
        let mut hazards: Vec<Hazard> = (1..=4).map(|number| sample::hazard(number, 0)).collect();
        hazards[0].level = Reading::Value(Level::Major);
        hazards[1].status = Status::ClosedOut;
        hazards[2] =
            Hazard { deadline: DateReading::On(sample::day(7, 1)), ..sample::with_values(3, 0, &[(Field::Category, "燃气安全")]) };
        hazards[3].status = Status::Withdrawn;
        let ledger = Ledger { hazards, extra_columns: Vec::new() };
        let (as_of, calendar) = (sample::day(7, 31), WorkCalendar::statutory());
        let overdue = sample::overdue(&ledger, as_of);
        let lists = three_lists(&campaign, &ledger, &overdue, &task_standings(&log, Ground::new(&campaign, &Roster::default(), as_of)));
        let content = register_content(&campaign.lists.registers[0], &campaign, &calendar, &ledger, &overdue, &lists);
        let shown: Vec<String> = (content.entries.iter())
            .map(|entry| match entry {
                RegisterEntry::Hazard(index) => ledger.hazards[lists.hazards[*index].hazard].id.clone(),
                RegisterEntry::Task(task) => lists.tasks[*task].id.clone(),
                RegisterEntry::Measure { task, measure } => format!("{}:{measure}", lists.tasks[*task].id),
                RegisterEntry::Step { task, step } => format!("{}.{step}", lists.tasks[*task].id),
                RegisterEntry::Duty { obligation, next } => {
                    format!("{} {}", campaign.obligations[*obligation].id, next.map_or("-".to_owned(), |next| next.to_string()))
                }
            })
            .collect();
        assert_eq!(
            (shown, content.without_measures),
            (expected.iter().map(|text| (*text).to_owned()).collect(), without_measures),
            "{words}"
        );
    }

    #[test]
    fn registers_hold_what_they_ask_for_and_no_withdrawn_hazard() {
        check("rows: hazards", &["demo-001-0001", "demo-001-0002", "demo-001-0003"], 0);
        check("rows: hazards, where: {level: major}", &["demo-001-0001"], 0);
        check("rows: hazards, where: {status: [closed_out]}", &["demo-001-0002"], 0);
        check("rows: hazards, where: {category: gas}", &["demo-001-0003"], 0);
        check("rows: hazards, where: {overdue: true}", &["demo-001-0003"], 0);
        check("rows: tasks", &["demo-T01", "demo-T02", "demo-T03"], 0);
        check("rows: tasks, where: {lead: 卫健办, recurring: false}", &["demo-T01"], 0);
        check("rows: tasks, where: {status: in_progress}", &["demo-T01"], 0);
        check("rows: tasks, where: {overdue: false}", &["demo-T02", "demo-T03"], 0);
        check("rows: measures", &["demo-T01:0", "demo-T01:1", "demo-T01.0", "demo-T03:0"], 1);
        check("rows: measures, where: {overdue: true}", &["demo-T01:0", "demo-T01:1"], 1);
        check("rows: duties", &["w 2023-08-04", "s -"], 0);
        check("rows: duties, where: {from: units}", &["w 2023-08-04"], 0);
        check("rows: duties, where: {recurring: false}", &["s -"], 0);
    }
}
