//! The inbox: what lies in it, read in parallel, one reading per file whatever happens to it; and what it proves of who reported.

use std::panic;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::campaign::Ground;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::open::Progress;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::files::InputList;
use crate::files::InputPath;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::portions;
use crate::files::read_source;
use crate::files::workspace;
use crate::ledger::Mentions;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::FormRow;
use crate::records::ReadingBasis;
use crate::records::form_rows;
use crate::results::Evidence;
use crate::results::obligations::evidence_of_file;
use crate::results::obligations::evidence_of_log;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// Lists the files under the named paths, or in the inbox; perhaps none. Files that the bureau itself keeps are no submissions.
///
/// # Errors
/// A named path does not exist.
pub fn list(named: &[PathBuf], kept: Option<&Path>, desk: &Desk) -> Result<InputList, Refusal> {
    let inbox = desk.workspace.root.join(workspace::INBOX);
    let paths = match named {
        [] => Some(inbox).into_iter().filter(|inbox| inbox.exists()).collect(),
        named => named.to_vec(),
    };
    let carried = desk.carried_path();
    let others = [Some(desk.roster_path.as_path()), kept, carried.as_deref()];
    let own = desk.workspace.own_files(others.into_iter().flatten().map(|path| desk.absolute(path)));
    Ok(list_inputs(&paths, &desk.start, &desk.workspace.root, &own)?)
}

/// Bytes that the records of one run may hold; see `docs/limits.md`.
const RUN_BYTES: u64 = 512 << 20;

/// Reads every listed file, portion by portion, and hands each to `finish`. The order of the list is kept. Files
/// among `ledgers` are the bureau's own word, all others are submissions. Once what is kept fills `RUN_BYTES`, the
/// files that are left are refused by name.
pub fn read_each<T: Send>(
    list: &InputList,
    ground: Ground<'_>,
    watch: Option<fn(Progress)>,
    ledgers: &[PathBuf],
    finish: impl Fn(&InputPath, Option<&SourceFile>, FileReading) -> T + Sync,
) -> Vec<T> {
    let (done, total) = (AtomicUsize::new(0), list.inputs.len());
    let read = |input: &InputPath, full: bool| {
        let finished = match if full { Err(no_room()) } else { read_source(input) } {
            Ok(source) => {
                let authority = if ledgers.contains(&input.path) { Authority::Bureau } else { Authority::Unit };
                let reading = guarded(&source, &ReadingBasis { ground, authority });
                (reading.bytes(), finish(input, Some(&source), reading))
            }
            Err(unreadable) => (0, finish(input, None, FileReading::unreadable(input.name.clone(), unreadable))),
        };
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        watch.into_iter().for_each(|tell| tell(Progress::Read { done, total }));
        finished
    };
    let mut finished: Vec<(usize, T)> = Vec::with_capacity(total);
    let mut kept = 0;
    for portion in portions(&list.inputs) {
        let full = kept > RUN_BYTES;
        let of_portion: Vec<(u64, T)> = portion.par_iter().map(|&index| read(&list.inputs[index], full)).collect();
        kept += of_portion.iter().map(|(bytes, _)| bytes).sum::<u64>();
        finished.extend(portion.into_iter().zip(of_portion.into_iter().map(|(_, one)| one)));
    }
    watch.into_iter().for_each(|tell| tell(Progress::Finished { total }));
    finished.sort_by_key(|(index, _)| *index);
    finished.into_iter().map(|(_, one)| one).collect()
}

/// What is kept of the files before leaves no room for another.
fn no_room() -> Unreadable {
    Unreadable::too_large(format!("这一次读进的内容合计超过 {} MB，请分批合并", RUN_BYTES >> 20))
}

/// A reader that breaks on one file sets that file aside and nothing else.
fn guarded(source: &SourceFile, basis: &ReadingBasis<'_>) -> FileReading {
    panic::catch_unwind(AssertUnwindSafe(|| records::read_file(source, basis))).unwrap_or_else(|_| FileReading {
        document: None,
        file: source.name.clone(),
        content: Err(Unreadable { reason: UnreadableReason::ReaderFailed, detail: String::new() }),
    })
}

