//! The balance sheet of a merge: rows by kind, what became of each record, and that the sums agree.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::cli::words::count;
use crate::cli::words::diagnostics::place;
use crate::cli::words::diagnostics::tally;
use crate::cli::words::escape;
use crate::cli::words::notice;
use crate::cli::words::style;
use crate::cli::words::table;
use crate::desk::merging::Merging;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::Tally;
use crate::files::workspace;
use crate::ledger::MergeOutcome;
use crate::ledger::RejectReason;
use crate::ledger::SheetTally;
use crate::records::RowKind;

/// How many conflicts, missing and similar hazards are listed unless everything is asked for.
const LISTED: usize = 10;

/// What is told beside the answer: what was skipped, found, edited by hand and written.
pub fn messages(merging: &Merging, as_of: NaiveDate, verbose: bool) -> String {
    let Merging { outcome, diagnostics, list, base, target, written } = merging;
    let least = if verbose { Severity::Note } else { Severity::Error };
    let mut text = notice::skipped(&list.skipped, verbose) + &notice::listed(diagnostics, least, verbose);
    let mut say = |line: String| text.push_str(&(line + "\n"));
    // What was put right in the ledger or found in the history is told even where only errors are listed.
    let is_told = |one: &&Diagnostic| !verbose && one.severity != Severity::Error && ("L020".."L040").contains(&one.code);
    for told in diagnostics.iter().filter(is_told).take(LISTED) {
        say(format!("{}：{}", told.code, told.message));
    }
    let read = count::files(list.inputs.len());
    say(format!("读了 {read}：{}（全部列出：qingdan validate）", tally(Tally::of(diagnostics))));
    if let Some(base) = base {
        say(format!("在台账 {base} 上合并"));
    }
    let values: usize = outcome.edits.iter().filter(|edit| edit.event.is_none()).map(|edit| edit.set.len()).sum();
    if values > 0 {
        say(format!("台账里直接改过 {}，按 {as_of} 改的记入 {}", count::values(values), workspace::HISTORY));
    }
    if !outcome.decisions.is_empty() {
        say(format!("照台账里的裁定办了 {} 件，记入 {}", outcome.decisions.len(), workspace::HISTORY));
    }
    if target.to_lowercase().ends_with(".csv") && !(outcome.conflicts.is_empty() && outcome.near_matches.is_empty()) {
        say(format!(
            "{target} 是 CSV，没有“冲突”“疑似重复”两张表可供裁定：可以直接改台账的格子、填“并入编号”，或用 qingdan merge --base {target} -o ledger.xlsx 换成工作簿"
        ));
    }
    if let Some(written) = written {
        text.push_str(&notice::lines(&written.notices, verbose));
        text.push_str(&if written.is_changed { format!("已写入 {target}\n") } else { format!("台账没有变化：{target}\n") });
        if written.is_open_elsewhere {
            text.push_str(&format!("注意：{target} 好像正在 Excel/WPS 中打开；请关闭它（不要保存）再重新打开，否则旧内容会盖掉这次合并\n"));
        }
    }
    text
}

/// The whole answer of `merge`.
pub fn answer(outcome: &MergeOutcome, verbose: bool, width: Option<u16>) -> String {
    let mut text = balance(&outcome.tallies, width);
    let listed = if verbose { usize::MAX } else { LISTED };
    let mut section = |title: &str, lines: &[String]| {
        if lines.is_empty() {
            return;
        }
        text.push_str(&format!("\n{}\n", style::bold(&format!("{title}（{}）", lines.len()))));
        for line in lines.iter().take(listed) {
            text.push_str(&format!("  {line}\n"));
        }
        if lines.len() > listed {
            text.push_str(&style::dim(&format!("  ……另有 {} 条，加 -v 全部列出\n", lines.len() - listed)));
        }
    };
    section("退回的记录：没有进台账，在台账的“退回”表中", &rejected(outcome));
    section("冲突：两个值不能同时成立，请核实", &conflicts(outcome));
    section("未再报告：这次全量报送里没有，台账保持原样", &outcome.missing.iter().map(|id| escape::visible(id)).collect::<Vec<_>>());
    section("销号后又报为未整改：台账保持已销号，请核实", &outcome.reopened.iter().map(|id| escape::visible(id)).collect::<Vec<_>>());
    let near: Vec<String> =
        outcome.near_matches.iter().map(|pair| format!("{} 与 {}", escape::visible(&pair.id), escape::visible(&pair.other))).collect();
    section("可能是同一条隐患：没有合并，请核实", &near);
    let renumbered: Vec<String> =
        outcome.renumbered.iter().map(|note| format!("{} → {}", escape::visible(&note.id), escape::visible(&note.other))).collect();
    section("编号重复：后者已换新编号", &renumbered);
    text.push('\n');
    text.push_str(&sums(&outcome.tallies, outcome.ledger.hazards.len()));
    text
}

