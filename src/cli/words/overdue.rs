//! What is overdue, for people: the sums, the units, and the hazards that need somebody today.

use crate::cli::words::count;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::ledger::Ledger;
use crate::results::DeadlineSource;
use crate::results::LetterStandings;
use crate::results::Overdue;
use crate::results::OverdueItem;
use crate::results::OverdueState;
use crate::results::Rates;
use crate::results::StateCounts;

/// How many hazards of one state are listed unless everything is asked for.
const LISTED: usize = 20;

/// The whole answer of `overdue`.
pub fn answer(overdue: &Overdue, ledger: &Ledger, letters: &LetterStandings, verbose: bool, width: Option<u16>) -> String {
    let mut text = format!(
        "{}\n",
        style::bold(&format!("截至 {}，共 {}{}", overdue.as_of, count::hazards(overdue.total() as usize), withdrawn(overdue.withdrawn)))
    );
    text.push_str(&format!("  {}\n", states(&overdue.by_state, overdue.late)));
    text.push_str(&format!("  {}\n", rates(&overdue.rates)));
    if overdue.items.is_empty() {
        return text;
    }
    text.push_str(&format!("\n{}\n{}", style::bold("按单位"), units(overdue, width)));
    for state in
        [OverdueState::Overdue, OverdueState::DueSoon, OverdueState::Undated, OverdueState::DeadlineUnreadable, OverdueState::StatusUnclear]
    {
        let items: Vec<&OverdueItem> = overdue.items.iter().filter(|item| item.state == state).collect();
        if !items.is_empty() {
            text.push_str(&hazards(state, items, (ledger, letters), verbose, width));
        }
    }
    if !overdue.unknown_years.is_empty() {
        let years: Vec<String> = overdue.unknown_years.iter().map(i32::to_string).collect();
        text.push_str(&format!("\n{} 年的法定节假日安排未知，跨这些年份的工作日没有计算\n", years.join("、")));
    }
    text
}

/// What stands behind the number of hazards where some were withdrawn.
pub fn withdrawn(number: u32) -> String {
    if number == 0 {
        String::new()
    } else {
        format!("（另有核实撤销 {}，不计入以下各数）", count::hazards(number as usize))
    }
}

fn states(by_state: &StateCounts, late: u32) -> String {
    let mut parts: Vec<String> =
        OverdueState::ALL.into_iter().zip(by_state).map(|(state, number)| format!("{} {number}", state.label())).collect();
    parts.push(format!("超期完成 {late}"));
    parts.join("，")
}

fn rates(rates: &Rates) -> String {
    format!("整改率 {}，按期整改率 {}，销号率 {}", rate(rates.rectified), rate(rates.rectified_in_time), rate(rates.closed_out))
}

/// One decimal; a dash where nothing is divided by nothing.
fn rate(rate: Option<f64>) -> String {
    rate.map_or_else(|| "—".to_owned(), |rate| format!("{rate:.1}%"))
}

fn units(overdue: &Overdue, width: Option<u16>) -> String {
    let mut header = vec!["单位", "合计"];
    header.extend(OverdueState::ALL.map(OverdueState::label));
    header.extend(["超期完成", "整改率"]);
    let numbers: Vec<usize> = (1..header.len()).collect();
    let mut units = table::table(&header, &numbers, width);
    for unit in &overdue.by_unit {
        let mut row = vec![escape::short(&unit.unit, 40), unit.total.to_string()];
        row.extend(unit.by_state.iter().map(u32::to_string));
        row.extend([unit.late.to_string(), rate(unit.rates.rectified)]);
        units.add_row(row);
    }
    table::text(&units)
}

fn hazards(
    state: OverdueState,
    mut items: Vec<&OverdueItem>,
    (ledger, letters): (&Ledger, &LetterStandings),
    verbose: bool,
    width: Option<u16>,
) -> String {
    // The longest overdue first, the soonest due first; the ledger's order among equals.
    items.sort_by_key(|item| std::cmp::Reverse(item.days));
    let total = items.len();
    let listed = if verbose { usize::MAX } else { LISTED };
    let shows_letters = state == OverdueState::Overdue && !letters.issued.is_empty();
    let mut titles = vec!["编号", "单位", "隐患", "等级", "期限", "期限来源", "天数", "应采取措施"];
    titles.extend(shows_letters.then_some("最近发函"));
    let mut list = table::table(&titles, &[6], width);
    for item in items.into_iter().take(listed) {
        let Some(hazard) = ledger.hazards.get(item.hazard) else { continue };
        let mut row = vec![
            escape::visible(&hazard.id),
            escape::short(&hazard.unit, 30),
            escape::short(hazard.text(crate::vocabulary::Field::Description).unwrap_or_default(), 36),
            hazard.level.value().map_or("", crate::vocabulary::Level::label).to_owned(),
            item.deadline.map_or_else(
                || escape::short(hazard.text(crate::vocabulary::Field::Deadline).unwrap_or("—"), 16),
                |deadline| deadline.to_string(),
            ),
            if item.deadline_source == DeadlineSource::None { String::new() } else { item.deadline_source.label().to_owned() },
            item.days.map_or_else(String::new, days),
            item.step.clone().unwrap_or_default(),
        ];
        let letter =
            || letters.last(hazard).map_or_else(String::new, |letter| format!("{} {}", letter.on, escape::short(&letter.step, 20)));
        row.extend(shows_letters.then(letter));
        list.add_row(row);
    }
    table::keep_whole(&mut list, &[0, 4, 6]);
    let mut text = format!("\n{}\n{}", style::bold(&format!("{}（{total}）", state.label())), table::text(&list));
    if total > listed {
        text.push_str(&style::dim(&format!("……另有 {} 条，加 -v 全部列出，或用 -o 写成表格\n", total - listed)));
    }
    text
}

fn days(days: i64) -> String {
    match days {
        0 => "今天到期".to_owned(),
        past if past > 0 => format!("逾期 {past} 天"),
        left => format!("剩 {} 天", left.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_days_in_words() {
        assert_eq!(rate(None), "—");
        assert_eq!(rate(Some(66.7)), "66.7%");
        let check = |number: i64, expected: &str| assert_eq!(days(number), expected);
        check(0, "今天到期");
        check(3, "逾期 3 天");
        check(-2, "剩 2 天");
    }
}
