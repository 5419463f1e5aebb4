//! Puts cells into a sheet as a reader meets them, in whatever order, within the limits.
//!
//! Readers hand over row numbers and cells; this module keeps the allowance of the whole workbook,
//! leaves out blanks and sorts at the end when a file was not in order. It knows no format.

use crate::tables::limits;
use crate::tables::limits::Ceilings;
use crate::tables::workbook::Cell;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Row;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;

/// What a workbook may still hold; handed from sheet to sheet.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    cells: u64,
    text: u64,
    handed_out: u64,
    far_cells: u64,
    merges: usize,
    comments: usize,
    ceilings: &'static Ceilings,
}

impl Allowance {
    /// The allowance of a workbook at its start.
    pub fn new(ceilings: &'static Ceilings) -> Allowance {
        Allowance {
            ceilings,
            cells: ceilings.cells,
            text: ceilings.text,
            handed_out: ceilings.handed_out,
            far_cells: limits::FAR_CELLS,
            merges: limits::MERGES,
            comments: limits::COMMENTS,
        }
    }
}

/// A sheet under construction.
pub struct SheetBuilder {
    sheet: Sheet,
    allowance: Allowance,
    row: Option<OpenRow>,
    in_order: bool,
    /// Rows in which a value was met, in the order of the file; a row may come more than once.
    touched: Vec<u32>,
}

#[derive(Clone, Copy)]
struct OpenRow {
    number: u32,
    hidden: bool,
    first: usize,
    last_column: u16,
    touched: bool,
}

impl SheetBuilder {
    pub fn new(sheet: Sheet, allowance: Allowance) -> SheetBuilder {
        SheetBuilder { sheet, allowance, row: None, in_order: true, touched: Vec::new() }
    }

