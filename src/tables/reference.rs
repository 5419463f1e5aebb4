//! Cell references as files write them: `C7`, `A1:M1`. One outside of the sheet is no reference.
//!
//! Nothing here wraps round or puts a cell somewhere else.

use crate::tables::limits;
use crate::tables::workbook::MergedArea;

/// The 1-based row and column of `C7` or `$C$7`.
pub fn cell(text: &[u8]) -> Option<(u32, u16)> {
    let (row, column, length) = prefix(text)?;
    (length == text.len()).then_some((row, column))
}

/// Reads a reference at the start of `text`; also gives how many bytes it takes.
#[inline]
fn prefix(text: &[u8]) -> Option<(u32, u16, usize)> {
    let mut index = 0;
    let mut column: u32 = 0;
    if text.first() == Some(&b'$') {
        index = 1;
    }
    let letters = index;
    while let Some(letter) = text.get(index).filter(|byte| byte.is_ascii_alphabetic()) {
        if index - letters == 3 {
            return None;
        }
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        index += 1;
    }
    if text.get(index) == Some(&b'$') {
        index += 1;
    }
    let digits = index;
    let mut row: u32 = 0;
    while let Some(digit) = text.get(index).filter(|byte| byte.is_ascii_digit()) {
        if index - digits == 7 {
            return None;
        }
        row = row * 10 + u32::from(digit - b'0');
        index += 1;
    }
    let sound = (1..=limits::COLUMNS).contains(&column) && (1..=limits::ROWS).contains(&row);
    sound.then_some((row, column as u16, index))
}

/// The area of `A1:M1`, of one cell, of whole columns `A:C` or whole rows `3:5`. Corners the wrong
/// way round are no area.
pub fn area(text: &[u8]) -> Option<MergedArea> {
    let (first, last) = match text.iter().position(|&byte| byte == b':') {
        Some(colon) => (&text[..colon], &text[colon + 1..]),
        None => (text, text),
    };
    let corners = match (cell(first), cell(last)) {
        (Some(first), Some(last)) => Some((first, last)),
        _ if text.len() == first.len() => None,
        _ => whole(first, last),
    };
    let ((first_row, first_column), (last_row, last_column)) = corners?;
    let area = MergedArea { first_row, first_column: u32::from(first_column), last_row, last_column: u32::from(last_column) };
    (area.first_row <= area.last_row && area.first_column <= area.last_column).then_some(area)
}

/// The corners of whole columns or whole rows.
fn whole(first: &[u8], last: &[u8]) -> Option<((u32, u16), (u32, u16))> {
    let with = |text: &[u8], before: &str, after: &str| cell(&[before.as_bytes(), text, after.as_bytes()].concat());
    if first.iter().any(u8::is_ascii_digit) {
        return Some((with(first, "A", "")?, with(last, "XFD", "")?));
    }
    Some((with(first, "", "1")?, with(last, "", "1048576")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_inside_the_sheet_are_read_and_no_others() {
        for (text, expected) in [
            ("A1", Some((1, 1))),
            ("XFD1048576", Some((1_048_576, 16_384))),
            ("$C$7", Some((7, 3))),
            ("aa10", Some((10, 27))),
            ("A0", None),
            ("A01", Some((1, 1))),
            ("A4294967297", None),
            ("A1048577", None),
            ("XFE1", None),
            ("ZZZZ1", None),
            ("1", None),
            ("A", None),
            ("", None),
            ("A1B", None),
        ] {
            assert_eq!(cell(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn areas_have_their_corners_in_order() {
        let expected = MergedArea { first_row: 1, first_column: 1, last_row: 2, last_column: 13 };
        assert_eq!(area(b"A1:M2"), Some(expected));
        assert_eq!(area(b"M2:A1"), None);
        assert_eq!(area(b"A1:"), None);
        assert_eq!(area(b"A1:C"), None);
        let columns = MergedArea { first_row: 1, first_column: 1, last_row: 1_048_576, last_column: 3 };
        assert_eq!(area(b"A:C"), Some(columns));
        let rows = MergedArea { first_row: 3, first_column: 1, last_row: 5, last_column: 16_384 };
        assert_eq!(area(b"3:5"), Some(rows));
        assert_eq!(area(b"C:A"), None);
    }
}
