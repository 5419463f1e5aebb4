//! The styles part: a copy of a cell's own format in which only the fill differs.
//!
//! Number format, font, border, alignment and protection of the sender stay. New formats go to the end, so
//! that every index in use keeps its meaning. Knows nothing of cells.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::diagnostic::Severity;
use crate::render::annotate::mark::fill_colour;
use crate::render::annotate::workbook_part::Dialect;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
/// The order of the lists in the part, as far as it matters.
const ORDER: [&str; 6] = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"];
/// Cell formats that Excel can hold.
const FORMATS: usize = 64_000;

/// The styles part with the formats that were added to it.
#[derive(Debug)]
pub struct Styles {
    text: String,
    fonts: Section,
    fills: Section,
    borders: Section,
    formats: Section,
    /// The cell formats as written.
    written: Vec<(usize, usize)>,
    /// The fill of each cell format, and which fills have a colour of ours.
    fill_of: Vec<usize>,
    our_fills: BTreeSet<usize>,
    by_severity: BTreeMap<Severity, usize>,
    /// Copies made: of which format, with which fill.
    copies: BTreeMap<(u32, usize), u32>,
}

/// The formats of the list sheet, as indices.
#[derive(Debug, Clone, Copy)]
pub struct ListFormats {
    pub title: u32,
    pub summary: u32,
    pub heading: u32,
    pub text: u32,
    pub centred: u32,
    pub link: u32,
    /// The severity column, in the colour of the marked cells.
    pub severities: [u32; 3],
}

