//! Sheets that the clerk added to the ledger's workbook, carried over into the workbook that is written anew.
//!
//! A sheet moves with its texts, formulas, formats, pictures, comments and charts: its part is copied, its style numbers are
//! raised behind ours, its shared strings are written into its cells. Pivot tables stay behind as the values that they show.
//! Nothing is decided here about which sheets are ours.

use crate::render::annotate::package::Package;
use crate::render::annotate::relations::Relations;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;

const WORKBOOK: &str = "xl/workbook.xml";
/// Bytes of one part that is carried over.
const PART_BYTES: u64 = 256 << 20;
/// Number formats below this are built in; ours begin here, too.
const FIRST_OWN_FORMAT: u32 = 164;
/// Added to the numbers of carried formats, beyond any of ours.
const FORMATS_RAISED_BY: u32 = 2_000;
/// What a sheet may refer to and still be whole without.
const LEFT_BEHIND: [&str; 7] = ["pivotTable", "slicer", "timeline", "queryTable", "customProperty", "revisionHeaders", "externalLink"];

/// A sheet of the old workbook that is not ours.
struct Foreign {
    name: String,
    state: Option<String>,
    /// Its position among all sheets of the old workbook.
    position: usize,
    part: String,
}

/// The workbook with the sheets carried over, and their names.
pub struct Kept {
    pub bytes: Vec<u8>,
    pub names: Vec<String>,
}

/// Carries the sheets of `old` that are not `own` over into `made`; `None` if there are none.
///
/// # Errors
/// The old workbook is no package that can be taken apart safely.
pub fn keep_sheets(made: &[u8], old: &[u8], own: impl Fn(&str) -> bool) -> Result<Option<Kept>, Odd> {
    // What is no workbook, such as a file that was emptied, has no sheets to carry over.
    if !has_foreign_sheets(old, &own).unwrap_or(false) {
        return Ok(None);
    }
    let mut from = Package::open(old)?;
    let foreign = foreign_sheets(&mut from, &own)?;
    let mut into = Package::open(made)?;
    let mut carried = Carried { types: from.text("[Content_Types].xml")?, ..Carried::default() };
    let strings = shared_strings(&mut from)?;
    let old_styles = Relations::read(&mut from, WORKBOOK)?.of_kind("styles").map(|relation| relation.part.clone());
    let offsets = match old_styles {
        Some(part) => {
            let (styles, offsets) = join_styles(&into.text("xl/styles.xml")?, &from.text(&part)?)?;
            into.put("xl/styles.xml", styles);
            offsets
        }
        None => Offsets::default(),
    };
    let first = into.text(WORKBOOK)?.matches("<sheet ").count();
    for (number, sheet) in foreign.iter().enumerate() {
        let part = into.free_name("xl/worksheets/kept", ".xml");
        let text = from.text(&sheet.part)?;
        into.put(&part, moved(&text, &strings, offsets)?);
        carried.note_type(&sheet.part, &part);
        carried.relations(&mut from, &mut into, &sheet.part, &part)?;
        let state = sheet.state.as_ref().map(|state| format!(" state=\"{state}\"")).unwrap_or_default();
        let id = first + number + 1;
        let name = xml::escape(&sheet.name);
        carried.sheets.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\"{state} r:id=\"rIdKept{id}\"/>"));
        let target = part.trim_start_matches("xl/");
        carried.links.push_str(&format!("<Relationship Id=\"rIdKept{id}\" Type=\"{SHEET_KIND}\" Target=\"{target}\"/>"));
    }
    let names = defined_names(&from.text(WORKBOOK)?, &foreign, first)?;
    let workbook = before(&into.text(WORKBOOK)?, "</sheets>", &carried.sheets)?;
    let workbook = if names.is_empty() { workbook } else { with_names(&workbook, &names)? };
    into.put(WORKBOOK, workbook.into_bytes());
    let links = before(&into.text("xl/_rels/workbook.xml.rels")?, "</Relationships>", &carried.links)?;
    into.put("xl/_rels/workbook.xml.rels", links.into_bytes());
    let types = before(&into.text("[Content_Types].xml")?, "</Types>", &carried.stated)?;
    into.put("[Content_Types].xml", types.into_bytes());
    Ok(Some(Kept { bytes: into.write()?, names: foreign.into_iter().map(|sheet| sheet.name).collect() }))
}

const SHEET_KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";

