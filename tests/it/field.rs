//! What is done out in the field, through the binary: an earlier drive's hazards, contacts, inspections, and the duties that
//! activities fulfil in the shipped plans.

use std::fs;

use crate::workspace::Run;
use crate::workspace::Workspace;

fn prepared(plan: &str) -> Workspace {
    let workspace = Workspace::with(&[]);
    workspace.clean(&["init", ".", "--from", plan]);
    workspace
}

/// The codes of what a command says about the inputs.
fn codes_of(workspace: &Workspace, words: &[&str]) -> Vec<String> {
    let json = workspace.json(words);
    let code = |diagnostic: &serde_json::Value| diagnostic["code"].as_str().unwrap_or_default().to_owned();
    json["diagnostics"].as_array().expect("diagnostics").iter().map(code).collect()
}

const CARRIED: &str = "前次大排查隐患台账.csv";

#[test]
fn the_hazards_of_an_earlier_drive_enter_the_ledger_once_and_are_counted() {
    let workspace = prepared("four-topics-2020");
    let counts = |json: &serde_json::Value| {
        let files = json["files"].as_array().expect("files");
        let own = files.iter().find(|file| file["file"] == CARRIED).expect("it is in the balance");
        ["records", "new", "unchanged", "rejected"].map(|key| own[key].as_u64().unwrap_or_default())
    };
    let first = workspace.json(&["merge", "--as-of", "2020-08-31"]);
    assert_eq!(counts(&first), [28, 28, 0, 0]);
    let before = fs::read(workspace.path("ledger.xlsx")).expect("a ledger");
    let again = workspace.json(&["merge", "--as-of", "2020-09-30"]);
    assert_eq!(counts(&again), [28, 0, 28, 0]);
    assert_eq!(first["ledger"]["hazards"], again["ledger"]["hazards"]);
    assert!(before == fs::read(workspace.path("ledger.xlsx")).expect("a ledger"), "merging again changes nothing");
    assert!(!codes_of(&workspace, &["validate"]).contains(&"L012".to_owned()));
    workspace.run(&["merge", "-o", "另.csv"]);
    assert_eq!(workspace.text("另.csv").matches(",上期结转,").count(), 28);

    // A line less, a unit that nobody knows, no file.
    let whole = workspace.text(CARRIED);
    let shorter = &whole[..whole.trim_end().rfind('\n').expect("lines") + 1];
    workspace.write(CARRIED, shorter);
    let Run { err, .. } = workspace.run(&["merge", "--dry-run"]);
    assert!(err.contains("应有 28 条隐患，进台账的是 27 条"), "{err}");
    workspace.write(CARRIED, &whole.replace(",惠民门诊,", ",某某诊所,"));
    let Run { out, err, .. } = workspace.run(&["merge", "--dry-run"]);
    assert!(err.contains("进台账的是 27 条（读到 28 条记录，退回 1 条）") && out.contains("行数对账：相符"), "{err}{out}");
    fs::remove_file(workspace.path(CARRIED)).expect("it was there");
    for words in [&["validate"][..], &["merge", "--dry-run"]] {
        let codes = codes_of(&workspace, words);
        assert_eq!(codes.iter().filter(|code| *code == "L012" || *code == "T002").count(), 1, "{codes:?}");
    }
}

