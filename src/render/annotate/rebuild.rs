//! A new workbook with the cells of a file that cannot be changed in place, with marks, comments and the list.
//!
//! Takes the neutral picture of the file, so the sender's look is lost, but no value, merge, comment or hidden
//! row is. Dates stay dates, texts texts. Knows nothing of the format that the file came in.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

use crate::render::annotate::AnnotateError;
use crate::render::annotate::Annotated;
use crate::render::annotate::list::LIST_NAME;
use crate::render::annotate::list::LIST_TITLE;
use crate::render::annotate::list::Line;
use crate::render::annotate::list::List;
use crate::render::annotate::list::unique_name;
use crate::render::annotate::mark;
use crate::render::annotate::mark::LAST_COLUMN;
use crate::render::annotate::mark::LAST_ROW;
use crate::render::annotate::mark::Mark;
use crate::render::annotate::mark::NOTE_AUTHOR;
use crate::render::annotate::mark::NOTE_HEAD;
use crate::render::annotate::rebuilt_cells::Looks;
use crate::render::annotate::rebuilt_cells::merges;
use crate::render::annotate::rebuilt_cells::write_cells;
use crate::render::annotate::rebuilt_list::write_list;
use crate::source::SourceFile;
use crate::tables;
use crate::tables::MergedArea;
use crate::tables::Sheet;
use crate::tables::Value;
use crate::tables::Visibility;
use crate::tables::Workbook;

/// Characters that a comment may have here: the writer keeps some for the author.
const NOTE_UNITS: usize = mark::TEXT_UNITS - 60;
/// Characters of a sheet name.
const NAME_UNITS: usize = 31;

/// A marked copy of any readable file as a new `.xlsx` with the same cells.
///
/// # Errors
/// [`AnnotateError::Unreadable`], or more rows or columns than a workbook can hold.
pub fn rebuild(file: &SourceFile, marks: &[Mark], as_of: NaiveDate) -> Result<Annotated, AnnotateError> {
    let workbook = tables::read(file).map_err(AnnotateError::Unreadable)?;
    rebuild_cells(&workbook, marks, as_of)
}

/// A sheet of the new workbook and what is marked on it.
struct Planned<'a> {
    sheet: &'a Sheet,
    /// Its name in the new workbook.
    name: String,
    /// The merged areas that it keeps.
    merges: Vec<MergedArea>,
    by_cell: BTreeMap<(u32, u32), Vec<usize>>,
    /// The cell that carries each mark, by the mark's position among all.
    drawn: BTreeMap<usize, (u32, u32)>,
}

fn rebuild_cells(workbook: &Workbook, marks: &[Mark], as_of: NaiveDate) -> Result<Annotated, AnnotateError> {
    let planned = plan(workbook, marks)?;
    let does_not_fit = |error: XlsxError| AnnotateError::DoesNotFit { reason: error.to_string() };
    let names: Vec<String> = planned.iter().map(|sheet| sheet.name.clone()).collect();
    let lines = marks.iter().enumerate().map(|(index, mark)| line(index, mark, &planned)).collect();
    let list = List::new(lines, &names, as_of);
    let mut written = rust_xlsxwriter::Workbook::new();
    if let Some(midnight) = as_of.and_hms_opt(0, 0, 0) {
        written.set_properties(&DocProperties::new().set_creation_datetime(&midnight));
    }
    let first = written.add_worksheet();
    first.set_name(unique_name(LIST_NAME, &names)).map_err(does_not_fit)?;
    write_list(first, &list).map_err(does_not_fit)?;
    let mut looks = Looks::default();
    for planned in &planned {
        let sheet = written.add_worksheet();
        sheet.set_name(&planned.name).map_err(does_not_fit)?;
        write_sheet(sheet, planned, marks, &mut looks).map_err(does_not_fit)?;
    }
    let bytes = written.save_to_buffer().map_err(does_not_fit)?;
    Ok(Annotated { bytes, extension: "xlsx" })
}

fn plan<'a>(workbook: &'a Workbook, marks: &[Mark]) -> Result<Vec<Planned<'a>>, AnnotateError> {
    let mut planned: Vec<Planned<'a>> = Vec::new();
    let mut taken = vec![LIST_NAME.to_owned()];
    let sheets: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| !is_list(sheet)).collect();
    for sheet in &sheets {
        if sheet.rows.last().is_some_and(|row| row.number > LAST_ROW) || sheet.cells.iter().any(|cell| u32::from(cell.column) > LAST_COLUMN)
        {
            return Err(AnnotateError::DoesNotFit {
                reason: format!("“{}”的行数或列数超过一张工作表的上限", sheet.name)
            });
        }
        let name = unique_sheet_name(&sheet.name, &taken);
        taken.push(name.clone());
        let is_meant = |mark: &Mark| mark.sheet == *sheet.name || (mark.sheet.is_empty() && sheets.len() == 1);
        let own: Vec<(usize, &Mark)> = marks.iter().enumerate().filter(|(_, mark)| is_meant(mark)).collect();
        let merges = merges(sheet);
        let corners = corners(sheet, &merges, &own);
        let by_cell = mark::by_cell(&own, |mark| {
            let cell = (mark.row, column_of(sheet, mark));
            corners.get(&cell).copied().unwrap_or(cell)
        });
        let drawn = by_cell.iter().flat_map(|(&cell, indices)| indices.iter().map(move |&index| (index, cell))).collect();
        planned.push(Planned { sheet, name, merges, by_cell, drawn });
    }
    Ok(planned)
}

