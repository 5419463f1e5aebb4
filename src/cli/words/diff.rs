//! What changed between two ledgers, for people: the sums, the units, then what needs an answer before what does not.
//!
//! Every kind is marked by a word; colour only repeats it.

use crate::cli::words::count;
use crate::cli::words::escape;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::documents::difference::why_gone;
use crate::ledger::Hazard;
use crate::results::Difference;
use crate::results::OverdueState;
use crate::results::difference::ChangeKind;
use crate::results::difference::ChangedHazard;
use crate::results::difference::FieldChange;
use crate::vocabulary::Field;
use crate::vocabulary::Level;

/// How many hazards of one kind are listed unless everything is asked for.
const LISTED: usize = 20;
/// How many units are listed.
const UNITS: usize = 10;
/// Columns of the terminal for a text, and for each of two values, when they are shortened.
const TEXT_WIDTH: usize = 36;
const VALUE_WIDTH: usize = 40;

/// How much is shown.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Nothing is shortened, and 来源 and 最近报送 are shown too.
    pub verbose: bool,
    pub width: Option<u16>,
}

impl Extent {
    /// A text, shortened only for a terminal.
    fn text(self, text: &str, width: usize) -> String {
        if self.verbose || self.width.is_none() { escape::visible(text) } else { escape::short(text, width) }
    }

    fn listed(self, number: usize) -> usize {
        if self.verbose { usize::MAX } else { number }
    }
}

