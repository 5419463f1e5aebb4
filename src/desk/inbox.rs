//! The inbox: what lies in it, and what it proves of who reported.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::reader::Reader;
use crate::desk::reading::read_each;
use crate::desk::register;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::digest::hex;
use crate::digest::sha256;
use crate::files::InputList;
use crate::files::InputPath;
use crate::files::list_inputs;
use crate::files::names;
use crate::files::workspace;
use crate::ledger::Mentions;
use crate::records::FileReading;
use crate::records::FormRow;
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

/// Gives the folders that could not be listed, as files that could not be read.
pub fn unlisted(list: &InputList, root: &Path) -> Vec<FileReading> {
    let reading = |failure: &crate::files::FileFailure| {
        let why = Unreadable { reason: UnreadableReason::NotOpened, detail: failure.to_string() };
        FileReading::unreadable(Arc::from(names::relative_to(&failure.path, root)), why)
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

/// The hash under which a file stands in the history; of what lies in a mail it is the mail's, which is kept on the disk.
pub fn hash_of(input: &InputPath, source: Option<&SourceFile>) -> Option<String> {
    input.within.or_else(|| source.map(|source| sha256(&source.bytes))).map(|digest| hex(&digest))
}

/// Gathers the same, and takes from each file what `look` sees in it, in the order of the list. A file that was taken back says
/// nothing.
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
    let back = register::taken_back(&desk.workspace.history_of(&desk.workspace.ledger()))?;
    let read = read_each(&list, &Reader::of(desk), |input, source, reading| {
        let is_back = |hash: &String| hash_of(input, source).is_some_and(|known| known == *hash);
        if back.get(input.name.as_ref()).is_some_and(is_back) {
            return None;
        }
        let said = Said::of_file(&reading, ground);
        let is_lost = reading.is_lost() && said.evidence.is_empty();
        Some((said, look(&reading), is_lost.then(|| input.name.clone())))
    });
    let (mut said, mut seen, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    list.skipped.extend(read.skipped);
    for (of_file, looked, name) in read.each.into_iter().flatten() {
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
