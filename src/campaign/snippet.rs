//! A diagnostic of a YAML file with the line it is about, the way compilers show it.
//!
//! Only makes text; whether it is printed, and in colour, is decided by the caller.

use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;

/// Of longer lines only this many characters around the place are shown.
const WIDEST_LINE: usize = 200;

/// Shows a diagnostic with its line of `text`, the caret under what was read; without the line when
/// the diagnostic is about the whole file. `styled` adds terminal colours.
pub fn snippet(text: &str, diagnostic: &Diagnostic, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(diagnostic.severity.label());
    let message = printable(&diagnostic.message);
    let help = printable(&diagnostic.help);
    let mut group = Group::with_title(level.primary_title(message.as_str()).id(diagnostic.code));
    let place = &diagnostic.place;
    let line = (place.row as usize).checked_sub(1).and_then(|index| text.lines().nth(index));
    let shown = line.map(|line| window(line, place.column));
    if let Some((source, column)) = &shown {
        let span = span(source, *column, diagnostic.value.as_deref());
        group = group.element(
            Snippet::source(source.as_str())
                .path(&*place.file)
                .line_start(place.row as usize)
                .annotation(AnnotationKind::Primary.span(span)),
        );
    } else {
        group = group.element(annotate_snippets::Origin::path(&*place.file));
    }
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name("建议").message(help.as_str()));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The part of a line around a 1-based column, without control characters, and the column in it.
fn window(line: &str, column: u32) -> (String, usize) {
    let characters: Vec<char> = line.chars().collect();
    let at = (column.max(1) as usize - 1).min(characters.len());
    let first = if characters.len() <= WIDEST_LINE { 0 } else { at.saturating_sub(WIDEST_LINE / 2) };
    let cut: String = characters.iter().skip(first).take(WIDEST_LINE).collect();
    (printable(&cut), at - first)
}

/// The bytes to underline: what was read, if it stands there, else one character.
fn span(source: &str, column: usize, value: Option<&str>) -> std::ops::Range<usize> {
    let start = source.char_indices().nth(column).map_or(source.len(), |(index, _)| index);
    let rest = source.get(start..).unwrap_or("");
    let value = value.map(printable).filter(|value| !value.is_empty());
    let quoted = rest.trim_start_matches(['"', '\'']);
    let length = match value {
        Some(value) if rest.starts_with(&value) => value.len(),
        Some(value) if quoted.starts_with(&value) => rest.len() - quoted.len() + value.len(),
        _ => rest.chars().next().map_or(0, char::len_utf8),
    };
    start..start + length
}

/// Control and direction characters would let a file write on the terminal as it likes.
fn printable(text: &str) -> String {
    let harmful = |character: char| {
        character.is_control() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    text.chars().map(|character| if harmful(character) { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::snippet;
    use crate::campaign::read_campaign;
    use crate::source::SourceFile;

    #[test]
    fn the_caret_stands_under_the_wide_characters() {
        let text = "campaign: a\ntitle: 甲\nissuer: 乙\nperiod: {start: 2023-01-01, end: 下辈子}\nunits: u.csv\n";
        let reading = read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: text.as_bytes().to_vec() });
        let shown = snippet(text, &reading.diagnostics[0], false);
        let expected = "\
错误[C005]: “下辈子”看不懂，不是日期
 --> campaign.yaml:4:34
  |
4 | period: {start: 2023-01-01, end: 下辈子}
  |                                  ^^^^^^
  |
  = 建议: 写成 2023-07-31，或方案的说法，如 2023年7月底前、2020年6月中旬至8月底";
        assert_eq!(shown, expected);
    }

    #[test]
    fn odd_places_and_texts_are_shown_without_harm() {
        let long = format!("campaign: {}\u{1b}[2J\n", "很".repeat(5000));
        for text in ["", "a: 1\n", "title：甲", &long, "\u{202e}: x\n"] {
            let reading = read_campaign(&SourceFile { name: Arc::from("c.yaml"), bytes: text.as_bytes().to_vec() });
            for mut diagnostic in reading.diagnostics {
                for (row, column) in [(diagnostic.place.row, diagnostic.place.column), (9, 9), (1, 90_000), (0, 0)] {
                    diagnostic.place.row = row;
                    diagnostic.place.column = column;
                    let shown = snippet(&reading.text, &diagnostic, false);
                    assert!(shown.contains(diagnostic.code) && !shown.contains('\u{1b}') && shown.len() < 4000, "{shown}");
                }
            }
        }
    }
}
