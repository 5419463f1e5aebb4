//! `verify`: the chain of the history, the ledger that must follow from it, the files it names.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::cli::exit::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::json::verify::VerifyJson;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::print;
use crate::cli::register;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::digest::hex;
use crate::digest::sha256;
use crate::files::read::read_named;
use crate::ledger::register::Difference;
use crate::ledger::register::Survey;
use crate::ledger::register::differences;
use crate::ledger::register::wanted;

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

/// What was found.
pub struct Verified {
    pub lines: u64,
    pub hazards: usize,
    /// Line and reason.
    pub broken: Vec<(u64, &'static str)>,
    /// Lines of old that the next merge seals.
    pub unsealed: u64,
    pub differences: Vec<Difference>,
    /// In the order of their names.
    pub sources: Vec<(String, SourceState)>,
}

/// What became of a file that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    Same,
    Changed,
    /// Not there any more, as files are that went to the archive.
    Gone,
}

impl Verified {
    /// True if everything holds. A file that was put away proves nothing wrong.
    pub fn holds(&self) -> bool {
        self.broken.is_empty() && self.differences.is_empty() && self.sources.iter().all(|(_, state)| *state != SourceState::Changed)
    }
}

/// Reads history, ledger and sources, and says what does not agree.
pub fn run(arguments: &Arguments, session: &Session) -> Result<Report, Failure> {
    let loaded = loading::load(session)?;
    let verified = verify(&loaded.ledger_path(arguments.ledger.as_deref(), session), &loaded, session)?;
    let mut report = Report::clean(if session.is_json() {
        json::text(&VerifyJson::of(&verified))?
    } else {
        print::verify::answer(&verified, session.verbose)
    });
    if !verified.holds() {
        report.exit = ExitCode::Findings;
        report.next_step("历史改过的用备份换回；台账里改过的运行 qingdan merge 记入历史；来源文件改过的请核对是谁改的");
    }
    Ok(report)
}

fn verify(ledger: &Path, loaded: &Loaded, session: &Session) -> Result<Verified, Failure> {
    let history = loaded.workspace.history_of(ledger);
    if !history.exists() && !ledger.exists() {
        return Err(Failure::impossible("还没有台账，也没有历史", "请先运行 qingdan merge"));
    }
    let survey = register::survey(&history, &loaded.campaign, true)?;
    let mut broken = survey.broken.clone();
    broken.extend(survey.foreign.iter().map(|(line, _)| (*line, "编号不是本专项的")));
    if survey.is_empty() {
        broken.push((0, "没有历史"));
    }
    broken.sort_unstable();
    let differences = if ledger.exists() {
        let base = loaded.ledger_reading(ledger, session)?;
        let lines = register::numbered_entries(&history, &wanted(&base, &survey))?;
        differences(&base, &survey, &lines, loaded.ground(session))
    } else {
        let missing = |id: &String| Difference { id: id.clone(), field: "id".to_owned(), ledger: None, history: Some(id.clone()) };
        survey.assigned.iter().map(missing).collect()
    };
    let unsealed = survey.head.unsealed.as_ref().map_or(0, |(lines, _)| *lines);
    Ok(Verified {
        lines: survey.head.lines,
        hazards: survey.assigned.len(),
        broken,
        unsealed,
        differences,
        sources: sources(&survey, loaded),
    })
}

fn sources(survey: &Survey, loaded: &Loaded) -> Vec<(String, SourceState)> {
    let files: Vec<(&String, &String)> = survey.files.iter().collect();
    let state = |(file, hash): &(&String, &String)| {
        let path = loaded.workspace.path(file);
        let state = match read_named(&path, Arc::from(file.as_str())) {
            Ok(source) if hex(&sha256(&source.bytes)) == **hash => SourceState::Same,
            Ok(_) => SourceState::Changed,
            Err(_) if path.exists() => SourceState::Changed,
            Err(_) => SourceState::Gone,
        };
        ((*file).clone(), state)
    };
    files.par_iter().map(state).collect()
}
