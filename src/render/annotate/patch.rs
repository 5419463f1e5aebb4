//! The sender's own OOXML workbook with marks: only the parts that must change do.
//!
//! Decides which parts are touched; how each changes is written beside its kind. What is odd is refused as
//! a whole: never a workbook that is half patched.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::render::annotate::Annotated;
use crate::render::annotate::earlier;
use crate::render::annotate::list::LIST_NAME;
use crate::render::annotate::list::Line;
use crate::render::annotate::list::List;
use crate::render::annotate::list::unique_name;
use crate::render::annotate::list_part;
use crate::render::annotate::mark::Mark;
use crate::render::annotate::package::Package;
use crate::render::annotate::relations::ContentTypes;
use crate::render::annotate::relations::Relations;
use crate::render::annotate::relations::workbook_part;
use crate::render::annotate::sheet_patch;
use crate::render::annotate::sheet_patch::Done;
use crate::render::annotate::sheet_patch::Task;
use crate::render::annotate::styles::Styles;
use crate::render::annotate::workbook_part::Dialect;
use crate::render::annotate::workbook_part::ListPlace;
use crate::render::annotate::workbook_part::WorkbookPart;
use crate::render::annotate::xml::Odd;

const WORKSHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// Whether the bytes are a zip package with an OOXML workbook in XML (not the binary kind).
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
        && Package::open(bytes).is_ok_and(|mut package| workbook_part(&mut package).is_ok_and(|part| part.ends_with(".xml")))
}

/// The workbook with its marks.
///
/// # Errors
/// Anything about the package that is odd beyond a safe change.
pub fn patch(bytes: &[u8], marks: &[Mark], as_of: NaiveDate) -> Result<Annotated, Odd> {
    let mut package = Package::open(bytes)?;
    let part = workbook_part(&mut package)?;
    let workbook = WorkbookPart::read(package.text(&part)?)?;
    let mut relations = Relations::read(&mut package, &part)?;
    let extension = extension(&mut package, &part)?;
    let earlier = earlier::find(&mut package, &workbook, &relations)?;
    let mut types = ContentTypes::default();
    let (styles_part, mut styles) = open_styles(&mut package, &mut relations, &mut types, &part, workbook.dialect)?;

    let is_list = |position: usize| earlier.as_ref().is_some_and(|earlier| earlier.position == position);
    let mut done = BTreeMap::new();
    for (position, sheet) in workbook.sheets.iter().enumerate().filter(|&(position, _)| !is_list(position)) {
        let relation = relations.with_id(&sheet.relation).ok_or_else(|| Odd(format!("工作表“{}”的关系缺失", sheet.name)))?;
        if relation.kind != workbook.dialect.kind("worksheet") {
            sheet_patch::unselect(&mut package, &relation.part)?;
            continue;
        }
        let task = Task {
            part: &relation.part,
            marks: marks.iter().enumerate().filter(|(_, mark)| mark.sheet == sheet.name).collect(),
            filled_as: earlier.as_ref().and_then(|earlier| earlier.filled_as.get(&sheet.name)).cloned().unwrap_or_default(),
            position: position as u32,
        };
        done.insert(sheet.name.clone(), sheet_patch::patch(&mut package, &task, &mut styles, &mut types)?);
    }

    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let lines = marks.iter().enumerate().map(|(index, mark)| line(index, mark, &names, &done)).collect();
    let list = List::new(lines, &names, as_of);
    let formats = styles.list_formats();
    package.put(&styles_part, styles.write()?);
    let list_bytes = list_part::write(&list, &formats, workbook.dialect, workbook.windows);
    let changed = match &earlier {
        Some(earlier) => {
            package.put(&earlier.part, list_bytes);
            workbook.with_list(ListPlace::Existing(earlier.position))?
        }
        None => {
            let list_part = package.free_name("xl/worksheets/sheetReturned", ".xml");
            let relation = relations.add(workbook.dialect.kind("worksheet"), &list_part);
            types.parts.push((list_part.clone(), WORKSHEET_TYPE.into()));
            package.put(&list_part, list_bytes);
            workbook.with_list(ListPlace::New { name: &unique_name(LIST_NAME, &names), relation: &relation })?
        }
    };
    package.put(&part, changed);
    relations.store(&mut package)?;
    types.store(&mut package)?;
    Ok(Annotated { bytes: package.write()?, extension })
}

fn line<'a>(index: usize, mark: &'a Mark, names: &[String], done: &BTreeMap<String, Done>) -> Line<'a> {
    let sheet = done.get(&mark.sheet);
    let drawn = sheet.and_then(|sheet| sheet.drawn.get(&index)).copied();
    let filled_as = drawn.and_then(|cell| sheet?.filled_as.get(&cell).copied());
    Line { mark, sheet: names.contains(&mark.sheet).then(|| mark.sheet.clone()), drawn, filled_as }
}

fn extension(package: &mut Package<'_>, part: &str) -> Result<&'static str, Odd> {
    let kind = ContentTypes::of(package, part)?.unwrap_or_default();
    Ok(match (kind.contains("macroEnabled"), kind.contains("template")) {
        (true, true) => "xltm",
        (true, false) => "xlsm",
        (false, true) => "xltx",
        (false, false) => "xlsx",
    })
}

fn open_styles(
    package: &mut Package<'_>,
    relations: &mut Relations,
    types: &mut ContentTypes,
    workbook: &str,
    dialect: Dialect,
) -> Result<(String, Styles), Odd> {
    let present = relations.of_kind("styles").map(|relation| relation.part.clone()).filter(|part| package.has(part));
    if let Some(part) = present {
        let styles = Styles::read(package.text(&part)?)?;
        return Ok((part, styles));
    }
    // Some readers look for the styles under their usual name only.
    let folder = workbook.rsplit_once('/').map_or("xl", |(folder, _)| folder);
    let usual = format!("{folder}/styles.xml");
    let part = if package.has(&usual) { package.free_name(&format!("{folder}/styles"), ".xml") } else { usual };
    // A relationship to a part that is not there would count as a second styles part.
    if relations.of_kind("styles").is_some() {
        return Err(Odd("样式部件缺失".to_owned()));
    }
    relations.add(dialect.kind("styles"), &part);
    types.parts.push((part.clone(), STYLES_TYPE.into()));
    Ok((part, Styles::read(Styles::minimal(dialect))?))
}
