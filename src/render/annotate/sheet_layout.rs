//! A worksheet part looked through once: what has to be known before its cells are marked.
//!
//! Which cell stands for a row or a merged area, where a comment box fits, which drawing holds the
//! comments, whether the sheet is selected. Changes nothing; reads no values.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::render::annotate::mark::LAST_COLUMN;
use crate::render::annotate::mark::LAST_ROW;
use crate::render::annotate::workbook_part::Dialect;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;

/// What was seen.
#[derive(Debug)]
pub struct Layout {
    /// Prefix of the sheet's elements, with its colon.
    pub prefix: String,
    pub dialect: Dialect,
    /// Whether the root declares `r` for relationships.
    pub relation_declared: bool,
    /// Places of the values `tabSelected="1"`.
    pub selected: Vec<(usize, usize)>,
    /// For each row that was asked for: its first filled cell, else its first.
    pub first_cells: BTreeMap<u32, u32>,
    /// For asked cells inside a merged area: the corner that shows for it.
    pub corners: BTreeMap<(u32, u32), (u32, u32)>,
    /// Relationship of the legacy drawing that holds comment boxes.
    pub legacy: Option<String>,
    /// Where a legacy drawing is put in.
    pub legacy_place: usize,
    pub columns: Vec<ColumnSpan>,
    pub boxes: Boxes,
}

/// A range of columns with their format and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpan {
    pub first: u32,
    pub last: u32,
    pub format: u32,
    pixels: u32,
}

/// Widths and heights, to place comment boxes.
#[derive(Debug)]
pub struct Boxes {
    columns: Vec<ColumnSpan>,
    rows: Vec<(u32, u32)>,
    default_column: u32,
    default_row: u32,
}

/// Children of a worksheet that stand behind its legacy drawing.
const BEHIND_LEGACY: [&str; 9] =
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst", "AlternateContent"];
/// Steps after which a box ends, whatever is hidden.
const BOX_STEPS: u32 = 200;

/// Looks through a worksheet part. `rows` are the rows whose first cell is wanted, `cells` those that may
/// lie in merged areas.
///
/// # Errors
/// Broken, or no worksheet.
pub fn read(text: &str, rows: &BTreeSet<u32>, cells: &BTreeSet<(u32, u32)>) -> Result<Layout, Odd> {
    let mut scanner = Scanner::new(text);
    let Some(root) = root(&mut scanner)? else { return Err(Odd("工作表部件是空的".to_owned())) };
    let dialect = Dialect::of(&root)?;
    if root.local() != "worksheet" || root.empty {
        return Err(Odd("不是普通工作表".to_owned()));
    }
    let mut layout = Layout {
        prefix: crate::render::annotate::xml::prefix(root.name).to_owned(),
        relation_declared: dialect.is_relation_declared(&root)?,
        dialect,
        selected: Vec::new(),
        first_cells: BTreeMap::new(),
        corners: BTreeMap::new(),
        legacy: None,
        legacy_place: 0,
        columns: Vec::new(),
        boxes: Boxes { columns: Vec::new(), rows: Vec::new(), default_column: 64, default_row: 20 },
    };
    let mut section = "";
    let mut row = 0;
    let mut column = 0;
    let mut filled = false;
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) => {
                if tag.depth == 1 {
                    section = tag.local();
                    layout.open_section(&tag)?;
                }
                match (tag.depth, section, tag.local()) {
                    (2, "sheetViews", "sheetView") => layout.note_selected(&tag)?,
                    (2, "cols", "col") => layout.note_column(&tag)?,
                    (2, "mergeCells", "mergeCell") => layout.note_merge(&tag, cells)?,
                    (2, "sheetData", "row") => {
                        row = row_number(&tag, row)?;
                        (column, filled) = (0, false);
                        layout.note_row(&tag, row)?;
                    }
                    (3, "sheetData", "c") if rows.contains(&row) => {
                        column = cell_column(&tag, row, column)?;
                        if !filled {
                            filled = !tag.empty;
                            if filled {
                                layout.first_cells.insert(row, column);
                            } else {
                                layout.first_cells.entry(row).or_insert(column);
                            }
                        }
                    }
                    _ => {}
                }
                if tag.depth == 1 && tag.empty {
                    layout.close_section(section, tag.end);
                }
            }
            Token::Close { end, depth: 1, .. } => layout.close_section(section, end),
            _ => {}
        }
    }
    layout.boxes.columns = layout.columns.clone();
    if layout.legacy_place == 0 {
        return Err(Odd("工作表里没有 sheetData".to_owned()));
    }
    Ok(layout)
}

