//! Paragraphs and their runs, and the story that they make together with tables, section by section.
//!
//! A section's page stands in the last paragraph of the section, so the newest paragraph stays open until
//! it is known whether the page turns after it.

use crate::render::docx::measures::PORTRAIT;
use crate::render::docx::measures::Page;
use crate::render::docx::page;
use crate::render::docx::xml::run_content;

/// A paragraph in the making.
#[derive(Debug, Clone)]
pub struct Paragraph {
    style: &'static str,
    /// Inside of `w:pPr` after the style, in the order of the schema.
    properties: String,
    runs: String,
}

impl Paragraph {
    /// An empty paragraph of a style.
    pub fn new(style: &'static str) -> Paragraph {
        Paragraph { style, properties: String::new(), runs: String::new() }
    }

    /// The same paragraph with properties of its own, in the order of the schema.
    pub fn with(mut self, properties: impl Into<String>) -> Paragraph {
        self.properties = properties.into();
        self
    }

    /// The same paragraph and a text.
    pub fn text(self, text: &str) -> Paragraph {
        self.run(None, "", text)
    }

    /// The same paragraph and a text in a character style.
    pub fn styled(self, style: &'static str, text: &str) -> Paragraph {
        self.run(Some(style), "", text)
    }

    /// The same paragraph and a text that looks different; `properties` is what follows the fonts in `w:rPr`.
    pub fn looking(self, properties: &str, text: &str) -> Paragraph {
        self.run(None, properties, text)
    }

    fn run(mut self, style: Option<&str>, properties: &str, text: &str) -> Paragraph {
        if text.is_empty() {
            return self;
        }
        self.runs.push_str("<w:r><w:rPr>");
        if let Some(style) = style {
            self.runs.push_str(&format!(r#"<w:rStyle w:val="{style}"/>"#));
        }
        // Without the hint, “ ” — … × ① are set in the Latin font.
        self.runs.push_str(r#"<w:rFonts w:hint="eastAsia"/>"#);
        self.runs.push_str(properties);
        self.runs.push_str("</w:rPr>");
        self.runs.push_str(&run_content(text));
        self.runs.push_str("</w:r>");
        self
    }

    /// The same paragraph and what is XML already.
    pub fn raw(mut self, xml: &str) -> Paragraph {
        self.runs.push_str(xml);
        self
    }

    /// The paragraph as an element.
    pub fn xml(&self) -> String {
        self.closing("")
    }

    fn closing(&self, section: &str) -> String {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/>{}{section}</w:pPr>{}</w:p>"#, self.style, self.properties, self.runs)
    }
}

/// The document's text, growing.
pub struct Story {
    xml: String,
    open: Option<Paragraph>,
    page: Page,
    letter: Letter,
}

/// Whether the story is a letter, whose first page is unlike the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    No,
    /// Its first section is not closed yet.
    FirstSection,
    Further,
}

impl Story {
    /// An empty story on upright pages.
    pub fn new() -> Story {
        Story { xml: String::new(), open: None, page: PORTRAIT, letter: Letter::No }
    }

    /// An empty story on upright pages, the first of them a letter's.
    pub fn of_letter() -> Story {
        Story { letter: Letter::FirstSection, ..Story::new() }
    }

    /// Adds a paragraph.
    pub fn push(&mut self, paragraph: Paragraph) {
        self.close("");
        self.open = Some(paragraph);
    }

    /// Adds a table. A paragraph must follow, or tables grow together.
    pub fn push_table(&mut self, table: &str) {
        self.close("");
        self.xml.push_str(table);
    }

    /// What follows stands on this kind of page; a new page begins when it is another than before.
    pub fn turn(&mut self, page: Page) {
        if page == self.page {
            return;
        }
        let section = self.section();
        self.close(&section);
        self.page = page;
    }

    /// The inside of `w:body`.
    pub fn finish(mut self) -> String {
        self.close("");
        let section = self.section();
        self.xml + &section
    }

    fn section(&mut self) -> String {
        let is_first = self.letter == Letter::FirstSection;
        if is_first {
            self.letter = Letter::Further;
        }
        page::section(self.page, is_first)
    }

    fn close(&mut self, section: &str) {
        let closed = match (self.open.take(), section.is_empty()) {
            (Some(paragraph), _) => paragraph.closing(section),
            (None, true) => return,
            (None, false) => Paragraph::new("Normal").closing(section),
        };
        self.xml.push_str(&closed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::docx::measures::LANDSCAPE;

    #[test]
    fn a_page_turns_in_the_last_paragraph_before_it() {
        let mut story = Story::new();
        story.push(Paragraph::new("甲").text("一"));
        story.turn(PORTRAIT);
        story.push(Paragraph::new("乙").text("二"));
        story.turn(LANDSCAPE);
        story.push_table("<表/>");
        story.push(Paragraph::new("丙"));
        let xml = story.finish();
        let order: Vec<usize> =
            ["甲", "一", "乙", "w:w=\"11906\"", "二", "<表/>", "丙", "w:w=\"16838\""].iter().filter_map(|mark| xml.find(mark)).collect();
        assert_eq!(order.len(), 8, "{xml}");
        assert!(order.is_sorted(), "{xml}");
        assert_eq!(xml.matches("<w:sectPr>").count(), 2);
    }

    #[test]
    fn empty_texts_make_no_runs() {
        assert_eq!(Paragraph::new("甲").text("").xml(), r#"<w:p><w:pPr><w:pStyle w:val="甲"/></w:pPr></w:p>"#);
    }
}
