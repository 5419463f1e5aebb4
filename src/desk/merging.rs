//! The merge with its guards: the lock, the old ledger with its history, what may not be lost, and ledger and history written together.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::desk::registers;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::documents::ledger::ledger_document;
use crate::documents::unchanged::says_the_same;
use crate::files::InputList;
use crate::files::Lock;
use crate::files::LockRefused;
use crate::files::Outputs;
use crate::files::history::append;
use crate::files::history::each_line;
use crate::files::outputs::is_open_elsewhere;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::ledger;
use crate::ledger::EarlierIdentity;
use crate::ledger::LastSaid;
use crate::ledger::MergeInputs;
use crate::ledger::MergeOutcome;
use crate::ledger::Suspect;
use crate::ledger::history;
use crate::records::FileContent;
use crate::records::FileReading;
use crate::rules;
use crate::rules::rule::LedgerContext;
use crate::vocabulary::Field;

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
    if list.inputs.is_empty() && list.unlisted.is_empty() {
        return Err(nothing_came(&request.paths, desk));
    }
    let named_base = request.base.as_deref().map(|named| desk.absolute(named));
    let untouched = list.inputs.iter().map(|input| input.path.as_path());
    let mut outputs = desk.outputs_beside_ledger(untouched.chain(named_base.as_deref().filter(|base| *base != target)));
    outputs.check(&target)?;

    let base = base(named_base, desk, &target)?;
    let Merged { outcome, diagnostics, .. } = merge_values(request.received, desk, &list, base.as_deref(), &target, |_| ())?;
    let name = desk.workspace.name(&target);
    let base_name = base.as_deref().map(|base| desk.workspace.name(base));
    let mut merging = Merging { outcome, diagnostics, list, base: base_name, target: name, written: None };
    if request.dry_run {
        return Ok(merging);
    }
    let outcome = &merging.outcome;
    let mut notices = Vec::new();
    // The history first: if the machine stops between the two, the next merge says the same again and nothing is lost.
    let (staged, ledger) = rayon::join(
        || stage_history(outcome, &desk.workspace.history_of(&target), &mut outputs),
        || ledger_bytes(outcome, desk, format, &mut notices),
    );
    staged?;
    let ledger = ledger?;
    let ledger = unchanged(outcome, format, base.as_deref(), &ledger).unwrap_or(ledger);
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
    /// What else was taken from each listed file, in their order.
    pub taken: Vec<T>,
}

/// Reads each file once, and merges; `take` sees each reading before it is merged.
pub fn merge_values<T: Send>(
    received: Option<NaiveDate>,
    desk: &Desk,
    list: &InputList,
    base: Option<&Path>,
    target: &Path,
    take: impl Fn(&FileReading) -> T + Sync,
) -> Result<Merged<T>, Refusal> {
    let ground = desk.ground();
    let each = inbox::read_each(list, ground, desk.watch, &[], |_, _, reading| {
        let (findings, taken) = (rules::check_file(&reading, ground), take(&reading));
        (reading, (findings, taken))
    });
    let (mut submissions, each): (Vec<FileReading>, Vec<(Vec<Diagnostic>, T)>) = each.into_iter().unzip();
    let (diagnostics, taken): (Vec<Vec<Diagnostic>>, Vec<T>) = each.into_iter().unzip();
    let mut diagnostics = diagnostics.concat();
    for unlisted in inbox::unlisted(list, &desk.workspace.root) {
        diagnostics.extend(rules::check_file(&unlisted, ground));
        submissions.push(unlisted);
    }
    if !submissions.is_empty() && submissions.iter().all(|reading| reading.content.is_err()) {
        sort_by_place(&mut diagnostics);
        return Err(Refusal::NothingReadable { diagnostics });
    }
    let Remembered { assigned, last_said, moved } = remembered(base, desk, target)?;
    let base_reading = base.map(|path| desk.ledger_reading(path)).transpose()?;
    if let Some(reading) = &base_reading {
        refuse_to_lose(reading, &assigned, desk)?;
    }
    let suspects = base_reading.as_ref().map(|reading| ledger::suspects(reading, &last_said, ground.campaign)).unwrap_or_default();
    drop(last_said);
    let earlier_identities = match (base, &base_reading) {
        (Some(base), Some(reading)) => find_earlier_identities(base, reading, moved, &suspects, desk)?,
        _ => Vec::new(),
    };
    let carried = registers::carried_over(&desk.workspace, ground);
    diagnostics.extend(carried.iter().flat_map(|reading| registers::check_carried_file(reading, ground)));
    let mut outcome =
        ledger::merge(MergeInputs { ground, base: base_reading, carried, files: submissions, received, assigned, earlier_identities });
    if let (Some(base), false) = (base, suspects.is_empty()) {
        let ids: BTreeSet<&str> = suspects.iter().map(|suspect| suspect.id.as_str()).collect();
        let history = desk.history_entries(base, |id| ids.contains(id))?;
        outcome.edits = ledger::hand_edits(&suspects, &history, &outcome.ledger, ground.as_of);
    }
    diagnostics.extend(rules::check_ledger(&LedgerContext { outcome: &outcome, ground, file: &desk.workspace.name(target) }));
    sort_by_place(&mut diagnostics);
    Ok(Merged { outcome, diagnostics, taken })
}

