//! The fonts of official texts, by name, with what may stand in where an office does not have them.
//!
//! They are named and never embedded: the licences do not allow it, and every office that issues official
//! texts has them.

/// Digits and Latin letters.
pub const LATIN: &str = "Times New Roman";
/// The text.
pub const FANG_SONG: &str = "仿宋_GB2312";
/// Headings of the second level.
pub const KAI: &str = "楷体_GB2312";
/// Headings of the first level, heads of tables.
pub const HEI: &str = "黑体";
/// Page numbers.
pub const SONG: &str = "宋体";
/// The title and the red words at the top.
pub const TITLE_SONG: &str = "方正小标宋简体";

struct Font {
    name: &'static str,
    /// Separated by commas; tried in this order.
    others: &'static str,
    charset: &'static str,
    family: &'static str,
    pitch: &'static str,
}

const fn chinese(name: &'static str, others: &'static str) -> Font {
    Font { name, others, charset: "86", family: "auto", pitch: "variable" }
}

const FONTS: [Font; 6] = [
    Font { name: LATIN, others: "Liberation Serif", charset: "00", family: "roman", pitch: "variable" },
    chinese(FANG_SONG, "仿宋,FangSong,华文仿宋"),
    chinese(KAI, "楷体,KaiTi,华文楷体"),
    chinese(HEI, "SimHei"),
    chinese(SONG, "SimSun"),
    chinese(TITLE_SONG, "FZXiaoBiaoSong-B05S,小标宋,宋体"),
];

/// The part `word/fontTable.xml`.
pub fn table() -> String {
    let fonts = FONTS.iter().map(|font| {
        format!(
            r#"<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="{}"/><w:family w:val="{}"/><w:pitch w:val="{}"/></w:font>"#,
            font.name, font.others, font.charset, font.family, font.pitch
        )
    });
    format!(
        r#"{}<w:fonts xmlns:w="{}">{}</w:fonts>"#,
        crate::render::docx::xml::DECLARATION,
        crate::render::docx::xml::MAIN,
        fonts.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_that_is_used_has_a_stand_in() {
        let part = table();
        for name in [LATIN, FANG_SONG, KAI, HEI, SONG, TITLE_SONG] {
            assert!(part.contains(&format!(r#"<w:font w:name="{name}"><w:altName w:val=""#)), "{name}");
        }
    }
}
