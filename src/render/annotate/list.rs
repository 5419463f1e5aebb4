//! The first sheet of a returned workbook as words: a title, a summary, a heading and one line per mark.
//!
//! The words are the same whether the workbook is patched or rebuilt. Knows nothing of XML or styles.

use chrono::NaiveDate;

use crate::diagnostic::Severity;
use crate::render::annotate::mark::Mark;
use crate::render::annotate::mark::TEXT_UNITS;
use crate::render::annotate::mark::shortened;
use crate::render::annotate::mark::wrapped_lines;
use crate::source::cell_name;

/// What stands in A1 of the first sheet; a reader knows by it that the sheet holds no records.
pub const LIST_TITLE: &str = "需要修改的单元格（请改正后连同本工作簿一并报回，本页不必删除）";
/// The name of the first sheet, unless the workbook has such a sheet already.
pub const LIST_NAME: &str = "需要修改";
/// Lines at most; how many more there are is said below them.
pub const LINES: usize = 20_000;
/// The headings of the columns.
pub const HEADINGS: [&str; 8] = ["序号", "严重程度", "工作表", "单元格", "栏目", "填写内容", "问题", "怎样改"];
/// Column widths in characters.
pub const WIDTHS: [u32; 8] = [6, 10, 18, 10, 18, 28, 42, 42];
/// The row of the headings; title and summary stand above it, the lines below.
pub const HEADING_ROW: u32 = 4;

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub mark: &'a Mark,
    /// The sheet's name in the returned workbook, `None` when the mark belongs to no sheet of it.
    pub sheet: Option<String>,
    /// The cell that carries colour and comment, `None` when the mark is only listed.
    pub drawn: Option<(u32, u32)>,
    /// In a patched workbook: the format whose fill the cell had, so that a later round can give it back.
    pub filled_as: Option<u32>,
}

/// The list as words.
#[derive(Debug)]
pub struct List<'a> {
    pub summary: [String; 2],
    pub lines: Vec<Line<'a>>,
    /// What stands below the lines when there are more marks than lines.
    pub rest: Option<String>,
}

impl<'a> List<'a> {
    /// The list of all marks, in the order of the workbook; `lines` come in any order, `sheets` in theirs.
    pub fn new(mut lines: Vec<Line<'a>>, sheets: &[String], as_of: NaiveDate) -> List<'a> {
        let count = |severity: Severity| lines.iter().filter(|line| line.mark.severity == severity).count();
        let counts = format!(
            "{} 检查，共 {} 处：错误 {}，警告 {}，提示 {}。",
            as_of.format("%Y-%m-%d"),
            lines.len(),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        );
        let undrawn = lines.iter().filter(|line| line.drawn.is_none() && line.mark.has_place()).count();
        let mut legend = "红色＝错误，必须改正；黄色＝警告，请核对；蓝色＝提示，请确认。每个标色的单元格都有批注；点“单元格”一栏可跳到该处，直接在原表中改。".to_owned();
        if undrawn > 0 {
            legend.push_str(&format!("另有 {undrawn} 处只列在本页，没有标色。"));
        }
        let all = lines.len();
        if all > LINES {
            lines.sort_by_key(|line| line.mark.severity);
            lines.truncate(LINES);
        }
        let position = |line: &Line<'_>| line.sheet.as_ref().and_then(|name| sheets.iter().position(|sheet| sheet == name));
        lines.sort_by_cached_key(|line| {
            (position(line).map_or(0, |position| position + 1), line.mark.row, line.mark.column, line.mark.severity)
        });
        let rest = (all > LINES).then(|| format!("另有 {} 处没有列出，请先改正以上各处再报。", all - LINES));
        List { summary: [counts, legend], lines, rest }
    }
}

impl Line<'_> {
    /// The eight texts of the line.
    pub fn texts(&self, number: usize) -> [String; 8] {
        let mark = self.mark;
        let sheet = self.sheet.as_deref().unwrap_or(&mark.sheet);
        let problem = if mark.code.is_empty() { mark.message.clone() } else { format!("{}（{}）", mark.message, mark.code) };
        let texts = [
            number.to_string(),
            mark.severity.label().to_owned(),
            if sheet.is_empty() { "（整个文件）".to_owned() } else { sheet.to_owned() },
            if mark.row == 0 { "（整张表）".to_owned() } else { mark.place() },
            mark.field.clone(),
            mark.value.clone().unwrap_or_else(|| if mark.column > 0 { "（空）".to_owned() } else { String::new() }),
            problem,
            mark.help.clone(),
        ];
        texts.map(|text| shortened(&text, TEXT_UNITS))
    }

