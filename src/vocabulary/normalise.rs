//! Spelling without meaning: white space, widths, invisible characters, decoration around labels.
//!
//! `label_key` is for comparing only; what people wrote is never replaced by it.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The most UTF-16 units that a cell of a workbook holds.
pub const CELL_UNITS: usize = 32_767;
/// Stands at the end of a text that was cut.
pub const CUT_MARK: &str = "……（原文过长，以下截去）";

/// Cuts a text to what a cell of a workbook holds, with a mark at its end; says whether anything was cut. What was cut once is
/// not cut again.
pub fn fit_cell(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    // A text never has more UTF-16 units than bytes, so most texts need no counting.
    if text.len() <= CELL_UNITS || text.chars().map(char::len_utf16).sum::<usize>() <= CELL_UNITS {
        return (text, false);
    }
    let room = CELL_UNITS - CUT_MARK.chars().count();
    let mut units = 0;
    let kept = text.chars().take_while(|character| {
        units += character.len_utf16();
        units <= room
    });
    let kept: String = kept.collect();
    (Cow::Owned(kept.trim_end_matches(is_space).to_owned() + CUT_MARK), true)
}

/// Characters that take no room and carry no meaning in a ledger: zero-width, BOM, soft hyphen, direction marks, and control and
/// other characters that a workbook cannot hold.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{0000}'..='\u{0008}' | '\u{000E}'..='\u{001F}' | '\u{007F}'..='\u{009F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// White space of any width.
pub fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{00A0}' | '\u{3000}' | '\u{FEFF}')
}

/// Trims white space of any width and removes invisible characters; says whether any invisible ones were there.
/// Line breaks inside stay, as `\n`; a vertical tab is a line break.
pub fn clean_text(text: &str) -> (Cow<'_, str>, bool) {
    if text.is_ascii() && !text.bytes().any(|byte| byte < 0x20 || byte == 0x7F) {
        return (Cow::Borrowed(text.trim_ascii()), false);
    }
    let trimmed = text.trim_matches(is_space);
    // Invisible characters are control bytes or begin with one of these; Chinese text has none of them.
    if !trimmed.bytes().any(|byte| byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xE2 | 0xEF)) {
        return (Cow::Borrowed(trimmed), false);
    }
    let invisible = trimmed.chars().any(is_invisible);
    if !invisible && !trimmed.contains(['\r', '\u{000B}']) {
        return (Cow::Borrowed(trimmed), false);
    }
    let mut cleaned = String::with_capacity(trimmed.len());
    let mut characters = trimmed.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    cleaned.push('\n');
                }
            }
            '\u{000B}' => cleaned.push('\n'),
            other if is_invisible(other) => {}
            other => cleaned.push(other),
        }
    }
    let cleaned = cleaned.trim_matches(is_space).to_owned();
    (Cow::Owned(cleaned), invisible)
}

/// Whether a text in a field that must be filled says nothing: 无, /, —.
pub fn is_dash(text: &str) -> bool {
    matches!(text, "无" | "/" | "—" | "-" | "--" | "——" | "\\")
}

/// The key under which labels and names are compared: NFKC, lower case, without white space, invisible
/// characters and the marks that decorate labels (`*`, `：`, `、` at the ends, 必填).
pub fn label_key(text: &str) -> String {
    // Most texts are their own key: Chinese characters, digits and small letters, none of them a mark.
    let own = |character: char| matches!(character, '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'a'..='z') && character != '填';
    if text.chars().all(own) {
        return text.to_owned();
    }
    let mut key = String::with_capacity(text.len());
    for character in text.chars() {
        match plain(character) {
            Plain::Same(character) => key.push(character),
            Plain::Nothing => {}
            Plain::No => {
                let spelled = text.nfkc().filter(|&character| !is_space(character) && !is_invisible(character));
                return undecorated(spelled.flat_map(char::to_lowercase).collect());
            }
        }
    }
    undecorated(key)
}

/// What compatibility, lower case and the loss of white space make of one character by itself.
enum Plain {
    Same(char),
    Nothing,
    /// Its neighbours may matter, or it becomes several.
    No,
}

fn plain(character: char) -> Plain {
    match character {
        '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '“' | '”' | '‘' | '’' | '—' | '《' | '》' | '【' | '】' => {
            Plain::Same(character)
        }
        '\0'..=' ' | '\u{7F}' | '\u{3000}' => Plain::Nothing,
        '!'..='~' => Plain::Same(character.to_ascii_lowercase()),
        // The wide forms of '!' to '~'.
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(character as u32 - 0xFEE0).map_or(Plain::No, |narrow| Plain::Same(narrow.to_ascii_lowercase()))
        }
        _ => Plain::No,
    }
}

/// A key without the marks that decorate labels.
fn undecorated(mut key: String) -> String {
    loop {
        let before = key.len();
        for mark in ["(必填)", "[必填]", "必填", "(选填)", "选填", "(*)"] {
            if let Some(rest) = key.strip_suffix(mark) {
                key.truncate(rest.len());
            }
            if let Some(rest) = key.strip_prefix(mark) {
                key = rest.to_owned();
            }
        }
        let trimmed = key.trim_matches(|character| {
            matches!(character, '*' | ':' | '、' | ',' | '.' | '。' | ';' | '_' | '"' | '“' | '”' | '★' | '☆' | '#' | '|')
        });
        if trimmed.len() != key.len() {
            key = trimmed.to_owned();
        }
        if key.len() == before {
            return key;
        }
    }
}

