//! File names for papers that go to one unit each: safe on Windows, Linux and in e-mail, no two the same.
//!
//! Knows nothing of folders; the caller adds folder and extension.

use std::collections::BTreeSet;

/// A name is cut to this many characters; with three bytes a character it stays under every limit.
const MOST_CHARACTERS: usize = 60;
const RESERVED: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// Gives out file names, each only once.
#[derive(Debug, Default)]
pub struct FileNames {
    given: BTreeSet<String>,
}

impl FileNames {
    /// A file name without extension for this unit: `{unit}{suffix}`, with a number when it was given before.
    /// Names that differ only in case count as the same, because on Windows they are.
    pub fn give(&mut self, unit: &str, suffix: &str) -> String {
        let base = safe(unit);
        let mut name = format!("{base}{suffix}");
        let mut number = 2;
        while !self.given.insert(name.to_lowercase()) {
            name = format!("{base}（{number}）{suffix}");
            number += 1;
        }
        name
    }
}

/// The text as a file name: characters that Windows forbids become their full-width twins, so that 甲/乙 and
/// 甲、乙 stay two names.
pub fn safe(text: &str) -> String {
    let replaced = text.chars().filter_map(|character| match character {
        '<' => Some('＜'),
        '>' => Some('＞'),
        ':' => Some('：'),
        '"' => Some('＂'),
        '/' => Some('／'),
        '\\' => Some('＼'),
        '|' => Some('｜'),
        '?' => Some('？'),
        '*' => Some('＊'),
        _ if character.is_control() || is_invisible(character) => None,
        _ if character.is_whitespace() => Some(' '),
        _ => Some(character),
    });
    let short: String = replaced.take(MOST_CHARACTERS).collect();
    // Windows drops trailing dots and spaces; a leading dot hides a file elsewhere.
    let name = short.trim_matches(|character| character == ' ' || character == '.');
    if name.is_empty() || is_misread(name) { format!("_{name}") } else { name.to_owned() }
}

/// True for names that programs take for something else: a lock file of Office, a formula or an option, a hidden file, a device.
pub fn is_misread(name: &str) -> bool {
    name.starts_with(['~', '.', '=', '+', '-', '@', '＝', '＋', '－', '＠']) || is_reserved(name)
}

/// Marks that change the direction of text or have no width.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Device names of Windows, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let device = stem.trim_end_matches(|character: char| character.is_ascii_digit() || "¹²³".contains(character));
    let digits = stem.chars().count() - device.chars().count();
    RESERVED.contains(&device) && (digits == 0 || digits == 1 && matches!(device, "COM" | "LPT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_everywhere() {
        for (unit, expected) in [
            ("城关卫生院", "城关卫生院"),
            ("甲/乙:丙?*", "甲／乙：丙？＊"),
            ("甲,乙", "甲,乙"),
            ("..\\..\\etc", "＼..＼etc"),
            ("..", "_"),
            ("", "_"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("COM1", "_COM1"),
            ("COM10", "COM10"),
            ("~$甲院", "_~$甲院"),
            ("=甲院", "_=甲院"),
            ("＋甲院", "_＋甲院"),
            ("CONTAINER", "CONTAINER"),
            ("甲\u{202E}乙\0丙\n丁", "甲乙丙丁"),
            ("甲院. ", "甲院"),
        ] {
            assert_eq!(safe(unit), expected, "{unit:?}");
        }
        let long = safe(&"院".repeat(300));
        assert_eq!(long.chars().count(), MOST_CHARACTERS);
        assert!(long.len() + 60 < 255, "longer than file systems allow");
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = FileNames::default();
        let given = ["甲/乙", "甲／乙", "ABC", "abc", "甲/乙"].map(|unit| names.give(unit, "_三清单"));
        assert_eq!(given, ["甲／乙_三清单", "甲／乙（2）_三清单", "ABC_三清单", "abc（2）_三清单", "甲／乙（3）_三清单"]);
    }
}
