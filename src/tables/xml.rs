//! XML read block by block, without holding more than one tag of it.
//!
//! A scanner of our own because sheets of 142 MB must pass in a fraction of a second. It refuses
//! document type definitions and every entity but the five of XML and numeric ones, checks that tags
//! nest, and decodes parts in UTF-16 or another declared encoding on the way. Knows no vocabulary.

mod attributes;
mod characters;

use std::io;
use std::io::Read;

use memchr::memchr;
use memchr::memmem;

use crate::tables::limits;
use crate::tables::package::read_error;
use crate::tables::transcoding::Utf8Stream;
use crate::tables::workbook::Unreadable;
use crate::tables::xml::attributes::local;

pub use attributes::Attributes;
pub use attributes::is_true;
pub use characters::BadText;
pub use characters::append;

const BLOCK: usize = 128 << 10;

/// One piece of a document. Names are without prefix.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Open {
        name: &'a [u8],
        attributes: Attributes<'a>,
        /// `<a/>`: no matching `Close` follows.
        empty: bool,
    },
    Close {
        name: &'a [u8],
    },
    /// Character data with its entities still in it; a long run comes in several pieces.
    Text(&'a [u8]),
    /// The inside of a CDATA section.
    Literal(&'a [u8]),
    End,
}

/// Reads a document token by token.
pub struct Scanner<R> {
    reader: Utf8Stream<R>,
    part: String,
    buffer: Vec<u8>,
    position: usize,
    filled: usize,
    ended: bool,
    /// Full names of the open elements, one after the other.
    open_names: Vec<u8>,
    open_lengths: Vec<u32>,
    rooted: bool,
}

enum Shape {
    Open { name_end: usize, end: usize, empty: bool },
    Close { name_end: usize, end: usize },
    Text { end: usize },
    Literal { end: usize },
    Skip { end: usize },
    Incomplete,
}

impl<R: Read> Scanner<R> {
    /// A scanner over `reader`; `part` names it in errors.
    pub fn new(reader: R, part: &str) -> Scanner<R> {
        Scanner {
            reader: Utf8Stream::new(reader),
            part: part.to_owned(),
            buffer: Vec::new(),
            position: 0,
            filled: 0,
            ended: false,
            open_names: Vec::new(),
            open_lengths: Vec::new(),
            rooted: false,
        }
    }

    /// What is buffered and not yet consumed, for readers that recognise frequent shapes themselves.
    #[inline]
    pub fn window(&self) -> &[u8] {
        &self.buffer[self.position..self.filled]
    }

    /// Skips bytes of the [`window`](Self::window); they must be balanced elements.
    #[inline]
    pub fn consume(&mut self, count: usize) {
        self.position = (self.position + count).min(self.filled);
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open_lengths.len()
    }

    /// An error about this document.
    pub fn damaged(&self, what: &str) -> Unreadable {
        Unreadable::damaged(format!("{}：{what}", self.part))
    }

    fn refill(&mut self) -> Result<(), Unreadable> {
        if self.position > 0 {
            self.buffer.copy_within(self.position..self.filled, 0);
            self.filled -= self.position;
            self.position = 0;
        }
        if self.buffer.len() < self.filled + BLOCK / 2 {
            if self.filled > limits::TAG_BYTES {
                return Err(Unreadable::too_large(format!("{} 中有超过 {} MB 的标记", self.part, limits::TAG_BYTES >> 20)));
            }
            self.buffer.resize((self.filled * 2).max(BLOCK), 0);
        }
        while self.filled < self.buffer.len() {
            match self.reader.read(&mut self.buffer[self.filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(read_error(&self.part, &error)),
            }
        }
        Ok(())
    }

    /// The next token; after [`Token::End`] only more of them.
    ///
    /// # Errors
    /// Cut off, not well formed, with a DTD, or too large in one piece.
    pub fn next(&mut self) -> Result<Token<'_>, Unreadable> {
        let shape = loop {
            if self.position == self.filled {
                if self.ended {
                    return self.finish();
                }
                self.refill()?;
                continue;
            }
            match self.shape()? {
                Shape::Incomplete if self.ended => return Err(self.damaged("文件在标记中间断了")),
                Shape::Incomplete => self.refill()?,
                Shape::Skip { end } => self.position = end,
                shape => break shape,
            }
        };
        let start = self.position;
        match shape {
            Shape::Open { name_end, end, empty } => {
                self.position = end;
                if !empty {
                    self.push_name(start + 1, name_end)?;
                }
                self.rooted = true;
                let attributes_end = if empty { end - 2 } else { end - 1 };
                Ok(Token::Open {
                    name: local(&self.buffer[start + 1..name_end]),
                    attributes: Attributes::of(&self.buffer[name_end..attributes_end]),
                    empty,
                })
            }
            Shape::Close { name_end, end } => {
                self.position = end;
                self.pop_name(start + 2, name_end)?;
                Ok(Token::Close { name: local(&self.buffer[start + 2..name_end]) })
            }
            Shape::Text { end } => {
                self.position = end;
                Ok(Token::Text(&self.buffer[start..end]))
            }
            Shape::Literal { end } => {
                self.position = end;
                Ok(Token::Literal(&self.buffer[start + 9..end - 3]))
            }
            Shape::Skip { .. } | Shape::Incomplete => Err(self.damaged("文件在标记中间断了")),
        }
    }

    fn finish(&self) -> Result<Token<'static>, Unreadable> {
        if !self.open_lengths.is_empty() || !self.rooted {
            return Err(self.damaged("文件在结束标记之前就断了"));
        }
        Ok(Token::End)
    }

    /// What stands at the position, with absolute offsets.
    fn shape(&self) -> Result<Shape, Unreadable> {
        let base = self.position;
        let window = self.window();
        if window[0] != b'<' {
            return Ok(match memchr(b'<', window) {
                Some(end) => Shape::Text { end: base + end },
                None if self.ended => Shape::Text { end: base + window.len() },
                None if window.len() < BLOCK / 2 => Shape::Incomplete,
                None => Shape::Text { end: base + safe_cut(window) },
            });
        }
        match window.get(1) {
            None => Ok(Shape::Incomplete),
            Some(b'/') => Ok(match memchr(b'>', window) {
                Some(end) => {
                    let name_end = window[2..end].iter().position(u8::is_ascii_whitespace).map_or(end, |length| length + 2);
                    Shape::Close { name_end: base + name_end, end: base + end + 1 }
                }
                None => Shape::Incomplete,
            }),
            Some(b'?') => Ok(skip_to(window, b"?>", 2, base)),
            Some(b'!') => self.declaration(window, base),
            Some(_) => Ok(open_shape(window, base)),
        }
    }

    fn declaration(&self, window: &[u8], base: usize) -> Result<Shape, Unreadable> {
        const COMMENT: &[u8] = b"<!--";
        const LITERAL: &[u8] = b"<![CDATA[";
        if window.starts_with(COMMENT) {
            return Ok(skip_to(window, b"-->", 4, base));
        }
        if window.starts_with(LITERAL) {
            return Ok(match memmem::find(&window[LITERAL.len()..], b"]]>") {
                Some(end) => Shape::Literal { end: base + LITERAL.len() + end + 3 },
                None => Shape::Incomplete,
            });
        }
        if COMMENT.starts_with(window) || LITERAL.starts_with(window) {
            return Ok(Shape::Incomplete);
        }
        Err(self.damaged("含有文档类型定义（DOCTYPE），电子表格里不该有"))
    }

    fn push_name(&mut self, start: usize, end: usize) -> Result<(), Unreadable> {
        if self.open_lengths.len() >= limits::XML_DEPTH {
            return Err(Unreadable::too_large(format!("{} 的标记嵌套超过 {} 层", self.part, limits::XML_DEPTH)));
        }
        self.open_names.extend_from_slice(&self.buffer[start..end]);
        self.open_lengths.push((end - start) as u32);
        Ok(())
    }

    fn pop_name(&mut self, start: usize, end: usize) -> Result<(), Unreadable> {
        let rest = self.open_lengths.pop().and_then(|length| self.open_names.len().checked_sub(length as usize));
        match rest {
            Some(rest) if self.open_names[rest..] == self.buffer[start..end] => {
                self.open_names.truncate(rest);
                Ok(())
            }
            _ => Err(self.damaged("开始标记和结束标记对不上")),
        }
    }
}