#[test]
fn contacts_are_checked_and_called_and_never_in_json() {
    let workspace = prepared("wushen-2023");
    workspace.write(
        "contacts.csv",
        "单位,角色,姓名,职务,办公电话,手机号码,变更申请日期,生效日期,备注\n\
         旗医院,分管领导,甲一,副院长,,13800009001,,,\n旗医院,科室负责人,甲二,,,13800009002,,,\n旗医院,联络员,甲三,,,13800009003,,,\n\
         旗医院,联络员,甲四,,,13800009004,2023-06-20,2023-06-24,\n查无此院,联络员,乙一,,,13800009005,,,\n",
    );
    let codes = codes_of(&workspace, &["validate", "contacts.csv"]);
    let own: Vec<&str> = codes.iter().map(String::as_str).filter(|code| ("T070".."T080").contains(code)).collect();
    assert_eq!(own, ["T077", "T078", "T071"]);
    assert!(codes_of(&workspace, &["validate"]).contains(&"T078".to_owned()));
    let called = |day: &str| workspace.run(&["submissions", "--obligation", "progress-1", "--as-of", day, "-v"]).out;
    assert!(called("2023-08-11").contains("13800009004"), "who is in force is called");
    let early = workspace.run(&["submissions", "--obligation", "plan", "--as-of", "2023-06-23", "-v"]).out;
    assert!(early.contains("联络员") && early.contains("13800009003") && !early.contains("13800009004"), "{early}");
    let Run { code, out: json, .. } = workspace.run(&["submissions", "--as-of", "2023-08-11", "--format", "json"]);
    assert!(code == 0 && !json.contains("1380000"), "telephone numbers are for the clerk's eyes");
    let Run { code, err, .. } = workspace.run(&["submissions", "--as-of", "2023-08-11", "-o", "contacts.csv"]);
    assert_eq!(code, 3, "what was written by hand is not overwritten: {err}");
}