    /// The place that the line leads to within the workbook: `'台账'!C7`.
    pub fn link(&self) -> Option<String> {
        let sheet = self.sheet.as_ref()?;
        let (row, column) = self.drawn.unwrap_or((self.mark.row.max(1), self.mark.column.max(1)));
        (self.mark.row == 0 || self.mark.has_place()).then(|| format!("'{}'!{}", sheet.replace('\'', "''"), cell_name(row, column)))
    }
}

/// The height of a line in points, so that every wrapped text can be read.
pub fn line_height(texts: &[String; 8]) -> u32 {
    let lines = texts.iter().zip(WIDTHS).map(|(text, width)| wrapped_lines(text, width as usize - 1)).max().unwrap_or(1);
    (lines.min(26) * 15 + 3) as u32
}

/// `wanted`, or `wanted` with the first number that makes it different from all `taken` names.
pub fn unique_name(wanted: &str, taken: &[String]) -> String {
    let is_free = |name: &str| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2_u32..).map(|number| format!("{wanted}{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::annotate::mark::example;

    fn check(mark: &Mark, sheet: Option<&str>, expected: [&str; 8], link: Option<&str>) {
        let line = Line { mark, sheet: sheet.map(str::to_owned), drawn: None, filled_as: None };
        assert_eq!(line.texts(1), expected);
        assert_eq!(line.link().as_deref(), link);
    }

    #[test]
    fn a_line_says_everything() {
        let mark = example("张三's 表", 7, 3, Severity::Error);
        let problem = "没有这一天（R012）";
        check(
            &mark,
            Some("张三's 表"),
            ["1", "错误", "张三's 表", "C7", "整改期限", "2月30日", problem, "改成实际日期，如 2024-02-29"],
            Some("'张三''s 表'!C7"),
        );
        let whole = Mark { sheet: String::new(), row: 0, column: 0, value: None, ..mark };
        check(&whole, None, ["1", "错误", "（整个文件）", "（整张表）", "整改期限", "", problem, "改成实际日期，如 2024-02-29"], None);
    }

    #[test]
    fn lines_follow_the_workbook_and_the_rest_is_counted() {
        let marks: Vec<Mark> = (0..LINES as u32 + 5).map(|index| example("甲", index % 1_000 + 1, 1, Severity::Note)).collect();
        let late = example("甲", 2, 9, Severity::Error);
        let early = example("乙", 9, 9, Severity::Warning);
        let line = |mark| Line { mark, sheet: Some(Mark::clone(mark).sheet), drawn: Some((1, 1)), filled_as: None };
        let lines: Vec<Line<'_>> = marks.iter().chain([&late, &early]).map(line).collect();
        let day = NaiveDate::from_ymd_opt(2024, 5, 1).expect("a day");
        let list = List::new(lines, &["乙".to_owned(), "甲".to_owned()], day);
        assert_eq!(list.lines.len(), LINES);
        assert_eq!(list.lines[0].mark, &early);
        assert!(list.lines.iter().any(|line| line.mark == &late));
        assert_eq!(list.summary[0], "2024-05-01 检查，共 20007 处：错误 1，警告 1，提示 20005。");
        assert_eq!(list.rest.as_deref(), Some("另有 7 处没有列出，请先改正以上各处再报。"));
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let taken = ["需要修改".to_owned(), "需要修改2".to_owned()];
        assert_eq!(unique_name(LIST_NAME, &taken), "需要修改3");
        assert_eq!(unique_name(LIST_NAME, &[]), "需要修改");
    }
}
