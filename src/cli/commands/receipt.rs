//! `receipt`: what came of each unit's newest report, as text to paste, and whom to call.

use std::path::PathBuf;

use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::receipt::ReceiptsJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::Notice;
use crate::desk::receipts;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::files::names;

/// Names of the two files in the folder of `-o`.
const RECEIPTS: &str = "回执.txt";
const CALLS: &str = "催办名单（仅供内部）.txt";

#[derive(Debug, clap::Args)]
#[command(
    about = "给每家的回执：收下几条、退回几条、哪些格子要改、下次什么时候报，可以直接粘贴发出；另附催办名单",
    after_long_help = "\
按各单位最近一次报送写，一家一段，可以粘贴到邮件、微信、短信里；段落里的电话和身份证号按专项定义遮住。
催办名单有完整电话，只供内部用：没报的，和报来的表有错误要改的。退回的条数与 qingdan merge 一致。

例子：
  qingdan receipt                        屏幕上看回执，最后是催办名单
  qingdan receipt -o out/回执            写成两个文件：回执.txt 发出去，催办名单（仅供内部）.txt 自己用
  qingdan receipt -v                     要改的格子全部列出，不只前五处
  qingdan receipt --as-of 2023-06-09 --format json"
)]
pub struct Arguments {
    #[arg(short = 'o', long, value_name = "文件夹", help = "写进这个文件夹：回执和催办名单各一个文件")]
    output: Option<PathBuf>,
}

/// Answers, and writes two files only where `-o` says so.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let (campaign, roster) = (&desk.campaign, &desk.roster);
    let (mut report, mut notices) = (Report::clean(""), Vec::new());
    let answer = receipts::receipts(&desk, &mut notices)?;
    let contacts = registers::contacts(&desk.workspace, desk.ground()).map(|(_, reading)| reading);
    if let Some(reading) = &contacts {
        notices.push(Notice::Diagnosed { diagnostics: reading.diagnostics.clone(), least: Severity::Error });
    }
    report.tell(&notices, session);
    let paragraphs = words::receipt::paragraphs(&answer, campaign, roster, session.verbose);
    let calls = |width| words::receipt::calls(&answer, campaign, roster, contacts.as_ref(), width);
    if let Some(folder) = &arguments.output {
        let folder = names::absolute(folder, &session.start);
        let mut outputs = desk.outputs([]);
        for (name, text) in [(RECEIPTS, &paragraphs), (CALLS, &calls(None))] {
            let target = folder.join(name);
            outputs.stage(&target, text.as_bytes())?;
            report.say(format!("已写入 {}", desk.workspace.name(&target)));
        }
        outputs.commit()?;
        report.is_written = true;
    }
    report.result = match session.is_json() {
        true => json::text(&ReceiptsJson::of(&answer, campaign, roster))?,
        false => words::receipt::answer(&paragraphs, &calls(session.width)),
    };
    if !answer.unplaced.is_empty() {
        report.say(format!("几家合报的文件里有 {} 处问题看不出是哪家的，回执里没有写，见 qingdan validate", answer.unplaced.len()));
    }
    report.next_step(match answer.receipts.iter().any(|receipt| receipt.errors() > 0) {
        true => "连同批注副本一起退回：qingdan validate --annotate out/退回",
        false => "合并进台账：qingdan merge",
    });
    Ok(report)
}
