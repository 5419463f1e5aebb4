//! A quarter of weekly reports of 200 units whose behaviour is planned: every count of `submissions` equals the plan,
//! for each week and for each unit, whatever the seed.
//!
//! Real bytes: each unit mails CSV files, which are read as the program reads an inbox.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use chrono::Days;
use chrono::NaiveDate;

use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::records::Authority;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::registers::read_submission_log;
use qingdan::results::DutyPeriod;
use qingdan::results::Evidence;
use qingdan::results::obligations;
use qingdan::results::obligations::DutyState;
use qingdan::results::obligations::evidence_of_file;
use qingdan::results::obligations::evidence_of_log;
use qingdan::source::SourceFile;

const UNITS: usize = 200;
const WEEKS: u64 = 13;
const CAMPAIGN: &str = "\
campaign: quarter
title: 示例专项整治
issuer: 某县卫生健康委员会
period: {start: 2023-07-01, end: 2023-09-30}
units: units.csv
obligations:
  - {id: weekly, name: 周统计, every: 每周五17:00前, fulfilled_by: ledger}
  - {id: drill, name: 应急演练, due: 2023-08-31}
";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Behaviour {
    Punctual,
    LateEveryThirdWeek,
    Never,
    ZeroOnly,
    Unreadable,
    Returned,
    SameAgain,
    Telephone,
}

const BEHAVIOURS: [Behaviour; 8] = [
    Behaviour::Punctual,
    Behaviour::LateEveryThirdWeek,
    Behaviour::Never,
    Behaviour::ZeroOnly,
    Behaviour::Unreadable,
    Behaviour::Returned,
    Behaviour::SameAgain,
    Behaviour::Telephone,
];

/// A small generator of its own: the same seed gives the same quarter on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

struct Quarter {
    campaign: Campaign,
    roster: Roster,
    behaviours: Vec<Behaviour>,
    evidence: Vec<Evidence>,
}

fn friday(week: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 7, 7).expect("a Friday") + Days::new(7 * week)
}

/// Made-up names, each a town's.
fn name(unit: usize) -> String {
    const FIRST: [&str; 15] = ["东", "西", "南", "北", "河", "山", "石", "白", "青", "红", "新", "大", "小", "上", "下"];
    const SECOND: [&str; 14] = ["岭", "湾", "坪", "桥", "沟", "滩", "塘", "坝", "营", "庄", "寨", "口", "林", "泉"];
    format!("{}{}镇卫生院", FIRST[unit / SECOND.len()], SECOND[unit % SECOND.len()])
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() }
}

const HEAD: &str = "隐患描述,等级,发现日期,整改期限,状态\n";

/// What a unit mails for a week: the day and the bytes; `None` for nothing by mail.
fn mail(behaviour: Behaviour, week: u64, chance: &mut Chance) -> Option<(NaiveDate, Vec<u8>)> {
    let in_time = friday(week) - Days::new(chance.below(3));
    let hazards = |week: u64| format!("{HEAD}第{week}周查出插座松动,一般,{},2023-12-31,待整改\n", friday(week) - Days::new(6));
    let (day, text) = match behaviour {
        Behaviour::Never | Behaviour::Telephone => return None,
        Behaviour::Punctual => (in_time, hazards(week)),
        Behaviour::LateEveryThirdWeek if week % 3 == 2 => (friday(week) + Days::new(1 + chance.below(2)), hazards(week)),
        Behaviour::LateEveryThirdWeek => (in_time, hazards(week)),
        Behaviour::ZeroOnly => (in_time, format!("{HEAD}本周无隐患,,,,\n")),
        Behaviour::Unreadable => return Some((in_time, b"PK\x03\x04 not a workbook".to_vec())),
        Behaviour::Returned => (in_time, format!("{HEAD},一般,2023-07-01,2023-12-31,待整改\n")),
        Behaviour::SameAgain => (in_time, hazards(0)),
    };
    Some((day, text.into_bytes()))
}