/// Where a list ends.
#[derive(Debug, Default)]
enum End {
    #[default]
    Unknown,
    /// In front of its closing tag.
    Before(usize),
    /// In the place of `/>`, with the name of its tag.
    Instead(usize, usize, String),
    /// The whole list is missing; it goes here, under this name.
    Missing(usize, &'static str),
}

/// A list within the part (`fonts`, `fills`, …) and what is added at its end.
#[derive(Debug, Default)]
struct Section {
    prefix: String,
    count: usize,
    /// Place of the number in `count="…"`.
    counter: Option<(usize, usize)>,
    end: End,
    added: Vec<String>,
}

impl Styles {
    /// The smallest styles part that Excel takes, for a workbook that has none.
    pub fn minimal(dialect: Dialect) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\">\
             <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>\
             <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
             <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
             <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
             <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
             <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
            dialect.main
        )
    }

    /// Reads the styles part.
    ///
    /// # Errors
    /// Broken, empty, or with a list that stands there twice.
    pub fn read(text: String) -> Result<Styles, Odd> {
        let mut sections: BTreeMap<&str, Section> = BTreeMap::new();
        let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut root_prefix, mut root_end) = (String::new(), 0);
        let mut written = Vec::new();
        let mut fill_of = Vec::new();
        let mut our_fills = BTreeSet::new();
        let mut scanner = Scanner::new(&text);
        let mut current = "";
        let mut child_start = 0;
        while let Some(token) = scanner.token()? {
            match token {
                Token::Open(tag) if tag.depth == 0 => {
                    if tag.local() != "styleSheet" || tag.empty {
                        return Err(Odd("样式部件的根不是 styleSheet，或是空的".to_owned()));
                    }
                    (root_prefix, root_end) = (xml::prefix(tag.name).to_owned(), tag.end);
                }
                Token::Open(tag) if tag.depth == 1 => {
                    current = tag.local();
                    if tag.empty {
                        ends.insert(current, tag.end);
                    }
                    if sections.insert(current, Section::open(&tag)?).is_some() {
                        return Err(Odd(format!("样式部件里 {current} 出现了两次")));
                    }
                }
                Token::Open(tag) if tag.depth == 2 => {
                    if let Some(section) = sections.get_mut(current) {
                        section.count += 1;
                    }
                    child_start = tag.start;
                    if current == "cellXfs" {
                        fill_of.push(tag.number("fillId")?.unwrap_or(0) as usize);
                        if tag.empty {
                            written.push((tag.start, tag.end));
                        }
                    }
                }
                Token::Open(tag) if tag.depth == 4 && current == "fills" && tag.local() == "fgColor" => {
                    let colour = tag.attribute("rgb")?.map_or("", |colour| colour.value);
                    if let Some(section) = sections.get(current)
                        && SEVERITIES.iter().any(|&severity| colour.get(2..) == Some(fill_colour(severity)))
                    {
                        our_fills.insert(section.count.saturating_sub(1));
                    }
                }
                Token::Close { end, depth: 2, .. } if current == "cellXfs" => written.push((child_start, end)),
                Token::Close { start, end, depth: 1, .. } => {
                    if let Some(section) = sections.get_mut(current) {
                        section.end = End::Before(start);
                        ends.insert(current, end);
                    }
                }
                _ => {}
            }
        }
        let mut take = |name: &'static str| sections.remove(name).unwrap_or_else(|| Section::missing(name, &root_prefix, root_end, &ends));
        let mut styles = Styles {
            fonts: take("fonts"),
            fills: take("fills"),
            borders: take("borders"),
            formats: take("cellXfs"),
            text,
            written,
            fill_of,
            our_fills,
            by_severity: BTreeMap::new(),
            copies: BTreeMap::new(),
        };
        if styles.written.len() > FORMATS {
            return Err(Odd("单元格格式太多".to_owned()));
        }
        styles.complete();
        Ok(styles)
    }

    /// Excel takes the first entries for granted; a part that lacks them gets them.
    fn complete(&mut self) {
        if self.fonts.count == 0 {
            self.fonts.add(|p| format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"宋体\"/></{p}font>"));
        }
        for pattern in ["none", "gray125"].into_iter().skip(self.fills.count) {
            self.fills.add(|p| format!("<{p}fill><{p}patternFill patternType=\"{pattern}\"/></{p}fill>"));
        }
        if self.borders.count == 0 {
            self.borders.add(|p| format!("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>"));
        }
        if self.formats.count == 0 {
            self.formats.add(|p| format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"));
        }
    }

    /// The format `present` with the fill of a severity. One that is not there counts as the first format,
    /// as office programs show it.
    ///
    /// # Errors
    /// The format cannot be read, or there are too many formats.
    pub fn marked(&mut self, present: u32, severity: Severity) -> Result<u32, Odd> {
        let fill = self.fill(severity);
        self.with_fill(present, fill)
    }

    /// The format `present` with the fill of the format `filled_as`, or none; `present` itself when its fill
    /// is no colour of ours: somebody gave the cell another one since.
    ///
    /// # Errors
    /// As [`Styles::marked`].
    pub fn restored(&mut self, present: u32, filled_as: Option<u32>) -> Result<u32, Odd> {
        if !self.fill_of.get(present as usize).is_some_and(|fill| self.our_fills.contains(fill)) {
            return Ok(present);
        }
        let fill = filled_as.and_then(|format| self.fill_of.get(format as usize)).copied().unwrap_or(0);
        self.with_fill(present, fill)
    }

    /// How many formats there are, so that an index can be checked.
    pub fn formats(&self) -> u32 {
        self.formats.count as u32
    }

    fn fill(&mut self, severity: Severity) -> usize {
        if let Some(&known) = self.by_severity.get(&severity) {
            return known;
        }
        let colour = fill_colour(severity);
        let fill = self.fills.add(|p| {
            format!("<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>")
        });
        self.by_severity.insert(severity, fill);
        fill
    }

    fn with_fill(&mut self, base: u32, fill: usize) -> Result<u32, Odd> {
        if let Some(&known) = self.copies.get(&(base, fill)) {
            return Ok(known);
        }
        if self.formats.count >= FORMATS {
            return Err(Odd("单元格格式太多".to_owned()));
        }
        let place = self.written.get(base as usize).or(self.written.first());
        let written = place.and_then(|&(start, end)| self.text.get(start..end));
        let default = format!("<{}xf numFmtId=\"0\" fontId=\"0\" borderId=\"0\"/>", self.formats.prefix);
        let original = written.unwrap_or(&default);
        let Some(Token::Open(tag)) = Scanner::new(original).token()? else {
            return Err(Odd("单元格格式读不懂".to_owned()));
        };
        let edits = vec![tag.set("fillId", &fill.to_string())?, tag.set("applyFill", if fill == 0 { "0" } else { "1" })?];
        let copy = String::from_utf8_lossy(&xml::apply(original, edits)?).into_owned();
        let format = self.formats.add(|_| copy) as u32;
        self.copies.insert((base, fill), format);
        Ok(format)
    }

    /// Adds the formats of the list sheet.
    pub fn list_formats(&mut self) -> ListFormats {
        let mut font = |look: &str, size: u32, colour: &str| {
            self.fonts.add(|p| {
                let look = if look.is_empty() { String::new() } else { format!("<{p}{look}/>") };
                format!("<{p}font>{look}<{p}sz val=\"{size}\"/><{p}color rgb=\"FF{colour}\"/><{p}name val=\"宋体\"/></{p}font>")
            })
        };
        let title = font("b", 14, "000000");
        let heading = font("b", 11, "000000");
        let text = font("", 11, "000000");
        let link = font("u", 11, "0563C1");
        let grey = self.fills.add(|p| {
            format!("<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FFD9D9D9\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>")
        });
        let severities = SEVERITIES.map(|severity| self.fill(severity));
        let thin = self.borders.add(|p| {
            let sides: String = ["left", "right", "top", "bottom"]
                .iter()
                .map(|side| format!("<{p}{side} style=\"thin\"><{p}color rgb=\"FF808080\"/></{p}{side}>"))
                .collect();
            format!("<{p}border>{sides}<{p}diagonal/></{p}border>")
        });
        let mut format = |font: usize, fill: usize, border: usize, horizontal: &str| {
            self.formats.add(|p| {
                format!(
                    "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" applyFont=\"1\" applyFill=\"1\" \
                     applyBorder=\"1\" applyAlignment=\"1\"><{p}alignment horizontal=\"{horizontal}\" vertical=\"center\" wrapText=\"1\"/></{p}xf>"
                )
            }) as u32
        };
        ListFormats {
            title: format(title, 0, 0, "left"),
            summary: format(text, 0, 0, "left"),
            heading: format(heading, grey, thin, "center"),
            text: format(text, 0, thin, "left"),
            centred: format(text, 0, thin, "center"),
            link: format(link, 0, thin, "center"),
            severities: severities.map(|fill| format(text, fill, thin, "center")),
        }
    }

    /// The part with what was added.
    ///
    /// # Errors
    /// Places overlap, which means that the part was misread.
    pub fn write(self) -> Result<Vec<u8>, Odd> {
        let edits = [self.fonts, self.fills, self.borders, self.formats].into_iter().flat_map(Section::edits).collect();
        xml::apply(&self.text, edits)
    }
}

