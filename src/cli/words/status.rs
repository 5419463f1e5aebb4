//! The campaign on one screen: period and phase, hazards and rates, units nobody has heard of, what comes next.
//!
//! Says of every share what it is a share of, and never calls a unit missing that may have reported none.

use chrono::NaiveDate;

use crate::cli::words;
use crate::cli::words::calendar::time;
use crate::cli::words::calendar::waiting;
use crate::cli::words::count;
use crate::cli::words::escape;
use crate::cli::words::overdue::withdrawn;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::desk::standing::Standing;
use crate::documents::calendar::day_mark;
use crate::documents::calendar::responsible;
use crate::documents::calendar::subject;
use crate::documents::calendar::weekday;
use crate::results::OverdueState;
use crate::results::overview::LedgerFigures;
use crate::results::overview::Share;

/// How many units and tasks are named unless everything is asked for.
const NAMED: usize = 5;

/// The whole screen.
pub fn screen(standing: &Standing<'_>, verbose: bool, width: Option<u16>) -> String {
    let campaign = &standing.desk.campaign;
    let as_of = standing.overview.as_of;
    let mut text = format!("{}\n", style::bold(&escape::visible(&campaign.title)));
    text.push_str(&format!("  {as_of} {}，{}\n", weekday(as_of), period(campaign.start, campaign.end, as_of)));
    for running in &standing.overview.phases {
        let Some(phase) = campaign.phases.get(running.phase) else { continue };
        let inferred = if running.inferred { "，起止没有写全，按前后阶段推定" } else { "" };
        let name = escape::visible(&phase.name);
        text.push_str(&format!("  正在：{name}（{} 至 {}，{}{inferred}）\n", running.start, running.end, left(running.days_left)));
    }
    if standing.overview.phases.is_empty() && !campaign.phases.is_empty() {
        text.push_str("  这一天不在任何阶段内\n");
    }
    hazards(standing, verbose, &mut text);
    deadlines(standing, width, &mut text);
    tasks(standing, verbose, &mut text);
    text.push_str(&format!("\n{}\n", style::bold("现在该做")));
    for (command, why) in next_steps(standing) {
        text.push_str(&format!("  {command}  {}\n", style::dim(why)));
    }
    text
}

/// Where the day lies in the campaign.
fn period(start: NaiveDate, end: NaiveDate, as_of: NaiveDate) -> String {
    let days = |from: NaiveDate, until: NaiveDate| (until - from).num_days();
    if as_of < start {
        return format!("专项 {start} 开始，还有 {} 天", days(as_of, start));
    }
    if as_of > end {
        return format!("专项已于 {end} 结束，过了 {} 天", days(end, as_of));
    }
    format!("专项第 {} 天，共 {} 天，{end} 结束", days(start, as_of) + 1, days(start, end) + 1)
}

fn left(days: i64) -> String {
    if days == 0 { "今天截止".to_owned() } else { format!("还剩 {days} 天") }
}

fn hazards(standing: &Standing<'_>, verbose: bool, text: &mut String) {
    text.push_str(&format!("\n{}\n", style::bold("隐患")));
    let Some((path, figures)) = &standing.ledger else {
        let inbox = match standing.inbox_files {
            0 => "inbox/ 里也没有报送文件".to_owned(),
            number => format!("inbox/ 里有 {}等待合并", count::files(number)),
        };
        text.push_str(&format!("  还没有台账，{inbox}\n"));
        return;
    };
    let path = escape::visible(path);
    text.push_str(&format!(
        "  台账 {path} 共 {}{}：{}\n",
        count::hazards(figures.hazards as usize),
        withdrawn(figures.withdrawn),
        states(figures)
    ));
    text.push_str(&format!("  重大隐患 {} 条，未整改 {} 条；超期完成 {} 条\n", figures.major, figures.major_open, figures.late));
    text.push_str(&format!(
        "  整改率 {}，按期整改率 {}，销号率 {}\n",
        share(figures.rectified),
        share(figures.rectified_in_time),
        share(figures.closed_out)
    ));
    silent(standing, figures, verbose, text);
    letters(standing, text);
    if !standing.unknown_years.is_empty() {
        let years: Vec<String> = standing.unknown_years.iter().map(i32::to_string).collect();
        text.push_str(&format!("  {} 年的放假安排未公布，跨这些年份的工作日没有计算，临期和督办步骤为暂定\n", years.join("、")));
    }
}

/// Letters of the escalation ladder, where there are any.
fn letters(standing: &Standing<'_>, text: &mut String) {
    let letters = &standing.letters;
    let issued = letters.issued.last().map(|last| format!("已发 {} 份，最近 {}", letters.issued.len(), last.on));
    let due = (!letters.due.is_empty())
        .then(|| format!("该发 {} 份（{}）", letters.due.len(), words::letters::by_step(letters, &standing.desk.campaign)));
    let parts: Vec<String> = due.into_iter().chain(issued).collect();
    if !parts.is_empty() {
        text.push_str(&format!("  督办函：{}\n", parts.join("；")));
    }
}

fn states(figures: &LedgerFigures) -> String {
    let one = |(state, number): (&OverdueState, u32)| {
        let words = format!("{} {number}", state.label());
        if *state == OverdueState::Overdue && number > 0 { style::error(&words) } else { words }
    };
    OverdueState::ALL.iter().zip(figures.by_state).map(one).collect::<Vec<_>>().join("，")
}

/// `66.7%（2/3）`; a dash where nothing is divided by nothing.
fn share(share: Share) -> String {
    let rate = share.per_cent().map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"));
    format!("{rate}（{}/{}）", share.part, share.whole)
}

