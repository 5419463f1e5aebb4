//! The small print of the XML: names of namespaces and texts made fit for it.

use crate::render::xlsx::text::printable;

/// What every part begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespace of texts, written `w:`.
pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of references to other parts, written `r:`.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The text as an element or attribute holds it; control characters are shown as their pictures.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for character in printable(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(character),
        }
    }
    safe
}

/// The inside of a run: the text, with line ends and tabs as elements of their own.
pub fn run_content(text: &str) -> String {
    let mut content = String::with_capacity(text.len() + 40);
    for (index, line) in escaped(text).split('\n').enumerate() {
        if index > 0 {
            content.push_str("<w:br/>");
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                content.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                content.push_str("<w:t xml:space=\"preserve\">");
                content.push_str(piece);
                content.push_str("</w:t>");
            }
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        for (text, expected) in [
            ("", ""),
            ("<&>\"'", "<w:t xml:space=\"preserve\">&lt;&amp;&gt;&quot;'</w:t>"),
            ("甲\r\n\t乙", "<w:t xml:space=\"preserve\">甲</w:t><w:br/><w:tab/><w:t xml:space=\"preserve\">乙</w:t>"),
            ("铃\u{7}\u{FFFF}", "<w:t xml:space=\"preserve\">铃␇\u{FFFD}</w:t>"),
            ("{ PAGE }", "<w:t xml:space=\"preserve\">{ PAGE }</w:t>"),
            ("😀", "<w:t xml:space=\"preserve\">😀</w:t>"),
        ] {
            assert_eq!(run_content(text), expected, "{text:?}");
        }
    }
}
