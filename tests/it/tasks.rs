//! `tasks.csv` and the campaign's registers through the binary: words, keys, files, and what is said of bad input.

use std::fs;

use calamine::Reader;

use crate::workspace::Run;
use crate::workspace::Workspace;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县卫生健康系统专项排查整治
issuer: 某县卫生健康局
issued: 2023-05-10
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
offices: [{name: 委办公室}, {name: 医政科}]
obligations:
  - {id: plan, name: 行动方案, from: units, to: 委办公室, due: 2023-05-25}
  - {id: weekly, name: 周统计, from: units, to: 委办公室, every: 每周五17:00前, start: 2023-05-21, until: 2023-12-31, fulfilled_by: ledger}
categories: [{id: fire, name: 消防安全, synonyms: [消防]}]
tasks:
  - {id: training, name: 安全培训, lead: 委办公室, due: 2023-07-31, measures: [集中授课, 现场演示]}
  - id: build
    name: 消防设施改造
    lead: 医政科
    milestones: [{name: 完成招标, due: 2023-06-30}, {name: 全部建成, due: 2023-11-30}]
  - {id: meeting, name: 工作会议, lead: 委办公室, every: 每季度末}
lists:
  registers:
    - {id: problems, title: 问题隐患清单, rows: hazards, group: category, columns: [seq, unit, description, phone, overdue]}
    - {id: work, title: 工作清单, rows: tasks}
    - {id: duties, title: 职责清单, rows: duties}
";
const UNITS: &str = "编码,单位名称,简称,类别,乡镇\n001,甲镇卫生院,甲卫,乡镇卫生院,甲镇\n";
const SUBMISSION: &str = "隐患描述,类别,部位,等级,发现日期,整改期限,状态,联系电话\n\
疏散通道堆放杂物,消防,门诊楼一层,一般,2023-06-01,2023-06-15,整改中,13800001001\n";
const LOG: &str = "任务,节点,状态,完成日期,进展,备注\n\
training,,已完成,2023年8月2日,办了两期,\n\
demo-2023-T02,完成招标,进行中,,联系13800001002,\n\
工作会议,,已完成,2023-06-28,,\n";

fn prepared(log: &str) -> Workspace {
    let files = [("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("inbox/甲镇卫生院20230616.csv", SUBMISSION), ("tasks.csv", log)];
    let workspace = Workspace::with(&files);
    workspace.clean(&["merge"]);
    workspace
}

#[test]
fn overdue_tells_tasks_and_keeps_its_keys() {
    let workspace = prepared(LOG);
    let answer = workspace.json(&["overdue", "--as-of", "2023-08-15"]);
    let keys: Vec<&String> = answer.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["as_of", "items", "letters_due", "summary", "tasks"]);
    let expected = serde_json::json!([
        {"id": "training", "name": "安全培训", "lead": "委办公室", "milestone": null, "due": "2023-07-31", "status": "done",
         "done_on": "2023-08-02", "days": 2, "state": "done_late"},
        {"id": "build", "name": "消防设施改造", "lead": "医政科", "milestone": null, "due": null, "status": "unreported",
         "done_on": null, "days": null, "state": "undated"},
        {"id": "build", "name": "消防设施改造", "lead": "医政科", "milestone": "完成招标", "due": "2023-06-30", "status": "in_progress",
         "done_on": null, "days": 46, "state": "overdue"},
        {"id": "build", "name": "消防设施改造", "lead": "医政科", "milestone": "全部建成", "due": "2023-11-30", "status": "unreported",
         "done_on": null, "days": -107, "state": "in_time"},
        {"id": "meeting", "name": "工作会议", "lead": "委办公室", "milestone": null, "due": "2023-09-30", "status": "in_progress",
         "done_on": "2023-06-28", "days": -46, "state": "in_time"},
    ]);
    assert_eq!(answer["tasks"], expected);
    // On the first of August the training had not been finished.
    let before = workspace.json(&["overdue", "--as-of", "2023-08-01"]);
    assert_eq!((&before["tasks"][0]["state"], &before["tasks"][0]["days"]), (&"overdue".into(), &1.into()));
    let text = workspace.clean(&["overdue", "--as-of", "2023-08-15"]);
    assert!(text.contains("方案任务逾期（1）") && text.contains("过了 46 天"), "{text}");
    workspace.clean(&["overdue", "--as-of", "2023-08-15", "-o", "out/逾期.xlsx"]);
    let rows = workspace.rows("out/逾期.xlsx", "方案任务");
    assert!(rows.iter().any(|row| row.contains("▲逾期|demo-2023-T02|消防设施改造|完成招标|医政科")), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("138****1002")) && !rows.concat().contains("13800001002"));
}