/// Looks at the list of sheets alone: a large ledger without further sheets is not opened.
fn has_foreign_sheets(old: &[u8], own: &impl Fn(&str) -> bool) -> Result<bool, Odd> {
    use std::io::Read;
    let odd = |error: zip::result::ZipError| Odd(format!("压缩包打不开：{error}"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(old)).map_err(odd)?;
    let mut text = String::new();
    let part = archive.by_name(WORKBOOK).map_err(odd)?;
    part.take(PART_BYTES).read_to_string(&mut text).map_err(|error| Odd(format!("部件 {WORKBOOK} 损坏：{error}")))?;
    Ok(listed(&text)?.iter().any(|(name, ..)| !own(name)))
}

/// Name, relation and state of each sheet of a workbook part, in order.
fn listed(workbook: &str) -> Result<Vec<(String, String, Option<String>)>, Odd> {
    let mut sheets = Vec::new();
    let mut scanner = Scanner::new(workbook);
    while let Some(token) = scanner.token()? {
        let Token::Open(tag) = token else { continue };
        if tag.local() == "sheet" && tag.depth == 2 {
            let value = |name| Ok(tag.attribute(name)?.map(|attribute| xml::unescape(attribute.value)));
            let relation = tag.relation()?.map(|attribute| attribute.value.to_owned()).unwrap_or_default();
            sheets.push((value("name")?.unwrap_or_default(), relation, value("state")?.filter(|state| state != "visible")));
        }
    }
    Ok(sheets)
}

fn foreign_sheets(from: &mut Package<'_>, own: &impl Fn(&str) -> bool) -> Result<Vec<Foreign>, Odd> {
    let relations = Relations::read(from, WORKBOOK)?;
    let mut foreign = Vec::new();
    for (position, (name, relation, state)) in listed(&from.text(WORKBOOK)?)?.into_iter().enumerate() {
        if own(&name) {
            continue;
        }
        let relation = relations.with_id(&relation).filter(|relation| relation.kind.ends_with("/worksheet"));
        let part = relation.map(|relation| relation.part.clone()).ok_or_else(|| Odd(format!("“{name}”不是普通工作表")))?;
        foreign.push(Foreign { name, state, position, part });
    }
    Ok(foreign)
}

/// The content of each shared string, as it stands in the old workbook.
fn shared_strings(from: &mut Package<'_>) -> Result<Vec<String>, Odd> {
    let part = Relations::read(from, WORKBOOK)?.of_kind("sharedStrings").map(|relation| relation.part.clone());
    let Some(part) = part else { return Ok(Vec::new()) };
    let text = from.text(&part)?;
    Ok(children(&text, "sst", "si")?.into_iter().map(|(_, inner)| inner).collect())
}

/// The children of a container in a part: each whole, and what stands inside it.
fn children(text: &str, container: &str, child: &str) -> Result<Vec<(String, String)>, Odd> {
    let mut found = Vec::new();
    let mut scanner = Scanner::new(text);
    let mut inside = None;
    let mut open: Option<Tag<'_>> = None;
    let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default().to_owned();
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) if tag.local() == container && inside.is_none() => inside = Some(tag.depth),
            Token::Open(tag) if inside == Some(tag.depth.wrapping_sub(1)) && tag.local() == child => {
                if tag.empty {
                    found.push((slice(tag.start, tag.end), String::new()));
                } else {
                    open = Some(tag);
                }
            }
            Token::Close { start, end, depth, .. } => {
                if let Some(tag) = open.filter(|tag| tag.depth == depth) {
                    found.push((slice(tag.start, end), slice(tag.end, start)));
                    open = None;
                } else if inside == Some(depth) {
                    return Ok(found);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// By how much the numbers of a carried sheet are raised.
#[derive(Debug, Clone, Copy, Default)]
struct Offsets {
    formats: u32,
    differential: u32,
}

/// Puts the old styles behind the new ones.
fn join_styles(new: &str, old: &str) -> Result<(Vec<u8>, Offsets), Odd> {
    if old.contains(":cellXfs") {
        return Err(Odd("样式部件带命名前缀".to_owned()));
    }
    let count = |container: &str, child: &str| Ok::<u32, Odd>(children(new, container, child)?.len() as u32);
    let (fonts, fills, borders) = (count("fonts", "font")?, count("fills", "fill")?, count("borders", "border")?);
    let offsets = Offsets { formats: count("cellXfs", "xf")?, differential: count("dxfs", "dxf")? };
    let raised = |tag: &Tag<'_>, name: &str, by: u32| -> Result<Option<Edit>, Odd> {
        tag.number(name)?.map(|number| tag.set(name, &(number + by).to_string())).transpose()
    };
    let edited = |text: &str, edits: &dyn Fn(&Tag<'_>) -> Result<Vec<Edit>, Odd>| -> Result<String, Odd> {
        let mut all = Vec::new();
        let mut scanner = Scanner::new(text);
        while let Some(token) = scanner.token()? {
            if let Token::Open(tag) = token
                && tag.depth == 0
            {
                all.extend(edits(&tag)?);
            }
        }
        String::from_utf8(xml::apply(text, all)?).map_err(|_| Odd("样式部件不是 UTF-8 编码".to_owned()))
    };
    let format = |tag: &Tag<'_>| match tag.number("numFmtId")? {
        Some(number) if number >= FIRST_OWN_FORMAT => raised(tag, "numFmtId", FORMATS_RAISED_BY),
        _ => Ok(None),
    };
    let mut added: Vec<(&str, String)> = Vec::new();
    let mut formats = String::new();
    for (whole, _) in children(old, "numFmts", "numFmt")? {
        formats.push_str(&edited(&whole, &|tag| Ok(raised(tag, "numFmtId", FORMATS_RAISED_BY)?.into_iter().collect()))?);
    }
    added.push(("numFmts", formats));
    for (container, child) in [("fonts", "font"), ("fills", "fill"), ("borders", "border"), ("dxfs", "dxf")] {
        added.push((container, children(old, container, child)?.into_iter().map(|(whole, _)| whole).collect()));
    }
    let mut looks = String::new();
    for (whole, _) in children(old, "cellXfs", "xf")? {
        looks.push_str(&edited(&whole, &|tag| {
            let mut edits: Vec<Edit> = format(tag)?.into_iter().collect();
            for (name, by) in [("fontId", fonts), ("fillId", fills), ("borderId", borders)] {
                edits.extend(raised(tag, name, by)?);
            }
            if tag.attribute("xfId")?.is_some() {
                edits.push(tag.set("xfId", "0")?);
            }
            Ok(edits)
        })?);
    }
    added.push(("cellXfs", looks));
    let mut edits = Vec::new();
    for (container, children) in &added {
        edits.extend(grown(new, container, children)?);
    }
    Ok((xml::apply(new, edits)?, offsets))
}

/// The edits that put children at the end of a container of our own styles, and count them.
fn grown(styles: &str, container: &str, added: &str) -> Result<Vec<Edit>, Odd> {
    if added.is_empty() {
        return Ok(Vec::new());
    }
    let mut scanner = Scanner::new(styles);
    let mut open = None;
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) if tag.depth == 1 && tag.local() == container => {
                // Readers go by the children; a count that does not fit them is left out.
                let uncounted = tag.attribute("count")?.map(|count| Edit::replace(count.whole_start, count.whole_end, ""));
                if tag.empty {
                    let name = tag.name;
                    return Ok(vec![Edit::replace(tag.start, tag.end, format!("<{name}>{added}</{name}>"))]);
                }
                open = Some(uncounted);
            }
            Token::Close { name, start, depth: 1, .. } if xml::local(name) == container => {
                return Ok(open.flatten().into_iter().chain([Edit::insert(start, added)]).collect());
            }
            _ => {}
        }
    }
    Err(Odd(format!("样式部件里没有 {container}")))
}

