//! The plan's own tasks below the overdue hazards, for people: how many are done, and which need somebody.

use crate::campaign::Campaign;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::results::TaskStanding;
use crate::results::TaskStandings;
use crate::results::TaskState;
use crate::vocabulary::TaskStatus;

/// How many tasks of one state are listed unless everything is asked for.
const LISTED: usize = 10;

/// The part about tasks; empty for a campaign without any.
pub fn answer(campaign: &Campaign, tasks: &TaskStandings, verbose: bool, width: Option<u16>) -> String {
    if tasks.items.is_empty() {
        return String::new();
    }
    let number = |state: TaskState| tasks.items.iter().filter(|item| item.state == state).count();
    let states: Vec<String> = TaskState::ALL.into_iter().map(|state| format!("{} {}", state.label(), number(state))).collect();
    let steps = tasks.items.len() - tasks.whole_tasks().count();
    let with_steps = if steps > 0 { format!("、节点 {steps} 个") } else { String::new() };
    let title = format!("方案任务 {} 项{with_steps}", tasks.items.len() - steps);
    let mut text = format!("\n{}\n  {}\n", style::bold(&title), states.join("，"));
    for state in [TaskState::Overdue, TaskState::DueSoon] {
        let items: Vec<&TaskStanding> = tasks.items.iter().filter(|item| item.state == state).collect();
        if !items.is_empty() {
            text.push_str(&listed(campaign, state, items, verbose, width));
        }
    }
    if tasks.items.iter().any(TaskStanding::is_question) {
        text.push_str("状态空着的没有人报过：核实后写进 tasks.csv（列：任务,节点,状态,完成日期,进展,备注）\n");
    }
    text
}

fn listed(campaign: &Campaign, state: TaskState, mut items: Vec<&TaskStanding>, verbose: bool, width: Option<u16>) -> String {
    items.sort_by_key(|item| std::cmp::Reverse(item.days));
    let total = items.len();
    let most = if verbose { usize::MAX } else { LISTED };
    let mut list = table::table(&["任务", "节点", "牵头部门", "期限", "状态", "天数"], &[5], width);
    for item in items.into_iter().take(most) {
        let Some(task) = campaign.tasks.get(item.task) else { continue };
        let step = item.milestone.and_then(|step| task.milestones.get(step));
        list.add_row(vec![
            escape::short(&task.name, 40),
            step.map_or_else(String::new, |step| escape::short(&step.name, 30)),
            task.lead.as_deref().map_or_else(String::new, |lead| escape::short(lead, 20)),
            item.due.map_or_else(String::new, |due| due.to_string()),
            item.status.map_or("", TaskStatus::label).to_owned(),
            match item.days {
                Some(days) if days > 0 => format!("过了 {days} 天"),
                Some(0) => "今天到期".to_owned(),
                Some(days) => format!("剩 {} 天", -days),
                None => String::new(),
            },
        ]);
    }
    table::keep_whole(&mut list, &[3, 4, 5]);
    let mut text = format!("\n{}\n{}", style::bold(&format!("方案任务{}（{total}）", state.label())), table::text(&list));
    if total > most {
        text.push_str(&style::dim(&format!("……另有 {} 项，加 -v 全部列出，或用 -o 写成表格\n", total - most)));
    }
    text
}
