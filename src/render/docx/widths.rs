//! How a table fits the paper: in which print, upright or on a page of its own turned by a quarter, and how
//! wide its columns become.
//!
//! Tried in order: upright in 小四, then 五号; turned in 小四, 五号, 小五. What fits nowhere is squeezed into
//! the last. Columns always fill the page. Knows no XML.

use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::RowKind;
use crate::documents::Table;
use crate::render::docx::measures;
use crate::render::docx::measures::LANDSCAPE;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::Page;
use crate::render::docx::measures::Print;
use crate::render::xlsx::layout::Extent;
use crate::render::xlsx::width;

/// Left and right margin of a cell, together.
pub const PADDING: u32 = 140;
/// To spare, because programs and stand-in fonts differ.
const SLACK: u32 = 30;
/// Longest code and longest word that are kept on one line, in half-width characters.
const LONGEST_CODE: usize = 24;
const LONGEST_WORD: usize = 13;
/// Half-width characters to spare, because bold print and stand-in fonts have wider digits.
const SPARE: usize = 2;
/// Words of this many half-width characters stay on one line.
const SHORT_WORDS: usize = 10;

const WAYS: [(Page, Print); 5] = [
    (PORTRAIT, measures::SMALL_FOURTH),
    (PORTRAIT, measures::FIFTH),
    (LANDSCAPE, measures::SMALL_FOURTH),
    (LANDSCAPE, measures::FIFTH),
    (LANDSCAPE, measures::SMALL_FIFTH),
];

/// How a table stands on the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    pub page: Page,
    pub print: Print,
    /// Width of each column in twips; together as wide as the page's text.
    pub columns: Vec<u32>,
}

impl Fit {
    /// The first way in which every column has room.
    pub fn new(table: &Table<'_>) -> Fit {
        let extents = measure(table);
        let least = |print: Print| -> Vec<u32> {
            table.columns.iter().zip(&extents).map(|(column, extent)| twips(least_width(column, *extent), print)).collect()
        };
        let mut last = WAYS[WAYS.len() - 1];
        for (page, print) in WAYS {
            if least(print).iter().sum::<u32>() <= page.text_width() {
                last = (page, print);
                break;
            }
        }
        let (page, print) = last;
        let mut fit = Fit { page, print, columns: least(print) };
        fit.squeeze();
        fit.spread(&table.columns, &extents);
        fit
    }

    /// Half-width characters that fit into a line of this column.
    pub fn capacity(&self, column: usize) -> usize {
        let width = self.columns.get(column).copied().unwrap_or(0);
        (width.saturating_sub(PADDING) / half_width(self.print)) as usize
    }

    /// Takes from all columns alike what does not fit.
    fn squeeze(&mut self) {
        let (page, sum) = (u64::from(self.page.text_width()), self.columns.iter().map(|width| u64::from(*width)).sum::<u64>());
        if sum > page {
            for width in &mut self.columns {
                *width = (u64::from(*width) * page / sum) as u32;
            }
        }
    }

    /// Spreads what is left: first to columns whose texts are still broken, then by weight, or alike where no
    /// column has one.
    fn spread(&mut self, columns: &[Column], extents: &[Extent]) {
        let broken = |fit: &Fit, index: usize| {
            let natural = twips(extents[index].widest.max(width::widest_line(&columns[index].title)), fit.print);
            natural.saturating_sub(fit.columns[index]).min(fit.page.text_width())
        };
        let wants: Vec<u32> = (0..columns.len()).map(|index| broken(self, index)).collect();
        self.grow(&wants, true);
        let weights: Vec<u32> = columns.iter().map(|column| u32::from(column.weight)).collect();
        self.grow(&weights, false);
        let widths = self.columns.clone();
        self.grow(&widths, false);
        // What rounding has left over.
        let left = self.left();
        if let Some(last) = self.columns.last_mut() {
            *last += left;
        }
    }

