//! The one pass over `content.xml`: tables, their cells, and what stands beside them (hidden rows, columns and
//! sheets, merges, comments, drawings, filters).
//!
//! Repeats are counted before anything is expanded. What a cell's content means is told in `value`.

use std::collections::BTreeSet;
use std::io::Read;

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::limits;
use crate::tables::ods::drawing;
use crate::tables::ods::value;
use crate::tables::ods::value::CellContent;
use crate::tables::workbook::Cell;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Visibility;
use crate::tables::xml;
use crate::tables::xml::Attributes;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

const PART: &str = "content.xml";

/// What the document holds.
#[derive(Default)]
pub struct Content {
    pub sheets: Vec<Sheet>,
    /// Pictures by sheet.
    pub pictures: Vec<(String, u32)>,
    pub date_1904: bool,
}

struct Reader {
    content: Content,
    builder: Option<SheetBuilder>,
    allowance: Allowance,
    pictures: u32,
    /// Names of table styles that hide their table.
    hiding_styles: BTreeSet<String>,
    style: String,
    row: u32,
    row_repeats: u32,
    row_hidden: bool,
    /// The cells of the open row, each with how often it repeats.
    row_cells: Vec<(Cell, u32)>,
    column: u32,
    hidden_groups: u32,
    columns: u32,
    /// Names of sheets with a filter, which come after the tables.
    filtered: BTreeSet<String>,
}

/// A cell between its tags.
struct OpenCell {
    repeats: u32,
    content: CellContent,
    comment: String,
}

