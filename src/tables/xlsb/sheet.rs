//! One worksheet part of a binary workbook.
//!
//! Our own pass over the records checks places, lengths and string numbers and takes what calamine
//! does not tell (hidden rows and columns, merges, styles, failed formulas); the values come from
//! calamine. Both walk the same cells: where they differ the file is refused, so that no cell is
//! lost in silence.

use std::io::Read;

use calamine::DataRef;
use calamine::XlsbError;

use crate::source;
use crate::tables::builder::Allowance;
use crate::tables::builder::SheetBuilder;
use crate::tables::formula;
use crate::tables::limits;
use crate::tables::number_format::CellStyle;
use crate::tables::ole::u16_at;
use crate::tables::ole::u32_at;
use crate::tables::serial;
use crate::tables::workbook::Cell;
use crate::tables::workbook::MergedArea;
use crate::tables::workbook::Sheet;
use crate::tables::workbook::Unreadable;
use crate::tables::workbook::UnreadableReason;
use crate::tables::xlsb::records::Records;
use crate::tables::xlsb::records::wide_text;
use crate::tables::xlsb::refusal;

/// What the sheets of a workbook share.
pub struct Context<'a> {
    pub styles: &'a [CellStyle],
    pub strings: u32,
    pub date_1904: bool,
}

/// Calamine's cells of the sheet, one after the other.
pub type Values<'a, 'v> = dyn FnMut() -> Result<Option<calamine::Cell<DataRef<'v>>>, XlsbError> + 'a;

struct SheetReader<'a> {
    builder: SheetBuilder,
    context: &'a Context<'a>,
    name: String,
}

/// Reads a worksheet part, taking values from `values`.
///
/// # Errors
/// Cut off, broken, or with cells outside of the sheet.
pub fn read(
    reader: impl Read,
    values: &mut Values<'_, '_>,
    sheet: Sheet,
    allowance: Allowance,
    context: &Context<'_>,
) -> Result<SheetBuilder, Unreadable> {
    let name = format!("工作表“{}”", source::shortened(&sheet.name, 60));
    let mut records = Records::new(reader, &name);
    let mut reader = SheetReader { builder: SheetBuilder::new(sheet, allowance), context, name };
    let (mut in_data, mut ended) = (false, false);
    while let Some((kind, data)) = records.next()? {
        match kind {
            // BrtBeginSheetData, BrtEndSheetData, BrtEndSheet
            0x0091 => in_data = true,
            0x0092 => in_data = false,
            0x0082 => ended = true,
            0x0000 if in_data => reader.start_row(data)?,
            0x0001..=0x000B | 0x003E if in_data => reader.take_cell(kind, data, values)?,
            // BrtColInfo
            0x003C if u16_at(data, 16) & 1 != 0 => {
                let (first, last) = (u32_at(data, 0), u32_at(data, 4));
                let columns = &mut reader.builder.sheet_mut().hidden_columns;
                if first <= last && first < limits::COLUMNS && columns.len() < limits::COLUMNS as usize {
                    columns.push((first + 1, last.min(limits::COLUMNS - 1) + 1));
                }
            }
            // BrtMergeCell
            0x00B0 => reader.take_merge(data)?,
            // BrtBeginAFilter
            0x00A1 => reader.builder.sheet_mut().filtered = true,
            _ => {}
        }
    }
    if !ended {
        return Err(Unreadable::damaged(format!("{}没有结束，文件可能不完整", reader.name)));
    }
    Ok(reader.builder)
}

