//! `notice` through the binary: which letters are due, that none goes out twice, what the register keeps, and what must not go out.

use std::fs;
use std::io::Cursor;
use std::io::Read;

use serde_json::Value;

use crate::workspace::Run;
use crate::workspace::Workspace;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康委员会
basis: [安委〔2023〕1号]
issued: 2023-05-10
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
escalation:
  - {after: 1d, step: 提醒敦促函, answer_within: 3wd}
  - {after: 7d, step: 整改通知书}
";
const UNITS: &str = "编码,单位名称,简称\n001,甲镇卫生院,甲卫\n002,乙镇卫生院,\n003,丙镇卫生院,\n";
const LEDGER: &str = "单位名称,隐患描述,部位,等级,依据,发现日期,整改期限,状态\n\
甲镇卫生院,疏散通道堆放杂物，电话13800001777,门诊楼一层,一般,消防法第二十八条,2023-06-01,2023-06-15,整改中\n\
甲镇卫生院,插座松动,二楼,重大,,2023-06-01,2023-06-22,整改中\n\
乙镇卫生院,电线老化,门诊,一般,,2023-06-01,2023-06-15,已整改\n\
乙镇卫生院,灯不亮,门诊,一般,,2023-06-01,2023-06-21,整改中\n\
丙镇卫生院,灭火器过期,药房,一般,,2023-06-01,2023-07-31,整改中\n";

fn prepared() -> Workspace {
    let workspace = Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("inbox/合报20230610.csv", LEDGER)]);
    workspace.clean(&["merge", "--as-of", "2023-06-10"]);
    workspace
}

fn notice(workspace: &Workspace, day: &str, words: &[&str]) -> Value {
    let Run { code, out, err } = workspace.run(&[&["notice", "--as-of", day, "--format", "json"], words].concat());
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

/// Unit, step and the numbers of the hazards of each letter.
fn letters(answer: &Value) -> Vec<String> {
    let list = |value: &Value| -> String {
        let ids = value.as_array().expect("a list").iter().filter_map(Value::as_str);
        ids.map(|id| id.trim_start_matches("demo-2023-")).collect::<Vec<_>>().join("+")
    };
    let letters = answer["letters"].as_array().expect("a list").iter();
    letters
        .map(|letter| {
            format!("{} {} {}", letter["unit"].as_str().unwrap_or(""), letter["step"].as_str().unwrap_or(""), list(&letter["hazards"]))
        })
        .collect()
}

/// The text of a part of a letter, a line for each paragraph.
fn shown(workspace: &Workspace, file: &str, part: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workspace.read(file))).expect("a document");
    let mut xml = String::new();
    archive.by_name(part).expect("a part").read_to_string(&mut xml).expect("text");
    let mut text = String::new();
    for paragraph in xml.split("</w:p>") {
        for piece in paragraph.split("<w:t xml:space=\"preserve\">").skip(1) {
            text.push_str(piece.split("</w:t>").next().unwrap_or(""));
        }
        text.push('\n');
    }
    text
}

