//! The merge with its guards: the lock, the old ledger with its history, what may not be lost, and ledger and history written together.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::desk::reader::Reader;
use crate::desk::reading::read_each;
use crate::desk::register;
use crate::desk::register::LaidBeside;
use crate::desk::registers;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::documents::ledger::ledger_document;
use crate::documents::personal::Cover;
use crate::documents::unchanged::says_the_same;
use crate::files::InputList;
use crate::files::Lock;
use crate::files::LockRefused;
use crate::files::Outputs;
use crate::files::Skipped;
use crate::files::history::append;
use crate::files::outputs::is_open_elsewhere;
use crate::files::read::read_within;
use crate::files::workspace;
use crate::ledger;
use crate::ledger::Cases;
use crate::ledger::Decided;
use crate::ledger::EarlierIdentity;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::ledger::history;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::records::is_own_sheet;
use crate::render::kept_sheets::keep_sheets;
use crate::rules;
use crate::rules::rule::LedgerContext;
use crate::source::SourceFile;
use crate::tables::OWN;

/// What to merge, and into what.
#[derive(Debug, Clone, Default)]
pub struct MergeRequest {
    /// Submissions; none means the inbox.
    pub paths: Vec<PathBuf>,
    /// The ledger to merge into; none means the target, else the workspace's own.
    pub base: Option<PathBuf>,
    /// Where the result goes; none means the workspace's ledger.
    pub target: Option<PathBuf>,
    /// The date of submissions that carry none.
    pub received: Option<NaiveDate>,
    /// Submissions to take back.
    pub withdraw: Vec<PathBuf>,
    /// Writes nothing.
    pub dry_run: bool,
    /// What others are told of whoever holds the lock.
    pub holder: String,
}

/// What a merge did.
pub struct Merging {
    pub outcome: MergeOutcome,
    /// What the rules say of files and outcome, by place.
    pub diagnostics: Vec<Diagnostic>,
    pub list: InputList,
    /// Name of the ledger that was merged into.
    pub base: Option<String>,
    /// Name of the ledger that was written.
    pub target: String,
    /// `None` after a dry run.
    pub written: Option<Written>,
}

/// What the disk got of it.
pub struct Written {
    /// False where everything stood there already.
    pub is_changed: bool,
    /// Another program seems to have the ledger open and may write its old content over it.
    pub is_open_elsewhere: bool,
    pub notices: Vec<Notice>,
}

/// Merges, and writes ledger and history together.
///
/// # Errors
/// Nothing came, nothing can be read, something would be lost, somebody else is writing, or the disk refuses.
pub fn merge(desk: &Desk, request: &MergeRequest) -> Result<Merging, Refusal> {
    let target = desk.ledger_path(request.target.as_deref());
    let format = papers::table_format(&target)?;
    // Taken before anything is read: what is read must still be true when it is written.
    let lock = if request.dry_run { None } else { take_lock(desk, &target, &request.holder)? };
    let list = inbox::list(&request.paths, request.base.as_deref(), desk)?;
    let named: BTreeSet<String> = request.withdraw.iter().map(|file| desk.workspace.name(&desk.absolute(file))).collect();
    let withdrawn = register::with_enclosed(named, &desk.workspace.history_of(&target), desk)?;
    let is_book_alone = request.paths.is_empty() && (request.base.is_some() || has_book(&target, desk));
    if list.inputs.is_empty() && list.unlisted.is_empty() && withdrawn.is_empty() && !is_book_alone {
        return Err(nothing_came(&request.paths, desk));
    }
    let named_base = request.base.as_deref().map(|named| desk.absolute(named));
    let untouched = list.inputs.iter().map(|input| input.path.as_path());
    let mut outputs = desk.outputs_beside_ledger(untouched.chain(named_base.as_deref().filter(|base| *base != target)));
    outputs.check(&target)?;

    let base = base(named_base, desk, &target)?;
    let Merged { outcome, diagnostics, skipped, .. } =
        merge_values(Round { received: request.received, withdrawn: &withdrawn }, desk, &list, base.as_deref(), &target, |_| ())?;
    let name = desk.workspace.name(&target);
    let base_name = base.as_deref().map(|base| desk.workspace.name(base));
    let mut merging = Merging { outcome, diagnostics, list, base: base_name, target: name, written: None };
    merging.list.skipped.extend(skipped);
    if request.dry_run {
        return Ok(merging);
    }
    let outcome = &merging.outcome;
    let mut notices: Vec<Notice> = unguarded(lock.as_ref()).into_iter().collect();
    // The history first: if the machine stops between the two, the next merge says the same again and nothing is lost.
    let (staged, ledger) = rayon::join(
        || stage_history(outcome, &desk.workspace.history_of(&target), &mut outputs),
        || ledger_bytes(outcome, desk, format, &mut notices),
    );
    staged?;
    let ledger = beside_the_clerks(outcome, format, base.as_deref(), ledger?, &mut notices)?;
    refuse_unreadable(outcome.ledger.hazards.len(), desk, &target, &ledger)?;
    outputs.stage(&target, &ledger)?;
    let is_changed = !outputs.is_empty();
    match lock {
        Some(_) => outputs.commit_together(&desk.workspace.root)?,
        None => outputs.commit()?,
    }
    merging.written = Some(Written { is_changed, is_open_elsewhere: is_open_elsewhere(&target), notices });
    drop(lock);
    Ok(merging)
}

