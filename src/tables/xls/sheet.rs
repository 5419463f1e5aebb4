//! One worksheet substream of a BIFF workbook: cells, hidden rows and columns, merges, comments.
//!
//! Charts that are embedded in the sheet are substreams within; they are skipped, their cached
//! numbers are no cells. A sheet that has no end is cut off.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::source;
use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::formula;
use crate::tables::limits;
use crate::tables::number_format::CellStyle;
use crate::tables::serial;
use crate::tables::shared_strings::SharedPlaces;
use crate::tables::workbook::Cell;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::xls::globals::BOF;
use crate::tables::xls::globals::EOF;
use crate::tables::xls::globals::Generation;
use crate::tables::xls::globals::Globals;
use crate::tables::xls::records::Fields;
use crate::tables::xls::records::Record;
use crate::tables::xls::records::Records;
use crate::tables::xls::records::short;
use crate::tables::xls::strings;

/// The kind of a substream, the second word of its BOF.
pub const WORKSHEET: u16 = 0x0010;

/// The last column of BIFF is 256; WPS writes no more either.
const COLUMNS: u16 = 256;

/// A finished sheet.
pub struct Reading {
    pub sheet: Sheet,
    pub allowance: Allowance,
    pub pictures: u32,
}

struct SheetReader<'a> {
    globals: &'a Globals,
    builder: SheetBuilder,
    places: SharedPlaces<'a>,
    name: String,
    hidden_rows: BTreeSet<u32>,
    /// A formula whose text result comes in the next STRING record: column and style.
    waiting: Option<(u32, u16, CellStyle)>,
    object: u16,
    object_texts: BTreeMap<u16, String>,
    notes: Vec<(u32, u32, u16)>,
    pictures: u32,
    /// Where the last formula stands, and the places of formulas that others share and that move.
    last_formula: (u16, u16),
    moving_formulas: BTreeSet<(u16, u16)>,
}

/// Reads the substream at `offset`.
///
/// # Errors
/// Cut off, broken, or with cells outside of the sheet.
pub fn read(stream: &[u8], offset: usize, globals: &Globals, sheet: Sheet, allowance: Allowance) -> Result<Reading, Unreadable> {
    let name = format!("工作表“{}”", source::shortened(&sheet.name, 60));
    let mut records = Records::at(stream, offset);
    let begins = |offset| matches!(Records::at(stream, offset).next(), Ok(Some(record)) if record.kind == BOF);
    // Some programs point behind the beginning instead of at it.
    const BEGINNING: usize = 20;
    if !begins(offset) && !offset.checked_sub(BEGINNING).is_some_and(begins) {
        return Err(Unreadable::damaged(format!("{name}不在目录所说的位置")));
    }
    if begins(offset) {
        records.next()?;
    }
    let mut reader = SheetReader {
        globals,
        builder: SheetBuilder::new(sheet, allowance),
        places: SharedPlaces::new(&globals.shared),
        name,
        hidden_rows: BTreeSet::new(),
        waiting: None,
        object: 0,
        object_texts: BTreeMap::new(),
        notes: Vec::new(),
        pictures: 0,
        last_formula: (0, 0),
        moving_formulas: BTreeSet::new(),
    };
    let mut depth = 1;
    loop {
        let Some(record) = records.next()? else {
            return Err(Unreadable::damaged(format!("{}没有结束，文件可能不完整", reader.name)));
        };
        match record.kind {
            BOF => depth += 1,
            EOF => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ if depth == 1 => reader.take(record, &mut records)?,
            _ => {}
        }
    }
    reader.finish()
}

