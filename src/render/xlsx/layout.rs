//! How wide the columns of a printed table become, how high its rows, and how small the print must be.
//!
//! Lengths are pixels at 96 dpi for columns and points for rows and fonts, as spreadsheet programs count
//! them. Columns fill the page; a text that would need a higher row than there is gets smaller print.

use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Official;
use crate::render::xlsx::width;

/// No row can be higher than this, in points.
pub const HIGHEST_ROW: f64 = 409.0;
/// Print never becomes smaller than this, in points.
pub const SMALLEST_PRINT: f64 = 6.0;
/// No column becomes wider than this, in half-width characters.
const WIDEST_COLUMN: usize = 110;
/// Height of a line by size of print; enough also for the fonts that stand in for missing ones.
const LINE_PITCH: f64 = 1.4;
/// Words of this many half-width characters stay on one line.
const SHORT_WORDS: usize = 10;
/// Pixels to spare, because programs and printers round each in their own way.
const SLACK: f64 = 3.0;
/// Longest code that is kept on one line, in half-width characters.
const LONGEST_CODE: usize = 32;
/// Longest word, number or date for which a column is widened, in half-width characters.
const LONGEST_WORD: usize = 13;
/// Longest name that is kept on one line of a compact table, in half-width characters.
const WIDEST_COMPACT: usize = 28;
/// Length of an A4 page in inches.
const A4_WIDTH: f64 = 297.0 / 25.4;
const DOTS_PER_INCH: f64 = 96.0;
/// How far a table with long sentences may reach over the page before it is shrunk to fit.
const LARGEST_REACH: f64 = 1.18;
/// Pixels of a cell that its text cannot use.
const PADDING: f64 = 7.0;

/// Measures of one printed sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Font size of the body in points.
    pub print: f64,
    /// Left and right margin in inches.
    pub side_margin: f64,
    /// Width of each column in pixels.
    pub columns: Vec<u32>,
}

/// What a pass over the body says about one column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Widest line, in half-width characters.
    pub widest: usize,
    /// Longest text, all its lines together.
    pub longest: usize,
    /// Widest piece that should not be broken: a date, a number, a Latin word.
    pub word: usize,
}

impl Extent {
    /// Takes what another pass says about the same column into account.
    pub fn widen(&mut self, other: Extent) {
        self.widest = self.widest.max(other.widest);
        self.longest = self.longest.max(other.longest);
        self.word = self.word.max(other.word);
    }

    /// Takes a text of the column into account.
    pub fn add(&mut self, text: &str) {
        // A text is at most as wide as its bytes are many; most cells cannot widen the extent.
        if text.len() <= self.widest.min(self.longest).min(self.word) {
            return;
        }
        self.widest = self.widest.max(width::widest_line(text));
        self.word = self.word.max(width::widest_word(text));
        self.longest = self.longest.max(text.split('\n').map(width::widest_line).sum());
    }
}

impl Layout {
    /// Spreads the columns over an A4 page in landscape.
    pub fn new(official: &Official, columns: &[Column], extents: &[Extent]) -> Layout {
        let (print, side_margin) = if official.dense { (9.0, 0.5) } else { (10.0, 0.79) };
        let page = ((A4_WIDTH - 2.0 * side_margin) * DOTS_PER_INCH).floor() as u32 - 4;
        let widths = (columns.iter().zip(extents)).map(|(column, extent)| sensible_width(column, *extent, print)).collect();
        let mut layout = Layout { print, side_margin, columns: widths };
        layout.fill(page, columns, extents);
        layout
    }

    /// Columns as narrow as their texts allow, for a table that shares its page.
    pub fn compact(columns: &[Column], extents: &[Extent], side_margin: f64) -> Layout {
        let print = 10.0;
        let width = |(column, extent): (&Column, &Extent)| {
            let least = sensible_width(column, *extent, print);
            if column.kind == ColumnKind::Word { least.max(pixels(extent.widest.min(WIDEST_COMPACT), print)) } else { least }
        };
        Layout { print, side_margin, columns: columns.iter().zip(extents).map(width).collect() }
    }

    /// Columns whose sentences are broken into many lines may reach a little over the page: the program
    /// shrinks the page to fit, and short rows save more paper than smaller print costs.
    fn reach(&self, page: u32, columns: &[Column], extents: &[Extent]) -> u32 {
        let wants = |index: usize| match columns[index].kind {
            ColumnKind::Prose if columns[index].weight > 0 => self.natural(extents[index]).saturating_sub(self.columns[index]),
            _ => 0,
        };
        let wanted: u32 = (0..columns.len()).map(wants).sum::<u32>() + self.columns.iter().sum::<u32>();
        wanted.clamp(page, (f64::from(page) * LARGEST_REACH) as u32)
    }

    /// Width at which no line of the column is broken.
    fn natural(&self, extent: Extent) -> u32 {
        pixels(extent.widest.min(WIDEST_COLUMN), self.print)
    }