/// The right to write. A workspace that cannot be written to has no other writer either, so what goes elsewhere may go.
fn take_lock(desk: &Desk, target: &Path, holder: &str) -> Result<Option<Lock>, Refusal> {
    match Lock::take(&desk.workspace.root, holder) {
        Ok(lock) => Ok(Some(lock)),
        Err(LockRefused::Failed(_)) if !target.starts_with(&desk.workspace.root) => Ok(None),
        Err(refused) => Err(refused.into()),
    }
}

/// Warns where the file system could not keep a second writer away.
pub fn unguarded(lock: Option<&Lock>) -> Option<Notice> {
    lock.is_some_and(|lock| !lock.is_guarded).then_some(Notice::Unguarded)
}

/// True if there is a ledger to go on with, or a history to make one whole from: then an empty inbox is no failure.
pub fn has_book(target: &Path, desk: &Desk) -> bool {
    target.exists() || desk.workspace.history_of(target).exists()
}

/// Says that there is nothing to merge, and where it was looked for.
pub fn nothing_came(named: &[PathBuf], desk: &Desk) -> Refusal {
    let inbox = [desk.workspace.root.join(workspace::INBOX)];
    let looked = if named.is_empty() { &inbox } else { named };
    Refusal::NothingCame { looked: looked.iter().map(|path| desk.workspace.name(path)).collect() }
}

/// What is merged into: the named base, else what stands under the target's name, else the workspace's ledger. A target
/// that exists is never overwritten by a ledger that does not hold its hazards.
fn base(named: Option<PathBuf>, desk: &Desk, target: &Path) -> Result<Option<PathBuf>, Refusal> {
    match named {
        Some(path) if path.exists() => Ok(Some(path)),
        Some(path) => Err(Refusal::BaseMissing { path }),
        None => Ok([target.to_path_buf(), desk.workspace.ledger()].into_iter().find(|path| path.exists())),
    }
}

/// The outcome of a merge before anything is written.
pub struct Merged<T> {
    pub outcome: MergeOutcome,
    /// What the rules say of files and outcome, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What else was taken from each listed file that counts, in their order.
    pub taken: Vec<T>,
    /// What lies in mails and archives and is no submission.
    pub skipped: Vec<Skipped>,
}

/// What is special about one merge.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    /// Date of submissions that carry none.
    pub received: Option<NaiveDate>,
    /// Files to take back.
    pub withdrawn: &'a BTreeSet<String>,
}

/// Reads each file once, and merges; `take` sees each reading before it is merged.
pub fn merge_values<T: Send>(
    round: Round<'_>,
    desk: &Desk,
    list: &InputList,
    base: Option<&Path>,
    target: &Path,
    take: impl Fn(&FileReading) -> T + Sync,
) -> Result<Merged<T>, Refusal> {
    let ground = desk.ground();
    let read = read_each(list, &Reader::of(desk), |input, source, reading| {
        let hash = inbox::hash_of(input, source).map(|hash| (input.name.clone(), hash));
        (rules::check_file(&reading, ground), take(&reading), hash, reading)
    });
    let (mut submissions, mut diagnostics): (Vec<FileReading>, Vec<Diagnostic>) = Default::default();
    let mut taken: Vec<(Arc<str>, T)> = Vec::new();
    let mut hashes: Vec<(Arc<str>, String)> = Vec::new();
    for (found, took, hash, reading) in read.each {
        diagnostics.extend(found);
        taken.push((reading.file.clone(), took));
        hashes.extend(hash);
        submissions.push(reading);
    }
    for unlisted in inbox::unlisted(list, &desk.workspace.root) {
        diagnostics.extend(rules::check_file(&unlisted, ground));
        submissions.push(unlisted);
    }
    if !submissions.is_empty() && submissions.iter().all(FileReading::is_lost) {
        sort_by_place(&mut diagnostics);
        return Err(Refusal::NothingReadable { diagnostics });
    }
    let mut laid = register::lay_beside(base, target, round.withdrawn, desk)?;
    refuse_to_lose(&laid, desk)?;
    let is_out = |file: &str, hash: &str| round.withdrawn.contains(file) || laid.is_withdrawn(file, hash);
    let passed_over: Vec<Arc<str>> = hashes.iter().filter(|(file, hash)| is_out(file, hash)).map(|(file, _)| file.clone()).collect();
    hashes.retain(|(file, _)| !passed_over.contains(file));
    submissions.retain(|reading| !passed_over.contains(&reading.file));
    diagnostics.retain(|diagnostic| !passed_over.contains(&diagnostic.place.file));
    let taken = taken.into_iter().filter(|(file, _)| !passed_over.contains(file)).map(|(_, took)| took).collect();
    let decided = laid.base.as_mut().map(|base| decide(base, &mut laid.survey.cases, &laid.earlier_identities, ground)).unwrap_or_default();
    let carried = registers::carried_over(&desk.workspace, ground);
    diagnostics.extend(carried.iter().flat_map(|reading| registers::check_carried_file(reading, ground)));
    let mut outcome = ledger::merge(MergeInputs {
        ground,
        base: laid.base.take(),
        carried,
        files: submissions,
        received: round.received,
        assigned: std::mem::take(&mut laid.survey.assigned),
        earlier_identities: std::mem::take(&mut laid.earlier_identities),
        take_over: Some(std::mem::take(&mut laid.take_over)),
        vacant: std::mem::take(&mut laid.vacant),
        joined: laid.survey.cases.joined(),
    });
    (outcome.decisions, outcome.questions) = (decided.lines, decided.questions);
    register::close(&mut outcome, laid, hashes, round.withdrawn, desk.as_of);
    outcome.passed_over = passed_over;
    diagnostics.extend(rules::check_ledger(&LedgerContext { outcome: &outcome, ground, file: &desk.workspace.name(target) }));
    sort_by_place(&mut diagnostics);
    Ok(Merged { outcome, diagnostics, taken, skipped: read.skipped })
}

