//! Pages: the section with margins and grid, and the page numbers at the foot.
//!
//! `— 1 —` in 四号 宋体; right on odd pages and left on even ones, one character from the edge.

use crate::render::docx::measures;
use crate::render::docx::measures::Page;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::styles;
use crate::render::docx::xml;

/// Identifiers of the relationships that lead to the page numbers.
pub const ODD_FOOTER: &str = "rIdOdd";
pub const EVEN_FOOTER: &str = "rIdEven";

/// Identifiers of those that lead to header and footer of a letter's first page.
pub const FIRST_HEADER: &str = "rIdFirstHeader";
pub const FIRST_FOOTER: &str = "rIdFirstFooter";

/// What a section's pages are like; `is_letter` where its first page is a letter's.
pub fn section(page: Page, is_letter: bool) -> String {
    let (first, title, header) = if is_letter {
        let first = format!(
            r#"<w:headerReference w:type="first" r:id="{FIRST_HEADER}"/><w:footerReference w:type="first" r:id="{FIRST_FOOTER}"/>"#
        );
        (first, "<w:titlePg/>", measures::LETTERHEAD)
    } else {
        (String::new(), "", 851)
    };
    let orientation = if page.landscape { r#" w:orient="landscape""# } else { "" };
    let line_pitch = measures::PORTRAIT.text_height() / measures::LINES;
    format!(
        concat!(
            "<w:sectPr>{first}<w:footerReference w:type=\"default\" r:id=\"{odd}\"/><w:footerReference w:type=\"even\" r:id=\"{even}\"/>",
            "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orientation}/>",
            "<w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\"/>",
            "<w:cols w:space=\"720\"/>{title}<w:docGrid w:type=\"linesAndChars\" w:linePitch=\"{line_pitch}\" w:charSpace=\"{char_space}\"/></w:sectPr>",
        ),
        first = first,
        title = title,
        header = header,
        odd = ODD_FOOTER,
        even = EVEN_FOOTER,
        width = page.width,
        height = page.height,
        orientation = orientation,
        top = page.top,
        right = page.right,
        bottom = page.bottom,
        left = page.left,
        footer = page.footer,
        line_pitch = line_pitch,
        char_space = char_space(),
    )
}

/// How much wider than its print a character is on the grid, in 4096ths of a point.
fn char_space() -> i32 {
    let wider = f64::from(measures::PORTRAIT.text_width()) / f64::from(measures::CHARACTERS) - f64::from(measures::CHARACTER);
    (wider / 20.0 * 4096.0).ceil() as i32
}

/// The part with the page number of odd or even pages.
pub fn footer(odd: bool) -> String {
    let (side, edge) = if odd { ("right", "right") } else { ("left", "left") };
    let edge = format!(r#"<w:ind w:{edge}Chars="100" w:{edge}="{}"/><w:jc w:val="{side}"/>"#, measures::character(measures::FOURTH));
    let run = |content: &str| format!("<w:r>{content}</w:r>");
    let field = [
        r#"<w:fldChar w:fldCharType="begin"/>"#,
        r#"<w:instrText xml:space="preserve"> PAGE </w:instrText>"#,
        r#"<w:fldChar w:fldCharType="separate"/>"#,
        "<w:t>1</w:t>",
        r#"<w:fldChar w:fldCharType="end"/>"#,
    ];
    let number = Paragraph::new(styles::FOOTER).with(edge).text("— ").raw(&field.map(run).concat()).text(" —");
    format!(r#"{}<w:ftr xmlns:w="{}" xmlns:r="{}">{}</w:ftr>"#, xml::DECLARATION, xml::MAIN, xml::RELATIONS, number.xml())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_eight_characters_fill_a_line() {
        let pitch = f64::from(measures::CHARACTER) + f64::from(char_space()) / 4096.0 * 20.0;
        let width = pitch * 28.0;
        assert!((width - f64::from(measures::PORTRAIT.text_width())).abs() < 1.0, "{width}");
    }

    #[test]
    fn numbers_stand_outside() {
        assert!(footer(true).contains(r#"<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>"#));
        assert!(footer(false).contains(r#"<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>"#));
    }
}
