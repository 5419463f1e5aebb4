//! Rows of a large printed sheet: one pass measures them, one writes them, each on all cores.

use std::ops::Range;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::documents::Cell;
use crate::documents::ColumnKind;
use crate::documents::Mark;
use crate::documents::Row;
use crate::documents::RowKind;
use crate::documents::Sheet;
use crate::render::outcome::CutReason;
use crate::render::xlsx::Place;
use crate::render::xlsx::layout::Extent;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::Layout;
use crate::render::xlsx::layout::SMALLEST_PRINT;
use crate::render::xlsx::official::LEAST_ROW;
use crate::render::xlsx::official::MOST_LINKS;
use crate::render::xlsx::official::group_height;
use crate::render::xlsx::serial;
use crate::render::xlsx::stream::Block;
use crate::render::xlsx::stream::blocks;
use crate::render::xlsx::stream::cells;
use crate::render::xlsx::stream::deflate::deflate;
use crate::render::xlsx::stream::style_of;
use crate::render::xlsx::styles::CellStyle;
use crate::render::xlsx::styles::Content;
use crate::render::xlsx::styles::quarters;
use crate::render::xlsx::text::cell_text;
use crate::source::cell_name;
use crate::source::column_letters;

/// Looks of a cell apart from its print: kinds of column, contents, kinds of row, marks.
const LOOKS: usize = COLUMN_KINDS * CONTENTS * ROW_KINDS * MARKS;
const COLUMN_KINDS: usize = ColumnKind::Rate as usize + 1;
const CONTENTS: usize = Content::Date as usize + 1;
const ROW_KINDS: usize = RowKind::Total as usize + 1;
const MARKS: usize = Mark::Backwards as usize + 1;
/// Text shorter than this, in bytes, never needs smaller print: the highest row has more lines.
const SHORT_TEXT: usize = 24;

/// The number of a look.
fn look(column: ColumnKind, content: Content, row: &Row<'_>) -> usize {
    ((column as usize * CONTENTS + content as usize) * ROW_KINDS + row.kind as usize) * MARKS + row.mark as usize
}

/// What one pass over the rows says of them.
#[derive(Clone)]
pub struct Survey {
    pub extents: Vec<Extent>,
    /// Longest text of each column, in bytes.
    longest: Vec<usize>,
    /// A cell that shows each look that occurs, without its print.
    looks: Vec<Option<CellStyle>>,
    /// Links in each block.
    links: Vec<usize>,
}

impl Survey {
    fn empty(columns: usize) -> Survey {
        Survey { extents: vec![Extent::default(); columns], longest: vec![0; columns], looks: vec![None; LOOKS], links: Vec::new() }
    }

    /// Measures the rows of a sheet.
    pub fn of(sheet: &Sheet<'_>) -> Survey {
        let made: Vec<Survey> = blocks(sheet.body.len()).par_iter().map(|range| Survey::of_block(sheet, range.clone())).collect();
        made.into_iter().fold(Survey::empty(sheet.columns.len()), Survey::with)
    }

    fn of_block(sheet: &Sheet<'_>, range: Range<usize>) -> Survey {
        let mut survey = Survey::empty(sheet.columns.len());
        let mut links = 0;
        let surveyed: Result<(), std::convert::Infallible> = sheet.body.each_of(range, |_, row| {
            if row.kind == RowKind::Group {
                survey.see(ColumnKind::Prose, Content::Text, row);
                return Ok(());
            }
            for (index, column) in sheet.columns.iter().enumerate() {
                let cell = row.cells.get(index).unwrap_or(&Cell::Empty);
                survey.see(column.kind, content_of(cell), row);
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) | Cell::Link { text, .. } => {
                        survey.extents[index].add(text);
                        survey.longest[index] = survey.longest[index].max(text.len());
                    }
                    other => survey.extents[index].add(&other.shown()),
                }
                if matches!(cell, Cell::Link { .. }) {
                    links += 1;
                    // Behind the most links a sheet can have they are texts.
                    survey.see(column.kind, Content::Text, row);
                }
            }
            Ok(())
        });
        let Ok(()) = surveyed;
        survey.links.push(links);
        survey
    }

    fn see(&mut self, column: ColumnKind, content: Content, row: &Row<'_>) {
        self.looks[look(column, content, row)].get_or_insert(CellStyle { column, content, row: row.kind, mark: row.mark, print: 0 });
    }

    fn with(mut self, next: Survey) -> Survey {
        for (extent, other) in self.extents.iter_mut().zip(next.extents) {
            extent.widen(other);
        }
        for (longest, other) in self.longest.iter_mut().zip(next.longest) {
            *longest = (*longest).max(other);
        }
        for (look, other) in self.looks.iter_mut().zip(next.looks) {
            *look = look.or(other);
        }
        self.links.extend(next.links);
        self
    }
}

