//! The XML of rows and cells, written straight into bytes.

use std::io::Write;

/// Begins a row, with a height in points where it is not the sheet's own; rounded to whole pixels as the library does.
pub fn open_row(xml: &mut Vec<u8>, digits: &str, height: Option<f64>) {
    for piece in ["<row r=\"", digits, "\""] {
        xml.extend_from_slice(piece.as_bytes());
    }
    if let Some(height) = height {
        let pixels = (height / 0.75).round();
        // Writing into memory cannot fail.
        let _ = write!(xml, " ht=\"{}\" customHeight=\"1\"", pixels * 0.75);
    }
    xml.push(b'>');
}

/// Ends a row.
pub fn close_row(xml: &mut Vec<u8>) {
    xml.extend_from_slice(b"</row>");
}

/// Begins a cell: its address and its style attribute.
fn open_cell(xml: &mut Vec<u8>, letters: &str, digits: &str, style: &str) {
    for piece in ["<c r=\"", letters, digits, "\"", style] {
        xml.extend_from_slice(piece.as_bytes());
    }
}

/// Writes a cell that has a style and nothing else.
pub fn blank(xml: &mut Vec<u8>, letters: &str, digits: &str, style: &str) {
    open_cell(xml, letters, digits, style);
    xml.extend_from_slice(b"/>");
}

/// Writes a number; days and counts take the short way.
pub fn number(xml: &mut Vec<u8>, letters: &str, digits: &str, style: &str, value: f64) {
    open_cell(xml, letters, digits, style);
    xml.extend_from_slice(b"><v>");
    let _ = if value.fract() == 0.0 && value.abs() < 1e15 { write!(xml, "{}", value as i64) } else { write!(xml, "{value}") };
    xml.extend_from_slice(b"</v></c>");
}

/// Writes a text as an inline string, with white space kept where it would be lost.
pub fn text(xml: &mut Vec<u8>, letters: &str, digits: &str, style: &str, text: &str) {
    open_cell(xml, letters, digits, style);
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let bytes = text.as_bytes();
    let kept = edge(bytes.first()) || edge(bytes.last());
    xml.extend_from_slice(if kept {
        b" t=\"inlineStr\"><is><t xml:space=\"preserve\">".as_slice()
    } else {
        b" t=\"inlineStr\"><is><t>".as_slice()
    });
    let mut from = 0;
    for (position, byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            // Readers decode _x000D_ and its kind; a text that happens to look like one is kept as it is.
            b'_' if looks_escaped(&bytes[position..]) => b"_x005F_",
            _ => continue,
        };
        xml.extend_from_slice(&bytes[from..position]);
        xml.extend_from_slice(escape);
        from = position + 1;
    }
    xml.extend_from_slice(&bytes[from..]);
    xml.extend_from_slice(b"</t></is></c>");
}

/// `_x` and four hexadecimal digits and `_`: what spreadsheet programs take for an escaped character.
fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}
