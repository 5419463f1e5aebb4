//! What is to be marked: one diagnostic at one place of one workbook, and how it reads in a cell comment.
//!
//! Knows neither formats nor rules; a mark is words, a place and a severity.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
pub use crate::records::NOTE_HEAD;
use crate::source::SourceFile;
use crate::source::cell_name;

/// Marked cells per sheet; further marks are only listed. The gravest are marked first.
pub const MARKED_CELLS: usize = 2_000;
/// Characters (UTF-16 units) that a cell or a comment can hold.
pub const TEXT_UNITS: usize = 32_767;
/// Last row and column that a worksheet has.
pub const LAST_ROW: u32 = 1_048_576;
pub const LAST_COLUMN: u32 = 16_384;
/// The author of these comments.
pub const NOTE_AUTHOR: &str = "qingdan";
/// Half-width characters in one line of a comment box.
const NOTE_LINE: usize = 38;

/// One thing to be put right in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Sheet name as the user sees it; empty for the whole file, or for formats without sheets.
    pub sheet: String,
    /// 1-based row; 0 means the whole sheet: such a mark is only listed.
    pub row: u32,
    /// 1-based column; 0 means the whole row: its first filled cell is marked.
    pub column: u32,
    pub severity: Severity,
    /// Rule code, e.g. `R012`.
    pub code: &'static str,
    /// The header title as written, empty when there is none.
    pub field: String,
    /// What stands there, as written.
    pub value: Option<String>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do instead, one sentence; may be empty.
    pub help: String,
}

impl Mark {
    /// The mark of a diagnostic that concerns `file`, `None` for one that concerns another file. Places
    /// folded under the diagnostic are not expanded: their number is said in the message.
    pub fn from_diagnostic(diagnostic: &Diagnostic, file: &SourceFile) -> Option<Mark> {
        if diagnostic.place.file != file.name {
            return None;
        }
        let folded = if diagnostic.folded > 0 { format!("（同样的问题另有 {} 处）", diagnostic.folded) } else { String::new() };
        Some(Mark {
            sheet: diagnostic.place.sheet.to_string(),
            row: diagnostic.place.row,
            column: diagnostic.place.column,
            severity: diagnostic.severity,
            code: diagnostic.code,
            field: diagnostic.field.clone(),
            value: diagnostic.value.clone(),
            message: format!("{}{folded}", diagnostic.message),
            help: diagnostic.help.clone(),
        })
    }

    /// Whether the mark stands at a row that a worksheet has.
    pub fn has_place(&self) -> bool {
        (1..=LAST_ROW).contains(&self.row) && self.column <= LAST_COLUMN
    }

    /// The place as the reader sees it: `C7`, `第7行`, or nothing.
    pub fn place(&self) -> String {
        match (self.row, self.column) {
            (0, _) => String::new(),
            (row, 0) => format!("第{row}行"),
            (row, column) => cell_name(row, column),
        }
    }
}

/// The fill of a marked cell as RGB: light red, light yellow, light blue.
pub fn fill_colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFC7CE",
        Severity::Warning => "FFEB9C",
        Severity::Note => "DDEBF7",
    }
}

/// The marks at the cells that get a colour and a comment: by cell, each with the indices of its marks.
/// `resolve` gives the cell that stands for a mark (the first of its row, the corner of its merged area).
pub fn by_cell(marks: &[(usize, &Mark)], resolve: impl Fn(&Mark) -> (u32, u32)) -> BTreeMap<(u32, u32), Vec<usize>> {
    let mut order: Vec<&(usize, &Mark)> = marks.iter().filter(|(_, mark)| mark.has_place()).collect();
    order.sort_by_key(|(index, mark)| (mark.severity, mark.row, mark.column, *index));
    let mut cells: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
    for (index, mark) in order {
        let cell = resolve(mark);
        if cells.len() < MARKED_CELLS || cells.contains_key(&cell) {
            cells.entry(cell).or_default().push(*index);
        }
    }
    cells
}

/// The text of a cell's comment: every mark with its remedy, numbered when there are several. A mark that
/// belongs to another cell than the one that carries the comment says so.
pub fn note_text(marks: &[&Mark], cell: (u32, u32)) -> String {
    let mut text = NOTE_HEAD.to_owned();
    for (number, mark) in marks.iter().enumerate() {
        text.push('\n');
        if marks.len() > 1 {
            text.push_str(&format!("{}. ", number + 1));
        }
        if mark.column == 0 {
            text.push_str("（整行）");
        } else if (mark.row, mark.column) != cell {
            text.push_str(&format!("（{}）", mark.place()));
        }
        text.push_str(mark.severity.label());
        text.push('：');
        text.push_str(&mark.message);
        if !mark.help.is_empty() {
            text.push_str("\n改法：");
            text.push_str(&mark.help);
        }
    }
    shortened(&text, TEXT_UNITS)
}