/// Whether a sheet is the list of an earlier round.
fn is_list(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().filter(|row| row.number == 1).and_then(|&row| sheet.cells_of(row).first());
    first.is_some_and(|&cell| sheet.value(cell) == Value::Text(LIST_TITLE))
}

fn column_of(sheet: &Sheet, mark: &Mark) -> u32 {
    if mark.column > 0 {
        return mark.column;
    }
    let row = sheet.rows.binary_search_by_key(&mark.row, |row| row.number).ok().and_then(|place| sheet.rows.get(place));
    row.and_then(|&row| sheet.cells_of(row).first()).map_or(1, |cell| u32::from(cell.column))
}

/// For marked cells inside merged areas: the corner that shows.
fn corners(sheet: &Sheet, merges: &[MergedArea], marks: &[(usize, &Mark)]) -> BTreeMap<(u32, u32), (u32, u32)> {
    let cells: BTreeSet<(u32, u32)> = marks.iter().map(|(_, mark)| (mark.row, column_of(sheet, mark))).collect();
    let mut corners = BTreeMap::new();
    for area in merges {
        for &cell in cells.range((area.first_row, 0)..=(area.last_row, LAST_COLUMN)) {
            if (area.first_column..=area.last_column).contains(&cell.1) {
                corners.entry(cell).or_insert((area.first_row, area.first_column));
            }
        }
    }
    corners
}

