//! The records of a BIFF stream: kind, length, data. A length that leaves the stream is damage.
//!
//! Also reads fields of records with bounds, and joins a record with its CONTINUE records. Knows
//! the meaning of no record but CONTINUE.

use crate::tables::ole::u16_at;
use crate::tables::ole::u32_at;
use crate::tables::workbook::Unreadable;

pub const CONTINUE: u16 = 0x003C;

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
}

/// Walks a stream record by record.
#[derive(Clone)]
pub struct Records<'a> {
    stream: &'a [u8],
    position: usize,
}

impl<'a> Records<'a> {
    /// Starts at an offset, which may lie outside; then there is no record.
    pub fn at(stream: &'a [u8], position: usize) -> Records<'a> {
        Records { stream, position }
    }

    /// The next record, `None` at the end of the stream.
    ///
    /// # Errors
    /// When the record is longer than what is left.
    pub fn next(&mut self) -> Result<Option<Record<'a>>, Unreadable> {
        let Some(header) = self.stream.get(self.position..self.position.saturating_add(4)) else { return Ok(None) };
        let start = self.position + 4;
        let end = start + usize::from(u16_at(header, 2));
        let data =
            self.stream.get(start..end).ok_or_else(|| Unreadable::damaged(format!("工作簿流在第 {} 字节的记录中间断了", self.position)))?;
        self.position = end;
        Ok(Some(Record { kind: u16_at(header, 0), data }))
    }

    /// The CONTINUE records that follow, after `first`.
    pub fn pieces(&mut self, first: &'a [u8]) -> Result<Pieces<'a>, Unreadable> {
        let mut pieces = vec![first];
        loop {
            let before = self.position;
            match self.next()? {
                Some(record) if record.kind == CONTINUE => pieces.push(record.data),
                _ => {
                    self.position = before;
                    return Ok(Pieces { pieces, index: 0, offset: 0 });
                }
            }
        }
    }
}

/// Fields of a record; reading past its end is damage.
pub trait Fields {
    fn word(&self, at: usize) -> Result<u16, Unreadable>;
    fn double_word(&self, at: usize) -> Result<u32, Unreadable>;
    fn float(&self, at: usize) -> Result<f64, Unreadable>;
}

impl Fields for [u8] {
    fn word(&self, at: usize) -> Result<u16, Unreadable> {
        if self.len() < at + 2 { Err(short()) } else { Ok(u16_at(self, at)) }
    }

    fn double_word(&self, at: usize) -> Result<u32, Unreadable> {
        if self.len() < at + 4 { Err(short()) } else { Ok(u32_at(self, at)) }
    }

    fn float(&self, at: usize) -> Result<f64, Unreadable> {
        let bits = u64::from(self.double_word(at + 4)?) << 32 | u64::from(self.double_word(at)?);
        Ok(f64::from_bits(bits))
    }
}

/// A record that is shorter than its fields.
pub fn short() -> Unreadable {
    Unreadable::damaged("工作簿流中有比规定短的记录")
}

/// A record with its continuations, read as one.
pub struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    index: usize,
    offset: usize,
}

impl<'a> Pieces<'a> {
    /// What is left of the current piece; moves on to the next one when it is used up.
    pub fn rest(&mut self) -> Result<&'a [u8], Unreadable> {
        while let Some(piece) = self.pieces.get(self.index) {
            if self.offset < piece.len() {
                return Ok(&piece[self.offset..]);
            }
            self.index += 1;
            self.offset = 0;
        }
        Err(short())
    }

    /// Whether the current piece is used up.
    pub fn at_seam(&self) -> bool {
        self.pieces.get(self.index).is_none_or(|piece| self.offset >= piece.len())
    }

    /// Whether nothing is left in any piece.
    pub fn is_empty(&self) -> bool {
        self.at_seam() && self.pieces.get(self.index + 1..).is_none_or(|rest| rest.iter().all(|piece| piece.is_empty()))
    }

    /// Takes at most `count` bytes of the current piece.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Unreadable> {
        let rest = self.rest()?;
        let taken = &rest[..count.min(rest.len())];
        self.offset += taken.len();
        Ok(taken)
    }

    pub fn byte(&mut self) -> Result<u8, Unreadable> {
        Ok(self.take(1)?[0])
    }

    pub fn word(&mut self) -> Result<u16, Unreadable> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub fn double_word(&mut self) -> Result<u32, Unreadable> {
        Ok(u32::from(self.word()?) | u32::from(self.word()?) << 16)
    }

    /// Skips bytes across pieces.
    pub fn skip(&mut self, count: usize) -> Result<(), Unreadable> {
        let mut left = count;
        while left > 0 {
            left -= self.take(left)?.len();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_their_continuations_are_joined() {
        let stream = [0xFC, 0, 2, 0, 1, 2, 0x3C, 0, 1, 0, 3, 0x3C, 0, 0, 0, 0x0A, 0, 0, 0];
        let mut records = Records::at(&stream, 0);
        let first = records.next().expect("sound").expect("there");
        let mut pieces = records.pieces(first.data).expect("sound");
        assert_eq!(pieces.word(), Ok(0x0201));
        assert!(pieces.at_seam() && !pieces.is_empty());
        assert_eq!(pieces.byte(), Ok(3));
        assert!(pieces.is_empty() && pieces.byte().is_err());
        assert_eq!(records.next(), Ok(Some(Record { kind: 0x0A, data: &[] })));
        assert_eq!(records.next(), Ok(None));
        assert!(Records::at(&[0xFC, 0, 2, 0, 1], 0).next().is_err());
        assert_eq!(Records::at(&stream, usize::MAX).next(), Ok(None));
    }
}
