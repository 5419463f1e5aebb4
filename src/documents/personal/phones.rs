//! Hides the middle of phone numbers on papers that are handed round: `138****1001`.
//!
//! Mobile numbers are hidden wherever they stand in a text (`张三 13800000001`), whatever stands between their
//! digits, also in full width; land lines where they are written with an area code, and any number in a phone
//! column. Longer numbers (identity cards, equipment) and dates are left alone.

use std::borrow::Cow;

/// Digits of a mobile number, and how many are shown before the hidden four.
const MOBILE_DIGITS: usize = 11;
const HIDDEN: usize = 4;

/// The text with the phone numbers in it hidden.
pub fn masked(text: &str) -> Cow<'_, str> {
    hide(text, false)
}

/// The text of a phone column: every number of seven digits or more is a phone number.
pub fn masked_phone(text: &str) -> Cow<'_, str> {
    hide(text, true)
}

fn hide(text: &str, phone_column: bool) -> Cow<'_, str> {
    if text.chars().filter(|character| digit(*character).is_some()).count() < 7 {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut hidden = vec![false; characters.len()];
    let mut index = 0;
    while index < characters.len() {
        let Some(number) = number_at(&characters, index) else {
            index += 1;
            continue;
        };
        index = number.end;
        let Some(first) = first_hidden(&number, phone_column) else { continue };
        for place in number.places.iter().skip(first).take(HIDDEN) {
            hidden[*place] = true;
        }
    }
    if !hidden.contains(&true) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(characters.iter().zip(&hidden).map(|(character, hidden)| if *hidden { '*' } else { *character }).collect())
}

/// A run of digits with at most one separator between two of them.
struct Number {
    digits: Vec<u8>,
    /// Index of each digit among the characters.
    places: Vec<usize>,
    /// How many digits stand before each separator.
    breaks: Vec<usize>,
    end: usize,
}

/// The number that begins here. A separator is taken along only where phone numbers are broken, so that two
/// numbers with a space between them stay two.
fn number_at(characters: &[char], start: usize) -> Option<Number> {
    digit(characters[start])?;
    let run = digit_run(characters, start);
    let mut number = Number { end: start + run.len(), places: (start..start + run.len()).collect(), digits: run, breaks: Vec::new() };
    while let Some(next) = continuation(characters, &number) {
        let run = digit_run(characters, next);
        number.breaks.push(number.digits.len());
        number.places.extend(next..next + run.len());
        number.end = next + run.len();
        number.digits.extend(run);
    }
    Some(number)
}

fn digit_run(characters: &[char], start: usize) -> Vec<u8> {
    characters[start..].iter().map_while(|character| digit(*character)).collect()
}

/// Where the next part of the same phone number begins.
fn continuation(characters: &[char], number: &Number) -> Option<usize> {
    let between = characters[number.end..].iter().take_while(|character| is_separator(**character)).count();
    let next = number.end + between;
    if !(1..=MOST_SEPARATORS).contains(&between) || digit(*characters.get(next)?).is_none() {
        return None;
    }
    let so_far = number.digits.len();
    let following = digit_run(characters, next).len();
    let area_code = number.digits[0] == 0 && (3..=4).contains(&so_far) && (7..=8).contains(&following);
    // 0477-758-1234
    let exchange = number.digits[0] == 0 && (3..=4).contains(&so_far) && (3..=4).contains(&following);
    let line = number.digits[0] == 0 && matches!(number.breaks.as_slice(), [area] if matches!(so_far - area, 3 | 4)) && following == 4;
    let country = matches!(number.digits.as_slice(), [8, 6] | [0, 0, 8, 6]);
    let own = number.digits.strip_prefix(&[8, 6]).unwrap_or(&number.digits).len();
    // 138-0000-0001, 138 00000001, 1380 000 0001 and their kind.
    let mobile = is_mobile_start(&number.digits) && matches!((own, following), (3, 3 | 4 | 8) | (4, 3 | 4 | 7) | (6, 5) | (7 | 8, 3 | 4));
    let country_first = country && digit_run(characters, next).first() == Some(&1);
    (area_code || exchange || line || mobile || country_first).then_some(next)
}

/// More between two digits are two numbers.
const MOST_SEPARATORS: usize = 3;

/// What people write between the parts of one number.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200d}' | '\u{2212}' | '\u{fe63}' | '\u{feff}')
        || "-－.．。·•・/／\\_＿~～*,，、()（）".contains(character)
}

