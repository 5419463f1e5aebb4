//! `template`: one workbook a unit to be filled in, with what it has open.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::unit;
use crate::cli::words;
use crate::desk::issuing;
use crate::desk::issuing::Wanted;
use crate::desk::receipts;
use crate::files::names;

#[derive(Debug, clap::Args)]
#[command(
    about = "发给各单位填的表：每家一份，列好还没有销号的隐患，有下拉框；没有变化的打一个勾就行",
    after_long_help = "\
每份表有四部分：填表说明（下次什么时候报、上次报的怎么样）、台账（本单位还没有销号的隐患，编号已填好，
后面留着新1、新2……）、统计表（专项要的）、联系人回执。单位只填白色的格子；填好发回，放进 inbox/ 合并。
没有改过的格子不算单位这次报的，所以发出以后台账又改了的，不会被旧表改回去。删掉的行会问，不会当作整改好。

例子：
  qingdan template                          名册里每家一份，放进 out/填报表
  qingdan template -o out/8月填报表
  qingdan template --unit 城关镇卫生院      只要一家（可以写几次）
  qingdan template --blank                  一份空白的，哪家都能填"
)]
pub struct Arguments {
    #[arg(short = 'o', long, value_name = "文件夹", help = "放进这个文件夹（默认：out/填报表）")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "单位", conflicts_with = "blank", help = "只要这个单位的（全称或名册里的简称），可以写几次")]
    unit: Vec<String>,
    #[arg(long, help = "一份空白的，不写单位和隐患")]
    blank: bool,
}

/// Where forms go when nothing else is said.
const FOLDER: &str = "out/填报表";

/// Writes the forms.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let units = arguments.unit.iter().map(|written| unit::named(written, &desk.roster)).collect::<Result<Vec<usize>, _>>()?;
    let wanted = match (arguments.blank, units.is_empty()) {
        (true, _) => Wanted::Blank,
        (false, true) => Wanted::Units((0..desk.roster.units.len()).collect()),
        (false, false) => Wanted::Units(units),
    };
    let folder = arguments.output.as_deref().map_or_else(|| desk.workspace.path(FOLDER), |folder| names::absolute(folder, &session.start));
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    let receipts = receipts::receipts(&desk, &mut Vec::new())?;
    let told = |unit: usize| words::receipt::told(&receipts, unit, &desk.campaign, &desk.roster, desk.as_of);
    let issued = issuing::issue(&folder, &wanted, &told, &desk, &mut notices)?;
    report.tell(&notices, session);
    let mut outputs = desk.outputs([]);
    for form in &issued {
        outputs.stage(&form.target, &form.bytes)?;
    }
    outputs.commit()?;
    report.is_written = true;
    report.result = match session.is_json() {
        true => json::text(&json::template::TemplateJson::of(&issued, &desk))?,
        false => words::template::answer(&issued, &desk.workspace.name(&folder)),
    };
    report.next_step("发给各单位；收回的放进 inbox/，再运行 qingdan merge");
    Ok(report)
}
