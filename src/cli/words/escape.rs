//! Text out of files, made safe to show: control characters and direction marks become visible signs.
//!
//! A cell must not be able to move the cursor, change colours or turn a line round.

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// The text on one line, with nothing invisible in it.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\r' => {}
            '\n' => shown.push('↵'),
            '\t' => shown.push('⇥'),
            _ if character.is_control() || is_invisible(character) => shown.push_str(&format!("<U+{:04X}>", character as u32)),
            _ => shown.push(character),
        }
    }
    shown
}

/// [`visible`] text cut to `width` terminal columns; what was cut is told by an ellipsis.
pub fn short(text: &str, width: usize) -> String {
    // A cell may hold 32,767 characters; more than can be shown need not be escaped either.
    let start: String = text.chars().take(width.saturating_mul(2).saturating_add(8)).collect();
    let shown = visible(&start);
    if shown.width() <= width && start.len() == text.len() {
        return shown;
    }
    let mut cut = String::new();
    let mut used = 0usize;
    for character in shown.chars() {
        let columns = character.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        cut.push(character);
    }
    cut.push('…');
    cut
}

/// Direction marks, joiners, fillers and byte order marks.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_unseen() {
        let check = |text: &str, expected: &str| assert_eq!(visible(text), expected, "{text:?}");
        check("疏散通道堵塞", "疏散通道堵塞");
        check("甲\r\n乙\t丙", "甲↵乙⇥丙");
        check("\u{1b}[31m红", "<U+001B>[31m红");
        check("a\u{202e}b\u{200b}", "a<U+202E>b<U+200B>");
        check("\u{7f}\u{85}", "<U+007F><U+0085>");
    }

    #[test]
    fn long_text_is_cut_at_the_column() {
        let check = |text: &str, width: usize, expected: &str| assert_eq!(short(text, width), expected, "{text:?}");
        check("灭火器过期", 10, "灭火器过期");
        check("灭火器过期", 9, "灭火器过…");
        check("abcdef", 4, "abc…");
        check("", 4, "");
        assert!(short(&"字".repeat(40_000), 20).chars().count() <= 10);
    }
}
