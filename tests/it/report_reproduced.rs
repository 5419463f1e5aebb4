//! Eight months of an office through the binary: every week the units' ledgers come in, the bureau types into its own, merges
//! and reports. At the end, with the newest ledger and its history, every paper is made again and is the same, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use chrono::Datelike;
use chrono::Days;
use chrono::NaiveDate;
use chrono::Weekday;

const CAMPAIGN: &str = "\
campaign: sim-2023
title: 某县卫生健康系统重大事故隐患专项排查整治
issuer: 某县卫生健康局
period: {start: 2023-05-01, end: 2023-12-31}
units: units.csv
phases:
  - {id: self-check, name: 自查自改, start: 2023-05-01, end: 2023-07-31}
  - {id: inspection, name: 精准执法, start: 2023-08-01, end: 2023-10-31}
  - {id: summary, name: 总结提高, start: 2023-10-15, end: 2023-12-31}
obligations:
  - {id: weekly, name: 周统计, from: units, every: FREQ=WEEKLY;BYDAY=FR, start: 2023-05-01, fulfilled_by: ledger}
  - {id: monthly, name: 月小结, from: units, every: FREQ=MONTHLY;BYMONTHDAY=25, start: 2023-05-01}
categories:
  - {id: fire, name: 消防安全, synonyms: [消防], items: [{text: 疏散通道不畅}]}
  - {id: power, name: 用电安全, items: [{text: 私拉电线}]}
levels:
  general: {name: 一般, rectify_within: 15d}
  major: {name: 重大, rectify_within: null, requires: [measure, responsible, funds, deadline, plan], interim_control: required}
groups:
  - {name: 第一督查组, leader: 分管领导, units: [U01, U02, U03, U04, U05]}
  - {name: 第二督查组, leader: 分管领导, units: [U06, U07, U08, U09]}
overdue: {until: rectified, due_soon: 10d, days: calendar}
escalation: [{after: 1d, step: 提醒敦促函}, {after: 15d, step: 约谈通知书}]
reports: [{kind: weekly, every: FREQ=WEEKLY;BYDAY=MO}, {kind: monthly, every: FREQ=MONTHLY;BYMONTHDAY=29}]
scoring:
  items:
    - {measure: reported_in_time, points: 30}
    - {measure: overdue, points: 30, each: 5}
    - {measure: repeats, points: 10}
    - {measure: rectified_in_time, points: 30}
";
const UNITS: usize = 12;
const TITLES: &str = "单位名称,隐患部位,隐患描述,隐患类别,隐患等级,隐患来源,发现日期,整改措施,责任人,整改资金（万元）,整改期限,应急预案,整改状态,整改完成日期";
const FIRST_MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2023, 5, 8).expect("a day of the calendar");
const WEEKS: u64 = 34;

/// A small deterministic generator (xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).expect("a day of the calendar")
}

fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).expect("a day of the calendar")
}

fn unit_name(unit: usize) -> String {
    format!("第{}中心卫生院", ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][unit])
}

/// A hazard as its unit keeps it.
struct Own {
    words: String,
    /// The first ledger of the unit that names it is not older.
    told_from: NaiveDate,
    found_on: NaiveDate,
    level: &'static str,
    category: &'static str,
    source: &'static str,
    deadline: String,
    status: &'static str,
    rectified_on: String,
    measure: &'static str,
    funds: &'static str,
    plan: &'static str,
    /// The bureau has told the unit that this one is closed; it is not touched again.
    settled: bool,
}