fn silent(standing: &Standing<'_>, figures: &LedgerFigures, verbose: bool, text: &mut String) {
    let units = &standing.desk.roster.units;
    if figures.silent_units.is_empty() {
        text.push_str(&format!("  名册上的 {} 家单位在台账中都有隐患\n", units.len()));
        return;
    }
    let named = if verbose { usize::MAX } else { NAMED };
    let names: Vec<String> =
        figures.silent_units.iter().filter_map(|index| units.get(*index)).take(named).map(|unit| escape::short(&unit.name, 30)).collect();
    let more = if figures.silent_units.len() > names.len() { "等" } else { "" };
    text.push_str(&format!(
        "  名册上 {} 家单位中，{} 家在台账中没有一条隐患（没报，或报的是零报告）：{}{more}\n",
        units.len(),
        figures.silent_units.len(),
        names.join("、")
    ));
}

fn deadlines(standing: &Standing<'_>, width: Option<u16>, text: &mut String) {
    text.push_str(&format!("\n{}\n", style::bold("接下来")));
    let overview = &standing.overview;
    if overview.next.is_empty() {
        text.push_str("  方案没有之后的日期\n");
        return;
    }
    let mut list = table::table(&["日期", "星期", "班休", "时间", "类型", "事项", "责任单位", "还有"], &[7], width);
    for entry in &overview.next {
        let days = (entry.date - overview.as_of).num_days();
        list.add_row(vec![
            entry.date.to_string(),
            weekday(entry.date).to_owned(),
            day_mark(entry.workday, entry.provisional),
            time(entry),
            entry.kind.label().to_owned(),
            escape::short(&subject(entry), 50),
            escape::short(&responsible(&standing.desk.campaign, entry), 30),
            if days == 0 { "今天".to_owned() } else { format!("{days} 天") },
        ]);
    }
    table::keep_whole(&mut list, &[0, 1, 2, 3, 4, 7]);
    text.push_str(&table::text(&list));
    text.push_str(&waiting(&standing.desk.campaign));
}

fn tasks(standing: &Standing<'_>, verbose: bool, text: &mut String) {
    let figures = standing.overview.tasks;
    if figures.total + figures.recurring == 0 {
        return;
    }
    let past = &standing.overview.tasks_past;
    let questions = past.iter().filter(|item| item.is_question()).count();
    let recurring = if figures.recurring > 0 { format!("，另有 {} 项周期性工作", figures.recurring) } else { String::new() };
    text.push_str(&format!("\n{}\n", style::bold(&format!("方案任务 {} 项，已完成 {} 项{recurring}", figures.total, figures.done))));
    if past.is_empty() {
        return;
    }
    let asked = if questions > 0 { format!("（{questions} 项没有登记，请核实后写进 tasks.csv）") } else { String::new() };
    text.push_str(&format!("  期限已过还没有完成 {} 项{asked}：\n", past.len()));
    let named = if verbose { usize::MAX } else { NAMED };
    for item in past.iter().take(named) {
        let Some(plan) = standing.desk.campaign.tasks.get(item.task) else { continue };
        let step = item.milestone.and_then(|step| plan.milestones.get(step));
        let step = step.map_or_else(String::new, |step| format!(" › {}", escape::short(&step.name, 40)));
        let due = item.due.map_or_else(String::new, |due| due.to_string());
        let lead = plan.lead.as_deref().map_or_else(String::new, |lead| format!("（{}）", escape::short(lead, 30)));
        let days = item.days.unwrap_or(0);
        text.push_str(&format!("  {due} {}{step}{lead}，过了 {days} 天\n", escape::short(&plan.name, 50)));
    }
    if past.len() > named {
        text.push_str(&style::dim(&format!("  ……另有 {} 项，加 -v 全部列出\n", past.len() - named)));
    }
}

/// One to four commands, the most pressing first.
pub fn next_steps(standing: &Standing<'_>) -> Vec<(&'static str, &'static str)> {
    let Some((_, figures)) = &standing.ledger else {
        return match standing.inbox_files {
            0 => vec![("qingdan merge", "先把各单位报来的表格放进 inbox/，再合并成台账")],
            _ => vec![("qingdan validate", "先看报来的文件有哪些问题"), ("qingdan merge", "合并成台账")],
        };
    };
    let overdue = OverdueState::ALL.iter().zip(figures.by_state).any(|(state, number)| *state == OverdueState::Overdue && number > 0);
    let mut steps = Vec::new();
    if overdue {
        steps.push(("qingdan overdue -o out/逾期.xlsx", "逾期的逐条督办"));
    }
    if !standing.letters.due.is_empty() {
        steps.push(("qingdan notice", "到了督办步骤的发函"));
    }
    steps.push(("qingdan merge", "收到新的报送后合并"));
    steps.push(("qingdan lists -o out/三清单.xlsx", "出三清单"));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_within_the_campaign() {
        let day = |text: &str| text.parse().expect("a day");
        let check = |as_of: &str, expected: &str| assert_eq!(period(day("2023-05-20"), day("2023-12-31"), day(as_of)), expected);
        check("2023-05-19", "专项 2023-05-20 开始，还有 1 天");
        check("2023-05-20", "专项第 1 天，共 226 天，2023-12-31 结束");
        check("2023-12-31", "专项第 226 天，共 226 天，2023-12-31 结束");
        check("2024-01-02", "专项已于 2023-12-31 结束，过了 2 天");
        assert_eq!(share(Share { part: 2, whole: 3 }), "66.7%（2/3）");
        assert_eq!(share(Share { part: 0, whole: 0 }), "—（0/0）");
        assert_eq!((left(0), left(3)), ("今天截止".to_owned(), "还剩 3 天".to_owned()));
    }
}
