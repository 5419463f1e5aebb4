//! Reads what the campaign looks at and who does it: categories, tasks, offices, groups.
//!
//! References between them are not followed here; rules check them.

use chrono::NaiveDate;

use crate::campaign::events::Pending;
use crate::campaign::model::Category;
use crate::campaign::model::ChecklistItem;
use crate::campaign::model::Group;
use crate::campaign::model::Milestone;
use crate::campaign::model::Office;
use crate::campaign::model::Task;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::plan_date::PlanDate;
use crate::campaign::problems::Problems;
use crate::campaign::schedule;
use crate::campaign::view::View;
use crate::vocabulary::Level;

/// The checklist categories, in printing order.
pub fn categories(view: &View<'_>) -> Vec<Category> {
    let category = |part: View<'_>| {
        Some(Category {
            id: part.code("id")?,
            name: part.text("name")?,
            synonyms: part.texts("synonyms"),
            kinds: part.texts("kinds"),
            items: part.parts("items").into_iter().filter_map(item).collect(),
            line: part.line(),
        })
    };
    view.parts("categories").into_iter().filter_map(category).collect()
}

fn item(part: View<'_>) -> Option<ChecklistItem> {
    let level = match part.text("level").as_deref() {
        Some("general") => Some(Level::General),
        Some("major") => Some(Level::Major),
        _ => None,
    };
    Some(ChecklistItem { text: part.text_or_short("text")?, level, basis: part.text("basis") })
}

/// The plan's own tasks.
pub fn tasks(view: &View<'_>, anchors: &Anchors<'_>, problems: &mut Problems) -> Vec<Task> {
    let mut tasks = Vec::new();
    for part in view.parts("tasks") {
        let (due, pending) = settled(part.moment("due", Edge::End, anchors, problems));
        let milestones = milestones(&part, anchors, problems);
        let every = schedule::recurring_work(&part, problems);
        let (Some(id), Some(name)) = (part.code("id"), part.text("name")) else { continue };
        tasks.push(Task {
            id,
            name,
            lead: Some(part.texts("lead").join("、")).filter(|lead| !lead.is_empty()),
            supporting: part.texts("supporting"),
            due,
            pending,
            due_text: part.text("due"),
            every,
            milestones,
            measures: part.texts("measures"),
            line: part.line(),
        });
    }
    tasks
}

/// The last day, or the event that it waits for.
pub fn settled(moment: Result<PlanDate, Option<Pending>>) -> (Option<NaiveDate>, Option<Pending>) {
    match moment {
        Ok(date) => (date.end, None),
        Err(pending) => (None, pending),
    }
}

fn milestones(task: &View<'_>, anchors: &Anchors<'_>, problems: &mut Problems) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for part in task.parts("milestones") {
        let start = part.date("start", Edge::Start, anchors, problems);
        let due = part.date("due", Edge::End, anchors, problems);
        let text = part.text("due").or_else(|| part.text("start"));
        milestones.extend(part.text("name").map(|name| Milestone { name, start, due, text }));
    }
    milestones
}

/// The directory of offices.
pub fn offices(view: &View<'_>) -> Vec<Office> {
    let office = |part: View<'_>| Some(Office { name: part.text_or_short("name")?, synonyms: part.texts("synonyms") });
    view.parts("offices").into_iter().filter_map(office).collect()
}

/// The inspection groups.
pub fn groups(view: &View<'_>) -> Vec<Group> {
    let group = |part: View<'_>| Some(Group { name: part.text("name")?, leader: part.text("leader"), units: part.texts("units") });
    view.parts("groups").into_iter().filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    #[test]
    fn tasks_have_steps_and_frequencies() {
        let text = "campaign: demo\ntitle: 示例\nissuer: 某县卫健委\nperiod: {start: 2021-01-01, end: 2021-12-31}\nunits: units.csv\n\
                    universal: 各社区\ntasks:\n  - id: a\n    name: 项目建设\n    every: 每两个月\n    milestones:\n\
                    \x20     - {name: 开工, start: 2021年7月}\n      - {name: 建成, due: 2021年11月底前}\n";
        let reading = read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: text.as_bytes().to_vec() });
        assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
        let campaign = reading.campaign.expect("a campaign");
        let task = &campaign.tasks[0];
        let days: Vec<_> = task.milestones.iter().map(|step| (step.start, step.due, step.text.as_deref())).collect();
        let day = |text: &str| text.parse().ok();
        assert_eq!(days, [(day("2021-07-01"), None, Some("2021年7月")), (None, day("2021-11-30"), Some("2021年11月底前"))]);
        assert_eq!(
            (task.every.as_ref().map(|every| every.words.as_str()), campaign.universal.as_slice()),
            (Some("每两个月"), &["各社区".to_owned()][..])
        );
    }
}
