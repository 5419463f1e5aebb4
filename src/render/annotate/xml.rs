//! XML as text with places: which tag stands where, and changing just those bytes.
//!
//! A part is never taken apart into a tree and written anew: what is not understood stays as it was,
//! byte for byte. The tokenizer is quick-xml's (it checks that tags match); the places are ours.
//! Knows nothing of spreadsheets. A document type, which could define entities, is refused.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Why a part cannot be changed safely; for the last line of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd(pub String);

/// An opening or empty tag and its place in the text.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// The name as written, with its prefix.
    pub name: &'a str,
    /// Byte range of the whole tag, from `<` to behind `>`.
    pub start: usize,
    pub end: usize,
    /// `<a/>`.
    pub empty: bool,
    /// 0 for the root element.
    pub depth: usize,
    attributes: &'a str,
    attributes_start: usize,
}

/// What stands next in a part.
#[derive(Debug, Clone, Copy)]
pub enum Token<'a> {
    Open(Tag<'a>),
    /// A closing tag; `depth` is that of its opening tag.
    Close {
        name: &'a str,
        start: usize,
        end: usize,
        depth: usize,
    },
    /// Text, entity references and CDATA, as written.
    Text(&'a str),
}

/// One attribute as written, with the places of its value and of the whole (with the blank before it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub value_start: usize,
    pub value_end: usize,
    pub whole_start: usize,
    pub whole_end: usize,
}

/// Reads a part token by token.
pub struct Scanner<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// Replaces the bytes `start..end` of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub with: String,
}

impl Edit {
    /// Puts `with` in at `place`; nothing goes away.
    pub fn insert(place: usize, with: impl Into<String>) -> Edit {
        Edit { start: place, end: place, with: with.into() }
    }

    /// Puts `with` in place of `start..end`.
    pub fn replace(start: usize, end: usize, with: impl Into<String>) -> Edit {
        Edit { start, end, with: with.into() }
    }
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, reader: Reader::from_str(text), depth: 0 }
    }

    /// The next token, `None` at the end of a complete document.
    ///
    /// # Errors
    /// Not well-formed, cut off, or with a document type.
    pub fn token(&mut self) -> Result<Option<Token<'a>>, Odd> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|error| Odd(format!("XML 有误：{error}")))?;
            let end = self.reader.buffer_position() as usize;
            let whole = self.text.get(start..end).unwrap_or("");
            match event {
                Event::Start(_) => {
                    self.depth += 1;
                    return Ok(Some(Token::Open(tag(whole, start, end, self.depth - 1, false))));
                }
                Event::Empty(_) => return Ok(Some(Token::Open(tag(whole, start, end, self.depth, true)))),
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or_else(|| Odd("XML 有误：多余的结束标记".to_owned()))?;
                    let name = whole.trim_start_matches("</").trim_end_matches('>').trim_end();
                    return Ok(Some(Token::Close { name, start, end, depth: self.depth }));
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => return Ok(Some(Token::Text(whole))),
                Event::DocType(_) => return Err(Odd("XML 带有文档类型定义".to_owned())),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.depth > 0 => return Err(Odd("XML 不完整".to_owned())),
                Event::Eof => return Ok(None),
            }
        }
    }
}

fn tag(whole: &str, start: usize, end: usize, depth: usize, empty: bool) -> Tag<'_> {
    let inside = whole.strip_prefix('<').unwrap_or(whole);
    let inside = inside.strip_suffix(if empty { "/>" } else { ">" }).unwrap_or(inside);
    let name_length = inside.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_length);
    Tag { name, start, end, empty, depth, attributes, attributes_start: start + 1 + name_length }
}

/// The name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The prefix with its colon, empty when there is none.
pub fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| &name[..prefix.len() + 1])
}

