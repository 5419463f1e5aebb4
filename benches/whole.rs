//! Whole commands against the same cells read with calamine alone and written with rust_xlsxwriter alone.
//!
//! `cargo bench --bench whole` makes seeded inputs below the target folder, runs `qingdan` and the baseline
//! in turn as processes of their own, and prints wall time, CPU time and peak memory of each with the ratio
//! of the medians. `cargo bench --bench whole -- NAME…` runs the named cases only; `-- million` runs each command once over a
//! million hazards, without baseline. Unix only.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // A bench is the edge: it reads clocks and files, and prints.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use calamine::DataRef;
use calamine::Reader;
use rust_xlsxwriter::Workbook;

const RUNS: usize = 5;

/// One case: how many workbooks of how many rows, and what is done with them.
struct Case {
    name: &'static str,
    workbooks: usize,
    rows: usize,
    job: Job,
}

#[derive(Clone, Copy, PartialEq)]
enum Job {
    /// Read everything, write one ledger of all rows.
    Merge,
    /// The same once more, into the ledger and history of the time before: nothing is new.
    Again,
    /// Read the ledger only.
    Overdue,
    /// Read the ledger, write three lists of all rows.
    Lists,
    /// Read the ledger with eight months of history and the inbox, write the four papers of a month.
    Report,
    /// Merge, check and write every paper of a day on which the monthly report is due.
    Run,
}

impl Job {
    /// The word for it on the command line of this program.
    fn word(self) -> &'static str {
        match self {
            Job::Merge | Job::Again => "merge",
            Job::Overdue => "overdue",
            Job::Lists => "lists",
            Job::Report => "report",
            Job::Run => "run",
        }
    }

    /// Whether the units have reported every month instead of once.
    fn is_monthly(self) -> bool {
        matches!(self, Job::Report | Job::Run)
    }

    /// The day on which it is run.
    fn as_of(self) -> &'static str {
        if self.is_monthly() { "2023-12-29" } else { "2023-08-15" }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Job::Merge | Job::Again => &["merge"],
            Job::Overdue => &["overdue", "--format", "json"],
            Job::Lists => &["lists", "-o", "lists.xlsx"],
            Job::Report => &["report", "monthly", "--papers", "papers"],
            Job::Run => &["run", "--fail-on", "never"],
        }
    }
}

const CASES: [Case; 9] = [
    Case { name: "merge-50x20", workbooks: 50, rows: 20, job: Job::Merge },
    Case { name: "merge-1000x100", workbooks: 1_000, rows: 100, job: Job::Merge },
    Case { name: "again-1000x100", workbooks: 1_000, rows: 100, job: Job::Again },
    Case { name: "merge-1x200000", workbooks: 1, rows: 200_000, job: Job::Merge },
    Case { name: "overdue-100000", workbooks: 1_000, rows: 100, job: Job::Overdue },
    Case { name: "lists-100000", workbooks: 1_000, rows: 100, job: Job::Lists },
    Case { name: "report-50x20", workbooks: 50, rows: 20, job: Job::Report },
    Case { name: "report-1000x100", workbooks: 1_000, rows: 100, job: Job::Report },
    Case { name: "run-1000x100", workbooks: 1_000, rows: 100, job: Job::Run },
];

/// The twenty columns of a generated submission.
const TITLES: [&str; 20] = [
    "序号",
    "单位名称",
    "类别",
    "隐患部位",
    "隐患描述",
    "隐患等级",
    "依据",
    "隐患来源",
    "发现日期",
    "排查人",
    "整改措施",
    "责任领导",
    "责任部门",
    "责任人",
    "联系电话",
    "整改资金（万元）",
    "整改期限",
    "整改状态",
    "整改完成日期",
    "备注",
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [mode, folder, job] = arguments.as_slice()
        && mode == "--baseline"
    {
        baseline(Path::new(folder), job);
        return;
    }
    if let [mode, folder, workbooks, rows] = arguments.as_slice() {
        let (workbooks, rows) = (workbooks.parse().expect("a number"), rows.parse().expect("a number"));
        match mode.as_str() {
            "--generate" => return make_workspace(Path::new(folder), workbooks, rows),
            "--generate-months" => return make_months(Path::new(folder), workbooks, rows),
            "--generate-book" => return make_book(Path::new(folder), workbooks, rows),
            _ => {}
        }
    }
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("whole");
    if arguments.iter().any(|name| name == "million") {
        return million(&root.join("million"));
    }
    println!("{:<16} {:>22} {:>22} {:>20}   ratio qingdan / baseline", "case", "wall s (qingdan/base)", "cpu s", "peak MiB");
    for case in CASES.iter().filter(|case| arguments.is_empty() || arguments.iter().any(|name| case.name.contains(name.as_str()))) {
        run(case, &root);
    }
}