#[test]
fn each_step_goes_out_once_and_the_next_letter_speaks_of_the_one_before() {
    let workspace = prepared();
    assert_eq!(letters(&notice(&workspace, "2023-06-15", &[])), Vec::<String>::new());
    assert!(!workspace.path("notices.csv").exists() && !workspace.path("out").exists(), "nothing is due on the day itself");
    let first = ["甲镇卫生院 整改通知书 001-001", "甲镇卫生院 提醒敦促函 001-002", "乙镇卫生院 提醒敦促函 002-002"];
    let tried = notice(&workspace, "2023-06-25", &["--dry-run"]);
    assert_eq!((letters(&tried), tried["written"].as_bool()), (first.map(str::to_owned).to_vec(), Some(false)));
    assert!(!workspace.path("notices.csv").exists() && !workspace.path("out").exists(), "a dry run writes nothing");
    let answer = notice(&workspace, "2023-06-25", &[]);
    assert_eq!(letters(&answer), first);
    // Three and five working days with the holiday of 22 to 24 June behind them.
    let until = |index: usize| answer["letters"][index]["answer_by"].as_str().map(str::to_owned);
    assert_eq!((until(0), until(1)), (Some("2023-06-30".to_owned()), Some("2023-06-28".to_owned())));
    let register = workspace.text("notices.csv");
    assert_eq!(register.lines().count(), 4, "{register}");
    assert!(register.contains("demo-2023-N001,甲镇卫生院,整改通知书,2023-06-25,,demo-2023-001-001\r\n"), "{register}");
    assert_eq!(letters(&notice(&workspace, "2023-06-25", &[])), Vec::<String>::new());
    assert_eq!(workspace.text("notices.csv"), register, "the same day gives no second letter");

    let text = shown(&workspace, "out/发函/甲镇卫生院_整改通知书_N001.docx", "word/document.xml");
    for part in [
        "关于逾期未整改隐患的整改通知书",
        "甲镇卫生院：",
        "下列1项隐患超过规定期限，逾期未整改，逾期最长的已达10天",
        "demo-2023-001-001",
        "疏散通道堆放杂物，电话138****1777（依据：消防法第二十八条）",
        "《安委〔2023〕1号》和《某县卫生健康系统重大事故隐患专项排查整治》",
        "请于2023年6月30日前",
        "　　　〔　　〕　号",
        "2023年6月25日",
        "送达回证",
        "整改通知书（登记编号 demo-2023-N001）",
    ] {
        assert!(text.contains(part), "no “{part}” in {text}");
    }
    assert!(!text.contains("此前") && !text.contains("13800001777"), "{text}");
    let head = shown(&workspace, "out/发函/甲镇卫生院_整改通知书_N001.docx", "word/header1.xml");
    assert!(head.contains("某县卫生健康委员会\n"), "{head}");

    // She fills 文号 in and adds a column of her own; the next letter quotes the number, and her column stays.
    let own = register
        .replace(",隐患\r\n", ",隐患,经办\r\n")
        .replace("2023-06-25,,demo-2023-001-002", "2023-06-25,某卫健函〔2023〕5号,demo-2023-001-002");
    workspace.write("notices.csv", &own);
    assert_eq!(letters(&notice(&workspace, "2023-06-29", &[])), ["甲镇卫生院 整改通知书 001-002", "乙镇卫生院 整改通知书 002-002"]);
    assert!(workspace.text("notices.csv").starts_with(&own), "what stood there stays");
    let text = shown(&workspace, "out/发函/甲镇卫生院_整改通知书_N004.docx", "word/document.xml");
    assert!(text.contains("此前，我委于2023年6月25日就上述隐患发出《提醒敦促函》（某卫健函〔2023〕5号），至今仍未整改到位。"), "{text}");
    assert!(text.contains("其中重大隐患1项"), "{text}");
}

#[test]
fn an_extension_takes_a_hazard_off_the_ladder() {
    let workspace = prepared();
    notice(&workspace, "2023-06-25", &[]);
    let csv = workspace.run(&["merge", "--as-of", "2023-06-25", "-o", "out/台账.csv"]);
    assert_eq!(csv.code, 0, "{}", csv.err);
    let ledger = workspace.text("out/台账.csv");
    let head: Vec<&str> = ledger.lines().next().expect("a head").split(',').collect();
    let column = head.iter().position(|title| *title == "延期至").expect("a column");
    let extended: Vec<String> = (ledger.lines())
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            if line.contains("demo-2023-001-002") {
                cells[column] = "2023-07-31";
            }
            cells.join(",")
        })
        .collect();
    fs::remove_file(workspace.path("ledger.xlsx")).expect("removed");
    workspace.write("ledger.csv", &extended.join("\n"));
    assert_eq!(letters(&notice(&workspace, "2023-07-30", &["--dry-run"])), ["乙镇卫生院 整改通知书 002-002"]);
    let later = letters(&notice(&workspace, "2023-08-01", &["--dry-run"]));
    assert!(later.contains(&"甲镇卫生院 提醒敦促函 001-002".to_owned()), "{later:?}");
}

