//! `verify`: the chain of the history, the ledger that must follow from it, the files it names.

use std::path::PathBuf;

use crate::cli::exit::ExitCode;
use crate::cli::failure::Stop;
use crate::cli::json;
use crate::cli::json::verify::VerifyJson;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::words;
use crate::desk::verifying::verify;

#[derive(Debug, clap::Args)]
#[command(
    about = "核对历史：每一行接不接得上，台账是不是照它来的，来源文件改过没有",
    after_long_help = "\
例子：
  qingdan verify                        核对工作区的台账和 history.jsonl
  qingdan verify --format json

history.jsonl 的每一行都记着上一行的指纹；改过、少了、多了一行，都看得出来。只读，不写任何文件。
有一处对不上，退出码为 1。"
)]
pub struct Arguments {
    #[arg(value_name = "台账", help = "台账文件（默认：工作区的台账）")]
    ledger: Option<PathBuf>,
}

/// Answers from history, ledger and sources.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Stop> {
    let desk = session.open()?;
    let verified = verify(&desk.ledger_path(arguments.ledger.as_deref()), &desk)?;
    let mut report = Report::clean(if session.is_json() {
        json::text(&VerifyJson::of(&verified))?
    } else {
        words::verify::answer(&verified, session.verbose)
    });
    if !verified.holds() {
        report.exit = ExitCode::Findings;
        report.next_step("历史改过的用备份换回；台账里改过的运行 qingdan merge 记入历史；来源文件改过的请核对是谁改的");
    }
    Ok(report)
}