    /// Spreads what is left of the page over the growing columns: first to those whose texts are still
    /// broken, then by weight alone.
    fn fill(&mut self, page: u32, columns: &[Column], extents: &[Extent]) {
        let page = self.reach(page, columns, extents);
        for wanting in [true, false] {
            let used: u32 = self.columns.iter().sum();
            let left = f64::from(page.saturating_sub(used));
            let wants: Vec<f64> = (0..columns.len())
                .map(|index| {
                    let weight = f64::from(columns[index].weight);
                    if !wanting {
                        return weight;
                    }
                    let natural = self.natural(extents[index]);
                    weight * f64::from(natural.saturating_sub(self.columns[index]).min(page))
                })
                .collect();
            let all: f64 = wants.iter().sum();
            if all <= 0.0 {
                continue;
            }
            for (index, want) in wants.iter().enumerate() {
                let share = (left * want / all).floor() as u32;
                let natural = self.natural(extents[index]);
                let most = if wanting { natural.saturating_sub(self.columns[index]) } else { u32::MAX };
                self.columns[index] += share.min(most);
            }
        }
    }

    /// Half-width characters that fit into a line of this column in print of this size.
    pub fn capacity(&self, column: usize, print: f64) -> usize {
        capacity(self.columns.get(column).copied().unwrap_or(64), print)
    }

    /// Print size in which the text fits into the highest row of its column, and the height that it needs.
    /// Higher than [`HIGHEST_ROW`] when even the smallest print does not do.
    pub fn fit(&self, text: &str, pixels: u32) -> (f64, f64) {
        let mut print = self.print;
        loop {
            let height = row_height(width::lines(text, capacity(pixels, print)), print);
            if height <= HIGHEST_ROW || print <= SMALLEST_PRINT {
                return (print, height);
            }
            print -= 0.5;
        }
    }
}

/// Height in points of a row whose highest cell has this many lines.
pub fn row_height(lines: usize, print: f64) -> f64 {
    lines as f64 * (print * LINE_PITCH) + 5.0
}

fn capacity(pixels: u32, print: f64) -> usize {
    // Fonts that stand in for missing ones may have slightly wider digits.
    ((f64::from(pixels) - PADDING) / half_width(print) * 0.97).floor().max(2.0) as usize
}

/// Pixels of a half-width character.
fn half_width(print: f64) -> f64 {
    print * 96.0 / 72.0 / 2.0
}

fn pixels(half_widths: usize, print: f64) -> u32 {
    (half_widths as f64 * half_width(print) + PADDING + SLACK).ceil() as u32
}

/// The column's least width, or more when a word, date or number of it would not fit, or when a text is so
/// long that it would not fit into the highest row in the smallest print.
fn sensible_width(column: &Column, extent: Extent, print: f64) -> u32 {
    let stated = usize::from(column.width);
    let needed = match column.kind {
        ColumnKind::Date | ColumnKind::Number | ColumnKind::Rate => extent.widest.min(stated + 6),
        // Links are not broken by every program, so a code stays on one line, also in bold print.
        ColumnKind::Code => (extent.widest + extent.widest / 8).min(LONGEST_CODE),
        ColumnKind::Prose | ColumnKind::Word => {
            // Lines of the smallest print that fit into the highest row, one in ten lost to breaks.
            let most_lines = (HIGHEST_ROW - 4.0) / (SMALLEST_PRINT * LINE_PITCH) * 0.9;
            let longest = (extent.longest as f64 / most_lines * SMALLEST_PRINT / print).ceil() as usize + 2;
            let short = if column.kind == ColumnKind::Word && extent.widest <= SHORT_WORDS { extent.widest } else { 0 };
            longest.max(extent.word.min(LONGEST_WORD)).max(short)
        }
    };
    pixels(stated.max(needed.min(WIDEST_COLUMN)), print)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::new("序号", ColumnKind::Number, 4),
            Column::new("描述", ColumnKind::Prose, 20).growing(2),
            Column::new("备注", ColumnKind::Prose, 8).growing(1),
        ]
    }

    fn extents(texts: [&str; 3]) -> Vec<Extent> {
        texts
            .map(|text| {
                let mut extent = Extent::default();
                extent.add(text);
                extent
            })
            .to_vec()
    }

    #[test]
    fn columns_fill_the_page_and_reach_over_it_for_long_sentences() {
        let long = "疏散通道堆放杂物，影响应急疏散。".repeat(12);
        for (texts, page) in [(["1", "短", "短"], 967), (["1", &long, ""], 967), (["1", &long, &long], 1141)] {
            let layout = Layout::new(&Official::default(), &columns(), &extents(texts));
            let width: u32 = layout.columns.iter().sum();
            assert!((page - 10..=page).contains(&width), "{texts:?}: {:?} = {width}", layout.columns);
        }
    }

    #[test]
    fn long_texts_get_smaller_print_and_then_wider_columns() {
        let sentence = "二层西侧疏散通道堆放杂物，影响应急疏散。";
        for (repeats, smallest, fits) in [(1, 10.0, true), (50, 6.0, true), (100, 6.0, true), (150, 6.0, true), (1600, 6.0, false)] {
            let text = sentence.repeat(repeats);
            let layout = Layout::new(&Official::default(), &columns(), &extents(["1", &text, ""]));
            let (print, height) = layout.fit(&text, layout.columns[1]);
            assert!(print >= smallest, "{repeats}: {print}");
            assert_eq!(height <= HIGHEST_ROW, fits, "{repeats}: {height} in {:?}", layout.columns);
        }
    }
}
