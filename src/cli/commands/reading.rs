//! Reading many files: listed once, read in parallel, one reading per file whatever happens to it.

use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Ground;
use crate::cli::pipeline;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::cli::terminal::Progress;
use crate::diagnostic::Diagnostic;
use crate::files::InputList;
use crate::files::InputPath;
use crate::files::read_source;
use crate::records::FileReading;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// How many skipped files are named; all are counted.
const NAMED: usize = 5;

/// Reads every listed file and hands each to `finish` before the next one of that thread is opened, so that
/// only as many files stand in memory as there are processors. The order of the list is kept. Files among `ledgers` are
/// the bureau's own word, all others are submissions.
pub fn each<T: Send>(
    list: &InputList,
    ground: Ground<'_>,
    session: &Session,
    ledgers: &[PathBuf],
    finish: impl Fn(&InputPath, Option<&SourceFile>, FileReading) -> T + Sync,
) -> Vec<T> {
    let progress = Progress::new(list.inputs.len(), session.progress);
    list.inputs
        .par_iter()
        .map(|input| {
            let finished = match read_source(input) {
                Ok(source) => {
                    let read = if ledgers.contains(&input.path) { pipeline::read_ledger } else { pipeline::read_submission };
                    let reading = guarded(&source, ground, read);
                    finish(input, Some(&source), reading)
                }
                Err(unreadable) => finish(input, None, FileReading { file: input.name.clone(), content: Err(unreadable) }),
            };
            progress.step();
            finished
        })
        .collect()
}

/// A reader that breaks on one file sets that file aside and nothing else.
fn guarded(source: &SourceFile, ground: Ground<'_>, read: fn(&SourceFile, Ground<'_>) -> FileReading) -> FileReading {
    panic::catch_unwind(AssertUnwindSafe(|| read(source, ground))).unwrap_or_else(|_| FileReading {
        file: source.name.clone(),
        content: Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail: String::new() }),
    })
}

/// The folders that could not be listed, as files that could not be read.
pub fn unlisted(list: &InputList, root: &std::path::Path) -> Vec<FileReading> {
    list.unlisted
        .iter()
        .map(|failure| FileReading {
            file: Arc::from(crate::files::names::relative_to(&failure.path, root)),
            content: Err(Unreadable { reason: UnreadableReason::NotOpened, detail: failure.to_string() }),
        })
        .collect()
}

/// Tells which files were passed over, and why.
pub fn tell_skipped(list: &InputList, verbose: bool, report: &mut Report) {
    if list.skipped.is_empty() {
        return;
    }
    report.say(format!("跳过 {} 个不是报送材料的文件：", list.skipped.len()));
    let named = if verbose { usize::MAX } else { NAMED };
    for skipped in list.skipped.iter().take(named) {
        report.say(format!("  {}（{}）", crate::cli::print::escape::visible(&skipped.name), skipped.reason.label()));
    }
    if list.skipped.len() > named {
        report.say(format!("  ……另有 {} 个，加 -v 全部列出", list.skipped.len() - named));
    }
}

/// Numbers of what was read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Volume {
    pub rows: u64,
    pub records: u64,
}

impl Volume {
    /// Of one file.
    pub fn of(reading: &FileReading) -> Volume {
        let Ok(content) = &reading.content else { return Volume::default() };
        Volume {
            rows: content.sheets.iter().flat_map(|sheet| sheet.rows.values()).map(|number| u64::from(*number)).sum(),
            records: content.sheets.iter().map(|sheet| sheet.records.len() as u64).sum(),
        }
    }
}

/// What the rules say of each reading that is no sheet: files and folders that could not be opened.
pub fn check_all(readings: &[FileReading], ground: Ground<'_>) -> Vec<Diagnostic> {
    readings.iter().flat_map(|reading| pipeline::check_file(reading, ground)).collect()
}
