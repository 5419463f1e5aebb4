//! Fonts, borders and fills of printed and plain sheets. Each look is made once and used for all its cells.
//!
//! Office fonts are named, never embedded: 方正小标宋简体 for titles, 黑体 for headers, 宋体 for the body.
//! Programs without them fall back by themselves.

use std::collections::HashMap;

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::FormatUnderline;

use crate::documents::ColumnKind;
use crate::documents::Mark;
use crate::documents::RowKind;

pub const TITLE_FONT: &str = "方正小标宋简体";
pub const HEADER_FONT: &str = "黑体";
pub const BODY_FONT: &str = "宋体";
const DATE_FORMAT: &str = "yyyy-mm-dd";

/// Everything on which the look of a table cell depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellStyle {
    pub column: ColumnKind,
    pub content: Content,
    pub row: RowKind,
    pub mark: Mark,
    /// Font size in quarters of a point.
    pub print: u16,
}

/// What stands in the cell, as far as its look depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    Text,
    Link,
    Whole,
    Decimal,
    Rate,
    Date,
}

/// The formats of a printed sheet's table, made when first needed.
#[derive(Debug, Default)]
pub struct TableStyles {
    made: HashMap<CellStyle, Format>,
}

impl TableStyles {
    /// The format for cells of this style.
    pub fn get(&mut self, style: CellStyle) -> &Format {
        self.made.entry(style).or_insert_with(|| table_cell(style))
    }
}

/// A size of print as [`CellStyle`] has it.
pub fn quarters(print: f64) -> u16 {
    (print * 4.0) as u16
}

fn table_cell(style: CellStyle) -> Format {
    let horizontal = match (style.row, style.column, style.content) {
        (RowKind::Group, ..) => FormatAlign::Left,
        (_, ColumnKind::Prose, Content::Text | Content::Link) => FormatAlign::Left,
        _ => FormatAlign::Center,
    };
    let font = if style.row == RowKind::Entry { BODY_FONT } else { HEADER_FONT };
    let mut format = Format::new()
        .set_font_name(font)
        .set_font_size(f64::from(style.print) / 4.0)
        .set_align(horizontal)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_text_wrap();
    if matches!(style.mark, Mark::Overdue | Mark::Removed | Mark::Backwards) {
        format = format.set_bold();
    }
    format = match style.mark {
        Mark::None if style.row != RowKind::Entry => format.set_background_color(Color::RGB(0xF2F2F2)),
        Mark::None => format,
        Mark::Overdue => format.set_background_color(Color::RGB(0xFBE0D5)),
        Mark::DueSoon => format.set_background_color(Color::RGB(0xFFF6DA)),
        Mark::Added => format.set_background_color(Color::RGB(0xE2F0D9)),
        Mark::Removed => format.set_background_color(Color::RGB(0xF8CBCB)),
        Mark::Changed => format.set_background_color(Color::RGB(0xDDEBF7)),
        Mark::Backwards => format.set_background_color(Color::RGB(0xFCD5B4)),
    };
    match style.content {
        Content::Text if style.column == ColumnKind::Code => format.set_num_format("@"),
        Content::Text | Content::Decimal => format,
        Content::Link => format.set_num_format("@").set_underline(FormatUnderline::Single).set_font_color(Color::RGB(0x1F3864)),
        Content::Whole => format.set_num_format("0"),
        Content::Rate => format.set_num_format("0.0%"),
        Content::Date => format.set_num_format(DATE_FORMAT),
    }
}

/// The header of a printed table.
pub fn header(print: f64) -> Format {
    Format::new()
        .set_font_name(HEADER_FONT)
        .set_font_size(print)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xF2F2F2))
        .set_text_wrap()
}

/// The 附件 mark: 3号 黑体.
pub fn attachment() -> Format {
    Format::new().set_font_name(HEADER_FONT).set_font_size(16.0).set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter)
}

/// The title.
pub fn title(print: f64) -> Format {
    Format::new()
        .set_font_name(TITLE_FONT)
        .set_font_size(print)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// Lines above and below the table that have no border.
pub fn line(print: f64, horizontal: FormatAlign) -> Format {
    Format::new().set_font_name(BODY_FONT).set_font_size(print).set_align(horizontal).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// What cells without a format of their own look like, as in a new workbook of a Chinese Excel. Column
/// widths are counted in digits of this font, so it must be one that the reader's machine has.
pub fn normal() -> Format {
    Format::new().set_font_name(BODY_FONT).set_font_size(11)
}

/// The header of a plain sheet.
pub fn plain_header() -> Format {
    normal()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xDDEBF7))
        .set_text_wrap()
}

/// A whole column of a plain sheet.
pub fn plain_column(kind: ColumnKind) -> Format {
    let format = normal().set_align(FormatAlign::Top);
    match kind {
        ColumnKind::Prose => format.set_text_wrap(),
        ColumnKind::Word | ColumnKind::Number => format,
        ColumnKind::Code => format.set_num_format("@"),
        ColumnKind::Rate => format.set_num_format("0.0%"),
        ColumnKind::Date => format.set_num_format(DATE_FORMAT),
    }
}

/// A total of a plain sheet.
pub fn plain_total() -> Format {
    normal().set_bold().set_align(FormatAlign::Top).set_border_top(FormatBorder::Thin)
}