struct Office {
    folder: tempfile::TempDir,
    seeded: Seeded,
    units: Vec<Vec<Own>>,
    /// On the way: rows by day.
    sent: BTreeMap<NaiveDate, Vec<String>>,
    /// What was reported, in order: kind, as-of day.
    papers: Vec<(&'static str, NaiveDate)>,
}

fn deadline(seeded: &mut Seeded, found_on: NaiveDate) -> String {
    match seeded.below(8) {
        0 => String::new(),
        1 => "立行立改".to_owned(),
        2 => "尽快".to_owned(),
        3 => later(found_on, 40).format("%Y年%-m月底前").to_string(),
        place => later(found_on, 5 * place as u64).to_string(),
    }
}

impl Office {
    fn new(seed: u64) -> Office {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut roster = "编码,单位名称,类别,乡镇\n".to_owned();
        for unit in 0..UNITS {
            writeln!(roster, "U{:02},{},卫生院,第{}镇", unit + 1, unit_name(unit), unit % 3 + 1).expect("memory");
        }
        let files = [
            ("campaign.yaml", CAMPAIGN),
            ("units.csv", &roster),
            ("ledger.csv", "编号,单位名称,隐患描述\n"),
            ("submissions.csv", "单位,报送事项,日期,方式,备注\n"),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("written");
        }
        fs::create_dir(folder.path().join("inbox")).expect("made");
        let units = (0..UNITS).map(|_| Vec::new()).collect();
        Office { folder, seeded: Seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1), units, sent: BTreeMap::new(), papers: Vec::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn qingdan(&self, words: &[&str]) {
        run(self.folder.path(), words);
    }

    /// A unit's week up to its Friday: what it found, what it did, what it changed its mind about.
    fn unit_works(&mut self, unit: usize, friday: NaiveDate) {
        let seeded = &mut self.seeded;
        if seeded.once_in(4) {
            let found_on = earlier(friday, seeded.below(6) as u64);
            let number = self.units[unit].len() + 1;
            let place = seeded.pick(&["门诊楼", "住院楼", "药房", "锅炉房"]);
            let what = seeded.pick(&["灭火器压力不足", "应急灯不亮", "通道堆物", "插座老化", "氧气瓶未固定"]);
            let told_from = if seeded.once_in(4) { later(friday, 7) } else { friday };
            let own = Own {
                words: format!("{place},{}院{number}号房{what}", unit + 1),
                told_from,
                found_on,
                level: seeded.pick(&["一般", "一般", "一般", "重大", ""]),
                category: seeded.pick(&["消防", "消防安全", "用电安全", "别的", ""]),
                source: seeded.pick(&["自查", "督查组检查", ""]),
                deadline: deadline(seeded, found_on),
                status: seeded.pick(&["待整改", "整改中", ""]),
                rectified_on: String::new(),
                measure: seeded.pick(&["更换", "清理", ""]),
                funds: seeded.pick(&["0.5", "1.25", "无", "", "待定"]),
                plan: seeded.pick(&["有", ""]),
                settled: false,
            };
            self.units[unit].push(own);
        }
        for own in self.units[unit].iter_mut().filter(|own| !own.settled) {
            let is_rectified = own.status == "已整改";
            if !is_rectified && seeded.once_in(4) {
                own.status = "已整改";
                let done = earlier(friday, seeded.below(5) as u64).max(own.found_on);
                own.rectified_on = if seeded.once_in(4) { String::new() } else { done.to_string() };
            } else if is_rectified && seeded.once_in(30) {
                own.status = "整改中";
                own.rectified_on = String::new();
            } else if !is_rectified && seeded.once_in(15) {
                own.deadline = deadline(seeded, friday);
            } else if seeded.once_in(30) {
                own.level = seeded.pick(&["一般", "重大"]);
            } else if is_rectified && own.rectified_on.is_empty() && seeded.once_in(4) {
                own.rectified_on = own.found_on.to_string();
            }
        }
    }

    /// The whole ledger of a unit as it sends it, most on Friday, some on Tuesday, some not at all.
    fn unit_sends(&mut self, unit: usize, friday: NaiveDate) {
        let sent_on = match self.seeded.below(20) {
            0..4 => return,
            4 => later(friday, 4),
            _ => friday,
        };
        let seeded = &mut self.seeded;
        let mut rows: Vec<String> = Vec::new();
        for own in self.units[unit].iter().filter(|own| own.told_from <= friday && !own.settled) {
            // Forgotten.
            if seeded.once_in(20) {
                continue;
            }
            let Own { words, found_on, level, category, source, deadline, status, rectified_on, measure, funds, plan, .. } = own;
            rows.push(format!(
                "{},{words},{category},{level},{source},{found_on},{measure},李某,{funds},{deadline},{plan},{status},{rectified_on}",
                unit_name(unit)
            ));
        }
        if rows.is_empty() {
            rows.push(format!("{},,无隐患,,,,,,,,,,,", unit_name(unit)));
        }
        self.sent.entry(sent_on).or_default().extend(rows);
    }

    /// What was sent by a day arrives in the inbox: one sheet for each day, so that reading stays quick.
    fn post_arrives(&mut self, until: NaiveDate) {
        let waiting = self.sent.split_off(&later(until, 1));
        for (sent_on, rows) in std::mem::replace(&mut self.sent, waiting) {
            let lines = [format!("填报日期：{sent_on}"), TITLES.to_owned()].into_iter().chain(rows);
            let name = format!("inbox/各单位汇总{}", sent_on.format("%Y%m%d"));
            if sent_on.day() % 3 == 0 {
                let mut workbook = rust_xlsxwriter::Workbook::new();
                let sheet = workbook.add_worksheet();
                for (row, line) in lines.enumerate() {
                    for (column, text) in line.split(',').enumerate().filter(|(_, text)| !text.is_empty()) {
                        sheet.write_string(row as u32, column as u16, text).expect("written");
                    }
                }
                workbook.save(self.path(&format!("{name}.xlsx"))).expect("saved");
            } else {
                let text: String = lines.map(|line| line + "\n").collect();
                fs::write(self.path(&format!("{name}.csv")), text).expect("written");
            }
        }
    }

    /// What is told by telephone and goes into `submissions.csv`.
    fn unit_calls(&mut self, unit: usize, friday: NaiveDate) {
        if self.seeded.once_in(6) {
            let mut log = fs::read_to_string(self.path("submissions.csv")).expect("there");
            let duty = self.seeded.pick(&["monthly", "weekly", "月小结"]);
            let day = later(friday, self.seeded.below(3) as u64);
            writeln!(log, "{},{duty},{day},电话,", unit_name(unit)).expect("memory");
            fs::write(self.path("submissions.csv"), log).expect("written");
        }
    }

    /// The clerk opens the ledger, types and saves.
    fn clerk_types(&mut self, today: NaiveDate) {
        let path = self.path("ledger.csv");
        let bytes = fs::read(&path).expect("there");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect();
        let titles: Vec<String> = rows[0].iter().map(|title| title.trim_start_matches('\u{feff}').to_owned()).collect();
        let Some(place) = Places::of(&titles) else { return };
        let seeded = &mut self.seeded;
        for row in &mut rows[1..] {
            let status = row[place.status].clone();
            let described = format!(",{}", row[place.description]);
            let own = self.units.iter_mut().flatten().find(|own| own.words.ends_with(&described)).expect("its unit knows it");
            let day = |column: usize| row[column].parse::<NaiveDate>().ok();
            let done = day(place.rectified_on).or(day(place.found_on)).expect("a found day");
            if status == "已整改" && done < today && seeded.once_in(2) {
                own.settled = true;
                row[place.status] = "已销号".to_owned();
                row[place.verified_by] = "王某".to_owned();
                row[place.verified_on] = earlier(today, 2).max(done).to_string();
                // Mostly yesterday, at times entered late, or ahead for the meeting to come, or not at all.
                row[place.closed_out_on] = match seeded.below(10) {
                    0 => earlier(today, 20).max(done).to_string(),
                    1 => later(today, 3).to_string(),
                    2 => String::new(),
                    _ => earlier(today, 1).max(done).to_string(),
                };
            } else if status == "已销号" && seeded.once_in(60) {
                (own.settled, own.status) = (false, "整改中");
                own.rectified_on.clear();
                row[place.status] = "整改中".to_owned();
                for column in [place.closed_out_on, place.verified_on, place.verified_by, place.rectified_on] {
                    row[column].clear();
                }
            } else if status != "已销号" && seeded.once_in(25) {
                row[place.extended_to] = later(today, 30).to_string();
            } else if status != "已销号" && seeded.once_in(60) {
                row[place.status] = "撤销".to_owned();
                row[place.remark] = "经核实不是隐患".to_owned();
            } else if seeded.once_in(40) {
                row[place.level] = seeded.pick(&["一般", "重大"]).to_owned();
            } else if seeded.once_in(30) {
                row[place.supervision] = seeded.pick(&["县级", ""]).to_owned();
            } else if seeded.once_in(60) {
                row[place.interim_control] = "专人盯防".to_owned();
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).expect("memory");
        }
        fs::write(path, writer.into_inner().expect("memory")).expect("written");
    }

    fn reports(&mut self, kind: &'static str, day: NaiveDate) {
        self.post_arrives(day);
        self.clerk_types(day);
        let as_of = day.to_string();
        self.qingdan(&["merge", "--as-of", &as_of, "-q"]);
        self.papers.push((kind, day));
        make(self.folder.path(), kind, day, "out");
    }

    /// Everything from the first week to the last.
    fn runs(&mut self) {
        for week in 0..WEEKS {
            let monday = later(FIRST_MONDAY, 7 * week);
            let friday = earlier(monday, 3);
            for unit in 0..UNITS {
                self.unit_works(unit, friday);
                self.unit_calls(unit, friday);
            }
            self.reports_of_the_29th(earlier(monday, 6), friday);
            for unit in 0..UNITS {
                self.unit_sends(unit, friday);
            }
            self.reports_of_the_29th(friday, earlier(monday, 1));
            self.reports("weekly", monday);
            if monday.day() == 29 {
                make(self.folder.path(), "monthly", monday, "out");
                self.papers.push(("monthly", monday));
            }
        }
    }

    fn reports_of_the_29th(&mut self, from: NaiveDate, to: NaiveDate) {
        let day = from.iter_days().take_while(|day| *day <= to).find(|day| day.day() == 29 && day.weekday() != Weekday::Mon);
        if let Some(day) = day {
            self.reports("monthly", day);
        }
    }
}

/// Where the columns of the ledger stand that the clerk types into.
struct Places {
    status: usize,
    level: usize,
    found_on: usize,
    description: usize,
    rectified_on: usize,
    extended_to: usize,
    verified_by: usize,
    verified_on: usize,
    closed_out_on: usize,
    supervision: usize,
    interim_control: usize,
    remark: usize,
}

impl Places {
    fn of(titles: &[String]) -> Option<Places> {
        let place = |title: &str| titles.iter().position(|known| known == title);
        Some(Places {
            status: place("状态")?,
            level: place("等级")?,
            found_on: place("发现日期")?,
            description: place("隐患描述")?,
            rectified_on: place("整改完成日期")?,
            extended_to: place("延期至")?,
            verified_by: place("验收人")?,
            verified_on: place("验收日期")?,
            closed_out_on: place("销号日期")?,
            supervision: place("督办")?,
            interim_control: place("临时管控措施")?,
            remark: place("备注")?,
        })
    }
}

fn run(folder: &Path, words: &[&str]) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingdan"));
    command.env_remove("RUST_BACKTRACE").env_remove("NO_COLOR").env_remove("COLUMNS");
    let output = command.current_dir(folder).args(words).output().expect("the binary runs");
    let told = || format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "qingdan {words:?}: {}", told());
}

