//! Hides identity numbers: `9999**************`, however their digits are grouped and whatever width they have.
//!
//! A number has 17 digits with a birthday in them and a check digit or X. Groups are those in which people read them out; a run of
//! other groups is something else.

use std::borrow::Cow;

/// How many characters of a number are shown.
const SHOWN: usize = 4;
const LENGTH: usize = 18;
/// More between two digits are two numbers.
const MOST_SEPARATORS: usize = 3;

/// The text with the identity numbers in it hidden.
pub fn masked(text: &str) -> Cow<'_, str> {
    if text.chars().filter(|character| digit(*character).is_some()).count() < LENGTH - 1 {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut hidden = vec![false; characters.len()];
    let mut start = 0;
    while start < characters.len() {
        let number = number_at(&characters, start);
        if let Some(places) = &number {
            places.iter().skip(SHOWN).for_each(|place| hidden[*place] = true);
        }
        let end = number.and_then(|places| places.last().copied()).unwrap_or(start);
        start = end + 1;
    }
    if !hidden.contains(&true) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(characters.iter().zip(&hidden).map(|(character, hidden)| if *hidden { '*' } else { *character }).collect())
}

/// The places of the eighteen characters of the number that begins here and stands alone.
fn number_at(characters: &[char], start: usize) -> Option<Vec<usize>> {
    digit(characters[start])?;
    if start > 0 && digit(characters[start - 1]).is_some() {
        return None;
    }
    let mut places = vec![start];
    let mut digits = vec![digit(characters[start])?];
    let mut breaks = Vec::new();
    while places.len() < LENGTH {
        let last = *places.last()?;
        let between = characters[last + 1..].iter().take_while(|character| is_separator(**character)).count();
        if between > MOST_SEPARATORS {
            return None;
        }
        if between > 0 {
            breaks.push(places.len());
        }
        let place = last + 1 + between;
        let character = *characters.get(place)?;
        match digit(character) {
            Some(value) => digits.push(value),
            None if places.len() == LENGTH - 1 && matches!(character, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | 'Х') => {}
            None => return None,
        }
        places.push(place);
    }
    let follows = characters.get(places.last()? + 1).copied().and_then(digit).is_some();
    let grouped = [&[3, 6, 10, 12, 14, 17][..], &[4, 8, 12, 16], &[6, 8, 10, 14, 17]]
        .iter()
        .any(|usual| breaks.iter().all(|place| usual.contains(place)));
    (!follows && grouped && has_birthday(&digits)).then_some(places)
}

fn has_birthday(digits: &[u8]) -> bool {
    let number = |from: usize, to: usize| digits.iter().take(to).skip(from).fold(0u32, |sum, digit| sum * 10 + u32::from(*digit));
    let (region, year, month, day) = (number(0, 1), number(6, 10), number(10, 12), number(12, 14));
    region > 0 && (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200d}' | '\u{2212}' | '\u{feff}')
        || "-－.．·•・/／_＿".contains(character)
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

    #[test]
    fn identity_numbers_are_hidden_in_every_spelling() {
        for (text, expected) in [
            ("999999199001010000", "9999**************"),
            ("张三999999199001010000，李四99999919900101000X", "张三9999**************，李四9999**************"),
            ("９９９９９９１９９００１０１０００Ｘ", "９９９９**************"),
            ("999999 19900101 0000", "9999** ******** ****"),
            ("999999-1990-0101-0000", "9999**-****-****-****"),
            ("999 999 1990 0101 0000", "999 9** **** **** ****"),
            ("9999 9919 9001 0100 00", "9999 **** **** **** **"),
            ("999999\n19900101000X", "9999**\n************"),
            // Not alone, no birthday, other groups.
            ("9999991990010100001", "9999991990010100001"),
            ("999999199013010000", "999999199013010000"),
            ("99-99-99-19900101-0000", "99-99-99-19900101-0000"),
            ("2023-07-31 2023-08-01 1234", "2023-07-31 2023-08-01 1234"),
            ("无", "无"),
        ] {
            assert_eq!(masked(text), expected, "{text}");
        }
    }
}