/// Carries out what the clerk decided in the ledger, and brings the cases up to date.
fn decide(base: &mut FileReading, cases: &mut Cases, earlier: &[EarlierIdentity], ground: Ground<'_>) -> Decided {
    ledger::decide(base, cases, earlier, &ReadingBasis { ground, authority: Authority::Bureau })
}

/// With an empty roster nothing that comes in could be told apart.
fn refuse_to_lose(laid: &LaidBeside, desk: &Desk) -> Result<(), Refusal> {
    if !laid.survey.assigned.is_empty() && desk.roster.units.is_empty() {
        return Err(Refusal::RosterEmptied { roster: desk.workspace.name(&desk.roster_path) });
    }
    Ok(())
}

/// Renders the merged ledger.
pub fn ledger_bytes(outcome: &MergeOutcome, desk: &Desk, format: TableFormat, notices: &mut Vec<Notice>) -> Result<Vec<u8>, Refusal> {
    papers::table(&ledger_document(outcome, &desk.campaign.issuer)?, format, desk.as_of, Cover::NONE, notices)
}

/// The ledger as it is to be written: with the sheets that the clerk added to the workbook that was merged into, and those very
/// bytes when the merge says nothing that does not stand there already.
///
/// # Errors
/// A sheet that the clerk added cannot be carried over; nothing is written then.
pub fn beside_the_clerks(
    outcome: &MergeOutcome,
    format: TableFormat,
    base: Option<&Path>,
    ledger: Vec<u8>,
    notices: &mut Vec<Notice>,
) -> Result<Vec<u8>, Refusal> {
    let old = base.filter(|_| format == TableFormat::Workbook).and_then(|base| read_within(base, Arc::from("ledger"), &OWN).ok());
    let Some(old) = old.map(|file| file.bytes) else { return Ok(ledger) };
    let kept = keep_sheets(&ledger, &old, is_own_sheet).map_err(|why| Refusal::SheetsNotKept { why: why.0 })?;
    let ledger = match kept {
        Some(kept) => {
            notices.extend((!kept.as_values.is_empty()).then_some(Notice::SheetsAsValues(kept.as_values)));
            kept.bytes
        }
        None => ledger,
    };
    let same = outcome.bookkeeping.closing.is_none() && says_the_same(&old, &ledger);
    Ok(if same { old } else { ledger })
}

/// From so many hazards on a ledger is read back before it is written: it may be larger than any file that is read.
const READ_BACK_FROM: usize = 100_000;

/// Makes sure that a large ledger can be read again, before it is written.
///
/// # Errors
/// As those of [`read_again`].
pub fn refuse_unreadable(hazards: usize, desk: &Desk, target: &Path, ledger: &[u8]) -> Result<(), Refusal> {
    if hazards >= READ_BACK_FROM {
        read_again(hazards, desk, target, ledger.to_vec())?;
    }
    Ok(())
}

/// Reads a merged ledger of so many hazards back, so that no merge ends in a book that every other command refuses.
///
/// # Errors
/// It cannot be read; it is not to be written then.
pub fn read_again(hazards: usize, desk: &Desk, target: &Path, ledger: Vec<u8>) -> Result<FileReading, Refusal> {
    let file = SourceFile { name: desk.workspace.name(target).into(), bytes: ledger };
    desk.ledger_of(&file).map_err(|refusal| match refusal {
        Refusal::LedgerUnreadable { why: Some(why), .. } => Refusal::LedgerTooLarge { hazards, why: why.words() },
        other => other,
    })
}

/// Stages the history with the lines of this merge.
pub fn stage_history(outcome: &MergeOutcome, history: &Path, outputs: &mut Outputs) -> Result<(), Refusal> {
    if outcome.bookkeeping.closing.is_some() {
        append(outputs, history, |writer| history::write(outcome.history(), &outcome.bookkeeping, writer))?;
    }
    Ok(())
}