/// All papers of a day, below a folder.
fn make(folder: &Path, kind: &str, day: NaiveDate, below: &str) {
    let (as_of, papers) = (day.to_string(), format!("{below}/{kind}-{day}"));
    run(folder, &["report", kind, "--as-of", &as_of, "--papers", &papers, "-q"]);
}

/// Name and bytes of every file of a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

/// The first line in which two texts differ.
fn first_difference(one: &[u8], other: &[u8]) -> String {
    let (one, other) = (String::from_utf8_lossy(one), String::from_utf8_lossy(other));
    let pairs = one.lines().zip(other.lines());
    let differing: Vec<String> = pairs
        .enumerate()
        .filter(|(_, (one, other))| one != other)
        .take(6)
        .map(|(line, (one, other))| format!("{line}: {one} | {other}"))
        .collect();
    differing.join("\n")
}

fn assert_reproduced(seed: u64) {
    let mut office = Office::new(seed);
    office.runs();
    let folder = office.folder.path();
    let halves = office.papers.chunks(office.papers.len().div_ceil(2));
    std::thread::scope(|scope| {
        for half in halves {
            scope.spawn(move || half.iter().for_each(|(kind, day)| make(folder, kind, *day, "again")));
        }
    });
    let mut wrong = Vec::new();
    for (kind, day) in &office.papers {
        let (then, now) = (files(&folder.join(format!("out/{kind}-{day}"))), files(&folder.join(format!("again/{kind}-{day}"))));
        assert_eq!(then.len(), 4, "{kind} {day}");
        for ((name, then), (other, now)) in then.iter().zip(&now) {
            assert_eq!(name, other);
            if then != now {
                let shown = if name.ends_with(".json") { first_difference(then, now) } else { String::new() };
                wrong.push(format!("seed {seed}: {kind} {day} {name}\n{shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} papers differ:\n{}", wrong.len(), office.papers.len() * 4, wrong.join("\n"));
}

#[test]
fn every_paper_of_eight_months_can_be_made_again() {
    assert_reproduced(1);
}