/// Reads all tables.
///
/// # Errors
/// Not well formed, cut off, or beyond the limits.
pub fn read(reader: impl Read) -> Result<Content, Unreadable> {
    let mut scanner = Scanner::new(reader, PART);
    let mut state = Reader {
        content: Content::default(),
        builder: None,
        allowance: Allowance::new(&limits::STRANGERS),
        pictures: 0,
        hiding_styles: BTreeSet::new(),
        style: String::new(),
        row: 0,
        row_repeats: 1,
        row_hidden: false,
        row_cells: Vec::new(),
        column: 0,
        hidden_groups: 0,
        columns: 0,
        filtered: BTreeSet::new(),
    };
    let mut depth_of_tables = 0_u32;
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, empty } => match name {
                b"style" => state.style = attributes.text("name").unwrap_or_default(),
                b"table-properties" if attributes.get("display") == Some(b"false") => {
                    state.hiding_styles.insert(state.style.clone());
                }
                b"null-date" => state.content.date_1904 |= attributes.get("date-value") == Some(b"1904-01-01"),
                b"table" if attributes.get("name").is_some() || depth_of_tables > 0 => {
                    if depth_of_tables == 0 {
                        state.start_table(attributes)?;
                        if empty {
                            state.end_table();
                        }
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
                name if depth_of_tables > 0 && !empty && drawing::is_drawing(name) => state.take_drawing(&mut scanner)?,
                b"database-range" if attributes.flag("display-filter-buttons") => {
                    let target = attributes.text("target-range-address").unwrap_or_default();
                    let sheet = target.rsplit_once('.').and_then(|(range, _)| range.split(['.', ':']).next().map(str::to_owned));
                    state.filtered.insert(sheet.unwrap_or_default().trim_matches(['\'', '$']).to_owned());
                }
                _ => {}
            },
            Token::Close { name } => match name {
                b"table" => {
                    depth_of_tables = depth_of_tables.saturating_sub(1);
                    if depth_of_tables == 0 {
                        state.end_table();
                    }
                }
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
    for sheet in &mut state.content.sheets {
        sheet.filtered = state.filtered.contains(sheet.name.as_ref());
    }
    Ok(state.content)
}

impl Reader {
    fn start_table(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        if self.content.sheets.len() >= limits::SHEETS {
            return Err(Unreadable::too_large(format!("工作表超过 {} 张", limits::SHEETS)));
        }
        let name = attributes.text("name").unwrap_or_default();
        if self.content.sheets.iter().any(|sheet| sheet.name.as_ref() == name) {
            return Err(Unreadable::damaged(format!("有两张同名的工作表“{name}”")));
        }
        let mut sheet = Sheet::new(name);
        if attributes.text("style-name").is_some_and(|style| self.hiding_styles.contains(&style)) {
            sheet.visibility = Visibility::Hidden;
        }
        self.builder = Some(SheetBuilder::new(sheet, self.allowance));
        (self.row, self.columns, self.hidden_groups, self.pictures) = (0, 0, 0, 0);
        Ok(())
    }

    fn end_table(&mut self) {
        let Some(builder) = self.builder.take() else { return };
        let (sheet, left) = builder.finish();
        self.allowance = left;
        if self.pictures > 0 {
            self.content.pictures.push((sheet.name.to_string(), self.pictures));
        }
        self.content.sheets.push(sheet);
    }

    fn take_drawing(&mut self, scanner: &mut Scanner<impl Read>) -> Result<(), Unreadable> {
        let drawing = drawing::read(scanner)?;
        self.pictures = self.pictures.saturating_add(drawing.pictures);
        if let Some(builder) = &mut self.builder {
            builder.sheet_mut().put_text_box(&drawing.text);
        }
        Ok(())
    }

    fn is_hidden(&self, attributes: Attributes<'_>) -> bool {
        self.hidden_groups > 0 || matches!(attributes.get("visibility"), Some(b"collapse" | b"filter"))
    }

    fn take_column(&mut self, attributes: Attributes<'_>) {
        let first = self.columns.saturating_add(1);
        self.columns = self.columns.saturating_add(repeats(attributes, "number-columns-repeated"));
        let hidden = self.is_hidden(attributes) && first <= limits::COLUMNS;
        if let Some(builder) = self.builder.as_mut().filter(|_| hidden) {
            builder.sheet_mut().hidden_columns.push((first, self.columns.min(limits::COLUMNS)));
        }
    }

    fn start_row(&mut self, attributes: Attributes<'_>) {
        self.row = self.row.saturating_add(1);
        self.row_repeats = repeats(attributes, "number-rows-repeated");
        self.row_hidden = self.is_hidden(attributes);
        self.column = 0;
        self.row_cells.clear();
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let Some(builder) = &mut self.builder else { return Ok(()) };
        let last = self.row.saturating_add(self.row_repeats - 1);
        if !self.row_cells.is_empty() {
            if last > limits::ROWS {
                let name = builder.sheet_mut().name.clone();
                return Err(Unreadable::damaged(format!("工作表“{name}”的行号 {last} 不在工作表范围内")));
            }
            for row in self.row..=last {
                builder.start_row(row, self.row_hidden);
                for &(cell, repeats) in &self.row_cells {
                    for offset in 0..repeats {
                        // `close_cell` has seen that the last of them lies in the sheet.
                        builder.put(cell.moved_by(offset as u16))?;
                    }
                }
            }
        }
        self.row = last;
        Ok(())
    }

    fn open_cell(&mut self, attributes: Attributes<'_>) -> Result<OpenCell, Unreadable> {
        let mut content = CellContent::default();
        for (name, value) in attributes {
            match name {
                b"value" | b"date-value" | b"time-value" | b"boolean-value" | b"string-value" => {
                    let mut text = String::new();
                    xml::append(value, &mut text).map_err(|bad| bad.within(PART))?;
                    content.value = Some(text);
                }
                b"value-type" if value == b"error" => content.is_error = true,
                b"value-type" => content.kind = value.to_vec(),
                b"formula" => content.formula = Some(String::from_utf8_lossy(value).into_owned()),
                _ => {}
            }
        }
        self.take_merge(attributes)?;
        Ok(OpenCell { repeats: repeats(attributes, "number-columns-repeated"), content, comment: String::new() })
    }

    fn take_merge(&mut self, attributes: Attributes<'_>) -> Result<(), Unreadable> {
        let (rows, columns) = (repeats(attributes, "number-rows-spanned"), repeats(attributes, "number-columns-spanned"));
        let (first_row, first_column) = (self.row, self.column.saturating_add(1));
        let Some(builder) = self.builder.as_mut().filter(|_| first_row <= limits::ROWS && first_column <= limits::COLUMNS) else {
            return Ok(());
        };
        builder.put_merge(MergedArea {
            first_row,
            first_column,
            last_row: first_row.saturating_add(rows - 1).min(limits::ROWS),
            last_column: first_column.saturating_add(columns - 1).min(limits::COLUMNS),
        })
    }

    fn read_cell(&mut self, scanner: &mut Scanner<impl Read>, mut cell: OpenCell) -> Result<OpenCell, Unreadable> {
        let depth = scanner.depth();
        let mut comment_depth = usize::MAX;
        while scanner.depth() >= depth {
            let before = scanner.depth();
            let in_comment = before > comment_depth;
            let target = if in_comment { &mut cell.comment } else { &mut cell.content.text };
            match scanner.next()? {
                Token::Open { name, attributes, empty } => match name {
                    b"annotation" if !empty => comment_depth = before,
                    b"p" if !target.is_empty() => target.push('\n'),
                    b"s" if repeats(attributes, "c") > 10_000 => return Err(Unreadable::too_large("连续的空格超过 10000 个")),
                    b"s" => target.extend(std::iter::repeat_n(' ', repeats(attributes, "c") as usize)),
                    b"tab" => target.push('\t'),
                    b"line-break" => target.push('\n'),
                    name if !empty && !in_comment && drawing::is_drawing(name) => self.take_drawing(scanner)?,
                    _ => {}
                },
                Token::Close { name: b"annotation" } => comment_depth = usize::MAX,
                // The date and the author of a comment are no part of it.
                Token::Close { name: b"date" | b"creator" | b"date-string" } if in_comment => target.clear(),
                Token::Text(raw) => xml::append(raw, target).map_err(|bad| bad.within(PART))?,
                Token::Literal(raw) => target.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?),
                Token::End => return Err(scanner.damaged("文件在单元格中间断了")),
                Token::Close { .. } => {}
            }
            if cell.content.text.len() > limits::CELL_BYTES || cell.comment.len() > limits::CELL_BYTES {
                return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} KB", limits::CELL_BYTES >> 10)));
            }
        }
        Ok(cell)
    }

    fn close_cell(&mut self, cell: OpenCell) -> Result<(), Unreadable> {
        let first = self.column.saturating_add(1);
        self.column = self.column.saturating_add(cell.repeats);
        let Some(builder) = &mut self.builder else { return Ok(()) };
        if !is_blank(&cell.comment) && first <= limits::COLUMNS && self.row <= limits::ROWS {
            builder.put_comment(self.row, first, cell.comment.trim().to_owned())?;
        }
        if cell.content.is_empty() {
            return Ok(());
        }
        if self.column > limits::COLUMNS {
            return Err(Unreadable::damaged(format!("列号 {} 不在工作表范围内", self.column)));
        }
        if let Some(value) = value::cell(&cell.content, first as u16, builder)? {
            self.row_cells.push((value, cell.repeats));
        }
        Ok(())
    }
}

/// A count in an attribute: at least 1, and 1 when it is absent.
fn repeats(attributes: Attributes<'_>, name: &str) -> u32 {
    attributes.number(name).unwrap_or(1).max(1)
}
