//! The old ledger laid beside its history before a merge, and the history closed after it.
//!
//! One pass over the history gives links, numbers and merges; its values are looked at only where the ledger is not known to be as
//! the last merge wrote it. What is put right is for `ledger::register` to say.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::files::Workspace;
use crate::files::history::each_line;
use crate::files::history::last_line;
use crate::ledger::Bookkeeping;
use crate::ledger::Cases;
use crate::ledger::Closing;
use crate::ledger::EarlierIdentity;
use crate::ledger::HistoryEntry;
use crate::ledger::Ledger;
use crate::ledger::MergeOutcome;
use crate::ledger::close_cases;
use crate::ledger::find_earlier_identities;
use crate::ledger::history;
use crate::ledger::register::Health;
use crate::ledger::register::NumberedEntry;
use crate::ledger::register::PutRight;
use crate::ledger::register::Survey;
use crate::ledger::register::Surveyor;
use crate::ledger::register::TakeOver;
use crate::ledger::register::WholeInputs;
use crate::ledger::register::digest_of_ledger;
use crate::ledger::register::digest_of_rows;
use crate::ledger::register::make_whole;
use crate::ledger::register::wanted;
use crate::records::CarriedMark;
use crate::records::FileReading;

/// The old ledger made whole, and what the merge has to know of the history.
pub struct LaidBeside {
    /// `None` where there is nothing to go on with.
    pub base: Option<FileReading>,
    pub survey: Survey,
    pub edits: Vec<HistoryEntry>,
    pub put_right: Vec<PutRight>,
    pub earlier_identities: Vec<EarlierIdentity>,
    pub take_over: TakeOver,
    pub vacant: BTreeSet<String>,
    health: Health,
}

/// Reads the old ledger and its history, and makes the one whole by the other.
pub fn lay_beside(base: Option<&Path>, target: &Path, withdrawn: &BTreeSet<String>, desk: &Desk) -> Result<LaidBeside, Refusal> {
    let history = desk.workspace.history_of(base.unwrap_or(target));
    let own_history = desk.workspace.history_of(target);
    let goes_on = history == own_history;
    let reading = base.map(|path| desk.ledger_reading(path)).transpose()?;
    let content = reading.as_ref().map(digest_of_rows);
    let is_as_written = content.is_some() && content == last_digest(&history)?;
    let name: Arc<str> = Arc::from(desk.workspace.name(target));
    let mut surveyor = Surveyor::new(&desk.campaign, goes_on && !is_as_written, &name).withdrawing(withdrawn);
    each_line(&history, |number, line| surveyor.take(u64::from(number), line))?;
    let mut survey = surveyor.finish();
    if let Some(unknown) = withdrawn.iter().find(|file| !survey.files.contains_key(file.as_str())) {
        return Err(Refusal::NeverMerged { file: unknown.clone() });
    }
    if goes_on && survey.assigned.is_empty() && !survey.foreign.is_empty() {
        let (line, id) = survey.foreign.into_iter().next().unwrap_or_default();
        return Err(Refusal::ForeignHistory { line, id, campaign: desk.campaign.code.clone() });
    }
    let mut laid = LaidBeside {
        base: reading,
        edits: Vec::new(),
        put_right: Vec::new(),
        earlier_identities: Vec::new(),
        vacant: BTreeSet::new(),
        take_over: TakeOver { added_on: survey.is_complete().then_some(desk.as_of), unbegun: survey.unbegun.clone() },
        health: Health {
            file: Arc::from(desk.workspace.name(&history)),
            broken: survey.broken.clone(),
            lines: survey.head.lines,
            ..Health::default()
        },
        survey: Survey::default(),
    };
    if !goes_on {
        // Written beside another ledger: the numbers of the old one are not used again, and the new one has a history of its own.
        laid.health = Health::default();
        laid.take_over.added_on = None;
        survey.head = self::survey(&own_history, &desk.campaign, &name, false)?.head;
        survey.merges.clear();
        survey.cases = Cases::default();
        laid.survey = survey;
        return Ok(laid);
    }
    laid.health.sealed = survey.head.unsealed.as_ref().map(|(lines, _)| *lines);
    let is_lost = !survey.assigned.is_empty() && laid.base.as_ref().is_none_or(holds_nothing);
    let base = match laid.base.take() {
        Some(base) => base,
        None if is_lost => FileReading::empty_ledger(name),
        None => {
            laid.survey = survey;
            return Ok(laid);
        }
    };
    let mark = base.content.as_ref().ok().and_then(|content| content.carried.mark.as_ref());
    laid.health.is_missing = survey.is_empty() && mark.is_some();
    laid.health.cut_from = mark.filter(|mark| !survey.is_empty() && survey.merge_of(&mark.digest).is_none()).map(|mark| mark.lines);
    let wanted = wanted(&base, &survey);
    let lines = numbered_entries(&history, &wanted)?;
    let whole = make_whole(base, &WholeInputs { ground: desk.ground(), survey: &survey, lines: &lines, is_lost, withdrawn });
    laid.earlier_identities = find_earlier_identities(&whole.base, lines.iter().map(|(_, line)| line));
    (laid.base, laid.edits, laid.put_right, laid.vacant) = (Some(whole.base), whole.edits, whole.put_right, whole.vacant);
    laid.survey = survey;
    Ok(laid)
}

fn holds_nothing(reading: &FileReading) -> bool {
    reading.content.as_ref().is_ok_and(|content| content.sheets.iter().all(|sheet| sheet.records.is_empty()))
}

