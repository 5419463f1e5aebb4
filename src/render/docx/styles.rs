//! The styles of an official text: `word/styles.xml`.
//!
//! Word and WPS show their own styles under Chinese names (正文, 标题 1) but store them under English ones
//! (`Normal`, `heading 1`); stored in Chinese they would be strangers with the names of friends. Styles that
//! they do not have are named in Chinese. Outline levels fill the navigation pane.

use crate::render::docx::fonts;
use crate::render::docx::measures;
use crate::render::docx::xml;

/// Identifiers of the styles, as paragraphs and runs name them.
pub const MASTHEAD: &str = "Masthead";
pub const NUMBER: &str = "DocumentNumber";
pub const LETTER_NUMBER: &str = "LetterNumber";
pub const TITLE: &str = "Title";
pub const ADDRESSEE: &str = "Addressee";
pub const TEXT: &str = "OfficialText";
pub const HEADINGS: [&str; 3] = ["Heading1", "Heading2", "Heading3"];
pub const HEADING_WORDS: [&str; 3] = ["Heading1Words", "Heading2Words", "Heading3Words"];
pub const SIGNER: &str = "SignerName";
pub const CAPTION: &str = "TableCaption";
pub const TABLE_SIDES: &str = "TableSides";
pub const TABLE_HEAD: &str = "TableHead";
pub const TABLE_CELL: &str = "TableCell";
pub const TABLE_NOTE: &str = "TableNote";
pub const ATTACHMENTS: &str = "Attachments";
pub const SIGNATURE: &str = "SignatureLine";
pub const IMPRINT: &str = "Imprint";
pub const FOOTER: &str = "Footer";

struct Style {
    /// `paragraph` or `character`.
    kind: &'static str,
    id: &'static str,
    name: &'static str,
    /// Inside of `w:pPr`, in the order of the schema.
    paragraph: String,
    /// Inside of `w:rPr`, in the order of the schema.
    run: String,
}