#[test]
fn status_counts_what_is_done_and_lists_what_is_not() {
    let workspace = prepared(LOG);
    let answer = workspace.json(&["status", "--as-of", "2023-08-15"]);
    assert_eq!(answer["tasks"], serde_json::json!({"done": 1, "total": 2, "recurring": 1}));
    assert_eq!(
        answer["tasks_past_due"],
        serde_json::json!([{"id": "build", "name": "消防设施改造", "milestone": "完成招标", "due": "2023-06-30", "status": "in_progress", "days": 46}])
    );
    let text = workspace.clean(&["status", "--as-of", "2023-08-15"]);
    assert!(text.contains("方案任务 2 项，已完成 1 项，另有 1 项周期性工作") && text.contains("消防设施改造 › 完成招标"), "{text}");
}

#[test]
fn the_calendar_holds_steps_and_what_recurs() {
    let workspace = prepared(LOG);
    let answer = workspace.json(&["calendar"]);
    let entries = answer["entries"].as_array().expect("entries");
    let days = |id: &str| -> Vec<&str> {
        entries.iter().filter(|entry| entry["id"] == id && entry["kind"] == "task").filter_map(|entry| entry["date"].as_str()).collect()
    };
    assert_eq!(days("build/完成招标"), ["2023-06-30"]);
    assert_eq!(days("meeting"), ["2023-06-30", "2023-09-30", "2023-12-31"]);
    let ics = |name: &str| {
        workspace.clean(&["calendar", "-o", name]);
        let text = fs::read_to_string(workspace.folder.path().join(name)).expect("written");
        let mut uids: Vec<String> = text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        uids.sort();
        uids
    };
    let before = ics("a.ics");
    // A step that moves is still the same step.
    workspace.write("campaign.yaml", &CAMPAIGN.replace("2023-11-30", "2023-12-15"));
    assert_eq!(ics("b.ics"), before);
}

#[test]
fn the_lists_say_how_far_tasks_are() {
    let workspace = prepared(LOG);
    workspace.clean(&["lists", "-o", "out/三清单.xlsx", "--as-of", "2023-08-15"]);
    let rows = workspace.rows("out/三清单.xlsx", "任务清单");
    let row = |id: &str| rows.iter().find(|row| row.contains(id)).expect("the task").clone();
    assert!(row("demo-2023-T01").contains("已完成；办了两期"), "{rows:#?}");
    assert!(row("demo-2023-T02").contains("▲节点逾期46天"), "{rows:#?}");
    assert!(row("demo-2023-T03").contains("最近一次2023-06-28完成"), "{rows:#?}");
}

