//! Where results may be written: never over what people keep in the workspace, never among the submissions, whatever command is asked.

use std::fs;
use std::path::Path;
use std::process::Command;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统专项整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: 名册.csv
calendar: 历法.csv
carry_over: {file: 前次.csv}
categories: [{id: fire, name: 消防, items: [通道不畅]}]
groups: [{name: 第一组, units: [甲镇卫生院]}]
";
const KEPT: [(&str, &str); 8] = [
    ("campaign.yaml", CAMPAIGN),
    ("名册.csv", "编码,单位名称\n001,甲镇卫生院\n"),
    (
        "历法.csv",
        "通知,2023,,国务院办公厅关于2023年部分节假日安排的通知,国办发明电〔2022〕16号,2022-12-08\n放假,2022-12-31,2023-01-02,元旦\n",
    ),
    ("前次.csv", "单位名称,隐患描述\n甲镇卫生院,灭火器过期\n"),
    ("submissions.csv", "单位,报送事项,日期,方式,备注\n"),
    ("tasks.csv", "任务,里程碑,状态,完成日期,备注\n"),
    ("contacts.csv", "单位,职务,姓名,电话\n"),
    ("ledger.csv", "编号,单位名称,隐患描述,状态\ndemo-2023-001-001,甲镇卫生院,灭火器过期,待整改\n"),
];
/// Every command that answers in a file, by what stands before the name of the file.
const COMMANDS: [&[&str]; 7] = [
    &["report", "monthly", "-o"],
    &["overdue", "-o"],
    &["lists", "--combined", "-o"],
    &["submissions", "-o"],
    &["calendar", "-o"],
    &["calendar", "--year", "2023", "-o"],
    &["diff", "ledger.csv", "ledger.csv", "-o"],
];

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    KEPT.into_iter().for_each(|(name, text)| write(name, text));
    fs::create_dir(folder.path().join("inbox")).expect("a folder");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .current_dir(folder)
        .args(["--as-of", "2023-08-15"])
        .args(arguments)
        .output()
        .expect("the binary runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn what_people_keep_is_never_overwritten() {
    let folder = workspace();
    for (name, text) in KEPT {
        // Only names that a command could write at all.
        for command in COMMANDS.iter().filter(|_| name.ends_with(".csv")) {
            let arguments: Vec<&str> = command.iter().copied().chain([name]).collect();
            let (code, err) = run(folder.path(), &arguments);
            assert_eq!(code, 3, "{arguments:?}: {err}");
            assert!(err.contains("不能覆盖") && err.contains("另起一个文件名"), "{arguments:?}: {err}");
            assert_eq!(fs::read_to_string(folder.path().join(name)).expect("still there"), text, "{arguments:?}");
        }
    }
}

#[test]
fn nothing_is_put_among_the_submissions() {
    let folder = workspace();
    let others: [&[&str]; 5] =
        [&["report", "monthly", "--papers"], &["checklist", "-o"], &["visits", "-o"], &["receipt", "-o"], &["lists", "--by-unit"]];
    for command in COMMANDS.iter().copied().chain(others) {
        let target = if command.last().is_some_and(|last| *last == "-o") { "inbox/周报/结果.xlsx" } else { "inbox/结果" };
        let arguments: Vec<&str> = command.iter().copied().chain([target]).collect();
        let (code, err) = run(folder.path(), &arguments);
        assert_eq!(code, 3, "{arguments:?}: {err}");
        assert!(err.contains("inbox 里只放各单位报来的文件"), "{arguments:?}: {err}");
    }
    assert_eq!(fs::read_dir(folder.path().join("inbox")).expect("still there").count(), 0);
}

#[test]
fn a_file_that_is_no_ledger_is_not_a_ledger_without_hazards() {
    let folder = workspace();
    for command in [&["report", "weekly"][..], &["overdue"], &["lists", "-o", "out/三清单.xlsx"]] {
        let arguments: Vec<&str> = command.iter().copied().chain(["campaign.yaml"]).collect();
        let (code, err) = run(folder.path(), &arguments);
        assert!(code == 3 && err.contains("不像是台账"), "{arguments:?}: {err}");
    }
    fs::write(folder.path().join("空.csv"), "编号,单位名称,隐患描述,状态\n").expect("a file");
    assert_eq!(run(folder.path(), &["overdue", "空.csv"]).0, 0, "a ledger without hazards is one");
}
