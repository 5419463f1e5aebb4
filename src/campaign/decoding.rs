//! Bytes → text for the two files a clerk writes by hand: the campaign and the roster.
//!
//! UTF-8 with or without BOM, UTF-16 with or without BOM, GB18030 (GBK). Knows nothing of YAML or CSV.
//! What is in no known encoding is refused, never guessed: a wrong guess yields wrong names.

use encoding_rs::GB18030;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;

/// A text and the encoding it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedText {
    /// The text without byte-order mark.
    pub text: String,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE` or `GB18030`.
    pub encoding: &'static str,
}

/// The bytes are text in no encoding that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndecodableText {
    /// 1-based line on which the first undecodable byte stands.
    pub line: u32,
}

/// Decodes the bytes of a hand-written file.
///
/// # Errors
/// [`UndecodableText`] when the bytes are valid in none of the known encodings.
pub fn decode(bytes: &[u8]) -> Result<DecodedText, UndecodableText> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return strict_utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return strict(rest, UTF_16LE, "UTF-16LE");
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return strict(rest, UTF_16BE, "UTF-16BE");
    }
    // UTF-16 of mostly ASCII without a mark is also valid UTF-8 with NULs, so NULs are looked at first.
    match nul_pattern(bytes) {
        NulPattern::None => {}
        NulPattern::Even => return strict(bytes, UTF_16BE, "UTF-16BE"),
        NulPattern::Odd => return strict(bytes, UTF_16LE, "UTF-16LE"),
        NulPattern::Mixed => return Err(UndecodableText { line: 1 }),
    }
    strict_utf8(bytes).or_else(|undecodable| strict(bytes, GB18030, "GB18030").map_err(|_| undecodable))
}

fn strict_utf8(bytes: &[u8]) -> Result<DecodedText, UndecodableText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(DecodedText { text: text.to_owned(), encoding: "UTF-8" }),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(UndecodableText { line: before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1 })
        }
    }
}

fn strict(bytes: &[u8], encoding: &'static encoding_rs::Encoding, name: &'static str) -> Result<DecodedText, UndecodableText> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if !text.contains('\0') => Ok(DecodedText { text: text.into_owned(), encoding: name }),
        _ => Err(UndecodableText { line: 1 }),
    }
}

enum NulPattern {
    None,
    Even,
    Odd,
    Mixed,
}

fn nul_pattern(bytes: &[u8]) -> NulPattern {
    let (mut even, mut odd) = (false, false);
    for (index, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == 0) {
        if index % 2 == 0 {
            even = true;
        } else {
            odd = true;
        }
    }
    match (even, odd) {
        (false, false) => NulPattern::None,
        (true, false) => NulPattern::Even,
        (false, true) => NulPattern::Odd,
        (true, true) => NulPattern::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::DecodedText;
    use super::UndecodableText;
    use super::decode;

    fn check(bytes: &[u8], text: &str, encoding: &'static str) {
        assert_eq!(decode(bytes), Ok(DecodedText { text: text.to_owned(), encoding }));
    }

    #[test]
    fn known_encodings() {
        check("编码,单位".as_bytes(), "编码,单位", "UTF-8");
        check("\u{feff}编码".as_bytes(), "编码", "UTF-8");
        check(b"\xB1\xE0\xC2\xEB", "编码", "GB18030");
        check(b"\xFF\xFEa\0\x16\x7f", "a编", "UTF-16LE");
        check(b"a\0b\0", "ab", "UTF-16LE");
        check(b"\0a\0b", "ab", "UTF-16BE");
        check(b"", "", "UTF-8");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"a\0\0b", b"\xEF\xBB\xBF\xFF", b"\xFF\xFF\xFF"] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
        assert_eq!(decode(b"\xEF\xBB\xBFab\nc\xFFd"), Err(UndecodableText { line: 2 }));
    }
}
