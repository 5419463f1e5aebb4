//! The workbook part: which sheets there are, and the place of the list among them.
//!
//! A sheet put in front moves the positions that defined names and windows refer to; those and nothing
//! else are changed. Knows nothing of what is in the sheets.

use crate::render::annotate::xml;
use crate::render::annotate::xml::Attribute;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;

/// The two families of names that an OOXML workbook can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Namespace of the spreadsheet elements.
    pub main: &'static str,
    /// Namespace of relationship attributes and stem of relationship kinds.
    pub relations: &'static str,
}

pub const TRANSITIONAL: Dialect = Dialect {
    main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relations: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};

pub const STRICT: Dialect =
    Dialect { main: "http://purl.oclc.org/ooxml/spreadsheetml/main", relations: "http://purl.oclc.org/ooxml/officeDocument/relationships" };

/// The largest sheet id that Excel accepts.
const LAST_SHEET_ID: u32 = 65_534;

impl Dialect {
    /// The dialect of a part by the namespace of its root element.
    ///
    /// # Errors
    /// Another namespace: no part of a spreadsheet.
    pub fn of(root: &Tag<'_>) -> Result<Dialect, Odd> {
        let prefix = xml::prefix(root.name).trim_end_matches(':');
        let declaration = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let namespace = root.attribute(&declaration)?.map_or("", |attribute| attribute.value);
        [TRANSITIONAL, STRICT]
            .into_iter()
            .find(|dialect| dialect.main == namespace)
            .ok_or_else(|| Odd(format!("不认识的命名空间：{namespace}")))
    }

    /// The address of a relationship kind.
    pub fn kind(&self, last: &str) -> String {
        format!("{}/{last}", self.relations)
    }

    /// An attribute `r:id`, with the declaration of `r` unless the root has it.
    pub fn relation_attribute(&self, declared: bool, id: &str) -> String {
        if declared { format!(" r:id=\"{id}\"") } else { format!(" xmlns:r=\"{}\" r:id=\"{id}\"", self.relations) }
    }

    /// Whether the root element declares `r` as the relationships namespace.
    ///
    /// # Errors
    /// The root's attributes are not well-formed.
    pub fn is_relation_declared(&self, root: &Tag<'_>) -> Result<bool, Odd> {
        Ok(root.attribute("xmlns:r")?.is_some_and(|attribute| attribute.value == self.relations))
    }
}

/// One sheet as the workbook lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    pub name: String,
    /// Id of the relationship to its part.
    pub relation: String,
    /// `hidden`, `veryHidden`; nothing for a sheet that is shown.
    pub state: Option<String>,
}

/// The workbook part, read.
#[derive(Debug)]
pub struct WorkbookPart {
    pub dialect: Dialect,
    pub sheets: Vec<SheetEntry>,
    /// Windows that show the workbook, at least one.
    pub windows: usize,
    text: String,
}

/// Where the list stands.
#[derive(Debug, Clone, Copy)]
pub enum ListPlace<'a> {
    /// A new sheet in front of all others.
    New { name: &'a str, relation: &'a str },
    /// The list of an earlier round, at this position.
    Existing(usize),
}

impl WorkbookPart {
    /// Reads the workbook part.
    ///
    /// # Errors
    /// Broken, of an unknown namespace, or without a sheet.
    pub fn read(text: String) -> Result<WorkbookPart, Odd> {
        let mut dialect = None;
        let mut sheets = Vec::new();
        let mut windows = 0;
        for_each(&text, |section, tag| {
            match (tag.depth, section, tag.local()) {
                (0, ..) => dialect = Some(Dialect::of(tag)?),
                (2, "sheets", "sheet") => sheets.push(SheetEntry {
                    name: tag.attribute("name")?.map_or(String::new(), |name| xml::unescape(name.value)),
                    relation: tag.relation()?.map_or(String::new(), |relation| relation.value.to_owned()),
                    state: tag.attribute("state")?.map(|state| state.value.to_owned()).filter(|state| state != "visible"),
                }),
                (2, "bookViews", "workbookView") => windows += 1,
                _ => {}
            }
            Ok(())
        })?;
        let dialect = dialect.ok_or_else(|| Odd("工作簿部件是空的".to_owned()))?;
        if sheets.is_empty() {
            return Err(Odd("工作簿里没有工作表".to_owned()));
        }
        Ok(WorkbookPart { dialect, sheets, windows: windows.clamp(1, 16), text })
    }

