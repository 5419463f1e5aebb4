//! One spelling for many: what a clerk typed, brought to the characters that the parser knows.
//!
//! Full width to half width, traditional to simplified, look-alikes (○, O, ⽇) to what they stand for, blanks
//! away except between two digits. Knows no grammar: nothing here decides what a text means.

use unicode_normalization::UnicodeNormalization;

/// Longer texts are prose, not dates; they are not looked into.
pub(crate) const LONGEST_TEXT: usize = 200;

/// A text in the parser's spelling.
pub(crate) struct Normalised {
    pub(crate) text: String,
    /// Whether anything but blanks at the ends had to be changed.
    pub(crate) changed: bool,
}

/// Brings a text to the parser's spelling. A blank that stays is always a single one between two digits.
pub(crate) fn normalise(text: &str) -> Normalised {
    let trimmed = text.trim();
    let mut cleaned = String::with_capacity(trimmed.len());
    let mut blank = false;
    for character in trimmed.nfkc().map(simplify) {
        if character.is_whitespace() || character.is_control() {
            blank = true;
            continue;
        }
        if is_invisible(character) {
            continue;
        }
        if blank && character.is_ascii_digit() && cleaned.ends_with(|last: char| last.is_ascii_digit()) {
            cleaned.push(' ');
        }
        blank = false;
        // A doubled dash is one dash.
        if character == '—' && cleaned.ends_with('—') {
            continue;
        }
        cleaned.extend(character.to_lowercase());
    }
    let cleaned = look_alikes(&cleaned.replace("_x000d_", "").replace("--", "—"));
    let changed = cleaned != trimmed;
    Normalised { text: cleaned, changed }
}

/// Traditional characters and look-alikes that occur in dates, as their simplified standard form.
fn simplify(character: char) -> char {
    match character {
        '〇' | '○' | '◯' | '⭕' => '〇',
        '–' | '―' | '─' | '━' | '⸺' => '—',
        '‐' | '‑' | '−' | '﹣' | '⁻' => '-',
        '∼' | '〜' | '˜' => '~',
        '〔' | '【' | '[' | '{' => '(',
        '〕' | '】' | ']' | '}' => ')',
        '∶' | '︰' => ':',
        '号' | '號' => '号',
        '個' | '箇' => '个',
        '內' => '内',
        '週' => '周',
        '後' => '后',
        '為' | '爲' => '为',
        '時' => '时',
        '點' => '点',
        '節' => '节',
        '長' => '长',
        '堅' => '坚',
        '續' => '续',
        '進' => '进',
        '盡' => '尽',
        '儘' => '尽',
        '資' => '资',
        '遷' => '迁',
        '開' => '开',
        '結' => '结',
        '終' => '终',
        '歲' => '岁',
        '國' => '国',
        '慶' => '庆',
        '間' => '间',
        '將' => '将',
        '從' => '从',
        '無' => '无',
        '現' => '现',
        '場' => '场',
        '當' => '当',
        '隨' => '随',
        '邊' => '边',
        '導' => '导',
        '辦' => '办',
        '過' => '过',
        '動' => '动',
        '勞' => '劳',
        '態' => '态',
        '發' => '发',
        '檢' => '检',
        '馬' => '马',
        '貳' | '貮' | '弐' => '贰',
        '參' | '叄' | '叁' => '叁',
        '陸' => '陆',
        '兩' => '两',
        '弌' => '壹',
        other => other,
    }
}

/// Characters that no reader sees: zero-width ones, byte-order marks, direction marks.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}')
}

/// The letter O between digits stands for zero (2O23年, 二O二三年), 一 between digits for a dash.
fn look_alikes(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = |index: usize| characters.get(index).copied();
    let mut out = String::with_capacity(text.len());
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(at);
        let after = at(index + 1);
        let in_number =
            before.is_some_and(is_number) && after.is_some_and(|next| is_number(next) || matches!(next, '年' | '月' | '日' | '号' | 'o'));
        if *character == 'o' && in_number {
            let chinese = before.is_some_and(|before| !before.is_ascii_digit() && before != 'o');
            out.push(if chinese { '〇' } else { '0' });
        } else if *character == '一'
            && before.is_some_and(|before| before.is_ascii_digit())
            && after.is_some_and(|after| after.is_ascii_digit())
        {
            // 2023一07一31: the numeral typed for a dash.
            out.push('-');
        } else {
            out.push(*character);
        }
    }
    out
}

fn is_number(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, changed: bool) {
        let normalised = normalise(text);
        assert_eq!((normalised.text.as_str(), normalised.changed), (expected, changed), "{text:?}");
    }

    #[test]
    fn one_spelling_for_many() {
        check("2023-07-31", "2023-07-31", false);
        check(" 2023-07-31 ", "2023-07-31", false);
        check("２０２３年７月３１日", "2023年7月31日", true);
        check("2023年 7月\n31日", "2023年7月31日", true);
        check("2023 7 31", "2023 7 31", false);
        check("2023-07-31  00:00:00", "2023-07-31 00:00:00", true);
        check("2023年⽉31⽇", "2023年月31日", true);
        check("二O二三年", "二〇二三年", true);
        check("二○二三年", "二〇二三年", true);
        check("2O23年1O月", "2023年10月", true);
        check("31-Oct-23", "31-oct-23", true);
        check("8——11月", "8—11月", true);
        check("8--11月", "8—11月", true);
        check("7月31號", "7月31号", true);
        check("2023.7.31（延期至2023.9.30）", "2023.7.31(延期至2023.9.30)", true);
        check("\u{feff}7月\u{200b}底", "7月底", true);
    }
}
