//! What stands below the text: attachments, signature and date, notes, and 版记 at the foot of the last page.
//!
//! The seal 印章 is put on paper: the date stands four characters from the right edge and the signature is
//! centred above it, as a seal wants it, with room of two lines above.

use chrono::NaiveDate;

use crate::documents::Manuscript;
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
    let half = |text: &str| width::widest_line(text) as u32 * CHARACTER / 4;
    let axis = (half(&date) + 4 * CHARACTER).max(half(&manuscript.signature)).min(PORTRAIT.text_width() / 2);
    let left = PORTRAIT.text_width() - 2 * axis;
    let mut lines: Vec<&str> = manuscript.signature.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.push(&date);
    for (index, line) in lines.into_iter().enumerate() {
        let before = if index == 0 { 3 * LINE } else { 0 };
        let properties = format!(r#"<w:spacing w:before="{before}"/><w:ind w:left="{left}"/>"#);
        story.push(Paragraph::new(styles::SIGNATURE).with(properties).text(line));
    }
}

/// 版记: a frame at the foot of the last page, ruled above, between and below.
fn imprint(story: &mut Story, manuscript: &Manuscript<'_>) {
    let right = PORTRAIT.text_width() - SMALL;
    let mut lines = Vec::new();
    if !manuscript.copies.is_empty() {
        let indent = format!(r#"<w:ind w:left="{}" w:right="{SMALL}" w:hanging="{}"/>"#, 4 * SMALL, 3 * SMALL);
        lines.push((String::new(), indent, format!("抄送：{}。", manuscript.copies.join("，"))));
    }
    if let Some(imprint) = &manuscript.imprint {
        let tabs = format!(r#"<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>"#);
        let indent = format!(r#"<w:ind w:left="{SMALL}"/>"#);
        lines.push((tabs, indent, format!("{}\t{}印发", imprint.office, day(imprint.printed_on))));
    }
    let count = lines.len();
    for (index, (tabs, indent, text)) in lines.into_iter().enumerate() {
        // The outer rules are 0.35 mm, one point; the inner one is thinner.
        let rule = |edge: &str, size: u32| format!(r#"<w:{edge} w:val="single" w:sz="{size}" w:space="1" w:color="000000"/>"#);
        let above = rule("top", if index == 0 { 8 } else { 6 });
        let below = if index + 1 == count { rule("bottom", 8) } else { String::new() };
        let frame = format!(
            r#"<w:framePr w:w="{}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>"#,
            PORTRAIT.text_width()
        );
        let properties = format!("<w:keepNext/>{frame}<w:pBdr>{above}{below}</w:pBdr>{tabs}{indent}");
        story.push(Paragraph::new(styles::IMPRINT).with(properties).text(&text));
    }
}