/// Whether a sheet part of any kind, or its beginning, says that it is selected.
pub fn may_be_selected(beginning: &[u8]) -> bool {
    let said = b"tabSelected";
    beginning.windows(said.len()).any(|window| window == said)
}

fn root<'a>(scanner: &mut Scanner<'a>) -> Result<Option<Tag<'a>>, Odd> {
    while let Some(token) = scanner.token()? {
        if let Token::Open(tag) = token {
            return Ok(Some(tag));
        }
    }
    Ok(None)
}

/// The places of `tabSelected="1"` in a sheet of any kind (chart sheets have views, too).
///
/// # Errors
/// Broken.
pub fn selected_places(text: &str) -> Result<Vec<(usize, usize)>, Odd> {
    let mut places = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) if tag.depth == 2 && tag.local() == "sheetView" => places.extend(selected_place(&tag)?),
            Token::Close { depth: 1, name, .. } if crate::render::annotate::xml::local(name) == "sheetViews" => break,
            _ => {}
        }
    }
    Ok(places)
}

fn selected_place(tag: &Tag<'_>) -> Result<Option<(usize, usize)>, Odd> {
    let attribute = tag.attribute("tabSelected")?;
    Ok(attribute.filter(|selected| matches!(selected.value, "1" | "true")).map(|selected| (selected.value_start, selected.value_end)))
}

impl Layout {
    fn open_section(&mut self, tag: &Tag<'_>) -> Result<(), Odd> {
        match tag.local() {
            "sheetFormatPr" => {
                if let Some(width) = decimal(tag, "defaultColWidth")? {
                    self.boxes.default_column = column_pixels(width);
                }
                if let Some(height) = decimal(tag, "defaultRowHeight")? {
                    self.boxes.default_row = row_pixels(height);
                }
            }
            "legacyDrawing" => self.legacy = tag.relation()?.map(|relation| relation.value.to_owned()),
            "sheetData" if self.legacy_place > 0 => return Err(Odd("工作表里有两个 sheetData".to_owned())),
            _ => {}
        }
        Ok(())
    }

    fn close_section(&mut self, section: &str, end: usize) {
        let begun = self.legacy_place > 0 || section == "sheetData";
        if begun && !BEHIND_LEGACY.contains(&section) {
            self.legacy_place = end;
        }
    }

    fn note_selected(&mut self, tag: &Tag<'_>) -> Result<(), Odd> {
        self.selected.extend(selected_place(tag)?);
        Ok(())
    }

    fn note_column(&mut self, tag: &Tag<'_>) -> Result<(), Odd> {
        let (Some(first), Some(last)) = (tag.number("min")?, tag.number("max")?) else { return Ok(()) };
        let hidden = flag(tag, "hidden")?;
        let pixels = decimal(tag, "width")?.map_or(self.boxes.default_column, column_pixels);
        let format = tag.number("style")?.unwrap_or(0);
        if self.columns.len() < LAST_COLUMN as usize {
            self.columns.push(ColumnSpan { first, last, format, pixels: if hidden { 0 } else { pixels } });
        }
        Ok(())
    }

    fn note_row(&mut self, tag: &Tag<'_>, row: u32) -> Result<(), Odd> {
        if flag(tag, "hidden")? {
            self.boxes.rows.push((row, 0));
        } else if let Some(height) = decimal(tag, "ht")? {
            self.boxes.rows.push((row, row_pixels(height)));
        }
        Ok(())
    }