/// Font and size of Chinese print.
fn print(font: &str, size: measures::Print) -> String {
    format!(r#"<w:rFonts w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>"#)
}

/// Font of the text, a little closer than it is cut, so that a line holds its characters in every program.
///
/// The section's grid says the same, but programs differ in what they make of a grid that is narrower than
/// the print, and some then give each character two places; so no paragraph is laid on it.
fn text_print(font: &str) -> String {
    format!(r#"<w:rFonts w:eastAsia="{font}"/><w:spacing w:val="-{}"/>"#, measures::CLOSER)
}

fn paragraph(id: &'static str, name: &'static str, paragraph: impl Into<String>, run: impl Into<String>) -> Style {
    Style { kind: "paragraph", id, name, paragraph: paragraph.into(), run: run.into() }
}

fn words(id: &'static str, name: &'static str, font: &str) -> Style {
    Style { kind: "character", id, name, paragraph: String::new(), run: format!(r#"<w:rFonts w:eastAsia="{font}"/>"#) }
}

fn styles() -> Vec<Style> {
    let indent = format!(r#"<w:ind w:firstLineChars="200" w:firstLine="{}"/>"#, 2 * measures::CHARACTER);
    let (line, two_lines) = (measures::LINE, 2 * measures::LINE);
    let heading = |level: usize, font: &str, name: &'static str| {
        let outline = format!(r#"<w:keepNext/>{indent}<w:outlineLvl w:val="{level}"/>"#);
        paragraph(HEADINGS[level], name, outline, text_print(font))
    };
    let red_words = format!(
        r#"<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}"/><w:color w:val="FF0000"/><w:sz w:val="{1}"/><w:szCs w:val="{1}"/>"#,
        fonts::TITLE_SONG,
        measures::SECOND
    );
    // The rule stands 4 mm, 11 points, below the number.
    let ruled = format!(
        r#"<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="FF0000"/></w:pBdr><w:spacing w:before="{two_lines}"/><w:jc w:val="center"/>"#
    );
    let title = format!(
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="{two_lines}" w:after="{line}" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>"#
    );
    let page_number = format!(
        r#"<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}"/><w:sz w:val="{1}"/><w:szCs w:val="{1}"/>"#,
        fonts::SONG,
        measures::FOURTH
    );
    let single = r#"<w:spacing w:line="240" w:lineRule="auto"/>"#;
    let table_line = |properties: &str| format!(r#"<w:spacing w:line="360" w:lineRule="exact"/>{properties}"#);
    vec![
        heading(0, fonts::HEI, "heading 1"),
        heading(1, fonts::KAI, "heading 2"),
        heading(2, fonts::FANG_SONG, "heading 3"),
        paragraph(TITLE, "Title", title, print(fonts::TITLE_SONG, measures::SECOND)),
        paragraph(TEXT, "公文正文", indent.as_str(), text_print(fonts::FANG_SONG)),
        paragraph(MASTHEAD, "发文机关标志", r#"<w:jc w:val="center"/>"#, red_words),
        paragraph(NUMBER, "发文字号", ruled, ""),
        paragraph(LETTER_NUMBER, "信函发文字号", format!(r#"<w:spacing w:before="{}"/><w:jc w:val="right"/>"#, line / 2), ""),
        paragraph(ADDRESSEE, "主送机关", "<w:keepNext/>", text_print(fonts::FANG_SONG)),
        paragraph(ATTACHMENTS, "附件说明", "<w:keepLines/>", text_print(fonts::FANG_SONG)),
        paragraph(SIGNATURE, "署名和成文日期", r#"<w:keepNext/><w:keepLines/><w:jc w:val="center"/>"#, ""),
        paragraph(IMPRINT, "版记", "", print(fonts::FANG_SONG, measures::FOURTH)),
        paragraph(
            CAPTION,
            "表题",
            format!(r#"<w:keepNext/><w:keepLines/><w:spacing w:before="{}"/><w:jc w:val="center"/>"#, line / 2),
            print(fonts::HEI, measures::FOURTH),
        ),
        paragraph(TABLE_SIDES, "表头说明", format!("<w:keepNext/>{}", table_line("")), print(fonts::FANG_SONG, measures::SMALL_FOURTH)),
        paragraph(TABLE_HEAD, "表格栏目", table_line(r#"<w:jc w:val="center"/>"#), print(fonts::HEI, measures::SMALL_FOURTH)),
        paragraph(TABLE_CELL, "表格文字", table_line(r#"<w:jc w:val="center"/>"#), print(fonts::FANG_SONG, measures::SMALL_FOURTH)),
        paragraph(TABLE_NOTE, "表注", table_line(""), print(fonts::FANG_SONG, measures::FIFTH)),
        paragraph(FOOTER, "footer", single, page_number),
        words(HEADING_WORDS[0], "一级标题用字", fonts::HEI),
        words(HEADING_WORDS[1], "二级标题用字", fonts::KAI),
        words(HEADING_WORDS[2], "三级标题用字", fonts::FANG_SONG),
        words(SIGNER, "签发人姓名用字", fonts::KAI),
    ]
}

/// The part `word/styles.xml`.
pub fn part() -> String {
    let mut part = format!(
        concat!(
            "{declaration}<w:styles xmlns:w=\"{main}\"><w:docDefaults><w:rPrDefault><w:rPr>",
            "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{chinese}\" w:cs=\"{latin}\"/>",
            "<w:kern w:val=\"2\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>",
            "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>",
            "<w:pPr><w:widowControl w:val=\"0\"/><w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:snapToGrid w:val=\"0\"/>",
            "<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/></w:pPr></w:style>",
            "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>",
            "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>",
            "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>",
        ),
        declaration = xml::DECLARATION,
        main = xml::MAIN,
        latin = fonts::LATIN,
        chinese = fonts::FANG_SONG,
        size = measures::THIRD,
        line = measures::LINE,
    );
    for style in styles() {
        let (parent, wrapped) = match style.kind {
            "paragraph" => ("Normal", format!("<w:pPr>{}</w:pPr>", style.paragraph)),
            _ => ("DefaultParagraphFont", String::new()),
        };
        let next = if HEADINGS.contains(&style.id) { format!(r#"<w:next w:val="{TEXT}"/>"#) } else { String::new() };
        part.push_str(&format!(
            r#"<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{parent}"/>{next}<w:qFormat/>{wrapped}<w:rPr>{}</w:rPr></w:style>"#,
            style.kind, style.id, style.name, style.run
        ));
    }
    part.push_str("</w:styles>");
    part
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn styles_differ_and_headings_have_outline_levels() {
        let all = styles();
        let identifiers: BTreeSet<&str> = all.iter().map(|style| style.id).collect();
        let names: BTreeSet<&str> = all.iter().map(|style| style.name).collect();
        assert_eq!((identifiers.len(), names.len()), (all.len(), all.len()));
        for (level, id) in HEADINGS.iter().enumerate() {
            let style = all.iter().find(|style| style.id == *id).expect("a style of each level");
            assert_eq!(style.name, format!("heading {}", level + 1));
            assert!(style.paragraph.ends_with(&format!(r#"<w:outlineLvl w:val="{level}"/>"#)), "{id}");
        }
    }
}
