//! `why`: where every field of one hazard came from.

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::why::WhyJson;
use crate::cli::loading;
use crate::cli::print;
use crate::cli::print::escape;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::story;
use crate::cli::suggestion;
use crate::ledger::Case;
use crate::ledger::Cases;
use crate::ledger::Ledger;
use crate::ledger::history;

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
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let path = loaded.workspace.ledger();
    let ledger = loaded.ledger(&path, session)?;
    let id = arguments.id.trim();
    let mut entries = Vec::new();
    let mut joins = Vec::new();
    let mut broken = Vec::new();
    crate::files::history::each_line(&loaded.workspace.history_of(&path), |number, line| match history::read(line) {
        Some(entry) if matches!(entry.case, Some(Case::Joined { .. })) => joins.push(entry),
        Some(entry) => entries.push(entry),
        None if line.is_empty() || history::outline(line).is_some() => {}
        None => broken.push(number),
    })?;
    let mut cases = Cases::default();
    joins.iter().for_each(|join| cases.note(&join.line(), false));
    let (asked, id) = (id, cases.survivor(id));
    let hazard = ledger.find(id).ok_or_else(|| unknown(asked, &ledger))?;
    entries.retain(|entry| entry.id == id);
    let story = story::story(hazard, &entries, &loaded.workspace.name(&path));
    let result = if session.is_json() { json::text(&WhyJson::of(&story))? } else { print::why::answer(&story) };
    let mut report = Report::clean(result);
    for join in joins.iter().filter(|join| join.id == asked || cases.survivor(&join.id) == id) {
        if let (Some(Case::Joined { into, .. }), Some(day)) = (&join.case, join.submitted_on) {
            report.say(format!("{} 已在 {day} 合并时按台账里的裁定并入 {}", escape::visible(&join.id), escape::visible(into)));
        }
    }
    if let Some(words) = loading::unread_lines_words(&broken) {
        report.say(words);
    }
    report.next_step("打开来源文件核对；值不对就在下次报送中更正，再运行 qingdan merge");
    Ok(report)
}

fn unknown(id: &str, ledger: &Ledger) -> Failure {
    let near = suggestion::nearest(id, ledger.hazards.iter().map(|hazard| hazard.id.as_str()), 3);
    let help = if near.is_empty() { "编号见台账第一列".to_owned() } else { format!("是不是 {}？", near.join("、")) };
    Failure::usage(format!("台账里没有编号“{}”", escape::short(id, 60)), help)
}
