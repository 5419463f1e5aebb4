//! Rows of a plain sheet. Cells take the style of their column; totals, links and values of another kind have their own.

use std::ops::Range;

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Row;
use crate::documents::RowKind;
use crate::documents::Sheet;
use crate::render::outcome::CutReason;
use crate::render::xlsx::Place;
use crate::render::xlsx::layout::HIGHEST_ROW;
use crate::render::xlsx::layout::row_height;
use crate::render::xlsx::serial;
use crate::render::xlsx::stream::Block;
use crate::render::xlsx::stream::cells;
use crate::render::xlsx::stream::deflate::deflate;
use crate::render::xlsx::stream::style_of;
use crate::render::xlsx::text::cell_text;
use crate::render::xlsx::width;
use crate::source::cell_name;
use crate::source::column_letters;

/// Row of the skeleton that shows every column's own style.
pub const SAMPLE_ROW: u32 = 1;
/// Row of the skeleton that shows the styles of [`Odd::ALL`], from left to right.
pub const ODD_ROW: u32 = 2;
/// Size of the body font in points.
const PRINT: f64 = 11.0;

/// Cells that do not take the style of their column.
#[derive(Clone, Copy)]
pub enum Odd {
    /// A link.
    Text,
    /// A day in a column of other things.
    Date,
    /// A share in a column of other things.
    Rate,
    /// Any cell of a total.
    Total,
}

impl Odd {
    pub const ALL: [Odd; 4] = [Odd::Text, Odd::Date, Odd::Rate, Odd::Total];
}

/// A plain sheet with the styles that the library gave its sample cells.
pub struct PlainRows<'p, 'd> {
    sheet: &'p Sheet<'d>,
    columns: Vec<ColumnStyle>,
    /// Style attributes of [`Odd::ALL`].
    odd: [String; 4],
    places: &'p [Place],
}

struct ColumnStyle {
    letters: String,
    style: String,
    kind: ColumnKind,
    width: usize,
}

impl<'p, 'd> PlainRows<'p, 'd> {
    /// The sheet with the styles of its skeleton.
    pub fn new(sheet: &'p Sheet<'d>, places: &'p [Place], skeleton: &str) -> PlainRows<'p, 'd> {
        let column_style = |(index, column): (usize, &Column)| ColumnStyle {
            letters: column_letters(index as u32 + 1),
            style: style_of(skeleton, SAMPLE_ROW, index as u32),
            kind: column.kind,
            width: usize::from(column.width),
        };
        PlainRows {
            sheet,
            columns: sheet.columns.iter().enumerate().map(column_style).collect(),
            odd: Odd::ALL.map(|odd| style_of(skeleton, ODD_ROW, odd as u32)),
            places,
        }
    }

    /// Writes and compresses a range of rows.
    pub(super) fn block(&self, range: Range<usize>) -> Block {
        let mut block = Block::default();
        let mut xml = Vec::new();
        let written: Result<(), std::convert::Infallible> = self.sheet.body.each_of(range, |index, row| {
            self.write_row(&mut xml, &mut block, index, row);
            Ok(())
        });
        let Ok(()) = written;
        block.piece = Some(deflate(&xml));
        block
    }

    fn write_row(&self, xml: &mut Vec<u8>, block: &mut Block, index: usize, row: &Row<'_>) {
        let digits = (index + 2).to_string();
        let lines = self.columns.iter().zip(&row.cells).map(|(style, cell)| match cell {
            Cell::Text(text) if style.kind == ColumnKind::Prose => width::lines(text, style.width),
            _ => 1,
        });
        let lines = lines.max().unwrap_or(1);
        cells::open_row(xml, &digits, (lines > 1).then(|| row_height(lines, PRINT).min(HIGHEST_ROW)));
        let odd = |odd: Odd| self.odd[odd as usize].as_str();
        for (column, (style, cell)) in self.columns.iter().zip(&row.cells).enumerate() {
            let letters = &style.letters;
            let plain = if row.kind == RowKind::Entry { style.style.as_str() } else { odd(Odd::Total) };
            let of_kind = |kind: ColumnKind, other: Odd| if style.kind == kind { plain } else { odd(other) };
            match cell {
                Cell::Empty => {}
                Cell::Integer(value) => cells::number(xml, letters, &digits, plain, *value as f64),
                Cell::Decimal(value) => cells::number(xml, letters, &digits, plain, *value),
                // A total has no format for shares and days.
                Cell::Rate(_) | Cell::Date(_) if row.kind != RowKind::Entry => cells::text(xml, letters, &digits, plain, &cell.shown()),
                Cell::Rate(rate) => cells::number(xml, letters, &digits, of_kind(ColumnKind::Rate, Odd::Rate), rate / 100.0),
                Cell::Date(day) => match serial(*day) {
                    Some(value) => cells::number(xml, letters, &digits, of_kind(ColumnKind::Date, Odd::Date), value),
                    None => cells::text(xml, letters, &digits, plain, &cell.shown()),
                },
                Cell::Text(text) | Cell::Link { text, .. } => {
                    let made = cell_text(text);
                    if made.cut {
                        block.report(self.sheet, index as u32 + 1, column, text, CutReason::TooLong);
                    }
                    let link = Place::target(self.places, cell).filter(|_| row.kind == RowKind::Entry);
                    if let Some((place, target)) = link {
                        block.links.push_str(&place.hyperlink(&cell_name(index as u32 + 2, column as u32 + 1), target));
                    }
                    cells::text(xml, letters, &digits, if link.is_some() { odd(Odd::Text) } else { plain }, &made.text);
                }
            }
        }
        cells::close_row(xml);
    }
}
