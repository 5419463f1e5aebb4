//! `run` from outside, as cron calls it: what is in the day's folder, what stays untouched, and what is left when it is killed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::SystemTime;

use crate::workspace::Run;
use crate::workspace::Workspace;
use crate::workspace::qingdan;

/// 2023-08-14 is a Monday, 2023-08-29 a Tuesday, 2023-05-29 a Monday and a 29th.
const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
reports: [{kind: weekly, every: FREQ=WEEKLY;BYDAY=MO}, {kind: monthly, every: FREQ=MONTHLY;BYMONTHDAY=29}]
obligations:
  - {id: weekly, name: 周统计, from: units, to: 委办公室, every: FREQ=WEEKLY;BYDAY=FR, start: 2023-05-21, fulfilled_by: ledger}
";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇\n001,甲镇卫生院,甲卫,乡镇卫生院,甲镇\n002,乙镇卫生院,,乡镇卫生院,乙镇\n";
const CLEAN: &str = "单位名称,隐患描述,部位,等级,发现日期,整改期限,状态,责任人\n\
甲镇卫生院,疏散通道堆放杂物,门诊楼一层,一般,2023-06-01,2023-06-15,整改中,张三\n\
甲镇卫生院,配电箱未上锁,住院部,一般,2023-06-02,2023-09-30,待整改,李四\n";
/// A deadline that no calendar has.
const WRONG: &str = "单位名称,隐患描述,部位,等级,发现日期,整改期限,状态\n乙镇卫生院,灭火器过期,药房,一般,2023-06-02,6月31日,待整改\n";

fn prepared() -> Workspace {
    Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("inbox/甲镇卫生院20230616.csv", CLEAN)])
}

/// What only the tests of `run` ask of a workspace.
impl Workspace {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = qingdan();
        command.current_dir(self.folder.path()).arg("run").args(words);
        command
    }

    fn run_day(&self, words: &[&str]) -> Run {
        Run::of(self.command(words).output().expect("the binary runs"))
    }

    /// Runs for one day and expects this exit code.
    fn on(&self, day: &str, code: i32, words: &[&str]) -> Run {
        let words: Vec<&str> = ["--as-of", day].into_iter().chain(words.iter().copied()).collect();
        let run = self.run_day(&words);
        assert_eq!(run.code, code, "{words:?}: {}{}", run.out, run.err);
        run
    }

    /// Every file below the workspace, hidden ones too, with its bytes and the time it was written.
    fn files(&self) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), self.folder.path(), &mut files);
        files
    }

    /// The same without the lock, whose time says when it was last held, and without times.
    fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        let files = self.files().into_iter().filter(|(name, _)| name != ".qingdan.lock");
        files.map(|(name, (bytes, _))| (name, bytes)).collect()
    }

    fn names_in(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_str().expect("UTF-8").to_owned()).collect();
        names.sort();
        names
    }

    fn index(&self, day: &str) -> serde_json::Value {
        let text = fs::read(self.path(&format!("out/{day}/index.json"))).expect("an index");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// The files that the index names, with their sizes, are those that are there, with theirs.
    fn assert_whole(&self, day: &str) {
        let index = self.index(day);
        let listed: BTreeMap<String, u64> = index["files"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|file| (file["name"].as_str().expect("a name").to_owned(), file["bytes"].as_u64().expect("a size")))
            .collect();
        let folder = self.path(&format!("out/{day}"));
        let names = self.names_in(&format!("out/{day}")).into_iter().filter(|name| name != "index.json");
        let present: BTreeMap<String, u64> =
            names.map(|name| (name.clone(), fs::metadata(folder.join(&name)).expect("a file").len())).collect();
        assert_eq!(listed, present);
    }
}

