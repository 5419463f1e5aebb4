//! Thousands of files with a few wrong bytes: every one gets an answer, every row an account, no row is lost in silence.
//!
//! Seeded, so that a failure can be made again. The formats alone are tried in `tables::mutants`; here damage goes through
//! the whole reading, and through the clerk's own files.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::records::Authority;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::registers::read_contacts;
use qingdan::registers::read_letters;
use qingdan::registers::read_submission_log;
use qingdan::registers::read_task_log;
use qingdan::rules::check_file;
use qingdan::source::SourceFile;
use qingdan::tables::UnreadableReason;
use qingdan::tables::Value;
use qingdan::tables::WorkbookNote;

use crate::tables::packages;

/// Larger files only cost time; their formats are there in small ones.
const LARGEST: usize = 12 << 10;

/// A small generator; the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    /// The bytes with one to four of them changed, and sometimes cut.
    fn mutant(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut mutant = bytes.to_vec();
        for _ in 0..=self.next(4) {
            let at = self.next(mutant.len());
            mutant[at] = match self.next(5) {
                0 => 0,
                1 => 0xFF,
                2 => mutant[at] ^ (1 << self.next(8)),
                3 => b"0123456789,\"'=:-{}[]&*\n\t"[self.next(23)],
                _ => self.next(256) as u8,
            };
        }
        if self.next(6) == 0 {
            mutant.truncate(self.next(mutant.len()));
        }
        mutant
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn source(name: &str, bytes: Vec<u8>) -> SourceFile {
    SourceFile { name: Arc::from(name), bytes }
}

/// The small files below a folder, in a fixed order.
fn small_files(top: &Path) -> Vec<(String, Vec<u8>)> {
    let mut folders = vec![top.to_owned()];
    let mut files = Vec::new();
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(current).expect("a folder of the repository") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("readable");
            if (1..=LARGEST).contains(&bytes.len()) {
                files.push((path.strip_prefix(top).expect("inside").to_string_lossy().into_owned(), bytes));
            }
        }
    }
    files.sort();
    files
}

fn campaign() -> (Campaign, Roster) {
    let read = |name: &str| std::fs::read(folder("campaigns").join(name)).expect("shipped");
    let campaign = read_campaign(&source("campaign.yaml", read("wushen-2023.yaml"))).campaign.expect("reads");
    let roster = read_roster(&source("units.csv", read("wushen-2023/units.csv"))).roster.expect("reads");
    (campaign, roster)
}

