//! Commands on a disk that fails at a step, and processes that end there (long commands at every few steps): the ledger is the old
//! one or the new one, and whoever comes next makes of either what would have come of an undisturbed run.

#![allow(clippy::disallowed_methods, reason = "the tests of the disk use the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::cli::replay;
use crate::cli::session::OutputFormat;
use crate::cli::session::Session;
use crate::files::disk::faults;
use crate::files::disk::faults::Fault;
use crate::source::SourceFile;
use crate::tables;

const CAMPAIGN: &str = "campaign: t\ntitle: 测试专项\nissuer: 测试办\nperiod: {start: 2023-06-01, end: 2023-12-31}\nunits: units.csv\nescalation: [{after: 1d, step: 提醒敦促函}]\n";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇\n001,乌审召镇卫生院,,医疗机构,乌审召镇\n";
const SENT: &str =
    "隐患描述,隐患等级,整改期限,责任人,联系电话\n灭火器过期,一般,2023-08-01,张三,13800001001\n通道堵塞,一般,2023-08-11,李四,13800001002\n";
const LATER: &str =
    "隐患描述,隐患等级,整改期限,责任人,整改情况\n灭火器过期,一般,2023-08-01,张三,已整改\n窗户破损,一般,2023-09-01,王五,未整改\n";

/// Every file below a folder with its bytes; the program's own hidden ones by their names alone.
type Standing = BTreeMap<String, Vec<u8>>;

fn standing(root: &Path) -> Standing {
    let mut found = Standing::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name != ".qingdan.lock" {
                found.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

fn session(root: &Path) -> Session {
    let day = NaiveDate::from_ymd_opt(2023, 8, 15).expect("a day");
    Session {
        as_of: day,
        today: day,
        format: OutputFormat::Text,
        verbose: false,
        campaign: None,
        start: root.to_path_buf(),
        width: None,
        progress: false,
        holder: "进程 1".to_owned(),
    }
}

/// A workspace with one merge behind it and a second submission waiting.
fn workspace(root: &Path) {
    fs::create_dir(root.join("inbox")).expect("a folder");
    let write = |name: &str, text: &str| fs::write(root.join(name), text).expect("a file");
    write("campaign.yaml", CAMPAIGN);
    write("units.csv", UNITS);
    write("inbox/乌审召镇卫生院 2023-07-14.csv", SENT);
    replay(&["merge"], &session(root)).expect("merged");
    write("inbox/乌审召镇卫生院 2023-08-14.csv", LATER);
}

fn copy(from: &Standing, root: &Path) {
    for (name, bytes) in from {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("written");
    }
}

/// The first sheet of the ledger; what the last merge counted stands on another.
fn hazards(standing: &Standing) -> String {
    let bytes = standing.get("ledger.xlsx").expect("a ledger").clone();
    let file = SourceFile { name: Arc::from("ledger.xlsx"), bytes };
    format!("{:?}", tables::read(&file).expect("a workbook").sheets.first().expect("a sheet").rows)
}

/// Plays `words` with each fault at every `stride`-th step; gives the number of faults.
fn check(words: &[&str], stride: usize) -> usize {
    let original = tempfile::tempdir().expect("a temporary folder");
    let root = original.path().canonicalize().expect("a folder");
    workspace(&root);
    let before = standing(&root);
    let (done, steps) = faults::during(&root, usize::MAX, Fault::Full, || replay(words, &session(&root)));
    done.expect("undisturbed");
    let after = standing(&root);
    assert!(steps > 5 && after != before, "{words:?} takes {steps} steps");
    let mut played = 0;
    for at in (0..steps).step_by(stride) {
        for fault in [Fault::Full, Fault::Kill] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let root = folder.path().canonicalize().expect("a folder");
            copy(&before, &root);
            let (done, seen) = faults::during(&root, at, fault, || replay(words, &session(&root)));
            assert!(seen > at, "{words:?} step {at} was not reached");
            let found = standing(&root);
            if let Ok(report) = done.as_ref()
                && found.get("ledger.xlsx") != after.get("ledger.xlsx")
            {
                assert!(fault == Fault::Full && report.messages.contains("文件打不开"), "{words:?} {fault:?} at {at}: {report:?}");
                // A submission that cannot be read is told, and the others are merged; the next time it comes in as if nothing had been.
                replay(words, &session(&root)).expect("again");
                assert_eq!(hazards(&standing(&root)), hazards(&after), "{words:?} at {at}: what was told did not come in");
                continue;
            }
            let mixed = |name: &&str| found.get(*name) != before.get(*name) && found.get(*name) != after.get(*name);
            let half: Vec<&str> = ["ledger.xlsx", "history.jsonl", "campaign.yaml", "notices.csv"].into_iter().filter(mixed).collect();
            assert!(half.is_empty(), "{words:?} {fault:?} at {at}: {half:?} is neither old nor new");
            if fault == Fault::Full && done.is_err() {
                assert_eq!(found.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{words:?} {fault:?} at {at} leaves files");
                assert!(found == before, "{words:?} {fault:?} at {at}: failed, and changed something");
            }
            replay(words, &session(&root)).unwrap_or_else(|stop| panic!("{words:?} {fault:?} at {at}, then again: {stop:?}"));
            let again = standing(&root);
            assert_eq!(again.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{words:?} {fault:?} at {at}");
            for name in ["ledger.xlsx", "history.jsonl", "notices.csv"] {
                assert!(again.get(name) == after.get(name), "{words:?} {fault:?} at {at}: {name} differs from an undisturbed run's");
            }
            played += 1;
        }
    }
    played
}

#[test]
fn a_merge_is_whole_or_not_at_all() {
    assert!(check(&["merge"], 1) > 40);
}

#[test]
fn a_days_work_is_whole_or_not_at_all() {
    assert!(check(&["run", "--report", "monthly", "--fail-on", "never"], 5) > 20);
}

#[test]
fn lists_and_papers_are_whole_or_not_at_all() {
    assert!(check(&["lists", "-o", "out/三清单.xlsx"], 1) > 10);
    assert!(check(&["notice"], 1) > 10);
    assert!(check(&["report", "monthly", "--papers", "out/papers"], 3) > 10);
    assert!(check(&["validate", "--annotate", "out/退回", "--fail-on", "never"], 1) > 10);
}