/// The part of a sheet with its style numbers raised and its shared strings written out.
fn moved(text: &str, strings: &[String], offsets: Offsets) -> Result<Vec<u8>, Odd> {
    let mut edits = Vec::new();
    let mut scanner = Scanner::new(text);
    // A cell that holds the number of a shared string: the prefix of its name, and where its value stands.
    let mut shared: Option<String> = None;
    let mut value: Option<usize> = None;
    while let Some(token) = scanner.token()? {
        match token {
            Token::Open(tag) => {
                let raised: &[(&str, u32)] = match tag.local() {
                    "c" | "row" => &[("s", offsets.formats)],
                    "col" => &[("style", offsets.formats)],
                    "cfRule" => &[("dxfId", offsets.differential)],
                    _ => &[],
                };
                for (name, by) in raised {
                    if let Some(number) = tag.number(name)? {
                        edits.push(tag.set(name, &(number + by).to_string())?);
                    }
                }
                match tag.local() {
                    "sheetView" if tag.attribute("tabSelected")?.is_some() => edits.push(tag.set("tabSelected", "0")?),
                    "c" => {
                        // A cell without a style of its own looks like the first of its workbook.
                        if tag.number("s")?.is_none() && offsets.formats > 0 {
                            edits.push(tag.set("s", &offsets.formats.to_string())?);
                        }
                        let is_shared = tag.attribute("t")?.is_some_and(|kind| kind.value == "s");
                        shared = (is_shared && !tag.empty).then(|| xml::prefix(tag.name).to_owned());
                        if shared.is_some() {
                            edits.push(tag.set("t", "inlineStr")?);
                        }
                    }
                    "v" if shared.is_some() => value = Some(tag.start),
                    _ => {}
                }
            }
            Token::Text(number) if value.is_some() => {
                let index: usize = number.trim().parse().map_err(|_| Odd("共享字符串的编号有误".to_owned()))?;
                let string = strings.get(index).ok_or_else(|| Odd("缺少共享字符串".to_owned()))?;
                let prefix = shared.as_deref().filter(|prefix| !prefix.is_empty()).map(|prefix| format!("{prefix}:")).unwrap_or_default();
                let start = value.unwrap_or_default();
                edits.push(Edit::replace(start, start, format!("<{prefix}is>{string}</{prefix}is>")));
            }
            Token::Close { name, start, end, .. } if xml::local(name) == "v" && value.is_some() => {
                let opened = value.take().unwrap_or(start);
                edits.push(Edit::replace(opened, end, ""));
            }
            Token::Close { name, .. } if xml::local(name) == "c" => shared = None,
            _ => {}
        }
    }
    xml::apply(text, edits)
}