fn collect(folder: &Path, top: &Path, files: &mut BTreeMap<String, (Vec<u8>, SystemTime)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, top, files);
        } else {
            let modified = fs::metadata(&path).expect("metadata").modified().expect("a time");
            let name = path.strip_prefix(top).expect("below").to_string_lossy().into_owned();
            files.insert(name, (fs::read(&path).expect("read"), modified));
        }
    }
}

/// Names the files that differ, not their bytes.
fn assert_same(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) {
    let changed: Vec<&String> = before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

const EVERY_DAY: [&str; 6] = ["index.json", "三清单.xlsx", "台账.xlsx", "报送情况.xlsx", "校验问题.xlsx", "逾期.xlsx"];
const WEEKLY: [&str; 4] = ["周统计.docx", "周统计数据.json", "周统计看板.html", "周统计统计表.xlsx"];
const MONTHLY: [&str; 4] = ["月通报.docx", "月通报数据.json", "月通报看板.html", "月通报统计表.xlsx"];

/// What is due on a day stands in its folder, and nothing else; the index says so.
#[test]
fn what_the_campaign_schedules_for_the_day_is_made_and_nothing_else() {
    let check = |day: &str, words: &[&str], papers: &[&[&str]], reports: &[&str]| {
        let workspace = prepared();
        let run = workspace.on(day, 0, words);
        assert_eq!(run.out.lines().count(), 1, "{}", run.out);
        let mut expected: Vec<&str> = EVERY_DAY.iter().chain(papers.iter().copied().flatten()).copied().collect();
        expected.sort_unstable();
        assert_eq!(workspace.names_in(&format!("out/{day}")), expected, "{day} {words:?}");
        assert_eq!(workspace.names_in("out"), [day]);
        workspace.assert_whole(day);
        let index = workspace.index(day);
        assert_eq!(index["reports"], serde_json::json!(reports));
        assert_eq!(index["merge"]["new"], 2);
        assert_eq!(index["as_of"], day);
        let ledger = fs::read(workspace.path("ledger.xlsx")).expect("a ledger");
        assert_eq!(fs::read(workspace.path(&format!("out/{day}/台账.xlsx"))).expect("a ledger"), ledger);
    };
    check("2023-08-15", &[], &[], &[]);
    check("2023-08-14", &[], &[&WEEKLY], &["weekly"]);
    check("2023-08-29", &[], &[&MONTHLY], &["monthly"]);
    check("2023-05-29", &[], &[&WEEKLY, &MONTHLY], &["weekly", "monthly"]);
    check("2023-08-15", &["--report", "monthly", "--report", "月"], &[&MONTHLY], &["monthly"]);
    check("2023-08-14", &["--report", "monthly"], &[&WEEKLY, &MONTHLY], &["weekly", "monthly"]);
    // Before the campaign, after it, and far ahead.
    check("2023-05-01", &[], &[], &[]);
    check("2024-01-02", &[], &[], &[]);
    check("2099-01-02", &[], &[], &[]);
}

#[test]
fn a_second_run_on_the_same_day_changes_nothing() {
    let workspace = prepared();
    // The second says a later deadline: a finding that only the merge which changes it can make.
    workspace.on("2023-08-14", 0, &[]);
    workspace.write("inbox/甲镇卫生院20230814.csv", &CLEAN.replace("2023-09-30", "2023-10-30"));
    workspace.on("2023-08-14", 0, &[]);
    assert_eq!(workspace.index("2023-08-14")["changes"][0]["code"], "L009");
    let before = workspace.files();
    workspace.on("2023-08-14", 0, &[]);
    let mut after = workspace.files();
    after.insert(".qingdan.lock".to_owned(), before[".qingdan.lock"].clone());
    let changed: Vec<&String> = before.keys().filter(|name| before.get(*name) != after.get(*name)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{changed:?}");
    // Another day has its own folder and does not tell the change again.
    workspace.on("2023-08-15", 0, &[]);
    assert_eq!(workspace.index("2023-08-15")["changes"], serde_json::json!([]));
    let later = workspace.files();
    let changed: Vec<&String> = before.keys().filter(|name| *name != ".qingdan.lock" && before.get(*name) != later.get(*name)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn what_others_put_into_the_folder_and_what_was_asked_for_stays() {
    let workspace = prepared();
    workspace.on("2023-08-15", 0, &["--report", "monthly"]);
    workspace.write("out/2023-08-15/签字.jpg", "照片");
    workspace.write("out/2023-08-15/附件/说明.txt", "说明");
    workspace.write("out/2023-08-15/周统计.docx", "自己写的");
    workspace.write("inbox/乙镇卫生院20230814.csv", &CLEAN.replace("甲镇卫生院", "乙镇卫生院"));
    workspace.on("2023-08-15", 0, &["--report", "weekly"]);
    let read = |name: &str| fs::read_to_string(workspace.path(&format!("out/2023-08-15/{name}"))).expect("a file");
    assert_eq!(read("签字.jpg"), "照片");
    assert_eq!(read("附件/说明.txt"), "说明");
    assert_eq!(read("原有-周统计.docx"), "自己写的");
    assert_eq!(workspace.index("2023-08-15")["asked"], serde_json::json!(["weekly", "monthly"]));
    assert!(MONTHLY.iter().all(|name| workspace.path(&format!("out/2023-08-15/{name}")).exists()));
    assert_eq!(workspace.index("2023-08-15")["hazards"], 4);
}

#[test]
fn the_days_go_on_without_submissions_but_not_without_a_ledger() {
    let workspace = prepared();
    fs::rename(workspace.path("inbox"), workspace.path("收好")).expect("moved");
    let run = workspace.on("2023-08-14", 3, &[]);
    assert!(run.err.contains("inbox") && run.err.contains("没有可以合并的文件") && run.err.contains("请把"), "{}", run.err);
    assert_eq!(workspace.names_in("out"), [""; 0]);
    assert!(!workspace.path("ledger.xlsx").exists());

    fs::rename(workspace.path("收好"), workspace.path("inbox")).expect("moved");
    workspace.on("2023-08-14", 0, &[]);
    let before = workspace.contents();
    fs::remove_dir_all(workspace.path("inbox")).expect("removed");
    for inbox in [false, true] {
        if inbox {
            fs::create_dir(workspace.path("inbox")).expect("a folder");
        }
        let run = workspace.on("2023-08-15", 0, &[]);
        assert!(run.out.contains("没有报送文件"), "{}", run.out);
        assert_eq!(workspace.index("2023-08-15")["merge"], serde_json::Value::Null);
        assert_eq!(workspace.index("2023-08-15")["hazards"], 2);
        assert!(["ledger.xlsx", "history.jsonl"].iter().all(|name| workspace.contents().get(*name) == before.get(*name)));
    }
}

#[test]
fn what_cannot_be_done_touches_nothing() {
    let check = |name: &str, text: &str, words: &[&str]| {
        let workspace = prepared();
        workspace.on("2023-08-14", 0, &[]);
        workspace.write("inbox/乙镇卫生院20230814.csv", &CLEAN.replace("甲镇卫生院", "乙镇卫生院"));
        fs::remove_file(workspace.path(name)).unwrap_or_default();
        workspace.write(name, text);
        let before = workspace.contents();
        let run = workspace.on("2023-08-15", 3, &[]);
        assert!(run.out.is_empty() && words.iter().all(|word| run.err.contains(word)), "{name}: {}{}", run.out, run.err);
        assert_same(&before, &workspace.contents());
    };
    check("campaign.yaml", "campaign: [", &["专项定义有错误", "qingdan validate"]);
    check("units.csv", "编码,单位名称\n", &["units.csv", "一个单位也没有"]);
    check("ledger.xlsx", "", &["ledger.xlsx", "文件是空的"]);
    check("ledger.xlsx", "PK\u{3}\u{4}写了一半", &["ledger.xlsx"]);
    check("out/2023-08-15", "", &["out/2023-08-15", "同名的文件", "改名或移走"]);
}

#[test]
fn an_emptied_ledger_is_made_whole_from_its_history() {
    let workspace = prepared();
    workspace.on("2023-08-14", 0, &[]);
    fs::remove_file(workspace.path("ledger.xlsx")).expect("there");
    workspace.write("ledger.xlsx", "编号,单位名称,隐患描述\n");
    let run = workspace.on("2023-08-15", 0, &[]);
    assert!(run.out.contains("隐患 2"), "{}{}", run.out, run.err);
}

#[test]
fn where_out_is_a_file_it_is_said_so() {
    let workspace = prepared();
    workspace.write("out", "");
    let run = workspace.on("2023-08-14", 3, &[]);
    assert!(run.err.contains("out”") && run.err.contains("改名或移走"), "{}", run.err);
    assert!(!workspace.path("ledger.xlsx").exists());
}

#[cfg(unix)]
#[test]
fn a_linked_out_folder_is_written_through_the_link() {
    let workspace = prepared();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    std::os::unix::fs::symlink(elsewhere.path(), workspace.path("out")).expect("a link");
    workspace.on("2023-08-14", 0, &[]);
    workspace.assert_whole("2023-08-14");
    assert!(elsewhere.path().join("2023-08-14/index.json").exists());
}

#[test]
fn errors_in_submissions_make_the_exit_code_and_nothing_less() {
    let workspace = prepared();
    workspace.write("inbox/乙镇卫生院20230814.csv", WRONG);
    workspace.write("inbox/坏文件.xlsx", "PK\u{3}\u{4}不完整");
    let run = workspace.on("2023-08-14", 1, &[]);
    assert!(run.out.contains("3 个文件"), "{}", run.out);
    assert_eq!(workspace.index("2023-08-14")["hazards"], 3);
    assert!(workspace.index("2023-08-14")["diagnostics"]["errors"].as_u64() >= Some(2));
    workspace.assert_whole("2023-08-14");
    workspace.on("2023-08-14", 0, &["--fail-on", "never"]);
    workspace.on("2023-08-14", 1, &["--fail-on", "warning"]);
}

/// Closed before it was found: lists can be made, figures cannot.
#[test]
fn a_ledger_that_contradicts_itself_withholds_reports_and_names_the_cell() {
    let workspace = prepared();
    let absurd = "编号,单位名称,隐患描述,部位,等级,发现日期,整改期限,状态,整改完成日期,销号日期\n\
                  demo-2023-001-001,甲镇卫生院,疏散通道堆放杂物,门诊楼一层,一般,2023-06-10,2023-06-15,已销号,2023-06-01,2023-06-02\n";
    workspace.write("ledger.csv", absurd);
    let run = workspace.on("2023-08-14", 1, &["--fail-on", "never"]);
    assert!(run.out.contains("没有出的报表 周统计"), "{}", run.out);
    assert!(run.err.contains("ledger.csv") && !run.err.contains(".qingdan"), "{}", run.err);
    assert_eq!(workspace.index("2023-08-14")["withheld"], serde_json::json!(["weekly"]));
    assert_eq!(workspace.names_in("out/2023-08-14"), EVERY_DAY);
    workspace.assert_whole("2023-08-14");
}

#[test]
fn a_ledger_kept_as_text_stays_text() {
    let workspace = prepared();
    workspace.write("ledger.csv", "编号,单位名称,隐患描述,等级,发现日期,整改期限,状态\n");
    workspace.on("2023-08-14", 0, &[]);
    assert!(!workspace.path("ledger.xlsx").exists());
    assert!(fs::read_to_string(workspace.path("ledger.csv")).expect("text").contains("疏散通道堆放杂物"));
    assert!(workspace.path("out/2023-08-14/台账.xlsx").exists());
    let before = workspace.contents();
    workspace.on("2023-08-14", 0, &[]);
    assert_same(&before, &workspace.contents());
}

#[test]
fn json_is_the_index_and_quiet_is_one_line() {
    let workspace = prepared();
    let run = workspace.on("2023-08-14", 0, &["--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&run.out).expect("JSON"), workspace.index("2023-08-14"));
    let keys: Vec<String> =
        serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&run.out).expect("an object").keys().cloned().collect();
    let mut expected =
        ["as_of", "campaign", "merge", "diagnostics", "changes", "hazards", "overdue", "asked", "reports", "withheld", "files"];
    expected.sort_unstable();
    let mut keys = keys;
    keys.sort_unstable();
    assert_eq!(keys, expected);
    let run = workspace.on("2023-08-15", 0, &["-q"]);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (1, ""));
}

/// No home, no terminal, nothing to read from, another folder: what cron gives.
#[cfg(unix)]
#[test]
fn the_bare_environment_of_cron_is_enough() {
    let workspace = prepared();
    let campaign = workspace.path("campaign.yaml");
    let bare = |folder: &Path, words: &[&str]| {
        let mut command = Command::new("sh");
        // The shell closes the three streams' input altogether, which `Stdio::null` does not.
        command.args(["-c", "exec \"$@\" <&-", "sh"]).arg(assert_cmd::cargo::cargo_bin!("qingdan")).args(words);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C").current_dir(folder);
        Run::of(command.output().expect("the binary runs"))
    };
    let run = bare(Path::new("/"), &["run", "-c", campaign.to_str().expect("UTF-8"), "--as-of", "2023-08-14"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let run = bare(workspace.folder.path(), &["run", "--as-of", "2023-08-15"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert_eq!(workspace.names_in("out/2023-08-15"), EVERY_DAY);
    assert!(workspace.path("out/2023-08-14/周统计.docx").exists());
}

#[cfg(unix)]
#[test]
fn a_second_run_is_told_who_is_at_work_and_a_dead_one_is_in_nobodys_way() {
    let workspace = prepared();
    workspace.on("2023-08-14", 0, &[]);
    let before = workspace.contents();
    // What a run that died left in the file holds nobody up.
    workspace.write(".qingdan.lock", "进程 999999，2023-08-14 08:00:00 开始");
    workspace.on("2023-08-14", 0, &[]);
    let held = fs::File::options().read(true).write(true).open(workspace.path(".qingdan.lock")).expect("a lock");
    held.lock().expect("locked");
    fs::write(workspace.path(".qingdan.lock"), "进程 7，2023-08-14 08:00:00 开始").expect("written");
    let run = workspace.on("2023-08-15", 3, &[]);
    assert!(run.err.contains("进程 7") && run.err.contains("已 ") && run.err.contains("请等它结束"), "{}", run.err);
    drop(held);
    assert_same(&before, &workspace.contents());
}

/// A ledger of an earlier week, a folder of the same day with somebody's file in it, then more submissions: enough that a kill
/// can meet every part of the work.
#[cfg(unix)]
fn half_way(rows: usize) -> Workspace {
    let workspace = prepared();
    let submission = |unit: u32| {
        let mut text = CLEAN.lines().next().expect("a head").to_owned();
        for row in 0..rows {
            text.push_str(&format!("\n第{unit}卫生院,第{row}处插座松动,{row}楼,一般,2023-06-02,2023-09-30,待整改,王五"));
        }
        workspace.write(&format!("inbox/第{unit}卫生院20230616.csv"), &text);
    };
    let rows: String = (3..12).map(|unit| format!("{unit:03},第{unit}卫生院,,乡镇卫生院,丙镇\n")).collect();
    workspace.write("units.csv", &format!("{UNITS}{rows}"));
    (3..7).for_each(submission);
    workspace.on("2023-08-14", 0, &[]);
    workspace.write("out/2023-08-14/签字.jpg", "照片");
    (7..12).for_each(submission);
    workspace
}

/// Killed anywhere: what stands is old or new and whole, and the next run ends as if nothing had happened.
#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_nothing_half_done() {
    let workspace = half_way(10);
    let old = workspace.contents();
    let started = std::time::Instant::now();
    workspace.on("2023-08-14", 0, &[]);
    let whole = started.elapsed();
    let new = workspace.contents();
    assert_ne!(old["ledger.xlsx"], new["ledger.xlsx"]);
    // Spread over the run, most of them where things are put in their places.
    for step in [6, 14, 17, 18, 19, 20, 21] {
        for entry in fs::read_dir(workspace.folder.path()).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
        }
        for (name, bytes) in &old {
            let path = workspace.path(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, bytes).expect("a file");
        }
        let mut child = workspace.command(&["--as-of", "2023-08-14"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        std::thread::sleep(whole * step / 20);
        let _ = child.kill();
        child.wait().expect("ended");
        let left = workspace.contents();
        for name in ["ledger.xlsx", "history.jsonl"] {
            assert!(left[name] == old[name] || left[name] == new[name], "{step}: {name}");
        }
        if workspace.path("out/2023-08-14").exists() {
            let is = |state: &BTreeMap<String, Vec<u8>>| {
                let papers = |(name, _): &(&String, &Vec<u8>)| name.starts_with("out/2023-08-14/") && !name.ends_with("签字.jpg");
                left.iter().filter(papers).eq(state.iter().filter(papers))
            };
            assert!(is(&old) || is(&new), "{step}");
        }
        for name in left.keys().filter(|name| !new.contains_key(*name)) {
            assert!(name.starts_with(".qingdan-") || name.starts_with("out/.qingdan-2023-08-14."), "{step}: {name}");
        }
        workspace.on("2023-08-14", 0, &[]);
        let repaired = workspace.contents();
        let differing: Vec<&String> = new.keys().chain(repaired.keys()).filter(|name| new.get(*name) != repaired.get(*name)).collect();
        assert!(differing.is_empty(), "{step}: {differing:?}");
    }
}

/// What a run for one day left when it was killed is cleared by the run for the next.
#[test]
fn leftovers_of_another_day_are_cleared_too() {
    let workspace = prepared();
    workspace.on("2023-08-14", 0, &[]);
    let old = workspace.path("out/.qingdan-2023-08-14.old");
    fs::rename(workspace.path("out/2023-08-14"), &old).expect("moved");
    workspace.write("out/.qingdan-2023-08-13.new/三清单.xlsx", "半个");
    workspace.on("2023-08-15", 0, &[]);
    assert_eq!(workspace.names_in("out"), ["2023-08-14", "2023-08-15"]);
    workspace.assert_whole("2023-08-14");
}

/// The disk is full (here: no file may grow beyond a few kilobytes): the old state stands and the message says so.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_state() {
    let workspace = prepared();
    workspace.on("2023-08-14", 0, &[]);
    let before = workspace.contents();
    workspace.write("inbox/乙镇卫生院20230814.csv", &CLEAN.replace("甲镇卫生院", "乙镇卫生院"));
    let mut command = Command::new("sh");
    // With the signal ignored the limit is an error of the write, as a full disk is.
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" run --as-of 2023-08-14"]);
    let output = command.arg(assert_cmd::cargo::cargo_bin!("qingdan")).current_dir(workspace.folder.path()).output();
    let run = Run::of(output.expect("a shell"));
    assert_eq!(run.code, 3, "{}{}", run.out, run.err);
    assert!(run.err.contains("无法写入") && run.err.contains("原有文件没有改动"), "{}", run.err);
    fs::remove_file(workspace.path("inbox/乙镇卫生院20230814.csv")).expect("removed");
    assert_same(&before, &workspace.contents());
}
