//! `submissions` through the binary: words, keys, files, and what is said of bad input.

use std::fs;

use crate::workspace::Run;
use crate::workspace::Workspace;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
issued: 2023-05-10
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
offices: [{name: 安委办}]
obligations:
  - {id: plan, name: 行动方案, from: units, due: 2023-05-25}
  - {id: weekly, name: 周统计, from: units, every: 每周五17:00前, start: 2023-05-21, until: 2023-12-31, fulfilled_by: ledger}
  - {id: month, name: 月通报, from: 安委办, every: 每月29日前}
";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n\
001,甲镇卫生院,甲卫,乡镇卫生院,甲镇,,张三,13800001001\n\
002,乙镇卫生院,,乡镇卫生院,乙镇,,李四,13800001002\n\
003,丙镇卫生院,,乡镇卫生院,丙镇,,王五,13800001003\n\
004,丁镇卫生院,,乡镇卫生院,丁镇,,赵六,13800001004\n\
005,戊镇卫生院,,乡镇卫生院,戊镇,,钱七,13800001005\n";
const HAZARDS: &str = "隐患描述,部位,等级,发现日期,整改期限,状态\n疏散通道堆放杂物,门诊楼一层,一般,2023-06-01,2023-06-15,整改中\n";

fn prepared() -> Workspace {
    Workspace::with(&[
        ("campaign.yaml", CAMPAIGN),
        ("units.csv", UNITS),
        ("inbox/甲镇卫生院20230602.csv", HAZARDS),
        ("inbox/甲镇卫生院20230609.csv", HAZARDS),
        ("inbox/乙镇卫生院20230608.csv", "隐患描述,整改期限\n零报告,\n"),
        ("inbox/丙镇卫生院20230609.xlsx", "PK\u{3}\u{4} not a workbook"),
        ("inbox/看不出是谁的.xlsx", "PK\u{3}\u{4} not a workbook"),
        ("submissions.csv", "单位,报送事项,日期,方式,备注\n丁镇卫生院,周统计,2023-06-10,电话,两条\n甲卫,行动方案,2023-05-24,纸质,\n"),
    ])
}

#[test]
fn each_period_is_told_with_its_states_and_its_denominator() {
    let workspace = prepared();
    let Run { code, out, err } = workspace.run(&["submissions", "--as-of", "2023-06-10"]);
    assert_eq!(code, 0, "{err}");
    for part in [
        "周统计（weekly） 截止 2023-06-09 星期五 17:00",
        "应报 5 家：已报 1，零报告 1，迟报 1，未报 2，未到期 0",
        "报送率 60.0%（3/5），按时报送率 40.0%（2/5）",
        "收到但无法读取 1",
        "与上期完全相同 1",
        "仅供内部催报",
        "13800001003",
        "应报 5 家：已报 1，零报告 0，迟报 0，未报 4，未到期 0",
        "月通报（month） 截止 2023-05-29",
    ] {
        assert!(out.contains(part), "no “{part}” in\n{out}");
    }
    assert!(!out.contains("13800001001"), "nobody is called who has reported everything:\n{out}");
    assert!(err.contains("看不出是谁的.xlsx"), "{err}");
}

#[test]
fn the_keys_of_the_machine_interface_stay() {
    let workspace = prepared();
    let json = workspace.json(&["submissions", "--as-of", "2023-06-10"]);
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&json), "as_of obligations");
    let periods = json["obligations"].as_array().expect("a list");
    let weekly: Vec<&serde_json::Value> = periods.iter().filter(|period| period["id"] == "weekly").collect();
    let due: Vec<&str> = weekly.iter().filter_map(|period| period["due"].as_str()).collect();
    assert_eq!(due, ["2023-05-26", "2023-06-02", "2023-06-09", "2023-06-16"]);
    assert_eq!(keys(weekly[2]), "by_state due id latest name owed rates time units workday");
    let units: Vec<String> = weekly[2]["units"]
        .as_array()
        .expect("units")
        .iter()
        .map(|unit| format!("{} {} {} {}", unit["unit"], unit["state"], unit["detail"], unit["on"]))
        .collect();
    assert_eq!(
        units,
        [
            r#""甲镇卫生院" "reported" ["unchanged"] "2023-06-09""#,
            r#""乙镇卫生院" "zero" [] "2023-06-08""#,
            r#""丙镇卫生院" "missing" ["unreadable"] "2023-06-09""#,
            r#""丁镇卫生院" "late" ["logged"] "2023-06-10""#,
            r#""戊镇卫生院" "missing" [] null"#,
        ]
    );
    assert!(!json.to_string().contains("1380000"), "telephone numbers are for the clerk's eyes");
    let one = workspace.json(&["submissions", "--obligation", "月通报", "--as-of", "2023-06-10"]);
    assert_eq!(one["obligations"][0]["units"][0]["unit"], "安委办");
    assert_eq!(one["obligations"].as_array().map(Vec::len), Some(2));
}

