//! `init`: a new workspace that runs as it stands, from a shipped campaign.

use std::path::Path;
use std::path::PathBuf;

use crate::campaign;
use crate::campaign::Shipped;
use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::files::Outputs;
use crate::files::demo::shipped_inbox;
use crate::files::names;
use crate::files::workspace;
use crate::source::SourceFile;

/// The campaign that a new workspace starts from when none is named.
const DEFAULT: &str = "wushen-2023";
/// What every shipped campaign calls its roster.
pub const ROSTER: &str = "units.csv";

#[derive(Debug, clap::Args)]
#[command(
    about = "新建工作区：从随附的专项方案抄一份 campaign.yaml 和名册，带几份样例",
    after_long_help = "\
例子：
  qingdan init 专项                         在文件夹“专项”里新建
  qingdan init 专项 --from wushen-2023      从指定的随附方案开始
  qingdan init --list                       列出随附的方案"
)]
pub struct Arguments {
    #[arg(value_name = "文件夹", help = "工作区放在哪里（默认：当前文件夹）")]
    folder: Option<PathBuf>,
    #[arg(long, value_name = "方案", help = "随附方案的名称（默认：wushen-2023）")]
    from: Option<String>,
    #[arg(long, help = "列出随附的方案")]
    list: bool,
}

/// Writes the workspace; touches nothing that is already there.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let shipped = campaign::shipped();
    if arguments.list {
        return Ok(Report::clean(shipped.iter().map(|campaign| format!("{}  {}\n", campaign.name, title(campaign))).collect::<String>()));
    }
    let name = arguments.from.as_deref().unwrap_or(DEFAULT);
    let campaign = find(name, shipped)?;
    let folder = names::absolute(arguments.folder.as_deref().unwrap_or(Path::new(".")), &session.start);
    refuse_occupied(&folder)?;
    let mut outputs = Outputs::default();
    stage_campaign(campaign, &folder, &mut outputs)?;
    let samples = shipped_inbox(&format!("{}-small", campaign.name));
    for (name, bytes) in samples {
        outputs.stage(&folder.join(workspace::INBOX).join(name), bytes)?;
    }
    outputs.commit()?;
    let shown = arguments.folder.as_deref().map(names::shown);
    let carried = campaign.carry_over.map_or_else(String::new, |(name, _)| format!("  {name}  上期结转：前一次行动的台账，合并时一起读\n"));
    let mut report = Report::clean(format!(
        "已建好工作区 {}\n  {}  专项定义：改成自己的专项名称、日期和要求\n  {}  单位名册：换成自己的单位\n{carried}  {}/  报送文件放这里，里面有 {} 份样例可以先试\n",
        shown.as_deref().unwrap_or("（当前文件夹）"),
        workspace::CAMPAIGN,
        ROSTER,
        workspace::INBOX,
        samples.len()
    ));
    report.is_written = true;
    let enter = shown.map(|folder| format!("cd {folder}，然后 ")).unwrap_or_default();
    report.next_step(format!("{enter}qingdan validate 检查，qingdan merge 合并；改 campaign.yaml 时可用 qingdan schema 让编辑器帮忙"));
    Ok(report)
}

/// The title that a shipped campaign gives itself.
fn title(shipped: &Shipped) -> String {
    let file = SourceFile { name: workspace::CAMPAIGN.into(), bytes: shipped.yaml.as_bytes().to_vec() };
    campaign::read_campaign(&file).campaign.map_or_else(String::new, |campaign| campaign.title)
}

/// The shipped campaign of this name.
pub fn find<'a>(name: &str, shipped: &'a [Shipped]) -> Result<&'a Shipped, Failure> {
    shipped.iter().find(|campaign| campaign.name == name).ok_or_else(|| {
        let near = suggestion::nearest(name, shipped.iter().map(|campaign| campaign.name), 2);
        let help = if near.is_empty() { String::new() } else { format!("是不是 {}？", near.join("、")) };
        let all: Vec<&str> = shipped.iter().map(|campaign| campaign.name).collect();
        Failure::usage(format!("没有随附的方案“{name}”"), format!("{help}可用的有：{}", all.join("、")))
    })
}

/// Stages `campaign.yaml`, its roster, and the ledger of an earlier drive where it names one.
pub fn stage_campaign(campaign: &Shipped, folder: &Path, outputs: &mut Outputs) -> Result<(), Stop> {
    outputs.stage(&folder.join(workspace::CAMPAIGN), campaign.yaml.as_bytes())?;
    outputs.stage(&folder.join(ROSTER), campaign.units_csv.as_bytes())?;
    if let Some((name, text)) = campaign.carry_over {
        outputs.stage(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

fn refuse_occupied(folder: &Path) -> Result<(), Failure> {
    let carried = campaign::shipped().iter().filter_map(|shipped| shipped.carry_over).map(|(name, _)| name);
    let ours = [
        workspace::CAMPAIGN,
        ROSTER,
        workspace::INBOX,
        workspace::SUBMISSIONS,
        workspace::TASKS,
        workspace::CONTACTS,
        workspace::NOTICES,
        workspace::LEDGER,
        workspace::LEDGER_CSV,
        workspace::HISTORY,
        workspace::OUT,
    ];
    let taken: Vec<&str> = ours.into_iter().chain(carried).filter(|name| folder.join(name).exists()).collect();
    if folder.is_file() {
        return Err(Failure::impossible(format!("“{}”是一个文件，不是文件夹", names::shown(folder)), "请换一个文件夹名"));
    }
    if taken.is_empty() {
        return Ok(());
    }
    Err(Failure::impossible(
        format!("“{}”里已经有 {}，不能覆盖", names::shown(folder), taken.join("、")),
        "请换一个文件夹，例如 qingdan init 新专项",
    ))
}
