//! HTML tables, which many systems export under the name `.xls`: one sheet per table.
//!
//! Paragraphs before a table become rows above it, as Excel shows them; a table inside a cell is a
//! table of its own. Cells stay text. Lenient: no page is too untidy, but one without a table is
//! refused.

mod entities;
mod tags;

use encoding_rs::Encoding;

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::encoding::Decoded;
use crate::tables::html::tags::Piece;
use crate::tables::html::tags::Pieces;
use crate::tables::html::tags::Tag;
use crate::tables::limits;
use crate::tables::sniff::SAVE_AS_XLSX;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Format;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::workbook::WorkbookNote;

/// Tables within tables.
const NESTING: usize = 32;

/// The encoding that a page names in its `meta` element.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(8 << 10)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")?;
    let rest = head[at + 7..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))).unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

/// A table that is open.
struct OpenTable {
    builder: SheetBuilder,
    row: u32,
    row_hidden: bool,
    hidden: bool,
    /// For each column, the last row that a cell from above covers.
    covered: Vec<u32>,
    /// Columns stepped over so far.
    steps: u64,
    next_column: usize,
    cell: Option<OpenCell>,
    /// Place in the order of the tables' start tags.
    order: usize,
}

struct OpenCell {
    column: u16,
    flags: u8,
    text: String,
}

struct PageReader {
    open: Vec<OpenTable>,
    finished: Vec<(usize, Sheet)>,
    allowance: Allowance,
    started: usize,
    /// Text outside of tables since the last one.
    loose: String,
}

/// Reads the tables of a page.
///
/// # Errors
/// When there is none, or beyond the limits.
pub fn read(decoded: &Decoded<'_>, stem: &str) -> Result<Workbook, Unreadable> {
    let mut reader = PageReader {
        open: Vec::new(),
        finished: Vec::new(),
        allowance: Allowance::new(&limits::STRANGERS),
        started: 0,
        loose: String::new(),
    };
    for piece in Pieces::new(&decoded.text) {
        match piece {
            Piece::Open(tag) => reader.take_open(&tag)?,
            Piece::Close(name) => reader.take_close(&name)?,
            Piece::Text(text) => push_collapsed(reader.text(), &entities::resolve(text)),
        }
    }
    while !reader.open.is_empty() {
        reader.end_table()?;
    }
    let mut sheets = reader.finished;
    sheets.sort_by_key(|&(order, _)| order);
    let mut sheets: Vec<Sheet> = sheets.into_iter().map(|(_, sheet)| sheet).collect();
    let Some(last) = sheets.pop() else {
        return Err(Unreadable::wrong_format("网页（HTML），其中没有表格", SAVE_AS_XLSX));
    };
    // What stands below the last table is its footer.
    let next_row = last.rows.last().map_or(1, |row| row.number + 1);
    let mut builder = SheetBuilder::new(last, reader.allowance);
    put_lines(&mut builder, next_row, &reader.loose)?;
    sheets.push(builder.finish().0);
    // Tables that only lay out the page hold nothing of their own.
    if sheets.iter().any(|sheet| !sheet.rows.is_empty()) {
        sheets.retain(|sheet| !sheet.rows.is_empty());
    }
    let single = sheets.len() == 1;
    for (sheet, number) in sheets.iter_mut().zip(1..) {
        sheet.name = if single { stem.into() } else { format!("表{number}").into() };
    }
    let notes = vec![WorkbookNote::Encoding { name: decoded.name, lossy_lines: decoded.lossy_lines.clone() }];
    Ok(Workbook { format: Format::Html, encoding: Some(decoded.name), sheets, notes })
}

impl PageReader {
    /// Where text goes: the open cell, nowhere in a table between cells, or outside of tables.
    fn text(&mut self) -> &mut String {
        match self.open.last_mut() {
            Some(OpenTable { cell: Some(cell), .. }) => &mut cell.text,
            _ => &mut self.loose,
        }
    }