#[test]
fn faulty_rows_are_told_with_row_and_help() {
    let workspace =
        prepared("任务,节点,状态,完成日期\n安全陪训,,已完成,2023-07-14\nbuild,竣工,进行中,\ntraining,,已完成,\ntraining,,办好没有,\n");
    let Run { code, out, .. } = workspace.run(&["validate", "tasks.csv", "--format", "json"]);
    assert_eq!(code, 1);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON alone on stdout");
    let told: Vec<String> = (answer["diagnostics"].as_array().expect("diagnostics").iter())
        .filter(|diagnostic| diagnostic["code"].as_str().is_some_and(|code| code.starts_with('T')))
        .map(|diagnostic| format!("{} {}", diagnostic["code"].as_str().expect("a code"), diagnostic["row"]))
        .collect();
    assert_eq!(told, ["T066 2", "T067 3", "T069 4", "T068 5"]);
    let Run { code, err, .. } = workspace.run(&["overdue"]);
    assert_eq!(code, 0);
    assert!(err.contains("tasks.csv 有 3 行没有计入") && err.contains("是否指“安全培训”"), "{err}");
}

#[test]
fn registers_are_written_one_or_all() {
    let workspace = prepared(LOG);
    let answer = workspace.json(&["lists", "--registers", "-o", "out/其他.xlsx", "--as-of", "2023-08-15"]);
    let ids: Vec<(&str, u64)> = (answer["registers"].as_array().expect("registers").iter())
        .map(|register| (register["id"].as_str().expect("an id"), register["rows"].as_u64().expect("a number")))
        .collect();
    assert_eq!(ids, [("problems", 1), ("work", 3), ("duties", 2)]);
    let problems = workspace.rows("out/其他.xlsx", "问题隐患清单");
    assert_eq!(problems[0].trim_matches('|'), "某县卫生健康系统专项排查整治问题隐患清单");
    assert!(problems.iter().any(|row| row.starts_with("消防安全（1条）")), "{problems:#?}");
    assert!(problems.iter().any(|row| row.contains("138****1001|▲逾期61天")), "{problems:#?}");
    // 18 August 2023.
    let duties = workspace.rows("out/其他.xlsx", "职责清单");
    assert!(duties.iter().any(|row| row.contains("周统计|各单位|委办公室||每周五17:00前|45156")), "{duties:#?}");
    workspace.clean(&["lists", "--register", "工作清单", "-o", "out/工作.csv", "--as-of", "2023-08-15"]);
    let csv = fs::read_to_string(workspace.folder.path().join("out/工作.csv")).expect("written");
    assert!(csv.contains("demo-2023-T01,安全培训,委办公室"), "{csv}");
}

#[test]
fn what_cannot_be_listed_is_refused_with_a_hint() {
    let workspace = prepared(LOG);
    for (words, hint) in [
        (&["lists", "--register", "problem", "-o", "a.xlsx"][..], "是不是 problems"),
        (&["lists", "--register", "work"], "请加 -o out/"),
        (&["lists", "--registers", "-o", "a.csv"], "--register"),
        (&["lists", "--registers", "--combined", "-o", "a.xlsx"], "--combined"),
    ] {
        let Run { code, err, .. } = workspace.run(words);
        assert!(code == 2 && err.contains(hint), "{words:?}: {code} {err}");
    }
    workspace.write("campaign.yaml", &CAMPAIGN.replace("group: category", "group: categry"));
    let Run { code, out, .. } = workspace.run(&["validate", "campaign.yaml"]);
    assert!(code == 1 && out.contains("C083") && out.contains("是否想写“category”"), "{out}");
}

#[test]
fn a_campaign_may_say_that_its_form_is_one_sheet() {
    let workspace = prepared(LOG);
    let sheets = |words: &[&str]| -> Vec<String> {
        workspace.clean(&[&["lists", "-o", "out/a.xlsx"], words].concat());
        let book: calamine::Xlsx<_> = calamine::open_workbook(workspace.folder.path().join("out/a.xlsx")).expect("a workbook");
        book.sheet_names()
    };
    assert_eq!(sheets(&[]), ["问题清单", "任务清单", "责任清单"]);
    workspace.write("campaign.yaml", &CAMPAIGN.replace("lists:\n", "lists:\n  form: combined\n"));
    assert_eq!(sheets(&[]), ["三清单"]);
    assert_eq!(sheets(&["--separate"]), ["问题清单", "任务清单", "责任清单"]);
}