fn is_mobile_start(digits: &[u8]) -> bool {
    let own = digits.strip_prefix(&[8, 6]).unwrap_or(digits);
    matches!(own, [1, 3..=9, ..])
}

/// Position of the first hidden digit; `None` for what is no phone number.
fn first_hidden(number: &Number, phone_column: bool) -> Option<usize> {
    let digits = &number.digits;
    for prefix in [&[][..], &[8, 6], &[0, 0, 8, 6]] {
        let own = digits.strip_prefix(prefix);
        if own.is_some_and(|own| own.len() == MOBILE_DIGITS && is_mobile_start(own)) {
            return Some(prefix.len() + 3);
        }
    }
    let local = match number.breaks.as_slice() {
        [area] | [area, _] if digits[0] == 0 => digits.len() - area,
        // 04771234567: an area code and a line of seven or eight digits.
        [] if digits[0] == 0 && matches!(digits.get(1..3), Some([1, 0] | [2, _])) && digits.len() == 11 => 8,
        [] if digits[0] == 0 && digits.get(1).is_some_and(|second| *second >= 3) && matches!(digits.len(), 11 | 12) => digits.len() - 4,
        _ if phone_column && digits[0] == 0 && digits.len() >= 10 => digits.len().min(12) - 4,
        _ if phone_column && digits.len() >= 7 => digits.len().min(8),
        _ => return None,
    };
    (local >= 7).then(|| digits.len() - local)
}

fn digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some(character as u8 - b'0'),
        '０'..='９' => u8::try_from(u32::from(character) - u32::from('０')).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mask: fn(&str) -> Cow<'_, str>, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(mask(text), *expected, "{text}");
        }
    }

    #[test]
    fn mobile_numbers_are_hidden_anywhere() {
        check(
            masked,
            &[
                ("13800001001", "138****1001"),
                ("张三 13800001001", "张三 138****1001"),
                ("张三13800001001、李四13800001002", "张三138****1001、李四138****1002"),
                ("138-0000-1001", "138-****-1001"),
                ("138 0000 1001", "138 **** 1001"),
                ("138 00001001", "138 ****1001"),
                ("1380 000 1001", "138* *** 1001"),
                ("１３８００００１００１", "１３８****１００１"),
                ("+8613800001001", "+86138****1001"),
                ("+86 138 0000 1001", "+86 138 **** 1001"),
                ("008613800001001", "0086138****1001"),
                ("138.0000.1001", "138.****.1001"),
                ("138/0000/1001", "138/****/1001"),
                ("138·0000·1001", "138·****·1001"),
                ("138_0000_1001", "138_****_1001"),
                ("138  0000  1001", "138  ****  1001"),
                ("138\u{2010}0000\u{2010}1001", "138\u{2010}****\u{2010}1001"),
                ("138\n0000\n1001", "138\n****\n1001"),
                ("0477-758-1234", "0477-***-*234"),
                ("13800001001/13800001002", "138****1001/138****1002"),
                ("13800001001、13800001002", "138****1001、138****1002"),
                ("13800001001 13800001002", "138****1001 138****1002"),
                ("13800001001-13800001002", "138****1001-138****1002"),
                ("电话0477-1234567。", "电话0477-****567。"),
                ("电话04771234567。", "电话0477****567。"),
                ("电话01012345678。", "电话010****5678。"),
                ("（0477）12345678", "（0477）****5678"),
            ],
        );
    }

    #[test]
    fn other_numbers_are_left_alone() {
        check(
            masked,
            &[
                ("", ""),
                ("无", "无"),
                ("2023-07-31", "2023-07-31"),
                ("2023-07-31 2023-08-01", "2023-07-31 2023-08-01"),
                ("20230731", "20230731"),
                ("110101200001011234", "110101200001011234"),
                ("设备12345678901", "设备12345678901"),
                ("1234567", "1234567"),
                ("wushen-2023-001-0001", "wushen-2023-001-0001"),
                ("共13间，2023年8000元", "共13间，2023年8000元"),
            ],
        );
        assert!(matches!(masked("没有号码，2023-07-31完成"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_phone_column_holds_phones() {
        check(
            masked_phone,
            &[
                ("13800001001", "138****1001"),
                ("1234567", "****567"),
                ("12345678", "****5678"),
                ("04771234567", "0477****567"),
                ("0477-1234567 转 801", "0477-****567 转 801"),
                ("1.38E+10", "1.38E+10"),
                ("120", "120"),
                ("12345678901", "123****8901"),
            ],
        );
    }
}
