//! The columns of registers on paper: kind, width, and what a hazard, a task, a measure and a duty say there.
//!
//! Which columns there are is for `campaign`; nothing else knows how they look.

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Fulfilment;
use crate::campaign::RegisterColumn;
use crate::campaign::duties::senders_label;
use crate::campaign::model::Milestone;
use crate::campaign::model::Obligation;
use crate::documents::sheet::Cell;
use crate::documents::sheet::ColumnKind;
use crate::documents::three_lists::entry::HazardEntry;
use crate::documents::three_lists::task_entry;
use crate::documents::three_lists::task_entry::TaskEntry;
use crate::results::TaskStanding;
use crate::vocabulary::Field;

/// Kind, narrowest width and share of the room left over.
pub fn look(column: RegisterColumn) -> (ColumnKind, u16, u16) {
    match column {
        RegisterColumn::Sequence => (ColumnKind::Number, 4, 0),
        RegisterColumn::Field(field) => look_of_field(field),
        RegisterColumn::Number => (ColumnKind::Code, 12, 0),
        RegisterColumn::Name => (ColumnKind::Prose, 16, 4),
        RegisterColumn::Measures | RegisterColumn::Milestones | RegisterColumn::Measure => (ColumnKind::Prose, 20, 5),
        RegisterColumn::Lead | RegisterColumn::From | RegisterColumn::To => (ColumnKind::Word, 10, 1),
        RegisterColumn::Supporting => (ColumnKind::Word, 12, 2),
        RegisterColumn::Via | RegisterColumn::FulfilledBy => (ColumnKind::Word, 10, 1),
        RegisterColumn::Due => (ColumnKind::Word, 12, 1),
        RegisterColumn::Situation => (ColumnKind::Word, 11, 0),
        RegisterColumn::Days => (ColumnKind::Number, 8, 0),
        RegisterColumn::Step => (ColumnKind::Word, 10, 1),
        RegisterColumn::Next | RegisterColumn::DoneOn => (ColumnKind::Date, 10, 0),
        RegisterColumn::Status => (ColumnKind::Word, 6, 0),
        RegisterColumn::Progress | RegisterColumn::Basis => (ColumnKind::Prose, 12, 2),
        RegisterColumn::Remark => (ColumnKind::Prose, 8, 1),
    }
}

fn look_of_field(field: Field) -> (ColumnKind, u16, u16) {
    match field {
        Field::Id | Field::MergedInto => (ColumnKind::Code, 12, 0),
        Field::Unit => (ColumnKind::Word, 10, 2),
        Field::Description | Field::Measure => (ColumnKind::Prose, 20, 5),
        Field::Basis | Field::Progress | Field::InterimControl | Field::Origin => (ColumnKind::Prose, 10, 2),
        Field::Remark | Field::Plan => (ColumnKind::Prose, 8, 1),
        Field::Level | Field::Supervision => (ColumnKind::Word, 4, 0),
        Field::Status | Field::Source => (ColumnKind::Word, 6, 0),
        Field::FoundOn | Field::ExtendedTo | Field::RectifiedOn | Field::VerifiedOn | Field::ClosedOutOn | Field::SubmittedOn => {
            (ColumnKind::Date, 10, 0)
        }
        Field::Deadline => (ColumnKind::Word, 12, 0),
        Field::Phone => (ColumnKind::Code, 13, 0),
        Field::Funds => (ColumnKind::Number, 6, 0),
        Field::Category
        | Field::Location
        | Field::FoundBy
        | Field::Leader
        | Field::Department
        | Field::Responsible
        | Field::Guard
        | Field::VerifiedBy => (ColumnKind::Word, 8, 1),
    }
}

/// What a hazard says.
pub fn of_hazard<'a>(column: RegisterColumn, entry: &HazardEntry<'a>) -> Cell<'a> {
    match column {
        RegisterColumn::Field(Field::Unit) => Cell::text(Some(&entry.hazard.unit)),
        RegisterColumn::Field(Field::Id) => Cell::text(Some(&entry.hazard.id)),
        RegisterColumn::Field(Field::Status) => entry.status(),
        RegisterColumn::Field(Field::Deadline) => entry.deadline(),
        RegisterColumn::Field(Field::Funds) => entry.funds(),
        RegisterColumn::Field(
            field @ (Field::FoundOn | Field::ExtendedTo | Field::RectifiedOn | Field::VerifiedOn | Field::ClosedOutOn | Field::SubmittedOn),
        ) => {
            // An extension lies ahead and is no event.
            if field == Field::ExtendedTo { entry.text(field) } else { entry.event(field) }
        }
        RegisterColumn::Field(field) => entry.text(field),
        RegisterColumn::Situation => entry.situation(),
        RegisterColumn::Days => entry.item.days.map_or(Cell::Empty, Cell::Integer),
        RegisterColumn::Step => Cell::text(entry.item.step.as_deref()),
        _ => Cell::Empty,
    }
}

