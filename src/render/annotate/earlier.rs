//! What an earlier round left in a workbook: its list sheet, and the fills that marked cells had before.
//!
//! A corrected copy that comes back with new faults is marked again: the old list is written over, not
//! doubled, and cells that are right now lose their colour. Knows the list by its title alone.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::render::annotate::list::HEADING_ROW;
use crate::render::annotate::list::LIST_NAME;
use crate::render::annotate::list::LIST_TITLE;
use crate::render::annotate::list_part::CELL_COLUMN;
use crate::render::annotate::list_part::FORMAT_COLUMN;
use crate::render::annotate::list_part::SHEET_COLUMN;
use crate::render::annotate::package::Package;
use crate::render::annotate::relations::Relations;
use crate::render::annotate::sheet_layout::cell_column;
use crate::render::annotate::sheet_layout::cell_place;
use crate::render::annotate::sheet_layout::row_number;
use crate::render::annotate::workbook_part::WorkbookPart;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Token;

/// The list of an earlier round.
#[derive(Debug)]
pub struct Earlier {
    /// Position of its sheet in the workbook.
    pub position: usize,
    /// Its part.
    pub part: String,
    /// By sheet name: the marked cells with the format whose fill they had.
    pub filled_as: BTreeMap<String, BTreeMap<(u32, u32), u32>>,
}

/// A cell's text, or where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Own(String),
    Shared(usize),
}

/// Looks for the list of an earlier round.
///
/// # Errors
/// A sheet with its name, or the shared strings, cannot be read.
pub fn find(package: &mut Package<'_>, workbook: &WorkbookPart, relations: &Relations) -> Result<Option<Earlier>, Odd> {
    for (position, sheet) in workbook.sheets.iter().enumerate() {
        let part = relations.with_id(&sheet.relation).filter(|relation| relation.kind == workbook.dialect.kind("worksheet"));
        if let (true, Some(relation)) = (sheet.name.starts_with(LIST_NAME), part) {
            let cells = Cells::read(&package.text(&relation.part)?)?;
            let shared = cells.shared_texts(package, relations)?;
            if cells.text(1, 1, &shared) == Some(LIST_TITLE) {
                return Ok(Some(Earlier { position, part: relation.part.clone(), filled_as: cells.filled_as(&shared) }));
            }
        }
    }
    Ok(None)
}

/// The cells of a list sheet that matter.
#[derive(Debug, Default)]
struct Cells {
    contents: BTreeMap<(u32, u32), Content>,
    formats: BTreeMap<u32, u32>,
}

impl Cells {
    fn read(text: &str) -> Result<Cells, Odd> {
        let mut cells = Cells::default();
        let mut scanner = Scanner::new(text);
        let (mut row, mut column) = (0, 0);
        let mut kind = "";
        let mut value = String::new();
        let mut in_value = false;
        while let Some(token) = scanner.token()? {
            match token {
                Token::Open(tag) => match (tag.depth, tag.local()) {
                    (2, "row") => (row, column) = (row_number(&tag, row)?, 0),
                    (3, "c") => {
                        column = cell_column(&tag, row, column)?;
                        kind = tag.attribute("t")?.map_or("", |kind| kind.value);
                        value.clear();
                        if column == FORMAT_COLUMN {
                            cells.formats.insert(row, tag.number("s")?.unwrap_or(0));
                        }
                    }
                    (4.., "v" | "t") => in_value = !tag.empty,
                    _ => {}
                },
                Token::Text(text) if in_value => value.push_str(text),
                Token::Close { depth: 3, .. } if [1, SHEET_COLUMN, CELL_COLUMN].contains(&column) => {
                    let content = match kind {
                        "s" => value.trim().parse().ok().map(Content::Shared),
                        _ => Some(Content::Own(xml::unescape(&value))),
                    };
                    cells.contents.extend(content.map(|content| ((row, column), content)));
                }
                Token::Close { depth: 4.., .. } => in_value = false,
                _ => {}
            }
        }
        Ok(cells)
    }

