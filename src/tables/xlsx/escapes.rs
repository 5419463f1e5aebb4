//! The `_x000D_` escapes that OOXML uses for characters XML cannot hold.
//!
//! Looks only at text that has been taken out of its XML already.

/// Decodes `_xHHHH_` in the part of `text` from `start` on.
pub fn decode_from(text: &mut String, start: usize) {
    let Some(tail) = text.get(start..) else { return };
    if memchr::memchr(b'_', tail.as_bytes()).is_none() {
        return;
    }
    let decoded = decoded(tail);
    text.truncate(start);
    text.push_str(&decoded);
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(unit) = escape(rest) else {
            out.push_str("_x");
            rest = &rest[2..];
            continue;
        };
        rest = &rest[7..];
        let character = match unit {
            0xD800..=0xDBFF => escape(rest).and_then(|low| char::decode_utf16([unit, low]).next()?.ok()),
            unit => char::from_u32(u32::from(unit)),
        };
        if unit & 0xFC00 == 0xD800 && character.is_some() {
            rest = &rest[7..];
        }
        out.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    out.push_str(rest);
    out
}

/// The code unit of an escape at the start of `text`.
fn escape(text: &str) -> Option<u16> {
    let bytes = text.as_bytes().get(..7)?;
    let digits = bytes.strip_prefix(b"_x")?.strip_suffix(b"_")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_once() {
        for (text, expected) in [
            ("整改_x000D_\n时限", "整改\r\n时限"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "\u{fffd}"),
            ("_x00G0_ _x12", "_x00G0_ _x12"),
            ("max_x", "max_x"),
            ("_x_x0041_", "_xA"),
            ("_x0字_", "_x0字_"),
        ] {
            let mut text = format!("头{text}");
            decode_from(&mut text, 3);
            assert_eq!(text, format!("头{expected}"));
        }
    }
}
