//! `sharedStrings.xml`: the texts that cells point to by number, in one arena.
//!
//! Phonetic runs are no text. A string is copied into a sheet's own arena when its first cell uses
//! it; all cells that share it then share its place. Bad numbers are the caller's error to make.

use std::io::Read;

use crate::tables::builder::SheetBuilder;
use crate::tables::builder::is_blank;
use crate::tables::limits;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;
use crate::tables::xlsx::escapes;
use crate::tables::xlsx::styles;
use crate::tables::xml;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

/// The shared strings of a workbook.
#[derive(Debug, Default)]
pub struct SharedStrings {
    texts: String,
    /// End of each string in `texts`, with its marks.
    strings: Vec<Shared>,
}

#[derive(Debug, Clone, Copy)]
struct Shared {
    end: u32,
    blank: bool,
    struck: bool,
}

impl SharedStrings {
    /// Reads the part.
    ///
    /// # Errors
    /// Broken XML, or more text than a workbook may hold.
    pub fn read(reader: impl Read) -> Result<SharedStrings, Unreadable> {
        const PART: &str = "sharedStrings.xml";
        let mut scanner = Scanner::new(reader, PART);
        let mut shared = SharedStrings::default();
        let mut struck = false;
        let mut in_text = false;
        let mut in_string = false;
        let mut phonetic = false;
        loop {
            match scanner.next()? {
                Token::Open { name, attributes, empty } => match name {
                    b"si" if empty => shared.add(false)?,
                    b"si" => {
                        in_string = true;
                        struck = false;
                    }
                    b"t" => in_text = in_string && !empty && !phonetic,
                    b"rPh" => phonetic = !empty,
                    b"strike" => struck |= styles::says_yes(attributes),
                    _ => {}
                },
                Token::Close { name } => match name {
                    b"si" => {
                        shared.add(struck)?;
                        in_string = false;
                    }
                    b"t" => in_text = false,
                    b"rPh" => phonetic = false,
                    _ => {}
                },
                Token::Text(raw) if in_text => xml::append(raw, &mut shared.texts).map_err(|bad| bad.within(PART))?,
                Token::Literal(raw) if in_text => {
                    let text = std::str::from_utf8(raw).map_err(|_| xml::BadText.within(PART))?;
                    shared.texts.push_str(text);
                }
                Token::End => return Ok(shared),
                Token::Text(_) | Token::Literal(_) => {}
            }
        }
    }

    fn add(&mut self, struck: bool) -> Result<(), Unreadable> {
        let start = self.start_of(self.strings.len());
        escapes::decode_from(&mut self.texts, start);
        let length = self.texts.len() - start;
        if length > limits::CELL_BYTES || self.texts.len() as u64 > limits::TEXT_BYTES {
            return Err(Unreadable::too_large(format!("共享字符串超过 {} MB", limits::TEXT_BYTES >> 20)));
        }
        if self.strings.len() as u64 >= limits::CELLS {
            return Err(Unreadable::too_large(format!("共享字符串超过 {} 个", limits::CELLS)));
        }
        let blank = self.texts.get(start..).is_none_or(is_blank);
        self.strings.push(Shared { end: self.texts.len() as u32, blank, struck });
        Ok(())
    }

    fn start_of(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|previous| self.strings.get(previous)).map_or(0, |string| string.end as usize)
    }

    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// The text of a string.
    pub fn get(&self, index: usize) -> Option<&str> {
        let string = self.strings.get(index)?;
        self.texts.get(self.start_of(index)..string.end as usize)
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

    #[test]
    fn texts_come_without_phonetics_and_with_their_runs_joined() {
        let document = "<sst><si><t>隐患&amp;甲</t></si><si/><si><r><rPr><strike/></rPr><t>已</t></r><r><t xml:space=\"preserve\"> 改</t></r>\
            <rPh><t>yi</t></rPh></si><si><t>整改_x000D_</t></si><si><t><![CDATA[<b>]]></t></si></sst>";
        let shared = SharedStrings::read(document.as_bytes()).expect("well formed");
        let texts: Vec<_> = (0..shared.len()).filter_map(|index| shared.get(index)).collect();
        assert_eq!(texts, ["隐患&甲", "", "已 改", "整改\r", "<b>"]);
        assert!(shared.strings[2].struck && !shared.strings[0].struck && shared.strings[1].blank);
        assert_eq!(shared.get(5), None);
    }
}
