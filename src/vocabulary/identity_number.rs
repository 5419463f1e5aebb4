//! Identity card numbers in a text: 17 digits with a birthday in them and a check digit or X, standing alone.
//!
//! Says where they stand. Whether that is a fault, and what is shown instead, others decide.

use std::ops::Range;

/// Length of a number in characters, all of them ASCII.
const LENGTH: usize = 18;

/// Where every identity number of the text stands, in bytes.
pub fn identity_numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    while start + LENGTH <= bytes.len() {
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let ends_in_x = run == LENGTH - 1 && bytes.get(start + run).is_some_and(|byte| matches!(byte, b'X' | b'x'));
        if (run == LENGTH || ends_in_x) && has_birthday(&bytes[start..start + LENGTH - 1]) {
            found.push(start..start + LENGTH);
            start += LENGTH;
        } else {
            start += run.max(1);
        }
    }
    found
}

fn has_birthday(digits: &[u8]) -> bool {
    let number = |from: usize, to: usize| digits[from..to].iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    let (region, year, month, day) = (number(0, 1), number(6, 10), number(10, 12), number(12, 14));
    region > 0 && (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_with_a_birthday_that_stands_alone_is_found() {
        for (text, count) in [
            ("999999199001010000", 1),
            ("甲999999199001010000、乙99999919900101000X。", 2),
            ("999999199013010000", 0),
            ("9999991990010100001", 0),
            ("13800001001", 0),
            ("", 0),
        ] {
            let found = identity_numbers(text);
            assert_eq!(found.len(), count, "{text}");
            assert!(found.into_iter().all(|range| text[range].starts_with("999999")), "{text}");
        }
    }
}