fn line<'a>(index: usize, mark: &'a Mark, planned: &[Planned<'_>]) -> Line<'a> {
    let own =
        planned.iter().find(|sheet| *sheet.sheet.name == *mark.sheet || (mark.sheet.is_empty() && mark.row > 0 && planned.len() == 1));
    let drawn = own.and_then(|sheet| sheet.drawn.get(&index)).copied();
    Line { mark, sheet: own.map(|sheet| sheet.name.clone()), drawn, filled_as: None }
}

fn write_sheet(sheet: &mut Worksheet, planned: &Planned<'_>, marks: &[Mark], looks: &mut Looks) -> Result<(), XlsxError> {
    let severities = planned
        .by_cell
        .iter()
        .filter_map(|(&cell, indices)| Some((cell, indices.iter().filter_map(|&index| marks.get(index)).map(|mark| mark.severity).min()?)))
        .collect();
    write_cells(sheet, planned.sheet, &planned.merges, &severities, looks)?;
    match planned.sheet.visibility {
        Visibility::Visible => {}
        Visibility::Hidden => {
            sheet.set_hidden(true);
        }
        Visibility::VeryHidden => {
            sheet.set_very_hidden(true);
        }
    }
    let mut notes: BTreeMap<(u32, u32), String> = BTreeMap::new();
    for (row, column, text) in &planned.sheet.comments {
        let own = text.split(NOTE_HEAD).next().unwrap_or("").trim_end();
        if (1..=LAST_ROW).contains(row)
            && (1..=LAST_COLUMN).contains(column)
            && !own.is_empty()
            && own.trim_end_matches([':', '：']) != NOTE_AUTHOR
        {
            notes.insert((*row, *column), own.to_owned());
        }
    }
    for (&cell, indices) in &planned.by_cell {
        let here: Vec<&Mark> = indices.iter().filter_map(|&index| marks.get(index)).collect();
        let text = mark::note_text(&here, cell);
        notes.entry(cell).and_modify(|own| own.push_str(&format!("\n{text}"))).or_insert(text);
    }
    for ((row, column), text) in notes {
        let (width, height) = mark::note_size(&text);
        let note = Note::new(mark::shortened(&text, NOTE_UNITS))
            .set_author(NOTE_AUTHOR)
            .add_author_prefix(false)
            .set_font_name("宋体")
            .set_width(width)
            .set_height(height);
        sheet.insert_note(row - 1, (column - 1) as u16, &note)?;
    }
    Ok(())
}

/// A name that Excel takes, near to the wanted one.
fn unique_sheet_name(wanted: &str, taken: &[String]) -> String {
    let allowed = |letter: char| if "[]:*?/\\".contains(letter) || letter.is_control() { '_' } else { letter };
    let clean: String = wanted.chars().map(allowed).collect();
    let clean = clean.trim_matches('\'');
    let clean = if clean.trim().is_empty() { "表" } else { clean };
    let fits = |units: usize| {
        let mut used = 0;
        clean
            .chars()
            .take_while(|letter| {
                used += letter.len_utf16();
                used <= units
            })
            .collect::<String>()
    };
    let name = unique_name(fits(NAME_UNITS).trim_end_matches('\''), taken);
    if name.encode_utf16().count() <= NAME_UNITS { name } else { unique_name(fits(NAME_UNITS - 6).trim_end_matches('\''), taken) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::sync::Arc;

    use calamine::Data;
    use calamine::Reader;
    use calamine::Xlsx;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::render::annotate::mark::example;
    use crate::tables::Cell;
    use crate::tables::Format;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 5, 1).expect("a day")
    }

    fn ledger() -> Workbook {
        let mut sheet = Sheet::new("台账[一]");
        let title = sheet.push_text(1, "隐患台账");
        sheet.push_row(1, false, &[title]);
        let text = sheet.push_text(1, "=1+1");
        let percent = Cell::number(2, 0.5).with(Cell::PERCENT);
        let date = Cell::date_time(3, day().and_hms_opt(0, 0, 0).expect("midnight"));
        let struck = sheet.push_text(5, "作废").with(Cell::STRUCK);
        sheet.push_row(3, true, &[text, percent, date, Cell::boolean(4, true), struck]);
        sheet.merges.push(MergedArea { first_row: 1, first_column: 1, last_row: 1, last_column: 5 });
        sheet.merges.push(MergedArea { first_row: 1, first_column: 1, last_row: LAST_ROW, last_column: LAST_COLUMN });
        sheet.comments.push((3, 1, "院办：请核".to_owned()));
        sheet.hidden_columns.push((4, 4));
        let mut hidden = Sheet::new("台账_一_");
        hidden.visibility = Visibility::VeryHidden;
        Workbook { format: Format::Csv, encoding: None, sheets: vec![sheet, hidden], notes: Vec::new() }
    }

    fn check(marks: &[Mark]) -> Vec<u8> {
        let first = rebuild_cells(&ledger(), marks, day()).expect("it fits");
        let second = rebuild_cells(&ledger(), marks, day()).expect("it fits");
        assert_eq!(first, second, "same input, same bytes");
        first.bytes
    }

    #[test]
    fn every_value_is_there_again() {
        let bytes = check(&[
            example("台账[一]", 3, 1, Severity::Error),
            example("台账[一]", 5, 2, Severity::Note),
            example("台账[一]", 1, 3, Severity::Warning),
        ]);
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(workbook.sheet_names(), ["需要修改", "台账_一_", "台账_一_2"]);
        let list = workbook.worksheet_range("需要修改").expect("the list");
        assert_eq!(list.get_value((0, 0)), Some(&Data::String(LIST_TITLE.to_owned())));
        assert_eq!(list.get_value((4, 3)), Some(&Data::String("C1".to_owned())));
        let range = workbook.worksheet_range("台账_一_").expect("the ledger");
        let value = |row, column| range.get_value((row, column)).cloned();
        assert_eq!(value(0, 0), Some(Data::String("隐患台账".to_owned())));
        assert_eq!(value(2, 0), Some(Data::String("=1+1".to_owned())));
        assert_eq!(value(2, 1), Some(Data::Float(0.5)));
        assert_eq!(value(2, 3), Some(Data::Bool(true)));
        let Some(Data::DateTime(date)) = value(2, 2) else { panic!("no date: {:?}", value(2, 2)) };
        assert_eq!(date.as_datetime().map(|moment| moment.date()), Some(day()));
    }

    #[test]
    fn comments_are_kept_and_joined() {
        let bytes = check(&[example("台账[一]", 3, 0, Severity::Error), example("台账[一]", 4, 9, Severity::Note)]);
        let mut package = crate::render::annotate::package::Package::open(&bytes).expect("a package");
        let comments = package.text("xl/comments1.xml").expect("comments");
        assert!(comments.contains("院办：请核\n【需要修改】\n（整行）错误") && comments.contains("ref=\"I4\""), "{comments}");
    }

    #[test]
    fn a_file_that_cannot_be_read_has_no_copy() {
        let file = SourceFile { name: Arc::from("a.csv"), bytes: Vec::new() };
        assert!(matches!(rebuild(&file, &[], day()), Err(AnnotateError::Unreadable(_))));
        let mut workbook = ledger();
        workbook.sheets[0].push_row(LAST_ROW + 1, false, &[Cell::number(1, 1.0)]);
        assert!(matches!(rebuild_cells(&workbook, &[], day()), Err(AnnotateError::DoesNotFit { .. })));
    }

    #[test]
    fn names_that_excel_refuses_are_changed() {
        let long = "长".repeat(40);
        let cases = [("a/b", "a_b"), ("'a'", "a"), ("", "表"), (long.as_str(), &"长".repeat(31)[..]), ("台账", "台账2")];
        for (wanted, name) in cases {
            assert_eq!(unique_sheet_name(wanted, &["台账".to_owned()]), name);
        }
        assert_eq!(unique_sheet_name(&long, &["长".repeat(31)]), "长".repeat(25));
    }
}
