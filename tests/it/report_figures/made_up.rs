//! A made-up plan with everything that the statistics can meet: its files, what of it is the truth on which day, its papers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use chrono::Days;
use chrono::NaiveDate;
use serde_json::Value;

use crate::report_figures::reckoned::Plan;
use crate::report_figures::reckoned::Rows;
use crate::report_figures::reckoned::day;

pub const CAMPAIGN: &str = "\
campaign: sim-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-01, end: 2023-12-31}
units: units.csv
phases:
  - {id: self-check, name: 自查自改, start: 2023-05-01, end: 2023-06-15}
  - {id: inspection, name: 精准执法, start: 2023-06-10, end: 2023-07-10}
obligations:
  - {id: weekly, name: 周报, from: units, every: FREQ=WEEKLY;BYDAY=FR, start: 2023-05-01}
categories:
  - {id: fire, name: 消防安全, synonyms: [消防], items: [{text: 疏散通道不畅}]}
  - {id: power, name: 用电安全, items: [{text: 私拉电线}]}
levels:
  general: {name: 一般, rectify_within: 15d}
  major: {name: 重大, rectify_within: null, requires: [measure, responsible, funds, deadline, plan], interim_control: required}
groups:
  - {name: 第一督查组, leader: 分管领导, units: [U1, U2]}
  - {name: 第二督查组, leader: 分管领导, units: [U3]}
overdue: {until: rectified, due_soon: 10d, days: calendar}
reports: [{kind: weekly, every: FREQ=WEEKLY;BYDAY=MO}, {kind: monthly, every: FREQ=MONTHLY;BYMONTHDAY=29}]
";
pub const UNITS: &str = "编码,单位名称\nU1,甲镇卫生院\nU2,乙镇卫生院\nU3,丙镇卫生院\nU4,丁医院\nU5,没有隐患的诊所\n";
pub const NAMES: [&str; 4] = ["甲镇卫生院", "乙镇卫生院", "丙镇卫生院", "丁医院"];
pub const TITLES: [&str; 23] = [
    "编号",
    "单位名称",
    "类别",
    "部位",
    "隐患描述",
    "等级",
    "隐患来源",
    "发现日期",
    "整改措施",
    "责任人",
    "整改资金（万元）",
    "整改期限",
    "延期至",
    "应急预案",
    "临时管控措施",
    "督办",
    "状态",
    "整改完成日期",
    "验收人",
    "验收日期",
    "销号日期",
    "备注",
    "最近报送",
];

/// The rows of each breakdown of the made-up plan.
pub const LABELS: [&[&str]; 6] = [
    &["甲镇卫生院", "乙镇卫生院", "丙镇卫生院", "丁医院", "没有隐患的诊所"],
    &["消防安全", "用电安全", "未归类", "未写类别"],
    &["一般", "重大", "未定级"],
    &["单位自查", "部门检查", "挂牌督办", "群众举报", "其他来源", "未写来源"],
    &["自查自改", "精准执法", "阶段之外", "未写发现日期"],
    &["第一督查组", "第二督查组", "未分组"],
];

/// Ninety hazards of every kind, mixed by their number, none of them contradictory.
pub fn made_up_ledger() -> Rows {
    let mut rows = Rows::new();
    for n in 0..90_u64 {
        let unit = (n % 4) as usize;
        let id = format!("sim-2023-U{}-{:03}", unit + 1, n / 4 + 1);
        let found = day("2023-05-03") + Days::new(n * 37 % 84);
        let mut row: BTreeMap<String, String> = TITLES.iter().map(|title| ((*title).to_owned(), String::new())).collect();
        let mut put = |title: &str, text: String| drop(row.insert(title.to_owned(), text));
        let one_of = |words: &[&str], by: u64| words[(n / by % words.len() as u64) as usize].to_owned();
        put("编号", id.clone());
        put("单位名称", NAMES[unit].to_owned());
        put("类别", one_of(&["消防", "用电安全", "别的", "", "消防安全"], 3));
        put("部位", format!("{n}号房"));
        put("隐患描述", format!("第{n}处电线老化"));
        put("等级", one_of(&["一般", "重大", "一般", "", "重大"], 2));
        put("隐患来源", one_of(&["自查", "督查组检查", "挂牌督办", "群众举报", "传来", ""], 5));
        put("发现日期", if n == 41 { String::new() } else { found.to_string() });
        let deadlines = [
            (found + Days::new(20)).to_string(),
            String::new(),
            "立行立改".to_owned(),
            "尽快".to_owned(),
            (found + Days::new(60)).to_string(),
            (found + Days::new(35)).to_string(),
        ];
        put("整改期限", if n == 5 { "2023年6月31日".to_owned() } else { deadlines[(n / 3 % 6) as usize].clone() });
        put("延期至", if n % 11 == 4 { (found + Days::new(75)).to_string() } else { String::new() });
        put("整改措施", one_of(&["更换", "更换", "无", "检修"], 7));
        put("责任人", one_of(&["李某", "李某", "/"], 9));
        put("整改资金（万元）", one_of(&["0.5", "无", "1.25", "待定", "", "3"], 2));
        put("应急预案", one_of(&["有", "有", "—"], 4));
        put("临时管控措施", one_of(&["专人盯防", "专人盯防", ""], 3));
        put("督办", one_of(&["", "县级"], 2));
        put("最近报送", "2023-07-21".to_owned());
        let done = found + Days::new(n * 7 % 50);
        match n % 9 {
            0 | 1 => {
                put("状态", "已整改".to_owned());
                put("整改完成日期", if n % 5 == 0 { String::new() } else { done.to_string() });
            }
            2..=4 => {
                put("状态", "已销号".to_owned());
                put("整改完成日期", if n % 7 == 0 { String::new() } else { done.to_string() });
                put("销号日期", if n % 10 == 3 { String::new() } else { (done + Days::new(n % 25)).to_string() });
            }
            5 => put("状态", "整改中".to_owned()),
            6 if n % 2 == 0 => {
                put("状态", "撤销".to_owned());
                put("备注", "经核实不是隐患".to_owned());
            }
            // One major and one general hazard of which nobody can say how they stand.
            _ if n == 8 || n == 25 => put("状态", "再看看".to_owned()),
            _ => put("状态", "待整改".to_owned()),
        }
        rows.insert(id, row);
    }
    rows
}