/// What a task says.
pub fn of_task<'a>(column: RegisterColumn, entry: &TaskEntry<'a>, campaign: &'a Campaign) -> Cell<'a> {
    match column {
        RegisterColumn::Measures => entry.plain_measures(),
        RegisterColumn::Milestones => entry.milestones(),
        RegisterColumn::Situation => entry.situation(),
        RegisterColumn::Due => entry.due(),
        _ => of_part(column, entry, &entry.listed.standing, campaign),
    }
}

/// What one measure of a task says; it is as far as the task.
pub fn of_measure<'a>(column: RegisterColumn, entry: &TaskEntry<'a>, measure: &'a str, campaign: &'a Campaign) -> Cell<'a> {
    match column {
        RegisterColumn::Measure => Cell::text(Some(measure)),
        // The steps of the task have rows of their own and speak for themselves.
        RegisterColumn::Situation => task_entry::situation(&entry.listed.standing, ""),
        _ => of_task(column, entry, campaign),
    }
}

/// What one dated step of a task says.
pub fn of_step<'a>(
    column: RegisterColumn,
    entry: &TaskEntry<'a>,
    step: &'a Milestone,
    standing: &'a TaskStanding,
    campaign: &'a Campaign,
) -> Cell<'a> {
    match column {
        RegisterColumn::Measure => Cell::text(Some(&step.name)),
        RegisterColumn::Due => standing.due.map_or(Cell::text(step.text.as_deref()), Cell::Date),
        RegisterColumn::Situation => task_entry::situation(standing, ""),
        _ => of_part(column, entry, standing, campaign),
    }
}

/// What is said in the same way of a task and of its parts.
fn of_part<'a>(column: RegisterColumn, entry: &TaskEntry<'a>, standing: &'a TaskStanding, campaign: &'a Campaign) -> Cell<'a> {
    match column {
        RegisterColumn::Number => Cell::text(Some(&entry.listed.id)),
        RegisterColumn::Name => Cell::text(Some(&entry.task.name)),
        RegisterColumn::Lead => entry.lead(),
        RegisterColumn::Supporting => entry.supporting(),
        RegisterColumn::Status => task_entry::status(standing),
        RegisterColumn::DoneOn => task_entry::done_on(standing),
        RegisterColumn::Days => standing.days.map_or(Cell::Empty, Cell::Integer),
        RegisterColumn::Progress => entry.cover.cell(&standing.progress, false),
        RegisterColumn::Remark => entry.cover.cell(&standing.remark, false),
        RegisterColumn::Basis => basis(campaign),
        _ => Cell::Empty,
    }
}

/// What a duty says.
pub fn of_duty<'a>(column: RegisterColumn, duty: &'a Obligation, next: Option<NaiveDate>, campaign: &'a Campaign) -> Cell<'a> {
    match column {
        RegisterColumn::Number => Cell::text(Some(&duty.id)),
        RegisterColumn::Name => Cell::text(Some(&duty.name)),
        RegisterColumn::From => Cell::owned(senders_label(&duty.from)),
        RegisterColumn::To => Cell::text(duty.to.as_deref()),
        RegisterColumn::Via => Cell::text(duty.via.as_deref()),
        RegisterColumn::Due => due_words(duty),
        RegisterColumn::Next => Cell::date(next),
        RegisterColumn::FulfilledBy => Cell::owned(duty.fulfilled_by.iter().map(Fulfilment::label).collect::<Vec<_>>().join("、")),
        RegisterColumn::Basis => basis(campaign),
        _ => Cell::Empty,
    }
}

/// By when, in the plan's words; a time of day that they do not hold is added.
fn due_words(duty: &Obligation) -> Cell<'_> {
    let time = duty.time.map(|time| time.format("%H:%M").to_string());
    let with_time = |words: String| match &time {
        Some(time) if !words.contains(time.as_str()) => format!("{words} {time}前"),
        _ => words,
    };
    match (&duty.due, &duty.every, &duty.when) {
        (Some(due), ..) if time.is_none() => Cell::Date(*due),
        (Some(due), ..) => Cell::owned(with_time(due.to_string())),
        (None, Some(every), _) => Cell::owned(with_time(every.shown())),
        (None, None, when) => match &duty.pending {
            Some(pending) => Cell::owned(pending.shown()),
            None => Cell::text(when.as_deref()),
        },
    }
}

/// The plan by its title and number.
fn basis(campaign: &Campaign) -> Cell<'_> {
    Cell::owned(format!("《{}》{}", campaign.title, campaign.document.as_deref().unwrap_or_default()))
}
