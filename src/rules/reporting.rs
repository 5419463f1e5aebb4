//! The due days of a campaign, for rules about its calendar.

use chrono::NaiveDate;

use crate::campaign::Fulfilment;
use crate::campaign::model::Obligation;
use crate::dates::Frequency;
use crate::dates::Recurrence;
use crate::rules::parties;
use crate::rules::rule::CampaignContext;

/// A one-off report.
#[derive(Debug, Clone)]
pub struct OneOff<'a> {
    /// Key path of its due day.
    pub path: String,
    pub obligation: &'a Obligation,
    pub due: NaiveDate,
}

/// Something with a last day: a phase, a one-off report, a task, a step of a task.
#[derive(Debug, Clone)]
pub struct Deadline<'a> {
    /// Key path of the day.
    pub path: String,
    pub name: &'a str,
    pub day: NaiveDate,
}

/// The one-off reports, in file order.
pub fn one_off<'a>(context: &CampaignContext<'a>) -> impl Iterator<Item = OneOff<'a>> {
    context.ground.campaign.obligations.iter().enumerate().filter_map(|(index, obligation)| {
        let due = obligation.due.filter(|_| obligation.every.is_none())?;
        Some(OneOff { path: format!("obligations[{index}].due"), obligation, due })
    })
}

/// Everything that has a last day, in file order.
pub fn deadlines<'a>(context: &CampaignContext<'a>) -> Vec<Deadline<'a>> {
    let campaign = context.ground.campaign;
    let mut deadlines = Vec::new();
    for (index, phase) in campaign.phases.iter().enumerate() {
        deadlines.extend(phase.end.map(|day| Deadline { path: format!("phases[{index}].end"), name: &phase.name, day }));
    }
    deadlines.extend(one_off(context).map(|report| Deadline { path: report.path, name: &report.obligation.name, day: report.due }));
    for (index, task) in campaign.tasks.iter().enumerate() {
        deadlines.extend(task.due.map(|day| Deadline { path: format!("tasks[{index}].due"), name: &task.name, day }));
        for (step, milestone) in task.milestones.iter().enumerate() {
            let path = format!("tasks[{index}].milestones[{step}].due");
            deadlines.extend(milestone.due.map(|day| Deadline { path, name: &milestone.name, day }));
        }
    }
    deadlines
}

/// The recurrence of a report, if it has one.
pub fn recurrence(obligation: &Obligation) -> Option<&Recurrence> {
    obligation.every.as_ref()?.rule.as_ref()
}

/// The words of the recurrence, as the value of a diagnostic.
pub fn words(obligation: &Obligation) -> Option<String> {
    obligation.every.as_ref().map(|every| every.words.clone())
}

/// The first and last day on which a recurrence counts.
pub fn window(context: &CampaignContext<'_>, obligation: &Obligation) -> (NaiveDate, NaiveDate) {
    (obligation.start.unwrap_or(context.ground.campaign.start), obligation.until.unwrap_or(context.ground.campaign.end))
}

/// The due days of a recurring report within its window, as its words have them; ascending.
pub fn occurrences(context: &CampaignContext<'_>, obligation: &Obligation) -> Vec<NaiveDate> {
    let (first, last) = window(context, obligation);
    let every = obligation.every.as_ref();
    every.map(|every| every.days(first, last, context.ground.calendar)).unwrap_or_default().into_iter().map(|settled| settled.day).collect()
}

/// The days on which units have to report, zero reports left out; ascending.
pub fn unit_report_days(context: &CampaignContext<'_>) -> Vec<NaiveDate> {
    days(context, |_| true)
}

/// The days on which units sum up: one-off reports and those that recur monthly or more rarely; ascending.
pub fn summary_days(context: &CampaignContext<'_>) -> Vec<NaiveDate> {
    days(context, |frequency| matches!(frequency, Frequency::Monthly | Frequency::Yearly))
}

fn days(context: &CampaignContext<'_>, wanted: impl Fn(Frequency) -> bool) -> Vec<NaiveDate> {
    let by_units = |obligation: &&Obligation| {
        obligation.fulfilled_by != [Fulfilment::ZeroReport]
            && obligation.from.iter().any(|sender| parties::party_of_units(context, sender.word()))
    };
    let mut days = Vec::new();
    for obligation in context.ground.campaign.obligations.iter().filter(by_units) {
        days.extend(obligation.due);
        if recurrence(obligation).is_some_and(|recurrence| wanted(recurrence.frequency)) {
            days.extend(occurrences(context, obligation));
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}
