//! Forms that are filled in by hand: a page of its own, a title, a ruled table of labels and blanks.

use crate::documents::Form;
use crate::render::docx::measures::CHARACTER;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::millimetres;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::paragraphs::Story;
use crate::render::docx::styles;

/// Width of the labels: seven characters.
const LABELS: u32 = 7 * CHARACTER;
/// Lowest row, with room for handwriting.
const ROW: u32 = millimetres(15);

/// Adds a form on a new page.
pub fn push(story: &mut Story, form: &Form) {
    story.turn(PORTRAIT);
    story.push(Paragraph::new(styles::TITLE).with("<w:pageBreakBefore/>").text(&form.title));
    let (whole, values) = (PORTRAIT.text_width(), PORTRAIT.text_width() - LABELS);
    let mut xml = format!(r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>"#);
    for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        xml.push_str(&format!(r#"<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#));
    }
    xml.push_str(&format!(
        r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{LABELS}"/><w:gridCol w:w="{values}"/></w:tblGrid>"#
    ));
    for (label, value) in &form.rows {
        xml.push_str(&format!(r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{ROW}" w:hRule="atLeast"/></w:trPr>"#));
        for (width, style, properties, text) in
            [(LABELS, styles::TABLE_HEAD, "", label), (values, styles::TABLE_CELL, r#"<w:jc w:val="left"/>"#, value)]
        {
            let paragraph = Paragraph::new(style).with(properties).text(text).xml();
            xml.push_str(&format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>"#
            ));
        }
        xml.push_str("</w:tr>");
    }
    story.push_table(&(xml + "</w:tbl>"));
    // What follows a table keeps it from growing together with the next one.
    let notes = if form.notes.is_empty() { &[String::new()][..] } else { &form.notes };
    notes.iter().for_each(|note| story.push(Paragraph::new(styles::TABLE_NOTE).text(note)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_on_a_page_of_its_own_with_a_row_for_each_label() {
        let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let form = Form { title: "送达回证".to_owned(), rows: vec![row("文号", "甲"), row("签收", "")], notes: Vec::new() };
        let mut story = Story::new();
        push(&mut story, &form);
        let xml = story.finish();
        for (mark, count) in [("<w:pageBreakBefore/>", 1), ("<w:tr>", 2), ("<w:tc>", 4), ("送达回证", 1), ("文号", 1)] {
            assert_eq!(xml.matches(mark).count(), count, "{mark} in {xml}");
        }
        assert!(xml.find("</w:tbl>") < xml.rfind("<w:p>"), "{xml}");
    }
}
