//! Marked copies of workbooks from several office programs: the sender's own workbook but for the marks.
//!
//! The workbooks are in `tests/fixtures/annotate`, made by `make.py` there.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use std::sync::Arc;

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use chrono::NaiveDate;
use qingdan::diagnostic::Severity;
use qingdan::render::annotate::AnnotateError;
use qingdan::render::annotate::LIST_TITLE;
use qingdan::render::annotate::Mark;
use qingdan::render::annotate::NOTE_HEAD;
use qingdan::render::annotate::annotate;
use qingdan::source::SourceFile;
use qingdan::source::cell_name;
use qingdan::tables::Sheet;
use qingdan::tables::read;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const OPENPYXL: &[u8] = include_bytes!("../fixtures/annotate/openpyxl.xlsx");
const LIBREOFFICE: &[u8] = include_bytes!("../fixtures/annotate/libreoffice.xlsx");
const XLSXWRITER: &[u8] = include_bytes!("../fixtures/annotate/xlsxwriter.xlsx");
const PREFIXED: &[u8] = include_bytes!("../fixtures/annotate/prefixed.xlsx");
const BARE: &[u8] = include_bytes!("../fixtures/annotate/bare.xlsm");
const LEDGER: &str = "A&B院区'台账";
const RED: &str = "FFFFC7CE";
const YELLOW: &str = "FFFFEB9C";
const BLUE: &str = "FFDDEBF7";

type Parts = BTreeMap<String, Vec<u8>>;

fn mark(sheet: &str, row: u32, column: u32, severity: Severity) -> Mark {
    Mark {
        sheet: sheet.to_owned(),
        row,
        column,
        severity,
        code: "R012",
        field: "整改期限".to_owned(),
        value: Some("2月30日".to_owned()),
        message: "没有这一天".to_owned(),
        help: "改成实际日期".to_owned(),
    }
}

fn marked(bytes: &[u8], marks: &[Mark]) -> Result<(Vec<u8>, &'static str), AnnotateError> {
    let file = SourceFile { name: Arc::from("inbox/甲.xlsx"), bytes: bytes.to_vec() };
    let day = NaiveDate::from_ymd_opt(2024, 5, 1).expect("a day");
    annotate(&file, marks, day).map(|copy| (copy.bytes, copy.extension))
}

fn parts(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("a whole entry");
            (entry.name().expect("a name").into_owned(), content)
        })
        .collect()
}

fn text<'a>(parts: &'a Parts, name: &str) -> &'a str {
    std::str::from_utf8(parts.get(name).unwrap_or_else(|| panic!("no part {name}"))).expect("text")
}

/// The elements `name` of a text, each up to its end.
fn elements<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!("<{name}");
    let mut found = Vec::new();
    for (start, _) in text.match_indices(&opening) {
        let rest = &text[start..];
        if rest[opening.len()..].starts_with([' ', '>', '/']) {
            let tag = rest.find('>').expect("a tag ends") + 1;
            let end = if rest[..tag].ends_with("/>") { tag } else { rest.find(&format!("</{name}>")).expect("an element ends") };
            found.push(&rest[..end]);
        }
    }
    found
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let start = element.find(&format!(" {name}=\""))? + name.len() + 3;
    element[start..].split('"').next()
}