    fn note_merge(&mut self, tag: &Tag<'_>, cells: &BTreeSet<(u32, u32)>) -> Result<(), Odd> {
        let Some((first, last)) = tag.attribute("ref")?.and_then(|area| area.value.split_once(':')) else { return Ok(()) };
        let (Some(first), Some(last)) = (cell_place(first), cell_place(last)) else { return Ok(()) };
        if first > last {
            return Ok(());
        }
        let in_area = |&(row, column): &(u32, u32)| (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column);
        let asked = cells.range((first.0, 0)..=(last.0, LAST_COLUMN)).copied();
        let firsts = self.first_cells.range(first.0..=last.0).map(|(&row, &column)| (row, column));
        let inside: Vec<(u32, u32)> = asked.chain(firsts).filter(in_area).collect();
        for cell in inside {
            self.corners.entry(cell).or_insert(first);
        }
        Ok(())
    }
}

impl Boxes {
    /// The anchor of a comment box beside a cell (1-based), as a drawing writes it: left column, offset,
    /// top row, offset, right column, offset, bottom row, offset, all 0-based and in pixels.
    pub fn anchor(&self, cell: (u32, u32), size: (u32, u32)) -> [u32; 8] {
        let left = if cell.1 + 4 < LAST_COLUMN { cell.1 } else { cell.1.saturating_sub(6) };
        let top = cell.0.saturating_sub(2).min(LAST_ROW - 40);
        let (right, right_offset) = walk(left, 15 + size.0, LAST_COLUMN, |column| self.column(column));
        let (bottom, bottom_offset) = walk(top, 4 + size.1, LAST_ROW, |row| self.row(row));
        [left, 15, top, 4, right, right_offset, bottom, bottom_offset]
    }

    fn column(&self, column: u32) -> u32 {
        let span = self.columns.iter().find(|span| (span.first..=span.last).contains(&(column + 1)));
        span.map_or(self.default_column, |span| span.pixels)
    }

    fn row(&self, row: u32) -> u32 {
        match self.rows.binary_search_by_key(&(row + 1), |&(number, _)| number) {
            Ok(place) => self.rows.get(place).map_or(self.default_row, |&(_, pixels)| pixels),
            Err(_) => self.default_row,
        }
    }
}

/// Walks `pixels` from the edge of `start`; gives where that ends.
fn walk(start: u32, pixels: u32, last: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut rest = pixels;
    let mut place = start;
    while place + 1 < last && place < start + BOX_STEPS {
        let step = size(place);
        if rest < step {
            break;
        }
        rest -= step;
        place += 1;
    }
    (place, rest.min(size(place).saturating_sub(1)))
}

/// The number of a row: stated, or one more than the row before.
///
/// # Errors
/// No row of a worksheet.
pub fn row_number(tag: &Tag<'_>, before: u32) -> Result<u32, Odd> {
    let row = match tag.attribute("r")? {
        Some(stated) => stated.value.trim().parse().unwrap_or(0),
        None => before + 1,
    };
    if (1..=LAST_ROW).contains(&row) { Ok(row) } else { Err(Odd("行号有误".to_owned())) }
}

/// The column of a cell: stated, or one more than the cell before.
///
/// # Errors
/// No cell of this row.
pub fn cell_column(tag: &Tag<'_>, row: u32, before: u32) -> Result<u32, Odd> {
    let column = match tag.attribute("r")? {
        Some(stated) => cell_place(stated.value).filter(|&(stated_row, _)| stated_row == row).map_or(0, |(_, column)| column),
        None => before + 1,
    };
    if (1..=LAST_COLUMN).contains(&column) { Ok(column) } else { Err(Odd(format!("第 {row} 行有单元格的地址有误"))) }
}

/// Row and column of `C7`, `None` when a worksheet has no such cell.
pub fn cell_place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.parse().ok()?;
    ((1..=LAST_ROW).contains(&row) && column <= LAST_COLUMN).then_some((row, column))
}

/// A boolean attribute.
///
/// # Errors
/// Attributes that cannot be read.
pub fn flag(tag: &Tag<'_>, name: &str) -> Result<bool, Odd> {
    Ok(tag.attribute(name)?.is_some_and(|attribute| matches!(attribute.value, "1" | "true")))
}

