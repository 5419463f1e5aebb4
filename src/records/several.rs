//! Several hazards in one cell: 1.…；2.… or ①…②… or 一是…二是…, or faults of several things between semicolons. They stay one hazard; the split is proposed.

use crate::vocabulary::faults::fault_kinds;
use crate::vocabulary::faults::faulty_things;

/// The parts of a text that counts its hazards, or sets faults of several things side by side; fewer than two parts mean it does not.
///
/// ```
/// use qingdan::records::several_hazards;
/// assert_eq!(several_hazards("1.灭火器过期；2.通道堆物").len(), 2);
/// assert_eq!(several_hazards("3号楼1.5米处开裂").len(), 0);
/// ```
pub fn several_hazards(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    // Markers that may be decimals: 1.47 is item one and 47 kinds, or a number.
    let mut decimals = 0;
    let mut expected = 1u32;
    let mut position = 0;
    while position < characters.len() {
        let circled = ('\u{2460}'..='\u{2473}').contains(&characters[position]);
        let fresh =
            position == 0 || circled || !characters[position - 1].is_alphanumeric() || matches!(characters[position - 1], '；' | '。');
        // 1)配电箱无锁2)灭火器过期: once items are counted, a number needs no point before it.
        let run_on = expected > 1 && !fresh && !characters[position - 1].is_ascii_digit();
        if (fresh || run_on)
            && let Some(end) = marker(&characters, position, expected)
            && (fresh || matches!(characters[end - 1], ')' | '）' | '、'))
        {
            decimals += usize::from(is_decimal(&characters, end));
            starts.push((position, end));
            expected += 1;
            position = end;
        } else {
            position += 1;
        }
    }
    // Two numbers in a row are two lengths; a third, or one item in words, makes them items.
    if starts.len() < 2 || decimals == starts.len() && decimals < 3 {
        return by_things(text);
    }
    let mut parts = Vec::new();
    for (index, (_, start)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(characters.len(), |next| next.0);
        let part: String = characters[*start..end].iter().collect();
        let part = part.trim_matches(|character: char| character.is_whitespace() || "；;。，,、".contains(character)).to_owned();
        if !part.is_empty() {
            parts.push(part);
        }
    }
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// The parts between semicolons, if each names a fault of a thing of its own: 灭火器过期；应急灯不亮.
fn by_things(text: &str) -> Vec<String> {
    let parts: Vec<&str> =
        text.split(['；', ';']).map(|part| part.trim_matches(['。', ' ', '\n'])).filter(|part| !part.is_empty()).collect();
    let (mut seen_things, mut seen_kinds, mut named) = (0, 0, 0);
    let apart = parts.iter().all(|part| {
        let (things, kinds) = (faulty_things(part), fault_kinds(part));
        let new = if things == 0 { kinds & seen_kinds == 0 } else { things & seen_things == 0 };
        seen_things |= things;
        seen_kinds |= kinds;
        named += u32::from(things != 0);
        kinds != 0 && new
    });
    if named > 1 && apart { parts.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// The end of a marker for `number` at `start`: `1.` `1、` `（1）` `1)` `①` `一是` `（一）`.
fn marker(characters: &[char], start: usize, number: u32) -> Option<usize> {
    if number > 20 {
        return None;
    }
    let circled = char::from_u32(0x2460 + number - 1);
    if characters.get(start).copied() == circled {
        return Some(start + 1);
    }
    let han = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let digits = number.to_string();
    let open = matches!(characters.get(start), Some('(' | '（'));
    let from = if open { start + 1 } else { start };
    let matches_word = |word: &str| {
        word.chars().enumerate().all(|(offset, expected)| {
            characters.get(from + offset).is_some_and(|character| *character == expected || full_width(expected) == Some(*character))
        })
    };
    let word = if matches_word(&digits) {
        Some(digits.chars().count())
    } else {
        han.get(number as usize - 1).filter(|word| matches_word(word)).map(|_| 1)
    };
    let after = from + word?;
    let arabic = matches_word(&digits);
    match characters.get(after) {
        Some(')' | '）') => Some(after + 1),
        Some('.' | '．') if arabic && !open => Some(after + 1),
        Some('、') if !open => Some(after + 1),
        Some('是') if !arabic && !open => Some(after + 1),
        _ => None,
    }
}

/// Whether a marker that ends here, with a point, goes on with a digit.
fn is_decimal(characters: &[char], end: usize) -> bool {
    matches!(characters.get(end.wrapping_sub(1)), Some('.' | '．')) && characters.get(end).is_some_and(char::is_ascii_digit)
}

fn full_width(digit: char) -> Option<char> {
    digit.to_digit(10).and_then(|value| char::from_u32('０' as u32 + value))
}

#[cfg(test)]
mod tests {
    use super::several_hazards;

    #[test]
    fn only_counted_parts_are_several() {
        for (text, parts) in [
            ("1.灭火器过期；2.通道堆物；3.电线老化", 3),
            ("（1）插座松动（2）配电箱无标识", 2),
            ("①氧气瓶未固定②气瓶无防震圈", 2),
            ("一是通道堵塞；二是应急灯损坏", 2),
            ("1、灭火器过期\n2、通道堆物", 2),
            ("1.47种试剂无标签；2.酒精超量存放；3.5号柜未上锁", 3),
            ("1.3号楼漏水\n2.2号楼掉皮\n3.4号楼停电", 3),
            ("1.灭火器过期；2.2处插座松动", 2),
            ("1)配电箱无锁2)灭火器过期3）门坏", 3),
            ("1、配电箱无锁2、灭火器过期", 2),
            ("1、2号楼漏水", 0),
            ("灭火器过期；应急灯不亮；疏散通道堵塞", 3),
            ("电线老化；绝缘层破损", 0),
            ("灭火器压力不足；灭火器过期", 0),
            ("灭火器过期；应急灯不亮；通道堵塞", 3),
            ("1.5米处开裂；2.5米处渗水", 0),
            ("护栏高1.1米，低于2.0米", 0),
            ("2.5米高处无护栏", 0),
            ("1号楼2层插座老化", 0),
            ("1.灭火器过期", 0),
            ("", 0),
        ] {
            assert_eq!(several_hazards(text).len(), parts, "{text}");
        }
    }
}
