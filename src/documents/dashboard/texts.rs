//! Texts of strangers as the dashboard shows them: short, without marks that turn or hide text, phones and
//! identity numbers masked.
//!
//! Escaping is for `render`; here nothing knows HTML.

use crate::documents::personal::Cover;

/// A name or a sentence on one line: at most so many characters, the rest told by an ellipsis.
pub fn harmless(text: &str, most: usize, masked: bool) -> String {
    let visible: String = text.chars().filter_map(visible).collect();
    let shown = if masked { Cover::PUBLIC } else { Cover::NONE }.text(&visible, false);
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most { words } else { words.chars().take(most.saturating_sub(1)).chain(['…']).collect() }
}

/// Line breaks become spaces; what turns the direction of text, has no width or is not printed goes.
fn visible(character: char) -> Option<char> {
    match character {
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' => None,
        _ if character.is_whitespace() => Some(' '),
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_short_and_keep_no_secrets() {
        for (text, expected) in [
            ("甲镇\u{202E}卫生院\u{200B}", "甲镇卫生院"),
            ("第一行\n第二行\t末", "第一行 第二行 末"),
            ("张三13800001001", "张三138****1001"),
            ("身份证999999199001010000。", "身份证9999**************。"),
            ("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲…"),
        ] {
            assert_eq!(harmless(text, 24, true), expected);
        }
    }
}