/// What was said when: lines of the history, newest state in the ledger. Each is (编号, day, file, field key, column, old, new).
pub type Said = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

pub const SAID: [Said; 9] = [
    // Withdrawn in June, a hazard again since July.
    ("sim-2023-U2-002", "2023-06-20", "ledger.csv", "status", "状态", "整改中", "撤销"),
    ("sim-2023-U2-002", "2023-07-14", "ledger.csv", "status", "状态", "撤销", "整改中"),
    // Closed in June, open again since July.
    ("sim-2023-U2-001", "2023-06-20", "ledger.csv", "status", "状态", "整改中", "已销号"),
    ("sim-2023-U2-001", "2023-07-14", "ledger.csv", "status", "状态", "已销号", "整改中"),
    // Withdrawn in the month.
    ("sim-2023-U3-002", "2023-07-13", "ledger.csv", "status", "状态", "待整改", "撤销"),
    // Its found day was put off beyond the month.
    ("sim-2023-U4-002", "2023-07-12", "ledger.csv", "found_on", "发现日期", "2023-06-02", "2023-09-30"),
    // Another level and another deadline since.
    ("sim-2023-U1-002", "2023-07-12", "ledger.csv", "level", "等级", "一般", "重大"),
    ("sim-2023-U1-003", "2023-07-14", "inbox/x.csv", "deadline", "整改期限", "2023-06-30", "2023-07-20"),
    // Not known before a day that lies ahead of all papers but the last.
    ("sim-2023-U1-004", "2023-08-02", "ledger.csv", "level", "等级", "重大", "一般"),
];
/// Found in June, reported in July.
pub const TOLD_LATE: [&str; 2] = ["sim-2023-U3-005", "sim-2023-U4-007"];

/// The ledger as it was known on a day: what came later is taken back, the last first.
pub fn known_on(newest: &Rows, until: NaiveDate) -> Rows {
    let mut rows = newest.clone();
    for (id, on, _, _, title, old, _) in SAID.iter().rev() {
        if day(on) > until {
            rows.get_mut(*id).expect("there").insert((*title).to_owned(), (*old).to_owned());
        }
    }
    if day("2023-07-12") > until {
        TOLD_LATE.iter().for_each(|id| drop(rows.remove(*id)));
    }
    rows
}