fn decimal(tag: &Tag<'_>, name: &str) -> Result<Option<f64>, Odd> {
    let value = tag.attribute(name)?.and_then(|attribute| attribute.value.trim().parse::<f64>().ok());
    Ok(value.filter(|value| (0.0..=1_000.0).contains(value)))
}

/// Characters to pixels at the usual font, as office programs do.
fn column_pixels(width: f64) -> u32 {
    (width * 7.0).round() as u32
}

/// Points to pixels.
fn row_pixels(height: f64) -> u32 {
    (height * 96.0 / 72.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(inside: &str) -> String {
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{inside}</worksheet>")
    }

    #[test]
    fn names_of_cells() {
        let cases = [
            ("A1", Some((1, 1))),
            ("xfd1048576", Some((1_048_576, 16_384))),
            ("XFE1", None),
            ("A0", None),
            ("A1048577", None),
            ("A4294967297", None),
            ("1", None),
            ("A", None),
            ("ÄA1", None),
            ("A+1", None),
        ];
        for (name, place) in cases {
            assert_eq!(cell_place(name), place, "{name}");
        }
    }

    #[test]
    fn a_row_is_stood_for_by_its_first_filled_cell() {
        let text = sheet(
            "<sheetData><row><c/><c/><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c r=\"B5\"/><c r=\"D5\"/></row></sheetData>\
             <mergeCells><mergeCell ref=\"A1:C2\"/><mergeCell ref=\"D4:D9\"/><mergeCell ref=\"??\"/></mergeCells>",
        );
        let layout = read(&text, &BTreeSet::from([1, 5, 7]), &BTreeSet::from([(8, 4), (8, 5)])).expect("a good part");
        assert_eq!(layout.first_cells, BTreeMap::from([(1, 3), (5, 2)]));
        assert_eq!(layout.corners, BTreeMap::from([((1, 3), (1, 1)), ((8, 4), (4, 4))]));
    }

    #[test]
    fn the_legacy_drawing_has_its_place() {
        let cases = [
            ("<sheetData/>|", None),
            ("<sheetData/><pageMargins/><drawing/>|<picture/><tableParts/><extLst><ext/></extLst>", None),
            ("<sheetData/><legacyDrawing r:id=\"rId7\"/>|<extLst/>", Some("rId7")),
            ("<sheetData/><drawing/>|<AlternateContent><controls/></AlternateContent>", None),
        ];
        for (inside, legacy) in cases {
            let text = sheet(&inside.replace('|', ""));
            let layout = read(&text, &BTreeSet::new(), &BTreeSet::new()).expect("a good part");
            assert_eq!(layout.legacy.as_deref(), legacy, "{inside}");
            let behind = inside.split('|').nth(1).unwrap_or("").len() + "</worksheet>".len();
            assert_eq!(layout.legacy_place, text.len() - behind, "{inside}");
        }
    }

    #[test]
    fn boxes_follow_widths_and_heights() {
        let text = sheet(
            "<sheetFormatPr defaultRowHeight=\"30\"/><cols><col min=\"2\" max=\"3\" width=\"20\" hidden=\"1\"/></cols><sheetData><row r=\"3\" ht=\"15\"/></sheetData>",
        );
        let layout = read(&text, &BTreeSet::new(), &BTreeSet::new()).expect("a good part");
        assert_eq!(layout.boxes.anchor((3, 1), (100, 60)), [1, 15, 1, 4, 4, 51, 3, 4]);
        let far = layout.boxes.anchor((LAST_ROW, LAST_COLUMN), (400, 400));
        assert!(far[4] < LAST_COLUMN && far[6] < LAST_ROW, "{far:?}");
    }

    #[test]
    fn odd_parts_are_refused() {
        for inside in
            ["", "<sheetData><row r=\"0\"/></sheetData>", "<sheetData/><sheetData/>", "<sheetData><row r=\"9999999\"/></sheetData>"]
        {
            assert!(read(&sheet(inside), &BTreeSet::new(), &BTreeSet::new()).is_err(), "{inside}");
        }
        assert!(
            read(
                "<chartsheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></chartsheet>",
                &BTreeSet::new(),
                &BTreeSet::new()
            )
            .is_err()
        );
    }
}
