//! Sheets that the clerk added to the ledger's workbook, carried over into the workbook that is written anew.
//!
//! A sheet moves with its texts, formulas, formats, pictures, comments and charts: its part is copied, its style numbers are
//! raised behind ours, its shared strings are written into its cells. Pivot tables, and formulas that look into other
//! workbooks, stay behind as the values that they show, and that is said. Nothing is decided here about which sheets are ours.

use std::collections::BTreeSet;

use crate::render::annotate::package::Package;
use crate::render::annotate::relations::ContentTypes;
use crate::render::annotate::relations::Relations;
use crate::render::annotate::relations::workbook_part;
use crate::render::annotate::workbook_part::WorkbookPart;
use crate::render::annotate::xml;
use crate::render::annotate::xml::Edit;
use crate::render::annotate::xml::Odd;
use crate::render::annotate::xml::Scanner;
use crate::render::annotate::xml::Tag;
use crate::render::annotate::xml::Token;

/// The workbook part of what we write.
const WORKBOOK: &str = "xl/workbook.xml";
/// Bytes of one part that is carried over.
const PART_BYTES: u64 = 256 << 20;
/// Number formats below this are built in; ours begin here, too.
const FIRST_OWN_FORMAT: u32 = 164;
/// Added to the numbers of carried formats, beyond any of ours.
const FORMATS_RAISED_BY: u32 = 2_000;
const SHEET_KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
/// What a sheet may refer to and still show what it shows without.
const LEFT_BEHIND: [&str; 5] = ["pivotTable", "slicer", "timeline", "queryTable", "externalLinkPath"];

/// A sheet of the old workbook that is not ours.
struct Foreign {
    name: String,
    state: Option<String>,
    /// Its position among all sheets of the old workbook.
    position: usize,
    part: String,
}

/// The workbook with the sheets carried over.
pub struct Kept {
    pub bytes: Vec<u8>,
    /// The names of those sheets.
    pub names: Vec<String>,
    /// Those of which something stayed behind as the values that it shows.
    pub as_values: Vec<String>,
}

/// Carries the sheets of `old` that are not `own` over into `made`; `None` if there are none.
///
/// # Errors
/// The old workbook is no package that can be taken apart safely.
pub fn keep_sheets(made: &[u8], old: &[u8], own: impl Fn(&str) -> bool) -> Result<Option<Kept>, Odd> {
    // A large ledger may declare more than is ever read; its list of sheets is read alone. What is no workbook has no sheets.
    let Ok(mut listing) = Package::open_declaring(old, u64::MAX) else { return Ok(None) };
    let Some(part) = workbook_part(&mut listing).ok().filter(|part| part.ends_with(".xml")) else { return Ok(None) };
    if WorkbookPart::read(listing.text(&part)?)?.sheets.iter().all(|sheet| own(&sheet.name)) {
        return Ok(None);
    }
    let mut from = Package::open(old)?;
    let mut into = Package::open(made)?;
    let (foreign, links) = foreign_sheets(&mut from, &part, &own)?;
    let target = |kind: &str| links.of_kind(kind).map(|relation| relation.part.clone());
    let strings = match target("sharedStrings") {
        Some(part) => children(&from.text(&part)?, "sst", "si")?.into_iter().map(|(_, inner)| inner).collect(),
        None => Vec::new(),
    };
    let offsets = match target("styles") {
        Some(part) => {
            let (styles, offsets) = join_styles(&into.text("xl/styles.xml")?, &from.text(&part)?)?;
            into.put("xl/styles.xml", styles);
            offsets
        }
        None => Offsets::default(),
    };
    let workbook = into.text(WORKBOOK)?;
    let first = WorkbookPart::read(workbook.clone())?.sheets.len();
    let mut links = Relations::read(&mut into, WORKBOOK)?;
    let mut types = ContentTypes::default();
    let (mut sheets, mut as_values) = (String::new(), Vec::new());
    for (number, sheet) in foreign.iter().enumerate() {
        let part = into.free_name("xl/worksheets/kept", ".xml");
        let (text, frozen) = moved(&from.text(&sheet.part)?, &strings, offsets)?;
        into.put(&part, text);
        note_type(&mut types, &mut from, &sheet.part, &part)?;
        if carry_related(&mut from, &mut into, &mut types, &sheet.part, &part)? || frozen {
            as_values.push(sheet.name.clone());
        }
        let state = sheet.state.as_ref().map(|state| format!(" state=\"{state}\"")).unwrap_or_default();
        let (id, name, relation) = (first + number + 1, xml::escape(&sheet.name), links.add(SHEET_KIND.to_owned(), &part));
        sheets.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\"{state} r:id=\"{relation}\"/>"));
    }
    let names = defined_names(&from.text(&part)?, &foreign, first)?;
    let workbook = before(&workbook, "</sheets>", &sheets)?;
    into.put(WORKBOOK, with_names(&workbook, &names)?.into_bytes());
    links.store(&mut into)?;
    types.store(&mut into)?;
    let names = foreign.into_iter().map(|sheet| sheet.name).collect();
    Ok(Some(Kept { bytes: into.write()?, names, as_values }))
}