/// Width and height of the box for a comment, in pixels.
pub fn note_size(text: &str) -> (u32, u32) {
    let lines = wrapped_lines(text, NOTE_LINE);
    if lines > 16 { (460, wrapped_lines(text, NOTE_LINE * 2).min(30) as u32 * 16 + 14) } else { (240, lines.max(2) as u32 * 16 + 14) }
}

/// How many lines a text takes when `columns` half-width characters fit into one.
pub fn wrapped_lines(text: &str, columns: usize) -> usize {
    text.split('\n').map(|line| line.width_cjk().div_ceil(columns.max(1)).max(1)).sum()
}

/// The text cut to `units` UTF-16 units, with an ellipsis when something was cut off.
pub fn shortened(text: &str, units: usize) -> String {
    if text.len() <= units || text.encode_utf16().count() <= units {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            used += letter.len_utf16();
            used <= units
        })
        .collect();
    kept.push('…');
    kept
}

#[cfg(test)]
pub(super) fn example(sheet: &str, row: u32, column: u32, severity: Severity) -> Mark {
    Mark {
        sheet: sheet.to_owned(),
        row,
        column,
        severity,
        code: "R012",
        field: "整改期限".to_owned(),
        value: Some("2月30日".to_owned()),
        message: "没有这一天".to_owned(),
        help: "改成实际日期，如 2024-02-29".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Origin;

    fn check(marks: &[Mark], cell: (u32, u32), expected: &str) {
        let marks: Vec<&Mark> = marks.iter().collect();
        assert_eq!(note_text(&marks, cell), expected);
    }

    #[test]
    fn a_comment_says_what_and_how() {
        let mark = example("台账", 5, 3, Severity::Error);
        let row = Mark { column: 0, help: String::new(), ..mark.clone() };
        check(std::slice::from_ref(&mark), (5, 3), "【需要修改】\n错误：没有这一天\n改法：改成实际日期，如 2024-02-29");
        check(
            &[mark.clone(), row],
            (4, 3),
            "【需要修改】\n1. （C5）错误：没有这一天\n改法：改成实际日期，如 2024-02-29\n2. （整行）错误：没有这一天",
        );
    }

    #[test]
    fn long_comments_are_cut() {
        let mark = Mark { message: "长".repeat(40_000), ..example("台账", 1, 1, Severity::Note) };
        let text = note_text(&[&mark], (1, 1));
        assert_eq!(text.encode_utf16().count(), TEXT_UNITS);
        assert!(text.ends_with('…'));
        assert_eq!(shortened("𠀀𠀀𠀀", 4), "𠀀…");
    }

    #[test]
    fn the_gravest_are_marked_first() {
        let marks: Vec<Mark> =
            (1..=3_000).map(|row| example("台账", row, 1, if row > 2_990 { Severity::Error } else { Severity::Note })).collect();
        let indexed: Vec<(usize, &Mark)> = marks.iter().enumerate().collect();
        let cells = by_cell(&indexed, |mark| (mark.row, mark.column));
        assert_eq!(cells.len(), MARKED_CELLS);
        assert!(cells.contains_key(&(3_000, 1)) && !cells.contains_key(&(2_000, 1)));
    }

    #[test]
    fn only_diagnostics_of_the_file_become_marks() {
        let file = SourceFile { name: Arc::from("inbox/甲.xlsx"), bytes: Vec::new() };
        let diagnostic = |name: &str| Diagnostic {
            code: "R012",
            severity: Severity::Error,
            place: Origin { file: Arc::from(name), sheet: Arc::from("台账"), row: 5, column: 3 },
            field: String::new(),
            value: None,
            message: "没有这一天".to_owned(),
            help: String::new(),
            folded: 4,
        };
        let mark = Mark::from_diagnostic(&diagnostic("inbox/甲.xlsx"), &file).expect("it is this file");
        assert_eq!((mark.place().as_str(), mark.message.as_str()), ("C5", "没有这一天（同样的问题另有 4 处）"));
        assert_eq!(Mark::from_diagnostic(&diagnostic("inbox/乙.xlsx"), &file), None);
    }
}
