//! What the XLSX reader makes of the many ways to write a sheet.
//!
//! Every example also runs with a prefix on its tags, which sends it through the general path
//! instead of the fast one: both must read the same.

use qingdan::tables::Cell;
use qingdan::tables::MergedArea;
use qingdan::tables::WorkbookNote;
use zip::CompressionMethod;

use crate::tables::packages;

/// A sheet's data, and what is read from it.
fn check(data: &str, expected: &str) {
    let sheet = format!("<sheetData>{data}</sheetData>");
    let workbook = packages::read("a.xlsx", packages::workbook(&sheet)).unwrap_or_else(|refusal| panic!("{data}: {refusal:?}"));
    assert_eq!(packages::cells(&workbook), expected, "{data}");
    // A prefix on every tag sends each cell through the general path instead of the fast one.
    let main = "xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let prefixed = sheet.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:").replace("<x:![", "<![");
    let prefixed = format!("<x:worksheet {main}>{prefixed}</x:worksheet>");
    let workbook = packages::read("a.xlsx", packages::workbook_but("", &[("xl/worksheets/sheet1.xml", Some(&prefixed))]));
    assert_eq!(workbook.map(|workbook| packages::cells(&workbook)), Ok(expected.to_owned()), "{prefixed}");
}

#[test]
fn every_kind_of_cell() {
    check(
        "<row r=\"1\"><c r=\"A1\"><v>1.5</v></c><c r=\"B1\" t=\"s\"><v>2</v></c><c r=\"C1\" t=\"b\"><v>1</v></c></row>",
        "A1=1.5 B1=‘乙’ C1=true",
    );
    check("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#SPILL!</v></c><c r=\"B1\" t=\"str\"><v>a&amp;b</v></c></row>", "A1=#SPILL! B1=‘a&b’");
    check("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>甲_x000D_</t></is></c></row>", "A1=‘甲\r’");
    check("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>一</t></r><r><t>二</t></r><rPh><t>yi</t></rPh></is></c></row>", "A1=‘一二’");
    check("<row r=\"1\"><c r=\"A1\" t=\"d\"><v>2023-05-22T00:00:00</v></c></row>", "A1=2023-05-22");
    check("<row r=\"1\"><c r=\"A1\" t=\"str\"><v><![CDATA[隐&患]]></v></c></row>", "A1=‘隐&患’");
    check(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45068</v></c><c r=\"B1\" s=\"3\"><v>0.5</v></c><c r=\"C1\" s=\"4\"><v>1.5</v></c></row>",
        "A1=2023-05-22 B1=‘12:00’ C1=‘36:00’",
    );
    check(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>60</v></c><c r=\"B1\" s=\"1\"><v>99999999</v></c><c r=\"C1\" s=\"77\"><v>3</v></c></row>",
        "A1=60 B1=99999999 C1=3",
    );
    check("<row r=\"1\"><c r=\"A1\"><v>待查</v></c><c r=\"B1\"><v>1e3</v></c></row>", "A1=‘待查’ B1=1000");
}

#[test]
fn blanks_are_left_out() {
    check(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"str\"><v> \u{3000}</v></c><c r=\"D1\"><v></v></c></row>",
        "",
    );
    check("<row r=\"1\"/><row r=\"2\" s=\"1\"></row>", "");
    check("", "");
}

