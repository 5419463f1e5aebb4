//! The list of marks as a worksheet part.
//!
//! Texts stand in the cells themselves, so that the shared strings of the workbook stay as they are. Two
//! hidden columns keep, for each line, the marked cell and a blank cell with the fill it had: from them a
//! later round takes the colour off what was corrected, even after an office program renumbered the formats.

use crate::diagnostic::Severity;
use crate::render::annotate::list::HEADING_ROW;
use crate::render::annotate::list::HEADINGS;
use crate::render::annotate::list::LIST_TITLE;
use crate::render::annotate::list::List;
use crate::render::annotate::list::WIDTHS;
use crate::render::annotate::list::line_height;
use crate::render::annotate::styles::ListFormats;
use crate::render::annotate::workbook_part::Dialect;
use crate::render::annotate::xml::escape;
use crate::render::annotate::xml::escape_cell;
use crate::source::cell_name;

/// The hidden column with the marked cell's name.
pub const CELL_COLUMN: u32 = 10;
/// The hidden column with a blank cell that has the fill of before.
pub const FORMAT_COLUMN: u32 = 11;
/// The column with the sheet's name.
pub const SHEET_COLUMN: u32 = 3;

/// The part; `windows` is the number of windows that the workbook is shown in.
pub fn write(list: &List<'_>, formats: &ListFormats, dialect: Dialect, windows: usize) -> Vec<u8> {
    let mut part = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>",
        dialect.main
    );
    for window in 0..windows {
        part.push_str(&format!(
            "<sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"{window}\"><pane ySplit=\"{HEADING_ROW}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>",
            HEADING_ROW + 1
        ));
    }
    part.push_str("</sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
    for (column, width) in (1..).zip(WIDTHS) {
        part.push_str(&format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"));
    }
    part.push_str(&format!(
        "<col min=\"{CELL_COLUMN}\" max=\"{FORMAT_COLUMN}\" width=\"9\" hidden=\"1\" customWidth=\"1\"/></cols><sheetData>"
    ));
    let [counts, legend] = &list.summary;
    for (row, height, format, text) in
        [(1, 24, formats.title, LIST_TITLE), (2, 18, formats.summary, counts), (3, 34, formats.summary, legend)]
    {
        part.push_str(&row_start(row, height));
        part.push_str(&text_cell(row, 1, format, text));
        part.push_str("</row>");
    }
    part.push_str(&row_start(HEADING_ROW, 20));
    for (column, heading) in (1..).zip(HEADINGS) {
        part.push_str(&text_cell(HEADING_ROW, column, formats.heading, heading));
    }
    part.push_str("</row>");
    let mut links = String::new();
    for (index, line) in (1_u32..).zip(&list.lines) {
        let row = HEADING_ROW + index;
        let texts = line.texts(index as usize);
        let link = line.link();
        part.push_str(&row_start(row, line_height(&texts)));
        for (column, text) in (1..).zip(&texts) {
            let format = match column {
                1 => formats.centred,
                2 => severity_format(formats, line.mark.severity),
                4 if link.is_some() => formats.link,
                4 => formats.centred,
                _ => formats.text,
            };
            part.push_str(&if column == 1 { number_cell(row, column, format, text) } else { text_cell(row, column, format, text) });
        }
        if let (Some(cell), Some(format)) = (line.drawn, line.filled_as) {
            part.push_str(&text_cell(row, CELL_COLUMN, 0, &cell_name(cell.0, cell.1)));
            part.push_str(&format!("<c r=\"{}\" s=\"{format}\"/>", cell_name(row, FORMAT_COLUMN)));
        }
        part.push_str("</row>");
        if let Some(link) = link {
            links.push_str(&format!("<hyperlink ref=\"D{row}\" location=\"{}\" display=\"{}\"/>", escape(&link), escape(&texts[3])));
        }
    }
    if let Some(rest) = &list.rest {
        let row = HEADING_ROW + 1 + list.lines.len() as u32;
        part.push_str(&format!("{}{}</row>", row_start(row, 18), text_cell(row, 1, formats.summary, rest)));
    }
    part.push_str(
        "</sheetData><mergeCells count=\"3\"><mergeCell ref=\"A1:H1\"/><mergeCell ref=\"A2:H2\"/><mergeCell ref=\"A3:H3\"/></mergeCells>",
    );
    if !links.is_empty() {
        part.push_str(&format!("<hyperlinks>{links}</hyperlinks>"));
    }
    part.push_str(
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>",
    );
    part.into_bytes()
}

fn severity_format(formats: &ListFormats, severity: Severity) -> u32 {
    let [error, warning, note] = formats.severities;
    match severity {
        Severity::Error => error,
        Severity::Warning => warning,
        Severity::Note => note,
    }
}

fn row_start(row: u32, height: u32) -> String {
    format!("<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">")
}

fn text_cell(row: u32, column: u32, format: u32, text: &str) -> String {
    let name = cell_name(row, column);
    if text.is_empty() {
        return format!("<c r=\"{name}\" s=\"{format}\"/>");
    }
    format!("<c r=\"{name}\" s=\"{format}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escape_cell(text))
}

fn number_cell(row: u32, column: u32, format: u32, text: &str) -> String {
    format!("<c r=\"{}\" s=\"{format}\"><v>{text}</v></c>", cell_name(row, column))
}
