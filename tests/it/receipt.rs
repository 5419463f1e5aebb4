//! `receipt` through the binary: paragraphs, counts that agree with `merge`, the call list, and what must not go out.

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
obligations:
  - {id: weekly, name: 周统计, from: units, every: 每周五17:00前, start: 2023-05-21, until: 2023-12-31, fulfilled_by: ledger}
";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n\
001,甲镇卫生院,甲卫,乡镇卫生院,甲镇,,张三,13800001001\n\
002,乙镇卫生院,,乡镇卫生院,乙镇,,李四,13800001002\n\
003,丙镇卫生院,,乡镇卫生院,丙镇,,王五,13800001003\n\
004,丁镇卫生院,,乡镇卫生院,丁镇,,赵六,13800001004\n\
005,戊镇卫生院,,乡镇卫生院,戊镇,,钱七,13800001005\n\
006,己镇卫生院,,乡镇卫生院,己镇,,孙八,13800001006\n";
const HEAD: &str = "隐患描述,部位,等级,发现日期,整改期限,状态,整改措施,备注\n";

fn prepared() -> Workspace {
    let newest = format!(
        "{HEAD}疏散通道堆放杂物,门诊楼一层,一般,2023-06-01,2023-06-15,整改中,清理,\n\
         插座松动,二楼,一般,2023-06-32,2023-06-20,整改中,更换,\n\
         ,三楼,一般,2023-06-01,2023-06-20,整改中,更换,打 13800001777 问\n"
    );
    let older = format!("{HEAD}老问题,门诊楼一层,很大,2023-05-30,2023-06-15,整改中,清理,\n");
    let both = "单位名称,隐患描述,部位,等级,发现日期,整改期限,状态,整改措施\n\
        乙镇卫生院,电线老化,门诊,一般,2023-06-01,2023-06-15,整改中,更换\n\
        丁镇卫生院,灯不亮,门诊,一般,2023-06-41,2023-06-15,整改中,更换\n";
    Workspace::with(&[
        ("campaign.yaml", CAMPAIGN),
        ("units.csv", UNITS),
        ("inbox/甲镇卫生院20230602.csv", &older),
        ("inbox/甲镇卫生院20230609.csv", &newest),
        ("inbox/合报20230609.csv", both),
        ("inbox/丙镇卫生院20230608.csv", "隐患描述,整改期限\n零报告,\n"),
        ("inbox/戊镇卫生院20230609.xlsx", "PK\u{3}\u{4} not a workbook"),
    ])
}

fn json(workspace: &Workspace, words: &[&str]) -> serde_json::Value {
    let Run { out, err, .. } = workspace.run(&[words, &["--as-of", "2023-06-10", "--format", "json"]].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

#[test]
fn each_unit_has_a_paragraph_about_its_newest_report() {
    let Run { code, out, err } = prepared().run(&["receipt", "--as-of", "2023-06-10"]);
    assert_eq!(code, 0, "{err}");
    let paragraph = |unit: &str| out.lines().find(|line| line.starts_with(unit)).unwrap_or_else(|| panic!("no {unit} in\n{out}"));
    for (unit, parts) in [
        (
            "甲镇卫生院：",
            &[
                "6月9日报来的“甲镇卫生院20230609.csv”已收到",
                "隐患 3 条，收下 1 条，退回 2 条",
                "D3 ",
                "A4",
                "周统计（17:00前），6月16日（星期五）截止",
            ][..],
        ),
        ("乙镇卫生院：", &["隐患 1 条，全部收下。", "下次报送"][..]),
        ("丙镇卫生院：", &["6月8日报来的", "零报告收到。"][..]),
        ("丁镇卫生院：", &["隐患 1 条，全部退回。请改：（1）E3 "][..]),
        ("戊镇卫生院：", &["文件打不开，还不算报送。"][..]),
    ] {
        let text = paragraph(unit);
        parts.iter().for_each(|part| assert!(text.contains(part), "no “{part}” in {text}"));
    }
    assert!(!paragraph("甲镇卫生院：").contains("很大"), "an older report is not told again");
    assert!(!paragraph("乙镇卫生院：").contains("E3"), "nobody hears of the cells of others");
    assert!(!out.contains("己镇卫生院："), "nothing came of this unit");
}

#[test]
fn counts_are_those_of_merge_and_nothing_is_lost_between_the_receipts() {
    let workspace = prepared();
    let (receipts, merged) = (json(&workspace, &["receipt"]), json(&workspace, &["merge", "--dry-run"]));
    let sum = |key: &str| receipts["receipts"].as_array().expect("a list").iter().filter_map(|one| one[key].as_u64()).sum::<u64>();
    let files = merged["files"].as_array().expect("a list");
    let newest = files.iter().filter(|file| file["file"] != "inbox/甲镇卫生院20230602.csv");
    let of = |key: &str| newest.clone().filter_map(|file| file[key].as_u64()).sum::<u64>();
    assert_eq!((sum("accepted"), sum("returned")), (of("new"), of("rejected")), "{merged:#}");
    assert_eq!((sum("accepted"), sum("returned")), (2, 3));
    let found = json(&workspace, &["validate", "inbox"]);
    let found = found["diagnostics"].as_array().expect("a list").iter();
    let wanted = found
        .filter(|one| one["severity"] != "note" && one["file"] != "inbox/甲镇卫生院20230602.csv")
        .filter(|one| one["file"].as_str().is_some_and(|file| file.starts_with("inbox/")));
    let told =
        receipts["receipts"].as_array().expect("a list").iter().map(|one| one["cells"].as_array().map_or(0, Vec::len)).sum::<usize>();
    assert_eq!(told + receipts["unplaced"].as_array().map_or(0, Vec::len), wanted.count(), "{receipts:#}");
}

#[test]
fn full_numbers_stand_in_the_call_list_only() {
    let workspace = prepared();
    let Run { code, err, .. } = workspace.run(&["receipt", "-o", "out/回执", "--as-of", "2023-06-10"]);
    assert_eq!(code, 0, "{err}");
    let read = |name: &str| fs::read_to_string(workspace.path("out/回执").join(name)).expect("written");
    let (receipts, calls) = (read("回执.txt"), read("催办名单（仅供内部）.txt"));
    assert!(!receipts.contains("13800001"), "{receipts}");
    for part in ["己镇卫生院", "没报周统计", "13800001006", "有 1 处要改", "13800001004", "请勿外发"] {
        assert!(calls.contains(part), "no “{part}” in {calls}");
    }
    assert!(!calls.contains("乙镇卫生院") && !calls.contains("丙镇卫生院"), "{calls}");
    assert!(!json(&workspace, &["receipt"]).to_string().contains("13800001"));
    let again = workspace.run(&["receipt", "-o", "out/回执", "--as-of", "2023-06-10"]);
    assert_eq!((again.code, read("回执.txt")), (0, receipts), "{}", again.err);
    let early = workspace.run(&["receipt", "--as-of", "2023-05-20"]);
    assert!(early.out.contains("还没有收到任何一家的报送"), "{}", early.out);
}
