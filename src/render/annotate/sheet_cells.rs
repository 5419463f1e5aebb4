//! The cells of a worksheet part: the marked ones get another format, the missing ones are put in.
//!
//! Only the bytes of a format index change; values, formulas and rows stay as they are. A part whose rows
//! or cells are not in order is refused, because a missing cell would have no right place in it.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::render::annotate::sheet_layout::Layout;
use crate::render::annotate::sheet_layout::cell_column;
use crate::render::annotate::sheet_layout::flag;
use crate::render::annotate::sheet_layout::row_number;
use crate::render::annotate::styles::Styles;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;
use crate::source::cell_name;

/// What a cell is to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// In the colour of a severity. `filled_as` is the format whose fill the cell had before an earlier round.
    Marked { severity: Severity, filled_as: Option<u32> },
    /// With the fill that it had before an earlier round marked it; without one, when that is not known.
    Restored { filled_as: Option<u32> },
}

/// What has to change in a part, and the formats that tell a later round which fill a marked cell had.
#[derive(Debug, Default)]
pub struct Restyled {
    pub edits: Vec<Edit>,
    pub filled_as: BTreeMap<(u32, u32), u32>,
}

/// A row that is being read.
struct OpenRow<'a> {
    tag: Tag<'a>,
    number: u32,
    /// The looks of cells that were not met yet.
    looks: BTreeMap<u32, Look>,
    /// The format of the row, if it has one.
    format: Option<u32>,
    column: u32,
    /// Whether the hint of the columns in use still stands.
    hinted: bool,
}

/// Gives each cell its look.
///
/// # Errors
/// Rows or cells out of order, addresses that are none, or a broken part.
pub fn restyle(text: &str, layout: &Layout, looks: &BTreeMap<(u32, u32), Look>, styles: &mut Styles) -> Result<Restyled, Odd> {
    let mut pending: BTreeMap<u32, BTreeMap<u32, Look>> = BTreeMap::new();
    for (&(row, column), &look) in looks {
        pending.entry(row).or_default().insert(column, look);
    }
    let mut painter = Painter { layout, styles, done: Restyled::default() };
    let mut scanner = Scanner::new(text);
    let mut in_data = false;
    let mut row_before = 0;
    let mut open: Option<OpenRow<'_>> = None;
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) if tag.depth == 1 && tag.local() == "sheetData" => {
                in_data = !tag.empty;
                if tag.empty {
                    let rows = painter.rows(std::mem::take(&mut pending))?;
                    if !rows.is_empty() {
                        painter.done.edits.push(tag.fill(&rows));
                    }
                }
            }
            Token::Open(tag) if in_data && tag.depth == 2 && tag.local() == "row" => {
                let number = row_number(&tag, row_before)?;
                if number <= row_before {
                    return Err(Odd("行不按次序".to_owned()));
                }
                row_before = number;
                let later = pending.split_off(&number);
                let rows = painter.rows(std::mem::replace(&mut pending, later))?;
                painter.insert(tag.start, rows);
                if let Some(looks) = pending.remove(&number) {
                    let format = if flag(&tag, "customFormat")? { tag.number("s")? } else { None };
                    let mut row = OpenRow { tag, number, looks, format, column: 0, hinted: true };
                    if tag.empty {
                        painter.close_row(&mut row, None)?;
                    } else {
                        open = Some(row);
                    }
                }
            }
            Token::Open(tag) if in_data && tag.depth == 3 && tag.local() == "c" => {
                if let Some(row) = &mut open {
                    painter.cell(row, &tag)?;
                }
            }
            Token::Close { start, depth: 2, .. } if in_data => {
                if let Some(mut row) = open.take() {
                    painter.close_row(&mut row, Some(start))?;
                }
            }
            Token::Close { start, depth: 1, .. } if in_data => {
                in_data = false;
                let rows = painter.rows(std::mem::take(&mut pending))?;
                painter.insert(start, rows);
            }
            _ => {}
        }
    }
    Ok(painter.done)
}

