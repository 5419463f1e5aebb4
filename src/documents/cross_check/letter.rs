//! A letter: the rows of its table read back out of the Word document and held against the overdue result, and numbers of hazards or
//! days in its sentences that the result does not have.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::documents::cross_check::Disagreement;
use crate::documents::cross_check::text::numbers_besides;
use crate::documents::letter::LetterSource;
use crate::results::OverdueItem;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::vocabulary::Level;

/// What in the letter's table is not what the overdue result says; a document that cannot be read back is one disagreement.
pub fn letter(paper: &str, source: LetterSource<'_>, bytes: &[u8]) -> Vec<Disagreement> {
    let whole = |shown: &str| {
        let (place, figure) = (paper.to_owned(), "隐患表".to_owned());
        vec![Disagreement { place, figure, shown: shown.to_owned(), counted: format!("{}项", source.items.len()) }]
    };
    let file = SourceFile { name: Arc::from("函.docx"), bytes: bytes.to_vec() };
    let Ok(read) = tables::read(&file) else { return whole("Word 文档读不回来") };
    let rows = read.sheets.iter().find_map(rows);
    let Some(rows) = rows else { return whole("没有这张表") };
    let mut found = Vec::new();
    if rows.len() != source.items.len() {
        found.extend(whole(&format!("{}项", rows.len())));
    }
    for (place, item) in source.items.iter().enumerate() {
        let Some(item) = source.overdue.items.get(*item) else { continue };
        let shown = rows.get(place).cloned().unwrap_or_default();
        for ((figure, counted), shown) in expected(source, item).into_iter().zip(shown) {
            if shown != counted {
                found.push(Disagreement { place: format!("{paper}第{}行", place + 1), figure: figure.to_owned(), shown, counted });
            }
        }
    }
    found
}

/// The titles that are read back; between the words of a title there may be line breaks.
const TITLES: [&str; 4] = ["编号", "整改期限", "逾期天数", "其中工作日"];

fn expected(source: LetterSource<'_>, item: &OverdueItem) -> [(&'static str, String); 4] {
    let number = |days: Option<i64>| days.map_or_else(|| "—".to_owned(), |days| days.to_string());
    let id = source.ledger.hazards.get(item.hazard).map_or_else(String::new, |hazard| hazard.id.clone());
    let deadline = item.deadline.map_or_else(String::new, |deadline| deadline.to_string());
    let cells = [id, deadline, number(item.days), number(item.workdays)];
    let mut cells = cells.into_iter();
    TITLES.map(|title| (title, cells.next().unwrap_or_default()))
}

/// The cells under the titles, of each row of the table in a sheet; nothing where the titles do not stand.
fn rows(sheet: &Sheet) -> Option<Vec<[String; 4]>> {
    let texts = |row: tables::Row| -> Vec<(u16, String)> {
        let shown = |cell: &tables::Cell| match sheet.value(*cell) {
            Value::Text(text) => text.chars().filter(|character| !character.is_whitespace()).collect(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        sheet.cells_of(row).iter().map(|cell| (cell.column, shown(cell))).collect()
    };
    let head = sheet.rows.iter().position(|row| TITLES.iter().all(|title| texts(*row).iter().any(|(_, text)| text == title)))?;
    let titles = texts(*sheet.rows.get(head)?);
    let columns = TITLES.map(|title| titles.iter().find(|(_, text)| text == title).map_or(0, |(column, _)| *column));
    let of_row = |row: &tables::Row| {
        let cells = texts(*row);
        columns.map(|column| cells.iter().find(|(at, _)| *at == column).map_or_else(String::new, |(_, text)| text.clone()))
    };
    // Notes and the text behind the table stand in their first cell alone.
    let below = sheet.rows.get(head + 1..)?.iter().map(of_row).take_while(|cells| !cells[0].is_empty() && !cells[2].is_empty());
    Some(below.collect())
}

/// Numbers of hazards or days in the sentences that are not of this letter: most likely typed into the template by hand.
pub fn foreign_numbers(source: LetterSource<'_>, sentences: &str) -> Vec<String> {
    let items = || source.items.iter().filter_map(|item| source.overdue.items.get(*item));
    let of_level = |level: Level| {
        let level_of = |item: &OverdueItem| source.ledger.hazards.get(item.hazard).and_then(|hazard| hazard.level.value());
        items().filter(|item| level_of(item) == Some(level)).count().to_string()
    };
    let longest = |days: fn(&OverdueItem) -> Option<i64>| items().filter_map(days).max().unwrap_or(0).to_string();
    let is_named = |letter: &crate::registers::IssuedLetter, item: &OverdueItem| {
        source.ledger.hazards.get(item.hazard).is_some_and(|hazard| letter.hazards.contains(&hazard.id))
    };
    let earlier = source.earlier.iter().map(|letter| items().filter(|item| is_named(letter, item)).count().to_string());
    let own = [
        source.items.len().to_string(),
        of_level(Level::Major),
        of_level(Level::General),
        longest(|item| item.days),
        longest(|item| item.workdays),
        source.answer.workdays.to_string(),
    ];
    let known: Vec<String> = own.into_iter().chain(earlier).collect();
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    numbers_besides(sentences, &known, &["项", "条", "处", "天", "个工作日"])
}
