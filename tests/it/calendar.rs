//! `calendar`, `status` and `checklist` from outside: what an independent program reads in the files, and the JSON.

use std::collections::BTreeSet;

use icalendar::Component;

use crate::workspace::Run;
use crate::workspace::Workspace;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
phases:
  - {id: check, name: 自查自改, start: 2023-05-20, end: 2023-07-31}
  - {id: enforce, name: 精准执法, start: 2023-07-01, end: 2023-12-31}
obligations:
  - {id: plan, name: 实施方案, due: 2023-06-25, on_day_off: keep}
  - {id: weekly, name: 周统计, every: 每周五17:00前, start: 2023-06-01, until: 2023-12-31, on_day_off: previous}
  - {id: zero, name: 零报告, every: 每天, start: 2023-06-01, until: 2023-09-30, on_day_off: keep, fulfilled_by: zero-report}
categories:
  - {id: fire, name: 消防安全, synonyms: [消防], items: [{text: 疏散通道：畅通, level: general, basis: 消防法}, 消防设施完好]}
  - {id: gas, name: 燃气安全, kinds: [综合医院], items: [燃气管道]}
tasks:
  - {id: training, name: 安全培训, lead: 委办公室, due: 2023-07-31}
offices: [{name: 委办公室}]
reports: [{kind: monthly, every: FREQ=MONTHLY;BYMONTHDAY=29}]
";
const UNITS: &str =
    "编码,单位名称,简称,类别,乡镇\n001,甲镇卫生院,甲卫,乡镇卫生院,甲镇\n002,乙镇卫生院,,乡镇卫生院,乙镇\n003,县人民医院,,综合医院,\n";
const SUBMISSION: &str = "单位名称,类别,隐患描述,部位,等级,发现日期,整改期限,状态\n\
甲镇卫生院,消防,疏散通道堆放杂物,门诊楼一层,一般,2023-06-01,2023-06-15,整改中\n\
乙镇卫生院,用电,配电箱未上锁,住院部,重大,2023-06-02,2023-09-30,待整改\n";

fn prepared(campaign: &str) -> Workspace {
    Workspace::with(&[("campaign.yaml", campaign), ("units.csv", UNITS)])
}

fn with_ledger() -> Workspace {
    let workspace = prepared(CAMPAIGN);
    workspace.write("inbox/甲镇卫生院20230616.csv", SUBMISSION);
    workspace.clean(&["merge"]);
    workspace
}

/// UID, start and summary of every event, as an independent reader has them.
fn events(bytes: Vec<u8>) -> Vec<(String, String, String)> {
    let calendar: icalendar::Calendar = String::from_utf8(bytes).expect("UTF-8").parse().expect("an iCalendar");
    let event = |event: &icalendar::Event| {
        let of = |name: &str| event.property_value(name).unwrap_or_default().to_owned();
        (of("UID"), of("DTSTART"), event.get_summary().unwrap_or_default().to_owned())
    };
    calendar.components.iter().filter_map(icalendar::CalendarComponent::as_event).map(event).collect()
}

#[test]
fn the_entries_of_the_calendar_are_those_of_the_plan() {
    let workspace = prepared(CAMPAIGN);
    let calendar = workspace.json(&["calendar"]);
    let entries = calendar["entries"].as_array().expect("entries");
    let of = |kind: &str| entries.iter().filter(|entry| entry["kind"] == kind).count();
    // 31 Fridays from June to December, of which 29 September and 6 October both move before the holiday and are one
    // duty; 122 days from June to September.
    assert_eq!((of("phase"), of("obligation"), of("task"), of("report")), (4, 1 + 30 + 122, 1, 8));
    let keys: Vec<&String> = entries[0].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["date", "edge", "id", "kind", "name", "time", "workday"]);
    let weekly: Vec<&str> = entries.iter().filter(|entry| entry["id"] == "weekly").filter_map(|entry| entry["date"].as_str()).collect();
    // 23 June is 端午节, 29 September and 6 October 国庆节.
    assert!(weekly.contains(&"2023-06-21") && weekly.contains(&"2023-09-28") && !weekly.contains(&"2023-10-06"), "{weekly:?}");
    let days: BTreeSet<&str> = entries.iter().filter_map(|entry| entry["date"].as_str()).collect();
    let range = workspace.json(&["calendar", "--from", "2023-07-01", "--until", "2023-07-31"]);
    let range = range["entries"].as_array().expect("entries").len();
    assert_eq!(range, entries.iter().filter(|entry| entry["date"].as_str().is_some_and(|day| day.starts_with("2023-07"))).count());
    assert!(days.len() > 100);
    let text = workspace.clean(&["calendar"]);
    assert!(text.contains("2023-06-25   星期日   班") && text.contains("零报告：2023-06-01 至 2023-09-30 共 122 次"), "{text}");
    assert_eq!(workspace.run(&["calendar", "--from", "2023-08-01", "--until", "2023-07-01"]).code, 2);
}

