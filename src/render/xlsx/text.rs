//! Makes a text fit for a cell: characters that XML cannot hold are shown as pictures, over-long texts are cut with a mark.
//!
//! Texts that are fine as they are — nearly all — are borrowed and not copied.

use std::borrow::Cow;

use crate::vocabulary::normalise::fit_cell;

/// A text that a cell can hold.
pub struct CellText<'t> {
    pub text: Cow<'t, str>,
    /// The text was longer than a cell may be.
    pub cut: bool,
}

/// Makes `text` fit for a cell.
pub fn cell_text(text: &str) -> CellText<'_> {
    let (text, cut) = fit_cell(printable(text));
    CellText { text, cut }
}

/// Control characters as their pictures (`␇`), line ends as line feeds, non-characters as `U+FFFD`.
pub fn printable(text: &str) -> Cow<'_, str> {
    let harmless = |character: char| {
        !(character < ' ' && character != '\n' && character != '\t' || matches!(character, '\u{7F}' | '\u{FFFE}' | '\u{FFFF}'))
    };
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            '\u{7F}' => clean.push('\u{2421}'),
            '\u{FFFE}' | '\u{FFFF}' => clean.push('\u{FFFD}'),
            _ if harmless(character) => clean.push(character),
            _ => clean.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{FFFD}')),
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::normalise::CELL_UNITS;
    use crate::vocabulary::normalise::CUT_MARK;

    #[test]
    fn only_what_a_cell_cannot_hold_is_changed() {
        for (text, expected) in [
            ("=1+1", "=1+1"),
            ("第一行\n第二行\t完", "第一行\n第二行\t完"),
            ("一\r\n二\r三", "一\n二\n三"),
            ("铃\u{7}零\0删\u{7F}", "铃␇零␀删␡"),
            ("非字符\u{FFFF}", "非字符\u{FFFD}"),
            ("_x0041_", "_x0041_"),
        ] {
            let made = cell_text(text);
            assert_eq!((made.text.as_ref(), made.cut), (expected, false), "{text:?}");
        }
        assert!(matches!(cell_text("不复制").text, Cow::Borrowed(_)));
    }

    #[test]
    fn over_long_texts_end_with_a_mark() {
        for (character, most) in [('甲', CELL_UNITS), ('a', CELL_UNITS), ('𠮷', CELL_UNITS / 2)] {
            let whole: String = std::iter::repeat_n(character, most).collect();
            assert!(!cell_text(&whole).cut, "{character}");
            let longer: String = std::iter::repeat_n(character, most + 1).collect();
            let made = cell_text(&longer);
            assert!(made.cut && made.text.ends_with(CUT_MARK), "{character}");
            let units: usize = made.text.chars().map(char::len_utf16).sum();
            assert!((CELL_UNITS - 1..=CELL_UNITS).contains(&units), "{character}: {units}");
        }
    }
}
