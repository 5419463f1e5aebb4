//! One small ledger in every format, and what each format says beside the cells.
//!
//! The fixtures are made by `tests/fixtures/tables/make.py`; its head shows the ledger.

use qingdan::tables::Cell;
use qingdan::tables::Format;
use qingdan::tables::UnreadableReason;
use qingdan::tables::Visibility;
use qingdan::tables::WorkbookNote;

use crate::tables::packages;

const LEDGER: &str = "A1=‘隐患台账’ A2=‘单位名称’ B2=‘发现日期’ C2=‘整改率’ D2=‘整改情况’ A3=‘甲医院’ B3=2023-05-22 C3=0.5 D3=‘已整改’ \
    -A4=‘乙诊所’ -B4=2023-06-01 -C4=1 -D4=true A6=#N/A";

pub const XLSX: &[u8] = include_bytes!("../../fixtures/tables/ledger.xlsx");
pub const XLS: &[u8] = include_bytes!("../../fixtures/tables/ledger.xls");
pub const XLSB: &[u8] = include_bytes!("../../fixtures/tables/ledger.xlsb");
pub const ODS: &[u8] = include_bytes!("../../fixtures/tables/ledger.ods");
pub const BIFF5: &[u8] = include_bytes!("../../fixtures/tables/biff5.xls");
pub const ENCRYPTED: &[u8] = include_bytes!("../../fixtures/tables/encrypted.xlsx");

/// Encrypted with Excel's own password: RC4 with MD5, RC4 by the CryptoAPI, AES in an agile package.
pub const BUILT_IN_PASSWORD: [&[u8]; 3] = [
    include_bytes!("../../fixtures/tables/built_in_password.xls"),
    include_bytes!("../../fixtures/tables/built_in_password_capi.xls"),
    include_bytes!("../../fixtures/tables/built_in_password.xlsx"),
];