fn run(case: &Case, root: &Path) {
    let monthly = case.job.is_monthly();
    let workspace = root.join(format!("{}x{}{}", case.workbooks, case.rows, if monthly { "-months" } else { "" }));
    // In a process of its own: a child starts with its parent's memory on its account.
    let mut generate = Command::new(std::env::current_exe().expect("this program"));
    generate
        .arg(if monthly { "--generate-months" } else { "--generate" })
        .arg(&workspace)
        .args([case.workbooks.to_string(), case.rows.to_string()]);
    assert!(generate.status().expect("runs").success());
    let ledger = workspace.join("ledger.xlsx");
    let program = env!("CARGO_BIN_EXE_qingdan");
    let merge = ["merge", "-q", "--as-of", case.job.as_of()];
    if case.job != Job::Merge && !ledger.exists() {
        assert!(Command::new(program).args(merge).current_dir(&workspace).status().expect("runs").success());
    }
    let (mut ours, mut base) = (Vec::new(), Vec::new());
    for _ in 0..=RUNS {
        let mut command = Command::new(program);
        command.current_dir(&workspace);
        if case.job == Job::Merge {
            for name in ["ledger.xlsx", "history.jsonl"] {
                let _ = fs::remove_file(workspace.join(name));
            }
        }
        command.args(case.job.arguments()).args(["-q", "--as-of", case.job.as_of()]);
        ours.push(measured(command));
        let mut other = Command::new(std::env::current_exe().expect("this program"));
        other.arg("--baseline").arg(&workspace).arg(case.job.word());
        base.push(measured(other));
    }
    // The first pair warms the caches.
    let middle = |runs: &[Figures], figure: fn(&Figures) -> f64| {
        let mut values: Vec<f64> = runs[1..].iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let show = |figure: fn(&Figures) -> f64| (middle(&ours, figure), middle(&base, figure));
    let (wall, cpu, peak) = (show(|run| run.wall), show(|run| run.cpu), show(|run| run.peak));
    println!(
        "{:<16} {:>10.3} / {:>9.3} {:>10.3} / {:>9.3} {:>9.0} / {:>8.0}   wall {:.2}  cpu {:.2}  peak {:.2}",
        case.name,
        wall.0,
        wall.1,
        cpu.0,
        cpu.1,
        peak.0,
        peak.1,
        wall.0 / wall.1,
        cpu.0 / cpu.1,
        peak.0 / peak.1
    );
}

/// A ledger of a million hazards: begun from a CSV file that is the bureau's own, merged into once more, and read by the others.
fn million(workspace: &Path) {
    let mut generate = Command::new(std::env::current_exe().expect("this program"));
    generate.arg("--generate-book").arg(workspace).args(["1000", "1000"]);
    assert!(generate.status().expect("runs").success());
    for name in ["ledger.xlsx", "history.jsonl"] {
        let _ = fs::remove_file(workspace.join(name));
    }
    let commands: [&[&str]; 6] = [
        &["merge", "--base", "book.csv"],
        &["merge"],
        &["overdue", "--format", "json"],
        &["status"],
        &["lists", "-o", "lists.xlsx"],
        &["report", "monthly"],
    ];
    println!("{:<28} {:>8} {:>8} {:>10}", "1,000,000 hazards", "wall s", "CPU s", "peak MiB");
    for arguments in commands {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qingdan"));
        command.current_dir(workspace).args(arguments).args(["-q", "--as-of", "2023-08-15"]);
        let Figures { wall, cpu, peak } = measured(command);
        println!("{:<28} {wall:>8.1} {cpu:>8.1} {peak:>10.0}", arguments.join(" "));
    }
}

/// A workspace with an empty inbox, and beside it a ledger in CSV of so many units and rows of each.
fn make_book(workspace: &Path, units: usize, rows: usize) {
    if workspace.join("book.csv").exists() {
        return;
    }
    make_workspace(workspace, units, 0);
    fs::remove_dir_all(workspace.join("inbox")).expect("was made");
    let mut book = TITLES.join(",");
    let mut seeded = Seeded(0x51A6_D00D_1234_5678);
    for row in 0..rows {
        for unit in 0..units {
            book.push('\n');
            book.push_str(&texts(row, unit, &mut seeded).join(","));
        }
    }
    fs::write(workspace.join("book.csv"), book).expect("can be written");
}

struct Figures {
    wall: f64,
    cpu: f64,
    /// MiB
    peak: f64,
}

/// Runs a command and takes the operating system's own account of it.
#[allow(unsafe_code)] // The account of one child is asked for through C.
#[allow(clippy::zombie_processes)] // wait4 below reaps the child and takes its account.
fn measured(mut command: Command) -> Figures {
    command.stdout(std::process::Stdio::null());
    let start = Instant::now();
    let child = command.spawn().expect("starts");
    let mut status = 0;
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let reaped = unsafe { libc::wait4(child.id() as libc::pid_t, &raw mut status, 0, &raw mut usage) };
    let wall = start.elapsed().as_secs_f64();
    assert!(reaped > 0 && libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, "{command:?} failed");
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Figures { wall, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: usage.ru_maxrss as f64 / 1024.0 }
}

/// A small deterministic generator (xorshift), so that the inputs are the same everywhere.
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
}

