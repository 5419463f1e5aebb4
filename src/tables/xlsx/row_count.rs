//! The rows of a worksheet part that hold a value, counted by their tags alone.
//!
//! A second opinion on what the sheet reader has read: it shares no code with it, places no cell and knows no value.

use std::io::Read;

use crate::tables::package::read_error;
use crate::tables::transcoding::Utf8Stream;
use crate::tables::workbook::Unreadable;

const BLOCK: usize = 64 << 10;
/// Longer names are of no interest.
const NAME: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Text,
    Name,
    Inside,
    Quoted(u8),
    Comment,
}

struct Counter {
    at: At,
    name: Vec<u8>,
    last: u8,
    /// The two bytes before the current one, for the end of a comment.
    before: [u8; 2],
    in_row: bool,
    in_value: bool,
    has_value: bool,
    rows: u32,
}

/// Counts the `row` elements in which a `v` or `t` holds something, or an `f` stands.
///
/// # Errors
/// When the part cannot be read to its end.
pub fn count(reader: impl Read) -> Result<u32, Unreadable> {
    let mut reader = Utf8Stream::new(reader);
    let mut counter =
        Counter { at: At::Text, name: Vec::new(), last: 0, before: [0; 2], in_row: false, in_value: false, has_value: false, rows: 0 };
    let mut block = vec![0; BLOCK];
    loop {
        match reader.read(&mut block) {
            Ok(0) => return Ok(counter.rows),
            Ok(length) => counter.take_all(&block[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(read_error("工作表", &error)),
        }
    }
}

impl Counter {
    /// Takes a block; most of it is text or attributes, of which only the end matters.
    fn take_all(&mut self, mut block: &[u8]) {
        while let Some((&byte, behind)) = block.split_first() {
            let length = match self.at {
                At::Text => memchr::memchr(b'<', block).unwrap_or(block.len()),
                At::Quoted(quote) => memchr::memchr(quote, block).unwrap_or(block.len()),
                _ => 0,
            };
            if length > 0 {
                self.has_value |= self.at == At::Text && self.in_value;
                block = &block[length..];
            } else {
                self.take(byte);
                block = behind;
            }
        }
    }

    /// Takes one byte; in a text it is `<`, between quotes the closing one.
    fn take(&mut self, byte: u8) {
        match self.at {
            At::Text => {
                self.name.clear();
                self.at = At::Name;
            }
            At::Name if matches!(byte, b'>' | b' ' | b'\t' | b'\r' | b'\n') => {
                self.at = At::Inside;
                self.inside(byte);
            }
            At::Name => {
                if self.name.len() < NAME {
                    self.name.push(byte);
                }
                match self.name.as_slice() {
                    b"!--" => self.at = At::Comment,
                    b"![CDATA[" => {
                        self.has_value |= self.in_value;
                        self.at = At::Comment;
                    }
                    _ => {}
                }
            }
            At::Inside => self.inside(byte),
            At::Quoted(_) => self.at = At::Inside,
            At::Comment if byte == b'>' && matches!(self.before, [b'-', b'-'] | [b']', b']']) => self.at = At::Text,
            At::Comment => {}
        }
        self.before = [self.before[1], byte];
    }

    fn inside(&mut self, byte: u8) {
        match byte {
            b'"' | b'\'' => self.at = At::Quoted(byte),
            b'>' => {
                self.at = At::Text;
                self.end_tag();
            }
            _ => {}
        }
        self.last = byte;
    }

    fn end_tag(&mut self) {
        let name = self.name.as_slice();
        let closing = name.first() == Some(&b'/');
        let empty = name.last() == Some(&b'/') || self.last == b'/';
        let bare = name.strip_prefix(b"/").unwrap_or(name);
        let bare = bare.strip_suffix(b"/").unwrap_or(bare);
        let local = bare.rsplit(|&byte| byte == b':').next().unwrap_or_default();
        self.last = 0;
        match local {
            b"row" if closing => {
                self.rows += u32::from(self.in_row && self.has_value);
                self.in_row = false;
            }
            b"row" => (self.in_row, self.has_value) = (!empty, false),
            b"v" | b"t" => self.in_value = self.in_row && !closing && !empty,
            b"f" if !closing => self.has_value |= self.in_row,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_a_value_are_counted() {
        for (xml, rows) in [
            ("<row r=\"1\"><c><v>1</v></c></row><row/><row><c/></row>", 1),
            ("<x:row><x:c><x:is><x:t a='>'>甲</x:t></x:is></x:c></x:row><x:row ><x:c><x:f>A1</x:f><x:v></x:v></x:c></x:row>", 2),
            ("<!-- <row><c><v>1</v></c></row> --><row><c><v><![CDATA[1]]></v></c></row>", 1),
            ("<row><c><v/></c></row><row spans=\"1:2\" /><v>1</v>", 0),
        ] {
            assert_eq!(count(xml.as_bytes()), Ok(rows), "{xml}");
        }
    }
}
