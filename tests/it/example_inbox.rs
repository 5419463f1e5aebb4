//! The example inbox against the truth that its generator wrote beside it.
//!
//! `?` in a truth file means that the contract leaves room; an empty cell means that nothing must be there.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::dates::DateReading;
use qingdan::dates::Undated;
use qingdan::dates::UnreadableDate;
use qingdan::ledger::Hazard;
use qingdan::ledger::MergeInputs;
use qingdan::ledger::MergeOutcome;
use qingdan::ledger::merge;
use qingdan::records::Authority;
use qingdan::records::FileReading;
use qingdan::records::Reading;
use qingdan::records::ReadingBasis;
use qingdan::records::Record;
use qingdan::records::RowKind;
use qingdan::records::UnitReading;
use qingdan::records::read_file;
use qingdan::results::overdue;
use qingdan::source::SourceFile;
use qingdan::vocabulary::Field;
use qingdan::vocabulary::label_key;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[allow(clippy::disallowed_methods)] // Tests stand at the edge: they read the files they compare.
fn source(path: &Path, name: &str) -> SourceFile {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile { name: Arc::from(name), bytes }
}

fn campaign() -> (Campaign, Roster) {
    let folder = root().join("campaigns");
    let campaign = read_campaign(&source(&folder.join("wushen-2023.yaml"), "campaign.yaml"));
    let roster = read_roster(&source(&folder.join("wushen-2023/units.csv"), "units.csv"));
    (campaign.campaign.expect("the shipped campaign reads"), roster.roster.expect("the shipped roster reads"))
}

fn inbox_files() -> Vec<(String, PathBuf)> {
    let folder = root().join("examples/inbox-wushen");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(current) = folders.pop() {
        for entry in std::fs::read_dir(current).expect("the inbox is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).expect("inside").to_string_lossy().replace('\\', "/");
                files.push((name, path));
            }
        }
    }
    files.sort();
    files
}

fn read_inbox(campaign: &Campaign, roster: &Roster) -> Vec<FileReading> {
    let basis = ReadingBasis { ground: Ground::new(campaign, roster, campaign.start), authority: Authority::Unit };
    inbox_files().iter().map(|(name, path)| read_file(&source(path, name), &basis)).collect()
}

/// The rows of a truth file, each as column title → text.
fn truth(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = root().join("examples/expected").join(name);
    let mut reader = csv::Reader::from_reader(std::io::Cursor::new(source(&path, name).bytes));
    let titles: Vec<String> =
        reader.headers().expect("titles").iter().map(|title| title.trim_start_matches('\u{FEFF}').to_owned()).collect();
    reader.records().map(|record| titles.iter().cloned().zip(record.expect("a row").iter().map(str::to_owned)).collect()).collect()
}

fn merged(campaign: &Campaign, roster: &Roster, files: Vec<FileReading>) -> MergeOutcome {
    merge(MergeInputs {
        ground: Ground::new(campaign, roster, campaign.start),
        base: None,
        carried: None,
        files,
        received: None,
        assigned: BTreeSet::new(),
        earlier_identities: Vec::new(),
        joined: std::collections::BTreeMap::new(),
        take_over: None,
        vacant: Default::default(),
    })
}

fn fail_if_any(what: &str, mismatches: &[String]) {
    assert!(mismatches.is_empty(), "{} {what}:\n{}", mismatches.len(), mismatches.join("\n"));
}

