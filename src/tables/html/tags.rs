//! Takes lenient HTML apart: tags with their attributes, and the text between them.
//!
//! Comments, declarations, scripts and style sheets vanish here. Nothing is an error: what is no
//! tag is text. Knows nothing of tables.

/// One piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Open(Tag<'a>),
    /// Name in lower case.
    Close(String),
    /// Text with its references still in it.
    Text(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: String,
    attributes: &'a str,
}

/// Walks a page.
pub struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    pub fn new(page: &'a str) -> Pieces<'a> {
        Pieces { rest: page }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Leaves out everything up to and with `end`, or the whole rest.
    fn skip_past(&mut self, end: &str) {
        let length = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(length);
    }

    /// Leaves out the raw text of a script or a style sheet.
    fn skip_raw(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</") {
            let start = from + at;
            if self.rest.as_bytes().get(start + 2..start + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            {
                self.take(start);
                return;
            }
            from = start + 2;
        }
        self.take(self.rest.len());
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Piece::Text(self.take(length)));
            }
            if self.rest.starts_with("<!--") {
                self.skip_past("-->");
                continue;
            }
            let second = self.rest.as_bytes().get(1).copied().unwrap_or(b' ');
            if second == b'!' || second == b'?' {
                self.skip_past(">");
                continue;
            }
            let closing = second == b'/';
            let first = self.rest.as_bytes().get(1 + usize::from(closing)).copied().unwrap_or(b' ');
            if !first.is_ascii_alphabetic() {
                // `<5人` is text.
                let length = self.rest[1..].find('<').map_or(self.rest.len(), |at| at + 1);
                return Some(Piece::Text(self.take(length)));
            }
            let tag = self.take(tag_length(self.rest));
            let inside = tag[1 + usize::from(closing)..].trim_end_matches('>');
            let name_end = inside.find(|character: char| character.is_whitespace() || character == '/').unwrap_or(inside.len());
            let name = inside[..name_end].to_ascii_lowercase();
            if closing {
                return Some(Piece::Close(name));
            }
            if matches!(name.as_str(), "script" | "style" | "title" | "xml" | "noscript") {
                self.skip_raw(&name);
            }
            return Some(Piece::Open(Tag { name, attributes: &inside[name_end..] }));
        }
    }
}

/// The length of a tag with its `>`, which may stand in a quoted value too.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if text.as_bytes()[..at].trim_ascii_end().ends_with(b"=") => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // The quote was never closed, so it was none.
    text.find('>').map_or(text.len(), |at| at + 1)
}

impl Tag<'_> {
    /// The value of an attribute, without quotes; empty for one without a value.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|character: char| character.is_whitespace() || character == '/');
            if rest.is_empty() {
                return None;
            }
            let name_end = rest.find(|character: char| character.is_whitespace() || character == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at(name_end);
            let mut value = "";
            rest = after.trim_start();
            if let Some(stated) = rest.strip_prefix('=') {
                let stated = stated.trim_start();
                (value, rest) = match stated.chars().next() {
                    Some(quote @ ('"' | '\'')) => stated[1..].split_once(quote).unwrap_or((&stated[1..], "")),
                    _ => stated.split_at(stated.find(char::is_whitespace).unwrap_or(stated.len())),
                };
            }
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
        }
    }

    /// A count of at least 1 and at most `most`; 1 when it is absent or no number.
    pub fn count(&self, name: &str, most: u32) -> u32 {
        self.attribute(name).and_then(|value| value.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, most)
    }

    /// Whether the element is not displayed.
    pub fn is_hidden(&self) -> bool {
        let style: String = self.attribute("style").unwrap_or_default().split_whitespace().collect();
        style.to_ascii_lowercase().contains("display:none") || self.attribute("hidden").is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_apart_leniently() {
        let page =
            "<!DOCTYPE html><!-- <td> --><STYLE>td > a</STYLE><TD Colspan=2 style='x \">\" y' hidden>a<5<br/></td><script>'<td>'</script><";
        let mut seen = String::new();
        for piece in Pieces::new(page) {
            match piece {
                Piece::Open(tag) => {
                    seen.push_str(&format!("({}:{}:{:?})", tag.name, tag.count("colspan", 9), tag.attribute("hidden")));
                }
                Piece::Close(name) => seen.push_str(&format!("[{name}]")),
                Piece::Text(text) => seen.push_str(text),
            }
        }
        assert_eq!(seen, "(style:1:None)[style](td:2:Some(\"\"))a<5(br:1:None)[td](script:1:None)[script]<");
    }

    #[test]
    fn hidden_elements_say_so_in_their_style() {
        for (tag, expected) in [("<tr style='height:0; Display : none'>", true), ("<tr style=\"color:red\">", false), ("<tr>", false)] {
            let Some(Piece::Open(tag)) = Pieces::new(tag).next() else { panic!("a tag") };
            assert_eq!(tag.is_hidden(), expected);
        }
    }
}