#[test]
fn mutants_of_submissions_get_an_answer_and_every_row_an_account() {
    let (campaign, roster) = campaign();
    let ground = Ground::new(&campaign, &roster, campaign.end);
    let mut numbers = Numbers(0x5EED_2026_1201);
    let mut tried = 0;
    for (name, bytes) in small_files(&folder("examples/inbox-wushen")).into_iter().chain(small_files(&folder("examples/inbox-hostile"))) {
        for round in 0..8 {
            let file = source(&name, numbers.mutant(&bytes));
            let reading = read_file(&file, &ReadingBasis { ground, authority: Authority::Unit });
            check_file(&reading, ground);
            tried += 1;
            match &reading.content {
                Ok(content) => {
                    for sheet in &content.sheets {
                        let accounted: u32 = sheet.rows.values().sum();
                        assert!(accounted as usize >= sheet.unrecognised.len(), "{name}, round {round}");
                    }
                }
                Err(refusal) => {
                    let by_calamine = name.ends_with("xlsb");
                    assert!(by_calamine || refusal.reason != UnreadableReason::ReaderFailed, "{name}, round {round}: {refusal:?}");
                }
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn mutants_of_the_clerks_own_files_get_an_answer() {
    let (campaign, roster) = campaign();
    let mut numbers = Numbers(0x5EED_2026_1202);
    let yaml = std::fs::read(folder("campaigns/wushen-2023.yaml")).expect("shipped");
    let units = std::fs::read(folder("campaigns/wushen-2023/units.csv")).expect("shipped");
    let log = "单位,报送事项,日期,方式,备注\n乌审旗人民医院,周统计,2023-07-07,电话,\n乌审旗蒙医综合医院,零报告,7月8日,纸质,\"补\n报\"\n"
        .as_bytes();
    let tasks = "任务,状态,完成日期,备注\n安全培训,已完成,2023-07-01,\n应急演练,进行中,,\n".as_bytes();
    let contacts = "单位,角色,姓名,电话,日期\n乌审旗人民医院,联络员,张三,13800001001,2023-06-01\n".as_bytes();
    let letters = "编号,单位,步骤,日期,文号,隐患\nwushen-2023-N001,乌审旗人民医院,整改通知书,2023-07-07,,wushen-2023-H01-001\n".as_bytes();
    for _ in 0..20 {
        read_campaign(&source("campaign.yaml", numbers.mutant(&yaml)));
        for _ in 0..10 {
            read_roster(&source("units.csv", numbers.mutant(&units)));
            read_submission_log(&source("submissions.csv", numbers.mutant(log)), &campaign, &roster);
            read_task_log(&source("tasks.csv", numbers.mutant(tasks)), &campaign);
            read_contacts(&source("contacts.csv", numbers.mutant(contacts)), &campaign, &roster);
            read_letters(&source("notices.csv", numbers.mutant(letters)), &campaign, &roster);
        }
    }
}

#[test]
fn one_wrong_digit_loses_no_row_in_silence() {
    let text = |row: usize, column: char| format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>值{column}{row}</t></is></c>");
    let rows: String = (1..=12).map(|row| format!("<row r=\"{row}\">{}{}</row>", text(row, 'A'), text(row, 'B'))).collect();
    let sheet = format!("<sheetData>{rows}</sheetData>");
    let texts = |bytes: Vec<u8>| -> Option<(Vec<String>, bool)> {
        let workbook = packages::read("a.xlsx", bytes).ok()?;
        let sheet = &workbook.sheets[0];
        let mut texts: Vec<String> = Vec::new();
        for &row in &sheet.rows {
            texts.extend(
                sheet
                    .cells_of(row)
                    .iter()
                    .filter_map(|&cell| if let Value::Text(text) = sheet.value(cell) { Some(text.to_owned()) } else { None }),
            );
        }
        texts.sort();
        let told = workbook.notes.iter().any(|note| matches!(note, WorkbookNote::Overwritten { .. } | WorkbookNote::RowsDiffer { .. }));
        Some((texts, told))
    };
    let zipped = |sheet: &str| packages::zip(&packages::parts(sheet), zip::CompressionMethod::Stored);
    let (whole, told) = texts(zipped(&sheet)).expect("readable");
    assert!(whole.len() == 24 && !told);
    let mut tried = 0;
    for (start, _) in sheet.match_indices("r=\"") {
        let end = start + 3 + sheet[start + 3..].find('"').expect("quoted");
        for at in (start + 3..end).filter(|&at| sheet.as_bytes()[at].is_ascii_digit()) {
            for digit in '0'..='9' {
                let mutant = format!("{}{digit}{}", &sheet[..at], &sheet[at + 1..]);
                tried += 1;
                if let Some((read, told)) = texts(zipped(&mutant)) {
                    assert!(told || read == whole, "{}: {} of 24", &mutant[start..end], read.len());
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn every_ceiling_stands_on_its_page() {
    let page = std::fs::read_to_string(folder("docs/limits.md")).expect("there");
    let read = |file| std::fs::read_to_string(folder(file)).expect("there");
    let limits = read("src/tables/limits.rs") + &read("src/containers/limits.rs");
    let names = limits.lines().filter_map(|line| line.strip_prefix("pub const ").or_else(|| line.strip_prefix("pub fn ")));
    for name in names.map(|rest| rest.split([':', '(']).next().expect("a name")) {
        assert!(page.contains(&format!("`{name}`")), "docs/limits.md does not name {name}");
    }
}
