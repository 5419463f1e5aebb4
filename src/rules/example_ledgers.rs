//! Runs the examples of rules about a ledger that lies beside its history. Tests only.
//!
//! The submissions are merged, something befalls the ledger or the history, and they are merged again: `@先合并` nothing, `@删行 3`,
//! `@丢台账`, `@旧台账`, `@清编号 3`, `@抄行 3 描述`, `@改单位 3 名称`, `@无编号改单位 3 名称`, `@清描述 3`, `@历史坏行 3`, `@历史截短`,
//! `@丢历史`, `@封存历史`, `@撤回 文件`, `@撤回后又合并`. Rows are those of the workbook.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::ledger::Hazard;
use crate::ledger::HistoryEntry;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::ledger::merge;
use crate::ledger::register::Health;
use crate::ledger::register::LastSaid;
use crate::ledger::register::Mark;
use crate::ledger::register::NumberedEntry;
use crate::ledger::register::Survey;
use crate::ledger::register::WholeInputs;
use crate::ledger::register::digest_of_ledger;
use crate::ledger::register::make_whole;
use crate::ledger::settled_fields;
use crate::records::CarriedMark;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::Record;
use crate::records::UnitReading;
use crate::records::reread_rows;
use crate::rules::check_ledger;
use crate::rules::examples::readings;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

const ORDERS: [&str; 15] = [
    "先合并",
    "删行",
    "丢台账",
    "旧台账",
    "清编号",
    "抄行",
    "改单位",
    "无编号改单位",
    "清描述",
    "历史坏行",
    "历史截短",
    "丢历史",
    "封存历史",
    "撤回",
    "撤回后又合并",
];

/// True for an order to let something befall the ledger.
pub fn is_order(order: &str) -> bool {
    ORDERS.contains(&order.split(' ').next().unwrap_or_default())
}

/// What the second merge raises.
pub fn run(order: &str, text: &str, basis: &ReadingBasis<'_>) -> Vec<Diagnostic> {
    let files: String = text.lines().skip(1).map(|line| format!("{line}\n")).collect();
    let first = merged(None, readings(&files, basis), basis);
    let mut words = order.split(' ');
    let (what, place) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let row = place.parse().unwrap_or(2);
    let (mut base, mut survey, mut lines) = kept(&first, basis);
    let argument = words.next().unwrap_or_default();
    befall(what, row, argument, &mut base, basis);
    if what == "旧台账" {
        let later = Mark { digest: "later".to_owned(), day: basis.ground.as_of, line: lines.len() as u64 };
        survey.merges[0].line = lines.len() as u64;
        let (number, mut newer) = (lines.len() as u64 + 1, lines[0].1.clone());
        newer.set = vec![(Field::Status.key().to_owned(), Some("待整改".to_owned()), "整改中".to_owned())];
        lines.push((number, newer));
        survey.merges.push(later);
    }
    let is_lost = what == "丢台账";
    let withdrawn: BTreeSet<String> = (what == "撤回").then(|| place.to_owned()).into_iter().collect();
    let of_file = |(_, line): &&NumberedEntry| withdrawn.contains(line.from.file.as_ref());
    survey.touched = lines.iter().filter(of_file).map(|(_, line)| line.id.clone()).collect();
    let inputs = WholeInputs { ground: basis.ground, survey: &survey, lines: &lines, is_lost, withdrawn: &withdrawn };
    let whole = make_whole(base, &inputs);
    let mut outcome = merged(Some(whole.base), readings(&files, basis), basis);
    outcome.put_right = whole.put_right;
    outcome.passed_over.extend((what == "撤回后又合并").then(|| Arc::from("inbox/甲医院-20230714.csv")));
    outcome.bookkeeping.health = health(what, row);
    check_ledger(&LedgerContext { outcome: &outcome, ground: basis.ground, file: "ledger.xlsx" })
}

fn merged(base: Option<FileReading>, files: Vec<FileReading>, basis: &ReadingBasis<'_>) -> MergeOutcome {
    merge(MergeInputs {
        ground: basis.ground,
        base,
        carried: None,
        files,
        received: None,
        assigned: Default::default(),
        earlier_identities: Vec::new(),
        take_over: None,
        vacant: Default::default(),
        joined: Default::default(),
    })
}