#[test]
fn excels_own_password_opens_and_any_other_does_not() {
    for (name, bytes) in ["a.xls", "b.xls", "c.xlsx"].into_iter().zip(BUILT_IN_PASSWORD) {
        let workbook = packages::read(name, bytes.to_vec()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        assert!(workbook.notes.contains(&WorkbookNote::BuiltInPassword), "{name}");
        assert!(packages::cells(&workbook).contains("A2=‘插座松动’"), "{name}: {}", packages::cells(&workbook));
    }
    let refusal = packages::read("a.xlsx", ENCRYPTED.to_vec()).expect_err("a password of its own");
    assert_eq!(refusal.reason, UnreadableReason::Encrypted);
}

#[test]
fn the_same_ledger_reads_the_same_in_every_format() {
    for (name, bytes, format) in [
        ("ledger.xlsx", XLSX, Format::Xlsx),
        ("ledger.xls", XLS, Format::Xls),
        ("ledger.et", XLS, Format::Et),
        ("ledger.xlsb", XLSB, Format::Xlsb),
        ("ledger.ods", ODS, Format::Ods),
        // The content decides, whatever the name says.
        ("ledger.doc", XLS, Format::Xls),
        ("ledger", XLSX, Format::Xlsx),
    ] {
        let workbook = packages::read(name, bytes.to_vec()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        assert_eq!(workbook.format, format, "{name}");
        assert_eq!(packages::cells(&workbook), LEDGER, "{name}");
        let sheet = &workbook.sheets[0];
        assert_eq!(&*sheet.name, "台账", "{name}");
        assert_eq!(sheet.hidden_columns, [(3, 3)], "{name}");
        let merges: Vec<_> = sheet.merges.iter().map(|area| (area.first_row, area.first_column, area.last_row, area.last_column)).collect();
        assert_eq!(merges, [(1, 1, 1, 4)], "{name}");
        let percent: Vec<_> = sheet.cells.iter().filter(|cell| cell.is_percent()).map(|cell| cell.column).collect();
        assert_eq!(percent, [3, 3], "{name}");
        let lies = workbook.notes.iter().any(|note| matches!(note, WorkbookNote::ExtensionLies { .. }));
        assert_eq!(lies, name == "ledger.doc", "{name}");
    }
}

#[test]
fn hidden_sheets_comments_marks_and_charts_are_kept() {
    for (name, bytes) in [("ledger.xlsx", XLSX), ("ledger.xls", XLS), ("ledger.ods", ODS)] {
        let workbook = packages::read(name, bytes.to_vec()).expect("readable");
        let other = &workbook.sheets[1];
        assert_eq!((&*other.name, other.visibility, other.cells.len()), ("说明", Visibility::Hidden, 1), "{name}");
    }
    let workbook = packages::read("ledger.xlsx", XLSX.to_vec()).expect("readable");
    let sheet = &workbook.sheets[0];
    assert_eq!(sheet.comments, [(4, 1, "联系不上".to_owned())]);
    assert!(sheet.filtered);
    assert!(workbook.notes.contains(&WorkbookNote::SkippedSheet { name: "图".to_owned(), kind: "图表工作表" }));
    let ods = packages::read("ledger.ods", ODS.to_vec()).expect("readable");
    assert_eq!(ods.sheets[0].comments, [(4, 1, "联系不上".to_owned())]);
    for bytes in [XLSX, XLS] {
        let workbook = packages::read("ledger", bytes.to_vec()).expect("readable");
        let sheet = &workbook.sheets[0];
        let marked = |flag| sheet.cells_of(sheet.rows[2]).iter().filter(|cell| cell.has(flag)).map(|cell| cell.column).collect::<Vec<_>>();
        assert_eq!((marked(Cell::STRUCK), marked(Cell::FILLED)), (vec![4], vec![1]));
    }
}

#[test]
fn old_and_odd_excel_files_read() {
    let biff5 = packages::read("a.xls", BIFF5.to_vec()).expect("readable");
    assert_eq!((packages::cells(&biff5).as_str(), &*biff5.sheets[0].name), ("A1=‘隐患’ B1=12.5", "表"));
    let odd = packages::read("a.xls", include_bytes!("../../fixtures/tables/gbk_in_biff8.xls").to_vec()).expect("readable");
    assert_eq!(packages::cells(&odd), "A1=‘隐患’ B1=12.5");
    assert_eq!(odd.notes, [WorkbookNote::Encoding { name: "GB18030", lossy_lines: Vec::new() }]);
    let marked = [b"\xef\xbb\xbf", XLS].concat();
    assert!(packages::read("a.xls", marked).is_ok());
}

#[test]
fn encrypted_files_of_every_kind_say_so() {
    for (name, bytes) in [("a.xlsx", ENCRYPTED), ("a.xls", ENCRYPTED), ("b.xls", include_bytes!("../../fixtures/tables/locked.xls"))] {
        let refusal = packages::read(name, bytes.to_vec()).expect_err("encrypted");
        assert_eq!(refusal.reason, UnreadableReason::Encrypted, "{name}");
    }
}

#[test]
fn pointers_to_nowhere_are_damage() {
    let bytes = include_bytes!("../../fixtures/tables/bad_string_number.xls");
    let refusal = packages::read("a.xls", bytes.to_vec()).expect_err("a string that is not there");
    assert!(refusal.reason == UnreadableReason::Damaged && refusal.detail.contains("A1"), "{refusal:?}");
    let bytes = include_bytes!("../../fixtures/tables/missing_relationship.xlsb");
    let refusal = packages::read("a.xlsb", bytes.to_vec()).expect_err("a part that is not there");
    assert!(refusal.reason == UnreadableReason::Damaged && refusal.detail.contains("台账"), "{refusal:?}");
}

#[test]
fn text_under_any_name_is_read_as_what_it_is() {
    let gbk = encoding_rs::GB18030.encode("单位,隐患\r\n甲,乙\r\n").0.into_owned();
    let utf_16: Vec<u8> = "单位\t隐患\r\n甲\t乙\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let html = b"<html><meta charset=gbk><table><tr><td>\xb5\xa5\xce\xbb<td>b<tr><td>c<td>d</table>".to_vec();
    for (name, bytes, format, encoding, expected) in [
        ("a.csv", gbk.clone(), Format::Csv, Some("GB18030"), "A1=‘单位’ B1=‘隐患’ A2=‘甲’ B2=‘乙’"),
        ("a.xls", gbk, Format::Csv, Some("GB18030"), "A1=‘单位’ B1=‘隐患’ A2=‘甲’ B2=‘乙’"),
        ("a.xls", utf_16, Format::Tsv, Some("UTF-16LE"), "A1=‘单位’ B1=‘隐患’ A2=‘甲’ B2=‘乙’"),
        ("a.xls", html, Format::Html, Some("GB18030"), "A1=‘单位’ B1=‘b’ A2=‘c’ B2=‘d’"),
    ] {
        let workbook = packages::read(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        assert_eq!((workbook.format, workbook.encoding, packages::cells(&workbook).as_str()), (format, encoding, expected));
    }
    assert_eq!(packages::read("a.csv", Vec::new()).expect_err("nothing").reason, UnreadableReason::Empty);
}