/// A file that lost what it held, by a save that broke off or a slip of the hand, is no new beginning: every hazard of the ledger
/// would be returned, or numbered anew.
fn refuse_to_lose(base: &FileReading, assigned: &BTreeSet<String>, desk: &Desk) -> Result<(), Refusal> {
    let holds_nothing =
        |content: &FileContent| content.carried.rejected.is_empty() && content.sheets.iter().all(|sheet| sheet.records.is_empty());
    if !assigned.is_empty() && base.content.as_ref().is_ok_and(holds_nothing) {
        return Err(Refusal::LedgerEmptied { ledger: base.file.clone(), remembered: assigned.len() });
    }
    if !assigned.is_empty() && desk.roster.units.is_empty() {
        return Err(Refusal::RosterEmptied { roster: desk.workspace.name(&desk.roster_path) });
    }
    Ok(())
}

/// What the history of the old ledger remembers: every 编号 that was ever given out in it, also those whose rows are
/// gone, so that none is used again; and the last values, for the ledger that is merged into in its place. Without a
/// ledger to go on with, numbering begins anew.
fn remembered(base: Option<&Path>, desk: &Desk, target: &Path) -> Result<Remembered, Refusal> {
    let Remembered { mut assigned, mut last_said, mut moved } = Remembered::default();
    let Some(base) = base else { return Ok(Remembered::default()) };
    let history = desk.workspace.history_of(base);
    let goes_on = history == desk.workspace.history_of(target);
    each_line(&history, |_, line| match history::glance(line) {
        Some(line) if goes_on => {
            last_said.note_line(&line);
            let of_identity = |key: &str| ledger::IDENTITY.iter().any(|field| field.key() == key);
            let begins = line.found_blank(Field::Description) && line.set().any(|(key, _)| key == Field::Description.key());
            if !begins && line.set().any(|(key, _)| of_identity(key)) {
                moved.insert(line.id().to_owned());
            }
        }
        _ => assigned.extend(history::id(line).map(Cow::into_owned)),
    })?;
    assigned.extend(last_said.ids().map(str::to_owned));
    Ok(Remembered { assigned, last_said, moved })
}

/// What the history remembers.
#[derive(Default)]
struct Remembered {
    assigned: BTreeSet<String>,
    last_said: LastSaid,
    /// 编号 of hazards whose place, words or found day were once another.
    moved: BTreeSet<String>,
}

/// What hazards were known by before: of those that the history tells of, and of those that were edited by hand since.
fn find_earlier_identities(
    base: &Path,
    reading: &FileReading,
    mut moved: BTreeSet<String>,
    suspects: &[Suspect],
    desk: &Desk,
) -> Result<Vec<EarlierIdentity>, Refusal> {
    moved.extend(suspects.iter().filter(|suspect| suspect.is_of_identity()).map(|suspect| suspect.id.clone()));
    if moved.is_empty() {
        return Ok(Vec::new());
    }
    let history = desk.history_entries(base, |id| moved.contains(id))?;
    Ok(ledger::find_earlier_identities(reading, &history))
}

/// Renders the merged ledger.
pub fn ledger_bytes(outcome: &MergeOutcome, desk: &Desk, format: TableFormat, notices: &mut Vec<Notice>) -> Result<Vec<u8>, Refusal> {
    papers::table(&ledger_document(outcome, &desk.campaign.issuer)?, format, desk.as_of, notices)
}

/// The bytes of the ledger that was merged into, when the merge says nothing that does not stand there already.
pub fn unchanged(outcome: &MergeOutcome, format: TableFormat, base: Option<&Path>, ledger: &[u8]) -> Option<Vec<u8>> {
    if format != TableFormat::Workbook || outcome.history().next().is_some() {
        return None;
    }
    let old = read_named(base?, Arc::from("ledger")).ok()?.bytes;
    says_the_same(&old, ledger).then_some(old)
}

/// Stages the history with the lines of this merge.
pub fn stage_history(outcome: &MergeOutcome, history: &Path, outputs: &mut Outputs) -> Result<(), Refusal> {
    if outcome.history().next().is_some() {
        append(outputs, history, |writer| history::write(outcome.history(), writer))?;
    }
    Ok(())
}