/// What a cell holds, as far as its look depends on it; a day that has no number is text.
fn content_of(cell: &Cell<'_>) -> Content {
    match cell {
        Cell::Empty | Cell::Text(_) => Content::Text,
        Cell::Link { .. } => Content::Link,
        Cell::Integer(_) => Content::Whole,
        Cell::Decimal(_) => Content::Decimal,
        Cell::Rate(_) => Content::Rate,
        Cell::Date(day) => serial(*day).map_or(Content::Text, |_| Content::Date),
    }
}

/// How the rows of a sheet will be written, settled before its workbook is saved.
pub struct Plan {
    /// Zero-based row in which the body begins; the samples stand there in the skeleton.
    pub first: u32,
    rows: u32,
    layout: Layout,
    /// The styles that may be needed, one cell each in the skeleton, with the number of their look.
    samples: Vec<(usize, CellStyle)>,
    /// Links before each block.
    links: Vec<usize>,
}

impl Plan {
    /// The plan for rows that were surveyed.
    pub fn new(sheet: &Sheet<'_>, survey: &Survey, layout: Layout, first: u32) -> Plan {
        let shrinks = |kind: ColumnKind| {
            (sheet.columns.iter().zip(&survey.longest)).any(|(column, longest)| column.kind == kind && *longest > SHORT_TEXT)
        };
        let mut samples = Vec::new();
        for (number, seen) in survey.looks.iter().enumerate() {
            let Some(style) = *seen else { continue };
            let prints: Vec<f64> = match (style.row, style.content) {
                (RowKind::Group, _) => vec![layout.print + 1.0],
                (_, Content::Text | Content::Link) if shrinks(style.column) => prints(layout.print).collect(),
                _ => vec![layout.print],
            };
            samples.extend(prints.into_iter().map(|print| (number, CellStyle { print: quarters(print), ..style })));
        }
        let links = survey.links.iter().scan(0, |before, links| {
            let here = *before;
            *before += links;
            Some(here)
        });
        Plan { first, rows: sheet.body.len() as u32, layout, samples, links: links.collect() }
    }

    /// Zero-based row behind the body.
    pub fn after(&self) -> u32 {
        self.first + self.rows
    }

    /// The styles of the sample cells, from left to right.
    pub fn samples(&self) -> impl Iterator<Item = CellStyle> + '_ {
        self.samples.iter().map(|(_, style)| *style)
    }
}

/// The prints that a text may be given, as [`Layout::fit`] tries them.
fn prints(largest: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(largest), |print| (*print > SMALLEST_PRINT).then(|| print - 0.5))
}

/// A printed sheet with the styles that the library gave its sample cells.
pub struct OfficialRows<'p, 'd> {
    sheet: &'p Sheet<'d>,
    plan: &'p Plan,
    places: &'p [Place],
    letters: Vec<String>,
    /// Style attributes by look, with their prints.
    styles: Vec<Vec<(u16, String)>>,
}

impl<'p, 'd> OfficialRows<'p, 'd> {
    /// The sheet with the styles of its skeleton.
    pub fn new(sheet: &'p Sheet<'d>, plan: &'p Plan, places: &'p [Place], skeleton: &str) -> OfficialRows<'p, 'd> {
        let mut styles = vec![Vec::new(); LOOKS];
        for (column, (number, style)) in plan.samples.iter().enumerate() {
            styles[*number].push((style.print, style_of(skeleton, plan.first, column as u32)));
        }
        let letters = (0..sheet.columns.len()).map(|index| column_letters(index as u32 + 1)).collect();
        OfficialRows { sheet, plan, places, letters, styles }
    }

    fn style(&self, look: usize, print: f64) -> &str {
        let print = quarters(print);
        self.styles[look].iter().find(|(known, _)| *known == print).map_or("", |(_, style)| style)
    }