#[test]
fn the_icalendar_holds_every_entry_and_is_known_again_when_days_move() {
    let workspace = prepared(CAMPAIGN);
    let written = |name: &str| {
        workspace.clean(&["calendar", "--as-of", "2023-06-01", "-o", name]);
        workspace.read(name)
    };
    let first = written("out/日历.ics");
    assert!(first == written("out/再次.ics"), "the same inputs give the same bytes");
    let before = events(first);
    let entries = workspace.json(&["calendar"])["entries"].as_array().expect("entries").len();
    assert_eq!(before.len(), entries);
    assert_eq!(before.iter().map(|event| &event.0).collect::<BTreeSet<_>>().len(), entries, "every UID is its own");
    assert!(before.iter().any(|event| event.1 == "20230625" && event.2 == "实施方案"));
    assert!(before.iter().any(|event| event.1 == "20230602T170000" && event.2 == "周统计"));
    assert!(before.iter().any(|event| event.1 == "20230731" && event.2 == "自查自改截止"));
    workspace.write("campaign.yaml", &CAMPAIGN.replace("due: 2023-06-25", "due: 2023-06-28"));
    let after = events(written("out/日历.ics"));
    let plan = |events: &[(String, String, String)]| events.iter().find(|event| event.2 == "实施方案").cloned().expect("the plan");
    assert_eq!(plan(&before).0, plan(&after).0);
    assert_eq!(plan(&after).1, "20230628");
}

#[test]
fn the_calendar_is_written_in_every_form() {
    let workspace = prepared(CAMPAIGN);
    for name in ["out/日历.xlsx", "out/日历.csv", "out/日历.json", "out/日历.ICS"] {
        workspace.clean(&["calendar", "-o", name]);
        assert!(!workspace.read(name).is_empty());
    }
    let rows = workspace.rows("out/日历.xlsx", "工作日历");
    assert!(rows.iter().any(|row| row.contains("实施方案") && row.contains("调休上班")), "{rows:?}");
    let Run { code, err, .. } = workspace.run(&["calendar", "-o", "out/日历.doc"]);
    assert_eq!(code, 2);
    assert!(err.contains(".ics"), "{err}");
    // A plan without any date is a calendar without entries, not a failure.
    let bare = prepared("campaign: bare\ntitle: 无日期\nissuer: 某局\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n");
    assert!(bare.clean(&["calendar"]).contains("没有带日期的安排"));
    bare.clean(&["calendar", "-o", "空.ics"]);
    assert!(events(bare.read("空.ics")).is_empty());
}

#[test]
fn the_statutory_year_names_its_notice_or_says_it_is_provisional() {
    let workspace = prepared(CAMPAIGN);
    let text = workspace.clean(&["calendar", "--year", "2026"]);
    assert!(text.contains("国办发明电〔2025〕7号") && text.contains("2026-02-14 星期六") && text.contains("调休上班"), "{text}");
    let json = workspace.json(&["calendar", "--year", "2026"]);
    assert_eq!((json["published"].as_bool(), json["runs"].as_array().map(Vec::len)), (Some(true), Some(13)));
    let unknown = workspace.clean(&["calendar", "--year", "2028"]);
    assert!(unknown.contains("未公布") && unknown.contains("暂定"), "{unknown}");
    let later = prepared(&CAMPAIGN.replace("2023-12-31}", "2028-12-31}").replace("due: 2023-07-31", "due: 2028-03-01"));
    assert!(later.clean(&["calendar", "--from", "2028-01-01"]).contains("班（暂定）"));
    let entries = later.json(&["calendar", "--from", "2028-03-01", "--until", "2028-03-01"]);
    assert_eq!(entries["entries"][0]["provisional"], true);
    // Holidays belong to no campaign.
    let nowhere = Workspace::with(&[]);
    assert!(nowhere.clean(&["calendar", "--year", "2026年"]).contains("春节"));
    assert_eq!(nowhere.run(&["calendar", "--year", "26"]).code, 2);
}