/// The ledger as it is read again, and what its history says.
fn kept(outcome: &MergeOutcome, basis: &ReadingBasis<'_>) -> (FileReading, Survey, Vec<NumberedEntry>) {
    let mut base = FileReading::empty_ledger(Arc::from("ledger.xlsx"));
    let texts: Vec<Vec<(Field, String)>> = outcome.ledger.hazards.iter().map(texts_of).collect();
    let rows = texts.iter().map(|row| row.iter().map(|(field, text)| (*field, text.as_str())).collect());
    let digest = digest_of_ledger(&outcome.ledger);
    if let Ok(content) = &mut base.content {
        content.carried.mark = Some(CarriedMark { digest: digest.clone(), lines: 1 });
        reread_rows(rows, basis, |record| {
            let row = content.sheets[0].records.len() as u32 + 2;
            content.sheets[0].records.push(Record { row, ..record });
        });
    }
    let mut survey = Survey { last_said: Some(LastSaid::default()), ..Survey::default() };
    let mut lines = Vec::new();
    for line in outcome.history() {
        survey.assigned.insert(line.id.to_owned());
        let set = line.set.iter().map(|(key, old, new)| ((*key).to_owned(), old.map(str::to_owned), (*new).to_owned())).collect();
        let entry =
            HistoryEntry { id: line.id.to_owned(), from: line.from.clone(), submitted_on: line.submitted_on, set, event: None, case: None };
        lines.push((lines.len() as u64 + 1, entry));
    }
    survey.merges.push(Mark { digest, day: basis.ground.as_of, line: lines.len() as u64 + 1 });
    (base, survey, lines)
}

fn texts_of(hazard: &Hazard) -> Vec<(Field, String)> {
    let mut row = vec![(Field::Id, hazard.id.clone()), (Field::Unit, hazard.unit.to_string())];
    row.extend(settled_fields().filter_map(|field| Some((field, hazard.text(field)?.to_owned()))));
    row.push((Field::Origin, hazard.origin.to_string()));
    row.extend(hazard.submitted_on.map(|day| (Field::SubmittedOn, day.to_string())));
    row
}

fn befall(what: &str, row: u32, argument: &str, base: &mut FileReading, basis: &ReadingBasis<'_>) {
    let Ok(content) = &mut base.content else { return };
    let records = &mut content.sheets[0].records;
    let put = |record: &mut Record, field: Field, text: &str| record.values = record.values.put(field, text);
    let Some(at) = records.iter().position(|record| record.row == row) else { return };
    match what {
        "删行" => drop(records.remove(at)),
        "丢台账" => records.clear(),
        "清编号" => put(&mut records[at], Field::Id, ""),
        "清描述" => put(&mut records[at], Field::Description, ""),
        "抄行" => {
            let mut copy = Record { row: records.len() as u32 + 2, ..records[at].clone() };
            put(&mut copy, Field::Description, argument);
            records.push(copy);
        }
        "改单位" | "无编号改单位" => {
            put(&mut records[at], Field::Unit, argument);
            let known = basis.ground.roster.units.iter().position(|unit| *unit.name == *argument);
            records[at].unit = known.map_or_else(|| UnitReading::Unknown(argument.to_owned()), UnitReading::Known);
            if what == "无编号改单位" {
                // A row that the clerk added.
                put(&mut records[at], Field::Id, "");
                put(&mut records[at], Field::Description, "新增的隐患");
                put(&mut records[at], Field::Location, "");
                put(&mut records[at], Field::Origin, "");
            }
        }
        _ => {}
    }
}

fn health(what: &str, row: u32) -> Health {
    let health = Health { file: Arc::from("history.jsonl"), lines: 5, ..Health::default() };
    match what {
        "历史坏行" => Health { broken: vec![(u64::from(row), "上一行改过、少了或多了")], ..health },
        "历史截短" => Health { cut_from: Some(8), ..health },
        "丢历史" => Health { is_missing: true, ..health },
        "封存历史" => Health { sealed: Some(5), ..health },
        _ => health,
    }
}
