//! 方案任务: the plan's own tasks and their dated steps beside the overdue hazards, grouped by where they stand.
//!
//! The groups are checked against the tasks themselves. Knows nothing of hazards.

use crate::campaign::Campaign;
use crate::documents::imbalance::Imbalance;
use crate::documents::personal::Cover;
use crate::documents::sheet::Body;
use crate::documents::sheet::Cell;
use crate::documents::sheet::Column;
use crate::documents::sheet::ColumnKind;
use crate::documents::sheet::Look;
use crate::documents::sheet::Official;
use crate::documents::sheet::Row;
use crate::documents::sheet::Sheet;
use crate::documents::three_lists::task_entry;
use crate::results::TaskStanding;
use crate::results::TaskStandings;
use crate::results::TaskState;

/// Name of the sheet.
pub const TASK_SHEET: &str = "方案任务";

/// The sheet; `None` for a campaign without tasks.
pub fn task_sheet<'a>(campaign: &'a Campaign, tasks: &'a TaskStandings, cover: Cover) -> Result<Option<Sheet<'a>>, Imbalance> {
    if tasks.items.is_empty() {
        return Ok(None);
    }
    let columns = vec![
        Column::new("序号", ColumnKind::Number, 4),
        Column::new("情形", ColumnKind::Word, 8),
        Column::new("编号", ColumnKind::Code, 12),
        Column::new("任务", ColumnKind::Prose, 20).growing(4),
        Column::new("节点", ColumnKind::Prose, 14).growing(3),
        Column::new("牵头部门", ColumnKind::Word, 10).growing(1),
        Column::new("完成时限", ColumnKind::Word, 10),
        Column::new("状态", ColumnKind::Word, 6),
        Column::new("完成日期", ColumnKind::Date, 10),
        Column::new("逾期（－剩余）天数", ColumnKind::Number, 8),
        Column::new("进展", ColumnKind::Prose, 10).growing(2),
    ];
    let mut rows = Vec::new();
    let mut number = 0;
    for state in TaskState::ALL {
        let mut items: Vec<&TaskStanding> = tasks.items.iter().filter(|item| item.state == state).collect();
        if items.is_empty() {
            continue;
        }
        // The longest overdue first, the soonest due first; the plan's order among equals.
        items.sort_by_key(|item| std::cmp::Reverse(item.days));
        rows.push(Row::group(format!("{}（{}项）", state.label(), items.len())));
        for item in items {
            number += 1;
            rows.push(row(campaign, item, number, cover));
        }
    }
    if number as usize != tasks.items.len() {
        return Err(Imbalance::Total { what: TASK_SHEET.to_owned(), total: tasks.items.len() as u64, sum: number as u64 });
    }
    let mut notes = vec!["注：▲为逾期，△为临期，到期当天不算逾期；天数为负的是剩余天数。周期性任务列下一次的日期。".to_owned()];
    if tasks.items.iter().any(TaskStanding::is_question) {
        notes.push("状态空着的没有登记（tasks.csv），期限已过的请核实是否完成。".to_owned());
    }
    let look = Look::Official(Box::new(Official {
        attachment: None,
        title: format!("{}方案任务完成情况", campaign.title),
        left: format!("填报单位（章）：{}", campaign.issuer),
        right: format!("截至日期：{}", tasks.as_of.format("%Y年%-m月%-d日")),
        notes,
        signature: campaign.lists.footer.clone(),
        dense: false,
    }));
    Ok(Some(Sheet { name: TASK_SHEET.to_owned(), hidden: false, look, columns, body: Body::Rows(rows) }))
}

fn row<'a>(campaign: &'a Campaign, item: &'a TaskStanding, number: i64, cover: Cover) -> Row<'a> {
    let Some(task) = campaign.tasks.get(item.task) else { return Row::default() };
    let step = item.milestone.and_then(|step| task.milestones.get(step));
    let sign = match item.state {
        TaskState::Overdue if !item.is_question() => "▲",
        TaskState::DueSoon => "△",
        _ => "",
    };
    let words =
        step.map_or(task.due_text.as_deref().or(task.every.as_ref().map(|every| every.words.as_str())), |step| step.text.as_deref());
    let mut row = Row::entry(vec![
        Cell::Integer(number),
        Cell::owned(format!("{sign}{}", item.state.label())),
        Cell::owned(campaign.task_number(item.task)),
        Cell::text(Some(&task.name)),
        Cell::text(step.map(|step| step.name.as_str())),
        Cell::text(task.lead.as_deref()),
        item.due.map_or(Cell::text(words), Cell::Date),
        task_entry::status(item),
        task_entry::done_on(item),
        item.days.map_or(Cell::Empty, Cell::Integer),
        cover.cell(&item.progress, false),
    ]);
    row.mark = task_entry::mark(item);
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::Roster;
    use crate::registers::LoggedTask;
    use crate::results::task_standings;
    use crate::results::three_lists::sample;
    use crate::vocabulary::TaskStatus;

    #[test]
    fn every_task_stands_once_under_its_state() {
        // Due on 30 June, 29 August and 28 October.
        let campaign = sample::campaign(3);
        let row = |task, status, day: Option<u32>| LoggedTask {
            task,
            milestone: None,
            status,
            done_on: day.map(|day| sample::day(8, day)),
            progress: "联系李四13800001002".to_owned(),
            remark: String::new(),
            row: 2,
        };
        let log = [row(0, TaskStatus::InProgress, None), row(2, TaskStatus::Done, Some(1))];
        let standings = task_standings(&log, Ground::new(&campaign, &Roster::default(), sample::day(8, 25)));
        let sheet = task_sheet(&campaign, &standings, Cover::PUBLIC).expect("the groups add up").expect("there are tasks");
        let mut lines = Vec::new();
        let visited: Result<(), ()> = sheet.body.each(|_, row| {
            lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
            Ok(())
        });
        assert_eq!(visited, Ok(()));
        let expected = [
            "逾期（1项）",
            "1|▲逾期|demo-T01|医疗机构消防设施专项整治（第1项）||卫健办|2023-06-30|进行中||56|联系李四138****1002",
            "临期（1项）",
            "2|△临期|demo-T02|医疗机构消防设施专项整治（第2项）||卫健办|2023-08-29|||-4|",
            "已完成（1项）",
            "3|已完成|demo-T03|医疗机构消防设施专项整治（第3项）||卫健办|2023-10-28|已完成|2023-08-01|-88|联系李四138****1002",
        ];
        assert_eq!(lines, expected);
        let none = sample::campaign(0);
        assert!(task_sheet(&none, &sample::tasks(&none, sample::day(8, 25)), Cover::PUBLIC).is_ok_and(|sheet| sheet.is_none()));
    }
}
