//! Tables of the text: caption, ruled table whose head repeats on every page, notes.
//!
//! Whoever adds a table has turned the story to the page that it fits.

use crate::documents::Cell;
use crate::documents::Column;
use crate::documents::ColumnKind;
use crate::documents::Mark;
use crate::documents::Row;
use crate::documents::RowKind;
use crate::documents::Table;
use crate::render::docx::measures::Print;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::paragraphs::Story;
use crate::render::docx::styles;
use crate::render::docx::widths;
use crate::render::docx::widths::Fit;
use crate::render::outcome::RenderError;
use crate::render::xlsx::width;

/// Word refuses tables with more columns.
const MOST_COLUMNS: usize = 63;
/// Rows of so many lines may be broken at the end of a page: they could fit on no page whole.
const MOST_LINES: usize = 18;
/// Height of a line in percent of the print, and of the lowest row.
const LINE_PITCH: u32 = 140;
const ROW_PITCH: u32 = 200;
/// Grey behind heads, groups and totals; darker behind what is overdue.
const GREY: &str = "F2F2F2";
const DARKER: &str = "D9D9D9";

/// Adds a table to the story.
///
/// # Errors
/// More columns than a table can have.
pub fn push(story: &mut Story, table: &Table<'_>) -> Result<(), RenderError> {
    if table.columns.len() > MOST_COLUMNS {
        return Err(RenderError::TooManyColumns { table: table.caption.clone(), columns: table.columns.len(), most: MOST_COLUMNS });
    }
    let fit = Fit::new(table);
    if !table.caption.is_empty() {
        story.push(Paragraph::new(styles::CAPTION).text(&table.caption));
    }
    if !(table.left.is_empty() && table.right.is_empty()) {
        let tabs = format!(r#"<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>"#, fit.page.text_width());
        let sides = Paragraph::new(styles::TABLE_SIDES).with(tabs).text(&table.left);
        story.push(if table.right.is_empty() { sides } else { sides.text("\t").text(&table.right) });
    }
    if !table.columns.is_empty() {
        story.push_table(&element(table, &fit));
    }
    for note in table.notes.iter().filter(|note| !note.is_empty()) {
        story.push(Paragraph::new(styles::TABLE_NOTE).text(note));
    }
    // Keeps neighbouring tables apart, and the text at a distance.
    story.push(Paragraph::new(styles::TABLE_NOTE));
    Ok(())
}

fn element(table: &Table<'_>, fit: &Fit) -> String {
    let mut xml = String::from("<w:tbl><w:tblPr>");
    xml.push_str(&format!(r#"<w:tblW w:w="{}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>"#, fit.page.text_width()));
    for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.push_str(&format!(r#"<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#));
    }
    let padding = widths::PADDING / 2;
    xml.push_str(&format!(
        r#"</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#
    ));
    for width in &fit.columns {
        xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.push_str("</w:tblGrid>");
    head(&mut xml, &table.columns, fit);
    let written: Result<(), std::convert::Infallible> = table.body.each(|_, row| {
        body_row(&mut xml, &table.columns, fit, row);
        Ok(())
    });
    debug_assert!(written.is_ok(), "writing to memory cannot fail");
    xml.push_str("</w:tbl>");
    xml
}

/// One cell, before it is XML.
struct TableCell<'t> {
    width: u32,
    /// Columns that it spans.
    span: usize,
    /// `w:vMerge`, if it is a part of a cell over several rows.
    merge: &'static str,
    shade: Option<&'static str>,
    style: &'static str,
    /// `None` is what the style says.
    align: Option<&'static str>,
    bold: bool,
    text: &'t str,
}

/// One or two rows of titles that repeat on every page.
fn head(xml: &mut String, columns: &[Column], fit: &Fit) {
    let two_rows = columns.iter().any(|column| column.group.is_some());
    let title = |index: usize, merge: &'static str, text| TableCell {
        width: fit.columns[index],
        span: 1,
        merge,
        shade: Some(GREY),
        style: styles::TABLE_HEAD,
        align: None,
        bold: false,
        text,
    };
    if two_rows {
        open_row(xml, fit.print, true, true);
        let mut index = 0;
        while index < columns.len() {
            let group = columns[index].group.as_deref();
            let Some(text) = group else {
                push_cell(xml, fit.print, &title(index, r#"<w:vMerge w:val="restart"/>"#, &columns[index].title));
                index += 1;
                continue;
            };
            let span = columns[index..].iter().take_while(|column| column.group.as_deref() == group).count();
            let width = fit.columns[index..index + span].iter().sum();
            push_cell(xml, fit.print, &TableCell { width, span, ..title(index, "", text) });
            index += span;
        }
        xml.push_str("</w:tr>");
    }
    open_row(xml, fit.print, true, true);
    for (index, column) in columns.iter().enumerate() {
        let below = two_rows && column.group.is_none();
        let (merge, text) = if below { ("<w:vMerge/>", "") } else { ("", column.title.as_ref()) };
        push_cell(xml, fit.print, &title(index, merge, text));
    }
    xml.push_str("</w:tr>");
}

fn body_row(xml: &mut String, columns: &[Column], fit: &Fit, row: &Row<'_>) {
    let shade = match (row.mark, row.kind) {
        (Mark::Overdue | Mark::Removed | Mark::Backwards, _) => Some(DARKER),
        (Mark::DueSoon | Mark::Added | Mark::Changed, _) | (_, RowKind::Group | RowKind::Total) => Some(GREY),
        (Mark::None, RowKind::Entry) => None,
    };
    let style = if row.kind == RowKind::Entry { styles::TABLE_CELL } else { styles::TABLE_HEAD };
    let plain = TableCell { width: 0, span: 1, merge: "", shade, style, align: None, bold: row.mark == Mark::Overdue, text: "" };
    if row.kind == RowKind::Group {
        open_row(xml, fit.print, false, true);
        let text = row.cells.first().map(Cell::shown).unwrap_or_default();
        push_cell(
            xml,
            fit.print,
            &TableCell { width: fit.page.text_width(), span: columns.len(), align: Some("left"), text: &text, ..plain },
        );
        xml.push_str("</w:tr>");
        return;
    }
    let texts: Vec<_> = (0..columns.len()).map(|index| row.cells.get(index).map(Cell::shown).unwrap_or_default()).collect();
    let whole = texts.iter().enumerate().all(|(index, text)| width::lines(text, fit.capacity(index)) <= MOST_LINES);
    open_row(xml, fit.print, false, whole);
    for (index, text) in texts.iter().enumerate() {
        let sentence = columns[index].kind == ColumnKind::Prose && matches!(row.cells.get(index), Some(Cell::Text(_) | Cell::Link { .. }));
        let align = sentence.then_some("left");
        push_cell(xml, fit.print, &TableCell { width: fit.columns[index], align, text, ..plain });
    }
    xml.push_str("</w:tr>");
}

fn open_row(xml: &mut String, print: Print, repeated: bool, whole: bool) {
    let height = print * 10 * ROW_PITCH / 100;
    xml.push_str("<w:tr><w:trPr>");
    if whole {
        xml.push_str("<w:cantSplit/>");
    }
    xml.push_str(&format!(r#"<w:trHeight w:val="{height}" w:hRule="atLeast"/>"#));
    if repeated {
        xml.push_str("<w:tblHeader/>");
    }
    xml.push_str("</w:trPr>");
}

fn push_cell(xml: &mut String, print: Print, cell: &TableCell<'_>) {
    xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>"#, cell.width));
    if cell.span > 1 {
        xml.push_str(&format!(r#"<w:gridSpan w:val="{}"/>"#, cell.span));
    }
    xml.push_str(cell.merge);
    if let Some(shade) = cell.shade {
        xml.push_str(&format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>"#));
    }
    xml.push_str(r#"<w:vAlign w:val="center"/></w:tcPr>"#);
    let mut properties = format!(r#"<w:spacing w:line="{}" w:lineRule="exact"/>"#, print * 10 * LINE_PITCH / 100);
    if let Some(align) = cell.align {
        properties.push_str(&format!(r#"<w:jc w:val="{align}"/>"#));
    }
    let bold = if cell.bold { "<w:b/><w:bCs/>" } else { "" };
    let look = format!(r#"{bold}<w:sz w:val="{print}"/><w:szCs w:val="{print}"/>"#);
    xml.push_str(&Paragraph::new(cell.style).with(properties).looking(&look, cell.text).xml());
    xml.push_str("</w:tc>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Body;

    fn rendered(columns: Vec<Column>, rows: Vec<Row<'static>>) -> String {
        let table =
            Table { caption: String::new(), left: String::new(), right: String::new(), columns, body: Body::Rows(rows), notes: Vec::new() };
        element(&table, &Fit::new(&table))
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::new("单位", ColumnKind::Prose, 8),
            Column::new("一般", ColumnKind::Number, 4).under("隐患"),
            Column::new("重大", ColumnKind::Number, 4).under("隐患"),
            Column::new("整改率", ColumnKind::Rate, 6),
        ]
    }

    #[test]
    fn the_head_repeats_and_its_groups_share_a_cell() {
        let xml = rendered(columns(), Vec::new());
        for (mark, count) in [
            ("<w:tblHeader/>", 2),
            (r#"<w:gridSpan w:val="2"/>"#, 1),
            (r#"<w:vMerge w:val="restart"/>"#, 2),
            ("<w:vMerge/>", 2),
            ("隐患", 1),
        ] {
            assert_eq!(xml.matches(mark).count(), count, "{mark} in {xml}");
        }
        let single = rendered(vec![Column::new("单位", ColumnKind::Word, 8)], Vec::new());
        assert_eq!((single.matches("<w:tblHeader/>").count(), single.matches("vMerge").count()), (1, 0));
    }

    #[test]
    fn rows_show_what_they_are() {
        let long = "字".repeat(2000);
        let entry = |text: &str| Row::entry(vec![Cell::owned(text.to_owned()), Cell::Integer(3), Cell::Empty, Cell::rate(None)]);
        for (row, present, absent) in [
            (entry("甲"), "—</w:t>", "<w:b/>"),
            (entry("甲"), r#"<w:jc w:val="left"/>"#, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"D9D9D9\"/>"),
            (Row { mark: Mark::Overdue, ..entry("甲") }, "<w:b/>", "缺"),
            (Row::group("一、乡镇"), r#"<w:gridSpan w:val="4"/>"#, "缺"),
            (
                Row::total(vec![Cell::text(Some("合计"))]),
                r#"<w:pStyle w:val="TableHead"/><w:spacing w:line="336" w:lineRule="exact"/></w:pPr></w:p>"#,
                "缺",
            ),
        ] {
            let xml = rendered(columns(), vec![row]);
            assert!(xml.contains(present), "{present} in {xml}");
            assert!(!xml.contains(absent), "{absent} in {xml}");
            assert_eq!(xml.matches("<w:cantSplit/>").count(), 3);
        }
        assert_eq!(rendered(columns(), vec![entry(&long)]).matches("<w:cantSplit/>").count(), 2);
    }
}
