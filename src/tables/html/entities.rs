//! Character references in HTML text: numeric ones and the names that tables really use.
//!
//! An unknown name stays as it is written, as browsers leave it.

use encoding_rs::WINDOWS_1252;

const NAMED: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("deg", '°'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("pound", '£'),
    ("euro", '€'),
    ("sect", '§'),
    ("micro", 'µ'),
    ("permil", '‰'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("radic", '√'),
    ("infin", '∞'),
    ("check", '✓'),
];

/// Resolves the references of a text.
pub fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name: &str =
            rest[1..].split(|character: char| !(character.is_ascii_alphanumeric() || character == '#')).next().unwrap_or_default();
        let length = 1 + name.len() + usize::from(rest[1 + name.len()..].starts_with(';'));
        match character(name) {
            Some(character) => {
                out.push(character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let Some(digits) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|&(_, character)| character);
    };
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    match code {
        // Browsers take these numbers for Windows-1252.
        0x80..=0x9F => WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.chars().next(),
        0 => Some(char::REPLACEMENT_CHARACTER),
        code => char::from_u32(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_the_rest_left() {
        for (text, expected) in [
            ("a&nbsp;b&amp;c", "a\u{a0}b&c"),
            ("&#38544;&#x60A3;", "隐患"),
            ("&lt;5", "<5"),
            ("A&B & C&unknown;", "A&B & C&unknown;"),
            ("&#150;", "–"),
            ("&#xD800;&", "&#xD800;&"),
        ] {
            assert_eq!(resolve(text), expected, "{text}");
        }
    }
}