impl<'a> Tag<'a> {
    /// The name without its prefix.
    pub fn local(&self) -> &'a str {
        local(self.name)
    }

    /// Where a new attribute can be put in: right behind the name.
    pub fn attribute_place(&self) -> usize {
        self.attributes_start
    }

    /// All attributes in order.
    ///
    /// # Errors
    /// An attribute without quotes or without a value.
    pub fn attributes(&self) -> Result<Vec<Attribute<'a>>, Odd> {
        let odd = || Odd(format!("标记 {} 的属性写法有误", self.name));
        let text = self.attributes;
        let mut attributes = Vec::new();
        let mut place = 0;
        while let Some(rest) = text.get(place..) {
            let trimmed = rest.trim_ascii_start();
            if trimmed.is_empty() {
                break;
            }
            let name_start = place + rest.len() - trimmed.len();
            let (before, after) = trimmed.split_once('=').ok_or_else(odd)?;
            let name = before.trim_ascii();
            let opening = after.trim_ascii_start();
            let quote = opening.chars().next().filter(|letter| matches!(letter, '"' | '\'')).ok_or_else(odd)?;
            let value_start = name_start + before.len() + 1 + (after.len() - opening.len()) + 1;
            let value_length = opening.get(1..).and_then(|value| value.find(quote)).ok_or_else(odd)?;
            let value = text.get(value_start..value_start + value_length).ok_or_else(odd)?;
            let next = value_start + value_length + 1;
            attributes.push(Attribute {
                name,
                value,
                value_start: self.attributes_start + value_start,
                value_end: self.attributes_start + value_start + value_length,
                whole_start: self.attributes_start + place,
                whole_end: self.attributes_start + next,
            });
            place = next;
        }
        Ok(attributes)
    }

    /// The attribute with this name, which is written without a prefix.
    ///
    /// # Errors
    /// As [`Tag::attributes`].
    pub fn attribute(&self, name: &str) -> Result<Option<Attribute<'a>>, Odd> {
        Ok(self.attributes()?.into_iter().find(|attribute| attribute.name == name))
    }

    /// A whole number that an attribute holds, `None` when it is absent or no such number.
    ///
    /// # Errors
    /// As [`Tag::attributes`].
    pub fn number(&self, name: &str) -> Result<Option<u32>, Odd> {
        Ok(self.attribute(name)?.and_then(|attribute| attribute.value.trim().parse().ok()))
    }

    /// The prefixed attribute `…:id` of the relationships namespace.
    ///
    /// # Errors
    /// As [`Tag::attributes`].
    pub fn relation(&self) -> Result<Option<Attribute<'a>>, Odd> {
        Ok(self.attributes()?.into_iter().find(|attribute| attribute.name.contains(':') && local(attribute.name) == "id"))
    }

    /// The edit that puts `children` inside an empty tag, which so gets a closing tag.
    pub fn fill(&self, children: &str) -> Edit {
        Edit::replace(self.end.saturating_sub(2), self.end, format!(">{children}</{}>", self.name))
    }

    /// The edit that sets an attribute, there or not.
    ///
    /// # Errors
    /// As [`Tag::attributes`].
    pub fn set(&self, name: &str, value: &str) -> Result<Edit, Odd> {
        Ok(match self.attribute(name)? {
            Some(attribute) => Edit::replace(attribute.value_start, attribute.value_end, value),
            None => Edit::insert(self.attribute_place(), format!(" {name}=\"{value}\"")),
        })
    }
}

/// The text with all edits made; those at the same place in the order given.
///
/// # Errors
/// Two edits overlap, which would mean that the part was misread.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> Result<Vec<u8>, Odd> {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let grown: usize = edits.iter().map(|edit| edit.with.len()).sum();
    let mut changed = Vec::with_capacity(text.len() + grown);
    let mut place = 0;
    for edit in &edits {
        let kept = text.get(place..edit.start).ok_or_else(|| Odd("修改位置相互重叠".to_owned()))?;
        changed.extend_from_slice(kept.as_bytes());
        changed.extend_from_slice(edit.with.as_bytes());
        place = edit.end.max(edit.start);
    }
    changed.extend_from_slice(text.get(place..).unwrap_or("").as_bytes());
    Ok(changed)
}

