//! The attributes of a tag, read where they stand.
//!
//! Names are compared without their prefix, values are raw until they are asked for as text. What
//! is not well formed ends the list; it is no error.

use memchr::memchr;

use crate::tables::xml::characters::append;

/// The attributes of a tag, in order: name without prefix, raw value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Attributes<'a> {
    /// The attributes in what stands between a tag's name and its end.
    pub fn of(rest: &'a [u8]) -> Attributes<'a> {
        Attributes { rest }
    }

    /// The raw value of the first attribute of this name, whatever its prefix.
    pub fn get(self, wanted: &str) -> Option<&'a [u8]> {
        let mut attributes = self;
        attributes.find_map(|(name, value)| (name == wanted.as_bytes()).then_some(value))
    }

    /// The value as text with its entities resolved.
    pub fn text(self, wanted: &str) -> Option<String> {
        let mut text = String::new();
        append(self.get(wanted)?, &mut text).ok()?;
        Some(text)
    }

    /// The value as a number.
    pub fn number<T: std::str::FromStr>(self, wanted: &str) -> Option<T> {
        std::str::from_utf8(self.get(wanted)?).ok()?.trim().parse().ok()
    }

    /// Whether the value says yes.
    pub fn flag(self, wanted: &str) -> bool {
        self.get(wanted).is_some_and(is_true)
    }
}

/// Whether a value says yes in XML Schema's words.
pub fn is_true(value: &[u8]) -> bool {
    matches!(value, b"1" | b"true" | b"on")
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &self.rest[start..];
        let equals = memchr(b'=', rest)?;
        let name = rest[..equals].trim_ascii_end();
        let after = equals + 1 + rest[equals + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let quote = rest[after];
        if quote != b'"' && quote != b'\'' {
            return None;
        }
        let end = after + 1 + memchr(quote, &rest[after + 1..])?;
        self.rest = &rest[end + 1..];
        Some((local(name), &rest[after + 1..end]))
    }
}

/// A name without its prefix.
pub fn local(name: &[u8]) -> &[u8] {
    match memchr(b':', name) {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}
