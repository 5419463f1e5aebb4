//! The list of marks as the first sheet of a rebuilt workbook.
//!
//! The same words and columns as in a patched one; knows nothing of the other sheets but their names.

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Url;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use crate::render::annotate::list::HEADING_ROW;
use crate::render::annotate::list::HEADINGS;
use crate::render::annotate::list::LIST_TITLE;
use crate::render::annotate::list::List;
use crate::render::annotate::list::WIDTHS;
use crate::render::annotate::list::line_height;
use crate::render::annotate::mark::fill_colour;

/// Writes the list to a new sheet and makes it the one that is shown first.
///
/// # Errors
/// Something that a worksheet cannot hold.
pub fn write_list(sheet: &mut Worksheet, list: &List<'_>) -> Result<(), XlsxError> {
    let plain = Format::new().set_font_name("宋体").set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let text = plain.clone().set_border(FormatBorder::Thin);
    let centred = text.clone().set_align(FormatAlign::Center);
    let heading = centred.clone().set_bold().set_background_color("#D9D9D9");
    let title = plain.clone().set_bold().set_font_size(14);
    let link = centred.clone().set_font_color(Color::RGB(0x05_63C1)).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let [counts, legend] = &list.summary;
    for (row, height, words, format) in [(0, 24, LIST_TITLE, &title), (1, 18, counts, &plain), (2, 34, legend, &plain)] {
        sheet.merge_range(row, 0, row, HEADINGS.len() as u16 - 1, words, format)?;
        sheet.set_row_height(row, height)?;
    }
    for (column, words) in (0..).zip(HEADINGS) {
        sheet.write_string_with_format(HEADING_ROW - 1, column, words, &heading)?;
    }
    for (row, line) in (HEADING_ROW..).zip(&list.lines) {
        let number = (row - HEADING_ROW + 1) as usize;
        let texts = line.texts(number);
        sheet.set_row_height(row, line_height(&texts))?;
        let severity = centred.clone().set_background_color(format!("#{}", fill_colour(line.mark.severity)).as_str());
        for (column, words) in (0..).zip(&texts) {
            match column {
                0 => sheet.write_number_with_format(row, column, number as f64, &centred)?,
                1 => sheet.write_string_with_format(row, column, words, &severity)?,
                3 => match line.link() {
                    Some(target) => {
                        sheet.write_url_with_options(row, column, Url::new(format!("internal:{target}")), words, "", Some(&link))?
                    }
                    None => sheet.write_string_with_format(row, column, words, &centred)?,
                },
                _ => sheet.write_string_with_format(row, column, words, &text)?,
            };
        }
    }
    if let Some(rest) = &list.rest {
        sheet.write_string(HEADING_ROW + list.lines.len() as u32, 0, rest)?;
    }
    sheet.set_freeze_panes(HEADING_ROW, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页，共 &N 页");
    sheet.set_tab_color("#C00000").set_screen_gridlines(false).set_active(true);
    Ok(())
}
