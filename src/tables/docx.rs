//! Word documents: each table a sheet, with the paragraphs above it as lines, as web pages are read; the text alone as one sheet.
//!
//! A facility that sends its ledger as a Word table is read like any other; whether the tables are a ledger is not known here.
//! Deleted text of tracked changes and what stands in headers, footers and text boxes is left out.

use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::package::Package;
use crate::tables::workbook::Format;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::Workbook;
use crate::tables::xml;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

const PART: &str = "word/document.xml";

/// A cell of a table with the columns it spans.
#[derive(Default)]
struct WordCell {
    text: String,
    span: u32,
    /// Continues the cell above.
    continues: bool,
}

#[derive(Default)]
struct WordTable {
    /// Paragraphs since the table before.
    lines: Vec<String>,
    rows: Vec<Vec<WordCell>>,
}

/// Reads a document.
///
/// # Errors
/// When it is damaged or beyond the limits.
pub fn read(package: &mut Package<'_>) -> Result<Workbook, Unreadable> {
    let (tables, rest) = taken_apart(package)?;
    let single = tables.len() == 1;
    let mut allowance = Allowance::new(package.ceilings);
    let mut sheets = Vec::new();
    for (number, table) in (1..).zip(&tables) {
        let name = if single { "表格".to_owned() } else { format!("表格{number}") };
        let (sheet, left) = sheet_of(&name, table, allowance)?;
        allowance = left;
        sheets.push(sheet);
    }
    if !rest.is_empty() {
        let text = WordTable { lines: rest, rows: Vec::new() };
        match (sheets.pop(), tables.last()) {
            // What stands below the last table is its footer.
            (Some(last), Some(_)) => {
                let next = last.rows.last().map_or(1, |row| row.number + 1);
                let mut builder = SheetBuilder::new(last, allowance);
                put_lines(&mut builder, next, &text.lines)?;
                sheets.push(builder.finish().0);
            }
            _ => sheets.push(sheet_of("正文", &text, allowance)?.0),
        }
    }
    if sheets.is_empty() {
        return Err(Unreadable::wrong_format("Word 文档（.docx），里面没有文字", "把内容填进 .xlsx 表格后再报送"));
    }
    Ok(Workbook { format: Format::Docx, encoding: None, sheets, notes: Vec::new() })
}

fn sheet_of(name: &str, table: &WordTable, allowance: Allowance) -> Result<(Sheet, Allowance), Unreadable> {
    let mut builder = SheetBuilder::new(Sheet::new(name), allowance);
    let first = put_lines(&mut builder, 1, &table.lines)?;
    for (row, cells) in (first..).zip(&table.rows) {
        builder.start_row(row, false);
        let mut column = 1_u32;
        for cell in cells {
            let last = column.saturating_add(cell.span.max(1)) - 1;
            if !cell.continues {
                let too_wide = |_| Unreadable::too_large("Word 表格的列太多");
                builder.put_text(u16::try_from(column).map_err(too_wide)?, cell.text.trim(), 0)?;
            }
            column = last.saturating_add(1);
        }
    }
    for area in merges(table) {
        let offset = u32::try_from(table.lines.len()).unwrap_or(0);
        builder.put_merge(MergedArea { first_row: area.first_row + offset, last_row: area.last_row + offset, ..area })?;
    }
    Ok(builder.finish())
}

/// The merged areas, counted from the table's first row.
fn merges(table: &WordTable) -> Vec<MergedArea> {
    let mut open: Vec<MergedArea> = Vec::new();
    let mut done = Vec::new();
    for (row, cells) in (1..).zip(&table.rows) {
        let mut column = 1_u32;
        for cell in cells {
            let last_column = column.saturating_add(cell.span.max(1)) - 1;
            let above = open.iter().position(|area| area.first_column == column);
            if cell.continues {
                if let Some(area) = above.and_then(|above| open.get_mut(above)) {
                    area.last_row = row;
                }
            } else {
                if let Some(above) = above {
                    done.push(open.swap_remove(above));
                }
                open.push(MergedArea { first_row: row, first_column: column, last_row: row, last_column });
            }
            column = last_column.saturating_add(1);
        }
    }
    done.extend(open);
    done.sort_by_key(|area| (area.first_row, area.first_column));
    done
}

/// Puts lines into the first column, a row each; gives the number of the next row.
fn put_lines(builder: &mut SheetBuilder, first: u32, lines: &[String]) -> Result<u32, Unreadable> {
    let mut row = first;
    for line in lines {
        builder.start_row(row, false);
        builder.put_text(1, line, 0)?;
        row += 1;
    }
    Ok(row)
}

/// The tables with the lines above them, and the lines behind the last. A table within a cell is text of that cell.
fn taken_apart(package: &mut Package<'_>) -> Result<(Vec<WordTable>, Vec<String>), Unreadable> {
    let mut scanner = Scanner::new(package.part(PART)?, PART);
    let mut tables = Vec::new();
    let mut table = WordTable::default();
    let (mut depth, mut skipped, mut collecting) = (0_u32, 0_u32, false);
    let mut line = String::new();
    loop {
        match scanner.next()? {
            // A text box repeats its words for older programs.
            Token::Open { name: b"txbxContent" | b"Fallback" | b"del" | b"moveFrom", empty, .. } => skipped += u32::from(!empty),
            Token::Close { name: b"txbxContent" | b"Fallback" | b"del" | b"moveFrom" } => skipped = skipped.saturating_sub(1),
            _ if skipped > 0 => {}
            Token::Open { name: b"tbl", empty: false, .. } => depth += 1,
            Token::Close { name: b"tbl" } => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    tables.push(std::mem::take(&mut table));
                }
            }
            Token::Open { name: b"tr", empty: false, .. } if depth == 1 => table.rows.push(Vec::new()),
            Token::Open { name: b"tc", empty: false, .. } if depth == 1 => {
                if let Some(row) = table.rows.last_mut() {
                    row.push(WordCell::default());
                }
            }
            Token::Open { name: b"gridSpan", attributes, .. } if depth == 1 => {
                if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.span = attributes.number("val").unwrap_or(1);
                }
            }
            Token::Open { name: b"vMerge", attributes, .. } if depth == 1 => {
                if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.continues = attributes.get("val").is_none_or(|value| value != b"restart");
                }
            }
            Token::Open { name: b"t", empty, .. } => collecting = !empty,
            Token::Close { name: b"t" } => collecting = false,
            Token::Open { name: b"tab", .. } => line.push(' '),
            Token::Open { name: b"br" | b"cr", .. } => line.push('\n'),
            Token::Text(raw) if collecting => xml::append(raw, &mut line).map_err(|bad| bad.within(PART))?,
            Token::Literal(raw) if collecting => line.push_str(std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?),
            Token::Close { name: b"p" } => {
                let said = std::mem::take(&mut line);
                match table.rows.last_mut().and_then(|row| row.last_mut()).filter(|_| depth > 0) {
                    Some(cell) if !cell.text.is_empty() && !said.trim().is_empty() => cell.text.push_str(&format!("\n{}", said.trim())),
                    Some(cell) => cell.text.push_str(said.trim()),
                    None if !said.trim().is_empty() => table.lines.push(said.trim().to_owned()),
                    None => {}
                }
            }
            Token::End => return Ok((tables, table.lines)),
            _ => {}
        }
    }
}