fn make_workspace(workspace: &Path, workbooks: usize, rows: usize) {
    if workspace.join("campaign.yaml").exists() {
        return;
    }
    let inbox = workspace.join("inbox");
    fs::create_dir_all(&inbox).expect("can be made");
    let mut roster = String::from("编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n");
    let mut seeded = Seeded(0x51A6_D00D_1234_5678);
    for number in 0..workbooks {
        roster.push_str(&format!("U{number:04},测试第{number}卫生院,,卫生院,,,,\n"));
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        write_head(sheet, number, "2023年7月14日");
        for row in 0..rows {
            let texts = texts(row, number, &mut seeded);
            write_row(sheet, row as u32 + 3, row, &texts, &mut seeded);
        }
        book.save(inbox.join(format!("台账{number:04}.xlsx"))).expect("can be saved");
    }
    fs::write(workspace.join("units.csv"), roster).expect("can be written");
    fs::write(
        workspace.join("campaign.yaml"),
        "campaign: bench-2023\ntitle: 测试专项行动\nissuer: 测试卫健委\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n",
    )
    .expect("can be written");
}

/// Months in which the units report.
const MONTHS: usize = 8;

/// The campaign of units that report every month.
const MONTHLY_CAMPAIGN: &str = "\
campaign: bench-2023
title: 测试专项行动
issuer: 测试卫健委
period: {start: 2023-05-01, end: 2023-12-31}
units: units.csv
submissions: incremental
phases:
  - {id: self-check, name: 自查自改阶段, start: 2023-05-01, end: 2023-07-31}
  - {id: enforce, name: 精准执法阶段, start: 2023-08-01, end: 2023-10-31}
  - {id: conclude, name: 总结提高阶段, start: 2023-11-01, end: 2023-12-31}
obligations:
  - {id: ledger, name: 隐患台账, from: units, to: 测试卫健委, every: FREQ=MONTHLY;BYMONTHDAY=28, start: 2023-05-01, fulfilled_by: ledger}
  - {id: weekly, name: 周统计, from: units, to: 测试卫健委, every: FREQ=WEEKLY;BYDAY=FR, start: 2023-05-01, fulfilled_by: ledger}
categories:
  - {id: fire, name: 消防, synonyms: [消防安全, 火灾, 消防设施]}
  - {id: electricity, name: 电气, synonyms: [电气安全, 用电安全]}
  - {id: gas, name: 燃气, synonyms: [燃气安全, 液化气, 天然气]}
  - {id: chemicals, name: 危险化学品, synonyms: [危化品, 危险化学品安全]}