/// The whole answer of `diff`.
pub fn answer(difference: &Difference<'_>, [old, new]: [&str; 2], extent: Extent) -> String {
    let counts = &difference.counts;
    let [old, new] = [old, new].map(escape::visible);
    let head = format!("{old} {} → {new} {}", count::hazards(counts.old as usize), count::hazards(counts.new as usize));
    let mut text = format!("{}\n", style::bold(&head));
    if difference.is_empty() {
        text.push_str(&format!("  {}\n", style::good("没有变化")));
    } else {
        text.push_str(&format!(
            "  新增 {}，消失 {}，变更 {}，未变 {}；倒退 {}{}\n",
            counts.added,
            counts.removed,
            counts.changed,
            counts.unchanged,
            if counts.backwards > 0 { style::error(&counts.backwards.to_string()) } else { "0".to_owned() },
            emptied(difference)
        ));
        text.push_str(&format!(
            "  新整改 {}，新销号 {}，新撤销 {}，批准延期 {}\n",
            counts.rectified, counts.closed_out, counts.withdrawn, counts.extended
        ));
    }
    if counts.newly_overdue > 0 {
        text.push_str(&format!(
            "  新逾期 {}：到 {} 逾期，旧台账在 {} 还没有\n",
            counts.newly_overdue, difference.as_of, difference.old_as_of
        ));
    }
    if !difference.derived.is_empty() {
        let hint = if extent.verbose { "" } else { "，加 -v 列出" };
        let line = format!("  另有 {} 条的“来源”或“最近报送”不同，不算变更{hint}\n", difference.derived.len());
        text.push_str(&style::dim(&line));
    }
    text.push_str(&units(difference, extent));
    text.push_str(&removed(difference, extent));
    let (backwards, others): (Vec<&ChangedHazard<'_>>, Vec<_>) = difference.changed.iter().partition(|changed| changed.is_backwards());
    text.push_str(&changes("倒退：请问清原因", &backwards, extent));
    text.push_str(&changes("变更", &others, extent));
    text.push_str(&added(difference, extent));
    text.push_str(&derived(difference, extent));
    text
}

/// Steps backwards that do not stand under 倒退, because there is no hazard left to show them on.
fn emptied(difference: &Difference<'_>) -> String {
    match difference.removed.iter().filter(|removed| removed.is_emptied()).count() {
        0 => String::new(),
        number => format!("（其中 {number} 条清空了描述，列在“消失”里）"),
    }
}

fn section(title: &str, number: usize) -> String {
    format!("\n{}\n", style::bold(&format!("{title}（{number}）")))
}

fn omitted(total: usize, listed: usize) -> String {
    if total <= listed {
        return String::new();
    }
    style::dim(&format!("……另有 {} 条，加 -v 全部列出，或用 -o 写成表格\n", total - listed))
}

/// The units with most to look at, gone and backwards before anything else.
fn units(difference: &Difference<'_>, extent: Extent) -> String {
    let mut units: Vec<_> =
        difference.by_unit.iter().filter(|unit| unit.counts.added + unit.counts.removed + unit.counts.changed > 0).collect();
    if units.is_empty() {
        return String::new();
    }
    units.sort_by_key(|unit| {
        let counts = &unit.counts;
        std::cmp::Reverse((counts.removed + counts.backwards, counts.added + counts.changed))
    });
    let header = ["单位", "旧台账", "新增", "消失", "新台账", "变更", "倒退", "整改", "销号", "新逾期"];
    let mut list = table::table(&header, &[1, 2, 3, 4, 5, 6, 7, 8, 9], extent.width);
    for unit in units.iter().take(extent.listed(UNITS)) {
        let counts = &unit.counts;
        let numbers = [
            counts.old,
            counts.added,
            counts.removed,
            counts.new,
            counts.changed,
            counts.backwards,
            counts.rectified,
            counts.closed_out,
            counts.newly_overdue,
        ];
        let mut row = vec![escape::short(&unit.unit, 40)];
        row.extend(numbers.map(|number| number.to_string()));
        list.add_row(row);
    }
    let mut text = format!("\n{}\n{}", style::bold("按单位"), table::text(&list));
    if units.len() > extent.listed(UNITS) {
        text.push_str(&style::dim(&format!("……另有 {} 家有变化，加 -v 全部列出\n", units.len() - UNITS)));
    }
    text
}

fn removed(difference: &Difference<'_>, extent: Extent) -> String {
    let all = &difference.removed;
    if all.is_empty() {
        return String::new();
    }
    let mut list = table::table(&["编号", "单位", "隐患", "状态", "说明"], &[], extent.width);
    for removed in all.iter().take(extent.listed(LISTED)) {
        let mut row = leading(removed.hazard, extent);
        row.extend([removed.hazard.status.label().to_owned(), escape::visible(&why_gone(removed))]);
        list.add_row(row);
    }
    table::keep_whole(&mut list, &[0]);
    let title = section("消失：台账里的隐患不应当消失，请查是谁删的", all.len());
    title + &table::text(&list) + &omitted(all.len(), extent.listed(LISTED))
}

fn added(difference: &Difference<'_>, extent: Extent) -> String {
    let all = &difference.added;
    if all.is_empty() {
        return String::new();
    }
    let mut list = table::table(&["编号", "单位", "隐患", "等级", "状态", "情形"], &[], extent.width);
    for added in all.iter().take(extent.listed(LISTED)) {
        let mut row = leading(added.hazard, extent);
        row.push(added.hazard.level.value().map_or("", Level::label).to_owned());
        row.push(added.hazard.status.label().to_owned());
        row.push(added.state.map_or_else(String::new, standing));
        list.add_row(row);
    }
    table::keep_whole(&mut list, &[0]);
    section("新增", all.len()) + &table::text(&list) + &omitted(all.len(), extent.listed(LISTED))
}

/// 编号, 单位 and 隐患 of a table's row.
fn leading(hazard: &Hazard, extent: Extent) -> Vec<String> {
    vec![escape::visible(&hazard.id), escape::short(&hazard.unit, 30), description(hazard, extent)]
}

fn description(hazard: &Hazard, extent: Extent) -> String {
    extent.text(hazard.text(Field::Description).unwrap_or_default(), TEXT_WIDTH)
}

/// Changed hazards under their units, each with its fields.
fn changes(title: &str, hazards: &[&ChangedHazard<'_>], extent: Extent) -> String {
    if hazards.is_empty() {
        return String::new();
    }
    let mut text = section(title, hazards.len());
    let mut unit = None;
    for changed in hazards.iter().take(extent.listed(LISTED)) {
        if unit != Some(&changed.new.unit) {
            unit = Some(&changed.new.unit);
            text.push_str(&format!("{}\n", escape::visible(&changed.new.unit)));
        }
        let state = changed.state.map_or_else(String::new, |state| format!("（{}）", standing(state)));
        text.push_str(&format!("  {} {}{state}\n", escape::visible(&changed.new.id), description(changed.old, extent)));
        for field in &changed.fields {
            text.push_str(&format!("    {}\n", field_line(field, extent)));
        }
    }
    text + &omitted(hazards.len(), extent.listed(LISTED))
}

fn field_line(field: &FieldChange<'_>, extent: Extent) -> String {
    let value = |text: &str| if text.is_empty() { "（空）".to_owned() } else { extent.text(text, VALUE_WIDTH) };
    let change = format!("{}：{} → {}", escape::visible(field.column.title()), value(&field.old), value(&field.new));
    match field.kind {
        ChangeKind::Backwards(reason) => format!("{} {change}（{}）", style::error("【倒退】"), reason.label()),
        ChangeKind::Progress(progress) => format!("{} {change}", style::good(&format!("【{}】", progress.label()))),
        ChangeKind::Plain => change,
    }
}

/// Where a hazard stands on the as-of day; how long only where that is urgent.
fn standing((state, days): (OverdueState, Option<i64>)) -> String {
    match (state, days) {
        (OverdueState::Overdue, Some(days)) => format!("逾期 {days} 天"),
        _ => state.label().to_owned(),
    }
}

fn derived(difference: &Difference<'_>, extent: Extent) -> String {
    if !extent.verbose || difference.derived.is_empty() {
        return String::new();
    }
    let mut text = section("来源、最近报送不同（不算变更）", difference.derived.len());
    for (hazard, fields) in &difference.derived {
        let fields: Vec<String> = fields.iter().map(|field| field_line(field, extent)).collect();
        text.push_str(&format!("  {} {}\n", escape::visible(&hazard.id), fields.join("；")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::difference::Backwards;
    use crate::results::difference::ChangedColumn;
    use crate::results::difference::Progress;

    #[test]
    fn a_field_says_its_kind_in_words_and_is_shortened_only_for_a_terminal() {
        let long = "很长的整改措施".repeat(9);
        let check = |kind: ChangeKind, new: &str, extent: Extent, expected: &str| {
            let field = FieldChange { column: ChangedColumn::Known(Field::Measure), old: "".into(), new: new.to_owned().into(), kind };
            let line = anstream::adapter::strip_str(&field_line(&field, extent)).to_string();
            assert_eq!(line, expected);
        };
        let [piped, terminal, whole] =
            [(false, None), (false, Some(80)), (true, Some(80))].map(|(verbose, width)| Extent { verbose, width });
        check(ChangeKind::Plain, "已清理", terminal, "整改措施：（空） → 已清理");
        check(ChangeKind::Backwards(Backwards::StatusBack), "a\u{1b}b", piped, "【倒退】 整改措施：（空） → a<U+001B>b（状态退回）");
        check(ChangeKind::Progress(Progress::Extended), "b", piped, "【批准延期】 整改措施：（空） → b");
        for extent in [piped, whole] {
            check(ChangeKind::Plain, &long, extent, &format!("整改措施：（空） → {long}"));
        }
        check(ChangeKind::Plain, &long, terminal, "整改措施：（空） → 很长的整改措施很长的整改措施很长的整改…");
    }
}