/// Gives the folders that could not be listed, as files that could not be read.
pub fn unlisted(list: &InputList, root: &Path) -> Vec<FileReading> {
    let reading = |failure: &crate::files::FileFailure| FileReading {
        document: None,
        file: Arc::from(names::relative_to(&failure.path, root)),
        content: Err(Unreadable { reason: UnreadableReason::NotOpened, detail: failure.to_string() }),
    };
    list.unlisted.iter().map(reading).collect()
}

/// What one file says of duties and hazards.
pub struct Said {
    evidence: Vec<Evidence>,
    mentions: Mentions,
    forms: Vec<FormRow>,
}

impl Said {
    /// Takes it from a file that has been read.
    pub fn of_file(reading: &FileReading, ground: Ground<'_>) -> Said {
        let Ground { campaign, roster, .. } = ground;
        let forms = form_rows(reading, ground);
        Said { evidence: evidence_of_file(reading, &forms, campaign, roster), mentions: Mentions::of_file(reading, roster), forms }
    }
}

/// What came in, and the files it came in.
pub struct CameIn {
    pub evidence: Vec<Evidence>,
    /// Which hazards it names.
    pub mentions: Mentions,
    /// The rows of count forms.
    pub forms: Vec<FormRow>,
    pub files: Vec<PathBuf>,
}

impl CameIn {
    /// Joins what each listed file says and what `submissions.csv` says besides.
    pub fn new(list: InputList, of_files: Vec<Said>, desk: &Desk, notices: &mut Vec<Notice>) -> CameIn {
        let files = list.inputs.into_iter().map(|input| input.path).collect();
        let mut came_in = CameIn { evidence: Vec::new(), mentions: Mentions::default(), forms: Vec::new(), files };
        for said in of_files {
            came_in.evidence.extend(said.evidence);
            came_in.mentions.add(said.mentions);
            came_in.forms.extend(said.forms);
        }
        if let Some((file, log)) = registers::submission_log(&desk.workspace, desk.ground()) {
            came_in.evidence.extend(evidence_of_log(&file, log.submissions()));
            notices.push(Notice::Diagnosed { diagnostics: log.diagnostics, least: Severity::Warning });
            if log.set_aside > 0 {
                notices.push(Notice::RowsSetAside { file, rows: log.set_aside });
            }
        }
        came_in
    }
}

/// Reads the inbox and `submissions.csv`; what could not be counted is told.
///
/// # Errors
/// The inbox cannot be listed.
pub fn gather(desk: &Desk, notices: &mut Vec<Notice>) -> Result<CameIn, Refusal> {
    Ok(gather_with(desk, notices, |_| ())?.0)
}

/// Gathers the same, and takes from each file what `look` sees in it, in the order of the list.
///
/// # Errors
/// The inbox cannot be listed.
pub fn gather_with<T: Send>(
    desk: &Desk,
    notices: &mut Vec<Notice>,
    look: impl Fn(&FileReading) -> T + Sync,
) -> Result<(CameIn, Vec<T>), Refusal> {
    let ground = desk.ground();
    let mut list = list(&[], None, desk)?;
    let each = read_each(&list, ground, desk.watch, &[], |input, _, reading| {
        let said = Said::of_file(&reading, ground);
        let is_lost = reading.is_lost() && said.evidence.is_empty();
        (said, look(&reading), is_lost.then(|| input.name.clone()))
    });
    let (mut said, mut seen, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for (of_file, looked, name) in each {
        said.push(of_file);
        seen.push(looked);
        lost.extend(name);
    }
    notices.push(Notice::Skipped(std::mem::take(&mut list.skipped)));
    if !lost.is_empty() {
        notices.push(Notice::Anonymous(lost));
    }
    notices.extend(std::mem::take(&mut list.unlisted).into_iter().map(Notice::FolderClosed));
    Ok((CameIn::new(list, said, desk, notices), seen))
}
