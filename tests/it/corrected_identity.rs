//! A cell by which a hazard is known is corrected in the ledger by hand. The old file in the inbox still says what was written
//! then, and must find its hazard again instead of making a second one.

use std::path::Path;
use std::process::Command;

const CAMPAIGN: &str =
    "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n";
const ROSTER: &str = "编码,单位名称,简称,类别\n001,甲镇卫生院,,卫生院\n002,乙镇卫生院,,卫生院\n";
const FIRST: &str = "填报单位：甲镇卫生院,填报日期：2023-07-14\n部位,隐患描述,等级,发现日期,整改期限,状态\n住院部,插座松动,一般,2023-07-03,2023-07-18,待整改\n门诊部,通道堆物,一般,2023-07-04,2023-07-19,待整改\n";

/// The answer of one command in `root`; it must end well.
fn run(root: &Path, words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_qingdan")).args(words).current_dir(root).output().expect("the program runs");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
    assert!(output.status.success(), "{words:?}: {text}");
    text
}

fn ledger(root: &Path) -> String {
    std::fs::read_to_string(root.join("ledger.csv")).expect("a ledger")
}

/// How many hazards there are, and whether the ledger still says what was typed into it.
fn check(root: &Path, typed: &str) {
    let text = ledger(root);
    assert_eq!(text.matches("demo-001-").count(), 2, "{text}");
    assert!(text.contains(typed), "{typed} in {text}");
}

#[test]
fn an_old_file_finds_its_hazard_after_a_correction() {
    for (old, new) in [("2023-07-03", "2023-07-02"), ("住院部", "住院部二楼"), ("插座松动", "插座松动且外壳破损")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        std::fs::create_dir(root.join("inbox")).expect("a folder");
        for (name, text) in [
            ("campaign.yaml", CAMPAIGN),
            ("units.csv", ROSTER),
            ("inbox/甲镇卫生院.csv", FIRST),
            ("ledger.csv", "编号,单位名称,隐患描述\n"),
        ] {
            std::fs::write(root.join(name), text).expect("a file");
        }
        run(root, &["merge", "--as-of", "2023-07-14"]);
        let corrected = ledger(root).replacen(old, new, 1);
        std::fs::write(root.join("ledger.csv"), corrected).expect("edited");
        run(root, &["merge", "--as-of", "2023-07-21"]);
        check(root, new);
        // The correction stands in the history now; nothing more changes.
        let standing = (ledger(root), std::fs::read(root.join("history.jsonl")).expect("a history"));
        run(root, &["merge", "--as-of", "2023-07-28"]);
        assert_eq!(standing, (ledger(root), std::fs::read(root.join("history.jsonl")).expect("a history")), "{old} → {new}");
        // Another file of the same unit with the old words is the same hazard still.
        std::fs::write(root.join("inbox/甲镇卫生院-8月.csv"), FIRST.replace("填报日期：2023-07-14", "填报日期：2023-07-10"))
            .expect("a file");
        run(root, &["merge", "--as-of", "2023-08-04"]);
        check(root, new);
    }
}

#[test]
fn what_another_hazard_says_now_comes_first() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    std::fs::create_dir(root.join("inbox")).expect("a folder");
    for (name, text) in
        [("campaign.yaml", CAMPAIGN), ("units.csv", ROSTER), ("inbox/甲镇卫生院.csv", FIRST), ("ledger.csv", "编号,单位名称,隐患描述\n")]
    {
        std::fs::write(root.join(name), text).expect("a file");
    }
    run(root, &["merge", "--as-of", "2023-07-14"]);
    // The first is reworded; the second now says what the first said, so the file's row is the second's.
    let text = ledger(root)
        .replace("住院部,插座松动", "住院部,甲")
        .replace("门诊部,通道堆物", "住院部,插座松动")
        .replace("2023-07-04", "2023-07-03");
    std::fs::write(root.join("ledger.csv"), text).expect("edited");
    run(root, &["merge", "--as-of", "2023-07-21"]);
    let text = ledger(root);
    assert!(text.lines().any(|line| line.contains("demo-001-001") && line.contains("住院部,甲")), "{text}");
    assert!(text.lines().any(|line| line.contains("demo-001-002") && line.contains("住院部,插座松动")), "{text}");
}
