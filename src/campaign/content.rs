//! Reads what the campaign looks at and who does it: categories, tasks, offices, groups.
//!
//! References between them are not followed here; rules check them.

use crate::campaign::model::Category;
use crate::campaign::model::ChecklistItem;
use crate::campaign::model::Group;
use crate::campaign::model::Office;
use crate::campaign::model::Task;
use crate::campaign::plan_date::Anchors;
use crate::campaign::plan_date::Edge;
use crate::campaign::problems::Problems;
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
pub fn tasks(view: &View<'_>, anchors: &Anchors, problems: &mut Problems) -> Vec<Task> {
    let mut tasks = Vec::new();
    for part in view.parts("tasks") {
        let due = part.date("due", Edge::End, anchors, problems);
        let (Some(id), Some(name)) = (part.code("id"), part.text("name")) else { continue };
        tasks.push(Task {
            id,
            name,
            lead: part.text("lead"),
            supporting: part.texts("supporting"),
            due,
            due_text: part.text("due"),
            measures: part.texts("measures"),
            line: part.line(),
        });
    }
    tasks
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