    /// The sheet's own facts (merges, hidden columns, …) for readers to fill in.
    pub fn sheet_mut(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// What is left of the allowance so far.
    pub fn allowance(&self) -> Allowance {
        self.allowance
    }

    /// Goes on with what another sheet, built in between, has left.
    pub fn set_allowance(&mut self, allowance: Allowance) {
        self.allowance = allowance;
    }

    /// The number of the row that is open, 0 before the first one.
    pub fn row_number(&self) -> u32 {
        self.row.map_or(0, |row| row.number)
    }

    /// Starts a row, ending the one before. Rows may come in any order and more than once.
    pub fn start_row(&mut self, number: u32, hidden: bool) {
        self.end_row();
        if self.sheet.rows.last().is_some_and(|last| last.number >= number) {
            self.in_order = false;
        }
        self.row = Some(OpenRow { number, hidden, first: self.sheet.cells.len(), last_column: 0, touched: false });
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        if row.touched {
            self.touched.push(row.number);
        }
        let count = self.sheet.cells.len() - row.first;
        if count > 0 {
            self.sheet.rows.push(Row { number: row.number, first: row.first as u32, count: count as u32, hidden: row.hidden });
        }
    }

    /// Notes that the open row holds a value, also one that shows nothing and is not stored.
    #[inline]
    pub fn touch(&mut self) {
        if let Some(row) = &mut self.row {
            row.touched = true;
        }
    }

    /// Notes that a cell stands in another row than the one it is written in.
    pub fn note_misplaced(&mut self, row: u32, column: u32) {
        self.sheet.overwritten.add((row, column));
    }

    /// Rows in which a value was met, each once.
    fn touched_rows(&mut self) -> u32 {
        self.touched.sort_unstable();
        self.touched.dedup();
        self.touched.len() as u32
    }

    /// Adds a cell to the open row.
    ///
    /// # Errors
    /// When the workbook holds more cells than its ceiling, or hands out more text: a text that a thousand cells share is read
    /// a thousand times.
    #[inline]
    pub fn put(&mut self, cell: Cell) -> Result<(), Unreadable> {
        if self.allowance.cells == 0 {
            return Err(Unreadable::too_large(format!("有内容的单元格超过 {} 个", self.allowance.ceilings.cells)));
        }
        self.allowance.cells -= 1;
        if cell.column > limits::USUAL_COLUMNS {
            let Some(left) = self.allowance.far_cells.checked_sub(1) else {
                let (columns, most) = (limits::USUAL_COLUMNS, limits::FAR_CELLS);
                return Err(Unreadable::too_large(format!("第 {columns} 列以后有内容的单元格超过 {most} 个")));
            };
            self.allowance.far_cells = left;
        }
        let Some(left) = self.allowance.handed_out.checked_sub(u64::from(cell.text_length())) else {
            return Err(Unreadable::too_large(format!("各单元格的文字合计超过 {} MB", self.allowance.ceilings.handed_out >> 20)));
        };
        self.allowance.handed_out = left;
        if self.row.is_none() {
            self.start_row(1, false);
        }
        if let Some(row) = &mut self.row {
            if cell.column <= row.last_column {
                self.in_order = false;
            }
            row.last_column = cell.column;
            row.touched = true;
        }
        self.sheet.cells.push(cell);
        Ok(())
    }

    /// Adds a text cell unless the text is blank; `#VALUE!` and its kind, left behind as text, are what they were.
    pub fn put_text(&mut self, column: u16, text: &str, flags: u8) -> Result<(), Unreadable> {
        let text = unwrapped(text);
        if is_blank(text) {
            return Ok(());
        }
        if is_error_word(text) {
            return self.put_error(column, text.trim(), flags);
        }
        let (start, length) = self.keep(text)?;
        self.put(Cell::text(column, start, length).with(flags))
    }

    /// Sets a flag of the cell that was put last.
    pub fn flag_last(&mut self, flag: u8) {
        if let Some(cell) = self.sheet.cells.last_mut() {
            *cell = cell.with(flag);
        }
    }

    /// Adds an error cell with its code.
    pub fn put_error(&mut self, column: u16, code: &str, flags: u8) -> Result<(), Unreadable> {
        let (start, length) = self.keep(code)?;
        self.put(Cell::error(column, start, length).with(flags))
    }

    /// Copies a text into the arena and gives its place there.
    ///
    /// # Errors
    /// When one text, or all of them together, are beyond the limits.
    pub fn keep(&mut self, text: &str) -> Result<(u32, u32), Unreadable> {
        let start = self.sheet.texts.len();
        self.sheet.texts.push_str(text);
        self.account(start)
    }

    /// Lets a reader write straight into the arena; what it wrote is accounted for like [`keep`](Self::keep).
    pub fn keep_with<F>(&mut self, write: F) -> Result<(u32, u32), Unreadable>
    where
        F: FnOnce(&mut String) -> Result<(), Unreadable>,
    {
        let start = self.sheet.texts.len();
        write(&mut self.sheet.texts)?;
        self.account(start)
    }

    /// The text at a place that [`keep`](Self::keep) gave.
    pub fn kept(&self, start: u32, length: u32) -> &str {
        self.sheet.texts.get(start as usize..start as usize + length as usize).unwrap_or("")
    }

    /// Takes back the last text that was kept.
    pub fn forget(&mut self, start: u32) {
        let length = self.sheet.texts.len() as u64 - u64::from(start);
        self.sheet.texts.truncate(start as usize);
        self.allowance.text += length;
    }

    fn account(&mut self, start: usize) -> Result<(u32, u32), Unreadable> {
        let length = self.sheet.texts.len() - start;
        if length > limits::CELL_BYTES {
            return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} KB", limits::CELL_BYTES >> 10)));
        }
        let Some(left) = self.allowance.text.checked_sub(length as u64) else {
            return Err(Unreadable::too_large(format!("文字总量超过 {} MB", self.allowance.ceilings.text >> 20)));
        };
        self.allowance.text = left;
        Ok((start as u32, length as u32))
    }

