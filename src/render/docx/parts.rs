//! The parts of the package around the text: what there is, how it hangs together, settings and properties.

use chrono::NaiveDate;

use crate::documents::Manuscript;
use crate::render::docx::page;
use crate::render::docx::xml;
use crate::render::docx::xml::escaped;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE_TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// `[Content_Types].xml`.
pub fn content_types(is_letter: bool) -> String {
    let mut part = format!(
        r#"{}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
        xml::DECLARATION
    );
    let of_letter = if is_letter { &[("header1", "header"), ("footer3", "footer")][..] } else { &[] };
    let always = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ];
    for (name, kind) in always.iter().chain(of_letter) {
        part.push_str(&format!(r#"<Override PartName="/word/{name}.xml" ContentType="{OFFICE_TYPES}.{kind}+xml"/>"#));
    }
    part + "</Types>"
}

/// `_rels/.rels`.
pub fn package_relations() -> String {
    relations(&[
        ("rId1", &format!("{}/officeDocument", xml::RELATIONS), "word/document.xml"),
        ("rId2", &format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
    ])
}

/// `word/_rels/document.xml.rels`.
pub fn document_relations(is_letter: bool) -> String {
    let kind = |name: &str| format!("{}/{name}", xml::RELATIONS);
    let (styles, settings, fonts, header, footer) = (kind("styles"), kind("settings"), kind("fontTable"), kind("header"), kind("footer"));
    let mut all = vec![
        ("rIdStyles", styles.as_str(), "styles.xml"),
        ("rIdSettings", settings.as_str(), "settings.xml"),
        ("rIdFonts", fonts.as_str(), "fontTable.xml"),
        (page::ODD_FOOTER, footer.as_str(), "footer1.xml"),
        (page::EVEN_FOOTER, footer.as_str(), "footer2.xml"),
    ];
    if is_letter {
        all.extend([(page::FIRST_HEADER, header.as_str(), "header1.xml"), (page::FIRST_FOOTER, footer.as_str(), "footer3.xml")]);
    }
    relations(&all)
}

fn relations(all: &[(&str, &str, &str)]) -> String {
    let mut part = format!(r#"{}<Relationships xmlns="{PACKAGE}/relationships">"#, xml::DECLARATION);
    for (id, kind, target) in all {
        part.push_str(&format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#));
    }
    part + "</Relationships>"
}

/// `docProps/core.xml`. The day comes from the caller: the same text has the same bytes.
pub fn properties(manuscript: &Manuscript<'_>, as_of: NaiveDate) -> String {
    let moment = as_of.format("%Y-%m-%dT00:00:00Z");
    let title = escaped(&manuscript.title.lines().map(str::trim).collect::<String>());
    let issuer = escaped(&manuscript.issuer);
    format!(
        concat!(
            "{declaration}<cp:coreProperties xmlns:cp=\"{package}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ",
            "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
            "<dc:title>{title}</dc:title><dc:creator>{issuer}</dc:creator><cp:lastModifiedBy>{issuer}</cp:lastModifiedBy>",
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{moment}</dcterms:created>",
            "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">{moment}</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>",
        ),
        declaration = xml::DECLARATION,
        package = PACKAGE,
        title = title,
        issuer = issuer,
        moment = moment,
    )
}

/// `word/settings.xml`.
pub fn settings() -> String {
    let mut part = format!(
        concat!(
            "{declaration}<w:settings xmlns:w=\"{main}\"><w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>",
            "<w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat>",
            "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>",
        ),
        declaration = xml::DECLARATION,
        main = xml::MAIN,
    );
    for (name, value) in [
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    ] {
        part.push_str(&format!(r#"<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>"#));
    }
    part + r#"</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#
}