#[test]
fn every_row_has_the_kind_that_was_meant() {
    let (campaign, roster) = campaign();
    let readings = read_inbox(&campaign, &roster);
    let mut mismatches = Vec::new();
    for row in truth("rows.csv") {
        let sheet = readings
            .iter()
            .find(|file| file.file.as_ref() == row["file"])
            .and_then(|file| file.content.as_ref().ok())
            .and_then(|content| content.sheets.iter().find(|sheet| sheet.sheet.as_ref() == row["sheet"]));
        let Some(sheet) = sheet else {
            mismatches.push(format!("{} › {}: not read", row["file"], row["sheet"]));
            continue;
        };
        let open: u32 = row["open"].parse().unwrap_or(0);
        let mut total = 0;
        for kind in RowKind::ALL {
            let counted = sheet.rows.get(&kind).copied().unwrap_or(0);
            total += counted;
            let least: u32 = row[kind.key()].parse().expect("a count");
            if counted < least || counted > least + open {
                mismatches.push(format!("{} › {} {}: {counted}, expected {least} (+{open})", row["file"], row["sheet"], kind.key()));
            }
        }
        if total.to_string() != row["total"] || sheet.records.len().to_string() != row["records"] {
            mismatches.push(format!(
                "{} › {}: {total} rows, {} records, expected {} and {}",
                row["file"],
                row["sheet"],
                sheet.records.len(),
                row["total"],
                row["records"]
            ));
        }
        for (number, text) in &sheet.unrecognised {
            mismatches.push(format!("   unrecognised {number}: {text}"));
        }
    }
    fail_if_any("rows", &mismatches);
}

/// Folds what people see as the same: width, white space, invisible characters.
fn folded(text: &str) -> String {
    label_key(text)
}

fn date_word(reading: DateReading) -> String {
    match reading {
        DateReading::Blank => String::new(),
        DateReading::On(date) => date.to_string(),
        DateReading::Immediate => "immediate".to_owned(),
        DateReading::Undated(Undated::Ongoing) => "ongoing".to_owned(),
        DateReading::Undated(Undated::Vague) => "vague".to_owned(),
        DateReading::Undated(Undated::Conditional) => "conditional".to_owned(),
        DateReading::Undated(Undated::Event) => "event".to_owned(),
        DateReading::Unreadable(UnreadableDate::Ambiguous) => "ambiguous".to_owned(),
        DateReading::Unreadable(UnreadableDate::Impossible) => "impossible".to_owned(),
        DateReading::Unreadable(UnreadableDate::StatusWord) => "status_word".to_owned(),
        DateReading::Unreadable(other) => format!("{other:?}"),
    }
}

fn record_field(record: &Record, roster: &Roster, key: &str) -> String {
    let text = |field: Field| record.values.get(field).unwrap_or("").to_owned();
    match key {
        "unit" => match &record.unit {
            UnitReading::Known(index) => roster.units[*index].code.clone(),
            _ => String::new(),
        },
        "level" => record.level.value().map_or_else(String::new, |level| level.key().to_owned()),
        "status" => record.status.value().map_or_else(String::new, |status| status.key().to_owned()),
        "found_on" => date_word(record.found_on),
        "deadline" => date_word(record.deadline),
        "rectified_on" => date_word(record.rectified_on),
        "funds" => match record.funds {
            Reading::Value(amount) => amount.to_string(),
            _ => String::new(),
        },
        _ => text(Field::from_key(key).expect("a field")),
    }
}

const COMPARED: [&str; 13] = [
    "unit",
    "description",
    "location",
    "category",
    "level",
    "found_on",
    "deadline",
    "status",
    "rectified_on",
    "responsible",
    "phone",
    "measure",
    "funds",
];

#[test]
fn every_record_is_read_as_it_was_meant() {
    let (campaign, roster) = campaign();
    let readings = read_inbox(&campaign, &roster);
    let mut mismatches = Vec::new();
    let mut compared = 0;
    for row in truth("records.csv") {
        let records: Vec<&Record> = readings
            .iter()
            .filter(|file| file.file.as_ref() == row["file"])
            .filter_map(|file| file.content.as_ref().ok())
            .flat_map(|content| &content.sheets)
            .filter(|sheet| sheet.sheet.as_ref() == row["sheet"])
            .flat_map(|sheet| &sheet.records)
            .filter(|record| row["row"] == "?" || record.row.to_string() == row["row"])
            .collect();
        let described = |record: &&&Record| {
            row["description"] == "?" || folded(&record_field(record, &roster, "description")) == folded(&row["description"])
        };
        let Some(record) = records.iter().find(described) else {
            mismatches.push(format!("{} › {} row {}: no such record: {}", row["file"], row["sheet"], row["row"], row["description"]));
            continue;
        };
        for key in COMPARED {
            if row[key] == "?" {
                continue;
            }
            compared += 1;
            let read = record_field(record, &roster, key);
            let same =
                if key == "funds" { read.parse::<f64>().ok() == row[key].parse::<f64>().ok() } else { folded(&read) == folded(&row[key]) };
            if !same {
                mismatches.push(format!(
                    "{} › {} row {} {key}: {read:?}, expected {:?}  ({})",
                    row["file"], row["sheet"], row["row"], row[key], row["deadline_text"]
                ));
            }
        }
    }
    assert!(compared > 3_000, "only {compared} values compared");
    fail_if_any("values", &mismatches);
}

