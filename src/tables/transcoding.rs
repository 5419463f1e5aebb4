//! Turns an XML document in any declared encoding into UTF-8 on the way to the scanner.
//!
//! Nearly every document is UTF-8 already and passes untouched; the scanner checks its texts. Others
//! are decoded strictly: a byte that does not belong is an error. Knows nothing of tags.

use std::io;
use std::io::Read;

use encoding_rs::Decoder;
use encoding_rs::DecoderResult;
use encoding_rs::Encoding;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;

const HEAD: usize = 512;

/// A reader that hands out UTF-8 whatever its source is in.
pub struct Utf8Stream<R> {
    reader: R,
    /// Bytes read and not handed out (pass-through) or not decoded yet.
    pending: Vec<u8>,
    mode: Mode,
    source_ended: bool,
}

enum Mode {
    Unknown,
    PassThrough,
    Decode { decoder: Box<Decoder>, decoded: Vec<u8>, done: bool },
}

impl<R: Read> Utf8Stream<R> {
    pub fn new(reader: R) -> Utf8Stream<R> {
        Utf8Stream { reader, pending: Vec::new(), mode: Mode::Unknown, source_ended: false }
    }

    fn read_head(&mut self) -> io::Result<()> {
        let mut head = [0; HEAD];
        let mut length = 0;
        while length < HEAD {
            match self.reader.read(&mut head[length..])? {
                0 => {
                    self.source_ended = true;
                    break;
                }
                count => length += count,
            }
        }
        let head = &head[..length];
        let (skip, encoding) = encoding_of(head)?;
        self.pending.extend_from_slice(&head[skip..]);
        self.mode = match encoding {
            None => Mode::PassThrough,
            Some(encoding) => {
                Mode::Decode { decoder: Box::new(encoding.new_decoder_without_bom_handling()), decoded: Vec::new(), done: false }
            }
        };
        Ok(())
    }
}

impl<R: Read> Read for Utf8Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if matches!(self.mode, Mode::Unknown) {
            self.read_head()?;
        }
        match &mut self.mode {
            Mode::Unknown => Ok(0),
            Mode::PassThrough if self.pending.is_empty() => self.reader.read(buffer),
            Mode::PassThrough => Ok(hand_out(&mut self.pending, buffer)),
            Mode::Decode { decoder, decoded, done } => {
                while decoded.is_empty() && !*done {
                    if !self.source_ended && self.pending.len() < HEAD {
                        let mut block = vec![0; 64 << 10];
                        let count = self.reader.read(&mut block)?;
                        self.source_ended = count == 0;
                        self.pending.extend_from_slice(&block[..count]);
                    }
                    decoded.resize(self.pending.len() * 3 + 16, 0);
                    let (result, read, written) = decoder.decode_to_utf8_without_replacement(&self.pending, decoded, self.source_ended);
                    if matches!(result, DecoderResult::Malformed(..)) {
                        return Err(invalid("含有不属于其编码的字节"));
                    }
                    decoded.truncate(written);
                    self.pending.drain(..read);
                    *done = self.source_ended && self.pending.is_empty();
                }
                Ok(hand_out(decoded, buffer))
            }
        }
    }
}

fn hand_out(from: &mut Vec<u8>, buffer: &mut [u8]) -> usize {
    let count = from.len().min(buffer.len());
    buffer[..count].copy_from_slice(&from[..count]);
    from.drain(..count);
    count
}

/// How many bytes of byte order mark to skip, and the encoding unless it is UTF-8.
fn encoding_of(head: &[u8]) -> io::Result<(usize, Option<&'static Encoding>)> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => return Ok((3, None)),
        [0xFF, 0xFE, ..] => return Ok((2, Some(UTF_16LE))),
        [0xFE, 0xFF, ..] => return Ok((2, Some(UTF_16BE))),
        [b'<', 0, ..] => return Ok((0, Some(UTF_16LE))),
        [0, b'<', ..] => return Ok((0, Some(UTF_16BE))),
        _ => {}
    }
    let Some(label) = declared(head) else { return Ok((0, None)) };
    match Encoding::for_label(label) {
        Some(encoding) if encoding == encoding_rs::UTF_8 => Ok((0, None)),
        // A document that says UTF-16 in single bytes is not in UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok((0, None)),
        Some(encoding) => Ok((0, Some(encoding))),
        None => Err(invalid(&format!("声明的编码 {} 不认识", String::from_utf8_lossy(label)))),
    }
}

/// The encoding that an XML declaration names.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.iter().position(|&byte| byte == b'>')?];
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let rest = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = rest.split_first()?;
    Some(&value[..value.iter().position(|&byte| byte == quote)?])
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
