//! `demo`: the two-minute tour. A workspace with a messy inbox, then validate, merge, overdue and lists on it.

use std::path::Path;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::campaign;
use crate::cli::commands::init;
use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::session::OutputFormat;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words::style;
use crate::files::Outputs;
use crate::files::demo::shipped_inbox;
use crate::files::names;
use crate::files::workspace;

const CAMPAIGN: &str = "wushen-2023";
const INBOX: &str = "wushen";
const FOLDER: &str = "qingdan-demo";
/// Says that a folder is a demonstration of ours, so that no real workspace is ever taken for one.
const MARK: &str = ".qingdan-demo";
const AS_OF: (i32, u32, u32) = (2023, 8, 15);
/// Lines shown of the beginning and of the end of each answer.
const FIRST_LINES: usize = 24;
const LAST_LINES: usize = 8;
/// What the tour runs, and what it says before each.
const TOUR: [(&str, &[&str]); 4] = [
    ("一、检查：每个有问题的单元格都指出来", &["validate", "--annotate", "out/退回", "--fail-on", "never"]),
    ("二、合并：每一行都有去处，行数对得上账", &["merge"]),
    ("三、逾期：截至 2023-08-15 谁拖了", &["overdue", "--as-of", "2023-08-15", "-o", "out/逾期.xlsx"]),
    ("四、三清单：可以打印签字的正式表格", &["lists", "--as-of", "2023-08-15", "-o", "out/三清单.xlsx"]),
];

#[derive(Debug, clap::Args)]
#[command(
    about = "两分钟演示：建一个样例工作区，检查、合并、查逾期、出三清单走一遍",
    after_long_help = "\
例子：
  qingdan demo                              在 ./qingdan-demo 里演示
  qingdan demo 试一试"
)]
pub struct Arguments {
    #[arg(value_name = "文件夹", help = "演示工作区放在哪里（默认：qingdan-demo）")]
    folder: Option<PathBuf>,
}

/// Runs a command line as if it had been typed in a workspace.
pub type Replay = fn(&[&str], &Session) -> Result<Report, Stop>;

/// Makes the workspace, unless it is there already, and runs the tour on it.
pub fn run(arguments: &Arguments, session: &Session, replay: Replay) -> Result<Report, Stop> {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new(FOLDER));
    let root = names::absolute(folder, &session.start);
    let campaign = init::find(CAMPAIGN, campaign::shipped())?;
    let existed = root.join(MARK).exists();
    refuse_strangers(&root, existed)?;
    let mut outputs = Outputs::default();
    // What is there stays: somebody may have tried something out in it.
    let mut stage = |path: PathBuf, bytes: &[u8]| if path.exists() { Ok(()) } else { outputs.stage(&path, bytes) };
    stage(root.join(MARK), b"")?;
    stage(root.join(workspace::CAMPAIGN), campaign.yaml.as_bytes())?;
    stage(root.join(init::ROSTER), campaign.units_csv.as_bytes())?;
    let inbox = shipped_inbox(INBOX);
    for (name, bytes) in inbox {
        stage(root.join(workspace::INBOX).join(name), bytes)?;
    }
    outputs.commit()?;

    let shown = names::shown(folder);
    let mut report = Report::clean("");
    report.is_written = true;
    report.result.push_str(&if existed {
        format!("演示工作区 {shown} 已经存在，沿用其中的文件（要从头再来，请换一个文件夹）\n")
    } else {
        format!("演示工作区 {shown}：专项 {CAMPAIGN}，{} 份报送文件，格式各不相同，错误也各不相同\n", inbox.len())
    });
    let (year, month, day) = AS_OF;
    let inside = Session {
        as_of: NaiveDate::from_ymd_opt(year, month, day).unwrap_or(session.as_of),
        format: OutputFormat::Text,
        ..session.in_folder(root)
    };
    for (title, words) in TOUR {
        report.result.push_str(&format!("\n{}\n{}\n", style::bold(title), style::dim(&format!("$ qingdan {}", words.join(" ")))));
        let step = replay(words, &inside)?;
        report.result.push_str(&shortened(&step.result, words));
        // The tour has its own next step; those of its parts would only confuse.
        report.result.push_str(&step.messages);
    }
    report.result.push_str(&format!(
        "\n{}\n  {shown}/ledger.xlsx        台账，用 WPS 或 Excel 打开\n  {shown}/out/三清单.xlsx    问题、任务、责任清单\n  {shown}/out/逾期.xlsx      逾期和临期\n  {shown}/out/退回/          带批注的副本，可以发回各单位\n",
        style::bold("做好的东西")
    ));
    report.exit = ExitCode::Clean;
    report.next_step(format!("cd {shown}，打开 inbox/ 和 ledger.xlsx 对照着看；自己的专项从 qingdan init 开始"));
    Ok(report)
}

/// The beginning and the end of a long answer; a tour that scrolls out of the window shows nothing.
fn shortened(text: &str, words: &[&str]) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(left_out) = lines.len().checked_sub(FIRST_LINES + LAST_LINES).filter(|left_out| *left_out > 0) else {
        return text.to_owned();
    };
    let ends = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let command = words.first().copied().unwrap_or_default();
    let (first, rest) = lines.split_at(FIRST_LINES);
    let last = rest.get(left_out..).unwrap_or_default();
    format!(
        "{}{}\n{}",
        ends(first),
        style::dim(&format!("……这里略去 {left_out} 行；在演示文件夹里运行 qingdan {command} 看全部")),
        ends(last)
    )
}

/// A folder with other things in it is not the place for a demonstration.
fn refuse_strangers(root: &Path, existed: bool) -> Result<(), Failure> {
    if root.is_file() {
        return Err(Failure::impossible(format!("“{}”是一个文件，不是文件夹", names::shown(root)), "请换一个文件夹名"));
    }
    let occupied = !existed && root.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(Failure::impossible(format!("“{}”里已经有别的文件", names::shown(root)), "请换一个空文件夹，例如 qingdan demo 试一试"));
    }
    Ok(())
}
