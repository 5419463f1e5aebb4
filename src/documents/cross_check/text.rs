//! An official text: its sentences and the cells of its tables, read back out of the Word document in their order; and numbers that
//! somebody typed into the template by hand.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::documents::cross_check::Disagreement;
use crate::documents::manuscript::Block;
use crate::documents::manuscript::Manuscript;

/// What of the manuscript is not in the document, or not in its place.
pub fn text(paper: &str, manuscript: &Manuscript<'_>, bytes: &[u8]) -> Vec<Disagreement> {
    let Some(paragraphs) = paragraphs(bytes) else {
        return vec![missing(paper, "整篇", "Word 文档读不回来")];
    };
    let mut rest = paragraphs.iter();
    let mut found = Vec::new();
    for expected in pieces(manuscript) {
        if expected.is_empty() {
            continue;
        }
        let mut tried = rest.clone();
        if tried.any(|paragraph| *paragraph == expected) {
            rest = tried;
        } else {
            found.push(missing(paper, &expected.chars().take(40).collect::<String>(), "文中没有这一句，或次序不对"));
        }
    }
    found
}

fn missing(paper: &str, what: &str, why: &str) -> Disagreement {
    Disagreement { place: paper.to_owned(), figure: what.to_owned(), shown: why.to_owned(), counted: String::new() }
}

/// The texts of the manuscript in the order of the page.
fn pieces(manuscript: &Manuscript<'_>) -> Vec<String> {
    let mut pieces = Vec::new();
    for block in &manuscript.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => pieces.push(squeezed(text)),
            Block::RunIn { heading, text, .. } => pieces.push(squeezed(&format!("{heading}{text}"))),
            Block::Table(table) => {
                let visited: Result<(), std::convert::Infallible> = table.body.each(|_, row| {
                    pieces.extend(row.cells.iter().map(|cell| squeezed(&cell.shown())));
                    Ok(())
                });
                debug_assert!(visited.is_ok(), "visiting cannot fail");
            }
        }
    }
    pieces
}

/// Without white space and control characters: those are the layout's affair. Word cannot hold control characters, and shows
/// pictures of them.
fn squeezed(text: &str) -> String {
    let is_picture = |character: char| matches!(character, '\u{2400}'..='\u{2421}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().filter(|character| !character.is_whitespace() && !character.is_control() && !is_picture(*character)).collect()
}

/// The text of each paragraph of the document.
fn paragraphs(bytes: &[u8]) -> Option<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut xml = String::new();
    archive.by_name("word/document.xml").ok()?.read_to_string(&mut xml).ok()?;
    let mut reader = Reader::from_str(&xml);
    let (mut paragraphs, mut inside) = (Vec::new(), false);
    let mut current = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if start.name().as_ref() == "w:t" => inside = true,
            Event::End(end) if end.name().as_ref() == "w:t" => inside = false,
            Event::End(end) if end.name().as_ref() == "w:p" => paragraphs.push(squeezed(&std::mem::take(&mut current))),
            Event::Text(text) if inside => current.push_str(&text),
            Event::GeneralRef(reference) if inside => match reference.as_ref() {
                "amp" => current.push('&'),
                "lt" => current.push('<'),
                "gt" => current.push('>'),
                "quot" => current.push('"'),
                "apos" => current.push('\''),
                _ => current.extend(reference.resolve_char_ref().ok()?),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Some(paragraphs)
}

/// Numbers of hazards, units or shares in the sentences that no figure has: most likely typed into the template by hand.
pub fn foreign_numbers(sentences: &str, shown_figures: &BTreeMap<String, String>, others: &[String]) -> Vec<String> {
    let known: BTreeSet<&str> =
        shown_figures.values().map(|shown| shown.trim_end_matches('%')).chain(others.iter().map(String::as_str)).collect();
    numbers_besides(sentences, &known, &["项", "条", "处", "家", "个", "%", "％", "万元"])
}

/// Numbers before one of these units that are none of the known ones, each once.
pub fn numbers_besides(sentences: &str, known: &BTreeSet<&str>, units: &[&str]) -> Vec<String> {
    let mut foreign = Vec::new();
    let mut rest = sentences;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let tail = &rest[start..];
        let end = tail.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(tail.len());
        let (number, after) = tail.split_at(end);
        let after = after.trim_start_matches(' ');
        let unit = units.iter().find(|unit| after.starts_with(**unit));
        if let Some(unit) = unit
            && !known.contains(number)
            && !foreign.contains(&format!("{number}{unit}"))
        {
            foreign.push(format!("{number}{unit}"));
        }
        rest = &tail[end.max(1)..];
    }
    foreign
}