impl SheetReader<'_> {
    fn take(&mut self, record: Record<'_>, records: &mut Records<'_>) -> Result<(), Unreadable> {
        let data = record.data;
        match record.kind {
            // NUMBER
            0x0203 => {
                let (column, style) = self.place(data)?;
                serial::put_number(&mut self.builder, column, data.float(6)?, &style, self.globals.date_1904)
            }
            // RK
            0x027E => {
                let (column, style) = self.place(data)?;
                serial::put_number(&mut self.builder, column, short_number(data.double_word(6)?), &style, self.globals.date_1904)
            }
            0x00BD => self.take_many_short_numbers(data),
            // LABELSST
            0x00FD => {
                let (column, style) = self.place(data)?;
                let index = data.double_word(6)? as usize;
                if self.places.put(&mut self.builder, column, index, style.flags)? {
                    return Ok(());
                }
                let cell = source::cell_name(self.builder.row_number(), u32::from(column));
                Err(Unreadable::damaged(format!("{}的 {cell} 指向不存在的共享字符串", self.name)))
            }
            // LABEL and RSTRING
            0x0204 | 0x00D6 => {
                let (column, style) = self.place(data)?;
                let text = self.text(data.get(8..).ok_or_else(short)?, usize::from(data.word(6)?), records)?;
                self.builder.put_text(column, &text, style.flags)
            }
            // BOOLERR
            0x0205 => {
                let (column, style) = self.place(data)?;
                self.put_boolean_or_error(column, style, data.word(6)?.to_le_bytes())
            }
            // FORMULA, with its kinds of older streams
            0x0006 | 0x0206 | 0x0406 => self.take_formula(data),
            // SHRFMLA and ARRAY
            0x04BC => self.take_shared_formula(data.get(10..)),
            0x0221 => self.take_shared_formula(data.get(14..)),
            // STRING: the text result of the formula before
            0x0207 => {
                let text = self.text(data.get(2..).unwrap_or_default(), usize::from(data.word(0)?), records)?;
                match self.waiting.take() {
                    Some((row, column, style)) => {
                        self.go_to_row(row);
                        self.builder.put_text(column, &text, style.flags)
                    }
                    None => Ok(()),
                }
            }
            // ROW
            0x0208 => {
                if data.get(12).is_some_and(|options| options & 0x20 != 0) {
                    self.hidden_rows.insert(u32::from(data.word(0)?) + 1);
                }
                Ok(())
            }
            // COLINFO
            0x007D => self.take_columns(data),
            0x00E5 => self.take_merges(data),
            // AUTOFILTERINFO
            0x009D => {
                self.builder.sheet_mut().filtered = true;
                Ok(())
            }
            // OBJ
            0x005D => {
                self.object = data.word(6).unwrap_or(0);
                self.pictures += u32::from(data.word(4) == Ok(8));
                Ok(())
            }
            0x01B6 => self.take_object_text(data, records),
            0x001C => self.take_note(data),
            _ => Ok(()),
        }
    }

    /// Column and style of a cell record, after moving to its row.
    fn place(&mut self, data: &[u8]) -> Result<(u16, CellStyle), Unreadable> {
        let (row, column, style) = self.stated_place(data)?;
        self.go_to_row(row);
        Ok((column, style))
    }

    fn stated_place(&self, data: &[u8]) -> Result<(u32, u16, CellStyle), Unreadable> {
        let column = data.word(2)?;
        if column >= COLUMNS {
            return Err(Unreadable::damaged(format!("{}的列号 {} 不在工作表范围内", self.name, u32::from(column) + 1)));
        }
        Ok((u32::from(data.word(0)?) + 1, column + 1, self.style(data.word(4)?)))
    }

    fn go_to_row(&mut self, row: u32) {
        if self.builder.row_number() != row {
            self.builder.start_row(row, false);
        }
    }

    fn style(&self, index: u16) -> CellStyle {
        self.globals.styles.get(usize::from(index)).cloned().unwrap_or_default()
    }

    /// A text that may go on in CONTINUE records.
    fn text(&self, data: &[u8], length: usize, records: &mut Records<'_>) -> Result<String, Unreadable> {
        if length == 0 {
            return Ok(String::new());
        }
        let mut text = String::new();
        match self.globals.generation {
            Generation::Biff8 => {
                let mut pieces = records.clone().pieces(data)?;
                strings::append_unicode(&mut pieces, length, &mut text)?;
                if self.globals.gbk_in_unicode || self.globals.shared.len() == 0 {
                    text = strings::gbk_behind(&text).unwrap_or(text);
                }
            }
            Generation::Biff5 => strings::append_eight_bit(data.get(..length).ok_or_else(short)?, self.globals.eight_bit, &mut text)?,
        }
        Ok(text)
    }

    fn take_many_short_numbers(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let row = u32::from(data.word(0)?) + 1;
        let first = data.word(2)?;
        self.go_to_row(row);
        for (index, pair) in data.get(4..data.len().saturating_sub(2)).ok_or_else(short)?.chunks_exact(6).enumerate() {
            let column = usize::from(first) + index;
            if column >= usize::from(COLUMNS) {
                return Err(Unreadable::damaged(format!("{}的列号 {} 不在工作表范围内", self.name, column + 1)));
            }
            let style = self.style(pair.word(0)?);
            serial::put_number(&mut self.builder, column as u16 + 1, short_number(pair.double_word(2)?), &style, self.globals.date_1904)?;
        }
        Ok(())
    }

    fn put_boolean_or_error(&mut self, column: u16, style: CellStyle, [value, is_error]: [u8; 2]) -> Result<(), Unreadable> {
        if is_error == 0 {
            return self.builder.put(Cell::boolean(column, value != 0).with(style.flags));
        }
        self.builder.put_error(column, error_code(value), style.flags)
    }

    fn take_formula(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        self.put_waiting()?;
        let (row, column, mut style) = self.stated_place(data)?;
        // A shared formula stands behind the first cell that has it, which names its own place in all of them.
        self.last_formula = (data.word(0)?, data.word(2)?);
        let tokens = data.get(22..).unwrap_or_default();
        let shares = tokens.first() == Some(&0x01) && self.moving_formulas.contains(&(tokens.word(1)?, tokens.word(3)?));
        if shares || formula::tokens_move(tokens) {
            style.flags |= Cell::MOVING;
        }
        let result = data.get(6..14).ok_or_else(short)?;
        if result[6..8] != [0xFF, 0xFF] {
            self.go_to_row(row);
            return serial::put_number(&mut self.builder, column, data.float(6)?, &style, self.globals.date_1904);
        }
        match result[0] {
            0 => self.waiting = Some((row, column, style)),
            kind @ (1 | 2) => {
                self.go_to_row(row);
                return self.put_boolean_or_error(column, style, [result[2], u8::from(kind == 2)]);
            }
            _ => {}
        }
        Ok(())
    }

    /// The tokens of a formula that the last cell shares with others.
    fn take_shared_formula(&mut self, tokens: Option<&[u8]>) -> Result<(), Unreadable> {
        if !formula::tokens_move(tokens.unwrap_or_default()) {
            return Ok(());
        }
        self.moving_formulas.insert(self.last_formula);
        match &mut self.waiting {
            Some((_, _, style)) => style.flags |= Cell::MOVING,
            None => self.builder.flag_last(Cell::MOVING),
        }
        Ok(())
    }

    /// A formula whose text never came has no stored result.
    fn put_waiting(&mut self) -> Result<(), Unreadable> {
        let Some((row, column, style)) = self.waiting.take() else { return Ok(()) };
        self.go_to_row(row);
        self.builder.put(Cell::text(column, 0, 0).with(style.flags | Cell::FORMULA_WITHOUT_RESULT))
    }

    fn take_columns(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let (first, last, width, options) = (data.word(0)?, data.word(2)?, data.word(4)?, data.word(8)?);
        let columns = &mut self.builder.sheet_mut().hidden_columns;
        if (options & 1 != 0 || width == 0) && first <= last && first < COLUMNS && columns.len() < limits::COLUMNS as usize {
            columns.push((u32::from(first) + 1, u32::from(last.min(COLUMNS - 1)) + 1));
        }
        Ok(())
    }

    fn take_merges(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let count = usize::from(data.word(0)?);
        for index in 0..count {
            let at = 2 + index * 8;
            let area = MergedArea {
                first_row: u32::from(data.word(at)?) + 1,
                last_row: u32::from(data.word(at + 2)?) + 1,
                first_column: u32::from(data.word(at + 4)?) + 1,
                last_column: u32::from(data.word(at + 6)?) + 1,
            };
            if area.first_row > area.last_row || area.first_column > area.last_column || area.last_column > u32::from(COLUMNS) {
                return Err(Unreadable::damaged(format!("{}中有合并区域不在工作表范围内", self.name)));
            }
            self.builder.put_merge(area)?;
        }
        Ok(())
    }

    /// TXO: the text of a drawing object stands in the CONTINUE records after it.
    fn take_object_text(&mut self, data: &[u8], records: &mut Records<'_>) -> Result<(), Unreadable> {
        let length = usize::from(data.word(10).unwrap_or(0));
        if length == 0 || self.object_texts.len() >= limits::COMMENTS {
            return Ok(());
        }
        let mut pieces = records.pieces(&[])?;
        let mut text = String::new();
        // A text that cannot be read is a drawing's, and costs no cell.
        if strings::append_characters(&mut pieces, length, false, &mut text).is_ok() {
            self.object_texts.insert(self.object, text);
        }
        Ok(())
    }

    fn take_note(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let (row, column) = (u32::from(data.word(0)?) + 1, u32::from(data.word(2)?) + 1);
        match self.globals.generation {
            Generation::Biff8 => self.notes.push((row, column, data.word(6)?)),
            // A row of FFFF continues the note before; there are few such long ones.
            Generation::Biff5 if row <= 0xFFFF => {
                let text = data.get(6..).unwrap_or_default();
                let length = usize::from(data.word(4)?).min(text.len());
                let mut said = String::new();
                strings::append_eight_bit(&text[..length], self.globals.eight_bit, &mut said)?;
                self.builder.put_comment(row, column, said)?;
            }
            Generation::Biff5 => {}
        }
        if self.notes.len() > limits::COMMENTS {
            return Err(Unreadable::too_large(format!("批注超过 {} 条", limits::COMMENTS)));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Reading, Unreadable> {
        self.put_waiting()?;
        for (row, column, object) in std::mem::take(&mut self.notes) {
            if let Some(text) = self.object_texts.remove(&object) {
                self.builder.put_comment(row, column, text)?;
            }
        }
        // What no comment took is the text of a box or shape.
        for text in self.object_texts.values() {
            self.builder.sheet_mut().put_text_box(text);
        }
        let (mut sheet, allowance) = self.builder.finish();
        for row in &mut sheet.rows {
            row.hidden = self.hidden_rows.contains(&row.number);
        }
        Ok(Reading { sheet, allowance, pictures: self.pictures })
    }
}

/// A number in four bytes: 30 bits of an integer or of a float, perhaps in hundredths.
fn short_number(word: u32) -> f64 {
    let value = if word & 2 != 0 { f64::from(word as i32 >> 2) } else { f64::from_bits(u64::from(word & !3) << 32) };
    if word & 1 != 0 { value / 100.0 } else { value }
}

fn error_code(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_unpacked() {
        for (word, expected) in
            [(0x3FF0_0000, 1.0), (0x3FF0_0001, 0.01), (0x004B_5646, 1_234_321.0), (0x004B_5647, 12_343.21), (0xFFFF_FFFE, -1.0)]
        {
            assert_eq!(short_number(word), expected, "{word:x}");
        }
    }
}
