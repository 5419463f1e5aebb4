//! A pass of our own over `content.xml`: which cells hold something, and what calamine does not tell:
//! hidden rows, columns and sheets, merges, comments, filters, percentages and failed formulas.
//!
//! Also the guard: repeats are counted before anything is expanded, and the document is known to be
//! well formed before another reader sees it. Takes no values but the text of comments.

use std::collections::BTreeSet;
use std::io::Read;

use crate::tables::builder::is_blank;
use crate::tables::limits;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Unreadable;
use crate::tables::xml;
use crate::tables::xml::Attributes;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

const PART: &str = "content.xml";

/// What a cell is beyond its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Plain,
    Percent,
    Error,
    /// A formula whose result is empty.
    NoResult,
}

/// A cell that holds something; 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub row: u32,
    pub column: u16,
    pub mark: Mark,
}

/// A table as the document lays it out.
#[derive(Debug, Default)]
pub struct Table {
    pub name: String,
    pub hidden: bool,
    /// Ascending by row, then column.
    pub cells: Vec<Place>,
    /// Ranges, ascending.
    pub hidden_rows: Vec<(u32, u32)>,
    pub hidden_columns: Vec<(u32, u32)>,
    pub merges: Vec<MergedArea>,
    pub comments: Vec<(u32, u32, String)>,
    pub pictures: u32,
    pub filtered: bool,
}

/// Cells that another reader would lay out as a full rectangle, empty ones included.
pub const DENSE_CELLS: u64 = 10_000_000;
/// Text that repeated cells would copy.
const COPIED_BYTES: u64 = 128 << 20;

#[derive(Default)]
struct Reader {
    tables: Vec<Table>,
    /// Names of table styles that hide their table.
    hiding_styles: BTreeSet<String>,
    style: String,
    row: u32,
    row_repeats: u32,
    row_cells: Vec<(u16, u16, Mark)>,
    column: u32,
    hidden_groups: u32,
    columns: u32,
    merges: usize,
    total: u64,
    copied: u64,
    /// Names of sheets with a filter, which come after the tables.
    filtered: BTreeSet<String>,
}

/// A cell between its tags.
struct OpenCell {
    repeats: u32,
    mark: Mark,
    valued: bool,
    /// Length of the formula.
    formula: usize,
    text: String,
    comment: String,
}

/// Reads the layout of all tables.
///
/// # Errors
/// Not well formed, cut off, or beyond the limits.
pub fn read(reader: impl Read) -> Result<Vec<Table>, Unreadable> {
    let mut scanner = Scanner::new(reader, PART);
    let mut state = Reader::default();
    let mut depth_of_tables = 0_u32;
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, empty } => match name {
                b"style" => state.style = attributes.text("name").unwrap_or_default(),
                b"table-properties" if attributes.get("display") == Some(b"false") => {
                    state.hiding_styles.insert(state.style.clone());
                }
                b"table" if attributes.get("name").is_some() || depth_of_tables > 0 => {
                    if depth_of_tables == 0 {
                        state.start_table(attributes)?;
                    }
                    depth_of_tables += u32::from(!empty);
                }
                b"table-column" if depth_of_tables == 1 => state.take_column(attributes),
                b"table-row" if depth_of_tables == 1 => {
                    state.start_row(attributes);
                    if empty {
                        state.end_row()?;
                    }
                }
                b"table-row-group" | b"table-column-group" if depth_of_tables == 1 && !empty => {
                    state.hidden_groups += u32::from(state.hidden_groups > 0 || attributes.get("display") == Some(b"false"));
                }
                b"table-cell" | b"covered-table-cell" if depth_of_tables == 1 => {
                    let cell = state.open_cell(attributes)?;
                    let cell = if empty { cell } else { state.read_cell(&mut scanner, cell)? };
                    state.close_cell(cell)?;
                }
                b"image" if depth_of_tables > 0 => state.count_picture(),
                b"database-range" if attributes.flag("display-filter-buttons") => {
                    let target = attributes.text("target-range-address").unwrap_or_default();
                    let sheet = target.rsplit_once('.').and_then(|(range, _)| range.split(['.', ':']).next().map(str::to_owned));
                    state.filtered.insert(sheet.unwrap_or_default().trim_matches(['\'', '$']).to_owned());
                }
                _ => {}
            },
            Token::Close { name } => match name {
                b"table" => depth_of_tables = depth_of_tables.saturating_sub(1),
                b"table-row" if depth_of_tables == 1 => state.end_row()?,
                b"table-row-group" | b"table-column-group" if depth_of_tables == 1 => {
                    state.hidden_groups = state.hidden_groups.saturating_sub(1);
                }
                _ => {}
            },
            Token::End => break,
            Token::Text(_) | Token::Literal(_) => {}
        }
    }
    for table in &mut state.tables {
        table.filtered = state.filtered.contains(&table.name);
    }
    Ok(state.tables)
}