#[test]
fn a_register_that_cannot_be_trusted_stops_everything() {
    let workspace = prepared();
    for (register, place) in [
        ("编号,单位,步骤,日期,文号,隐患\nN1,甲卫,整改通知,2023-06-20,,demo-2023-001-001\n", "第2行第3列"),
        ("编号,单位,步骤,日期,文号,隐患\nN1,丁镇卫生院,整改通知书,2023-06-20,,demo-2023-001-001\n", "第2行第2列"),
        ("编号,单位,步骤,文号\nN1,甲镇卫生院,整改通知书,\n", "第1行"),
    ] {
        workspace.write("notices.csv", register);
        let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-25"]);
        assert!(code == 3 && err.contains(place) && err.contains("一份函也没有写"), "{code} {err}");
        assert!(workspace.text("notices.csv") == register && !workspace.path("out").exists());
        let told = workspace.run(&["validate", "notices.csv", "--as-of", "2023-06-25"]);
        assert!(told.code == 1 && told.out.contains("T08"), "{}", told.out);
    }
    // A workbook under that name is read like any register, and cannot be written to.
    workspace.write("notices.csv", "<table><tr><td>单位</td><td>步骤</td><td>日期</td><td>隐患</td></tr></table>");
    let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-25"]);
    assert!(code == 3 && err.contains("没法往后加行") && !workspace.path("out").exists(), "{code} {err}");
    // A lost register does not write over letters that were issued.
    fs::remove_file(workspace.path("notices.csv")).expect("removed");
    notice(&workspace, "2023-06-25", &[]);
    let before = workspace.read("out/发函/甲镇卫生院_整改通知书_N001.docx");
    fs::remove_file(workspace.path("notices.csv")).expect("removed");
    let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-25"]);
    assert!(code == 3 && err.contains("登记里却没有这份函") && !workspace.path("notices.csv").exists(), "{code} {err}");
    assert_eq!(workspace.read("out/发函/甲镇卫生院_整改通知书_N001.docx"), before);
}

#[test]
fn letters_are_never_dated_before_those_that_are_registered() {
    let workspace = prepared();
    notice(&workspace, "2023-06-25", &["--unit", "甲卫"]);
    let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-24"]);
    assert!(code == 3 && err.contains("2023-06-25"), "{code} {err}");
    assert_eq!(letters(&notice(&workspace, "2023-06-24", &["--dry-run", "--unit", "乙镇卫生院"])), ["乙镇卫生院 提醒敦促函 002-002"]);
    let twice = workspace.run(&["overdue", "--as-of", "2023-06-25", "-o", "notices.csv"]);
    assert_eq!(twice.code, 3, "{}", twice.err);
}

#[test]
fn a_lost_letter_is_written_again_and_nothing_is_registered() {
    let workspace = prepared();
    notice(&workspace, "2023-06-25", &["--step", "提醒敦促函"]);
    let register = workspace.text("notices.csv");
    let first = shown(&workspace, "out/发函/乙镇卫生院_提醒敦促函_N002.docx", "word/document.xml");
    let again = notice(&workspace, "2023-06-28", &["--again", "--unit", "乙镇卫生院", "-o", "补"]);
    assert_eq!((letters(&again), again["register"].as_str()), (vec!["乙镇卫生院 提醒敦促函 002-002".to_owned()], None));
    assert_eq!(workspace.text("notices.csv"), register);
    let copy = shown(&workspace, "补/乙镇卫生院_提醒敦促函_N002_补发.docx", "word/document.xml");
    let without_mark = copy.replace("（补发，原件发于2023年6月25日，登记编号 demo-2023-N002）\n", "");
    assert_eq!(without_mark, first, "the words of that day");
    assert_ne!(copy, first);
}

