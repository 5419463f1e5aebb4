//! `why`: where every field of one hazard came from.

use crate::cli::failure::Failure;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::why::WhyJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::suggestion;
use crate::cli::words;
use crate::cli::words::escape;
use crate::cli::words::notice;
use crate::desk::why;
use crate::desk::why::Why;
use crate::ledger::Ledger;

#[derive(Debug, clap::Args)]
#[command(
    about = "说明一条隐患的每一项是哪次报送、哪个文件哪一行填的，以前是什么",
    after_long_help = "\
例子：
  qingdan why wushen-2023-H01-001
  qingdan why wushen-2023-H01-001 --format json"
)]
pub struct Arguments {
    #[arg(value_name = "编号", help = "台账中的编号")]
    id: String,
}

/// Answers from the ledger and `history.jsonl`.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let path = desk.workspace.ledger();
    let ledger = desk.ledger(&path)?;
    let id = arguments.id.trim();
    let joined = why::joined(&path, &desk)?;
    let (asked, id) = (id, joined.survivor(id));
    let hazard = ledger.find(id).ok_or_else(|| unknown(asked, &ledger))?;
    let Why { story, unread_lines } = why::why(hazard, &path, &desk)?;
    let mut report =
        Report::clean(if session.is_json() { json::text(&WhyJson::of(&story, joined.names_of(id)))? } else { words::why::answer(&story) });
    for (name, day) in joined.names_of(id) {
        let day = day.map_or_else(String::new, |day| format!("在 {day} 合并时"));
        report.say(format!("{} 已{day}按台账里的裁定并入 {}", escape::visible(name), escape::visible(id)));
    }
    if !unread_lines.is_empty() {
        report.say(notice::unread_lines(&unread_lines));
    }
    report.next_step("打开来源文件核对；值不对就在下次报送中更正，再运行 qingdan merge");
    Ok(report)
}

fn unknown(id: &str, ledger: &Ledger) -> Failure {
    let near = suggestion::nearest(id, ledger.hazards.iter().map(|hazard| hazard.id.as_str()), 3);
    let help = if near.is_empty() { "编号见台账第一列".to_owned() } else { format!("是不是 {}？", near.join("、")) };
    Failure::usage(format!("台账里没有编号“{}”", escape::short(id, 60)), help)
}
