//! Flipped bytes and cut ends: whatever becomes of a file, the reader answers.
//!
//! The sequence is seeded, so that a failure can be made again.

use qingdan::tables::UnreadableReason;

use crate::tables::formats;
use crate::tables::packages;

/// A small generator; the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

/// Reads mutants of a file; our own readers must not even break inside. Gives how many still read.
fn check(name: &str, bytes: &[u8], by_calamine: bool) {
    check_rounds(400, name, bytes, by_calamine);
}

fn check_rounds(rounds: u32, name: &str, bytes: &[u8], by_calamine: bool) {
    let mut numbers = Numbers(0x5EED_2023_0522);
    for round in 0..rounds {
        let mut mutant = bytes.to_vec();
        for _ in 0..=numbers.next(4) {
            let at = numbers.next(mutant.len());
            mutant[at] = match numbers.next(4) {
                0 => 0,
                1 => 0xFF,
                2 => mutant[at] ^ (1 << numbers.next(8)),
                _ => numbers.next(256) as u8,
            };
        }
        if numbers.next(5) == 0 {
            mutant.truncate(numbers.next(mutant.len()));
        }
        if let Err(refusal) = packages::read(name, mutant) {
            let broke = refusal.reason == UnreadableReason::ReaderFailed;
            assert!(!broke || by_calamine, "{name}, round {round}: {refusal:?}");
        }
    }
}

#[test]
fn mutants_of_every_format_get_an_answer() {
    check("a.xlsx", formats::XLSX, false);
    check("a.xls", formats::XLS, false);
    check("b.xls", formats::BIFF5, false);
    // Each try of a password takes a hundred thousand hashes.
    check_rounds(20, "c.xlsx", formats::ENCRYPTED, false);
    check("a.xlsb", formats::XLSB, true);
    check("a.ods", formats::ODS, false);
    check_rounds(20, "d.xls", formats::BUILT_IN_PASSWORD[0], false);
}

#[test]
fn mutants_of_text_get_an_answer() {
    let csv = "单位,隐患,期限\r\n甲医院,\"通道\n堆物\",2023-05-22\r\n乙诊所,'=电线老化,尽快\r\n";
    let html = "<html><meta charset=utf-8><p>标题</p><table><tr><td rowspan=2>a&nbsp;</td><td colspan='2'>b</td></tr><tr style='display:none'><td>c</table>";
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"a\"><Table><Row ss:Index=\"3\"><Cell ss:MergeAcross=\"2\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet></Workbook>";
    for (name, text) in [("a.csv", csv), ("a.html", html), ("a.xml", xml)] {
        check(name, text.as_bytes(), false);
    }
    let utf_16: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("b.csv", &utf_16, false);
    check("c.csv", &encoding_rs::GB18030.encode(csv).0, false);
}

#[test]
fn mutants_inside_of_parts_get_an_answer() {
    // Stored parts with the checksum made right again: the damage reaches the readers behind it.
    let sheet = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
        <c r=\"B1\" s=\"1\"><v>45068.5</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>a&amp;b_x0041_</t></is></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
    let mut numbers = Numbers(0x5EED_2023_0601);
    for round in 0..600 {
        let mut parts = packages::parts(sheet);
        let part = numbers.next(parts.len());
        let content = &mut parts[part].1;
        for _ in 0..=numbers.next(3) {
            let at = numbers.next(content.len());
            content[at] = numbers.next(256) as u8;
        }
        let bytes = packages::zip(&parts, zip::CompressionMethod::Stored);
        if let Err(refusal) = packages::read("a.xlsx", bytes) {
            assert_ne!(refusal.reason, UnreadableReason::ReaderFailed, "round {round}: {refusal:?}");
        }
    }
}