/// Text for an element or a quoted attribute; what XML cannot hold becomes U+FFFD.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' => escaped.push(letter),
            '\r' => {}
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Text for a cell or a comment: as [`escape`], and `_x000D_` stays the seven characters that it is instead of
/// becoming a line break.
pub fn escape_cell(text: &str) -> String {
    let escaped = escape(text);
    let mut protected = String::with_capacity(escaped.len());
    let mut rest = escaped.as_str();
    while let Some(place) = rest.find("_x") {
        let code = rest.as_bytes().get(place + 2..place + 7);
        let is_code = code.is_some_and(|code| code[..4].iter().all(u8::is_ascii_hexdigit) && code[4] == b'_');
        protected.push_str(&rest[..place]);
        protected.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &rest[place + 2..];
    }
    protected.push_str(rest);
    protected
}

/// Text with the five entities and character references resolved; anything else stays as written.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        plain.push_str(&rest[..place]);
        rest = &rest[place..];
        let end = rest.char_indices().take(12).find(|&(_, letter)| letter == ';').map(|(end, _)| end);
        let letter = end.and_then(|end| entity(&rest[1..end]));
        match (end, letter) {
            (Some(end), Some(letter)) => {
                plain.push(letter);
                rest = &rest[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted_tag: &str, attribute: &str, value: &str, expected: &str) {
        let mut scanner = Scanner::new(text);
        let mut edits = Vec::new();
        while let Some(token) = scanner.token().expect("the example is well-formed") {
            if let Token::Open(tag) = token
                && tag.local() == wanted_tag
            {
                edits.push(tag.set(attribute, value).expect("the example has proper attributes"));
            }
        }
        let changed = apply(text, edits).expect("one edit per tag cannot overlap");
        assert_eq!(String::from_utf8_lossy(&changed), expected);
    }

    #[test]
    fn only_the_named_attribute_changes() {
        check("<a><c r=\"A1\" s='3' /><b/></a>", "c", "s", "9", "<a><c r=\"A1\" s='9' /><b/></a>");
        check("<x:a><x:c\n r = \"A1\"/></x:a>", "c", "s", "9", "<x:a><x:c s=\"9\"\n r = \"A1\"/></x:a>");
        check(
            "<?xml version=\"1.0\"?>\n<a><!-- <c/> --><c>&lt;c&gt;</c></a>",
            "c",
            "s",
            "1",
            "<?xml version=\"1.0\"?>\n<a><!-- <c/> --><c s=\"1\">&lt;c&gt;</c></a>",
        );
        check("<a><c cs=\"5\" t=\"a>b\"/></a>", "c", "s", "1", "<a><c s=\"1\" cs=\"5\" t=\"a>b\"/></a>");
    }

    #[test]
    fn broken_parts_are_refused() {
        for text in ["<a><b></a>", "<a>", "</a>", "<a", "<!DOCTYPE a [<!ENTITY x \"y\">]><a/>", "<a/></b>"] {
            let mut scanner = Scanner::new(text);
            let mut outcome = Ok(());
            loop {
                match scanner.token() {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(odd) => {
                        outcome = Err(odd);
                        break;
                    }
                }
            }
            assert!(outcome.is_err(), "{text}");
        }
    }

    #[test]
    fn bad_attributes_are_refused() {
        for text in ["<c s=3/>", "<c s/>", "<c s=\"3/>"] {
            let mut scanner = Scanner::new(text);
            let refused = match scanner.token() {
                Ok(Some(Token::Open(tag))) => tag.attributes().is_err(),
                other => other.is_err(),
            };
            assert!(refused, "{text}");
        }
    }

    #[test]
    fn overlapping_edits_are_refused() {
        assert!(apply("abcdef", vec![Edit::replace(0, 3, ""), Edit::replace(2, 4, "")]).is_err());
        assert_eq!(apply("abc", vec![Edit::insert(1, "1"), Edit::insert(1, "2")]), Ok(b"a12bc".to_vec()));
    }

    #[test]
    fn escaping_goes_both_ways() {
        for text in ["a<b>&\"'", "整改\n时限", "&amp;", "没有"] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(escape("a\u{1}b\r"), "a\u{fffd}b");
        assert_eq!(escape_cell("_x000D_<_x_中"), "_x005F_x000D_&lt;_x_中");
        assert_eq!(unescape("&#20013;&#x6587;&nbsp;&"), "中文&nbsp;&");
    }
}
