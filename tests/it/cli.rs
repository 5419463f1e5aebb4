//! The binary from outside: words, exit codes, JSON keys, and what is left on the disk when things go wrong.

use std::fs;
use std::process::Command;

use crate::workspace::Run;
use crate::workspace::Workspace;
use crate::workspace::qingdan;
use crate::workspace::run_in;

/// A campaign in ISO dates alone, so that these tests do not hang on how dates are read.
const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇\n001,甲镇卫生院,甲卫,乡镇卫生院,甲镇\n002,乙镇卫生院,,乡镇卫生院,乙镇\n";
const SUBMISSION: &str = "单位名称,隐患描述,部位,等级,发现日期,整改期限,状态\n\
甲镇卫生院,疏散通道堆放杂物,门诊楼一层,一般,2023-06-01,2023-06-15,整改中\n\
乙镇卫生院,配电箱未上锁,住院部,一般,2023-06-02,2023-09-30,待整改\n";

fn prepared() -> Workspace {
    Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("inbox/甲镇卫生院20230616.csv", SUBMISSION)])
}

fn outside(words: &[&str]) -> Run {
    run_in(tempfile::tempdir().expect("a temporary folder").path(), words)
}

const COMMANDS: [&str; 18] = [
    "demo",
    "init",
    "validate",
    "merge",
    "overdue",
    "lists",
    "submissions",
    "notice",
    "diff",
    "status",
    "calendar",
    "checklist",
    "why",
    "explain",
    "schema",
    "completions",
    "man",
    "help",
];

#[test]
fn help_is_chinese_throughout() {
    let mut pages = vec![outside(&["--help"]).out, outside(&["-h"]).out, outside(&[]).out];
    for command in COMMANDS {
        let page = outside(&[command, "--help"]);
        assert_eq!(page.code, 0, "{command}");
        assert!(page.out.contains("用法：qingdan"), "{command}: {}", page.out);
        pages.push(page.out);
    }
    for page in pages {
        for english in ["Usage", "Options", "Commands", "Arguments", "Print", "possible values", "default:", "help for", "OPTIONS"] {
            assert!(!page.contains(english), "“{english}” in:\n{page}");
        }
    }
}

#[test]
fn every_listed_command_works_and_has_examples() {
    let listed = outside(&["--help"]).out;
    for command in COMMANDS {
        assert!(listed.contains(&format!("  {command} ")), "{command}");
        if command != "help" {
            assert!(outside(&[command, "--help"]).out.contains("例子："), "{command}");
        }
    }
}

#[test]
fn wrong_command_lines_are_answered_in_chinese_with_what_was_meant() {
    let check = |words: &[&str], parts: &[&str]| {
        let run = outside(words);
        assert_eq!(run.code, 2, "{words:?}: {}", run.err);
        assert!(run.out.is_empty(), "{words:?}: {}", run.out);
        for part in parts {
            assert!(run.err.contains(part), "{words:?}: no “{part}” in {}", run.err);
        }
        for english in ["error:", "tip:", "Usage", "argument", "required", "unexpected"] {
            assert!(!run.err.contains(english), "{words:?}: {}", run.err);
        }
    };
    check(&["mreg"], &["没有“mreg”这个命令", "merge"]);
    check(&["merge", "--ouput", "x"], &["没有“--ouput”这个选项", "--output", "qingdan merge --help"]);
    check(&["merge", "-o"], &["缺少值"]);
    check(&["overdue", "--as-of", "2023-02-30"], &["没有2023年2月30日"]);
    check(&["overdue", "--as-of", "下周"], &["2023-08-15"]);
    check(&["overdue", "--format", "xml"], &["xml", "text、json"]);
    check(&["validate", "--fail-on", "errors"], &["error、warning、never"]);
    check(&["merge", "-q", "-v"], &["不能", "一起用"]);
    check(&["why"], &["<编号>"]);
    check(&["explain", "a", "b"], &["多了一个参数“b”"]);
    check(&["lists"], &["-o"]);
    check(&["completions", "tcsh"], &["tcsh", "bash"]);
    check(&["init", "--from", "wushen-2032"], &["wushen-2023"]);
    check(&["submissions", "--al"], &["--all"]);
    check(&["help", "mereg"], &["merge"]);
}