/// The colour of a cell's fill and the rest of its format, as the parts say.
fn look(parts: &Parts, sheet: &str, cell: &str) -> (String, String) {
    let styles = text(parts, "xl/styles.xml");
    let cells = elements(text(parts, sheet), "c");
    let element = cells.iter().find(|element| attribute(element, "r") == Some(cell)).unwrap_or_else(|| panic!("no cell {cell}"));
    let index: usize = attribute(element, "s").map_or(0, |index| index.parse().expect("an index"));
    let formats = elements(elements(styles, "cellXfs")[0], "xf");
    let format = formats[index];
    let fill: usize = attribute(format, "fillId").map_or(0, |fill| fill.parse().expect("an index"));
    let fills = elements(elements(styles, "fills")[0], "fill");
    let colour = elements(fills[fill], "fgColor").first().and_then(|colour| attribute(colour, "rgb")).unwrap_or("").to_owned();
    let rest = format.replace(&format!("fillId=\"{fill}\""), "").replace("applyFill=\"1\"", "").replace("applyFill=\"0\"", "");
    (colour, rest.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// All values of the old sheets stand where they stood; the list comes first.
fn check_values(before: &[u8], after: &[u8], list: &str) {
    let mut old = Xlsx::new(Cursor::new(before)).expect("the fixture is a workbook");
    let mut new = Xlsx::new(Cursor::new(after)).expect("the copy is a workbook");
    let expected: Vec<String> = std::iter::once(list.to_owned()).chain(old.sheet_names()).collect();
    assert_eq!(new.sheet_names(), expected);
    let title = new.worksheet_range(list).expect("the list").get_value((0, 0)).cloned();
    assert_eq!(title, Some(Data::String(LIST_TITLE.to_owned())));
    for sheet in old.worksheets() {
        let range = new.worksheet_range(&sheet.0).expect("the sheet is there");
        for (row, column, value) in sheet.1.used_cells() {
            let (first_row, first_column) = sheet.1.start().expect("it has cells");
            let place = (row as u32 + first_row, column as u32 + first_column);
            assert_eq!(range.get_value(place), Some(value), "{} {}", sheet.0, cell_name(place.0 + 1, place.1 + 1));
        }
    }
}

/// Nothing but `touched` differs, and every entry keeps its place and its name.
fn check_untouched(before: &[u8], after: &[u8], touched: &[&str]) {
    let (old, new) = (parts(before), parts(after));
    let changed: Vec<&str> = old.iter().filter(|(name, content)| new.get(*name) != Some(content)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(changed, touched);
    let names = |bytes: &[u8]| -> Vec<String> {
        let archive = ZipArchive::new(Cursor::new(bytes.to_vec())).expect("a package");
        archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
    };
    assert_eq!(names(after)[..old.len()], names(before)[..]);
}

fn ledger_marks() -> Vec<Mark> {
    vec![
        mark(LEDGER, 5, 5, Severity::Error),
        mark(LEDGER, 6, 3, Severity::Warning),
        mark(LEDGER, 9, 2, Severity::Note),
        mark(LEDGER, 7, 0, Severity::Error),
        mark(LEDGER, 6, 3, Severity::Note),
        mark(LEDGER, 15, 2, Severity::Warning),
        mark("没有的表", 1, 1, Severity::Error),
        mark(LEDGER, 0, 0, Severity::Note),
    ]
}

#[test]
fn a_workbook_of_openpyxl_keeps_its_look() {
    let (copy, extension) = marked(OPENPYXL, &ledger_marks()).expect("it can be marked");
    assert_eq!(extension, "xlsx");
    check_values(OPENPYXL, &copy, "需要修改");
    let touched = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    ];
    check_untouched(OPENPYXL, &copy, &touched);
    let (old, new) = (parts(OPENPYXL), parts(&copy));
    let sheet = "xl/worksheets/sheet2.xml";
    for (cell, colour) in [("E5", RED), ("C6", YELLOW), ("B8", BLUE), ("A7", RED)] {
        let (before, after) = (look(&old, sheet, cell), look(&new, sheet, cell));
        assert_eq!((after.0.as_str(), &after.1), (colour, &before.1), "{cell}");
    }
    assert_eq!(look(&new, sheet, "B15").0, YELLOW, "a missing cell is put in");
    assert_eq!(look(&new, sheet, "B9"), look(&old, sheet, "B9"), "only the corner of a merged area is marked");
    for name in ["dataValidations", "cols", "conditionalFormatting", "sheetProtection", "mergeCells", "autoFilter"] {
        let (before, after) = (elements(text(&old, sheet), name), elements(text(&new, sheet), name));
        assert!(!before.is_empty() && before == after, "{name}");
    }
    let comments = text(&new, "xl/comments/comment1.xml");
    assert!(comments.contains("院办：照片另报") && comments.contains("院办：请财务核对"), "{comments}");
    assert_eq!(comments.matches(NOTE_HEAD).count(), 5, "one for each marked cell: {comments}");
    assert_eq!(elements(comments, "comment").len(), 6);
    assert_eq!(text(&new, "xl/drawings/commentsDrawing1.vml").matches("ObjectType=\"Note\"").count(), 6);
    let workbook = text(&new, "xl/workbook.xml");
    assert!(
        workbook.contains("activeTab=\"0\"") && workbook.contains("localSheetId=\"2\"") && workbook.contains("localSheetId=\"4\""),
        "{workbook}"
    );
    let selected: Vec<&String> =
        new.iter().filter(|(_, part)| String::from_utf8_lossy(part).contains("tabSelected=\"1\"")).map(|(name, _)| name).collect();
    assert_eq!(selected, ["xl/worksheets/sheetReturned1.xml"]);
}

#[test]
fn buttons_and_pictures_of_the_sheet_stay() {
    let marks = [
        mark("台账", 3, 2, Severity::Error),
        mark("台账", 4, 5, Severity::Warning),
        mark("二院区", 2, 2, Severity::Error),
        mark("图", 1, 1, Severity::Error),
    ];
    let (copy, _) = marked(XLSXWRITER, &marks).expect("it can be marked");
    check_values(XLSXWRITER, &copy, "需要修改");
    let new = parts(&copy);
    assert_eq!(look(&new, "xl/worksheets/sheet1.xml", "E4").0, YELLOW);
    let first = text(&new, "xl/drawings/vmlDrawing1.vml");
    assert!(first.contains("提交") && first.matches("ObjectType=\"Note\"").count() == 2, "{first}");
    let second = text(&new, "xl/drawings/vmlDrawing3.vml");
    assert!(second.contains("打印") && second.matches("ObjectType=\"Note\"").count() == 1, "{second}");
    assert!(text(&new, "xl/worksheets/sheet1.xml").contains("<tableParts"));
}

#[test]
fn workbooks_of_other_programs_can_be_marked() {
    let (copy, _) = marked(LIBREOFFICE, &ledger_marks()).expect("it can be marked");
    check_values(LIBREOFFICE, &copy, "需要修改");
    assert_eq!(look(&parts(&copy), "xl/worksheets/sheet2.xml", "E5").0, RED);

    let (copy, _) =
        marked(PREFIXED, &[mark("台账", 2, 2, Severity::Error), mark("台账", 2, 3, Severity::Note), mark("台账", 4, 1, Severity::Note)])
            .expect("it can be marked");
    check_values(PREFIXED, &copy, "需要修改");
    let sheet = parts(&copy);
    let sheet = text(&sheet, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains(
            "<x:c s=\"1\"><x:v>3</x:v></x:c><x:c r=\"C2\" s=\"2\"/></x:row><x:row r=\"4\"><x:c r=\"A4\" s=\"2\"/></x:row></x:sheetData>"
        ),
        "{sheet}"
    );
    assert!(sheet.contains("<x:legacyDrawing xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\""), "{sheet}");

    let (copy, extension) =
        marked(BARE, &[mark("需要修改", 3, 2, Severity::Error), mark("需要修改", 2, 2, Severity::Warning)]).expect("it can be marked");
    assert_eq!(extension, "xlsm");
    check_values(BARE, &copy, "需要修改2");
    assert_eq!(parts(&copy)["xl/vbaProject.bin"], b"not looked at");
}

#[test]
fn a_second_round_takes_the_first_marks_off() {
    let (first, _) = marked(OPENPYXL, &ledger_marks()).expect("it can be marked");
    let (second, _) = marked(&first, &[mark(LEDGER, 4, 4, Severity::Error)]).expect("it can be marked again");
    check_values(OPENPYXL, &second, "需要修改");
    let (old, new) = (parts(OPENPYXL), parts(&second));
    let sheet = "xl/worksheets/sheet2.xml";
    for cell in ["E5", "C6", "B8", "A7"] {
        assert_eq!(look(&new, sheet, cell), look(&old, sheet, cell), "{cell}");
    }
    assert_eq!(look(&new, sheet, "D4").0, RED);
    let comments = text(&new, "xl/comments/comment1.xml");
    assert_eq!((comments.matches(NOTE_HEAD).count(), elements(comments, "comment").len()), (1, 3), "{comments}");
    assert!(comments.contains("院办：请财务核对"));
    assert_eq!(text(&new, "xl/drawings/commentsDrawing1.vml").matches("ObjectType=\"Note\"").count(), 3);
    let (third, _) = marked(&second, &[mark(LEDGER, 4, 4, Severity::Error)]).expect("it can be marked again");
    assert_eq!(look(&parts(&third), sheet, "D4").0, RED);
    assert_eq!(elements(text(&parts(&third), "xl/workbook.xml"), "sheet").len(), 5);
}

#[test]
fn a_file_without_a_look_becomes_a_workbook() {
    let csv = "隐患描述,等级,整改期限\n走道堆放杂物,一般,2024-02-30\n=1+1,重大,\n";
    let (copy, extension) =
        marked(csv.as_bytes(), &[mark("", 2, 3, Severity::Error), mark("", 3, 0, Severity::Note)]).expect("it can be rebuilt");
    assert_eq!(extension, "xlsx");
    let file = |bytes: Vec<u8>| SourceFile { name: Arc::from("台账.csv"), bytes };
    let (before, after) = (read(&file(csv.as_bytes().to_vec())).expect("rows"), read(&file(copy.clone())).expect("rows"));
    let values = |sheet: &Sheet| -> Vec<String> {
        sheet
            .rows
            .iter()
            .flat_map(|&row| sheet.cells_of(row).iter().map(move |&cell| format!("{} {} {:?}", row.number, cell.column, sheet.value(cell))))
            .collect()
    };
    assert_eq!(after.sheets.len(), 2);
    assert_eq!(values(&after.sheets[1]), values(&before.sheets[0]));
    let new = parts(&copy);
    assert_eq!(look(&new, "xl/worksheets/sheet2.xml", "C2").0, RED);
    assert_eq!(look(&new, "xl/worksheets/sheet2.xml", "A3").0, BLUE);
    assert_eq!(elements(text(&new, "xl/comments1.xml"), "comment").len(), 2);
}

#[test]
fn many_marks_are_bounded() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..3_000 {
        sheet.write(row, 1, "走道堆放杂物").expect("it fits");
    }
    let bytes = workbook.save_to_buffer().expect("memory takes it");
    let marks: Vec<Mark> = (0..25_000).map(|number| mark("Sheet1", number % 3_000 + 1, number / 3_000 + 1, Severity::Error)).collect();
    let (copy, _) = marked(&bytes, &marks).expect("it can be marked");
    let new = parts(&copy);
    assert_eq!(elements(text(&new, "xl/commentsReturned1.xml"), "comment").len(), 2_000);
    let list = text(&new, "xl/worksheets/sheetReturned1.xml");
    assert!(list.contains("另有 5000 处没有列出") && list.contains("另有 23000 处只列在本页"));
    assert!(list.contains("ref=\"D20004\"") && !list.contains("ref=\"D20005\""));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for fixture in [OPENPYXL, XLSXWRITER] {
        assert_eq!(marked(fixture, &ledger_marks()), marked(fixture, &ledger_marks()));
    }
}

/// Damaged packages are refused or marked, never a panic; what is marked is a package again.
#[test]
fn damaged_packages_do_no_harm() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below.max(1) as u64) as usize
    };
    let mut marks = ledger_marks();
    marks.extend([mark("台账", 3, 2, Severity::Error), mark("台账", 4, 1, Severity::Note)]);
    let (returned, _) = marked(OPENPYXL, &ledger_marks()).expect("it can be marked");
    for fixture in [OPENPYXL, LIBREOFFICE, XLSXWRITER, PREFIXED, BARE, &returned] {
        let original: Vec<(String, Vec<u8>)> = parts(fixture).into_iter().collect();
        for round in 0..20 {
            let damaged = if round % 4 == 0 {
                let mut bytes = fixture.to_vec();
                let place = next(bytes.len());
                bytes[place] = next(256) as u8;
                bytes
            } else {
                let mut changed = original.clone();
                for _ in 0..=next(3) {
                    let part = next(changed.len());
                    damage(&mut changed[part].1, &mut next);
                }
                if round % 10 == 1 {
                    changed.remove(next(changed.len()));
                }
                package(&changed)
            };
            if let Ok((copy, _)) = marked(&damaged, &marks) {
                assert!(ZipArchive::new(Cursor::new(copy)).is_ok());
            }
        }
    }
}

/// Changes, cuts out or doubles a stretch of a part.
fn damage(content: &mut Vec<u8>, next: &mut impl FnMut(usize) -> usize) {
    let start = next(content.len());
    let end = (start + next(40)).min(content.len());
    match next(4) {
        0 => drop(content.drain(start..end)),
        1 => content.truncate(start),
        2 => {
            let stretch = content[start..end].to_vec();
            content.splice(start..start, stretch);
        }
        _ => {
            if let Some(byte) = content.get_mut(start) {
                *byte = b"0<>/\"=& 9"[next(9)];
            }
        }
    }
}

fn package(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a fresh name");
        writer.write_all(content).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}
