//! 信函: what stands around the text of a letter's first page: the organ's name over a red double rule, and another rule at the foot.
//!
//! The upper edge of the name is 30 mm from that of the paper, the first rule 4 mm below it, thick above thin; the second one 20 mm
//! from the lower edge, thin above thick; both are 170 mm long. Both stand in the header and the footer of the first page, which has
//! no page number.

use crate::documents::Manuscript;
use crate::render::docx::measures;
use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::millimetres;
use crate::render::docx::opening::masthead_print;
use crate::render::docx::paragraphs::Paragraph;
use crate::render::docx::styles;
use crate::render::docx::xml;

const RULE: u32 = millimetres(170);
/// How far a rule of that length stands out of 版心, left and right, so that it is in the middle of the paper.
const LEFT: u32 = PORTRAIT.left - (PORTRAIT.width - RULE) / 2;
const RIGHT: u32 = PORTRAIT.right - (PORTRAIT.width - RULE) / 2;

fn rule(edge: &str, kind: &str, space: u32) -> String {
    format!(r#"<w:pBdr><w:{edge} w:val="{kind}" w:sz="24" w:space="{space}" w:color="FF0000"/></w:pBdr>"#)
}

/// The part with the organ's name.
pub fn header(manuscript: &Manuscript<'_>) -> String {
    let print = masthead_print(&manuscript.masthead);
    let properties = format!(
        r#"{}<w:spacing w:before="0" w:after="0" w:line="{}" w:lineRule="exact"/><w:ind w:left="-{LEFT}" w:right="-{RIGHT}"/>"#,
        rule("bottom", "thickThinSmallGap", 11),
        measures::character(print) * 6 / 5
    );
    let size = format!(r#"<w:sz w:val="{print}"/><w:szCs w:val="{print}"/>"#);
    let name = Paragraph::new(styles::MASTHEAD).with(properties).looking(&size, &manuscript.masthead);
    format!(r#"{}<w:hdr xmlns:w="{}" xmlns:r="{}">{}</w:hdr>"#, xml::DECLARATION, xml::MAIN, xml::RELATIONS, name.xml())
}

/// The part with the rule at the foot.
pub fn footer() -> String {
    let place = format!(
        r#"<w:framePr w:w="{RULE}" w:hRule="exact" w:h="80" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="{}" w:y="{}"/>"#,
        (PORTRAIT.width - RULE) / 2,
        PORTRAIT.height - millimetres(20)
    );
    let properties =
        format!(r#"{place}{}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>"#, rule("top", "thinThickSmallGap", 1));
    let ruled = Paragraph::new(styles::FOOTER).with(properties).xml();
    let rest = Paragraph::new(styles::FOOTER).xml();
    format!(r#"{}<w:ftr xmlns:w="{}" xmlns:r="{}">{ruled}{rest}</w:ftr>"#, xml::DECLARATION, xml::MAIN, xml::RELATIONS)
}