    /// Writes and compresses a range of rows.
    pub(super) fn block(&self, range: Range<usize>) -> Block {
        let mut block = Block::default();
        let mut xml = Vec::new();
        let mut links = self.plan.links.get(range.start / super::BLOCK).copied().unwrap_or_default();
        let written: Result<(), std::convert::Infallible> = self.sheet.body.each_of(range, |index, row| {
            let line = self.plan.first + index as u32;
            if row.kind == RowKind::Group {
                self.write_group(&mut xml, &mut block, line, row);
            } else {
                self.write_row(&mut xml, &mut block, line, row, &mut links);
            }
            Ok(())
        });
        let Ok(()) = written;
        block.piece = Some(deflate(&xml));
        block
    }

    fn write_group(&self, xml: &mut Vec<u8>, block: &mut Block, line: u32, row: &Row<'_>) {
        let layout = &self.plan.layout;
        let text = row.cells.first().map(Cell::shown).unwrap_or_default();
        let style = self.style(look(ColumnKind::Prose, Content::Text, row), layout.print + 1.0);
        let digits = (line + 1).to_string();
        cells::open_row(xml, &digits, Some(group_height(layout, &text)));
        for (index, letters) in self.letters.iter().enumerate() {
            match index {
                0 => cells::text(xml, letters, &digits, style, &cell_text(&text).text),
                _ => cells::blank(xml, letters, &digits, style),
            }
        }
        cells::close_row(xml);
        if let [first, .., last] = self.letters.as_slice() {
            block.merges.push_str(&format!("<mergeCell ref=\"{first}{digits}:{last}{digits}\"/>"));
            block.merged += 1;
        }
    }

    fn write_row(&self, xml: &mut Vec<u8>, block: &mut Block, line: u32, row: &Row<'_>, links: &mut usize) {
        let layout = &self.plan.layout;
        let digits = (line + 1).to_string();
        let cell_at = |index: usize| row.cells.get(index).unwrap_or(&Cell::Empty);
        let fits: Vec<(f64, f64)> = (layout.columns.iter().enumerate())
            .map(|(index, pixels)| match cell_at(index) {
                Cell::Text(text) | Cell::Link { text, .. } => layout.fit(&cell_text(text).text, *pixels),
                _ => (layout.print, 0.0),
            })
            .collect();
        let highest = fits.iter().fold(LEAST_ROW, |highest, (_, height)| highest.max(*height));
        cells::open_row(xml, &digits, Some(highest.min(HIGHEST_ROW)));
        for (index, (column, (print, height))) in self.sheet.columns.iter().zip(fits).enumerate() {
            let cell = cell_at(index);
            let letters = &self.letters[index];
            let style = |content: Content, print: f64| self.style(look(column.kind, content, row), print);
            let number = |xml: &mut Vec<u8>, value: f64| cells::number(xml, letters, &digits, style(content_of(cell), layout.print), value);
            match cell {
                Cell::Empty => cells::blank(xml, letters, &digits, style(Content::Text, layout.print)),
                Cell::Integer(value) => number(xml, *value as f64),
                Cell::Decimal(value) => number(xml, *value),
                Cell::Rate(rate) => number(xml, rate / 100.0),
                Cell::Date(day) => match serial(*day) {
                    Some(value) => number(xml, value),
                    None => cells::text(xml, letters, &digits, style(Content::Text, layout.print), &cell.shown()),
                },
                Cell::Text(text) | Cell::Link { text, .. } => {
                    let made = cell_text(text);
                    if made.cut {
                        block.report(self.sheet, line, index, text, CutReason::TooLong);
                    }
                    if height > HIGHEST_ROW {
                        block.report(self.sheet, line, index, text, CutReason::NotPrintedWhole);
                    }
                    let link = Place::target(self.places, cell).filter(|_| *links < MOST_LINKS);
                    let content = if link.is_some() { Content::Link } else { Content::Text };
                    if let Some((place, target)) = link {
                        *links += 1;
                        block.links.push_str(&place.hyperlink(&cell_name(line + 1, index as u32 + 1), target));
                    }
                    cells::text(xml, letters, &digits, style(content, print), &made.text);
                }
            }
        }
        cells::close_row(xml);
    }
}
