//! A place in a text that can move forward over words and numbers, and be copied to look ahead.
//!
//! Reads Arabic numbers and Chinese ones (二〇二三, 三十一, 廿一). Knows nothing of dates.

/// A place in a normalised text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    rest: &'a str,
    start: &'a str,
}

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: u32,
    /// How many characters it was written with.
    pub(crate) digits: usize,
    /// Written with Chinese numerals.
    pub(crate) chinese: bool,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { rest: text, start: text }
    }

    pub(crate) fn rest(self) -> &'a str {
        self.rest
    }

    pub(crate) fn is_at_end(self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn is_at_start(self) -> bool {
        self.rest.len() == self.start.len()
    }

    pub(crate) fn peek(self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Moves over the word if it stands here.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Moves over the longest of the words that stands here.
    pub(crate) fn eat_longest(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let found = words.iter().copied().filter(|word| self.rest.starts_with(word)).max_by_key(|word| word.len())?;
        self.eat(found);
        Some(found)
    }

    /// Moves over one character if the condition holds for it.
    pub(crate) fn eat_if(&mut self, condition: impl Fn(char) -> bool) -> Option<char> {
        let character = self.peek().filter(|character| condition(*character))?;
        self.rest = self.rest.get(character.len_utf8()..)?;
        Some(character)
    }

    /// Moves over one character, whatever it is.
    pub(crate) fn skip(&mut self) -> bool {
        self.eat_if(|_| true).is_some()
    }

    /// Moves over a number of at most nine digits, Arabic or Chinese.
    pub(crate) fn number(&mut self) -> Option<Number> {
        self.arabic().or_else(|| self.chinese())
    }

    /// Moves over an Arabic number of at most nine digits.
    pub(crate) fn arabic(&mut self) -> Option<Number> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=9).contains(&digits) {
            return None;
        }
        let (number, rest) = self.rest.split_at_checked(digits)?;
        let value = number.parse().ok()?;
        self.rest = rest;
        Some(Number { value, digits, chinese: false })
    }

    fn chinese(&mut self) -> Option<Number> {
        let run: Vec<char> = self.rest.chars().take_while(|character| numeral(*character).is_some()).take(9).collect();
        if run.is_empty() {
            return None;
        }
        let value = chinese_value(&run)?;
        let length: usize = run.iter().map(|character| character.len_utf8()).sum();
        self.rest = self.rest.get(length..)?;
        Some(Number { value, digits: run.len(), chinese: true })
    }
}

/// What a Chinese numeral stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numeral {
    Digit(u32),
    /// 十, 百; also 廿 (2 × 10) and 卅 (3 × 10) as the tens they hold.
    Tens(u32),
    Hundred,
}

fn numeral(character: char) -> Option<Numeral> {
    Some(match character {
        '〇' | '零' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '贰' | '两' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '十' | '拾' => Numeral::Tens(1),
        '廿' => Numeral::Tens(2),
        '卅' => Numeral::Tens(3),
        '百' | '佰' => Numeral::Hundred,
        _ => return None,
    })
}

/// Digit by digit (二〇二三) or by place (三十一, 一百二十); `None` for what is neither (十十).
fn chinese_value(run: &[char]) -> Option<u32> {
    let numerals: Vec<Numeral> = run.iter().filter_map(|character| numeral(*character)).collect();
    if numerals.iter().all(|numeral| matches!(numeral, Numeral::Digit(_))) {
        return numerals.iter().try_fold(0u32, |value, numeral| match numeral {
            Numeral::Digit(digit) => value.checked_mul(10)?.checked_add(*digit),
            _ => None,
        });
    }
    let mut rest = numerals.as_slice();
    let mut value = 0;
    match rest {
        [Numeral::Digit(hundreds), Numeral::Hundred, after @ ..] => {
            value += hundreds * 100;
            rest = after;
        }
        [Numeral::Hundred, after @ ..] => {
            value += 100;
            rest = after;
        }
        _ => {}
    }
    if let [Numeral::Digit(0), after @ ..] = rest {
        rest = after;
    }
    match rest {
        [Numeral::Digit(tens @ 1..), Numeral::Tens(1), after @ ..] => {
            value += tens * 10;
            rest = after;
        }
        [Numeral::Tens(tens), after @ ..] => {
            value += tens * 10;
            rest = after;
        }
        _ => {}
    }
    match rest {
        [] => Some(value),
        [Numeral::Digit(unit)] => Some(value + unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, value, rest) in [
            ("2023年", Some(2023), "年"),
            ("二〇二三年", Some(2023), "年"),
            ("贰零贰叁年", Some(2023), "年"),
            ("三十一日", Some(31), "日"),
            ("十日", Some(10), "日"),
            ("二十日", Some(20), "日"),
            ("廿一日", Some(21), "日"),
            ("卅日", Some(30), "日"),
            ("两个月", Some(2), "个月"),
            ("一百天", Some(100), "天"),
            ("百日", Some(100), "日"),
            ("一百零五天", Some(105), "天"),
            ("一百二十天", Some(120), "天"),
            ("〇七月", Some(7), "月"),
            ("十十日", None, "十十日"),
            ("0000000000", None, "0000000000"),
            ("年", None, "年"),
        ] {
            let mut cursor = Cursor::new(text);
            assert_eq!(cursor.number().map(|number| number.value), value, "{text}");
            assert_eq!(cursor.rest(), rest, "{text}");
        }
    }
}