fn hazard_of<'a>(outcome: &'a MergeOutcome, roster: &Roster, row: &BTreeMap<String, String>) -> Option<&'a Hazard> {
    outcome.ledger.hazards.iter().find(|hazard| {
        let unit = hazard.unit_index.map_or("", |index| roster.units[index].code.as_str());
        let text = |field: Field| hazard.values.get(field).unwrap_or("");
        unit == row["unit"]
            && folded(text(Field::Description)) == folded(&row["description"])
            && (row["location"] == "?" || folded(text(Field::Location)) == folded(&row["location"]))
            && (row["found_on"] == "?" || date_word(hazard.found_on) == row["found_on"])
    })
}

#[test]
fn the_merged_ledger_is_the_one_that_was_meant() {
    let (campaign, roster) = campaign();
    let outcome = merged(&campaign, &roster, read_inbox(&campaign, &roster));
    let mut mismatches = Vec::new();
    let expected = truth("hazards.csv");
    if outcome.ledger.hazards.len() != expected.len() {
        mismatches.push(format!("{} hazards, expected {}", outcome.ledger.hazards.len(), expected.len()));
    }
    for row in &expected {
        let Some(hazard) = hazard_of(&outcome, &roster, row) else {
            mismatches.push(format!("{} {}: not in the ledger", row["unit"], row["description"]));
            continue;
        };
        let check = |key: &str, value: String, mismatches: &mut Vec<String>| {
            if row[key] != "?" && folded(&value) != folded(&row[key]) {
                mismatches.push(format!("{} {} {key}: {value:?}, expected {:?}", row["unit"], row["description"], row[key]));
            }
        };
        check("status", hazard.status.key().to_owned(), &mut mismatches);
        check("level", hazard.level.value().map_or_else(String::new, |level| level.key().to_owned()), &mut mismatches);
        check("deadline", date_word(hazard.deadline), &mut mismatches);
        check("rectified_on", hazard.rectified_on.map_or_else(String::new, |date| date.to_string()), &mut mismatches);
        for key in ["responsible", "phone", "measure", "category"] {
            check(key, hazard.values.get(Field::from_key(key).expect("a field")).unwrap_or("").to_owned(), &mut mismatches);
        }
        let missing = outcome.missing.contains(&hazard.id);
        if row["missing"] != "?" && missing != (row["missing"] == "yes") {
            mismatches.push(format!("{} {} missing: {missing}", row["unit"], row["description"]));
        }
    }
    for row in truth("conflicts.csv") {
        let found = outcome
            .conflicts
            .iter()
            .any(|conflict| conflict.field.key() == row["field"] && conflict.kept == row["kept"] && conflict.other == row["other"]);
        if !found {
            mismatches.push(format!("conflict not reported: {row:?}"));
        }
    }
    fail_if_any("hazards", &mismatches);
}