impl Section {
    fn open(tag: &Tag<'_>) -> Result<Section, Odd> {
        Ok(Section {
            prefix: xml::prefix(tag.name).to_owned(),
            counter: tag.attribute("count")?.map(|count| (count.value_start, count.value_end)),
            end: if tag.empty { End::Instead(tag.end.saturating_sub(2), tag.end, tag.name.to_owned()) } else { End::Unknown },
            ..Section::default()
        })
    }

    /// A list that the part lacks: it goes behind those that stand before it in order.
    fn missing(name: &'static str, prefix: &str, root_end: usize, ends: &BTreeMap<&str, usize>) -> Section {
        let before = ORDER.iter().take_while(|&&other| other != name).filter_map(|other| ends.get(other)).max();
        Section { prefix: prefix.to_owned(), end: End::Missing(before.copied().unwrap_or(root_end), name), ..Section::default() }
    }

    /// Adds an entry, written with the section's prefix, and gives its index.
    fn add(&mut self, entry: impl FnOnce(&str) -> String) -> usize {
        self.added.push(entry(&self.prefix));
        self.count += 1;
        self.count - 1
    }

    fn edits(self) -> Vec<Edit> {
        if self.added.is_empty() {
            return Vec::new();
        }
        let children = self.added.concat();
        let mut edits = Vec::new();
        if let Some((start, end)) = self.counter {
            edits.push(Edit::replace(start, end, self.count.to_string()));
        }
        match self.end {
            End::Unknown => {}
            End::Before(place) => edits.push(Edit::insert(place, children)),
            End::Instead(start, end, name) => edits.push(Edit::replace(start, end, format!(">{children}</{name}>"))),
            End::Missing(place, name) => {
                let name = format!("{}{name}", self.prefix);
                edits.push(Edit::insert(place, format!("<{name} count=\"{}\">{children}</{name}>", self.count)));
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::annotate::workbook_part::TRANSITIONAL;

    const STYLES: &str = "<s:styleSheet xmlns:s=\"u\"><s:fonts count=\"1\"><s:font/></s:fonts><s:fills count=\"2\"><s:fill/><s:fill/></s:fills><s:borders><s:border/></s:borders>\
        <s:cellXfs count=\"2\"><s:xf numFmtId=\"0\"/><s:xf numFmtId=\"14\" fillId=\"1\" applyFill=\"0\"><s:protection locked=\"0\"/></s:xf></s:cellXfs><s:dxfs count=\"0\"/></s:styleSheet>";

    fn check(base: u32, severity: Severity, expected: &str) {
        let mut styles = Styles::read(STYLES.to_owned()).expect("a good part");
        assert_eq!(styles.marked(base, severity), Ok(2));
        assert_eq!(styles.marked(base, severity), Ok(2), "the same again needs no new format");
        let written = styles.write().expect("a good part");
        let written = String::from_utf8_lossy(&written).into_owned();
        assert!(written.contains(expected), "{expected} in {written}");
        assert!(written.contains("<s:fills count=\"3\">") && written.contains("<s:cellXfs count=\"3\">"), "{written}");
        assert!(written.contains(&format!("rgb=\"FF{}\"", fill_colour(severity))), "{written}");
        assert!(Styles::read(written).is_ok());
    }

    #[test]
    fn only_the_fill_differs() {
        check(1, Severity::Error, "<s:xf numFmtId=\"14\" fillId=\"2\" applyFill=\"1\"><s:protection locked=\"0\"/></s:xf></s:cellXfs>");
        check(0, Severity::Note, "<s:xf fillId=\"2\" applyFill=\"1\" numFmtId=\"0\"/></s:cellXfs>");
        check(99, Severity::Warning, "<s:xf fillId=\"2\" applyFill=\"1\" numFmtId=\"0\"/></s:cellXfs>");
    }

    #[test]
    fn a_mark_can_be_taken_back() {
        let mut styles = Styles::read(STYLES.to_owned()).expect("a good part");
        assert_eq!(styles.marked(1, Severity::Error), Ok(2));
        let text = String::from_utf8(styles.write().expect("good")).expect("text");
        let mut styles = Styles::read(text).expect("a good part");
        assert_eq!(styles.restored(1, Some(0)), Ok(1), "no colour of ours");
        assert_eq!(styles.restored(2, Some(1)), Ok(3));
        assert_eq!(styles.restored(2, None), Ok(4));
        let written = String::from_utf8(styles.write().expect("good")).expect("text");
        let format = |fill: u32, apply: u32| {
            format!("<s:xf numFmtId=\"14\" fillId=\"{fill}\" applyFill=\"{apply}\"><s:protection locked=\"0\"/></s:xf>")
        };
        assert!(written.contains(&format!("{}{}</s:cellXfs>", format(1, 1), format(0, 0))), "{written}");
    }

    #[test]
    fn a_workbook_without_styles_gets_some() {
        let mut styles = Styles::read(Styles::minimal(TRANSITIONAL)).expect("our own part is good");
        let formats = styles.list_formats();
        assert_eq!((formats.title, formats.severities), (1, [7, 8, 9]));
        assert!(Styles::read(String::from_utf8(styles.write().expect("good")).expect("text")).is_ok());
    }

    #[test]
    fn empty_lists_get_what_excel_expects() {
        let text = "<styleSheet><fonts/><fills count=\"0\"/><borders/><cellXfs/></styleSheet>";
        let mut styles = Styles::read(text.to_owned()).expect("a good part");
        assert_eq!(styles.marked(0, Severity::Error), Ok(1));
        let written = String::from_utf8(styles.write().expect("good")).expect("text");
        assert!(written.contains("<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"), "{written}");
    }

    #[test]
    fn missing_lists_come_in_order() {
        let text = "<s:styleSheet xmlns:s=\"u\"><s:numFmts count=\"0\"/><s:cellXfs><s:xf/></s:cellXfs></s:styleSheet>";
        let mut styles = Styles::read(text.to_owned()).expect("a good part");
        assert_eq!(styles.marked(0, Severity::Error), Ok(1));
        let written = String::from_utf8(styles.write().expect("good")).expect("text");
        let lists: Vec<&str> = written.match_indices("<s:").filter_map(|(place, _)| written[place..].split([' ', '>']).next()).collect();
        let lists: Vec<&str> = lists.into_iter().filter(|list| ORDER.contains(&&list[3..])).collect();
        assert_eq!(lists, ["<s:numFmts", "<s:fonts", "<s:fills", "<s:borders", "<s:cellXfs"], "{written}");
        assert!(Styles::read(written).is_ok());
    }

    #[test]
    fn odd_parts_are_refused() {
        for text in ["<styleSheet/>", "<other/>", "<styleSheet><fonts/><fonts/></styleSheet>"] {
            assert!(Styles::read(text.to_owned()).is_err(), "{text}");
        }
    }
}