#[test]
fn tables_are_written_and_inputs_are_left_alone() {
    let workspace = prepared();
    let Run { code, err, .. } = workspace.run(&["submissions", "--all", "-o", "out/报送情况.xlsx", "--as-of", "2023-06-10"]);
    assert_eq!(code, 0, "{err}");
    let Run { code, err, .. } = workspace.run(&["submissions", "-o", "out/报送情况.csv", "--as-of", "2023-06-10"]);
    assert_eq!(code, 0, "{err}");
    let csv = fs::read_to_string(workspace.folder.path().join("out/报送情况.csv")).expect("a CSV");
    assert!(csv.contains("周统计,2023-06-09,丙镇,丙镇卫生院,未报,收到但无法读取,2023-06-09,inbox/丙镇卫生院20230609.xlsx"), "{csv}");
    let before = fs::read(workspace.folder.path().join("out/报送情况.xlsx")).expect("a workbook");
    workspace.run(&["submissions", "--all", "-o", "out/报送情况.xlsx", "--as-of", "2023-06-10"]);
    assert!(
        before == fs::read(workspace.folder.path().join("out/报送情况.xlsx")).expect("a workbook"),
        "the same inputs give the same bytes"
    );
    let Run { code, .. } = workspace.run(&["submissions", "-o", "submissions.csv", "--as-of", "2023-06-10"]);
    assert_eq!(code, 3, "what was registered by hand is not overwritten");
}

#[test]
fn bad_input_is_answered_at_its_place() {
    let workspace = prepared();
    let endless = "\n  - {id: daily, name: 值班报告, every: FREQ=DAILY}\n";
    let campaign = CAMPAIGN.replace("until: 2023-12-31", "until: 2099-12-31") + endless.trim_start_matches('\n');
    workspace.write("campaign.yaml", &campaign);
    workspace.write(
        "submissions.csv",
        "单位,报送事项,日期,方式,备注\n戊镇卫生完,周统计,2023-06-09,电话,\n,周统计,2023-06-09,电话,\n戊镇卫生院,周统记,2023-06-09,电话,\n戊镇卫生院,周统计,上周五,电话,\n戊镇卫生院,月通报,2023-06-09,电话,\n",
    );
    let json = workspace.json(&["validate"]);
    let told: Vec<(String, String)> = json["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .filter(|found| found["file"] == "submissions.csv" || found["code"] == "C081" || found["code"] == "C034")
        .map(|found| {
            (
                format!("{} {}:{}", found["code"], found["row"], found["column"]).replace('"', ""),
                format!("{}{}", found["message"], found["help"]),
            )
        })
        .collect();
    let expected = [
        ("C081 10", "2099-12-31"),
        ("C034 12", "按 2023-05-20 至 2023-12-31 计算，共 226 次"),
        ("T061 2:1", "戊镇卫生院"),
        ("T061 3:1", "没有写单位"),
        ("T062 4:2", "是否指“周统计”"),
        ("T063 5:3", "上周五"),
        ("T064 6:1", "不需要报“月通报”"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((place, words), (wanted_place, wanted_words)) in told.iter().zip(expected) {
        assert!(place.starts_with(wanted_place) && words.contains(wanted_words), "{place} {words}");
    }
    let Run { code, out, err } = workspace.run(&["submissions", "--as-of", "2023-06-10", "--obligation", "weekly"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("T061") && err.contains("5 行没有计入"), "{err}");
    assert!(out.contains("迟报 0，未报 3"), "{out}");
    let Run { code, err, .. } = workspace.run(&["submissions", "--obligation", "weekley"]);
    assert_eq!(code, 2);
    assert!(err.contains("weekley") && err.contains("weekly"), "{err}");
    let Run { code, out, .. } = workspace.run(&["validate", "submissions.csv"]);
    assert_eq!(code, 1);
    assert!(out.contains("T063") && out.contains("检查了 1 个文件"), "{out}");
    fs::remove_file(workspace.folder.path().join("submissions.csv")).expect("removed");
    assert_eq!(workspace.run(&["validate", "submissions.csv"]).code, 3, "a file that is named has to be there");
    assert_eq!(workspace.run(&["submissions"]).code, 0, "nobody has to keep one");
}