    /// Gives each column its share of what is left, by what it wants and, if `at_most`, not more than that.
    fn grow(&mut self, wants: &[u32], at_most: bool) {
        let all: u64 = wants.iter().map(|want| u64::from(*want)).sum();
        let left = u64::from(self.left());
        if all == 0 {
            return;
        }
        for (width, want) in self.columns.iter_mut().zip(wants) {
            let share = left * u64::from(*want) / all;
            let most = if at_most { u64::from(*want) } else { u64::MAX };
            *width += share.min(most) as u32;
        }
    }

    fn left(&self) -> u32 {
        self.page.text_width().saturating_sub(self.columns.iter().sum())
    }
}

fn measure(table: &Table<'_>) -> Vec<Extent> {
    let mut extents = vec![Extent::default(); table.columns.len()];
    let measured: Result<(), std::convert::Infallible> = table.body.each(|_, row| {
        if row.kind != RowKind::Group {
            for (extent, cell) in extents.iter_mut().zip(&row.cells) {
                extent.add(&cell.shown());
            }
        }
        Ok(())
    });
    debug_assert!(measured.is_ok(), "measuring cannot fail");
    extents
}

/// Half-width characters that a column needs at least.
fn least_width(column: &Column, extent: Extent) -> usize {
    let needed = match column.kind {
        ColumnKind::Date | ColumnKind::Number | ColumnKind::Rate => (extent.widest + SPARE).min(usize::from(column.width) + 6),
        ColumnKind::Code => (extent.widest + SPARE).min(LONGEST_CODE),
        ColumnKind::Word if extent.widest <= SHORT_WORDS => extent.widest,
        ColumnKind::Prose | ColumnKind::Word => extent.word.min(LONGEST_WORD),
    };
    // A column is at least as wide as one Chinese character of its title.
    usize::from(column.width).max(needed).max(2)
}

const fn half_width(print: Print) -> u32 {
    measures::character(print) / 2
}

fn twips(half_widths: usize, print: Print) -> u32 {
    (half_widths.min(10_000) as u32) * half_width(print) + PADDING + SLACK
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Body;
    use crate::documents::Cell;
    use crate::documents::Row;

    fn table(columns: Vec<Column>, texts: &[&str]) -> Table<'static> {
        let cells = texts.iter().map(|text| Cell::owned((*text).to_owned())).collect();
        let body = Body::Rows(vec![Row::entry(cells)]);
        Table { caption: String::new(), left: String::new(), right: String::new(), columns, body, notes: Vec::new() }
    }

    #[test]
    fn tables_turn_when_they_do_not_fit() {
        let words = |count: usize, width: u16| vec![Column::new("单位", ColumnKind::Word, width); count];
        for (count, width, landscape, print) in [
            (1, 4, false, measures::SMALL_FOURTH),
            (6, 8, false, measures::SMALL_FOURTH),
            (7, 10, false, measures::FIFTH),
            (10, 8, true, measures::SMALL_FOURTH),
            (12, 8, true, measures::FIFTH),
            (14, 8, true, measures::SMALL_FIFTH),
            (40, 8, true, measures::SMALL_FIFTH),
        ] {
            let fit = Fit::new(&table(words(count, width), &[]));
            assert_eq!((fit.page.landscape, fit.print), (landscape, print), "{count} columns");
            assert_eq!(fit.columns.iter().sum::<u32>(), fit.page.text_width(), "{count} columns: {:?}", fit.columns);
        }
    }

    #[test]
    fn room_goes_to_long_texts_first() {
        let columns = vec![
            Column::new("序号", ColumnKind::Number, 4),
            Column::new("问题", ColumnKind::Prose, 8).growing(1),
            Column::new("编号", ColumnKind::Code, 6),
        ];
        let long = "疏散通道堆放杂物，影响应急疏散。".repeat(9);
        let fit = Fit::new(&table(columns, &["1", &long, "demo-2024-001-0001"]));
        assert_eq!(fit.capacity(2), 20, "{fit:?}");
        assert!(fit.columns[1] > fit.columns[0] * 5, "{fit:?}");
    }

    #[test]
    fn a_table_without_columns_has_no_width() {
        assert!(Fit::new(&table(Vec::new(), &[])).columns.is_empty());
    }
}
