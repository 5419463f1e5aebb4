//! The rows above a header: attachment mark, title, labelled lines, notes.

use crate::records::classify::is_signature;
use crate::records::grid::Grid;
use crate::records::issue::NO_CHANGE;
use crate::records::issue::ZERO_REPORT;
use crate::records::sheet::RowKind;
use crate::tables::Value;
use crate::vocabulary::faults::fault_kinds;
use crate::vocabulary::read_zero;
use crate::vocabulary::rows::is_attachment_mark;
use crate::vocabulary::rows::is_note;
use crate::vocabulary::rows::is_total_label;
use crate::vocabulary::rows::read_labels;

/// At most this many rows above a header are its captions.
const MOST_CAPTION_ROWS: usize = 12;

/// The first of the caption rows directly above a header.
pub fn caption_start(grid: &Grid<'_>, header: usize, not_before: usize) -> usize {
    let mut start = header;
    while start > not_before && header - start < MOST_CAPTION_ROWS && is_caption(grid, start - 1) {
        start -= 1;
    }
    start
}

fn is_caption(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    let Some(first) = cells.first() else { return false };
    let text = grid.text(*first).text;
    if is_attachment_mark(&text) || is_signature_line(grid, index) && !text.contains("审核") {
        return true;
    }
    cells.len() == 1
        && matches!(grid.sheet.value(*first), Value::Text(_))
        && text.chars().count() <= 60
        && !is_hazard(&text)
        && !is_total_label(&text)
        && !is_note(&text)
        && read_zero(&text).is_none()
}

/// What a row above a header is.
pub fn caption_kind(grid: &Grid<'_>, index: usize) -> RowKind {
    let cells = grid.cells(index);
    let Some(first) = cells.first() else { return RowKind::Blank };
    let text = grid.text(*first).text;
    let is_text = matches!(grid.sheet.value(*first), Value::Text(_));
    if is_attachment_mark(&text) {
        return RowKind::Attachment;
    }
    if is_signature_line(grid, index) {
        return RowKind::Metadata;
    }
    if is_note(&text) {
        return RowKind::Note;
    }
    if text.starts_with(NO_CHANGE) || text.starts_with(ZERO_REPORT) && text.contains('√') {
        return RowKind::Metadata;
    }
    if cells.len() <= 2 && (is_text || cells.len() == 1) {
        if cells.iter().any(|cell| is_hazard(&grid.text(*cell).text)) {
            return RowKind::Unrecognised;
        }
        return if cells.len() == 2 && !read_labels(&text).is_empty() { RowKind::Metadata } else { RowKind::Title };
    }
    // A line of short words such as 乡镇 | 青河镇 | 2023年第3周.
    if cells.iter().all(|cell| grid.text(*cell).text.chars().count() <= 30)
        && cells.iter().any(|cell| !read_labels(&grid.text(*cell).text).is_empty())
    {
        return RowKind::Metadata;
    }
    RowKind::Unrecognised
}

/// Whether a line above a table names a fault (插座松动) and is no heading of papers on it.
fn is_hazard(text: &str) -> bool {
    const HEADINGS: [&str; 18] = [
        "隐患", "排查", "检查", "台账", "表", "清单", "单位", "整治", "行动", "统计", "汇总", "情况", "报告", "问题", "整改", "安全",
        "说明", "：",
    ];
    text.chars().count() <= 40 && fault_kinds(text) != 0 && !HEADINGS.iter().any(|word| text.contains(word))
}

/// Whether a row begins with a marked label, or is made of label and value cells.
fn is_signature_line(grid: &Grid<'_>, index: usize) -> bool {
    let cells = grid.cells(index);
    cells.len() <= 14
        && cells.first().is_some_and(|cell| {
            let text = grid.text(*cell).text;
            text.len() < 600 && (is_signature(&text) || cells.len() > 1 && cells.len().is_multiple_of(2) && !read_labels(&text).is_empty())
        })
}