struct Painter<'a> {
    layout: &'a Layout,
    styles: &'a mut Styles,
    done: Restyled,
}

impl Painter<'_> {
    fn insert(&mut self, place: usize, text: String) {
        if !text.is_empty() {
            self.done.edits.push(Edit::insert(place, text));
        }
    }

    fn format(&mut self, cell: (u32, u32), look: Look, present: u32) -> Result<u32, Odd> {
        match look {
            Look::Marked { severity, filled_as } => {
                let known = filled_as.filter(|&format| format < self.styles.formats());
                self.done.filled_as.insert(cell, known.unwrap_or(present));
                self.styles.marked(present, severity)
            }
            Look::Restored { filled_as } => self.styles.restored(present, filled_as),
        }
    }

    /// A cell that is there.
    fn cell(&mut self, row: &mut OpenRow<'_>, tag: &Tag<'_>) -> Result<(), Odd> {
        let column = cell_column(tag, row.number, row.column)?;
        if column <= row.column {
            return Err(Odd(format!("第 {} 行的单元格不按次序", row.number)));
        }
        row.column = column;
        let later = row.looks.split_off(&column);
        let missing = std::mem::replace(&mut row.looks, later);
        let cells = self.cells(row, missing)?;
        self.insert(tag.start, cells);
        if let Some(look) = row.looks.remove(&column) {
            let format = self.format((row.number, column), look, tag.number("s")?.unwrap_or(0))?;
            self.done.edits.push(tag.set("s", &format.to_string())?);
        }
        Ok(())
    }

    /// The cells that a row lacks at its end; `end` is the place of its closing tag, if it has one.
    fn close_row(&mut self, row: &mut OpenRow<'_>, end: Option<usize>) -> Result<(), Odd> {
        let missing = std::mem::take(&mut row.looks);
        let cells = self.cells(row, missing)?;
        match end {
            Some(place) => self.insert(place, cells),
            None if cells.is_empty() => {}
            None => self.done.edits.push(row.tag.fill(&cells)),
        }
        Ok(())
    }

    /// New cells of a row that is there. Its hint of the columns in use would be wrong and goes.
    fn cells(&mut self, row: &mut OpenRow<'_>, looks: BTreeMap<u32, Look>) -> Result<String, Odd> {
        let cells = self.new_cells(row.number, row.format, looks)?;
        if !cells.is_empty() && std::mem::take(&mut row.hinted) {
            let hint = row.tag.attribute("spans")?;
            self.done.edits.extend(hint.map(|hint| Edit::replace(hint.whole_start, hint.whole_end, "")));
        }
        Ok(cells)
    }

    fn new_cells(&mut self, row: u32, row_format: Option<u32>, looks: BTreeMap<u32, Look>) -> Result<String, Odd> {
        let mut cells = String::new();
        for (column, look) in looks {
            if matches!(look, Look::Restored { .. }) {
                continue;
            }
            let span = self.layout.columns.iter().find(|span| (span.first..=span.last).contains(&column));
            let present = row_format.or(span.map(|span| span.format)).unwrap_or(0);
            let format = self.format((row, column), look, present)?;
            cells.push_str(&format!("<{}c r=\"{}\" s=\"{format}\"/>", self.layout.prefix, cell_name(row, column)));
        }
        Ok(cells)
    }

    /// New rows.
    fn rows(&mut self, pending: BTreeMap<u32, BTreeMap<u32, Look>>) -> Result<String, Odd> {
        let mut rows = String::new();
        let prefix = self.layout.prefix.clone();
        for (number, looks) in pending {
            let cells = self.new_cells(number, None, looks)?;
            if !cells.is_empty() {
                rows.push_str(&format!("<{prefix}row r=\"{number}\">{cells}</{prefix}row>"));
            }
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::annotate::sheet_layout;
    use crate::render::annotate::workbook_part::TRANSITIONAL;
    use crate::render::annotate::xml;

    /// New formats are numbered from 1 in the order in which they are met.
    fn check(inside: &str, cells: &[(u32, u32)], expected: &str) {
        let looks = cells.iter().map(|&cell| (cell, Look::Marked { severity: Severity::Error, filled_as: None })).collect();
        assert_eq!(changed(inside, &looks).as_deref(), Ok(expected), "{inside}");
    }

    fn changed(inside: &str, looks: &BTreeMap<(u32, u32), Look>) -> Result<String, Odd> {
        let head = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
        let text = format!("{head}{inside}</worksheet>");
        let layout = sheet_layout::read(&text, &BTreeSet::new(), &BTreeSet::new())?;
        let mut styles = Styles::read(Styles::minimal(TRANSITIONAL))?;
        let edits = restyle(&text, &layout, looks, &mut styles)?.edits;
        let changed = String::from_utf8_lossy(&xml::apply(&text, edits)?).into_owned();
        Ok(changed.replace(head, "").replace("</worksheet>", ""))
    }

    #[test]
    fn cells_that_are_there_get_a_format() {
        check(
            "<sheetData><row r=\"2\"><c r=\"B2\" s=\"0\" t=\"s\"><v>4</v></c></row></sheetData>",
            &[(2, 2)],
            "<sheetData><row r=\"2\"><c r=\"B2\" s=\"1\" t=\"s\"><v>4</v></c></row></sheetData>",
        );
        check(
            "<sheetData><row><c/><c t=\"n\"><v>4</v></c></row></sheetData>",
            &[(1, 2)],
            "<sheetData><row><c/><c s=\"1\" t=\"n\"><v>4</v></c></row></sheetData>",
        );
    }

    #[test]
    fn missing_cells_and_rows_come_in_order() {
        check(
            "<sheetData/>",
            &[(2, 2), (1, 1)],
            "<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/></row><row r=\"2\"><c r=\"B2\" s=\"1\"/></row></sheetData>",
        );
        check(
            "<sheetData><row r=\"3\" spans=\"2:2\"><c r=\"B3\"><v>1</v></c></row><row r=\"6\" s=\"0\" customFormat=\"1\"/></sheetData>",
            &[(3, 1), (3, 3), (4, 2), (6, 2), (9, 1)],
            "<sheetData><row r=\"3\"><c r=\"A3\" s=\"1\"/><c r=\"B3\"><v>1</v></c><c r=\"C3\" s=\"1\"/></row><row r=\"4\"><c r=\"B4\" s=\"1\"/></row>\
             <row r=\"6\" s=\"0\" customFormat=\"1\"><c r=\"B6\" s=\"1\"/></row><row r=\"9\"><c r=\"A9\" s=\"1\"/></row></sheetData>",
        );
    }

    #[test]
    fn a_missing_cell_looks_like_its_column() {
        let looks = BTreeMap::from([
            ((1, 2), Look::Restored { filled_as: None }),
            ((2, 2), Look::Marked { severity: Severity::Note, filled_as: Some(77) }),
        ]);
        let text = changed("<cols><col min=\"2\" max=\"2\" style=\"0\"/></cols><sheetData></sheetData>", &looks);
        assert_eq!(
            text.as_deref(),
            Ok("<cols><col min=\"2\" max=\"2\" style=\"0\"/></cols><sheetData><row r=\"2\"><c r=\"B2\" s=\"1\"/></row></sheetData>")
        );
    }

    #[test]
    fn disorder_is_refused() {
        let looks = BTreeMap::from([((2, 2), Look::Marked { severity: Severity::Error, filled_as: None })]);
        for inside in [
            "<sheetData><row r=\"3\"/><row r=\"2\"/></sheetData>",
            "<sheetData><row r=\"2\"><c r=\"C2\"/><c r=\"B2\"/></row></sheetData>",
            "<sheetData><row r=\"2\"><c r=\"B2\"/><c r=\"B2\"/></row></sheetData>",
            "<sheetData><row r=\"2\"><c r=\"B7\"/></row></sheetData>",
        ] {
            assert!(changed(inside, &looks).is_err(), "{inside}");
        }
    }
}