    /// Adds a merged area; one cell alone is none.
    pub fn put_merge(&mut self, area: MergedArea) -> Result<(), Unreadable> {
        if area.first_row == area.last_row && area.first_column == area.last_column {
            return Ok(());
        }
        let Some(left) = self.allowance.merges.checked_sub(1) else {
            return Err(Unreadable::too_large(format!("合并单元格超过 {} 处", limits::MERGES)));
        };
        self.allowance.merges = left;
        self.sheet.merges.push(area);
        Ok(())
    }

    /// Adds a comment on a cell.
    pub fn put_comment(&mut self, row: u32, column: u32, text: String) -> Result<(), Unreadable> {
        let left = self.allowance.comments.checked_sub(1).zip(self.allowance.text.checked_sub(text.len() as u64));
        let Some((comments, bytes)) = left else {
            return Err(Unreadable::too_large(format!(
                "批注超过 {} 条或文字总量超过 {} MB",
                limits::COMMENTS,
                self.allowance.ceilings.text >> 20
            )));
        };
        self.allowance.comments = comments;
        self.allowance.text = bytes;
        self.sheet.comments.push((row, column, text));
        Ok(())
    }

    /// The finished sheet, sorted, and what is left of the allowance.
    pub fn finish(mut self) -> (Sheet, Allowance) {
        self.end_row();
        self.sheet.touched_rows = self.touched_rows();
        if !self.in_order {
            sort_cells(&mut self.sheet);
        }
        self.sheet.merges.sort_unstable();
        self.sheet.comments.sort();
        self.sheet.hidden_columns.sort_unstable();
        // Growing left up to as much room again; a large sheet stays in memory while it is read.
        self.sheet.cells.shrink_to_fit();
        self.sheet.texts.shrink_to_fit();
        (self.sheet, self.allowance)
    }
}

/// Brings cells into the order of rows and columns. Of two cells at one place the later one stands,
/// as in every spreadsheet program that loads such a file.
fn sort_cells(sheet: &mut Sheet) {
    let mut order: Vec<(u32, u16, u32)> = Vec::with_capacity(sheet.cells.len());
    let mut hidden: Vec<u32> = Vec::new();
    for row in &sheet.rows {
        if row.hidden {
            hidden.push(row.number);
        }
        for index in row.first..row.first + row.count {
            order.push((row.number, sheet.cells[index as usize].column, index));
        }
    }
    hidden.sort_unstable();
    order.sort_unstable();
    let mut cells: Vec<Cell> = Vec::with_capacity(order.len());
    let mut rows: Vec<Row> = Vec::new();
    let mut place = None;
    for (number, column, index) in order {
        let cell = sheet.cells[index as usize];
        if place == Some((number, column)) {
            if let Some(last) = cells.last_mut() {
                *last = cell;
            }
            sheet.overwritten.add((number, u32::from(column)));
            continue;
        }
        place = Some((number, column));
        match rows.last_mut() {
            Some(row) if row.number == number => row.count += 1,
            _ => rows.push(Row { number, first: cells.len() as u32, count: 1, hidden: hidden.binary_search(&number).is_ok() }),
        }
        cells.push(cell);
    }
    sheet.cells = cells;
    sheet.rows = rows;
}

/// The words that programs leave where a formula has no value.
pub fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#BUSY!", "#FIELD!"];
    let text = text.trim();
    text.starts_with('#') && WORDS.contains(&text) || text.strip_prefix("Err:").is_some_and(|number| number.parse::<u16>().is_ok())
}

/// The constant in `="2023-07-10"`, by which exporters keep a spreadsheet from changing a text.
pub fn unwrapped(text: &str) -> &str {
    let inside = text.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|inside| !inside.contains('"')).unwrap_or(text)
}