pub fn made_up() -> (tempfile::TempDir, Rows) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rows = made_up_ledger();
    for (id, _, _, _, title, _, new) in SAID {
        let row = rows.get_mut(id).expect("there");
        row.insert(title.to_owned(), new.to_owned());
        if title == "状态" || title == "发现日期" {
            for other in ["整改完成日期", "销号日期"] {
                row.insert(other.to_owned(), String::new());
            }
        }
        if title == "发现日期" {
            row.insert("状态".to_owned(), "待整改".to_owned());
        }
    }
    for id in TOLD_LATE {
        rows.get_mut(id).expect("there").insert("发现日期".to_owned(), "2023-06-08".to_owned());
        for (title, text) in [("状态", "待整改"), ("整改完成日期", ""), ("销号日期", "")] {
            rows.get_mut(id).expect("there").insert(title.to_owned(), text.to_owned());
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(TITLES).expect("memory");
    for row in rows.values() {
        writer.write_record(TITLES.map(|title| row[title].as_str())).expect("memory");
    }
    fs::write(folder.path().join("ledger.csv"), writer.into_inner().expect("memory")).expect("written");
    let mut history = String::new();
    let keys = ["category", "location", "description", "level", "source", "found_on", "measure", "responsible", "funds", "deadline"];
    let more = ["extended_to", "plan", "interim_control", "supervision", "status"];
    for id in TOLD_LATE {
        let titles = TITLES[2..].iter().take(15);
        let set: serde_json::Map<String, Value> = keys
            .iter()
            .chain(&more)
            .zip(titles)
            .filter(|(_, title)| !rows[id][**title].is_empty())
            .map(|(key, title)| ((*key).to_owned(), Value::from(rows[id][*title].as_str())))
            .collect();
        let line = serde_json::json!({"id": id, "submitted_on": "2023-07-12", "file": "inbox/y.csv", "sheet": "y", "row": 3, "set": set});
        writeln!(history, "{line}").expect("memory");
    }
    for (id, on, file, key, _, old, new) in SAID {
        let line =
            serde_json::json!({"id": id, "submitted_on": on, "file": file, "sheet": "x", "row": 3, "set": {key: new}, "old": {key: old}});
        writeln!(history, "{line}").expect("memory");
    }
    // Each unit has a habit: in time, in time with nothing to tell, a day late, never, every other week.
    let mut log = "单位,报送事项,日期,方式,备注\n".to_owned();
    for (week, friday) in (0..16).map(|week| (week, day("2023-05-05") + Days::new(7 * week))) {
        let next = friday + Days::new(1);
        writeln!(log, "甲镇卫生院,weekly,{friday},电话,\n乙镇卫生院,weekly,{friday},电话,无隐患\n丙镇卫生院,weekly,{next},电话,")
            .expect("memory");
        if week % 2 == 0 {
            writeln!(log, "没有隐患的诊所,weekly,{friday},电话,无隐患").expect("memory");
        }
    }
    for (name, text) in [("campaign.yaml", CAMPAIGN), ("units.csv", UNITS), ("history.jsonl", &history), ("submissions.csv", &log)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    (folder, rows)
}

pub fn plan() -> Plan {
    Plan {
        units: LABELS[0].iter().map(|name| (*name).to_owned()).collect(),
        general_within: 15,
        due_soon: 10,
        required: vec!["整改措施", "责任人", "整改资金（万元）", "整改期限", "应急预案"],
        row_of: |row, dimension| {
            let found = row["发现日期"].parse::<NaiveDate>().ok();
            let label = match dimension {
                0 => row["单位名称"].as_str(),
                1 => match row["类别"].as_str() {
                    "消防" | "消防安全" => "消防安全",
                    "用电安全" => "用电安全",
                    "" => "未写类别",
                    _ => "未归类",
                },
                2 => match row["等级"].as_str() {
                    "" => "未定级",
                    level => level,
                },
                3 => match row["隐患来源"].as_str() {
                    "自查" => "单位自查",
                    "督查组检查" => "部门检查",
                    "挂牌督办" => "挂牌督办",
                    "群众举报" => "群众举报",
                    "" => "未写来源",
                    _ => "其他来源",
                },
                4 => match found {
                    None => "未写发现日期",
                    Some(found) if found >= day("2023-06-10") && found <= day("2023-07-10") => "精准执法",
                    Some(found) if found >= day("2023-05-01") && found <= day("2023-06-15") => "自查自改",
                    Some(_) => "阶段之外",
                },
                _ => match row["单位名称"].as_str() {
                    "甲镇卫生院" | "乙镇卫生院" => "第一督查组",
                    "丙镇卫生院" => "第二督查组",
                    _ => "未分组",
                },
            };
            label.to_owned()
        },
    }
}

/// One paper of the made-up plan: its kind, and the days of its period and of the one before.
pub struct Case {
    pub kind: &'static str,
    pub word: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    /// First day of the period before; empty where there is none.
    pub before: &'static str,
}

pub const CASES: [Case; 5] = [
    Case { kind: "monthly", word: "月通报", start: "2023-06-30", end: "2023-07-29", before: "2023-05-30" },
    Case { kind: "weekly", word: "周统计", start: "2023-07-11", end: "2023-07-17", before: "2023-07-04" },
    Case { kind: "quarterly", word: "季度通报", start: "2023-07-01", end: "2023-07-21", before: "2023-04-01" },
    Case { kind: "summary", word: "工作总结", start: "2023-05-01", end: "2023-08-11", before: "" },
    Case { kind: "monthly", word: "月通报", start: "2023-05-30", end: "2023-06-29", before: "2023-05-01" },
];

/// 应报, 按时, 零报告, 迟报, 未报, 当天未到时间 of one Friday as of a day.
pub fn duty(friday: NaiveDate, as_of: NaiveDate) -> [u64; 6] {
    let odd = (friday - day("2023-05-05")).num_days() / 7 % 2 == 1;
    // 丙's comes on Saturday: not there yet on Friday, late from Saturday on. 丁 never reports.
    let late = u64::from(friday < as_of);
    let (waiting, zero) = (u64::from(friday == as_of), 1 + u64::from(!odd));
    let silent = 1 + u64::from(odd) + (1 - late);
    [5, 1 + zero, zero, late, silent * (1 - waiting), silent * waiting]
}

/// The Fridays of a period with their numbers.
pub fn duties(case: &Case) -> Vec<(NaiveDate, [u64; 6])> {
    let fridays = (0..40).map(|week| day("2023-05-05") + Days::new(7 * week));
    let end = day(case.end);
    fridays.filter(|friday| *friday >= day(case.start) && *friday <= end).map(|friday| (friday, duty(friday, end))).collect()
}