#[test]
fn templates_of_the_bureau_are_used_and_their_slips_told() {
    let workspace = prepared();
    let own = CAMPAIGN.replace("step: 整改通知书}", "step: 整改通知书, template: 整改.txt}");
    workspace.write("campaign.yaml", &own);
    workspace.write("整改.txt", "标题：整改\n\n请{{ 函.单位 }}限99个工作日内改好{{ 隐患.项数 }}项。\n\n【表：隐患】\n");
    let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-25", "--dry-run"]);
    assert!(code == 0 && err.contains("99个工作日"), "{code} {err}");
    workspace.write("整改.txt", "标题：整改\n\n请{{ 函.单位名 }}改好。\n");
    let Run { code, err, .. } = workspace.run(&["notice", "--as-of", "2023-06-25"]);
    assert!(code == 3 && err.contains("第 3 行") && err.contains("函.单位") && !workspace.path("notices.csv").exists(), "{code} {err}");
    let shown = workspace.run(&["notice", "--show-template", "--step", "提醒敦促函"]);
    assert!(shown.out.contains("特此函告"), "{}", shown.out);
    let names = workspace.run(&["notice", "--names", "--as-of", "2023-06-25", "--step", "提醒敦促函"]);
    assert!(names.out.contains("隐患.项数\t1\n") && names.out.contains("回复.截止\t2023年6月28日"), "{}", names.out);
    let wrong = workspace.run(&["notice", "--step", "整改通知"]);
    assert!(wrong.code == 2 && wrong.err.contains("是不是 整改通知书"), "{}", wrong.err);
}

#[test]
fn overdue_status_and_report_know_what_was_issued_and_what_is_due() {
    let workspace = prepared();
    let json = |words: &[&str]| -> Value {
        let Run { out, err, .. } = workspace.run(&[words, &["--as-of", "2023-06-25", "--format", "json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
    };
    let item = |answer: &Value, id: &str| {
        answer["items"].as_array().expect("a list").iter().find(|item| item["id"] == id).cloned().expect("an item")
    };
    let before = json(&["overdue"]);
    assert_eq!(before["letters_due"].as_array().map(Vec::len), Some(3));
    assert_eq!(before["letters_due"][0]["hazards"][0], "demo-2023-001-001");
    assert!(item(&before, "demo-2023-001-001")["letter"].is_null());
    assert_eq!(json(&["status"])["letters"], serde_json::json!({"issued": 0, "last": null, "due": 3}));
    notice(&workspace, "2023-06-25", &["--unit", "甲镇卫生院"]);
    let after = json(&["overdue"]);
    assert_eq!(after["letters_due"].as_array().map(Vec::len), Some(1));
    assert_eq!(item(&after, "demo-2023-001-001")["letter"]["step"], "整改通知书");
    assert_eq!(json(&["status"])["letters"], serde_json::json!({"issued": 2, "last": "2023-06-25", "due": 1}));
    let report = json(&["report", "monthly"])["letters"].clone();
    assert_eq!((&report["issued_in_period"], &report["issued"], &report["due"]), (&2.into(), &2.into(), &1.into()));
    assert_eq!(report["by_step"][1], serde_json::json!({"step": "整改通知书", "issued_in_period": 1, "issued": 1, "due": 0}));
    let screen = workspace.run(&["overdue", "--as-of", "2023-06-25"]).out;
    assert!(screen.contains("2023-06-25 整改通知书") && screen.contains("该发的函 1 份：提醒敦促函 1"), "{screen}");
    let written = workspace.run(&["report", "monthly", "--as-of", "2023-06-25", "-o", "out/通报.docx"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let text = shown(&workspace, "out/通报.docx", "word/document.xml");
    assert!(text.contains("发出督办文书2份，累计2份（提醒敦促函1份、整改通知书1份）。"), "{text}");
    let table = workspace.run(&["overdue", "--as-of", "2023-06-25", "-o", "out/逾期.xlsx"]);
    assert_eq!(table.code, 0, "{}", table.err);
    let rows = workspace.rows("out/逾期.xlsx", "逾期清单");
    assert!(rows.iter().any(|row| row.contains("最近发函")) && rows.iter().any(|row| row.contains("2023-06-25 整改通知书")), "{rows:#?}");
}