/// The files of these names, and those that lie in them: a mail is taken back with all that it brought.
pub fn with_enclosed(named: BTreeSet<String>, history: &Path, desk: &Desk) -> Result<BTreeSet<String>, Refusal> {
    if named.is_empty() {
        return Ok(named);
    }
    let known = survey(history, &desk.campaign, "", false)?.files;
    let enclosed = |name: &String| known.keys().filter(|file| lies_in(file, name)).cloned().collect::<Vec<String>>();
    let of_name = |name: String| {
        let mut files = enclosed(&name);
        if files.is_empty() || known.contains_key(&name) {
            files.push(name);
        }
        files
    };
    Ok(named.into_iter().flat_map(of_name).collect())
}

fn lies_in(file: &str, container: &str) -> bool {
    file.strip_prefix(container).is_some_and(|rest| rest.starts_with('/'))
}

/// The digest of the ledger that the last merge wrote, where the history ends with that.
fn last_digest(history: &Path) -> Result<Option<String>, Refusal> {
    let line = last_line(history)?;
    Ok(line.as_deref().and_then(history::outline).and_then(|line| line.merge.map(|merge| merge.ledger.into_owned())))
}

/// Tells of the hazards that the history knows and the ledger at `path` lacks. `digest` is that of its content: as the last merge
/// wrote it nothing can be missing.
///
/// # Errors
/// The history cannot be read.
pub fn rows_gone(
    path: &Path,
    held: &BTreeSet<&str>,
    digest: &str,
    workspace: &Workspace,
    campaign: &Campaign,
) -> Result<Option<Notice>, Refusal> {
    let history = &workspace.history_of(path);
    let mut lacks = false;
    if last_digest(history)?.as_deref() != Some(digest) {
        each_line(history, |_, line| lacks |= history::id(line).is_some_and(|id| !held.contains(id.as_ref())))?;
    }
    if !lacks {
        return Ok(None);
    }
    let ledger: Arc<str> = Arc::from(workspace.name(path));
    let ids: Vec<String> = survey(history, campaign, &ledger, false)?.missing_from(held).cloned().collect();
    Ok((!ids.is_empty()).then_some(Notice::RowsGone { ledger, ids }))
}

impl Desk {
    /// The same, of a ledger that has been read.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn rows_gone(&self, path: &Path, ledger: &Ledger) -> Result<Option<Notice>, Refusal> {
        let held = ledger.hazards.iter().map(|hazard| hazard.id.as_str()).collect();
        rows_gone(path, &held, &digest_of_ledger(ledger), &self.workspace, &self.campaign)
    }
}

/// The files that were taken back and have not been merged since, with the hash that they had.
///
/// # Errors
/// The history cannot be read.
pub fn taken_back(history: &Path) -> Result<BTreeMap<String, String>, Refusal> {
    let mut files = BTreeMap::new();
    each_line(history, |_, line| {
        if let Some(line) = (history::id(line).is_none()).then(|| history::outline(line)).flatten() {
            files.retain(|file, _| !line.files.contains_key(file));
            files.extend(line.withdrawn);
        }
    })?;
    Ok(files)
}

/// Looks through a history once; the values are noted where `deep` asks for them.
pub fn survey(history: &Path, campaign: &Campaign, ledger_file: &str, deep: bool) -> Result<Survey, Refusal> {
    let mut surveyor = Surveyor::new(campaign, deep, ledger_file);
    each_line(history, |number, line| surveyor.take(u64::from(number), line))?;
    Ok(surveyor.finish())
}

/// The lines of the wanted hazards with their numbers, in their order.
pub fn numbered_entries(history: &Path, wanted: &BTreeSet<String>) -> Result<Vec<NumberedEntry>, Refusal> {
    let mut entries = Vec::new();
    if wanted.is_empty() {
        return Ok(entries);
    }
    each_line(history, |number, line| {
        if history::id(line).is_some_and(|id| wanted.contains(id.as_ref())) {
            entries.extend(history::read(line).map(|entry| (u64::from(number), entry)));
        }
    })?;
    Ok(entries)
}

impl LaidBeside {
    /// True for a file that was taken back, and has not changed since.
    pub fn is_withdrawn(&self, file: &str, hash: &str) -> bool {
        self.survey.withdrawn_files.get(file).is_some_and(|known| known == hash)
    }
}

/// What a merge writes about itself, where it has anything to say: the content of the ledger, and the files that it read with their hashes.
pub fn close(outcome: &mut MergeOutcome, laid: LaidBeside, files: Vec<(Arc<str>, String)>, withdrawn: &BTreeSet<String>, as_of: NaiveDate) {
    let LaidBeside { survey, edits, put_right, health, .. } = laid;
    (outcome.edits, outcome.put_right) = (edits, put_right);
    close_cases(outcome, &survey.cases);
    let digest = digest_of_ledger(&outcome.ledger);
    let files: Vec<(Arc<str>, String)> = files.into_iter().filter(|(file, hash)| survey.files.get(file.as_ref()) != Some(hash)).collect();
    let withdrawn: Vec<(Arc<str>, String)> =
        withdrawn.iter().filter_map(|file| Some((Arc::from(file.as_str()), survey.files.get(file)?.clone()))).collect();
    let lines = outcome.history().count() as u64;
    let last = survey.merges.last();
    let is_news = lines > 0
        || !files.is_empty()
        || !withdrawn.is_empty()
        || survey.head.unsealed.is_some()
        || last.is_none_or(|last| last.digest != digest);
    let written = survey.head.lines + u64::from(survey.head.unsealed.is_some()) + lines + 1;
    let mark = if is_news {
        Some(CarriedMark { digest: digest.clone(), lines: written })
    } else {
        last.map(|last| CarriedMark { digest: last.digest.clone(), lines: last.line })
    };
    let closing = is_news.then_some(Closing { day: as_of, hazards: outcome.ledger.hazards.len(), digest, files, withdrawn });
    outcome.bookkeeping = Bookkeeping { head: survey.head, health, closing, mark };
}
