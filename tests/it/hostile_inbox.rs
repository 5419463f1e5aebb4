//! Files that hurt: each gives the records it holds or one clear error of the kind that was meant.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use qingdan::campaign::Ground;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::records::Authority;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::source::SourceFile;
use qingdan::tables::UnreadableReason;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &str) -> SourceFile {
    let bytes = fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    SourceFile { name: Arc::from(path.rsplit('/').next().unwrap_or(path)), bytes }
}

fn kind(reason: &UnreadableReason) -> &'static str {
    match reason {
        UnreadableReason::Empty => "empty",
        UnreadableReason::Encrypted => "encrypted",
        UnreadableReason::Damaged => "damaged",
        UnreadableReason::WrongFormat { .. } => "wrong_format",
        UnreadableReason::TooLarge { .. } => "too_large",
        UnreadableReason::BadText { .. } => "bad_text",
        UnreadableReason::NotOpened => "not_opened",
        UnreadableReason::ReaderFailed => "reader_failed",
    }
}

#[test]
fn each_file_gives_its_records_or_the_error_that_was_meant() {
    let campaign = read_campaign(&source("campaigns/wushen-2023.yaml")).campaign.expect("reads");
    let roster = read_roster(&source("campaigns/wushen-2023/units.csv")).roster.expect("reads");
    let basis = ReadingBasis { ground: Ground::new(&campaign, &roster, campaign.start), authority: Authority::Unit };
    let truth = source("examples/expected/hostile.csv");
    let mut reader = csv::Reader::from_reader(truth.bytes.as_slice());
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let (file, records, errors) = (&row[0], &row[1], &row[2]);
        tried += 1;
        let outcome = match read_file(&source(&format!("examples/inbox-hostile/{file}")), &basis).content {
            Ok(content) => content.sheets.iter().map(|sheet| sheet.records.len()).sum::<usize>().to_string(),
            Err(unreadable) => kind(&unreadable.reason).to_owned(),
        };
        let meant = outcome == records || errors.split('|').any(|error| error == outcome);
        if !meant {
            wrong.push(format!("{file}: {outcome}, expected {records} {errors}"));
        }
    }
    assert!(tried > 50, "only {tried} files tried");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