#[test]
fn without_a_workspace_the_way_in_is_shown() {
    for command in [&["merge"][..], &["validate"], &["overdue"], &["lists", "-o", "x.xlsx"], &["why", "a"]] {
        let run = outside(command);
        assert_eq!(run.code, 3, "{command:?}");
        assert!(run.err.contains("campaign.yaml") && run.err.contains("qingdan init"), "{command:?}: {}", run.err);
    }
    let run = outside(&["overdue", "-c", "没有.yaml"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("没有.yaml"), "{}", run.err);
}

#[test]
fn a_campaign_that_cannot_be_read_is_a_finding_for_validate_and_the_end_for_others() {
    let workspace = prepared();
    workspace.write("campaign.yaml", "campaign: [\n");
    assert_eq!(workspace.run(&["validate"]).code, 1);
    assert_eq!(workspace.run(&["validate", "--fail-on", "never"]).code, 0);
    assert_eq!(workspace.run(&["merge"]).code, 3);
    let json: serde_json::Value = serde_json::from_str(&workspace.run(&["validate", "--format", "json"]).out).expect("JSON");
    assert_eq!(json["diagnostics"][0]["file"], "campaign.yaml");
    assert!(json["summary"]["errors"].as_u64() > Some(0));
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn the_keys_of_the_machine_interface_stay() {
    let workspace = prepared();
    let json = |words: &[&str]| -> serde_json::Value {
        let run = workspace.run(words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        serde_json::from_str(&run.out).expect("JSON alone on stdout")
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort();
        names
    };
    let validate = json(&["validate", "--fail-on", "never", "--format", "json"]);
    assert_eq!(keys(&validate), sorted(&["diagnostics", "summary"]));
    assert_eq!(keys(&validate["summary"]), sorted(&["files", "rows", "records", "errors", "warnings", "notes"]));
    let merge = json(&["merge", "--format", "json"]);
    assert_eq!(keys(&merge), sorted(&["files", "totals", "conflicts", "missing", "reopened", "decisions", "diagnostics", "ledger"]));
    assert_eq!(merge["ledger"]["path"], "ledger.xlsx");
    let overdue = json(&["overdue", "--as-of", "2023-08-15", "--format", "json"]);
    assert_eq!(overdue["as_of"], "2023-08-15");
    assert_eq!(keys(&overdue["summary"]), sorted(&["by_state", "late", "by_unit", "rates", "withdrawn"]));
    assert_eq!(
        keys(&overdue["summary"]["by_state"]),
        sorted(&["overdue", "due_soon", "in_time", "undated", "deadline_unreadable", "status_unclear", "awaiting_verification", "closed"])
    );
}

#[test]
fn merging_writes_the_ledger_and_nothing_else_stays() {
    let workspace = prepared();
    let run = workspace.run(&["merge"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("行数对账：相符"), "{}", run.out);
    assert!(run.err.lines().last().is_some_and(|line| line.starts_with("下一步：")), "{}", run.err);
    let names = workspace.names();
    assert!(names.contains(&"ledger.xlsx".to_owned()), "{names:?}");
    assert!(!names.iter().any(|name| name.ends_with(".tmp")), "{names:?}");
    // A dry run changes nothing, not even the lock.
    let dry = prepared();
    let before = dry.names();
    assert_eq!(dry.run(&["merge", "--dry-run"]).code, 0);
    assert_eq!(dry.names(), before);
}

#[test]
fn merging_the_same_again_changes_nothing() {
    let workspace = prepared();
    let read = |name: &str| fs::read(workspace.path(name)).expect("written");
    let merge = || workspace.run(&["merge", "--as-of", "2023-08-15"]);
    assert_eq!(merge().code, 0);
    let history = read("history.jsonl");
    // The second time only the tally within the workbook says something else: two unchanged instead of two new.
    assert!(merge().out.contains("新增 0 + 更新 0 + 未变 2"));
    let ledger = read("ledger.xlsx");
    let third = merge();
    assert!(third.err.contains("台账没有变化"), "{}", third.err);
    assert!(read("ledger.xlsx") == ledger && read("history.jsonl") == history);
    // A trial under another name leaves the record of the ledger alone.
    assert_eq!(workspace.run(&["merge", "-o", "试.csv"]).code, 0);
    assert!(read("ledger.xlsx") == ledger && read("history.jsonl") == history);
}

#[test]
fn why_tells_where_each_value_came_from_and_what_it_was() {
    let workspace = prepared();
    assert_eq!(workspace.run(&["merge"]).code, 0);
    workspace.write(
        "inbox/甲镇卫生院20230701.csv",
        "单位名称,隐患描述,部位,发现日期,状态\n甲镇卫生院,疏散通道堆放杂物,门诊楼一层,2023-06-01,已整改\n",
    );
    assert_eq!(workspace.run(&["merge"]).code, 0);
    let run = workspace.run(&["why", "demo-2023-001-001", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let status = json["fields"].as_array().expect("fields").iter().find(|field| field["field"] == "status").expect("a status");
    assert_eq!(status["value"], "已整改");
    assert_eq!(status["set_by"]["file"], "inbox/甲镇卫生院20230701.csv");
    assert_eq!(status["set_by"]["row"], 2);
    assert_eq!(status["previous"][0]["value"], "整改中");
    assert_eq!(status["previous"][0]["submitted_on"], "2023-06-16");
    assert!(workspace.run(&["why", "demo-2023-001-001"]).out.contains("曾为 整改中"));
    let unknown = workspace.run(&["why", "demo-2023-001-010"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("demo-2023-001-001"), "{}", unknown.err);
}

#[test]
fn an_edit_by_hand_is_told_once_and_dated_by_the_merge_that_saw_it() {
    let workspace = prepared();
    let merge = |day: &str| workspace.run(&["merge", "-o", "ledger.csv", "--as-of", day]);
    let read = |name: &str| std::fs::read_to_string(workspace.path(name)).expect("written");
    assert_eq!(merge("2023-07-01").code, 0);
    let history = read("history.jsonl");
    assert_eq!(merge("2023-07-08").code, 0);
    assert_eq!(read("history.jsonl"), history);
    workspace.write("ledger.csv", &read("ledger.csv").replacen("整改中", "已销号", 1));
    let seen = merge("2023-07-15");
    assert!(seen.err.contains("台账里直接改过 1 处"), "{}", seen.err);
    let edit = read("history.jsonl").strip_prefix(history.as_str()).map(str::to_owned).expect("lines are added only");
    // The edit, and the line with which the merge closes.
    assert_eq!(edit.lines().count(), 2, "{edit}");
    let edit: serde_json::Value = serde_json::from_str(edit.lines().next().unwrap_or_default()).expect("one line");
    assert_eq!((&edit["submitted_on"], &edit["file"]), (&"2023-07-15".into(), &"ledger.csv".into()));
    assert_eq!((&edit["set"]["status"], &edit["old"]["status"]), (&"已销号".into(), &"整改中".into()));
    let history = read("history.jsonl");
    assert_eq!(merge("2023-07-22").code, 0);
    assert_eq!(read("history.jsonl"), history);
    let why = workspace.run(&["why", edit["id"].as_str().expect("an id")]).out;
    assert!(why.contains("已销号  ← 本级在台账里改的，2023-07-15 合并时已经这样") && why.contains("曾为 整改中"), "{why}");
}

#[test]
fn overdue_and_lists_are_written_where_they_are_wanted() {
    let workspace = prepared();
    assert_eq!(workspace.run(&["merge"]).code, 0);
    let run = workspace.run(&["overdue", "--as-of", "2023-08-15"]);
    assert!(run.out.contains("逾期 1，临期 0，未到期 1") && run.out.contains("逾期 61 天"), "{}", run.out);
    for words in [
        &["overdue", "-o", "out/逾期.xlsx"][..],
        &["overdue", "-o", "out/逾期.json"],
        &["lists", "-o", "out/三清单.xlsx"],
        &["lists", "-o", "out/三清单.csv", "--combined"],
        &["lists", "-o", "out/甲.xlsx", "--unit", "甲卫"],
        &["lists", "--by-unit", "out/各单位"],
        &["validate", "-o", "out/问题.xlsx"],
    ] {
        let run = workspace.run(words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.err);
        assert!(run.err.contains("已写入 out/"), "{words:?}: {}", run.err);
    }
    let made = workspace.names().into_iter().filter(|name| name.starts_with("out/")).count();
    assert_eq!(made, 8, "{:?}", workspace.names());
    assert_eq!(workspace.run(&["lists", "-o", "out/三清单.csv"]).code, 2);
    let unknown = workspace.run(&["lists", "-o", "out/x.xlsx", "--unit", "丙镇卫生院"]);
    assert_eq!(unknown.code, 2, "{}", unknown.err);
}

#[test]
fn validate_names_the_cell_and_answers_one_and_marks_a_copy() {
    let workspace = prepared();
    workspace.write("inbox/乙镇卫生院.csv", "单位名称,隐患描述,发现日期,整改期限\n乙镇卫生院,插座松动,2023-06-01,2023-06-31\n");
    let run = workspace.run(&["validate", "--annotate", "out/退回"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("inbox/乙镇卫生院.csv › 乙镇卫生院!D2 整改期限") && run.out.contains("读到：“2023-06-31”"), "{}", run.out);
    assert!(workspace.path("out/退回/乙镇卫生院.xlsx").is_file(), "{:?}", workspace.names());
    let json: serde_json::Value = serde_json::from_str(&workspace.run(&["validate", "--format", "json"]).out).expect("JSON");
    let all = json["diagnostics"].as_array().expect("diagnostics");
    let found = all.iter().find(|diagnostic| diagnostic["cell"] == "D2").expect("the cell");
    assert_eq!((&found["severity"], &found["row"], &found["column"]), (&"error".into(), &2.into(), &4.into()));
    assert_eq!(workspace.run(&["merge", "--fail-on", "error"]).code, 1);
    // Copies among the submissions would come back as submissions.
    assert_eq!(workspace.run(&["validate", "--annotate", "inbox/退回"]).code, 2);
}

#[test]
fn quiet_says_nothing_beside_the_result() {
    let workspace = prepared();
    let run = workspace.run(&["merge", "-q"]);
    assert_eq!(run.code, 0);
    assert!(run.err.is_empty(), "{}", run.err);
}

#[test]
fn what_cannot_be_written_is_refused_by_name_and_leaves_nothing() {
    let check = |workspace: &Workspace, target: &str, code: i32, part: &str| {
        let names = || -> Vec<String> { workspace.names().into_iter().filter(|name| name != ".qingdan.lock").collect() };
        let before = names();
        let run = workspace.run(&["merge", "-o", target]);
        assert_eq!(run.code, code, "{target}: {}", run.err);
        assert!(run.err.contains(part), "{target}: {}", run.err);
        assert_eq!(names(), before, "{target}");
    };
    let workspace = prepared();
    fs::create_dir(workspace.path("文件夹.xlsx")).expect("a folder");
    check(&workspace, "文件夹.xlsx", 3, "它是一个文件夹");
    check(&workspace, "inbox/甲镇卫生院20230616.csv", 3, "不能覆盖输入文件");
    check(&workspace, "units.csv", 3, "不能覆盖输入文件");
    check(&workspace, "台账.doc", 2, ".xlsx");
    check(&workspace, "campaign.yaml/x.xlsx", 3, "campaign.yaml");
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = prepared();
    assert_eq!(workspace.run(&["merge"]).code, 0);
    workspace.write("逾期.json", "old");
    fs::set_permissions(workspace.path("逾期.json"), fs::Permissions::from_mode(0o444)).expect("permissions");
    let run = workspace.run(&["overdue", "-o", "逾期.json"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("逾期.json") && run.err.contains("没有权限"), "{}", run.err);
    assert_eq!(fs::read(workspace.path("逾期.json")).expect("read"), b"old");
    assert!(!workspace.names().iter().any(|name| name.ends_with(".tmp")));
}

#[test]
fn a_second_writer_is_told_and_readers_are_not_stopped() {
    let workspace = prepared();
    assert_eq!(workspace.run(&["merge"]).code, 0);
    // This process holds the lock as another qingdan would.
    let lock = fs::OpenOptions::new().write(true).create(true).truncate(true).open(workspace.path(".qingdan.lock")).expect("the lock");
    lock.try_lock().expect("free");
    fs::write(workspace.path(".qingdan.lock"), "进程 77，2023-08-15 09:00:00 开始").expect("the holder");
    let run = workspace.run(&["merge"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("进程 77") && run.err.contains("09:00:00"), "{}", run.err);
    assert_eq!(workspace.run(&["overdue"]).code, 0);
    assert_eq!(workspace.run(&["merge", "--dry-run"]).code, 0);
    drop(lock);
    assert_eq!(workspace.run(&["merge"]).code, 0);
}

#[test]
fn temporary_files_are_no_input() {
    let workspace = prepared();
    workspace.write("inbox/.qingdan-0000000000000000-1-1.tmp", "half a file");
    let run = workspace.run(&["merge"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("临时文件"), "{}", run.err);
}

/// The system kills the process in the middle of its first write; the next run clears up after it.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_while_writing_changes_nothing_and_is_cleared_up() {
    let workspace = prepared();
    let mut killed = Command::new("sh");
    killed.args(["-c", "ulimit -f 1; exec \"$0\" merge"]).arg(assert_cmd::cargo::cargo_bin!("qingdan"));
    let output = killed.current_dir(workspace.folder.path()).output().expect("a shell");
    assert_eq!(output.status.code(), None, "killed by a signal: {}", String::from_utf8_lossy(&output.stderr));
    let names = workspace.names();
    assert!(names.iter().any(|name| name.ends_with(".tmp")) && !names.contains(&"ledger.xlsx".to_owned()), "{names:?}");
    let run = workspace.run(&["merge"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let names = workspace.names();
    assert!(!names.iter().any(|name| name.ends_with(".tmp")) && names.contains(&"ledger.xlsx".to_owned()), "{names:?}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = qingdan()
        .args(["completions", "bash"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let run = Run::of(qingdan().args(["completions", "bash"]).stdout(full).output().expect("the binary runs"));
    assert_eq!(run.code, 3);
    assert!(run.err.contains("磁盘已满"), "{}", run.err);
    // What was written before stays written, and 3 would say that nothing was.
    let workspace = prepared();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let run = Run::of(qingdan().arg("merge").current_dir(workspace.folder.path()).stdout(full).output().expect("the binary runs"));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.err.contains("磁盘已满") && run.err.contains("都已写好") && workspace.names().contains(&"ledger.xlsx".to_owned()),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_workspace_from_a_stranger_writes_over_nobodys_files() {
    let workspace = prepared();
    std::os::unix::fs::symlink("campaign.yaml", workspace.path(".qingdan.lock")).expect("a link");
    let campaign = fs::read(workspace.path("campaign.yaml")).expect("read");
    let run = workspace.run(&["merge"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains(".qingdan.lock"), "{}", run.err);
    assert_eq!(fs::read(workspace.path("campaign.yaml")).expect("read"), campaign);
    fs::remove_file(workspace.path(".qingdan.lock")).expect("removed");
    let run = workspace.run(&["overdue", "-o", "submissions.csv"]);
    assert!(run.code == 3 && !workspace.names().contains(&"submissions.csv".to_owned()), "{}", run.err);
    assert!(Command::new("mkfifo").arg(workspace.path("管道.csv")).status().is_ok_and(|status| status.success()));
    let run = workspace.run(&["validate", "管道.csv"]);
    assert!(run.code == 3 && run.err.contains("不是普通文件"), "{}", run.err);
}

#[test]
fn colour_is_only_where_it_is_wanted() {
    let workspace = prepared();
    workspace.write("campaign.yaml", "campaign: 1\nbogus: 2\n");
    let has_colour = |words: &[&str]| workspace.run(words).out.contains('\u{1b}');
    assert!(!has_colour(&["validate"]));
    assert!(!has_colour(&["validate", "--color", "never"]));
    assert!(has_colour(&["validate", "--color", "always"]));
    assert!(!has_colour(&["validate", "--color", "always", "--format", "json"]));
}

#[test]
fn names_with_control_characters_cannot_write_on_the_terminal() {
    let workspace = prepared();
    workspace.write("inbox/\u{1b}[31m甲.csv", "x\n");
    let run = workspace.run(&["merge"]);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}", run.out);
}

#[test]
fn a_new_workspace_runs_as_it_stands_and_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = run_in(folder.path(), &["init", "专项"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("cd 专项"), "{}", run.err);
    let again = run_in(folder.path(), &["init", "专项"]);
    assert_eq!(again.code, 3);
    assert!(again.err.contains("campaign.yaml"), "{}", again.err);
    assert!(run_in(folder.path(), &["init", "--list"]).out.contains("wushen-2023"));
}

#[test]
fn every_shipped_plan_makes_a_workspace_that_runs() {
    let list = outside(&["init", "--list"]).out;
    let plans: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(plans, ["wushen-2023", "four-topics-2020", "jinshan-2021", "winter-2023", "zhudao-2020"]);
    for plan in plans {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(run_in(folder.path(), &["init", "专项", "--from", plan]).code, 0, "{plan}");
        let workspace = folder.path().join("专项");
        let samples = fs::read_dir(workspace.join("inbox")).expect("an inbox").count();
        assert!((2..=4).contains(&samples), "{plan}: {samples}");
        // What is found wrong, in the plan or in its samples, keeps nobody from working.
        let validate = run_in(&workspace, &["validate"]);
        assert_eq!(validate.code, 1, "{plan}: {}", validate.err);
        let samples = samples + usize::from(workspace.join("前次大排查隐患台账.csv").exists());
        assert!(validate.out.contains(&format!("检查了 {samples} 个文件")), "{plan}: {}", validate.out);
        let merge = run_in(&workspace, &["merge"]);
        assert!(merge.out.contains("行数对账：相符"), "{plan}: {} {}", merge.out, merge.err);
        for command in [&["overdue"][..], &["lists", "-o", "out/三清单.xlsx"]] {
            assert!(run_in(&workspace, command).code < 2, "{plan} {command:?}");
        }
        assert!(workspace.join("ledger.xlsx").is_file() && workspace.join("out/三清单.xlsx").is_file(), "{plan}");
    }
}

#[test]
fn the_demonstration_makes_what_it_says_and_can_be_run_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = run_in(folder.path(), &["demo"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for name in ["campaign.yaml", "units.csv", "ledger.xlsx", "out/三清单.xlsx", "out/逾期.xlsx"] {
        assert!(folder.path().join("qingdan-demo").join(name).is_file(), "{name}");
    }
    assert!(run.out.contains("行数对账：相符") && run.out.contains("截至 2023-08-15"), "{}", run.out);
    let again = run_in(folder.path(), &["demo"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("已经存在"), "{}", again.out);
    // Somebody's real workspace is not a place to try things out.
    let workspace = prepared();
    let before = workspace.names();
    assert_eq!(workspace.run(&["demo", "."]).code, 3);
    assert_eq!(workspace.names(), before);
}
