//! The records of a binary workbook part: kind and length in seven-bit groups, then data.
//!
//! Read block by block; a record longer than the part, or beyond the limit of one tag, is refused.
//! Knows the meaning of no record.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;

use crate::tables::limits;
use crate::tables::package::read_error;
use crate::tables::workbook::Unreadable;

/// Walks a part record by record.
pub struct Records<R> {
    reader: BufReader<R>,
    part: String,
    data: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub fn new(reader: R, part: &str) -> Records<R> {
        Records { reader: BufReader::with_capacity(64 << 10, reader), part: part.to_owned(), data: Vec::new() }
    }

    fn cut_off(&self) -> Unreadable {
        Unreadable::damaged(format!("{}：部件在记录中间断了", self.part))
    }

    fn byte(&mut self) -> Result<u8, Unreadable> {
        let mut one = [0];
        match self.reader.read_exact(&mut one) {
            Ok(()) => Ok(one[0]),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(self.cut_off()),
            Err(error) => Err(read_error(&self.part, &error)),
        }
    }

    /// The next record, `None` at the end of the part.
    ///
    /// # Errors
    /// When the part ends inside of the record.
    pub fn next(&mut self) -> Result<Option<(u16, &[u8])>, Unreadable> {
        let at_end = self.reader.fill_buf().map_err(|error| read_error(&self.part, &error))?.is_empty();
        if at_end {
            return Ok(None);
        }
        let mut kind = u16::from(self.byte()?);
        if kind & 0x80 != 0 {
            kind = (kind & 0x7F) | (u16::from(self.byte()? & 0x7F) << 7);
        }
        let mut length = 0_usize;
        for group in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > limits::TAG_BYTES {
            return Err(Unreadable::too_large(format!("{} 中有超过 {} MB 的记录", self.part, limits::TAG_BYTES >> 20)));
        }
        self.data.clear();
        let read = (&mut self.reader).take(length as u64).read_to_end(&mut self.data).map_err(|error| read_error(&self.part, &error))?;
        if read < length {
            return Err(self.cut_off());
        }
        Ok(Some((kind, &self.data)))
    }
}

/// A string: its length in four bytes, then UTF-16. Also gives the bytes it takes.
pub fn wide_text(data: &[u8]) -> Option<(String, usize)> {
    let length = usize::try_from(u32::from_le_bytes(data.get(..4)?.try_into().ok()?)).ok()?;
    let end = length.checked_mul(2)?.checked_add(4)?;
    let units = data.get(4..end)?.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    let text = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some((text, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_and_cut_ones_refused() {
        let bytes = [0x07, 0x02, 1, 2, 0x9C, 0x01, 0x00];
        let mut records = Records::new(&bytes[..], "p");
        assert_eq!(records.next(), Ok(Some((7, &[1, 2][..]))));
        assert_eq!(records.next(), Ok(Some((0x9C, &[][..]))));
        assert_eq!(records.next(), Ok(None));
        assert!(Records::new(&[0x07, 0x05, 1][..], "p").next().is_err());
        assert!(Records::new(&[0x07, 0xFF, 0xFF, 0xFF, 0x7F][..], "p").next().is_err());
    }

    #[test]
    fn texts_are_read_within_their_record() {
        assert_eq!(wide_text(&[1, 0, 0, 0, 0x00, 0x4E, 9]), Some(("一".to_owned(), 6)));
        assert_eq!(wide_text(&[2, 0, 0, 0, 0x00, 0x4E]), None);
        assert_eq!(wide_text(&[0xFF, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(wide_text(&[1, 0]), None);
    }
}
