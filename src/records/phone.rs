//! Telephone numbers as programs leave them behind: `'139…`, `139….0`, `1.39E+10`, a letter O for a zero.
//!
//! What can only have been one number is put right; what may have been another is asked for.

use crate::vocabulary::label_key;

/// The number without what a program wrote around it; `None` where nothing has to be put right.
pub(crate) fn cleaned(text: &str) -> Option<String> {
    let bare = text.trim_start_matches(['\'', '’', '‘', '`', '＇']).trim();
    let (digits, zeros) = bare.split_once('.').unwrap_or((bare, ""));
    let whole = digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let tail = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
    let found = if whole && tail { digits } else { bare };
    (found != text && !found.is_empty()).then(|| found.to_owned())
}

/// Digits that cannot be a phone: an exponent, letters for digits, or a count that fits neither mobile nor landline.
pub(crate) fn is_damaged(text: &str) -> bool {
    if has_exponent(text) || has_letter_for_digit(text) {
        return true;
    }
    text.split(['/', '、', ',', '，', ';', '；', '\n', ' ']).any(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let mobile = part.trim().starts_with('1');
        digits > 0
            && part.chars().all(|character| character.is_ascii_digit() || "-() *".contains(character))
            && !part.contains('*')
            && (!(7..=13).contains(&digits) || mobile && digits != 11 && digits > 7)
    }) && text.chars().filter(char::is_ascii_digit).count() != 11
}

/// A number that kept its first digits only: 13900000000 out of 1.39E+10.
pub(crate) fn has_lost_digits(number: f64) -> bool {
    (1e10..2e10).contains(&number) && number % 1e7 == 0.0
}

/// `1.39E+10`, `1.39e10`
fn has_exponent(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        matches!(byte, b'e' | b'E') && at > 0 && bytes[at - 1].is_ascii_digit() && (next == b'+' || next.is_ascii_digit())
    })
}

/// A run of digits in which O, l or I stands for one.
fn has_letter_for_digit(text: &str) -> bool {
    let key = label_key(text);
    key.split(|character: char| !character.is_ascii_alphanumeric() && !"-|".contains(character)).any(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let look_alikes = run.bytes().filter(|byte| matches!(byte, b'o' | b'l' | b'i' | b'|')).count();
        let others = run.len() - digits - look_alikes - run.bytes().filter(|byte| *byte == b'-').count();
        digits >= 4 && look_alikes > 0 && others == 0 && digits + look_alikes >= 7
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_wrote_around_a_number_is_taken_off() {
        for (text, expected) in [
            ("'13900000001", Some("13900000001")),
            ("’13900000001", Some("13900000001")),
            ("13900000001.0", Some("13900000001")),
            ("'13900000001.00", Some("13900000001")),
            ("13900000001", None),
            ("139.0000.0001", None),
            ("'", None),
        ] {
            assert_eq!(cleaned(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn letters_exponents_and_short_numbers_are_asked_for() {
        for text in [
            "139OOOO0001",
            "1390000000l",
            "I3900000001",
            "１３９０００００００Ｏ",
            "1.39E+10",
            "1.39e10",
            "139000001",
            "139000000012",
            "0477-758I234",
        ] {
            assert!(is_damaged(text), "{text}");
        }
        for text in
            ["13900000001", "0477-7581234", "李立 13900000001", "Wi-Fi", "13900000001/13900000002", "无", "周平（office）13900000001"]
        {
            assert!(!is_damaged(text), "{text}");
        }
        assert!(has_lost_digits(13_900_000_000.0) && !has_lost_digits(13_900_000_001.0));
    }
}
