//! Files made to break a reader: each gives rows or one clear error, and never a panic.
//!
//! The files are made here from parts, so that each says what is wrong with it. Limits that need
//! hundreds of megabytes to reach are tested at the builder instead.

use qingdan::tables::UnreadableReason;
use zip::CompressionMethod;

use crate::tables::formats;
use crate::tables::packages;

/// What must become of a file.
enum Fate {
    Damaged,
    TooLarge,
    Encrypted,
    WrongFormat,
}

fn check(what: &str, bytes: Vec<u8>, fate: Fate) {
    let refusal = packages::read("a.xlsx", bytes).expect_err(what);
    let as_expected = match fate {
        Fate::Damaged => refusal.reason == UnreadableReason::Damaged && !refusal.detail.is_empty(),
        Fate::TooLarge => matches!(refusal.reason, UnreadableReason::TooLarge { .. }),
        Fate::Encrypted => refusal.reason == UnreadableReason::Encrypted,
        Fate::WrongFormat => matches!(refusal.reason, UnreadableReason::WrongFormat { .. }),
    };
    assert!(as_expected, "{what}: {refusal:?}");
}

fn sheet(data: &str) -> Vec<u8> {
    packages::workbook(&format!("<sheetData>{data}</sheetData>"))
}

#[test]
fn references_outside_of_the_sheet_are_damage() {
    for reference in ["A0", "A4294967297", "ZZZZ1", "XFE1", "A1048577", "1", "A", ""] {
        check(reference, sheet(&format!("<row r=\"1\"><c r=\"{reference}\"><v>1</v></c></row>")), Fate::Damaged);
    }
    for row in ["0", "4294967295", "1048577", "-1", "x"] {
        check(row, sheet(&format!("<row r=\"{row}\"><c><v>1</v></c></row>")), Fate::Damaged);
    }
    check("row after the last", sheet("<row r=\"1048576\"/><row><c><v>1</v></c></row>"), Fate::Damaged);
    check("column after the last", sheet("<row><c r=\"XFD1\"/><c><v>1</v></c></row>"), Fate::Damaged);
    for area in ["B2:A1", "A0:B1", "A1:ZZZZ9"] {
        let merged = format!("<sheetData/><mergeCells><mergeCell ref=\"{area}\"/></mergeCells>");
        check(area, packages::workbook(&merged), Fate::Damaged);
    }
}

#[test]
fn strings_that_are_not_there_are_damage() {
    for index in ["3", "-1", "x", "99999999999"] {
        check(index, sheet(&format!("<row><c t=\"s\"><v>{index}</v></c></row>")), Fate::Damaged);
    }
    let shared = "<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>";
    check("no shared strings", packages::workbook_but(shared, &[("xl/sharedStrings.xml", None)]), Fate::Damaged);
}

#[test]
fn missing_and_cut_parts_are_damage() {
    let one = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    check("no sheet part", packages::workbook_but(one, &[("xl/worksheets/sheet1.xml", None)]), Fate::Damaged);
    check("no relationships", packages::workbook_but(one, &[("xl/_rels/workbook.xml.rels", None)]), Fate::Damaged);
    for cut in [
        "<worksheet><sheetData><row><c><v>1</v></c></row>",
        "<worksheet><sheetData><row><c",
        "<worksheet>",
        "",
        "<worksheet><a></b></worksheet>",
    ] {
        check(cut, packages::workbook_but(one, &[("xl/worksheets/sheet1.xml", Some(cut))]), Fate::Damaged);
    }
    let whole = packages::workbook(one);
    for length in [whole.len() / 4, whole.len() / 2, whole.len() - 30] {
        check("cut archive", whole[..length].to_vec(), Fate::Damaged);
    }
    check("not a sheet", packages::workbook_but(one, &[("xl/worksheets/sheet1.xml", Some("<html/>"))]), Fate::Damaged);
}

#[test]
fn a_wrong_checksum_is_damage() {
    let mut bytes = packages::zip(&packages::parts("<sheetData><row><c><v>123456</v></c></row></sheetData>"), CompressionMethod::Stored);
    let at = bytes.windows(6).position(|window| window == b"123456").expect("stored as it is");
    bytes[at] = b'9';
    check("checksum", bytes, Fate::Damaged);
}

#[test]
fn entities_and_document_types_are_refused() {
    let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>";
    let outside = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    let undefined = "<worksheet><sheetData><row><c t=\"str\"><v>&nbsp;</v></c></row></sheetData></worksheet>";
    for document in [laughs, outside, undefined] {
        check(document, packages::workbook_but("", &[("xl/worksheets/sheet1.xml", Some(document))]), Fate::Damaged);
    }
}