fn quarter(seed: u64) -> Quarter {
    let mut chance = Chance(seed);
    let mut units = String::from("编码,单位名称,分组,联系人,联系电话\n");
    for unit in 0..UNITS {
        writeln!(units, "W{:03},{},第{}片,张三,13800000{unit:03}", unit + 1, name(unit), unit / 20 + 1).expect("text");
    }
    let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN)).campaign.expect("the campaign");
    let roster = read_roster(&file("units.csv", &units)).roster.expect("the roster");
    let behaviours: Vec<Behaviour> = (0..UNITS).map(|_| BEHAVIOURS[chance.below(8) as usize]).collect();
    let basis = ReadingBasis { ground: Ground::new(&campaign, &roster, campaign.start), authority: Authority::Unit };
    let mut evidence = Vec::new();
    let mut log = String::from("单位,报送事项,日期,方式,备注\n");
    for (unit, behaviour) in behaviours.iter().enumerate() {
        for week in 0..WEEKS {
            if let Some((day, bytes)) = mail(*behaviour, week, &mut chance) {
                let name = format!("inbox/{}-{}.csv", name(unit), day.format("%Y%m%d"));
                let reading = read_file(&SourceFile { name: Arc::from(name), bytes }, &basis);
                let found = evidence_of_file(&reading, &[], &campaign, &roster);
                assert_eq!(found.len(), 1, "{behaviour:?} {reading:?}");
                evidence.extend(found);
            } else if *behaviour == Behaviour::Telephone {
                writeln!(log, "{},周统计,{},电话,两条", name(unit), friday(week) - Days::new(chance.below(3))).expect("text");
            }
        }
        if unit % 4 == 0 {
            writeln!(log, "{},应急演练,2023-08-{},现场,", name(unit), if unit % 8 == 0 { "20" } else { "31" }).expect("text");
        }
    }
    let reading = read_submission_log(&file("submissions.csv", &log), &campaign, &roster);
    assert_eq!(reading.diagnostics, []);
    evidence.extend(evidence_of_log(&Arc::from("submissions.csv"), reading.submissions()));
    Quarter { campaign, roster, behaviours, evidence }
}

/// State and details that the plan demands of a unit in a week.
fn planned(behaviour: Behaviour, week: u64) -> (&'static str, &'static [&'static str]) {
    match behaviour {
        Behaviour::Punctual => ("reported", &[]),
        Behaviour::LateEveryThirdWeek if week % 3 == 2 => ("late", &[]),
        Behaviour::LateEveryThirdWeek => ("reported", &[]),
        Behaviour::Never => ("missing", &[]),
        Behaviour::ZeroOnly => ("zero", &[]),
        Behaviour::Unreadable => ("missing", &["unreadable"]),
        Behaviour::Returned => ("missing", &["rejected"]),
        Behaviour::SameAgain if week > 0 => ("reported", &["unchanged"]),
        Behaviour::SameAgain => ("reported", &[]),
        Behaviour::Telephone => ("reported", &["logged"]),
    }
}

fn check_week(quarter: &Quarter, period: &DutyPeriod, week: u64) {
    assert_eq!(period.due, Some(friday(week)));
    assert_eq!(period.owed() as usize, UNITS);
    let mut expected: BTreeMap<&str, u32> = BTreeMap::new();
    for (duty, behaviour) in period.duties.iter().zip(&quarter.behaviours) {
        let (state, details) = planned(*behaviour, week);
        let found: Vec<&str> = duty.details.iter().map(|detail| detail.key()).collect();
        assert_eq!((duty.state.key(), found.as_slice()), (state, details), "{behaviour:?} in week {week}");
        *expected.entry(state).or_default() += 1;
    }
    for state in DutyState::ALL {
        assert_eq!(period.count(state), expected.get(state.key()).copied().unwrap_or(0), "{state:?} in week {week}");
    }
    let share = |part: u32| Some((f64::from(part) * 1000.0 / UNITS as f64).round() / 10.0);
    let count = |state: &str| expected.get(state).copied().unwrap_or(0);
    let in_time = count("reported") + count("zero");
    assert_eq!(period.rates(), [share(in_time + count("late")), share(in_time)]);
    assert_eq!(period.to_call(&quarter.roster, friday(WEEKS)).len() as u32, count("missing"));
}

#[test]
fn every_count_of_a_planned_quarter_equals_the_plan() {
    for seed in [1, 2] {
        let quarter = quarter(seed);
        let as_of = NaiveDate::from_ymd_opt(2023, 10, 7).expect("a day");
        let answer = obligations(&quarter.evidence, Ground::new(&quarter.campaign, &quarter.roster, as_of));
        let weekly: Vec<&DutyPeriod> = answer.periods.iter().filter(|period| period.obligation == 0).collect();
        assert_eq!(weekly.len() as u64, WEEKS);
        for (week, period) in (0..WEEKS).zip(weekly) {
            check_week(&quarter, period, week);
        }
        let drill = answer.periods.iter().find(|period| period.obligation == 1).expect("the drill");
        assert_eq!((drill.count(DutyState::Reported), drill.count(DutyState::Missing)), (50, 150));
    }
}

#[test]
fn a_past_day_gives_what_was_known_then() {
    let quarter = quarter(1);
    for week in 0..WEEKS {
        // Sunday evening: who is late has come by then, who comes later has not.
        let as_of = friday(week) + Days::new(2);
        let answer = obligations(&quarter.evidence, Ground::new(&quarter.campaign, &quarter.roster, as_of));
        let latest = answer.periods.iter().find(|period| period.obligation == 0 && period.is_latest).expect("a latest week");
        check_week(&quarter, latest, week);
    }
}
