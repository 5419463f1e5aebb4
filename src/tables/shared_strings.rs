//! Texts that the cells of a workbook share, as XLSX and XLS keep them, in one arena.
//!
//! A string is copied into a sheet's own arena when its first cell uses it; all cells that share it
//! then share its place. A number that points to no string is the caller's error to make.

use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::limits;
use crate::tables::limits::Ceilings;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;

/// The shared strings of a workbook.
#[derive(Debug)]
pub struct SharedStrings {
    texts: String,
    strings: Vec<Shared>,
    /// Bytes that they may hold together.
    most: u64,
}

#[derive(Debug, Clone, Copy)]
struct Shared {
    /// Where the string ends in the arena; it starts where the one before ends.
    end: u32,
    blank: bool,
    struck: bool,
    /// Begins like an error word or a formula, which the builder looks at.
    special: bool,
}

impl SharedStrings {
    /// No strings yet, of a workbook with these ceilings.
    pub fn new(ceilings: &Ceilings) -> SharedStrings {
        SharedStrings { texts: String::new(), strings: Vec::new(), most: ceilings.text }
    }

    /// The arena, to append the text of the string that is being read.
    pub fn open_text(&mut self) -> &mut String {
        &mut self.texts
    }

    /// Where the string that is being read starts in the arena.
    pub fn open_start(&self) -> usize {
        self.start_of(self.strings.len())
    }

    /// Ends the string that is being read.
    ///
    /// # Errors
    /// When the strings are beyond the limits of a workbook.
    pub fn finish_string(&mut self, struck: bool) -> Result<(), Unreadable> {
        let start = self.open_start();
        if self.texts.len() - start > limits::CELL_BYTES {
            return Err(Unreadable::too_large(format!("一个单元格的文字超过 {} KB", limits::CELL_BYTES >> 10)));
        }
        if self.texts.len() as u64 > self.most {
            return Err(Unreadable::too_large(format!("文字总量超过 {} MB", self.most >> 20)));
        }
        if self.strings.len() >= limits::STRINGS {
            return Err(Unreadable::too_large(format!("共享字符串超过 {} 个", limits::STRINGS)));
        }
        let text = self.texts.get(start..).unwrap_or_default();
        let (blank, special) = (is_blank(text), text.starts_with(['#', '=']));
        self.strings.push(Shared { end: self.texts.len() as u32, blank, struck, special });
        Ok(())
    }

    fn start_of(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|previous| self.strings.get(previous)).map_or(0, |string| string.end as usize)
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// The text of a string.
    pub fn get(&self, index: usize) -> Option<&str> {
        let string = self.strings.get(index)?;
        self.texts.get(self.start_of(index)..string.end as usize)
    }

    /// Whether a string, or part of it, is struck through.
    pub fn is_struck(&self, index: usize) -> bool {
        self.strings.get(index).is_some_and(|string| string.struck)
    }
}

/// Which shared strings a sheet has used already, and where they stand in its arena.
pub struct SharedPlaces<'a> {
    shared: &'a SharedStrings,
    /// One more than the start in the sheet's arena; 0 for a string not used yet.
    starts: Vec<u32>,
}

impl<'a> SharedPlaces<'a> {
    pub fn new(shared: &'a SharedStrings) -> SharedPlaces<'a> {
        SharedPlaces { shared, starts: vec![0; shared.len()] }
    }

    /// Puts a cell that shows the shared string of this number; `false` when there is no such string.
    #[inline]
    pub fn put(&mut self, builder: &mut SheetBuilder, column: u16, index: usize, flags: u8) -> Result<bool, Unreadable> {
        let Some(&string) = self.shared.strings.get(index) else { return Ok(false) };
        if string.blank {
            return Ok(true);
        }
        if string.special {
            let struck = if string.struck { Cell::STRUCK } else { 0 };
            builder.put_text(column, self.shared.get(index).unwrap_or_default(), flags | struck)?;
            return Ok(true);
        }
        let first = self.shared.start_of(index);
        let length = string.end - first as u32;
        let known = self.starts.get(index).copied().unwrap_or(0);
        let start = if known > 0 {
            known - 1
        } else {
            let (start, _) = builder.keep(self.shared.get(index).unwrap_or_default())?;
            if let Some(place) = self.starts.get_mut(index) {
                *place = start + 1;
            }
            start
        };
        let struck = if string.struck { Cell::STRUCK } else { 0 };
        builder.put(Cell::text(column, start, length).with(flags | struck))?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::builder::Allowance;
    use crate::tables::workbook::Sheet;
    use crate::tables::workbook::Value;

    #[test]
    fn cells_that_share_a_string_share_its_place() {
        let mut shared = SharedStrings::new(&limits::STRANGERS);
        for (text, struck) in [("隐患", false), (" ", false), ("作废", true)] {
            shared.open_text().push_str(text);
            shared.finish_string(struck).expect("within the limits");
        }
        let mut places = SharedPlaces::new(&shared);
        let mut builder = SheetBuilder::new(Sheet::new("表"), Allowance::new(&limits::STRANGERS));
        builder.start_row(1, false);
        let found: Vec<_> = [2, 0, 1, 0, 3].iter().zip(1..).map(|(&index, column)| places.put(&mut builder, column, index, 0)).collect();
        assert_eq!(found, [Ok(true), Ok(true), Ok(true), Ok(true), Ok(false)]);
        let (sheet, _) = builder.finish();
        let texts: Vec<_> = sheet.cells.iter().map(|&cell| (cell.column, sheet.value(cell), cell.has(Cell::STRUCK))).collect();
        assert_eq!(texts, [(1, Value::Text("作废"), true), (2, Value::Text("隐患"), false), (4, Value::Text("隐患"), false)]);
        assert_eq!(sheet.texts, "作废隐患");
    }
}
