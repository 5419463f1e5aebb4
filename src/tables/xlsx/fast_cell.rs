//! Recognises the cells that nearly all cells are, without taking their tags apart one by one:
//! `<c r="A1" s="3" t="s"><v>12</v></c>`, `<c r="A1" s="3"/>` and inline strings of one run.
//!
//! Anything else, or a cell that is not wholly in the window, is left to the general reader. The
//! two must agree; the tests of the sheet reader run every example through both.

use crate::tables::limits;

/// A cell as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawCell<'a> {
    /// Row and column of `r`, if the attribute is there.
    pub place: Option<(u32, u16)>,
    pub style: u32,
    pub kind: Kind,
    /// What stands in `<v>` or `<t>`; entities are still in it.
    pub content: &'a [u8],
}

/// The attribute `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    Shared,
    Text,
    Inline,
    Boolean,
    Error,
    Date,
}

impl Kind {
    /// The kind that a value of `t` names.
    pub fn of(value: &[u8]) -> Option<Kind> {
        Some(match value {
            b"n" => Kind::Number,
            b"s" => Kind::Shared,
            b"str" => Kind::Text,
            b"inlineStr" => Kind::Inline,
            b"b" => Kind::Boolean,
            b"e" => Kind::Error,
            b"d" => Kind::Date,
            _ => return None,
        })
    }
}

/// Reads a plain cell at the start of the window; also gives how many bytes it takes.
#[inline]
pub fn read(window: &[u8]) -> Option<(RawCell<'_>, usize)> {
    if !window.starts_with(b"<c ") {
        return None;
    }
    let mut cell = RawCell { place: None, style: 0, kind: Kind::Number, content: b"" };
    let mut index = 3;
    loop {
        match (*window.get(index)?, window.get(index + 1..index + 3)) {
            (b'r', Some(b"=\"")) => {
                let (place, next) = place(window, index + 3)?;
                cell.place = Some(place);
                index = next;
            }
            (b's', Some(b"=\"")) => {
                let (style, next) = number(window, index + 3)?;
                cell.style = style;
                index = next;
            }
            (b't', Some(b"=\"")) => {
                let value = &window[index + 3..];
                let length = value.iter().take(10).position(|&byte| byte == b'"')?;
                cell.kind = Kind::of(&value[..length])?;
                index += 3 + length;
            }
            (b' ', _) => {
                index += 1;
                continue;
            }
            (b'/', _) => return (window.get(index + 1) == Some(&b'>')).then_some((cell, index + 2)),
            (b'>', _) => {
                index += 1;
                break;
            }
            _ => return None,
        }
        // Every value that was read ends with its quote.
        if window.get(index) != Some(&b'"') {
            return None;
        }
        index += 1;
    }
    content(window, index, cell)
}

#[inline]
fn content<'a>(window: &'a [u8], start: usize, mut cell: RawCell<'a>) -> Option<(RawCell<'a>, usize)> {
    const END_OF_VALUE: &[u8] = b"</v></c>";
    const END_OF_INLINE: &[u8] = b"</t></is></c>";
    let rest = &window[start..];
    if rest.starts_with(b"<v>") {
        if cell.kind == Kind::Inline {
            return None;
        }
        let value = &rest[3..];
        let length = text_length(value)?;
        cell.content = &value[..length];
        return value[length..].starts_with(END_OF_VALUE).then_some((cell, start + 3 + length + END_OF_VALUE.len()));
    }
    if cell.kind == Kind::Inline {
        let value = rest.strip_prefix(b"<is><t>").or_else(|| rest.strip_prefix(b"<is><t xml:space=\"preserve\">"))?;
        let length = text_length(value)?;
        cell.content = &value[..length];
        let taken = rest.len() - value.len();
        return value[length..].starts_with(END_OF_INLINE).then_some((cell, start + taken + length + END_OF_INLINE.len()));
    }
    rest.starts_with(b"</c>").then_some((cell, start + 4))
}

/// The number of bytes before the next tag. Values are short, so a plain loop comes first.
#[inline]
fn text_length(text: &[u8]) -> Option<usize> {
    for (index, &byte) in text.iter().enumerate().take(24) {
        if byte == b'<' {
            return Some(index);
        }
    }
    memchr::memchr(b'<', text)
}

