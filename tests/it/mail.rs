//! Hostile mails and archives through the binary: each is told under its name, what is beside it is read, nothing leaves the workspace.

use std::fs;
use std::io::Cursor;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEAD: &str = "From: 甲镇卫生院 <a@example.com>\nSubject: 台账\nDate: Fri, 21 Jul 2023 09:00:00 +0800\n";

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("w");
    fs::create_dir_all(root.join("inbox")).expect("folders");
    let campaign = "campaign: t\ntitle: 测试\nissuer: 办\nperiod: {start: 2023-01-01, end: 2023-12-31}\nunits: units.csv\n";
    fs::write(root.join("campaign.yaml"), campaign).expect("written");
    fs::write(root.join("units.csv"), "编码,单位名称\n001,甲镇卫生院\n").expect("written");
    folder
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a name");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A mail with one file, as it is.
fn mail(name: &str, file: &str) -> String {
    let head = format!("{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n见附件\n");
    format!("{head}--b\nContent-Disposition: attachment; filename=\"{name}\"\n\n{file}\n--b--\n")
}

fn run(root: &Path, words: &[&str]) -> Value {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("qingdan"));
    let done = command.current_dir(root).args(words).args(["--as-of", "2023-07-31", "--format", "json"]).output().expect("runs");
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{words:?}: {out}{}", String::from_utf8_lossy(&done.stderr)))
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path());
    let mut found: Vec<PathBuf> = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

#[test]
fn hostile_mails_are_told_and_the_good_one_is_read() {
    let folder = workspace();
    let root = folder.path().join("w");
    let put = |name: &str, bytes: &[u8]| fs::write(root.join("inbox").join(name), bytes).expect("written");
    let mut levels = archive(&[("台账.csv", b"x")]);
    for level in 0..50 {
        levels = archive(&[(&format!("{level}.zip"), &levels)]);
    }
    put("levels.zip", &levels);
    put("bomb.zip", &archive(&[("零.csv", &vec![0; 40 << 20])]));
    let part = "--b\nContent-Disposition: attachment; filename=a.csv\n\nx\n";
    put("parts.eml", format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n", part.repeat(10_001)).as_bytes());
    put("paths.zip", &archive(&[("../../../外面.csv", "隐患描述,整改期限\n插座松动,某日\n".as_bytes()), ("/etc/passwd", b"root:x\n")]));
    put("good.eml", mail("台账.csv", "隐患描述,发现日期,整改期限\n通道堵塞,2023-07-20,2023-07-30").as_bytes());
    let merged = run(&root, &["merge"]);
    assert_eq!(merged["ledger"]["hazards"], 1, "{merged}");
    let told = |file: &str, words: &[&str]| {
        let diagnostics = merged["diagnostics"].as_array().expect("a list");
        let own: Vec<String> =
            diagnostics.iter().filter(|one| one["file"] == file).map(|one| format!("{}{}", one["message"], one["help"])).collect();
        assert!(words.iter().all(|word| own.iter().any(|text| text.contains(word))), "{file}: {own:?}");
    };
    told("inbox/levels.zip/49.zip/48.zip/47.zip/46.zip/45.zip", &["超过 5 层", "解压到底"]);
    told("inbox/bomb.zip", &["250 倍", "重新发送"]);
    told("inbox/parts.eml", &["超过 10000 个", "另存出来", "甲镇卫生院 <a@example.com>"]);
    told("inbox/paths.zip/外面.csv", &["不是日期"]);
    run(&root, &["validate", "--annotate", "out/退回"]);
    run(&root, &["submissions"]);
    let outside: Vec<PathBuf> = files(folder.path()).into_iter().filter(|path| !path.starts_with(&root)).collect();
    assert!(outside.is_empty(), "{outside:?}");
    let copies = files(&root.join("out/退回"));
    assert!(copies.iter().any(|path| path.starts_with(root.join("out/退回/paths.zip"))), "{copies:?}");
    let names: Vec<String> =
        fs::read_dir(&root).expect("a folder").map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    assert!(
        names.iter().all(|name| ["inbox", "out", "campaign.yaml", "units.csv", "ledger.xlsx", "history.jsonl"].contains(&name.as_str())
            || name.starts_with('.')),
        "{names:?}"
    );
}

#[test]
fn the_order_in_which_mails_lie_changes_nothing() {
    let ledgers: Vec<Value> = [["1.eml", "2.eml"], ["2.eml", "1.eml"]]
        .iter()
        .map(|names| {
            let folder = workspace();
            let root = folder.path().join("w");
            for (name, hazard) in names.iter().zip(["通道堵塞", "插座松动"]) {
                let text = format!("隐患描述,发现日期,整改期限\n{hazard},2023-07-20,2023-07-30");
                fs::write(root.join("inbox").join(name), mail("台账.csv", &text)).expect("written");
            }
            run(&root, &["merge"]);
            let mut again = run(&root, &["merge"]);
            assert_eq!(again["totals"]["unchanged"], 2, "{again}");
            again["ledger"].take()
        })
        .collect();
    assert_eq!(ledgers[0], ledgers[1]);
}