    /// The shared strings that the cells refer to.
    fn shared_texts(&self, package: &mut Package<'_>, relations: &Relations) -> Result<BTreeMap<usize, String>, Odd> {
        let shared = |content: &Content| if let Content::Shared(index) = content { Some(*index) } else { None };
        let wanted: BTreeSet<usize> = self.contents.values().filter_map(shared).collect();
        let mut texts = BTreeMap::new();
        let Some(relation) = relations.of_kind("sharedStrings").filter(|_| !wanted.is_empty()) else { return Ok(texts) };
        let text = package.text(&relation.part)?;
        let mut scanner = Scanner::new(&text);
        let mut next = 0;
        let mut in_text = false;
        while let Some(token) = scanner.token()? {
            match token {
                Token::Open(tag) if tag.depth == 1 && tag.local() == "si" => next += 1,
                Token::Open(tag) if tag.depth > 1 && tag.local() == "t" => in_text = !tag.empty,
                Token::Text(text) if in_text && next > 0 && wanted.contains(&(next - 1)) => {
                    texts.entry(next - 1).or_insert_with(String::new).push_str(&xml::unescape(text));
                }
                Token::Close { .. } => in_text = false,
                _ => {}
            }
        }
        Ok(texts)
    }

    fn text<'a>(&'a self, row: u32, column: u32, shared: &'a BTreeMap<usize, String>) -> Option<&'a str> {
        match self.contents.get(&(row, column))? {
            Content::Own(text) => Some(text),
            Content::Shared(index) => shared.get(index).map(String::as_str),
        }
    }

    fn filled_as(&self, shared: &BTreeMap<usize, String>) -> BTreeMap<String, BTreeMap<(u32, u32), u32>> {
        let mut filled_as: BTreeMap<String, BTreeMap<(u32, u32), u32>> = BTreeMap::new();
        for (&row, &format) in self.formats.range(HEADING_ROW + 1..) {
            let cell = self.text(row, CELL_COLUMN, shared).and_then(cell_place);
            if let (Some(sheet), Some(cell)) = (self.text(row, SHEET_COLUMN, shared), cell) {
                filled_as.entry(sheet.to_owned()).or_default().insert(cell, format);
            }
        }
        filled_as
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &str, expected: &[(&str, (u32, u32), u32)]) {
        let text = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
        let cells = Cells::read(&text).expect("a good part");
        let shared = BTreeMap::from([(4, "台账".to_owned())]);
        let found: Vec<(String, (u32, u32), u32)> = cells
            .filled_as(&shared)
            .into_iter()
            .flat_map(|(sheet, cells)| cells.into_iter().map(move |(cell, format)| (sheet.clone(), cell, format)))
            .collect();
        let expected: Vec<(String, (u32, u32), u32)> =
            expected.iter().map(|&(sheet, cell, format)| (sheet.to_owned(), cell, format)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_fills_of_before_are_found() {
        let own = "<c r=\"C5\" t=\"inlineStr\"><is><t>A&amp;B</t></is></c><c r=\"J5\" t=\"str\"><v>D7</v></c><c r=\"K5\" s=\"9\"/>";
        let shared = "<c r=\"C6\" t=\"s\"><v>4</v></c><c r=\"J6\" t=\"str\"><v>E8</v></c><c r=\"K6\" s=\"3\"><v>x</v></c>";
        check(&format!("<row r=\"5\">{own}</row><row r=\"6\">{shared}</row>"), &[("A&B", (7, 4), 9), ("台账", (8, 5), 3)]);
        check("<row r=\"5\"><c r=\"K5\" s=\"9\"/></row>", &[]);
        check("<row r=\"2\"><c r=\"C2\" t=\"str\"><v>甲</v></c><c r=\"J2\" t=\"str\"><v>A1</v></c><c r=\"K2\" s=\"1\"/></row>", &[]);
    }
}
