//! `diff` from outside: every kind of change between two small ledgers, what cannot be compared, and the
//! demonstration's ledger with a few cells edited.

use std::fs;

use serde_json::Value;

use crate::workspace::Run;
use crate::workspace::Workspace;
use crate::workspace::run_in;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
";
const UNITS: &str = "编码,单位名称\n001,甲镇卫生院\n002,乙镇卫生院\n";
const TITLES: &str =
    "编号,单位名称,部位,隐患描述,等级,发现日期,整改措施,联系电话,整改期限,延期至,状态,整改完成日期,销号日期,来源,最近报送,复查意见\n";
const OLD: &str = "\
demo-2023-001-001,甲镇卫生院,门诊楼,疏散通道堆放杂物,一般,2023-06-01,清理,13800001001,2023-06-30,,待整改,,,a.csv › a 第2行,2023-06-16,\n\
demo-2023-001-002,甲镇卫生院,门诊楼,灭火器过期,一般,2023-06-01,更换,,2023-06-30,,已整改,2023-06-20,,a.csv › a 第3行,2023-06-16,\n\
demo-2023-001-003,甲镇卫生院,库房,危化品混放,重大,2023-06-01,分柜,,2023-06-30,,整改中,,,a.csv › a 第4行,2023-06-16,\n\
demo-2023-001-004,甲镇卫生院,锅炉房,安全阀未检,一般,2023-06-01,送检,,2023-06-10,,已销号,2023-06-09,2023-06-12,a.csv › a 第5行,2023-06-16,\n\
demo-2023-001-005,甲镇卫生院,食堂,燃气管老化,一般,2023-06-01,更换,,2023-06-30,,待整改,,,a.csv › a 第6行,2023-06-16,\n\
demo-2023-002-001,乙镇卫生院,住院部,配电箱未上锁,一般,2023-06-02,上锁,,2023-07-30,,待整改,,,b.csv › b 第2行,2023-06-16,\n\
demo-2023-002-002,乙镇卫生院,住院部,应急灯不亮,一般,2023-06-02,更换,,2023-06-30,,待整改,,,b.csv › b 第3行,2023-06-16,\n\
demo-2023-002-003,乙镇卫生院,车库,消防栓被挡,一般,2023-06-02,移车,,2023-06-30,,待整改,,,b.csv › b 第4行,2023-06-16,\n\
demo-2023-002-004,乙镇卫生院,门厅,地面湿滑,一般,2023-06-02,铺垫,,2023-06-30,,待整改,,,b.csv › b 第5行,2023-06-16,\n";
const NEW: &str = "\
demo-2023-001-001,甲镇卫生院,门诊楼,疏散通道堆放杂物,一般,2023-06-01,清理并巡查,13800001002,2023-08-31,,待整改,,,a2.csv › a 第2行,2023-07-14,\n\
demo-2023-001-002,甲镇卫生院,门诊楼,灭火器过期,一般,2023-06-01,更换,,2023-06-30,,整改中,,,a2.csv › a 第3行,2023-07-14,\n\
demo-2023-001-003,甲镇卫生院,库房,危化品混放,一般,2023-06-01,分柜,,2023-06-30,2023-09-30,整改中,,,a2.csv › a 第4行,2023-07-14,\n\
demo-2023-001-004,甲镇卫生院,锅炉房,安全阀未检,一般,2023-06-01,送检,,2023-06-10,,已整改,2023-06-10,2023-06-12,a2.csv › a 第5行,2023-07-14,\n\
demo-2023-001-005,甲镇卫生院,食堂,,一般,2023-06-01,更换,,2023-06-30,,待整改,,,a2.csv › a 第6行,2023-07-14,\n\
demo-2023-001-006,甲镇卫生院,药房,冰箱插座松动,一般,2023-07-10,更换,,2023-07-12,,已整改,2023-07-12,,a2.csv › a 第7行,2023-07-14,\n\
demo-2023-002-001,乙镇卫生院,住院部,配电箱未上锁,一般,2023-06-02,上锁,,2023-07-30,,已销号,2023-07-10,2023-07-13,b2.csv › b 第2行,2023-07-14,\n\
demo-2023-002-003,乙镇卫生院,车库,消防栓被挡,一般,2023-06-02,移车,,2023-06-30,,待整改,,,b2.csv › b 第4行,2023-07-14,\n\
demo-2023-002-004,乙镇卫生院,门厅,地面湿滑,一般,2023-06-02,铺垫,,2023-06-30,,待整改,,,b2.csv › b 第5行,2023-07-14,同意\n";

