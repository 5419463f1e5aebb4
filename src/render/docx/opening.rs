//! What stands above the text: red masthead, number, red rule, title, addressee.

use crate::documents::Manuscript;
use crate::documents::ManuscriptKind;
use crate::render::docx::measures;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::Print;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::paragraphs::Story;
use crate::render::docx::styles;
use crate::render::xlsx::width;

/// Largest and smallest print of the red words.
const LARGEST_MASTHEAD: Print = 124;
const SMALLEST_MASTHEAD: Print = 52;
/// Where no name is written, the blank that waits for it.
const BLANK_NAME: &str = "　　　　";

/// Adds everything up to the text.
pub fn push(story: &mut Story, manuscript: &Manuscript<'_>) {
    match manuscript.kind {
        ManuscriptKind::Bulletin => bulletin(story, manuscript),
        // The organ's name stands in the header of the first page.
        ManuscriptKind::Letter => story.push(Paragraph::new(styles::LETTER_NUMBER).text(&manuscript.number)),
    }
    if !manuscript.title.trim().is_empty() {
        story.push(Paragraph::new(styles::TITLE).text(manuscript.title.trim()));
    }
    if let Some(addressee) = &manuscript.addressee {
        story.push(Paragraph::new(styles::ADDRESSEE).text(addressee.trim_end_matches(['：', ':'])).text("："));
    }
}

fn bulletin(story: &mut Story, manuscript: &Manuscript<'_>) {
    let print = masthead_print(&manuscript.masthead);
    // The upper edge of the words is 35 mm below that of 版心.
    let spacing = format!(
        r#"<w:spacing w:before="{}" w:line="{}" w:lineRule="exact"/>"#,
        measures::millimetres(35),
        measures::character(print) * 6 / 5
    );
    let size = format!(r#"<w:sz w:val="{print}"/><w:szCs w:val="{print}"/>"#);
    story.push(Paragraph::new(styles::MASTHEAD).with(spacing).looking(&size, &manuscript.masthead));
    story.push(match &manuscript.signer {
        None => Paragraph::new(styles::NUMBER).text(&manuscript.number),
        Some(signer) => number_and_signer(&manuscript.number, signer),
    });
}

/// Number left and 签发人 right, each one character from the edge.
fn number_and_signer(number: &str, signer: &str) -> Paragraph {
    let right = PORTRAIT.text_width() - measures::CHARACTER;
    let properties = format!(
        r#"<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs><w:ind w:leftChars="100" w:left="{}"/><w:jc w:val="left"/>"#,
        measures::CHARACTER
    );
    let name = if signer.is_empty() { BLANK_NAME } else { signer };
    Paragraph::new(styles::NUMBER).with(properties).text(number).text("\t签发人：").styled(styles::SIGNER, name)
}

/// As large as fits on one line.
pub fn masthead_print(masthead: &str) -> Print {
    // Letters and digits of the red faces are nearly as wide as characters: each has room for one.
    let narrow = masthead.lines().map(|line| line.chars().filter(char::is_ascii_graphic).count()).max().unwrap_or(0);
    let half_widths = (width::widest_line(masthead) + narrow).max(1) as u32;
    // Half a point is ten twips, and a half-width character half of that; a line that is full to the last twip is broken.
    (PORTRAIT.text_width() * 49 / 50 / 5 / half_widths).clamp(SMALLEST_MASTHEAD, LARGEST_MASTHEAD) / 2 * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_red_words_fill_a_line_and_not_more() {
        for (masthead, print) in [
            ("", 124),
            ("示例县卫生健康委员会", 86),
            ("XX区卫生健康局文件", 86),
            ("某县卫生健康委员会文件", 78),
            ("示例县卫生健康委员会文件", 72),
            (&"长".repeat(40), 52),
        ] {
            assert_eq!(masthead_print(masthead), print, "{masthead}");
        }
    }

    #[test]
    fn who_signs_stands_beside_the_number_and_is_a_blank_until_somebody_does() {
        for (signer, name) in [("", BLANK_NAME), ("某某", "某某")] {
            let xml = number_and_signer("×卫健发〔　　〕　号", signer).xml();
            let order: Vec<usize> =
                ["×卫健发〔　　〕　号", "<w:tab/>", "签发人：", name].iter().filter_map(|part| xml.find(part)).collect();
            assert!(order.len() == 4 && order.is_sorted(), "{xml}");
        }
    }
}