#[test]
fn every_record_has_one_disposition_and_the_counts_add_up() {
    let (campaign, roster) = campaign();
    let readings = read_inbox(&campaign, &roster);
    let records: usize = readings
        .iter()
        .filter_map(|file| file.content.as_ref().ok())
        .flat_map(|content| &content.sheets)
        .map(|sheet| sheet.records.len())
        .sum();
    let outcome = merged(&campaign, &roster, readings);
    let mut total = 0;
    let mut by_outcome: BTreeMap<&str, u32> = BTreeMap::new();
    for tally in &outcome.tallies {
        assert_eq!(
            tally.records,
            tally.new + tally.updated + tally.unchanged + tally.duplicate + tally.rejected,
            "{} › {}",
            tally.file,
            tally.sheet
        );
        total += tally.records as usize;
        for (key, count) in [
            ("new", tally.new),
            ("updated", tally.updated),
            ("unchanged", tally.unchanged),
            ("duplicate", tally.duplicate),
            ("rejected", tally.rejected),
        ] {
            *by_outcome.entry(key).or_default() += count;
        }
    }
    assert_eq!(total, records);
    let mut expected: BTreeMap<&str, u32> = BTreeMap::new();
    let rows = truth("records.csv");
    for row in &rows {
        *expected.entry(row["outcome"].as_str()).or_default() += 1;
    }
    let open = expected.remove("?").unwrap_or(0);
    let least: u32 = expected.values().sum();
    assert_eq!(least + open, records as u32);
    for (key, count) in expected {
        assert!(by_outcome[key] >= count && by_outcome[key] <= count + open, "{key}: {}, expected {count} (+{open})", by_outcome[key]);
    }
}

#[test]
fn what_is_overdue_agrees_with_an_independent_calculation() {
    let (campaign, roster) = campaign();
    let outcome = merged(&campaign, &roster, read_inbox(&campaign, &roster));
    let mut mismatches = Vec::new();
    for (name, as_of) in [("overdue.csv", (2023, 8, 15)), ("overdue-2023-07-20.csv", (2023, 7, 20))] {
        let as_of = NaiveDate::from_ymd_opt(as_of.0, as_of.1, as_of.2).expect("a date");
        let answer = overdue(&outcome.ledger, Ground::new(&campaign, &roster, as_of));
        let expected = truth(name);
        if answer.items.len() != expected.len() {
            mismatches.push(format!("{name}: {} items, expected {}", answer.items.len(), expected.len()));
        }
        for row in expected {
            let Some(hazard) = hazard_of(&outcome, &roster, &row) else { continue };
            let Some(item) = answer.items.iter().find(|item| outcome.ledger.hazards[item.hazard].id == hazard.id) else {
                mismatches.push(format!("{name} {} {}: not listed", row["unit"], row["description"]));
                continue;
            };
            let late = if item.late { "yes" } else { "no" };
            for (key, value) in [
                ("state", item.state.key().to_owned()),
                ("deadline", item.deadline.map_or_else(String::new, |date| date.to_string())),
                ("deadline_source", item.deadline_source.key().to_owned()),
                ("late", late.to_owned()),
                ("days", item.days.map_or_else(String::new, |days| days.to_string())),
            ] {
                if row[key] != "?" && row[key] != value {
                    mismatches.push(format!("{name} {} {} {key}: {value:?}, expected {:?}", row["unit"], row["description"], row[key]));
                }
            }
        }
    }
    fail_if_any("overdue answers", &mismatches);
}

#[test]
fn every_zero_report_is_counted_for_its_unit() {
    let (campaign, roster) = campaign();
    let readings = read_inbox(&campaign, &roster);
    let mut found: BTreeSet<(String, String, String)> = BTreeSet::new();
    for file in &readings {
        let Ok(content) = &file.content else { continue };
        for sheet in &content.sheets {
            for zero in &sheet.zero_reports {
                let unit = if let UnitReading::Known(index) = zero.unit { roster.units[index].code.clone() } else { String::new() };
                found.insert((file.file.to_string(), sheet.sheet.to_string(), unit));
            }
        }
    }
    let expected: BTreeSet<(String, String, String)> =
        truth("zero.csv").into_iter().map(|row| (row["file"].clone(), row["sheet"].clone(), row["unit"].clone())).collect();
    assert_eq!(found, expected);
}