    fn take_open(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        match tag.name.as_str() {
            "table" => self.start_table(tag),
            "tr" => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.start_row(tag.is_hidden())?;
                }
                Ok(())
            }
            "td" | "th" => {
                self.end_cell()?;
                match self.open.last_mut() {
                    Some(table) => table.start_cell(tag),
                    None => Ok(()),
                }
            }
            "caption" => {
                self.end_cell()?;
                if let Some(table) = self.open.last_mut() {
                    table.start_row(false)?;
                    table.cell = Some(OpenCell { column: 1, flags: 0, text: String::new() });
                }
                Ok(())
            }
            "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                push_break(self.text());
                Ok(())
            }
            "s" | "strike" | "del" => {
                if let Some(OpenTable { cell: Some(cell), .. }) = self.open.last_mut() {
                    cell.flags |= Cell::STRUCK;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "table" if !self.open.is_empty() => self.end_table(),
            "td" | "th" | "tr" | "caption" => self.end_cell(),
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                push_break(self.text());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn start_table(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        if self.open.len() >= NESTING {
            return Err(Unreadable::too_large(format!("表格嵌套超过 {NESTING} 层")));
        }
        if self.started >= limits::SHEETS {
            return Err(Unreadable::too_large(format!("表格超过 {} 张", limits::SHEETS)));
        }
        let allowance = self.open.last().map_or(self.allowance, |outer| outer.builder.allowance());
        let mut table = OpenTable {
            builder: SheetBuilder::new(Sheet::new(""), allowance),
            row: 0,
            row_hidden: false,
            hidden: tag.is_hidden() || self.open.last().is_some_and(|outer| outer.hidden || outer.row_hidden),
            covered: Vec::new(),
            steps: 0,
            next_column: 0,
            cell: None,
            order: self.started,
        };
        if self.open.is_empty() {
            let lines = std::mem::take(&mut self.loose);
            table.row = put_lines(&mut table.builder, 1, &lines)? - 1;
        }
        self.started += 1;
        self.open.push(table);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(cell) = table.cell.take() else { return Ok(()) };
        table.builder.put_text(cell.column, cell.text.trim_matches([' ', '\n']), cell.flags)
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        self.end_cell()?;
        if let Some(table) = self.open.pop() {
            let (sheet, left) = table.builder.finish();
            self.allowance = left;
            // An outer table that is still open goes on with what is left.
            if let Some(outer) = self.open.last_mut() {
                outer.builder.set_allowance(left);
            }
            self.finished.push((table.order, sheet));
        }
        Ok(())
    }
}

impl OpenTable {
    fn start_row(&mut self, hidden: bool) -> Result<(), Unreadable> {
        self.row += 1;
        if self.row > limits::ROWS {
            return Err(Unreadable::too_large(format!("表格超过 {} 行", limits::ROWS)));
        }
        self.row_hidden = hidden;
        self.next_column = 0;
        self.builder.start_row(self.row, hidden || self.hidden);
        Ok(())
    }

    fn start_cell(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        if self.row == 0 {
            self.start_row(false)?;
        }
        while self.covered.get(self.next_column).is_some_and(|&last| last >= self.row) {
            self.next_column += 1;
            self.steps += 1;
        }
        if self.steps > limits::COVERED_STEPS {
            return Err(Unreadable::too_large("表格里跨行的单元格过多"));
        }
        let (columns, rows) = (tag.count("colspan", limits::COLUMNS), tag.count("rowspan", limits::ROWS));
        let first = self.next_column;
        self.next_column = first + columns as usize;
        if self.next_column > limits::COLUMNS as usize {
            return Err(Unreadable::too_large(format!("第 {} 行超过 {} 列", self.row, limits::COLUMNS)));
        }
        if rows > 1 {
            if self.covered.len() < self.next_column {
                self.covered.resize(self.next_column, 0);
            }
            self.covered[first..self.next_column].fill(self.row.saturating_add(rows - 1));
        }
        let first_column = first as u32 + 1;
        self.builder.put_merge(MergedArea {
            first_row: self.row,
            first_column,
            last_row: self.row.saturating_add(rows - 1).min(limits::ROWS),
            last_column: first_column + columns - 1,
        })?;
        self.cell = Some(OpenCell { column: first_column as u16, flags: 0, text: String::new() });
        Ok(())
    }
}

/// Puts every line that is not blank into a row of its own; gives the row after the last one.
fn put_lines(builder: &mut SheetBuilder, first_row: u32, text: &str) -> Result<u32, Unreadable> {
    let mut row = first_row;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        builder.start_row(row, false);
        builder.put_text(1, line, 0)?;
        row += 1;
    }
    Ok(row)
}

