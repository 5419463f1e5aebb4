//! The visit plan for people: per group whom it goes to and why, and how the draw can be checked.

use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::documents::visits::VisitsSource;
use crate::documents::visits::method;
use crate::results::visits::Candidate;
use crate::results::visits::Outcome;
use crate::results::visits::VisitGroup;
use crate::vocabulary::VisitMode;

/// How many names of units that take no part are listed unless everything is asked for.
const NAMED: usize = 10;
/// How many digits of a hash are shown; JSON has them all.
const DIGITS: usize = 12;

/// The whole answer of `visits`; with `verbose` the units that were not drawn as well.
pub fn answer(source: VisitsSource<'_>, verbose: bool, width: Option<u16>) -> String {
    let plan = source.plan;
    let mode = plan.mode.map_or("方式未定", VisitMode::label);
    let day = source.on.map_or_else(|| "日期未定".to_owned(), |on| on.to_string());
    let mut text = format!("{}\n", style::bold(&format!("检查安排（截至 {}）：{mode}，{day}", plan.as_of)));
    text.push_str(&format!("  种子 {}\n  {}\n", escape::visible(&plan.seed), escape::visible(&method(plan))));
    if !plan.is_grouped {
        text.push_str("  方案没有督查分组（groups），全部单位作一组\n");
    }
    if !plan.has_ledger {
        text.push_str("  还没有台账，未销号隐患没有统计\n");
    }
    for group in &plan.groups {
        text.push_str(&self::group(source, group, verbose, width));
    }
    if !plan.ungrouped.is_empty() {
        let listed = if verbose { usize::MAX } else { NAMED };
        let names: Vec<String> = plan
            .ungrouped
            .iter()
            .filter_map(|unit| source.roster.units.get(*unit))
            .take(listed)
            .map(|unit| escape::visible(&unit.name))
            .collect();
        let more = if plan.ungrouped.len() > names.len() { " 等" } else { "" };
        text.push_str(&format!("\n不在任何一组、没有排进的 {} 家：{}{more}\n", plan.ungrouped.len(), names.join("、")));
    }
    text
}

fn group(source: VisitsSource<'_>, group: &VisitGroup, verbose: bool, width: Option<u16>) -> String {
    let leader = group.leader.as_ref().map_or_else(String::new, |leader| format!("，带队 {}", escape::visible(leader)));
    let drawn = group.drawn().len();
    let heading = format!("{}（{} 家，检查 {drawn} 家{leader}）", escape::visible(&group.name), group.units.len());
    let mut text = format!("\n{}\n", style::bold(&heading));
    let shown: Vec<&Candidate> = group.units.iter().filter(|unit| verbose || unit.outcome == Outcome::Drawn).collect();
    if shown.is_empty() {
        text.push_str("  没有要检查的单位\n");
    } else {
        let header = ["名次", "编码", "单位", "SHA-256（前 12 位）", "结果", "未销号", "重大", "逾期", "待验收", "上次检查"];
        let mut list = table::table(&header, &[0, 5, 6, 7, 8], width);
        for unit in shown {
            list.add_row(row(source, unit));
        }
        table::keep_whole(&mut list, &[1, 3, 9]);
        text.push_str(&table::text(&list));
    }
    for (outcome, word) in [(Outcome::Visited, "已检查过，没有参加"), (Outcome::NothingToRevisit, "没有要复查的，没有参加")]
    {
        let number = group.units.iter().filter(|unit| unit.outcome == outcome).count();
        if number > 0 {
            text.push_str(&format!("  {word} {number} 家\n"));
        }
    }
    if source.plan.mode == Some(VisitMode::Revisit) {
        text.push_str(&to_revisit(source, group));
    }
    text
}

fn row(source: VisitsSource<'_>, candidate: &Candidate) -> Vec<String> {
    let unit = source.roster.units.get(candidate.unit);
    let hazards = &candidate.hazards;
    let number = |number: u32| if source.plan.has_ledger { number.to_string() } else { "—".to_owned() };
    let mut row = vec![
        candidate.rank.to_string(),
        unit.map_or_else(String::new, |unit| escape::visible(&unit.code)),
        unit.map_or_else(String::new, |unit| escape::short(&unit.name, 40)),
        candidate.hash.chars().take(DIGITS).collect(),
        candidate.outcome.label().to_owned(),
    ];
    row.extend([hazards.open, hazards.major, hazards.overdue, hazards.awaiting].map(number));
    row.push(candidate.visited_on.map_or_else(String::new, |on| on.to_string()));
    row
}

/// 甲医院：demo-H01-001、demo-H01-003
fn to_revisit(source: VisitsSource<'_>, group: &VisitGroup) -> String {
    let Some(ledger) = source.ledger else { return String::new() };
    let mut text = String::new();
    for candidate in group.drawn() {
        let ids =
            candidate.hazards.to_revisit.iter().filter_map(|index| ledger.hazards.get(*index)).map(|hazard| escape::visible(&hazard.id));
        let unit = source.roster.units.get(candidate.unit).map_or_else(String::new, |unit| escape::short(&unit.name, 40));
        text.push_str(&format!("  复查 {unit}：{}\n", ids.collect::<Vec<_>>().join("、")));
    }
    text
}
