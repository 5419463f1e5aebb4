//! Every number of every paper against a reckoning of this test's own: rows of the ledger in, definitions of the contract, plain
//! and slow code; nothing of the product but its binary.
//!
//! The papers are read as anybody reads them: cells, paragraphs, marks of the page, keys of the JSON.

mod expected;
mod made_up;
mod papers;
mod reckoned;
mod scraped;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use serde_json::Value;

use expected::MEASURES;
use expected::expected;
use expected::meant;
use made_up::CASES;
use made_up::TITLES;
use made_up::made_up;
use made_up::plan;
use papers::check_bulletin;
use papers::check_json;
use papers::check_workbook;
use reckoned::Plan;
use reckoned::Reckoning;
use reckoned::Rows;
use reckoned::day;
use scraped::cells;
use scraped::marked;
use scraped::sheet;

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, words: &[&str]) -> Run {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingdan"));
    command.env_remove("RUST_BACKTRACE").env_remove("NO_COLOR").env_remove("COLUMNS");
    let output = command.current_dir(folder).args(words).output().expect("the binary runs");
    Run {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn every_number_of_every_paper_is_reckoned_anew() {
    let (folder, newest) = made_up();
    let plan = plan();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for case in &CASES {
        let papers = format!("out/{}-{}", case.kind, case.end);
        let ran = run(folder.path(), &["report", case.kind, "--as-of", case.end, "--papers", &papers]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        assert!(!ran.err.contains("统计中没有的数"), "{}", ran.err);
        let expected = expected(&newest, case, &plan);
        seen.extend(MEASURES.iter().map(|(key, _)| *key).filter(|key| expected.now.count(key, None) > 0));
        let paper = |name: &str| folder.path().join(&papers).join(format!("{}{name}", case.word));
        let text = fs::read_to_string(paper("数据.json")).expect("written");
        let json: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["period"]["start"], case.start, "{} {}", case.kind, case.end);
        let mut checked = check_json(&text, &expected);
        checked += check_workbook(&paper("统计表.xlsx"), &expected, case, &plan);
        checked += check_bulletin(&paper(".docx"), &json, &expected, case, &plan);
        let page = fs::read_to_string(paper("看板.html")).expect("written");
        let numbers = marked(&page);
        for (key, shown) in &numbers {
            assert_eq!(Some(shown), meant(key, &expected, case, &plan).as_ref(), "{} {} {key}", case.kind, case.end);
        }
        assert!(numbers.len() > 250, "{} numbers on the page", numbers.len());
        assert!(checked > 1500, "{checked} numbers were checked");
    }
    let never: Vec<&str> = MEASURES.iter().map(|(key, _)| *key).filter(|key| !seen.contains(key)).collect();
    assert_eq!(never, ["not_reported_again"], "no case has these");
}

/// The demonstration: its ledger came out of messy files; nothing in it is newer than the month before.
#[test]
fn the_demonstration_adds_up_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = run(folder.path(), &["demo", "演示"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let root = folder.path().join("演示");
    let ran = run(&root, &["report", "monthly", "--as-of", "2023-08-15", "--papers", "out/月"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let table = cells(&root.join("ledger.xlsx"), 0);
    let head = table.iter().position(|row| row.first().is_some_and(|title| title == "编号")).expect("a header");
    let rows: Rows = table[head + 1..]
        .iter()
        .filter(|row| !row[0].is_empty())
        .map(|row| (row[0].clone(), table[head].iter().cloned().zip(row.iter().cloned()).collect()))
        .collect();
    let json: Value = serde_json::from_str(&fs::read_to_string(root.join("out/月/月通报数据.json")).expect("written")).expect("JSON");
    let units: Vec<String> =
        json["by"]["unit"].as_array().expect("rows").iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect();
    let plan = Plan {
        units,
        general_within: 15,
        due_soon: 10,
        required: vec!["责任人", "整改措施", "整改资金（万元）", "整改期限", "应急预案"],
        row_of: |row, _| row["单位名称"].clone(),
    };
    assert!(
        rows.values().all(|row| row["最近报送"].parse::<NaiveDate>().is_ok_and(|on| on < day("2023-07-30")) || row["最近报送"].is_empty())
    );
    let own = Reckoning::of(&rows, &rows, day("2023-07-30"), day("2023-08-15"), &plan);
    for (key, _) in MEASURES.iter().filter(|(key, _)| *key != "not_reported_again") {
        let hazards = json["hazards"].as_array().expect("hazards").iter();
        let listed: BTreeSet<String> = hazards
            .filter(|hazard| hazard["measures"].as_array().expect("keys").iter().any(|measure| measure == key))
            .map(|hazard| hazard["id"].as_str().expect("an id").to_owned())
            .collect();
        assert_eq!(listed, *own.behind(key), "{key}");
        for row in json["by"]["unit"].as_array().expect("rows") {
            let name = row["name"].as_str().expect("a name");
            assert_eq!(row["counts"][*key], own.count(key, Some((0, name))), "{key} {name}");
        }
    }
    for row in json["by"]["unit"].as_array().expect("rows") {
        assert_eq!(row["rank"].as_u64(), own.rank(row["name"].as_str().expect("a name"), &plan), "{row}");
    }
    // Every number of the page and of the evidence is that of the JSON.
    let page = fs::read_to_string(root.join("out/月/月通报看板.html")).expect("written");
    for (key, shown) in marked(&page).iter().filter(|(key, _)| key.starts_with("totals.") && !key.contains("rates")) {
        assert_eq!(*shown, json["totals"][key.trim_start_matches("totals.")].to_string(), "{key}");
    }
    let evidence = sheet(&root.join("out/月/月通报统计表.xlsx"), "编号依据");
    for (key, label) in MEASURES {
        let column = evidence[0].iter().position(|title| title == label).expect("a column");
        let number = evidence[1..].iter().filter(|row| row[column] == "1").count();
        assert_eq!(json["totals"][key], number, "{label}");
    }
}

/// 未再报告: named by its unit once, and no more in the newest whole ledger; told again for a past day, too.
#[test]
fn silence_is_read_from_the_submissions() {
    let (folder, _) = made_up();
    fs::remove_file(folder.path().join("history.jsonl")).expect("there");
    fs::remove_file(folder.path().join("ledger.csv")).expect("there");
    fs::create_dir(folder.path().join("inbox")).expect("made");
    let head = "单位名称,隐患部位,隐患描述,发现日期,整改期限,整改状态\n";
    let row = |name: &str, status: &str| format!("甲镇卫生院,一楼,{name},2023-06-01,2023-09-01,{status}\n");
    let weeks = [
        ("2023-07-07", [row("灭火器失压", "待整改"), row("插座松动", "待整改")].concat()),
        ("2023-07-14", row("插座松动", "待整改")),
        ("2023-07-21", [row("灭火器失压", "待整改"), row("插座松动", "已整改")].concat()),
        ("2023-07-28", row("灭火器失压", "待整改")),
    ];
    let silent = |as_of: &str| {
        let ran = run(folder.path(), &["report", "weekly", "--as-of", as_of, "--format", "json"]);
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        (json["totals"]["not_reported_again"].clone(), json["previous"]["totals"]["not_reported_again"].clone())
    };
    let mut then = Vec::new();
    for (friday, rows) in &weeks {
        fs::write(folder.path().join(format!("inbox/甲镇卫生院{friday}.csv")), format!("填报日期：{friday}\n{head}{rows}"))
            .expect("written");
        assert_eq!(run(folder.path(), &["merge", "--as-of", friday]).code, 0);
        then.push(silent(friday));
    }
    let numbers: Vec<(Value, Value)> = [(0, 0), (1, 0), (0, 1), (0, 0)].map(|(now, before)| (now.into(), before.into())).to_vec();
    assert_eq!(then, numbers);
    assert_eq!(weeks.iter().map(|(friday, _)| silent(friday)).collect::<Vec<_>>(), then, "made again");
}

#[test]
fn a_number_typed_into_the_template_is_told() {
    let (folder, _) = made_up();
    let shown = run(folder.path(), &["report", "monthly", "--show-template", "--as-of", "2023-07-29"]);
    let typed = shown.out.replacen("{{ 合计.累计排查 }}项", "4321项", 1);
    assert_ne!(typed, shown.out);
    fs::write(folder.path().join("模板.txt"), typed).expect("written");
    let words = ["report", "monthly", "--as-of", "2023-07-29", "--template", "模板.txt", "-o", "out/通报.docx"];
    let ran = run(folder.path(), &words);
    assert!(ran.code == 0 && ran.err.contains("4321项"), "{}", ran.err);
}

#[test]
fn a_damaged_ledger_makes_no_paper() {
    for (what, title, text, cell) in [
        ("closed before it was found", "销号日期", "2023-04-02", "销号日期"),
        ("rectified before it was found", "整改完成日期", "2023-04-01", "整改完成日期"),
        ("a unit that left the roster", "单位名称", "撤并了的卫生室", "单位名称"),
        ("no description", "隐患描述", "", "隐患描述"),
        ("a found day that nobody can read", "发现日期", "五月几号", "发现日期"),
    ] {
        let (folder, rows) = made_up();
        let victim = "sim-2023-U4-001";
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(TITLES).expect("memory");
        for (id, row) in &rows {
            let mut row = row.clone();
            if id == victim {
                for (title, text) in [("发现日期", "2023-05-20"), ("状态", "已销号"), ("整改完成日期", ""), ("销号日期", "")]
                {
                    row.insert(title.to_owned(), text.to_owned());
                }
                row.insert(title.to_owned(), text.to_owned());
            }
            writer.write_record(TITLES.map(|title| row[title].as_str())).expect("memory");
        }
        fs::write(folder.path().join("ledger.csv"), writer.into_inner().expect("memory")).expect("written");
        let column = TITLES.iter().position(|known| *known == title).expect("a column") as u8;
        let line = rows.keys().position(|id| id == victim).expect("a row") + 2;
        let place = format!("{}{line} {cell}", (b'A' + column) as char);
        for kind in ["weekly", "monthly", "quarterly", "summary"] {
            let ran = run(folder.path(), &["report", kind, "--as-of", "2023-07-29", "--papers", "out/坏", "-q"]);
            assert_eq!(ran.code, 1, "{what} {kind}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains(&place), "{what}: no “{place}” in\n{}", ran.err);
            assert!(!folder.path().join("out").exists(), "{what} {kind}: something was written");
        }
    }
}

#[test]
fn a_sum_typed_under_the_ledger_is_held_against_its_rows() {
    let (folder, rows) = made_up();
    fs::remove_file(folder.path().join("ledger.csv")).expect("there");
    for (sum, code) in [(91, 1), (90, 0)] {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let page = workbook.add_worksheet();
        page.set_name("台账").expect("a name");
        for (column, title) in TITLES.iter().enumerate() {
            page.write_string(0, column as u16, *title).expect("written");
            for (line, row) in rows.values().enumerate() {
                page.write_string(line as u32 + 1, column as u16, &row[*title]).expect("written");
            }
        }
        page.write_string(91, 0, "合计").expect("written");
        page.write_number(91, 4, f64::from(sum)).expect("written");
        workbook.save(folder.path().join("ledger.xlsx")).expect("saved");
        let ran = run(folder.path(), &["report", "monthly", "--as-of", "2023-07-29", "--papers", "out/合计"]);
        assert_eq!(ran.code, code, "{sum}: {}{}", ran.out, ran.err);
        assert_eq!(folder.path().join("out").exists(), code == 0);
        assert!(code == 0 || ran.err.contains("92"), "the cell is named: {}", ran.err);
    }
}