    /// The part with the list in its place, shown first when the workbook is opened.
    ///
    /// # Errors
    /// Attributes that cannot be read.
    pub fn with_list(&self, place: ListPlace<'_>) -> Result<Vec<u8>, Odd> {
        let moved = matches!(place, ListPlace::New { .. });
        let shown = if let ListPlace::Existing(position) = place { position } else { 0 };
        let mut edits = Vec::new();
        let mut declared = false;
        let mut ids = Vec::new();
        let mut first_sheet: Option<(usize, String)> = None;
        let mut position = 0;
        for_each(&self.text, |section, tag| {
            match (tag.depth, section, tag.local()) {
                (0, ..) => declared = self.dialect.is_relation_declared(tag)?,
                (2, "sheets", "sheet") => {
                    first_sheet.get_or_insert_with(|| (tag.start, xml::prefix(tag.name).to_owned()));
                    ids.extend(tag.number("sheetId")?);
                    if !moved && position == shown {
                        edits.extend(tag.attribute("state")?.map(|state| removed(&state)));
                    }
                    position += 1;
                }
                (2, "bookViews", "workbookView") => {
                    if tag.attribute("activeTab")?.is_some() || shown > 0 {
                        edits.push(tag.set("activeTab", &shown.to_string())?);
                    }
                    if tag.attribute("firstSheet")?.is_some() {
                        edits.push(tag.set("firstSheet", "0")?);
                    }
                }
                (2, "definedNames", "definedName") if moved => {
                    if let Some(local) = tag.number("localSheetId")? {
                        edits.push(tag.set("localSheetId", &local.saturating_add(1).to_string())?);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        if let (ListPlace::New { name, relation }, Some((start, prefix))) = (place, first_sheet) {
            let after = ids.iter().max().map_or(1, |id| id.saturating_add(1));
            let id = if after <= LAST_SHEET_ID { after } else { (1..).find(|id| !ids.contains(id)).unwrap_or(after) };
            let relation = self.dialect.relation_attribute(declared, relation);
            edits.push(Edit::insert(start, format!("<{prefix}sheet name=\"{}\" sheetId=\"{id}\"{relation}/>", xml::escape(name))));
        }
        xml::apply(&self.text, edits)
    }
}

/// Calls `visit` for every opening tag, with the name of the section (child of the root) it stands in.
fn for_each<'a>(text: &'a str, mut visit: impl FnMut(&str, &Tag<'a>) -> Result<(), Odd>) -> Result<(), Odd> {
    let mut scanner = Scanner::new(text);
    let mut section = "";
    while let Some(token) = scanner.token()? {
        if let Token::Open(tag) = token {
            if tag.depth == 1 {
                section = tag.local();
            }
            visit(section, &tag)?;
        }
    }
    Ok(())
}

fn removed(attribute: &Attribute<'_>) -> Edit {
    Edit::replace(attribute.whole_start, attribute.whole_end, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKBOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <bookViews><workbookView firstSheet=\"1\" activeTab=\"1\"/></bookViews>\
        <sheets><sheet name=\"说明\" sheetId=\"3\" r:id=\"rId1\"/><sheet name=\"A&amp;B\" sheetId=\"7\" state=\"hidden\" r:id=\"rId2\"/></sheets>\
        <definedNames><definedName name=\"n\" localSheetId=\"1\">x</definedName><definedName name=\"m\">y</definedName></definedNames></workbook>";

    fn check(place: ListPlace<'_>, wanted: &[&str], unwanted: &[&str]) {
        let part = WorkbookPart::read(WORKBOOK.to_owned()).expect("a good part");
        let changed = part.with_list(place).expect("a good part");
        let changed = String::from_utf8_lossy(&changed);
        for text in wanted {
            assert!(changed.contains(text), "{text} in {changed}");
        }
        for text in unwanted {
            assert!(!changed.contains(text), "{text} in {changed}");
        }
    }

    #[test]
    fn sheets_are_read() {
        let part = WorkbookPart::read(WORKBOOK.to_owned()).expect("a good part");
        let names: Vec<&str> = part.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["说明", "A&B"]);
        assert!(WorkbookPart::read("<workbook xmlns=\"urn:x\"/>".to_owned()).is_err());
    }

    #[test]
    fn a_new_list_comes_first_and_moves_the_rest() {
        let place = ListPlace::New { name: "需要修改", relation: "rId9" };
        let wanted = [
            "<sheets><sheet name=\"需要修改\" sheetId=\"8\" r:id=\"rId9\"/><sheet name=\"说明\"",
            "localSheetId=\"2\"",
            "firstSheet=\"0\" activeTab=\"0\"",
            "state=\"hidden\"",
        ];
        check(place, &wanted, &["localSheetId=\"1\""]);
    }

    #[test]
    fn an_earlier_list_stays_where_it_is() {
        check(ListPlace::Existing(1), &["localSheetId=\"1\"", "activeTab=\"1\""], &["hidden", "需要修改"]);
    }
}