/// Codes drawn, by group.
fn drawn(plan: &serde_json::Value) -> Vec<Vec<String>> {
    let groups = plan["groups"].as_array().expect("groups");
    let of_group = |group: &serde_json::Value| {
        let units = group["units"].as_array().expect("units").iter().filter(|unit| unit["drawn"] == true);
        units.map(|unit| unit["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    groups.iter().map(of_group).collect()
}

#[test]
fn a_draw_can_be_made_again_by_anybody() {
    let workspace = prepared("four-topics-2020");
    let words = ["visits", "--mode", "随机抽查", "--count", "3", "--as-of", "2021-03-01"];
    let plan = workspace.json(&words);
    assert_eq!(plan["seed"], "four-topics-2020-2021-03-01");
    // As `printf '%s' four-topics-2020-2021-03-01-W01 | sha256sum` gives it.
    assert_eq!(plan["groups"][0]["units"][0]["hash"].as_str().map(|hash| &hash[..16]), Some("0fe8065f72b8a1ed"));
    assert_eq!(drawn(&plan), [["W01", "H02", "W02"], ["W04", "P02", "G02"]]);
    let mut roster: Vec<String> = workspace.text("units.csv").lines().map(str::to_owned).collect();
    roster[1..].reverse();
    workspace.write("units.csv", &(roster.join("\n") + "\n"));
    assert_eq!(drawn(&workspace.json(&words)), drawn(&plan), "the order of the roster decides nothing");
    assert_ne!(drawn(&workspace.json(&[&words[..], &["--seed", "第2次"]].concat())), drawn(&plan));

    // Who has been visited is shown, and left out where that is asked for.
    workspace
        .write("submissions.csv", "单位,报送事项,日期,方式,备注\nW01,突击检查,2020-12-01,现场,\n区中医医院,随机抽查,2021-03-02,现场,\n");
    let again = workspace.json(&words);
    assert_eq!(
        (&again["groups"][0]["units"][0]["visited_on"], &again["groups"][0]["units"][1]["visited_on"]),
        (&"2020-12-01".into(), &serde_json::Value::Null)
    );
    let rest = workspace.json(&[&words[..], &["--unvisited"]].concat());
    assert_eq!(drawn(&rest)[0], ["H02", "W02", "H01"]);
    assert!(!codes_of(&workspace, &["validate", "submissions.csv"]).contains(&"T062".to_owned()), "a visit is a known matter");
}

#[test]
fn visits_go_back_to_what_is_not_verified_and_are_printed() {
    let workspace = prepared("four-topics-2020");
    let revisit = ["visits", "--mode", "回头检查", "--as-of", "2021-03-01"];
    let Run { code, err, .. } = workspace.run(&revisit);
    assert!(code == 3 && err.contains("qingdan merge"), "{err}");
    workspace.run(&["merge", "--as-of", "2021-03-01"]);
    let plan = workspace.json(&revisit);
    let units: Vec<&serde_json::Value> =
        plan["groups"].as_array().expect("groups").iter().flat_map(|group| group["units"].as_array().expect("units")).collect();
    let overdue = workspace.json(&["overdue", "--as-of", "2021-03-01"]);
    let by_state = &overdue["summary"]["by_state"];
    let wanted = by_state["overdue"].as_u64().unwrap_or_default() + by_state["awaiting_verification"].as_u64().unwrap_or_default();
    let listed: usize = units.iter().map(|unit| unit["hazards"]["to_revisit"].as_array().map_or(0, Vec::len)).sum();
    assert!(wanted > 0 && listed as u64 == wanted, "{listed} of {wanted}");
    assert!(units.iter().all(|unit| (unit["outcome"] == "drawn") == (unit["hazards"]["to_revisit"] != serde_json::json!([]))));
    let printed = [&revisit[..], &["-o", "out/回头检查.xlsx"]].concat();
    assert_eq!(workspace.run(&printed).code, 0);
    let bytes = fs::read(workspace.path("out/回头检查.xlsx")).expect("a workbook");
    workspace.run(&printed);
    assert!(bytes == fs::read(workspace.path("out/回头检查.xlsx")).expect("a workbook"), "the same inputs give the same bytes");
    for (words, expected) in
        [(&["-o", "a.csv"][..], 2), (&["--count", "0"], 2), (&["--count", "2", "--share", "9%"], 2), (&["--mode", "检查"], 2)]
    {
        let Run { code, err, .. } = workspace.run(&[&["visits"], words].concat());
        assert!(code == expected && !err.contains("is not in"), "{words:?}: {err}");
    }
    let alone = prepared("winter-2023");
    let Run { out, .. } = alone.run(&["visits", "--share", "10%"]);
    assert!(out.contains("方案没有督查分组（groups），全部单位作一组") && out.contains("还没有台账"), "{out}");
}

/// What a plan asks for as an activity is fulfilled by a row that names it, in the period of its day and for its unit alone.
#[test]
fn activities_fulfil_their_duties_in_the_shipped_plans() {
    let cases: [(&str, &str, &str, &str, &str, &str); 8] = [
        ("wushen-2023", "H01,带队检查,2023-06-15", "leader-check", "2023-07-05", "2023-06-30", "乌审旗人民医院"),
        ("wushen-2023", "旗医院,主要负责人带队检查,2023-08-15", "leader-check", "2023-10-05", "2023-09-30", "乌审旗人民医院"),
        ("wushen-2023", "H01,应急演练,2023-09-15", "drill", "2024-01-05", "2023-12-31", "乌审旗人民医院"),
        ("wushen-2023", "H01,安全生产月活动,2023-06-16", "safety-month", "2023-07-05", "2023-06-30", "乌审旗人民医院"),
        ("wushen-2023", "H01,专项行动方案、动员部署情况和联系人回执,2023-05-24", "plan", "2023-06-01", "2023-05-25", "乌审旗人民医院"),
        ("four-topics-2020", "H01,专项整治实施方案,2020-06-09", "plan", "2020-06-15", "2020-06-10", "清川区人民医院"),
        ("four-topics-2020", "H01,零报告,2020-06-09", "zero", "2020-06-10", "2020-06-09", "清川区人民医院"),
        ("four-topics-2020", "检查组,各检查组工作开展情况,2021-05-20", "groups-report", "2021-06-01", "2021-05-25", "各检查组"),
    ];
    for (plan, row, obligation, as_of, due, unit) in cases {
        let workspace = prepared(plan);
        fs::remove_dir_all(workspace.path("inbox")).expect("its samples");
        workspace.write("submissions.csv", &format!("单位,报送事项,日期,方式,备注\n{row},现场,\n"));
        let json = workspace.json(&["submissions", "--obligation", obligation, "--as-of", as_of]);
        let period = json["obligations"].as_array().expect("periods").iter().find(|period| period["due"] == due);
        let period = period.unwrap_or_else(|| panic!("{row}: no period of {due} in {json:#}"));
        let came: Vec<&str> = period["units"]
            .as_array()
            .expect("units")
            .iter()
            .filter(|unit| ["reported", "zero"].contains(&unit["state"].as_str().unwrap_or_default()))
            .filter_map(|unit| unit["unit"].as_str())
            .collect();
        assert_eq!(came, [unit], "{row}");
    }
}