levels:
  general: {name: 一般, rectify_within: 15d}
  major: {name: 重大, requires: [responsible, measure, funds, deadline, plan], interim_control: required}
scoring:
  full: 100
  items:
    - {measure: reported_in_time, points: 40}
    - {measure: rectified_in_time, points: 40}
    - {measure: overdue, points: 20, each: 1}
reports:
  - {kind: monthly, every: FREQ=MONTHLY;BYMONTHDAY=29}
";

/// A workspace whose units have reported every month: what they found since, and what became of the hazards of the month before.
fn make_months(workspace: &Path, units: usize, rows: usize) {
    if workspace.join("campaign.yaml").exists() {
        return;
    }
    let mut roster = String::from("编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\n");
    for unit in 0..units {
        roster.push_str(&format!("U{unit:04},测试第{unit}卫生院,,卫生院,,第{}督查组,,\n", unit % 8 + 1));
    }
    for month in 0..MONTHS {
        let inbox = workspace.join("inbox").join(format!("{}月", month + 5));
        fs::create_dir_all(&inbox).expect("can be made");
        for unit in 0..units {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            write_head(sheet, unit, &format!("2023年{}月{}日", month + 5, 20 + unit % 10));
            let found_in = |row: usize| row * MONTHS / rows;
            for (line, row) in (0..rows).filter(|row| found_in(*row) == month || found_in(*row) + 1 == month).enumerate() {
                // The same hazard has the same words in both months.
                let mut seeded = Seeded(0x51A6_D00D_1234_5678 ^ ((unit * rows + row) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                let mut texts = texts(row, unit, &mut seeded);
                let found = found_in(row) + 5;
                texts[8] = format!("2023-{found:02}-{:02}", 1 + seeded.below(20));
                texts[16] = format!("2023年{}月{}日", (found + 1).min(12), 1 + seeded.below(28));
                if found_in(row) == month {
                    texts[17] = seeded.pick(&["待整改", "整改中"]).to_owned();
                } else if seeded.below(4) > 0 {
                    texts[17] = "已整改".to_owned();
                    texts[18] = format!("2023-{:02}-{:02}", month + 5, 1 + seeded.below(19));
                } else {
                    texts[17] = "整改中".to_owned();
                }
                write_row(sheet, line as u32 + 3, row, &texts, &mut Seeded(row as u64 + 1));
            }
            book.save(inbox.join(format!("台账{unit:04}.xlsx"))).expect("can be saved");
        }
    }
    fs::write(workspace.join("units.csv"), roster).expect("can be written");
    fs::write(workspace.join("campaign.yaml"), MONTHLY_CAMPAIGN).expect("can be written");
}

fn write_head(sheet: &mut rust_xlsxwriter::Worksheet, unit: usize, filled_on: &str) {
    sheet.write(0, 0, format!("测试第{unit}卫生院安全隐患排查整治台账")).expect("fits");
    sheet.write(1, 0, format!("填报单位：测试第{unit}卫生院　填报日期：{filled_on}")).expect("fits");
    for (column, title) in TITLES.iter().enumerate() {
        sheet.write(2, column as u16, *title).expect("fits");
    }
}

fn texts(row: usize, unit: usize, seeded: &mut Seeded) -> [String; 20] {
    let day = 1 + seeded.below(28);
    let due = 1 + seeded.below(28);
    let place = ["门诊楼", "住院部", "配电室", "氧气站", "食堂", "药库", "锅炉房", "地下车库"];
    let thing = ["灭火器压力不足", "疏散通道堆放杂物", "配电箱无标识", "应急照明灯损坏", "燃气软管老化", "氧气瓶未固定", "电线私拉乱接"];
    let status = ["待整改", "整改中", "已整改"];
    let floor = seeded.below(9) + 1;
    [
        String::new(),
        format!("测试第{unit}卫生院"),
        seeded.pick(&["消防安全", "用电安全", "燃气安全", "危化品"]).to_owned(),
        format!("{}{floor}层", seeded.pick(&place)),
        format!("{}第{row}处{}", seeded.pick(&place), seeded.pick(&thing)),
        seeded.pick(&["一般", "一般", "一般", "重大"]).to_owned(),
        "消防法第十六条".to_owned(),
        seeded.pick(&["自查", "部门检查", "督办"]).to_owned(),
        format!("2023-06-{day:02}"),
        seeded.pick(&["赵甲", "钱乙", "孙丙", "李丁"]).to_owned(),
        format!("{}并复查", seeded.pick(&["立即更换", "清理通道", "张贴标识", "联系厂家检修"])),
        seeded.pick(&["周院长", "吴院长"]).to_owned(),
        seeded.pick(&["总务科", "保卫科", "设备科"]).to_owned(),
        seeded.pick(&["郑戊", "王己", "冯庚"]).to_owned(),
        format!("1380000{:04}", seeded.below(10_000)),
        String::new(),
        format!("2023年8月{due}日"),
        seeded.pick(&status).to_owned(),
        String::new(),
        format!("第{row}条"),
    ]
}

fn write_row(sheet: &mut rust_xlsxwriter::Worksheet, line: u32, row: usize, texts: &[String; 20], seeded: &mut Seeded) {
    for (column, text) in texts.iter().enumerate() {
        match column {
            0 => sheet.write(line, 0, row as f64 + 1.0).map(|_| ()).expect("fits"),
            15 => sheet.write(line, 15, (seeded.below(50)) as f64 / 10.0).map(|_| ()).expect("fits"),
            _ if text.is_empty() => {}
            _ => sheet.write(line, column as u16, text.as_str()).map(|_| ()).expect("fits"),
        }
    }
}

/// The same cells with the two libraries alone: read with calamine's streaming reader, write in constant memory.
fn baseline(workspace: &Path, job: &str) {
    let ledger = workspace.join("ledger.xlsx");
    let inbox = || {
        let mut files = Vec::new();
        files_below(&workspace.join("inbox"), &mut files);
        files.sort();
        files
    };
    let inputs: Vec<PathBuf> = match job {
        "merge" => inbox(),
        "report" | "run" => {
            // The inbox says who reported; only the ledger's hazards stand in a paper.
            copy_cells(&inbox(), None);
            vec![ledger]
        }
        _ => vec![ledger],
    };
    let mut out = Workbook::new();
    let copies = match job {
        "merge" | "report" => 1,
        "lists" => 3,
        // The ledger again, the overdue, the three lists, the statistics.
        "run" => 6,
        _ => 0,
    };
    for copy in 0..copies.max(1) {
        let sheet = (copies > 0).then(|| out.add_worksheet_with_constant_memory().expect("a new sheet"));
        copy_cells(&inputs, sheet);
        if copies == 0 || copy + 1 == copies {
            break;
        }
    }
    if copies > 0 {
        out.save(workspace.join("baseline.xlsx")).expect("can be saved");
    }
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("made before") {
        let path = entry.expect("readable").path();
        if path.is_dir() { files_below(&path, files) } else { files.push(path) }
    }
}

fn copy_cells(inputs: &[PathBuf], mut sheet: Option<&mut rust_xlsxwriter::Worksheet>) {
    let mut line = 0u32;
    for path in inputs {
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).expect("opens");
        let name = book.sheet_names().first().cloned().expect("has a sheet");
        let mut reader = book.worksheet_cells_reader(&name).expect("reads");
        let (first, mut last) = (line, line);
        while let Ok(Some(cell)) = reader.next_cell() {
            let (row, column) = cell.get_position();
            let Some(sheet) = sheet.as_deref_mut() else { continue };
            last = first + row;
            match cell.get_value() {
                DataRef::String(text) => sheet.write_string(last, column as u16, text.as_str()).map(|_| ()).expect("fits"),
                DataRef::SharedString(text) => sheet.write_string(last, column as u16, *text).map(|_| ()).expect("fits"),
                DataRef::Float(number) => sheet.write_number(last, column as u16, *number).map(|_| ()).expect("fits"),
                DataRef::DateTime(moment) => sheet.write_number(last, column as u16, moment.as_f64()).map(|_| ()).expect("fits"),
                _ => {}
            }
        }
        line = last + 1;
    }
}