fn prepared() -> Workspace {
    let (old, new) = (format!("{TITLES}{OLD}"), format!("{TITLES}{NEW}"));
    Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("旧.csv", &old), ("新.csv", &new)])
}

fn json(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON alone on stdout")
}

fn assert_holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no “{part}” in:\n{text}");
    }
}

/// The sums of a summary or of a unit.
fn assert_adds_up(counts: &Value) {
    let number = |key: &str| counts[key].as_u64().expect("a number");
    assert_eq!(number("old"), number("removed") + number("changed") + number("unchanged"), "{counts}");
    assert_eq!(number("new"), number("added") + number("changed") + number("unchanged"), "{counts}");
}

#[test]
fn every_kind_of_change_is_in_the_json() {
    let found = json(&prepared().run(&["diff", "旧.csv", "新.csv", "--as-of", "2023-07-15", "--format", "json"]));
    assert_eq!((&found["old"], &found["new"]), (&"旧.csv".into(), &"新.csv".into()));
    assert_eq!((&found["as_of"], &found["old_as_of"]), (&"2023-07-15".into(), &"2023-06-16".into()));
    assert_eq!(found["added"], serde_json::json!(["demo-2023-001-006"]));
    assert_eq!(found["removed"], serde_json::json!(["demo-2023-001-005", "demo-2023-002-002"]));
    let backwards: Vec<String> = found["backwards"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| format!("{} {} {} {} {}", item["id"], item["reason"], item["field"], item["old"], item["new"]).replace('"', ""))
        .collect();
    assert_eq!(
        backwards,
        [
            "demo-2023-001-001 deadline_later deadline 2023-06-30 2023-08-31",
            "demo-2023-001-002 status_back status 已整改 整改中",
            "demo-2023-001-002 rectified_on_removed rectified_on 2023-06-20 null",
            "demo-2023-001-003 level_lowered level 重大 一般",
            "demo-2023-001-004 closing_undone status 已销号 已整改",
            "demo-2023-001-004 rectified_on_moved rectified_on 2023-06-09 2023-06-10",
            "demo-2023-001-005 description_emptied description 燃气管老化 null",
        ]
    );
    assert_eq!(
        found["progress"],
        serde_json::json!([{"id": "demo-2023-001-003", "kind": "extended"}, {"id": "demo-2023-002-001", "kind": "closed_out"}])
    );
    assert_eq!(found["newly_overdue"], serde_json::json!(["demo-2023-001-002", "demo-2023-002-003", "demo-2023-002-004"]));
    let changed: Vec<&str> = found["changed"].as_array().expect("a list").iter().filter_map(|changed| changed["id"].as_str()).collect();
    assert_eq!(changed.len(), 6);
    let last = &found["changed"][5];
    assert_eq!((&last["id"], &last["state"]), (&"demo-2023-002-004".into(), &"overdue".into()));
    assert_eq!(last["fields"], serde_json::json!([{"field": "复查意见", "old": null, "new": "同意", "kind": "change"}]));
    let summary = &found["summary"];
    assert_adds_up(summary);
    assert_eq!((&summary["old"], &summary["new"], &summary["unchanged"]), (&9.into(), &8.into(), &1.into()));
    assert_eq!((&summary["backwards"], &summary["rectified"], &summary["derived"]), (&5.into(), &2.into(), &7.into()));
    for unit in summary["by_unit"].as_array().expect("a list") {
        assert_adds_up(unit);
    }
}

