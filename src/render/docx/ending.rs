//! What stands below the text: attachments, signature and date, notes, and 版记 at the foot of the last page.
//!
//! The seal 印章 is put on paper: the date stands four characters from the right edge and the signature is
//! centred above it, as a seal wants it, with room of two lines above.

use chrono::NaiveDate;

use crate::documents::Manuscript;
use crate::documents::ManuscriptKind;
use crate::render::docx::measures;
use crate::render::docx::measures::CHARACTER;
use crate::render::docx::measures::LINE;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::paragraphs::Story;
use crate::render::docx::styles;
use crate::render::xlsx::width;

/// Dates that nobody has set yet.
const BLANK_DATE: &str = "　　　　年　　月　　日";
/// A character of 版记.
const SMALL: u32 = measures::character(measures::FOURTH);

/// Adds everything after the text.
pub fn push(story: &mut Story, manuscript: &Manuscript<'_>) {
    story.turn(PORTRAIT);
    attachments(story, &manuscript.attachments);
    signature(story, manuscript);
    for note in manuscript.notes.iter().filter(|note| !note.trim().is_empty()) {
        let note = note.trim();
        let bracketed = note.starts_with('（') && note.ends_with('）');
        let text = if bracketed { note.to_owned() } else { format!("（{note}）") };
        story.push(Paragraph::new(styles::TEXT).text(&text));
    }
    imprint(story, manuscript);
}

/// Chinese day: 2024年1月5日.
fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| BLANK_DATE.to_owned(), |date| date.format("%Y年%-m月%-d日").to_string())
}

/// 附件：1. … with wrapped lines under the first character of the name; a single one has no number.
fn attachments(story: &mut Story, names: &[String]) {
    let label = 5 * CHARACTER;
    let numeral = match names.len() {
        0 | 1 => 0,
        2..=9 => CHARACTER * 3 / 2,
        _ => CHARACTER * 2,
    };
    let name_edge = label + numeral;
    for (index, name) in names.iter().enumerate() {
        let (before, hanging) = if index == 0 { (LINE, 3 * CHARACTER + numeral) } else { (0, numeral) };
        let properties = format!(
            r#"<w:tabs><w:tab w:val="left" w:pos="{name_edge}"/></w:tabs><w:spacing w:before="{before}"/><w:ind w:left="{name_edge}" w:hanging="{hanging}"/>"#
        );
        let mut paragraph = Paragraph::new(styles::ATTACHMENTS).with(properties);
        if index == 0 {
            paragraph = paragraph.text("附件：");
        }
        if numeral > 0 {
            paragraph = paragraph.text(&format!("{}.\t", index + 1));
        }
        story.push(paragraph.text(name));
    }
}

/// Signature lines and date, all centred on one axis.
fn signature(story: &mut Story, manuscript: &Manuscript<'_>) {
    let date = day(manuscript.signed_on);
    let half = |text: &str| width::widest_line(text) as u32 * CHARACTER / 2 / 2;
    let axis = (half(&date) + 4 * CHARACTER).max(half(&manuscript.signature) + CHARACTER / 2).min(PORTRAIT.text_width() / 2);
    let left = PORTRAIT.text_width() - 2 * axis;
    let mut lines: Vec<&str> = manuscript.signature.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.push(&date);
    for (index, line) in lines.into_iter().enumerate() {
        let before = if index == 0 { 3 * LINE } else { 0 };
        let properties = format!(r#"<w:spacing w:before="{before}"/><w:ind w:left="{left}"/>"#);
        story.push(Paragraph::new(styles::SIGNATURE).with(properties).text(line));
    }
}

/// 版记: a table that floats at the foot of the last page, ruled above, between and below.
fn imprint(story: &mut Story, manuscript: &Manuscript<'_>) {
    let mut lines = Vec::new();
    if !manuscript.copies.is_empty() {
        // Wrapped lines begin under the first character after the colon.
        let indent = format!(r#"<w:ind w:left="{}" w:right="{SMALL}" w:hanging="{}"/>"#, 4 * SMALL, 3 * SMALL);
        lines.push((indent, format!("抄送：{}。", manuscript.copies.join("，"))));
    }
    if let Some(imprint) = &manuscript.imprint {
        let right = PORTRAIT.text_width() - SMALL;
        let properties = format!(r#"<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs><w:ind w:left="{SMALL}"/>"#);
        lines.push((properties, format!("{}\t{}印发", imprint.office, day(imprint.printed_on))));
    }
    if lines.is_empty() {
        return;
    }
    let width = PORTRAIT.text_width();
    // The outer rules are 0.35 mm, one point; the inner one is thinner.
    // That of a letter has none.
    let kind = if manuscript.kind == ManuscriptKind::Letter { "nil" } else { "single" };
    let rule = |edge: &str, size: u32| format!(r#"<w:{edge} w:val="{kind}" w:sz="{size}" w:space="0" w:color="000000"/>"#);
    let mut xml = format!(
        concat!(
            r#"<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>"#,
            r#"<w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{top}{bottom}{inside}</w:tblBorders><w:tblLayout w:type="fixed"/>"#,
            r#"<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>"#,
        ),
        width = width,
        top = rule("top", 8),
        bottom = rule("bottom", 8),
        inside = rule("insideH", 6),
    );
    for (properties, text) in lines {
        let line = Paragraph::new(styles::IMPRINT).with(properties).text(&text).xml();
        xml.push_str(&format!(
            r#"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{line}</w:tc></w:tr>"#
        ));
    }
    story.push_table(&(xml + "</w:tbl>"));
    // What floats hangs on the paragraph after it, which takes no room.
    story.push(Paragraph::new(styles::IMPRINT).with(r#"<w:spacing w:line="20" w:lineRule="exact"/>"#));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lefts(xml: &str, mark: &str) -> Vec<u32> {
        xml.split(mark).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    }

    #[test]
    fn names_of_attachments_stand_below_each_other() {
        for (count, edge, numbers) in [(1, 5 * CHARACTER, 0), (2, 2080, 2), (10, 2240, 10)] {
            let mut story = Story::new();
            attachments(&mut story, &vec!["清单".to_owned(); count]);
            let xml = story.finish();
            assert!(lefts(&xml, r#"<w:ind w:left=""#).iter().all(|left| *left == edge), "{count}: {xml}");
            assert_eq!((xml.matches("附件：").count(), xml.matches(".</w:t><w:tab/>").count()), (1, numbers), "{count}: {xml}");
        }
    }

    #[test]
    fn days_are_written_as_officials_write_them() {
        assert_eq!(day(NaiveDate::from_ymd_opt(2024, 1, 5)), "2024年1月5日");
        assert_eq!(day(None), BLANK_DATE);
    }
}