fn balance(tallies: &[SheetTally], width: Option<u16>) -> String {
    if tallies.is_empty() {
        return String::new();
    }
    let header = ["文件 › 工作表", "行", "记录", "新增", "更新", "未变", "重复", "退回", "零报告"];
    let mut balance = table::table(&header, &[1, 2, 3, 4, 5, 6, 7, 8], width);
    for tally in tallies {
        let name = if tally.sheet.is_empty() {
            escape::short(&tally.file, 60)
        } else {
            format!("{} › {}", escape::short(&tally.file, 60), escape::short(&tally.sheet, 24))
        };
        balance.add_row(cells(&name, tally));
    }
    balance.add_row(cells("合计", &SheetTally::total(tallies)));
    table::text(&balance)
}

fn cells(name: &str, tally: &SheetTally) -> Vec<String> {
    let rows: u32 = tally.rows.values().sum();
    let numbers = [rows, tally.records, tally.new, tally.updated, tally.unchanged, tally.duplicate, tally.rejected, tally.zero_report];
    std::iter::once(name.to_owned()).chain(numbers.iter().map(u32::to_string)).collect()
}

/// `行数对账：相符` with the sum written out, so that it can be checked by eye.
fn sums(tallies: &[SheetTally], hazards: usize) -> String {
    let total = SheetTally::total(tallies);
    let rows: u32 = total.rows.values().sum();
    let by_kind: Vec<String> = RowKind::ALL
        .into_iter()
        .filter_map(|kind| total.rows.get(&kind).filter(|number| **number > 0).map(|number| format!("{} {number}", kind.label())))
        .collect();
    let verdict = if tallies.iter().all(SheetTally::balances) {
        style::good("相符")
    } else {
        style::error("不符（这是程序的缺陷，请反馈）")
    };
    format!(
        "行数对账：{verdict}\n  {rows} 行 = {}\n  {} = 新增 {} + 更新 {} + 未变 {} + 重复 {} + 退回 {}\n台账现有 {}\n",
        if by_kind.is_empty() { "0".to_owned() } else { by_kind.join(" + ") },
        count::records(total.records as usize),
        total.new,
        total.updated,
        total.unchanged,
        total.duplicate,
        total.rejected,
        count::hazards(hazards),
    )
}

fn rejected(outcome: &MergeOutcome) -> Vec<String> {
    let mut by_reason: BTreeMap<RejectReason, Vec<String>> = BTreeMap::new();
    for rejected in &outcome.rejected {
        let unit = if rejected.unit.is_empty() { String::new() } else { format!("（{}）", escape::short(&rejected.unit, 40)) };
        by_reason.entry(rejected.reason).or_default().push(format!("{}{unit}", place(&rejected.origin)));
    }
    by_reason.into_iter().flat_map(|(reason, places)| places.into_iter().map(move |place| format!("{}：{place}", reason.label()))).collect()
}

fn conflicts(outcome: &MergeOutcome) -> Vec<String> {
    outcome
        .conflicts
        .iter()
        .map(|conflict| {
            format!(
                "{} {}：保留{}（{}），未采用{}（{}）",
                escape::visible(&conflict.id),
                conflict.field.title(),
                quoted(&conflict.kept),
                place(&conflict.kept_from),
                quoted(&conflict.other),
                place(&conflict.other_from)
            )
        })
        .collect()
}

fn quoted(value: &str) -> String {
    if value.is_empty() { "空白".to_owned() } else { format!("“{}”", escape::short(value, 30)) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn tally() -> SheetTally {
        SheetTally {
            file: Arc::from("inbox/甲.xlsx"),
            sheet: Arc::from("台账"),
            rows: BTreeMap::from([(RowKind::Title, 1), (RowKind::Header, 1), (RowKind::Record, 5)]),
            records: 5,
            new: 2,
            updated: 1,
            unchanged: 1,
            duplicate: 0,
            rejected: 1,
            zero_report: 0,
        }
    }

    #[test]
    fn the_balance_is_written_out() {
        let outcome = MergeOutcome { tallies: vec![tally(), tally()], ..MergeOutcome::default() };
        let text = anstream::adapter::strip_str(&answer(&outcome, false, None)).to_string();
        assert!(text.contains("行数对账：相符"), "{text}");
        assert!(text.contains("14 行 = 标题 2 + 表头 2 + 记录 10"), "{text}");
        assert!(text.contains("10 条记录 = 新增 4 + 更新 2 + 未变 2 + 重复 0 + 退回 2"), "{text}");
    }

    #[test]
    fn a_sum_that_is_off_is_said_to_be() {
        let off = SheetTally { rejected: 0, ..tally() };
        assert!(tally().balances() && !off.balances());
        let outcome = MergeOutcome { tallies: vec![off], ..MergeOutcome::default() };
        assert!(answer(&outcome, false, None).contains("不符"));
    }
}