fn open_shape(window: &[u8], base: usize) -> Shape {
    let mut name_end = 0;
    let mut index = 1;
    while let Some(&byte) = window.get(index) {
        match byte {
            b'>' => {
                let empty = window[index - 1] == b'/';
                let last = if empty { index - 1 } else { index };
                let name_end = if name_end == 0 { last } else { name_end };
                return Shape::Open { name_end: base + name_end, end: base + index + 1, empty };
            }
            b'"' | b'\'' => match memchr(byte, &window[index + 1..]) {
                Some(length) => index += length + 1,
                None => return Shape::Incomplete,
            },
            b' ' | b'\t' | b'\r' | b'\n' if name_end == 0 => name_end = index,
            _ => {}
        }
        index += 1;
    }
    Shape::Incomplete
}

fn skip_to(window: &[u8], end: &[u8], from: usize, base: usize) -> Shape {
    match window.get(from..).and_then(|rest| memmem::find(rest, end)) {
        Some(found) => Shape::Skip { end: base + from + found + end.len() },
        None => Shape::Incomplete,
    }
}

/// Where a run of text may be cut: before an entity and before a character that are not complete.
fn safe_cut(text: &[u8]) -> usize {
    let mut end = text.len();
    while end > 0 && end + 4 > text.len() && text[end - 1] & 0xC0 == 0x80 {
        end -= 1;
    }
    end = end.saturating_sub(1);
    let tail = end.saturating_sub(16);
    match text[tail..end].iter().rposition(|&byte| byte == b'&') {
        Some(entity) if tail + entity > 0 => tail + entity,
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the tokens of a document in a short form, or the error's words.
    fn check(document: &[u8], expected: &str) {
        let mut scanner = Scanner::new(document, "p");
        let mut seen = String::new();
        loop {
            match scanner.next() {
                Ok(Token::Open { name, attributes, empty }) => {
                    seen.push_str(&format!("({}", String::from_utf8_lossy(name)));
                    for (name, value) in attributes {
                        seen.push_str(&format!(" {}={}", String::from_utf8_lossy(name), String::from_utf8_lossy(value)));
                    }
                    seen.push_str(if empty { ")" } else { "" });
                }
                Ok(Token::Close { .. }) => seen.push(')'),
                Ok(Token::Text(raw)) => match append(raw, &mut seen) {
                    Ok(()) => {}
                    Err(bad) => {
                        seen = bad.within("p").detail;
                        break;
                    }
                },
                Ok(Token::Literal(raw)) => seen.push_str(&String::from_utf8_lossy(raw)),
                Ok(Token::End) => break,
                Err(refusal) => {
                    seen = refusal.detail;
                    break;
                }
            }
        }
        assert!(seen.contains(expected), "{seen} should contain {expected}");
    }

    #[test]
    fn documents_come_apart_or_are_refused() {
        check(b"<?xml version='1.0'?><a x:b = '1' c=\"a>b\"><!-- > --><x:d/>t&amp;&#x4e00;\r\n</a>", "(a b=1 c=a>b(d)t&一\n)");
        check(b"<a><![CDATA[<&]]></a>", "(a<&)");
        check(b"<a><b></a></b>", "对不上");
        check(b"<a><b>", "断了");
        check(b"<a", "断了");
        check(b"", "断了");
        check(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE");
        check(b"<a>&b;</a>", "实体");
        check(b"<a>&#xD800;</a>", "实体");
        check(b"<a>\xff</a>", "无效的字符");
        check("\u{feff}<a>字</a>".as_bytes(), "(a字)");
    }

    #[test]
    fn a_document_in_another_encoding_is_decoded_on_the_way() {
        let text = "<?xml version='1.0' encoding='UTF-16'?><表 甲='乙'>字</表>";
        let little: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&little, "(表 甲=乙字)");
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&big, "(表 甲=乙字)");
        let (bytes, _, _) = encoding_rs::GBK.encode("<?xml version=\"1.0\" encoding=\"GBK\"?><a>字</a>");
        check(&bytes, "(a字)");
        check(b"<?xml version='1.0' encoding='klingon'?><a/>", "klingon");
    }

    #[test]
    fn long_texts_come_in_pieces_that_cut_no_character_and_no_entity() {
        let body = "隐患&amp;".repeat(60_000);
        let document = format!("<a>{body}</a>");
        let mut scanner = Scanner::new(document.as_bytes(), "p");
        let mut text = String::new();
        loop {
            match scanner.next().expect("well formed") {
                Token::Text(raw) => append(raw, &mut text).expect("cut at a safe place"),
                Token::End => break,
                _ => {}
            }
        }
        assert_eq!(text, "隐患&".repeat(60_000));
    }

    #[test]
    fn depth_is_bounded() {
        check("<a>".repeat(limits::XML_DEPTH + 1).as_bytes(), "");
        let mut scanner = Scanner::new(io::repeat(b'<').take(0), "p");
        assert!(scanner.next().is_err());
    }
}
