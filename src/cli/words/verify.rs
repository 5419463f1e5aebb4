//! The answer of `verify`: what holds, what does not, and the first broken link.

use crate::cli::words::escape;
use crate::cli::words::style;
use crate::desk::verifying::SourceState;
use crate::desk::verifying::Verified;
use crate::vocabulary::Field;

/// How many differences and files are listed unless everything is asked for.
const LISTED: usize = 10;

/// The whole answer.
pub fn answer(verified: &Verified, verbose: bool) -> String {
    let listed = if verbose { usize::MAX } else { LISTED };
    let mut text = format!("历史 {} 行，{} 个编号\n", verified.lines, verified.hazards);
    match verified.broken.first() {
        None => text.push_str(&format!("历史：{}\n", style::good("每一行都接得上"))),
        Some((line, reason)) => {
            let words = format!("有 {} 处对不上，第一处在第 {line} 行：{reason}", verified.broken.len());
            text.push_str(&format!("历史：{}\n", style::error(&words)));
            let after = verified.lines.saturating_sub(*line);
            text.push_str(&format!("  它后面还有 {after} 行；从第 {line} 行起，写的是什么不能再作证\n"));
            for (line, reason) in verified.broken.iter().skip(1).take(listed) {
                text.push_str(&format!("  第 {line} 行：{reason}\n"));
            }
        }
    }
    if verified.unsealed > 0 {
        text.push_str(&format!("  旧的 {} 行没有记指纹，下一次合并时封存\n", verified.unsealed));
    }
    if verified.differences.is_empty() {
        text.push_str(&format!("台账：{}\n", style::good("照历史来的，没有出入")));
    } else {
        text.push_str(&format!("台账：{}\n", style::error(&format!("与历史有 {} 处出入", verified.differences.len()))));
    }
    let value = |text: &Option<String>| text.as_deref().map_or_else(|| "（空）".to_owned(), |text| escape::short(text, 40));
    for difference in verified.differences.iter().take(listed) {
        let title = match Field::from_key(&difference.field) {
            Some(field) => field.title(),
            None => &difference.field,
        };
        let (ledger, history) = (value(&difference.ledger), value(&difference.history));
        text.push_str(&format!("  {} {}：台账 {ledger}，历史 {history}\n", escape::visible(&difference.id), escape::visible(title)));
    }
    more(&mut text, verified.differences.len(), listed);
    let of = |state: SourceState| verified.sources.iter().filter(|(_, known)| *known == state).map(|(file, _)| file).collect::<Vec<_>>();
    let (same, changed, gone) = (of(SourceState::Same), of(SourceState::Changed), of(SourceState::Gone));
    text.push_str(&format!(
        "来源文件 {} 个：没有改过 {}，改过 {}，已不在 {}\n",
        verified.sources.len(),
        same.len(),
        changed.len(),
        gone.len()
    ));
    for file in changed.iter().take(listed) {
        text.push_str(&format!("  {}：{}\n", escape::visible(file), style::error("合并以后改过")));
    }
    more(&mut text, changed.len(), listed);
    text
}

fn more(text: &mut String, all: usize, listed: usize) {
    if all > listed {
        text.push_str(&style::dim(&format!("  ……另有 {} 处，加 -v 全部列出\n", all - listed)));
    }
}