#[inline]
fn place(window: &[u8], start: usize) -> Option<((u32, u16), usize)> {
    let mut index = start;
    let mut column: u32 = 0;
    while let letter @ b'A'..=b'Z' = *window.get(index)? {
        column = column * 26 + u32::from(letter - b'A') + 1;
        index += 1;
        if index > start + 3 {
            return None;
        }
    }
    let digits = index;
    let mut row: u32 = 0;
    while let digit @ b'0'..=b'9' = *window.get(index)? {
        row = row * 10 + u32::from(digit - b'0');
        index += 1;
        if index > digits + 7 {
            return None;
        }
    }
    let sound = (1..=limits::COLUMNS).contains(&column) && (1..=limits::ROWS).contains(&row);
    sound.then_some(((row, column as u16), index))
}

#[inline]
fn number(window: &[u8], start: usize) -> Option<(u32, usize)> {
    let mut index = start;
    let mut value: u32 = 0;
    while let digit @ b'0'..=b'9' = *window.get(index)? {
        value = value * 10 + u32::from(digit - b'0');
        index += 1;
        if index > start + 9 {
            return None;
        }
    }
    (index > start).then_some((value, index))
}

/// The value of at most nine digits.
#[inline]
pub fn whole(text: &[u8]) -> Option<usize> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let mut value = 0;
    for &byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + usize::from(byte - b'0');
    }
    Some(value)
}

/// The value of a plain decimal number. Short ones are exact in a division of two exact numbers;
/// all others go through the standard library.
#[inline]
pub fn decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    if text.len() <= 15 {
        let (negative, digits) = match text.split_first() {
            Some((b'-', rest)) => (true, rest),
            _ => (false, text),
        };
        let mut mantissa: u64 = 0;
        let mut point = None;
        let mut plain = !digits.is_empty();
        for (index, &byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
                b'.' if point.is_none() && digits.len() > 1 => point = Some(index),
                _ => {
                    plain = false;
                    break;
                }
            }
        }
        if plain {
            let decimals = point.map_or(0, |index| digits.len() - index - 1);
            let value = mantissa as f64 / POWERS.get(decimals)?;
            return Some(if negative { -value } else { value });
        }
    }
    let text = std::str::from_utf8(text).ok()?.trim();
    // The standard library would also take `inf` and `nan`.
    if text.bytes().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E')) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exactly_those_of_the_standard_library() {
        for text in [
            "0",
            "1",
            "-1",
            "45068",
            "0.1",
            "-12.345",
            "123456789012345",
            "1e5",
            "1.7976931348623157E+308",
            "3.",
            ".5",
            "0.30000000000000004",
        ] {
            assert_eq!(decimal(text.as_bytes()), text.parse().ok(), "{text}");
        }
        assert_eq!([&b"0"[..], b"012", b"", b"-1", b"1234567890"].map(whole), [Some(0), Some(12), None, None, None]);
        for text in ["", "-", ".", "1.2.3", "inf", "NaN", "1e999", "十", "1,5"] {
            assert_eq!(decimal(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn plain_cells_are_recognised_and_others_left_alone() {
        let plain = |kind, content| Some(RawCell { place: Some((7, 3)), style: 4, kind, content });
        for (text, expected) in [
            (&b"<c r=\"C7\" s=\"4\"><v>12</v></c>"[..], plain(Kind::Number, &b"12"[..])),
            (b"<c r=\"C7\" s=\"4\" t=\"s\"><v>12</v></c>", plain(Kind::Shared, b"12")),
            (b"<c r=\"C7\" s=\"4\"/>", plain(Kind::Number, b"")),
            (b"<c r=\"C7\" s=\"4\"></c>", plain(Kind::Number, b"")),
            (b"<c r=\"C7\" s=\"4\" t=\"inlineStr\"><is><t>a</t></is></c>", plain(Kind::Inline, b"a")),
            (b"<c r=\"C7\" s=\"4\"><f>1+1</f><v>2</v></c>", None),
            (b"<c r=\"C7\" s=\"4\"><v>12</v>", None),
            (b"<c r=\"C7\" s=\"4", None),
            (b"<c r=\"C0\" s=\"4\"/>", None),
            (b"<c r='C7'/>", None),
            (b"<cols>", None),
            (b"<c r=\"C7\" s=\"4\" t=\"zz\"><v>1</v></c>", None),
        ] {
            let found = read(text);
            assert_eq!(found.map(|(cell, _)| cell), expected);
            if let Some((_, length)) = found {
                assert_eq!(length, text.len());
            }
        }
    }
}