#[test]
fn places_are_counted_or_sorted() {
    check("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", "A1=1 B1=2 A2=3");
    check("<row r=\"5\"><c><v>1</v></c><c r=\"D5\"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>", "A5=1 D5=2 E5=3 A6=4");
    check(
        "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row><row r=\"1\"><c r=\"A1\"><v>3</v></c></row>",
        "A1=3 A3=2 B3=1",
    );
    check("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "A2=1");
    check("<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row><row r=\"3\" ht=\"0\"><c r=\"A3\"><v>2</v></c></row>", "-A2=1 -A3=2");
}

#[test]
fn formulas_keep_their_result_and_say_when_they_have_none() {
    check("<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\" t=\"str\"><f>T()</f><v></v></c></row>", "A1=2");
    let workbook = packages::read("a.xlsx", packages::workbook("<sheetData><row><c><f>1+1</f></c></row></sheetData>")).expect("readable");
    assert!(workbook.sheets[0].cells[0].has(Cell::FORMULA_WITHOUT_RESULT));
    assert_eq!(packages::cells(&workbook), "A1=‘’");
}

#[test]
fn facts_beside_the_cells() {
    let sheet = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"4\" width=\"9\"/></cols><sheetData><row><c><v>1</v></c></row></sheetData>\
        <autoFilter ref=\"A1:B2\"/><mergeCells><mergeCell ref=\"C3:D4\"/><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"E5\"/></mergeCells>";
    let workbook = packages::read("a.xlsx", packages::workbook(sheet)).expect("readable");
    let read = &workbook.sheets[0];
    let area = |first_row, first_column, last_row, last_column| MergedArea { first_row, first_column, last_row, last_column };
    assert_eq!(read.merges, [area(1, 1, 1, 2), area(3, 3, 4, 4)]);
    assert_eq!(read.hidden_columns, [(2, 3)]);
    assert!(read.filtered && &*read.name == "台账");
}

#[test]
fn strict_files_stored_parts_and_junk_around_the_archive_read_the_same() {
    let sheet = "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>";
    let strict = packages::parts_with(
        sheet,
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    );
    let plain = packages::workbook(sheet);
    for (what, bytes) in [
        ("strict", packages::zip(&strict, CompressionMethod::Deflated)),
        ("stored", packages::zip(&packages::parts(sheet), CompressionMethod::Stored)),
        ("byte order mark", [b"\xef\xbb\xbf", &plain[..]].concat()),
        ("junk before", [&b"\x01\0\x02"[..], &plain[..]].concat()),
        ("plain", plain),
    ] {
        let workbook = packages::read("a.xlsx", bytes).unwrap_or_else(|refusal| panic!("{what}: {refusal:?}"));
        assert_eq!(packages::cells(&workbook), "A1=‘甲’", "{what}");
    }
}

#[test]
fn parts_in_other_encodings_are_decoded() {
    let text =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet><sheetData><row><c t=\"str\"><v>隐患</v></c></row></sheetData></worksheet>";
    let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut parts = packages::parts("");
    parts.retain(|(name, _)| name != "xl/worksheets/sheet1.xml");
    parts.push(("xl/worksheets/sheet1.xml".to_owned(), bytes));
    let workbook = packages::read("a.xlsx", packages::zip(&parts, CompressionMethod::Deflated)).expect("decoded");
    assert_eq!(packages::cells(&workbook), "A1=‘隐患’");
}

#[test]
fn sheets_without_cells_and_date_systems_are_noted() {
    let book = "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"台账\" r:id=\"rId1\" state=\"veryHidden\"/>\
        <sheet name=\"图\" r:id=\"rId9\"/><sheet name=\"模块\" r:id=\"\"/></sheets></workbook>";
    let relationships = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        <Relationship Id=\"rId2\" Type=\"x/styles\" Target=\"styles.xml\"/>\
        <Relationship Id=\"rId9\" Type=\"x/chartsheet\" Target=\"chartsheets/sheet1.xml\"/></Relationships>";
    let bytes = packages::workbook_but(
        "<sheetData><row><c s=\"1\"><v>43606</v></c></row></sheetData>",
        &[("xl/workbook.xml", Some(book)), ("xl/_rels/workbook.xml.rels", Some(relationships))],
    );
    let workbook = packages::read("台账.csv", bytes).expect("readable");
    assert_eq!(packages::cells(&workbook), "A1=2023-05-22");
    assert_eq!(workbook.sheets[0].visibility, qingdan::tables::Visibility::VeryHidden);
    let skipped = |name: &str, kind| WorkbookNote::SkippedSheet { name: name.to_owned(), kind };
    let lies = WorkbookNote::ExtensionLies { claimed: "csv".to_owned(), actual: qingdan::tables::Format::Xlsx };
    assert_eq!(workbook.notes, [lies, WorkbookNote::Date1904, skipped("图", "图表工作表"), skipped("模块", "没有内容的工作表")]);
}
