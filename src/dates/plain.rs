//! Dates that need no interpretation: four-digit year, month, day, with one kind of separator.
//!
//! The short way for the many cells that are written like this; anything else is left to the parser.
//! Knows no words, no context, and allocates nothing.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

/// Years in which a date is plausible at all; anything outside is a slip or no date.
pub(crate) const YEARS: RangeInclusive<i32> = 1990..=2100;

/// Reads `2023-07-31`, `2023/7/31`, `2023.7.31` or `2023年7月31日`, with blanks around it; also with midnight
/// behind it, as programs write dates (`2023-07-31 00:00:00`).
///
/// `None` for everything else, impossible days and implausible years included.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.trim_ascii().as_bytes();
    let (year, rest) = number(bytes, 4, 4)?;
    let (separator, rest) = separator(rest)?;
    let (month, rest) = number(rest, 1, 2)?;
    let (second, rest) = match separator {
        Separator::Chinese => (Separator::Chinese, rest.strip_prefix("月".as_bytes())?),
        Separator::Plain(_) => self::separator(rest)?,
    };
    if second != separator {
        return None;
    }
    let (day, rest) = number(rest, 1, 2)?;
    let rest = match separator {
        Separator::Chinese => rest.strip_prefix("日".as_bytes())?,
        Separator::Plain(_) => rest,
    };
    if !matches!(rest, b"" | b" 00:00:00" | b"T00:00:00" | b" 0:00:00" | b" 00:00" | b" 0:00") {
        return None;
    }
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Plain(u8),
    /// 年, and later 月 and 日
    Chinese,
}

fn separator(bytes: &[u8]) -> Option<(Separator, &[u8])> {
    match bytes {
        [sign @ (b'-' | b'/' | b'.'), rest @ ..] => Some((Separator::Plain(*sign), rest)),
        _ => bytes.strip_prefix("年".as_bytes()).map(|rest| (Separator::Chinese, rest)),
    }
}

/// A run of digits whose length lies in the given bounds.
fn number(bytes: &[u8], shortest: usize, longest: usize) -> Option<(u32, &[u8])> {
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(shortest..=longest).contains(&length) {
        return None;
    }
    let (digits, rest) = bytes.split_at_checked(length)?;
    let value = digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_dates_and_nothing_else() {
        let expected = NaiveDate::from_ymd_opt(2023, 7, 31);
        for text in [
            "2023-07-31",
            "2023/7/31",
            "2023.7.31",
            "2023.07.31",
            "2023年7月31日",
            " 2023-7-31 ",
            "2023-07-31 00:00:00",
            "2023-07-31T00:00:00",
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
        for text in [
            "",
            "2023",
            "2023-07",
            "2023-7/31",
            "2023年7-31",
            "2023年7月31",
            "23-7-31",
            "2023-07-31前",
            "2023-06-31",
            "1923-07-31",
            "2023-07-31 08:00",
            "20230731",
            "2023年7月31号",
            "2023--31",
            "2023-007-31",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