/// The sheets that are not ours, and the relationships of the workbook.
fn foreign_sheets(from: &mut Package<'_>, workbook: &str, own: &impl Fn(&str) -> bool) -> Result<(Vec<Foreign>, Relations), Odd> {
    let relations = Relations::read(from, workbook)?;
    let mut foreign = Vec::new();
    for (position, sheet) in WorkbookPart::read(from.text(workbook)?)?.sheets.into_iter().enumerate() {
        if own(&sheet.name) {
            continue;
        }
        let relation = relations.with_id(&sheet.relation).filter(|relation| relation.is("worksheet"));
        let part = relation.map(|relation| relation.part.clone()).ok_or_else(|| Odd(format!("“{}”不是普通工作表", sheet.name)))?;
        foreign.push(Foreign { name: sheet.name, state: sheet.state, position, part });
    }
    Ok((foreign, relations))
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

/// The part of a sheet with its style numbers raised and its shared strings written out; and whether a formula that looks into
/// another workbook gave way to its value.
fn moved(text: &str, strings: &[String], offsets: Offsets) -> Result<(Vec<u8>, bool), Odd> {
    let mut edits = Vec::new();
    let mut scanner = Scanner::new(text);
    // A cell that holds the number of a shared string: the prefix of its name, and where its value stands.
    let mut shared: Option<String> = None;
    let mut value: Option<usize> = None;
    let mut formula: Option<Formula> = None;
    let mut frozen = Frozen::default();
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
                    "f" => {
                        let opened = Formula { start: tag.start, group: tag.number("si")?, text: String::new() };
                        if tag.empty { edits.extend(frozen.gives_way(&opened, tag.end)) } else { formula = Some(opened) }
                    }
                    _ => {}
                }
            }
            Token::Text(number) if value.is_some() => {
                let index: usize = number.trim().parse().map_err(|_| Odd("共享字符串的编号有误".to_owned()))?;
                let string = strings.get(index).ok_or_else(|| Odd("缺少共享字符串".to_owned()))?;
                let prefix = shared.as_deref().unwrap_or_default();
                let start = value.unwrap_or_default();
                edits.push(Edit::insert(start, format!("<{prefix}is>{string}</{prefix}is>")));
            }
            Token::Text(part) => {
                if let Some(formula) = &mut formula {
                    formula.text.push_str(part);
                }
            }
            Token::Close { name, end, .. } => match xml::local(name) {
                "v" => edits.extend(value.take().map(|start| Edit::replace(start, end, ""))),
                "f" => edits.extend(formula.take().and_then(|formula| frozen.gives_way(&formula, end))),
                "c" => shared = None,
                _ => {}
            },
        }
    }
    Ok((xml::apply(text, edits)?, frozen.any))
}

/// A formula while its cell is read.
struct Formula {
    start: usize,
    /// The group of cells that share it.
    group: Option<u32>,
    text: String,
}

/// Formulas that gave way to their values.
#[derive(Default)]
struct Frozen {
    any: bool,
    groups: BTreeSet<u32>,
}

impl Frozen {
    /// The edit that takes a formula out, if it looks into another workbook (`[1]表!A1`) or shares one that does.
    fn gives_way(&mut self, formula: &Formula, end: usize) -> Option<Edit> {
        let looks_out = looks_out(&formula.text);
        if looks_out {
            self.groups.extend(formula.group);
        }
        let gives_way = looks_out || formula.group.is_some_and(|group| self.groups.contains(&group));
        self.any |= gives_way;
        gives_way.then(|| Edit::replace(formula.start, end, ""))
    }
}

/// Whether a formula looks into another workbook: `[1]表!A1`. A column of a table, `表1[金额]`, is no workbook.
fn looks_out(formula: &str) -> bool {
    let numbered = |rest: &str| rest.split_once(']').is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    formula.match_indices('[').any(|(place, _)| numbered(&formula[place + 1..]))
}

/// States the content type of a carried part as the old workbook did.
fn note_type(types: &mut ContentTypes, from: &mut Package<'_>, old: &str, new: &str) -> Result<(), Odd> {
    types.parts.extend(ContentTypes::of(from, old)?.map(|kind| (new.to_owned(), kind.into())));
    Ok(())
}

/// Copies what a part refers to, and what that refers to in turn; tells whether something was left behind.
fn carry_related(from: &mut Package<'_>, into: &mut Package<'_>, types: &mut ContentTypes, old: &str, new: &str) -> Result<bool, Odd> {
    let relations = Relations::read(from, old)?;
    relations.copy(into, new, &LEFT_BEHIND)?;
    let mut left = false;
    for relation in relations.all() {
        if LEFT_BEHIND.iter().any(|kind| relation.is(kind)) {
            left = true;
        } else if from.has(&relation.part) && !into.has(&relation.part) {
            into.put(&relation.part, from.bytes(&relation.part, PART_BYTES)?);
            note_type(types, from, &relation.part, &relation.part)?;
            left |= carry_related(from, into, types, &relation.part, &relation.part)?;
        }
    }
    Ok(left)
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
            // A name that looks into another workbook has nothing to look into any more.
            None if !is_builtin && !looks_out(&whole) => names.push_str(&whole),
            None => {}
        }
    }
    Ok(names)
}

fn with_names(workbook: &str, names: &str) -> Result<String, Odd> {
    if names.is_empty() {
        return Ok(workbook.to_owned());
    }
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