#[test]
fn bombs_stop_at_the_limits() {
    let long = format!("<row><c t=\"str\"><v>{}</v></c></row>", "字".repeat(2 << 20));
    check("one long text", sheet(&long), Fate::TooLarge);
    check("depth", packages::workbook(&"<a>".repeat(100_000)), Fate::TooLarge);
    let shared = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(5 << 20));
    check("one long shared text", packages::workbook_but("<sheetData/>", &[("xl/sharedStrings.xml", Some(&shared))]), Fate::TooLarge);
}

#[test]
fn sizes_that_lie_are_found_out() {
    let bytes = packages::workbook("<sheetData><row><c><v>1</v></c></row></sheetData>");
    let last = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a directory");
    let with_size = |size: u32| {
        let mut forged = bytes.clone();
        forged[last + 24..last + 28].copy_from_slice(&size.to_le_bytes());
        forged
    };
    check("more than a part may have", with_size(0x7FFF_FFFF), Fate::TooLarge);
    check("hundreds of times its packed size", with_size(200 << 20), Fate::TooLarge);
    check("more than is there", with_size(100_000), Fate::Damaged);
    check("less than is there", with_size(10), Fate::Damaged);
}

#[test]
fn what_looks_like_a_bomb_and_is_none_reads() {
    // One long shared text used by many cells is stored once.
    let text = format!("<sst><si><t>{}</t></si></sst>", "隐".repeat(30_000));
    let cells = format!("<sheetData>{}</sheetData>", "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000));
    let workbook = packages::read("a.xlsx", packages::workbook_but(&cells, &[("xl/sharedStrings.xml", Some(&text))])).expect("shared");
    assert_eq!((workbook.sheets[0].rows.len(), workbook.sheets[0].texts.len()), (1_000, 90_000));
    // Two far corners, a lying dimension, a merge of the whole sheet, a million attributes.
    let far = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row><c><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    let workbook = packages::read("a.xlsx", packages::workbook(far)).expect("sparse");
    assert_eq!(packages::cells(&workbook), "A1=1 XFD1048576=2");
    let attributes: String = (0..200_000).map(|number| format!(" a{number}=\"\"")).collect();
    let workbook = packages::read("a.xlsx", packages::workbook(&format!("<sheetData><row{attributes}><c><v>1</v></c></row></sheetData>")));
    assert!(workbook.is_ok());
    // A blank formatted tail far down.
    let tail: String = (2..=200_000).map(|row| format!("<row r=\"{row}\" s=\"1\"><c r=\"A{row}\" s=\"1\"/></row>")).collect();
    let workbook = packages::read("a.xlsx", sheet(&format!("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>{tail}"))).expect("blank");
    assert_eq!(workbook.sheets[0].rows.len(), 1);
}

#[test]
fn odd_archives_have_one_defined_reading() {
    let one = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let renamed = |from: &str, to: &str| {
        let mut parts = packages::parts(one);
        for (name, _) in &mut parts {
            if name == from {
                *name = to.to_owned();
            }
        }
        packages::zip(&parts, CompressionMethod::Deflated)
    };
    for name in ["XL/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml"] {
        let workbook = packages::read("a.xlsx", renamed("xl/worksheets/sheet1.xml", name));
        assert_eq!(workbook.map(|workbook| packages::cells(&workbook)), Ok("A1=1".to_owned()), "{name}");
    }
    let mut twice = packages::parts(one);
    twice.push(("XL/worksheets/sheet1.xml".to_owned(), b"<worksheet/>".to_vec()));
    check("names that differ in case", packages::zip(&twice, CompressionMethod::Deflated), Fate::Damaged);
    check("a plain archive", packages::zip(&[("a.txt".to_owned(), b"a".to_vec())], CompressionMethod::Stored), Fate::WrongFormat);
    check("a document", packages::zip(&[("word/document.xml".to_owned(), b"<a/>".to_vec())], CompressionMethod::Stored), Fate::WrongFormat);
    // The encryption flag of the first entry, in its local and its central header.
    let mut locked = packages::workbook(one);
    locked[6] |= 1;
    let central = locked.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    locked[central + 8] |= 1;
    check("a password on the archive", locked, Fate::Encrypted);
}

#[test]
fn truncated_workbooks_are_damage() {
    for (name, bytes) in [("xlsx", formats::XLSX), ("xlsb", formats::XLSB), ("ods", formats::ODS)] {
        for part in 1..20 {
            let cut = bytes[..bytes.len() * part / 20].to_vec();
            let refusal = packages::read(name, cut).expect_err("cut off");
            assert_ne!(refusal.reason, UnreadableReason::ReaderFailed, "{name} at {part}/20");
        }
    }
}
