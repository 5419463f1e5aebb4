//! Whole commands against the same cells read with calamine alone and written with rust_xlsxwriter alone.
//!
//! `cargo bench --bench whole` makes seeded inputs below the target folder, runs `qingdan` and the baseline
//! in turn as processes of their own, and prints wall time, CPU time and peak memory of each with the ratio
//! of the medians. `cargo bench --bench whole -- NAME…` runs the named cases only. Unix only.
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
    /// Read the ledger only.
    Overdue,
    /// Read the ledger, write three lists of all rows.
    Lists,
}

const CASES: [Case; 5] = [
    Case { name: "merge-50x20", workbooks: 50, rows: 20, job: Job::Merge },
    Case { name: "merge-1000x100", workbooks: 1_000, rows: 100, job: Job::Merge },
    Case { name: "merge-1x200000", workbooks: 1, rows: 200_000, job: Job::Merge },
    Case { name: "overdue-100000", workbooks: 1_000, rows: 100, job: Job::Overdue },
    Case { name: "lists-100000", workbooks: 1_000, rows: 100, job: Job::Lists },
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
    if let [mode, folder, workbooks, rows] = arguments.as_slice()
        && mode == "--generate"
    {
        make_workspace(Path::new(folder), workbooks.parse().expect("a number"), rows.parse().expect("a number"));
        return;
    }
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("whole");
    println!("{:<16} {:>22} {:>22} {:>20}   ratio qingdan / baseline", "case", "wall s (qingdan/base)", "cpu s", "peak MiB");
    for case in CASES.iter().filter(|case| arguments.is_empty() || arguments.iter().any(|name| case.name.contains(name.as_str()))) {
        run(case, &root);
    }
}

fn run(case: &Case, root: &Path) {
    let workspace = root.join(format!("{}x{}", case.workbooks, case.rows));
    // In a process of its own: a child starts with its parent's memory on its account.
    let mut generate = Command::new(std::env::current_exe().expect("this program"));
    generate.arg("--generate").arg(&workspace).args([case.workbooks.to_string(), case.rows.to_string()]);
    assert!(generate.status().expect("runs").success());
    let ledger = workspace.join("ledger.xlsx");
    let program = env!("CARGO_BIN_EXE_qingdan");
    let merge = ["merge", "-q", "--as-of", "2023-08-15"];
    if case.job != Job::Merge && !ledger.exists() {
        assert!(Command::new(program).args(merge).current_dir(&workspace).status().expect("runs").success());
    }
    let (mut ours, mut base) = (Vec::new(), Vec::new());
    for _ in 0..=RUNS {
        let mut command = Command::new(program);
        command.current_dir(&workspace);
        match case.job {
            Job::Merge => {
                for name in ["ledger.xlsx", "history.jsonl"] {
                    let _ = fs::remove_file(workspace.join(name));
                }
                command.args(merge);
            }
            Job::Overdue => {
                command.args(["overdue", "-q", "--as-of", "2023-08-15", "--format", "json"]);
            }
            Job::Lists => {
                command.args(["lists", "-q", "--as-of", "2023-08-15", "-o", "lists.xlsx"]);
            }
        }
        ours.push(measured(command));
        let mut other = Command::new(std::env::current_exe().expect("this program"));
        let job = match case.job {
            Job::Merge => "merge",
            Job::Overdue => "overdue",
            Job::Lists => "lists",
        };
        other.arg("--baseline").arg(&workspace).arg(job);
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

struct Figures {
    wall: f64,
    cpu: f64,
    /// MiB
    peak: f64,
}

/// Runs a command and takes the operating system's own account of it.
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
        sheet.write(0, 0, format!("测试第{number}卫生院安全隐患排查整治台账")).expect("fits");
        sheet.write(1, 0, format!("填报单位：测试第{number}卫生院　填报日期：2023年7月14日")).expect("fits");
        for (column, title) in TITLES.iter().enumerate() {
            sheet.write(2, column as u16, *title).expect("fits");
        }
        for row in 0..rows {
            write_row(sheet, row, number, &mut seeded);
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

fn write_row(sheet: &mut rust_xlsxwriter::Worksheet, row: usize, unit: usize, seeded: &mut Seeded) {
    let line = row as u32 + 3;
    let day = 1 + seeded.below(28);
    let due = 1 + seeded.below(28);
    let place = ["门诊楼", "住院部", "配电室", "氧气站", "食堂", "药库", "锅炉房", "地下车库"];
    let thing = ["灭火器压力不足", "疏散通道堆放杂物", "配电箱无标识", "应急照明灯损坏", "燃气软管老化", "氧气瓶未固定", "电线私拉乱接"];
    let status = ["待整改", "整改中", "已整改"];
    let floor = seeded.below(9) + 1;
    let texts: [String; 20] = [
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
    ];
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
    let inputs: Vec<PathBuf> = if job == "merge" {
        let mut files: Vec<PathBuf> =
            fs::read_dir(workspace.join("inbox")).expect("made before").map(|entry| entry.expect("readable").path()).collect();
        files.sort();
        files
    } else {
        vec![ledger]
    };
    let mut out = Workbook::new();
    let copies = match job {
        "merge" => 1,
        "lists" => 3,
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