#[test]
fn the_screen_puts_what_needs_an_answer_first_and_names_it_in_words() {
    let run = prepared().run(&["diff", "旧.csv", "新.csv", "--as-of", "2023-07-15"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_holds(
        &run.out,
        &[
            "旧.csv 9 条隐患 → 新.csv 8 条隐患",
            "新增 1，消失 2，变更 6，未变 1；倒退 5（其中 1 条清空了描述，列在“消失”里）",
            "【倒退】 整改期限：2023-06-30 → 2023-08-31（期限改晚，没有批准的延期）",
            "新台账第6行还有这个编号，但没有填写隐患描述",
            "【批准延期】 延期至：（空） → 2023-09-30",
            "【销号】 状态：待整改 → 已销号",
            "复查意见：（空） → 同意",
            "另有 7 条的“来源”或“最近报送”不同",
        ],
    );
    let place = |part: &str| run.out.find(part).unwrap_or_else(|| panic!("no “{part}” in:\n{}", run.out));
    assert!(
        place("消失：") < place("倒退：") && place("倒退：") < place("\n变更（") && place("\n变更（") < place("\n新增（"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("a2.csv"), "{}", run.out);
    assert_holds(&run.err, &["“新.csv”有 1 行读不成隐患", "下一步：写成表格：qingdan diff 旧.csv 新.csv -o out/变化.xlsx"]);
    assert!(prepared().run(&["diff", "旧.csv", "新.csv", "-v"]).out.contains("来源：a.csv › a 第2行 → a2.csv › a 第2行"));
}

#[test]
fn the_same_ledger_twice_has_not_changed_whatever_its_numbers() {
    let workspace = prepared();
    // A number for two hazards, and a row that somebody added by hand.
    let odd = format!(
        "{TITLES}{OLD}demo-2023-001-001,甲镇卫生院,车棚,电动车飞线充电,一般,2023-06-08,拆除,,,,,,,,,\n,乙镇卫生院,机房,无灭火器,,,,,,,,,,,,\n"
    );
    workspace.write("旧.csv", &odd);
    workspace.write("ledger.csv", &odd);
    for words in [&["diff", "旧.csv", "旧.csv"][..], &["diff", "旧.csv", "ledger.csv"]] {
        let run = workspace.run(words);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_holds(&run.out, &["11 条隐患", "没有变化"]);
        assert_holds(&run.err, &["“旧.csv”有 1 条没有本专项的编号", "编号 demo-2023-001-001 用在两条不同的隐患上"]);
    }
    let written = workspace.run(&["diff", "旧.csv", "ledger.csv", "-o", "out/变化.xlsx"]);
    assert_eq!(written.code, 0, "{}", written.err);
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_to_do() {
    let workspace = prepared();
    workspace.write("别的.csv", &format!("{TITLES}{}", OLD.replace("demo-2023", "jia-2022")));
    workspace.write("无编号.csv", "单位名称,隐患描述\n甲镇卫生院,插座松动\n");
    workspace.write("坏.xlsx", "PK\u{3}\u{4}");
    let check = |words: &[&str], code: i32, parts: &[&str]| {
        let run = workspace.run(words);
        assert_eq!(run.code, code, "{words:?}: {}", run.err);
        assert!(run.out.is_empty(), "{}", run.out);
        assert_holds(&run.err, parts);
    };
    check(&["diff"], 2, &["<旧台账>"]);
    check(&["diff", "旧.csv"], 3, &["ledger.xlsx", "qingdan merge"]);
    check(&["diff", "没有.xlsx", "新.csv"], 3, &["没有.xlsx"]);
    check(&["diff", "旧.csv", "坏.xlsx"], 3, &["坏.xlsx", "qingdan validate"]);
    check(&["diff", "别的.csv", "新.csv"], 3, &["“别的.csv”", "jia-2022-001-001", "demo-2023", "-c"]);
    check(&["diff", "旧.csv", "无编号.csv"], 3, &["没有编号", "qingdan merge --base"]);
    check(&["diff", "旧.csv", "新.csv", "-o", "旧.csv"], 3, &["不能覆盖输入文件"]);
    check(&["diff", "旧.csv", "新.csv", "-o", "变化.doc"], 2, &[".xlsx"]);
}

#[test]
fn the_table_holds_every_changed_field_with_its_kind() {
    let workspace = prepared();
    for target in ["out/变化.xlsx", "out/变化.csv", "out/变化.json"] {
        let run = workspace.run(&["diff", "旧.csv", "新.csv", "--as-of", "2023-07-15", "-o", target]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_holds(&run.err, &[&format!("已写入 {target}"), "下一步：查每个值是谁报的：qingdan why demo-2023-001-005"]);
    }
    let details = fs::read_to_string(workspace.folder.path().join("out/变化.csv")).expect("written");
    assert_holds(
        &details,
        &[
            "单位,编号,隐患描述,栏目,原值,现值,性质",
            "甲镇卫生院,demo-2023-001-001,疏散通道堆放杂物,整改期限,2023-06-30,2023-08-31,倒退：期限改晚，没有批准的延期",
            "联系电话,138****1001,138****1002,变更",
            "乙镇卫生院,demo-2023-002-002,应急灯不亮,整条隐患,状态：待整改,台账里没有了,消失",
            "燃气管老化,整条隐患,状态：待整改,台账里没有了,消失（描述清空了）",
            "冰箱插座松动,整条隐患,旧台账里没有,状态：已整改,新增",
        ],
    );
    let file = qingdan::source::SourceFile {
        name: "变化.xlsx".into(),
        bytes: fs::read(workspace.folder.path().join("out/变化.xlsx")).expect("written"),
    };
    let sheets = qingdan::tables::read(&file).expect("a workbook").sheets;
    assert_eq!(sheets.iter().map(|sheet| sheet.name.as_ref()).collect::<Vec<_>>(), ["变化汇总", "变化明细", "新增", "消失"]);
}

#[test]
fn the_ledger_of_the_demonstration_with_three_cells_edited() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(run_in(folder.path(), &["demo"]).code, 0);
    let workspace = folder.path().join("qingdan-demo");
    assert_eq!(run_in(&workspace, &["merge", "-o", "台账.csv"]).code, 0);
    let ledger = fs::read_to_string(workspace.join("台账.csv")).expect("written");
    // Another format, the same hazards.
    let same = json(&run_in(&workspace, &["diff", "台账.csv", "--format", "json"]));
    assert_eq!(same["summary"]["unchanged"], same["summary"]["old"], "{}", same["changed"]);
    let mut lines: Vec<String> = ledger.lines().map(str::to_owned).collect();
    let first = lines.iter().position(|line| line.contains("wushen-2023-H01-001,")).expect("the first hazard");
    assert!(lines[first].contains(",已整改,") && lines[first].contains(",2023-08-12,"), "{}", lines[first]);
    lines[first] = lines[first].replace(",已整改,", ",待整改,").replace(",2023-08-12,", ",2023-10-31,");
    let second = lines.iter().position(|line| line.contains("wushen-2023-H01-002,")).expect("the second hazard");
    lines.remove(second);
    fs::write(workspace.join("改.csv"), lines.join("\r\n")).expect("a file");
    let found = json(&run_in(&workspace, &["diff", "ledger.xlsx", "改.csv", "--as-of", "2023-08-15", "--format", "json"]));
    assert_eq!(found["removed"], serde_json::json!(["wushen-2023-H01-002"]));
    assert_eq!(found["added"], serde_json::json!([]));
    let reasons: Vec<&str> = found["backwards"].as_array().expect("a list").iter().filter_map(|item| item["reason"].as_str()).collect();
    assert_eq!(reasons, ["deadline_later", "status_back"]);
    assert_eq!((&found["summary"]["changed"], &found["summary"]["backwards"]), (&1.into(), &1.into()));
    assert_adds_up(&found["summary"]);
}