/// Whether a text shows nothing: white space of any script and zero-width characters.
pub fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(byte) if byte.is_ascii_graphic() => false,
        _ => text
            .chars()
            .all(|character| character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::workbook::Value;

    /// Puts (row, column, text) in the given order and gives back what the sheet says.
    fn check(cells: &[(u32, u16, &str)], expected: &[(u32, u16, &str)]) {
        let mut builder = SheetBuilder::new(Sheet::new("表"), Allowance::new(&limits::STRANGERS));
        for &(row, column, text) in cells {
            if builder.row_number() != row {
                builder.start_row(row, row == 7);
            }
            builder.put_text(column, text, 0).expect("within the limits");
        }
        let (sheet, _) = builder.finish();
        let mut seen = Vec::new();
        for &row in &sheet.rows {
            assert_eq!(row.hidden, row.number == 7);
            for &cell in sheet.cells_of(row) {
                let Value::Text(text) = sheet.value(cell) else { panic!("only texts were put") };
                seen.push((row.number, cell.column, text.to_owned()));
            }
        }
        let expected: Vec<_> = expected.iter().map(|&(row, column, text)| (row, column, text.to_owned())).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn cells_end_up_in_order_without_blanks_and_the_later_of_two_stands() {
        check(&[(1, 1, "a"), (1, 2, " \u{3000}\u{200b}"), (1, 3, "c")], &[(1, 1, "a"), (1, 3, "c")]);
        check(&[(7, 1, "x"), (2, 5, "y"), (7, 3, "z"), (7, 2, "w")], &[(2, 5, "y"), (7, 1, "x"), (7, 2, "w"), (7, 3, "z")]);
        check(&[(3, 2, "old"), (3, 2, "new")], &[(3, 2, "new")]);
        check(&[(1, 1, "=\"007\""), (1, 2, "=\"a\"&\"b\""), (1, 3, "=1+1")], &[(1, 1, "007"), (1, 2, "=\"a\"&\"b\""), (1, 3, "=1+1")]);
        check(&[], &[]);
    }

    #[test]
    fn two_cells_at_one_place_are_noted() {
        let mut builder = SheetBuilder::new(Sheet::new("表"), Allowance::new(&limits::STRANGERS));
        for text in ["old", "new"] {
            builder.start_row(3, false);
            builder.put_text(2, text, 0).expect("within the limits");
        }
        let (sheet, _) = builder.finish();
        assert_eq!((sheet.overwritten.first.as_slice(), sheet.overwritten.count, sheet.touched_rows), (&[(3, 2)][..], 1, 1));
    }

    #[test]
    fn a_text_that_many_cells_share_counts_for_each() {
        let mut builder = SheetBuilder::new(Sheet::new("表"), Allowance { handed_out: 10, ..Allowance::new(&limits::STRANGERS) });
        let (start, length) = builder.keep("隐患").expect("within the limits");
        assert!(builder.put(Cell::text(1, start, length)).is_ok() && builder.put(Cell::text(2, start, length)).is_err());
    }

    #[test]
    fn a_text_beyond_the_limit_of_a_cell_is_refused() {
        let mut builder = SheetBuilder::new(Sheet::new("表"), Allowance::new(&limits::STRANGERS));
        builder.start_row(1, false);
        assert!(builder.put_text(1, &"字".repeat(limits::CELL_BYTES / 3 + 1), 0).is_err());
    }

    #[test]
    fn a_workbook_beyond_its_allowance_is_refused() {
        let allowance = Allowance { cells: 2, text: 8, handed_out: 8, ..Allowance::new(&limits::STRANGERS) };
        let allowance = Allowance { merges: 1, comments: 1, ..allowance };
        let mut builder = SheetBuilder::new(Sheet::new("表"), allowance);
        let area = MergedArea { first_row: 1, first_column: 1, last_row: 2, last_column: 2 };
        assert!(builder.put_merge(area).is_ok() && builder.put_merge(area).is_err());
        assert!(builder.put_text(1, "隐患", 0).is_ok() && builder.put_text(2, "隐患", 0).is_err());
        assert!(builder.put(Cell::number(2, 1.0)).is_ok() && builder.put(Cell::number(3, 1.0)).is_err());
        assert!(builder.put_comment(1, 1, String::new()).is_ok() && builder.put_comment(1, 1, String::new()).is_err());
    }
}
