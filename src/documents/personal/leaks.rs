//! Looks a finished paper over for numbers of persons that still stand in it, by other means than those that hid them.
//!
//! Digits of any width are laid in a line with short gaps closed; a mobile number or an identity number in it that stands alone is a
//! leak. Numbers that the bureau itself typed into its plan or template (its own switchboard) are none.

use unicode_normalization::UnicodeNormalization;

use crate::documents::Document;
use crate::documents::personal::Cover;

/// A number that must not stand there, shortened so that telling it is no leak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    pub place: String,
    pub number: String,
}

/// Finds the leaks in the tables of a document.
pub fn of_document(document: &Document<'_>, cover: Cover) -> Vec<Leak> {
    let mut found = Vec::new();
    for sheet in &document.sheets {
        let shown: Result<(), ()> = sheet.body.each(|index, row| {
            for (column, cell) in row.cells.iter().enumerate() {
                if let crate::documents::Cell::Text(text) | crate::documents::Cell::Link { text, .. } = cell {
                    let title = sheet.columns.get(column).map_or("", |column| &column.title);
                    found.extend(
                        of_text(text, cover, "")
                            .map(|number| Leak { place: format!("{}!{title}（第{}行）", sheet.name, index + 1), number }),
                    );
                }
            }
            Ok(())
        });
        // Nothing in it fails.
        let _ = shown;
    }
    found
}

/// Finds the leaks in a text, line by line.
pub fn of_lines(place: &str, text: &str, cover: Cover, own: &str) -> Vec<Leak> {
    let line = |(index, line): (usize, &str)| {
        let number = of_text(line, cover, own)?;
        Some(Leak { place: format!("{place}第{}行", index + 1), number })
    };
    text.lines().enumerate().filter_map(line).collect()
}

/// Finds the leaks in what a page of HTML shows, not in its marks, styles and scripts.
pub fn of_page(place: &str, html: &str, cover: Cover) -> Vec<Leak> {
    let mut rest = html;
    let mut found = Vec::new();
    while let Some(start) = rest.find('<') {
        let (shown, mark) = rest.split_at(start);
        found.extend(of_text(shown, cover, "").map(|number| Leak { place: place.to_owned(), number }));
        let skipped = ["script", "style"].into_iter().find(|name| mark[1..].starts_with(name));
        let end = skipped.and_then(|name| mark.find(&format!("</{name}>"))).unwrap_or_default();
        rest = mark[end..].split_once('>').map_or("", |(_, rest)| rest);
    }
    found
}

/// The first number in a text that should have been hidden and does not stand in `own`.
pub fn of_text(text: &str, cover: Cover, own: &str) -> Option<String> {
    if !cover.phones && !cover.identities || text.chars().filter(|character| character.is_numeric()).count() < 11 {
        return None;
    }
    lines_of_digits(text)
        .into_iter()
        .find(|digits| is_personal(digits, cover) && !lines_of_digits(own).contains(digits))
        .map(|digits| format!("{}…", digits.chars().take(3).collect::<String>()))
}

/// Runs of digits, those with a single sign or blank between them joined where the run is long enough to be part of a number.
fn lines_of_digits(text: &str) -> Vec<String> {
    let plain: Vec<char> = text.nfkc().collect();
    let mut lines: Vec<String> = Vec::new();
    let mut gap = usize::MAX;
    for (index, character) in plain.iter().enumerate() {
        let ends_identity = matches!(character, 'X' | 'x') && lines.last().is_some_and(|line| line.len() == 17);
        if !character.is_ascii_digit() && !ends_identity {
            gap = if character.is_alphabetic() { usize::MAX } else { gap.saturating_add(1) };
            continue;
        }
        let part = plain[index..].iter().take_while(|character| character.is_ascii_digit()).count();
        match lines.last_mut() {
            Some(line) if gap == 0 || (gap == 1 && (3..=4).contains(&part) && line.len() <= 7 && line.len() >= 3) => line.push(*character),
            _ => lines.push(character.to_string()),
        }
        gap = 0;
    }
    lines
}

fn is_personal(digits: &str, cover: Cover) -> bool {
    let bytes = digits.as_bytes();
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let is_mobile = bytes.len() == 11 && bytes[0] == b'1' && bytes[1] >= b'3';
    let has_birthday = (1900..2100).contains(&number(6, 10)) && (1..=12).contains(&number(10, 12)) && (1..=31).contains(&number(12, 14));
    (cover.phones && is_mobile) || (cover.identities && bytes.len() == 18 && bytes[0] != b'0' && has_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_clear_is_found_and_what_is_hidden_is_not() {
        let both = Cover { phones: true, identities: true };
        for (text, leaks) in [
            ("张三13800001001", true),
            ("张三１３８００００１００１", true),
            ("138-0000-1001", true),
            ("999999199001010000", true),
            ("99999919900101000X。", true),
            ("138****1001", false),
            ("9999**************", false),
            ("2023-07-31、2023-08-01，共13间", false),
            ("设备12345678901", false),
            ("139****1001 138****1002", false),
        ] {
            assert_eq!(of_text(text, both, "").is_some(), leaks, "{text}");
        }
        let page = "<p a=\"13800001003\">张三<b>13800001001</b></p><script>13800001002</script><p>完</p>";
        assert_eq!(of_page("看板", page, both).len(), 1);
        assert_eq!(of_lines("通报", "甲\n乙13800001001", both, "")[0].place, "通报第2行");
        assert_eq!(of_text("值班13800001001", both, "本办电话 138-0000-1001"), None);
        assert_eq!(of_text("值班13800001001", Cover { phones: false, identities: true }, ""), None);
    }
}