impl Reader {
    fn start_table(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        if self.tables.len() >= limits::SHEETS {
            return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
        }
        let name = attributes.text("name").unwrap_or_default();
        if self.tables.iter().any(|table| table.name == name) {
            return Err(Unreadable::damaged(format!("有两张同名的工作表“{name}”")));
        }
        let hidden = attributes.text("style-name").is_some_and(|style| self.hiding_styles.contains(&style));
        self.tables.push(Table { name, hidden, ..Table::default() });
        (self.row, self.columns, self.hidden_groups) = (0, 0, 0);
        Ok(())
    }

    fn count_picture(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.pictures = table.pictures.saturating_add(1);
        }
    }

    fn is_hidden(&self, attributes: Attributes<'_>) -> bool {
        self.hidden_groups > 0 || matches!(attributes.get("visibility"), Some(b"collapse" | b"filter"))
    }

    fn take_column(&mut self, attributes: Attributes<'_>) {
        let first = self.columns.saturating_add(1);
        self.columns = self.columns.saturating_add(repeats(attributes, "number-columns-repeated"));
        let hidden = self.is_hidden(attributes) && first <= limits::COLUMNS;
        if let Some(table) = self.tables.last_mut().filter(|_| hidden) {
            table.hidden_columns.push((first, self.columns.min(limits::COLUMNS)));
        }
    }

    fn start_row(&mut self, attributes: Attributes<'_>) {
        self.row = self.row.saturating_add(1);
        self.row_repeats = repeats(attributes, "number-rows-repeated");
        self.column = 0;
        self.row_cells.clear();
        let hidden = self.is_hidden(attributes);
        let last = self.row.saturating_add(self.row_repeats - 1).min(limits::ROWS);
        if let Some(table) = self.tables.last_mut().filter(|_| hidden && self.row <= last) {
            table.hidden_rows.push((self.row, last));
        }
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let last = self.row.saturating_add(self.row_repeats - 1);
        if !self.row_cells.is_empty() {
            if last > limits::ROWS {
                return Err(Unreadable::damaged(format!("工作表“{}”的行号 {last} 不在工作表范围内", table.name)));
            }
            let width: u64 = self.row_cells.iter().map(|&(_, repeats, _)| u64::from(repeats)).sum();
            self.total = self.total.saturating_add(width * u64::from(self.row_repeats));
            if self.total > DENSE_CELLS {
                return Err(Unreadable::too_large(format!("有内容的单元格超过 {DENSE_CELLS} 个")));
            }
            for row in self.row..=last {
                for &(column, repeats, mark) in &self.row_cells {
                    table.cells.extend((column..column + repeats).map(|column| Place { row, column, mark }));
                }
            }
        }
        self.row = last;
        Ok(())
    }

    fn open_cell(&mut self, attributes: Attributes<'_>) -> Result<OpenCell, Unreadable> {
        let mark = match attributes.get("value-type") {
            // LibreOffice names the kinds that the standard lacks a second time.
            Some(b"percentage") => Mark::Percent,
            _ => Mark::Plain,
        };
        let mut cell = OpenCell {
            repeats: repeats(attributes, "number-columns-repeated"),
            mark,
            valued: false,
            formula: 0,
            text: String::new(),
            comment: String::new(),
        };
        for (name, value) in attributes {
            match name {
                b"value" | b"date-value" | b"time-value" | b"boolean-value" => cell.valued = true,
                b"string-value" => cell.text = String::from_utf8_lossy(value).into_owned(),
                b"value-type" if value == b"error" => cell.mark = Mark::Error,
                b"formula" => cell.formula = value.len(),
                _ => {}
            }
        }
        self.take_merge(attributes)?;
        Ok(cell)
    }

    fn take_merge(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        let (rows, columns) = (repeats(attributes, "number-rows-spanned"), repeats(attributes, "number-columns-spanned"));
        let (first_row, first_column) = (self.row, self.column.saturating_add(1));
        if (rows == 1 && columns == 1) || first_row > limits::ROWS || first_column > limits::COLUMNS {
            return Ok(());
        }
        self.merges += 1;
        if self.merges > limits::MERGES {
            return Err(Unreadable::too_large(format!("合并单元格超过 {} 处", limits::MERGES)));
        }
        if let Some(table) = self.tables.last_mut() {
            table.merges.push(MergedArea {
                first_row,
                first_column,
                last_row: first_row.saturating_add(rows - 1).min(limits::ROWS),
                last_column: first_column.saturating_add(columns - 1).min(limits::COLUMNS),
            });
        }
        Ok(())
    }

    fn read_cell(&mut self, scanner: &mut Scanner<impl Read>, mut cell: OpenCell) -> Result<OpenCell, Unreadable> {
        let depth = scanner.depth();
        let mut comment_depth = usize::MAX;
        let mut text = String::new();
        while scanner.depth() >= depth {
            let in_comment = scanner.depth() > comment_depth;
            let target = if in_comment { &mut cell.comment } else { &mut text };
            let before = scanner.depth();
            match scanner.next()? {
                Token::Open { name, attributes, .. } => match name {
                    b"annotation" => comment_depth = before,
                    // The date and the author of a comment are no part of it.
                    b"p" if !target.is_empty() => target.push('\n'),
                    b"s" if repeats(attributes, "c") > 10_000 => return Err(Unreadable::too_large("连续的空格超过 10000 个")),
                    b"s" | b"tab" => target.push(' '),
                    b"line-break" => target.push('\n'),
                    b"image" => self.count_picture(),
                    _ => {}
                },
                Token::Close { name: b"annotation" } => comment_depth = usize::MAX,
                Token::Close { name: b"date" | b"creator" | b"date-string" } if in_comment => target.clear(),
                Token::Text(raw) => xml::append(raw, target).map_err(|bad| bad.within(PART))?,
                Token::Literal(raw) => target.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?),
                Token::End => return Err(scanner.damaged("文件在单元格中间断了")),
                Token::Close { .. } => {}
            }
            if text.len() > limits::CELL_BYTES || cell.comment.len() > limits::CELL_BYTES {
                return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} MB", limits::CELL_BYTES >> 20)));
            }
        }
        if cell.text.is_empty() {
            cell.text = text;
        }
        Ok(cell)
    }

    fn close_cell(&mut self, cell: OpenCell) -> Result<(), Unreadable> {
        let first = self.column.saturating_add(1);
        self.column = self.column.saturating_add(cell.repeats);
        let blank = !cell.valued && is_blank(&cell.text);
        if !is_blank(&cell.comment)
            && let Some(table) = self.tables.last_mut().filter(|_| first <= limits::COLUMNS && self.row <= limits::ROWS)
        {
            if table.comments.len() >= limits::COMMENTS {
                return Err(Unreadable::too_large(format!("批注超过 {} 条", limits::COMMENTS)));
            }
            table.comments.push((self.row, first, cell.comment.trim().to_owned()));
        }
        if blank && cell.formula == 0 {
            return Ok(());
        }
        if self.column > limits::COLUMNS {
            return Err(Unreadable::damaged(format!("列号 {} 不在工作表范围内", self.column)));
        }
        let copies = u64::from(cell.repeats) * u64::from(self.row_repeats);
        self.copied = self.copied.saturating_add(((cell.text.len() + cell.formula) as u64).saturating_mul(copies));
        if copies > 1 && self.copied > COPIED_BYTES {
            return Err(Unreadable::too_large(format!("重复单元格的文字超过 {} MB", COPIED_BYTES >> 20)));
        }
        let mark = if blank { Mark::NoResult } else { cell.mark };
        self.row_cells.push((first as u16, cell.repeats as u16, mark));
        Ok(())
    }
}

/// A count in an attribute: at least 1, and 1 when it is absent.
fn repeats(attributes: Attributes<'_>, name: &str) -> u32 {
    attributes.number(name).unwrap_or(1).max(1)
}
