//! `styles.xml`: what each cell style makes of a number, whether it strikes through, whether it fills.
//!
//! Styles that are absent or out of range mean a plain number; nothing here makes a file unreadable
//! but broken XML.

use std::collections::BTreeMap;
use std::io::Read;

use crate::tables::limits;
use crate::tables::number_format;
use crate::tables::number_format::CellStyle;
use crate::tables::number_format::NumberClass;
use crate::tables::workbook::Cell;
use crate::tables::workbook::Unreadable;
use crate::tables::xml::Attributes;
use crate::tables::xml::Scanner;
use crate::tables::xml::Token;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Other,
    Fonts,
    Fills,
    CellFormats,
}

/// Reads the cell styles in the order of their index.
///
/// # Errors
/// Broken XML, or more styles than [`limits::STYLES`].
pub fn read(reader: impl Read) -> Result<Vec<CellStyle>, Unreadable> {
    let mut scanner = Scanner::new(reader, "styles.xml");
    let mut section = Section::Other;
    let mut formats: BTreeMap<u32, NumberClass> = BTreeMap::new();
    let mut struck_fonts: Vec<bool> = Vec::new();
    let mut filled: Vec<bool> = Vec::new();
    let mut solid = false;
    let mut styles = Vec::new();
    loop {
        match scanner.next()? {
            Token::Open { name, attributes, .. } => match (section, name) {
                (_, b"fonts") => section = Section::Fonts,
                (_, b"fills") => section = Section::Fills,
                (_, b"cellXfs") => section = Section::CellFormats,
                (_, b"numFmt") => {
                    if let (Some(id), Some(code)) = (attributes.number("numFmtId"), attributes.text("formatCode")) {
                        formats.entry(id).or_insert_with(|| number_format::of_code(&code));
                    }
                }
                (Section::Fonts, b"font") => struck_fonts.push(false),
                (Section::Fonts, b"strike") => {
                    if let Some(last) = struck_fonts.last_mut() {
                        *last = says_yes(attributes);
                    }
                }
                (Section::Fills, b"fill") => {
                    filled.push(false);
                    solid = false;
                }
                (Section::Fills, b"patternFill") => {
                    let pattern = attributes.get("patternType").unwrap_or_default();
                    solid = pattern == b"solid";
                    set_last(&mut filled, !matches!(pattern, b"" | b"none" | b"gray125" | b"solid"));
                }
                (Section::Fills, b"fgColor") if solid => set_last(&mut filled, !is_white(attributes)),
                (Section::Fills, b"gradientFill") => set_last(&mut filled, true),
                (Section::CellFormats, b"xf") => {
                    if styles.len() >= limits::STYLES {
                        return Err(Unreadable::too_large(format!("单元格样式超过 {} 个", limits::STYLES)));
                    }
                    styles.push(style_of(attributes, &formats, &struck_fonts, &filled));
                }
                _ => {}
            },
            Token::Close { name: b"fonts" | b"fills" | b"cellXfs" } => section = Section::Other,
            Token::End => return Ok(styles),
            _ => {}
        }
    }
}

fn set_last(flags: &mut [bool], value: bool) {
    if let Some(last) = flags.last_mut() {
        *last = value;
    }
}

fn style_of(attributes: Attributes<'_>, formats: &BTreeMap<u32, NumberClass>, struck: &[bool], filled: &[bool]) -> CellStyle {
    let format: u32 = attributes.number("numFmtId").unwrap_or(0);
    let class = formats.get(&format).cloned().or_else(|| number_format::of_builtin(format)).unwrap_or_default();
    let points_at = |list: &[bool], name| attributes.number::<usize>(name).and_then(|index| list.get(index).copied()).unwrap_or(false);
    let mut flags = 0;
    if points_at(struck, "fontId") {
        flags |= Cell::STRUCK;
    }
    if points_at(filled, "fillId") {
        flags |= Cell::FILLED;
    }
    CellStyle { class, flags }
}

/// Whether an on/off element such as `<strike/>` is on; it is unless it says otherwise.
pub fn says_yes(attributes: Attributes<'_>) -> bool {
    attributes.get("val").is_none_or(crate::tables::xml::is_true)
}

/// White, the window's own colour, or no colour.
fn is_white(attributes: Attributes<'_>) -> bool {
    if let Some(rgb) = attributes.get("rgb") {
        return rgb.len() >= 6 && rgb[rgb.len() - 6..].eq_ignore_ascii_case(b"FFFFFF");
    }
    if let Some(theme) = attributes.get("theme") {
        return theme == b"0" && attributes.number::<f64>("tint").is_none_or(|tint| tint.abs() < 0.001);
    }
    matches!(attributes.get("indexed"), None | Some(b"1" | b"9" | b"64" | b"65"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks one style of a style sheet with three fonts and five fills.
    fn check(cell_format: &str, class: NumberClass, flags: u8) {
        let document = format!(
            r#"<styleSheet xmlns="m"><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
            <fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
            <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
            <fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/><bgColor indexed="64"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill>
            <fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill></fills>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{cell_format}</cellXfs>
            <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"#
        );
        assert_eq!(read(document.as_bytes()), Ok(vec![CellStyle { class, flags }]), "{cell_format}");
    }

    #[test]
    fn styles_say_date_struck_and_filled() {
        check(r#"<xf numFmtId="176" fontId="1" fillId="2"/>"#, NumberClass::Month, Cell::STRUCK | Cell::FILLED);
        check(r#"<xf numFmtId="14" fontId="2" fillId="1"/>"#, NumberClass::Date, 0);
        check(r#"<xf numFmtId="10" fillId="3"/>"#, NumberClass::Percent, 0);
        check(r#"<xf fillId="4" fontId="99"/>"#, NumberClass::Plain, 0);
        check(r#"<xf numFmtId="999"><alignment/></xf>"#, NumberClass::Plain, 0);
    }
}