#[test]
fn status_tells_a_leader_where_things_stand() {
    let workspace = with_ledger();
    let text = workspace.clean(&["status", "--as-of", "2023-07-15"]);
    for part in [
        "专项第 57 天，共 226 天",
        "自查自改（2023-05-20 至 2023-07-31，还剩 16 天）",
        "精准执法（2023-07-01 至 2023-12-31，还剩 169 天）",
        "共 2 条隐患：逾期 1",
        "重大隐患 1 条，未整改 1 条",
        "整改率 0.0%（0/2），按期整改率 0.0%（0/1）",
        "名册上 3 家单位中，1 家在台账中没有一条隐患",
        "县人民医院",
        "qingdan overdue -o out/逾期.xlsx",
    ] {
        assert!(text.contains(part), "no “{part}” in {text}");
    }
    let json = workspace.json(&["status", "--as-of", "2023-08-01"]);
    assert_eq!(json["phases"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["tasks_past_due"][0]["id"], "training");
    assert_eq!(json["ledger"]["silent_units"], serde_json::json!(["县人民医院"]));
    assert_eq!(json["ledger"]["rates"]["rectified_in_time"], serde_json::json!({"rate": 0.0, "part": 0, "whole": 1}));
    let next: Vec<&str> = json["next"].as_array().expect("deadlines").iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert_eq!(next, ["zero", "weekly", "monthly", "enforce"]);
    let past = workspace.json(&["status", "--as-of", "2023-05-20"]);
    assert_eq!(past["ledger"]["hazards"], 0);
}

#[test]
fn status_without_a_ledger_says_so_and_what_to_do() {
    let workspace = prepared(CAMPAIGN);
    let check = |inbox: &str, next: &str| {
        let text = workspace.clean(&["status", "--as-of", "2024-02-01"]);
        for part in ["还没有台账", inbox, next, "专项已于 2023-12-31 结束", "方案没有之后的日期"] {
            assert!(text.contains(part), "no “{part}” in {text}");
        }
        assert!(workspace.json(&["status"])["ledger"].is_null());
    };
    check("inbox/ 里也没有报送文件", "qingdan merge");
    workspace.write("inbox/甲镇卫生院.csv", SUBMISSION);
    check("inbox/ 里有 1 个文件等待合并", "qingdan validate");
}

#[test]
fn the_checklist_is_a_form_and_loses_no_hazard() {
    let workspace = with_ledger();
    let json = workspace.json(&["checklist", "-o", "out/检查表.xlsx", "--as-of", "2023-07-01"]);
    assert_eq!(json["categories"], serde_json::json!(["fire", "gas"]));
    assert_eq!((json["items"].as_u64(), json["unfiled"].as_array().map(Vec::len)), (Some(3), Some(1)));
    let form = workspace.rows("out/检查表.xlsx", "检查表");
    assert!(form.iter().any(|row| row.starts_with("一、消防安全（2项；台账在册1条，未整改1条）")), "{form:?}");
    assert!(form.iter().any(|row| row.starts_with("1|疏散通道|畅通|消防法|一般|")), "{form:?}");
    let unfiled = workspace.rows("out/检查表.xlsx", "未归类");
    assert!(unfiled.iter().any(|row| row.contains("乙镇卫生院|用电|配电箱未上锁")), "{unfiled:?}");
    let check = |words: &[&str], categories: serde_json::Value| {
        assert_eq!(workspace.json(&[&["checklist", "-o", "out/一.xlsx"], words].concat())["categories"], categories, "{words:?}");
    };
    check(&["--category", "消防"], serde_json::json!(["fire"]));
    check(&["--category", "gas", "--category", "消防安全"], serde_json::json!(["fire", "gas"]));
    check(&["--kind", "乡镇卫生院"], serde_json::json!(["fire"]));
    check(&["--kind", "综合医院"], serde_json::json!(["fire", "gas"]));
    let refused = |words: &[&str], part: &str| {
        let Run { code, err, .. } = workspace.run(&[&["checklist"], words].concat());
        assert_eq!(code, 2, "{words:?}: {err}");
        assert!(err.contains(part), "{words:?}: {err}");
    };
    refused(&[], "-o out/检查表.xlsx");
    refused(&["-o", "检查表.csv"], ".xlsx");
    refused(&["-o", "x.xlsx", "--category", "火锅"], "消防安全、燃气安全");
    refused(&["-o", "x.xlsx", "--kind", "诊所"], "乡镇卫生院");
    refused(&["-o", "x.xlsx", "--category", "gas", "--kind", "乡镇卫生院"], "都不适用");
}
