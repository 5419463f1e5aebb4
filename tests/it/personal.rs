//! Numbers of persons, seeded into every text of a ledger in every spelling, are in no paper that leaves the office.

use std::fs;
use std::io::Cursor;
use std::io::Read;

use crate::workspace::Workspace;

const CAMPAIGN: &str = "\
campaign: demo-2023
title: 某县专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-20, end: 2023-12-31}
units: units.csv
obligations: [{id: weekly, name: 周统计, from: units, every: 每周五, fulfilled_by: ledger}]
escalation: [{after: 1d, step: 提醒敦促函}, {after: 30d, step: 挂牌督办通知书}]
";
/// Made up: no number of this block is given out, and 999999 is no region.
const SPELLINGS: [&str; 14] = [
    "13800001001",
    "138-0000-1001",
    "138.0000.1001",
    "138·0000·1001",
    "138 0000 1001",
    "138/0000/1001",
    "138_0000_1001",
    "138  0000  1001",
    "138\u{2010}0000\u{2010}1001",
    "１３８００００１００１",
    "+86 138 0000 1001",
    "999999199001010000",
    "99999919900101000X",
    "999999 19900101 0000",
];
/// What must be nowhere, once everything but digits is left out.
const SECRETS: [&str; 2] = ["13800001001", "99999919900101000"];

fn prepared() -> Workspace {
    let mut rows = String::from("隐患描述,部位,等级,发现日期,整改期限,责任部门,责任人,联系电话,整改措施,整改情况,备注\n");
    for (number, spelling) in SPELLINGS.iter().enumerate() {
        let day = 1 + number;
        let level = if number % 3 == 0 { "重大" } else { "一般" };
        rows.push_str(&format!(
            "第{number}处通道堵塞找张三{spelling},门诊{number}楼值班{spelling},{level},2023-06-{day:02},2023-07-{day:02},保卫科{spelling},张三{spelling},{spelling},联系{spelling}处理,整改中{spelling},电{spelling}\n"
        ));
    }
    Workspace::with(&[
        ("campaign.yaml", CAMPAIGN),
        (
            "units.csv",
            "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n001,甲镇卫生院,,乡镇卫生院,甲镇,,张三,13800001001\n002,乙镇卫生院,,乡镇卫生院,乙镇,,李四,138 0000 1001\n",
        ),
        ("inbox/甲镇卫生院20230714.csv", &rows),
    ])
}

/// The texts of a file: parts of a package unpacked, everything else as it stands.
fn texts(bytes: &[u8]) -> Vec<String> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return vec![String::from_utf8_lossy(bytes).into_owned()] };
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut text = Vec::new();
        archive.by_index(index).expect("a part").read_to_end(&mut text).expect("inflated");
        texts.push(String::from_utf8_lossy(&text).into_owned());
    }
    texts
}

/// The digits of each text between two marks.
fn leaks(bytes: &[u8]) -> bool {
    texts(bytes).iter().flat_map(|text| text.split(['<', '>', '\n', '"', ','])).any(|piece| {
        let digits: String = piece
            .chars()
            .filter_map(|character| match character {
                '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
                _ => character.is_ascii_digit().then_some(character),
            })
            .collect();
        SECRETS.iter().any(|secret| digits.contains(secret))
    })
}

#[test]
fn no_number_of_a_person_leaves_the_office() {
    let workspace = prepared();
    let run = |words: &[&str]| {
        let run = workspace.run(words);
        assert!(run.code < 2, "{words:?}: {}", run.err);
    };
    run(&["merge"]);
    assert!(leaks(&fs::read(workspace.path("ledger.xlsx")).expect("the ledger")), "the bureau's own ledger keeps what came in");
    run(&["lists", "-o", "out/lists.xlsx", "--by-unit", "out/units"]);
    run(&["lists", "--combined", "-o", "out/lists.csv"]);
    run(&["overdue", "-o", "out/overdue.xlsx"]);
    run(&["overdue", "-o", "out/overdue.csv"]);
    run(&["submissions", "-o", "out/submissions.xlsx"]);
    run(&["report", "monthly", "--papers", "out/papers"]);
    run(&["report", "monthly", "-o", "out/papers/table.csv"]);
    run(&["notice"]);
    run(&["run", "--fail-on", "never", "--report", "monthly"]);
    let mut looked = 0;
    let mut folders = vec![workspace.path("out")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            // Files of the office itself: the ledger of the day, and findings that repeat what was written.
            if ["台账.xlsx", "校验问题.xlsx", "index.json"].contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            assert!(!leaks(&fs::read(&path).expect("read")), "{name}");
            looked += 1;
        }
    }
    assert!(looked >= 15, "{looked} papers");
    // What the clerk asks for is given.
    run(&["submissions", "-o", "out/calls.xlsx", "--full-phones"]);
    assert!(leaks(&fs::read(workspace.path("out/calls.xlsx")).expect("read")));
}