/// A label's key split at its first bracket: `整改资金(万元)` → (`整改资金`, `万元`). Without bracket the hint is empty.
pub fn split_hint(key: &str) -> (String, String) {
    let opening = ['(', '[', '〔', '【', '{', '<', '《'];
    let closing = [')', ']', '〕', '】', '}', '>', '》'];
    let Some(start) = key.find(opening) else {
        return (key.to_owned(), String::new());
    };
    let rest = &key[start..];
    let inner_start = rest.chars().next().map_or(0, char::len_utf8);
    let (hint, after) = match rest.rfind(closing) {
        Some(end) if end >= inner_start => (&rest[inner_start..end], &rest[end + rest[end..].chars().next().map_or(0, char::len_utf8)..]),
        _ => (&rest[inner_start..], ""),
    };
    (format!("{}{}", &key[..start], after), hint.to_owned())
}

/// The key without bracket characters: `整改要求(措施)` → `整改要求措施`.
pub fn without_brackets(key: &str) -> String {
    key.chars()
        .filter(|character| !matches!(character, '(' | ')' | '[' | ']' | '〔' | '〕' | '【' | '】' | '{' | '}' | '<' | '>' | '《' | '》'))
        .collect()
}

/// The key without a leading ordinal: `1.单位` → `单位`, `(二)部位` → `部位`, `①问题` is NFKC `1问题` and stays.
pub fn without_ordinal(key: &str) -> &str {
    const DIGITS: &str = "0123456789一二三四五六七八九十";
    let rest = key.trim_start_matches('(');
    let after_digits = rest.trim_start_matches(|character| DIGITS.contains(character));
    if after_digits.len() == rest.len() {
        return key;
    }
    let after_mark = after_digits.trim_start_matches(['.', '、', ')', ',', ':']);
    if after_mark.len() == after_digits.len() || after_mark.is_empty() { key } else { after_mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_a_cell_is_cut_once() {
        let fits = "灭".repeat(CELL_UNITS);
        assert_eq!(fit_cell(Cow::Borrowed(&fits)), (Cow::Borrowed(fits.as_str()), false));
        let long = format!("{fits}火");
        let (text, cut) = fit_cell(Cow::Borrowed(&long));
        assert!(cut && text.ends_with(CUT_MARK) && text.chars().count() == CELL_UNITS);
        assert_eq!(fit_cell(text.clone()), (text, false));
        // Characters outside of the first plane take two units.
        assert!(fit_cell(Cow::Owned("𠮷".repeat(CELL_UNITS / 2 + 1))).1);
    }

    #[test]
    fn keys_drop_decoration_only() {
        for (written, key) in [
            ("整改\n时限", "整改时限"),
            ("责 任 人", "责任人"),
            ("＊隐患描述（必填）：", "隐患描述"),
            ("序　　号", "序号"),
            ("No．", "no"),
            ("整改资金（万元）", "整改资金(万元)"),
            ("\u{FEFF}单位\u{200B}名称", "单位名称"),
        ] {
            assert_eq!(label_key(written), key, "{written:?}");
        }
    }

    #[test]
    fn the_short_way_to_a_key_is_the_long_one() {
        let long = |text: &str| {
            let spelled = text.nfkc().filter(|&character| !is_space(character) && !is_invisible(character));
            undecorated(spelled.flat_map(char::to_lowercase).collect())
        };
        // Every character that is plain by itself, between two ideographs so that no mark is at an end.
        for character in ('\0'..='\u{FFFF}').filter(|character| !matches!(plain(*character), Plain::No)) {
            let text = format!("责{character}人");
            assert_eq!(label_key(&text), long(&text), "{:?}", character);
        }
        for text in ["＊隐患描述（必填）：", "Ａ栋 １层，东侧。", "é层", "e\u{301}层", "①问题", "㈠问题", "ｶﾞ", "(必填)填"]
        {
            assert_eq!(label_key(text), long(text), "{text:?}");
        }
    }

    #[test]
    fn hints_are_split_from_the_label() {
        for (key, base, hint) in [
            ("整改资金(万元)", "整改资金", "万元"),
            ("隐患类别(一般、重大)", "隐患类别", "一般、重大"),
            ("单位(全称)名称", "单位名称", "全称"),
            ("单位", "单位", ""),
            ("单位(未闭合", "单位", "未闭合"),
        ] {
            assert_eq!(split_hint(key), (base.to_owned(), hint.to_owned()), "{key}");
        }
    }

    #[test]
    fn ordinals_need_a_mark_behind_them() {
        for (key, rest) in [("1.单位", "单位"), ("(二)部位", "部位"), ("一、隐患", "隐患"), ("3天", "3天"), ("一般", "一般"), ("1.", "1.")]
        {
            assert_eq!(without_ordinal(key), rest, "{key}");
        }
    }

    #[test]
    fn cleaning_keeps_words_and_line_breaks() {
        assert_eq!(clean_text("　 甲\u{200B}乙\r\n丙\u{000B}丁 \u{00A0}"), (Cow::Owned("甲乙\n丙\n丁".to_owned()), true));
        assert_eq!(clean_text(" a b "), (Cow::Borrowed("a b"), false));
    }
}