/// Appends text with runs of white space as one blank.
fn push_collapsed(out: &mut String, text: &str) {
    for character in text.chars() {
        if matches!(character, ' ' | '\t' | '\r' | '\n' | '\x0c') {
            if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
}

fn push_break(out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::tables::workbook::Value;

    fn read_page(page: &str) -> Result<Workbook, Unreadable> {
        read(&Decoded { text: Cow::Borrowed(page), name: "UTF-8", lossy_lines: Vec::new() }, "台账")
    }

    /// Writes the cells of all sheets as `A1=text`, hidden rows with a `-`.
    fn check(page: &str, expected: &str) {
        let workbook = read_page(page).expect("has a table");
        let mut seen = Vec::new();
        for sheet in &workbook.sheets {
            let mut cells = Vec::new();
            for &row in &sheet.rows {
                for &cell in sheet.cells_of(row) {
                    let Value::Text(text) = sheet.value(cell) else { panic!("text stays text") };
                    let place = crate::source::cell_name(row.number, u32::from(cell.column));
                    cells.push(format!("{}{place}={text}", if row.hidden { "-" } else { "" }));
                }
            }
            seen.push(format!("{}: {}", sheet.name, cells.join(" ")));
        }
        assert_eq!(seen.join(" | "), expected, "{page}");
    }

    #[test]
    fn tables_become_sheets() {
        check("<table><tr><td>a<td>b<tr><td>c</table>", "台账: A1=a B1=b A2=c");
        check("<table><tr><td>一&nbsp;<br>二\n 三</td><td> </td></tr></table>", "台账: A1=一\u{a0}\n二 三");
        check("<table><tr style='display:none'><td>x</td></tr><tr><td>y</td></tr></table>", "台账: -A1=x A2=y");
        check(
            "<h1>标题</h1><p>单位：甲</p><table><tr><td>a</td></tr></table><p>审核人：</p>",
            "台账: A1=标题 A2=单位：甲 A3=a A4=审核人：",
        );
        check("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", "表1: A1=a | 表2: A1=b");
        check("<table><tr><td><table><tr><td>in</td></tr></table>out</td></tr></table>", "表1: A1=out | 表2: A1=in");
        check("<table><caption>名</caption><tr><td>a</table>", "台账: A1=名 A2=a");
    }

    #[test]
    fn spans_move_cells_and_become_merges() {
        let page = "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>";
        check(page, "台账: A1=a B1=b B2=c C2=d A3=e");
        let workbook = read_page(page).expect("has a table");
        let merges: Vec<_> =
            workbook.sheets[0].merges.iter().map(|area| (area.first_row, area.first_column, area.last_row, area.last_column)).collect();
        assert_eq!(merges, [(1, 1, 2, 1), (1, 2, 1, 3)]);
    }

    #[test]
    fn struck_text_and_bombs() {
        let workbook = read_page("<table><tr><td><s>旧</s>新</td><td>b</td></tr></table>").expect("has a table");
        let struck: Vec<_> = workbook.sheets[0].cells.iter().map(|cell| cell.has(Cell::STRUCK)).collect();
        assert_eq!(struck, [true, false]);
        assert!(read_page("<html><p>没有表</p></html>").is_err());
        assert!(read_page(&"<table><tr><td>".repeat(NESTING + 1)).is_err());
        assert!(read_page(&format!("<table><tr>{}</table>", "<td colspan=9000>x</td>".repeat(2))).is_err());
    }

    #[test]
    fn the_encoding_that_a_page_names_is_found() {
        for page in ["<meta charset=gb2312>", "<META http-equiv='Content-Type' content='text/html; charset=GBK'>", "<meta charset=\"gbk\">"]
        {
            assert_eq!(declared_encoding(page.as_bytes()), Some(encoding_rs::GBK), "{page}");
        }
        assert_eq!(declared_encoding(b"<html>"), None);
    }
}