/// What is written into the lists of the new workbook.
#[derive(Default)]
struct Carried {
    /// The content types of the old workbook.
    types: String,
    sheets: String,
    links: String,
    stated: String,
}

impl Carried {
    /// States the content type of a carried part as the old workbook did.
    fn note_type(&mut self, old: &str, new: &str) {
        let of = |mark: &str| {
            let place = self.types.find(mark)?;
            let tag_end = self.types.get(place..)?.find('>')? + place;
            let tag = self.types.get(self.types.get(..place)?.rfind('<')?..tag_end)?;
            let value = tag.split("ContentType=\"").nth(1)?.split('"').next()?;
            Some(value.to_owned())
        };
        let extension = old.rsplit('.').next().unwrap_or_default();
        let kind = of(&format!("PartName=\"/{old}\"")).or_else(|| of(&format!("Extension=\"{extension}\"")));
        if let Some(kind) = kind {
            self.stated.push_str(&format!("<Override PartName=\"/{new}\" ContentType=\"{kind}\"/>"));
        }
    }

    /// Copies what a part refers to, and what that refers to in turn.
    fn relations(&mut self, from: &mut Package<'_>, into: &mut Package<'_>, old: &str, new: &str) -> Result<(), Odd> {
        let rels = |part: &str| {
            let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
            format!("{folder}/_rels/{name}.rels")
        };
        if !from.has(&rels(old)) {
            return Ok(());
        }
        let text = from.text(&rels(old))?;
        let mut edits = Vec::new();
        let mut scanner = Scanner::new(&text);
        while let Some(token) = scanner.token()? {
            if let Token::Open(tag) = token
                && tag.local() == "Relationship"
                && tag.attribute("Type")?.is_some_and(|kind| LEFT_BEHIND.contains(&kind.value.rsplit('/').next().unwrap_or_default()))
            {
                edits.push(Edit::replace(tag.start, tag.end, ""));
            }
        }
        into.put(&rels(new), xml::apply(&text, edits)?);
        for relation in Relations::read(from, old)?.all() {
            let kind = relation.kind.rsplit('/').next().unwrap_or_default();
            if LEFT_BEHIND.contains(&kind) || into.has(&relation.part) || !from.has(&relation.part) {
                continue;
            }
            into.put(&relation.part, from.bytes(&relation.part, PART_BYTES)?);
            self.note_type(&relation.part, &relation.part);
            self.relations(from, into, &relation.part, &relation.part)?;
        }
        Ok(())
    }
}

/// The names that the clerk defined, and the print areas of the carried sheets.
fn defined_names(workbook: &str, foreign: &[Foreign], first: usize) -> Result<String, Odd> {
    let mut names = String::new();
    for (whole, _) in children(workbook, "definedNames", "definedName")? {
        let mut scanner = Scanner::new(&whole);
        let Some(Token::Open(tag)) = scanner.token()? else { continue };
        let is_builtin = tag.attribute("name")?.is_some_and(|name| name.value.starts_with("_xlnm."));
        match tag.number("localSheetId")? {
            Some(sheet) => {
                let place = foreign.iter().position(|foreign| foreign.position == sheet as usize);
                let Some(place) = place else { continue };
                let moved = xml::apply(&whole, vec![tag.set("localSheetId", &(first + place).to_string())?])?;
                names.push_str(&String::from_utf8_lossy(&moved));
            }
            None if !is_builtin => names.push_str(&whole),
            None => {}
        }
    }
    Ok(names)
}

fn with_names(workbook: &str, names: &str) -> Result<String, Odd> {
    if workbook.contains("</definedNames>") {
        return before(workbook, "</definedNames>", names);
    }
    Ok(workbook.replacen("</sheets>", &format!("</sheets><definedNames>{names}</definedNames>"), 1))
}

/// Puts a text before a closing tag of a part of our own.
fn before(text: &str, tag: &str, added: &str) -> Result<String, Odd> {
    let place = text.rfind(tag).ok_or_else(|| Odd(format!("部件里没有 {tag}")))?;
    let (head, tail) = text.split_at(place);
    Ok(format!("{head}{added}{tail}"))
}