impl SheetReader<'_> {
    fn outside(&self, what: &str, number: u32) -> Unreadable {
        Unreadable::damaged(format!("{}的{what} {} 不在工作表范围内", self.name, u64::from(number) + 1))
    }

    fn start_row(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let row = u32_at(data, 0);
        if row >= limits::ROWS {
            return Err(self.outside("行号", row));
        }
        self.builder.start_row(row + 1, data.get(11).is_some_and(|flags| flags & 0x10 != 0));
        Ok(())
    }

    fn take_merge(&mut self, data: &[u8]) -> Result<(), Unreadable> {
        let [first_row, last_row, first_column, last_column] = [0, 4, 8, 12].map(|at| u32_at(data, at));
        if first_row > last_row || last_row >= limits::ROWS || first_column > last_column || last_column >= limits::COLUMNS {
            return Err(Unreadable::damaged(format!("{}中有合并区域不在工作表范围内", self.name)));
        }
        self.builder.put_merge(MergedArea {
            first_row: first_row + 1,
            first_column: first_column + 1,
            last_row: last_row + 1,
            last_column: last_column + 1,
        })
    }

    fn take_cell(&mut self, kind: u16, data: &[u8], values: &mut Values<'_, '_>) -> Result<(), Unreadable> {
        let column = u32_at(data, 0);
        if column >= limits::COLUMNS || data.len() < 8 {
            return Err(self.outside("列号", column));
        }
        let column = column as u16 + 1;
        let style = self.context.styles.get((u32_at(data, 4) & 0x00FF_FFFF) as usize).cloned().unwrap_or_default();
        let mut style = style;
        // The tokens of a formula stand behind its value.
        let value_end = if kind == 0x0008 { 8 + data.get(8..).and_then(wide_text).map_or(0, |(_, length)| length) } else { 9 };
        if matches!(kind, 0x0008..=0x000B) && data.get(value_end..).is_some_and(formula::tokens_move) {
            style.flags |= Cell::MOVING;
        }
        match kind {
            // BrtCellBlank
            0x0001 => Ok(()),
            // BrtFmlaError and BrtCellError: calamine passes over the one and gives up at codes it does not know.
            0x000B | 0x0003 => {
                if kind == 0x0003 {
                    self.value(column, values)?;
                }
                self.builder.put_error(column, error_code(data.get(8).copied().unwrap_or(0)), style.flags)
            }
            // BrtCellRString: a text with runs in the cell itself; calamine passes over it.
            0x003E => match data.get(9..).and_then(wide_text) {
                Some((text, _)) => self.builder.put_text(column, &text, style.flags),
                None => Err(self.short_cell(column)),
            },
            0x0007 if u32_at(data, 8) >= self.context.strings || data.len() < 12 => {
                let cell = source::cell_name(self.builder.row_number(), u32::from(column));
                Err(Unreadable::damaged(format!("{}的 {cell} 指向不存在的共享字符串", self.name)))
            }
            0x0002 if data.len() < 12 => Err(self.short_cell(column)),
            0x0005 | 0x0009 if data.len() < 16 => Err(self.short_cell(column)),
            0x0006 | 0x0008 if data.get(8..).and_then(wide_text).is_none() => Err(self.short_cell(column)),
            0x0004 | 0x000A if data.len() < 9 => Err(self.short_cell(column)),
            _ => {
                let date_1904 = self.context.date_1904;
                match self.value(column, values)? {
                    DataRef::Empty => Ok(()),
                    DataRef::String(text) => self.builder.put_text(column, &text, style.flags),
                    DataRef::SharedString(text) => self.builder.put_text(column, text, style.flags),
                    DataRef::Bool(value) => self.builder.put(Cell::boolean(column, value).with(style.flags)),
                    DataRef::Float(value) => serial::put_number(&mut self.builder, column, value, &style, date_1904),
                    DataRef::Int(value) => serial::put_number(&mut self.builder, column, value as f64, &style, date_1904),
                    DataRef::DateTime(value) => serial::put_number(&mut self.builder, column, value.as_f64(), &style, date_1904),
                    DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => self.builder.put_text(column, &text, style.flags),
                    DataRef::Error(code) => self.builder.put_error(column, &code.to_string(), style.flags),
                }
            }
        }
    }

    fn short_cell(&self, column: u16) -> Unreadable {
        let cell = source::cell_name(self.builder.row_number(), u32::from(column));
        Unreadable::damaged(format!("{}的 {cell} 的记录不完整", self.name))
    }

    /// The next value of calamine, which must be that of the cell our own pass stands at.
    fn value<'v>(&self, column: u16, values: &mut Values<'_, 'v>) -> Result<DataRef<'v>, Unreadable> {
        match values() {
            Ok(Some(cell)) if cell.get_position() == (self.builder.row_number().saturating_sub(1), u32::from(column) - 1) => {
                Ok(cell.get_value().clone())
            }
            Ok(_) => {
                let detail = format!("{}的单元格两遍读得不一样", self.name);
                Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail })
            }
            Err(error) => Err(refusal(&error)),
        }
    }
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
        0x2B => "#GETTING_DATA",
        _ => "#ERR!",
    }
}
