//! A day's work: check, merge, then every list and report that the campaign schedules for the day, into `out/<date>/`.
//!
//! Everything is made in a folder of its own first; then the folder is put in its place and the ledger is written, and if that
//! fails the folder is taken back. The merged ledger is read back once, and every paper is made from that.

use std::collections::BTreeSet;
use std::path::Path;

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::figures;
use crate::desk::figures::Judged;
use crate::desk::inbox;
use crate::desk::inbox::CameIn;
use crate::desk::inbox::Said;
use crate::desk::index;
use crate::desk::index::Earlier;
use crate::desk::index::FileJson;
use crate::desk::index::Index;
use crate::desk::ladder;
use crate::desk::merging;
use crate::desk::merging::Merged;
use crate::desk::papers;
use crate::desk::papers::TableFormat;
use crate::desk::past::History;
use crate::desk::registers;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::documents::Document;
use crate::documents::overdue::OverdueSource;
use crate::documents::overdue::overdue_document;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::documents::submissions::SubmissionsSource;
use crate::documents::submissions::submissions_document;
use crate::documents::three_lists;
use crate::documents::three_lists::ListForm;
use crate::documents::three_lists::ListRequest;
use crate::documents::three_lists::ListSource;
use crate::documents::unchanged::says_the_same;
use crate::documents::validation::validation_document;
use crate::files::FileFailure;
use crate::files::Lock;
use crate::files::Outputs;
use crate::files::StagedFolder;
use crate::files::failure::Attempt;
use crate::files::read::read_within;
use crate::files::staged_folder::INDEX;
use crate::files::workspace;
use crate::ledger::Ledger;
use crate::ledger::MergeOutcome;
use crate::ledger::history;
use crate::records::FileReading;
use crate::render;
use crate::results;
use crate::results::OverdueState;
use crate::results::figures::ReportKind;
use crate::results::figures::due_reports;
use crate::tables::OWN;

/// What a day did.
pub struct Day {
    /// What was merged; `None` when nothing had come in.
    pub merge: Option<index::MergeJson>,
    pub hazards: usize,
    pub overdue: usize,
    pub reports: Vec<ReportKind>,
    /// Reports that were due and not made.
    pub withheld: Vec<ReportKind>,
    /// Campaign, registers, submissions and ledger, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Name of the day's folder, and the number of papers in it.
    pub folder: (String, usize),
    /// `index.json`.
    pub listing: String,
    pub notices: Vec<Notice>,
}

/// The merged ledger of the day, beside its papers.
const LEDGER: &str = "台账.xlsx";

/// Does the day's work. `asked` are reports that are wanted whether they are due or not; `holder` is what others are told of whoever
/// holds the lock.
///
/// # Errors
/// As those of merging and of papers; then ledger and folder are as they were.
pub fn run(asked: &[ReportKind], holder: &str, desk: &Desk) -> Result<Day, Refusal> {
    let lock = Lock::take(&desk.workspace.root, holder)?;
    let mut morning = begin(desk)?;
    let target = desk.workspace.root.join(workspace::OUT).join(desk.as_of.to_string());
    let staged = StagedFolder::begin(&target, &index::listed)?;
    let Earlier { asked: before, changes } = staged.standing(INDEX).map(|index| Earlier::read(&index)).unwrap_or_default();
    remember(&mut morning.diagnostics, changes);
    let asked = each_once(before.into_iter().chain(asked.iter().copied()));
    let format = papers::table_format(&desk.workspace.ledger())?;
    let standing = Some(LEDGER).filter(|_| format == TableFormat::Csv).and_then(|name| staged.standing(name));
    let workbook = morning.workbook(standing);
    staged.write(LEDGER, &workbook)?;
    // The ledger's new bytes lie on the disk before anything is put in its place, and are not held beside the papers.
    let mut outputs = Outputs::default();
    morning.stage_ledger(format, desk, &mut outputs)?;
    let Morning { outcome, diagnostics, came_in, mut notices, .. } = morning;
    let mut index = Index::new(desk, &outcome, came_in.files.len(), &diagnostics, &asked);
    let mut unwritten = Vec::new();
    let history = desk.workspace.history_of(&desk.workspace.ledger());
    history::write(outcome.history(), &outcome.bookkeeping, &mut unwritten)
        .map_err(|error| FileFailure::io(Attempt::Write, &history, error))?;
    let hazards = outcome.ledger.hazards.len();
    drop(outcome);
    notices.extend(merging::unguarded(Some(&lock)));
    // As whoever opens the folder would read it, under the name that the clerk knows.
    let ledger = merging::read_again(hazards, desk, &desk.workspace.ledger(), workbook)?;
    // Said of the place that the clerk knows, not of the one where it is filled.
    let in_place = |refusal: Refusal| match refusal {
        Refusal::File(FileFailure { path, attempt, reason }) => {
            let below = path.strip_prefix(staged.path()).map(|below| Path::new(&desk.workspace.name(&target)).join(below));
            Refusal::File(FileFailure { path: below.unwrap_or(path), attempt, reason })
        }
        other => other,
    };
    let history = History { path: history, unwritten: &unwritten };
    let materials = Materials { diagnostics: &diagnostics, came_in: &came_in, history, staged: &staged, desk };
    materials.papers(ledger, &asked, &mut index, &mut notices).map_err(in_place)?;
    index.files = staged.files()?.into_iter().map(|(name, bytes)| FileJson { name, bytes: bytes.len() as u64 }).collect();
    let listing = render::json::text(&index)?;
    staged.write(INDEX, listing.as_bytes())?;

    let placed = staged.place(&index::says_the_same)?;
    if let Err(failure) = outputs.commit_together(&desk.workspace.root) {
        placed.undo();
        return Err(failure.into());
    }
    if placed.finish(&index::listed).is_err() {
        notices.push(Notice::OldFolderLeft);
    }
    drop(lock);
    let Index { merge, hazards, overdue, reports, withheld, files, .. } = index;
    let folder = (desk.workspace.name(&target), files.len() + 1);
    Ok(Day { merge, hazards, overdue, reports, withheld, folder, listing, notices, diagnostics })
}

/// What the papers of the day are made from: checked, and merged.
struct Morning {
    outcome: MergeOutcome,
    /// The ledger as a workbook, whatever the workspace keeps it as.
    ledger: Vec<u8>,
    diagnostics: Vec<Diagnostic>,
    came_in: CameIn,
    /// What the clerk has to be told of the ledger.
    notices: Vec<Notice>,
}

/// Checks and merges; every file is read once. An empty inbox is no failure where there is a ledger or its history: the days go on, and
/// what was changed by hand is recorded.
fn begin(desk: &Desk) -> Result<Morning, Refusal> {
    let target = desk.workspace.ledger();
    let mut diagnostics = desk.diagnostics.clone();
    diagnostics.extend(registers::diagnostics(&desk.workspace, desk.ground()));
    let list = inbox::list(&[], None, desk)?;
    let base = Some(target.clone()).filter(|target| target.exists());
    if list.inputs.is_empty() && list.unlisted.is_empty() && !merging::has_book(&target, desk) {
        return Err(merging::nothing_came(&[], desk));
    }
    let said = |reading: &FileReading| Said::of_file(reading, desk.ground());
    let Merged { outcome, diagnostics: of_merge, taken, .. } =
        merging::merge_values(merging::Round { received: None, withdrawn: &BTreeSet::new() }, desk, &list, base.as_deref(), &target, said)?;
    diagnostics.extend(of_merge);
    sort_by_place(&mut diagnostics);
    // Told when the ledger is merged alone.
    let mut told = Vec::new();
    let bytes = merging::ledger_bytes(&outcome, desk, TableFormat::Workbook, &mut told)?;
    let format = papers::table_format(&target)?;
    let mut notices = Vec::new();
    let ledger = match &base {
        // Nothing came and nothing was changed by hand: conflicts and tallies of the last merge stay to be looked at.
        Some(base) if list.inputs.is_empty() && format == TableFormat::Workbook && outcome.bookkeeping.closing.is_none() => {
            let name = desk.workspace.name(base);
            read_within(base, name.as_str().into(), &OWN).map_err(|_| Refusal::LedgerClosed { name })?.bytes
        }
        base => merging::beside_the_clerks(&outcome, format, base.as_deref(), bytes, &mut notices)?,
    };
    let ids: Vec<String> = outcome.put_right.iter().map(|put_right| put_right.id.clone()).filter(|id| !id.is_empty()).collect();
    notices.extend((!ids.is_empty()).then_some(Notice::LedgerPutRight { ids }));
    let came_in = CameIn::new(list, taken, desk, &mut told);
    Ok(Morning { outcome, ledger, diagnostics, came_in, notices })
}

/// Adds what earlier merges of the same day found, as far as this one does not say it too.
fn remember(diagnostics: &mut Vec<Diagnostic>, changes: Vec<Diagnostic>) {
    for change in changes {
        if !diagnostics.contains(&change) {
            diagnostics.push(change);
        }
    }
    sort_by_place(diagnostics);
}

/// Each kind once, in their order.
fn each_once(kinds: impl Iterator<Item = ReportKind>) -> Vec<ReportKind> {
    kinds.collect::<BTreeSet<ReportKind>>().into_iter().collect()
}

impl Morning {
    /// The workbook of the ledger for the day's folder. Where the workspace keeps text, the one that stands there already stays, if
    /// this merge only counts differently.
    fn workbook(&self, standing: Option<Vec<u8>>) -> Vec<u8> {
        let stays = |old: &Vec<u8>| self.outcome.bookkeeping.closing.is_none() && says_the_same(old, &self.ledger);
        standing.filter(stays).unwrap_or_else(|| self.ledger.clone())
    }

    /// Stages the workspace's ledger and history, as a merge alone writes them.
    fn stage_ledger(&self, format: TableFormat, desk: &Desk, outputs: &mut Outputs) -> Result<(), Refusal> {
        let target = desk.workspace.ledger();
        merging::stage_history(&self.outcome, &desk.workspace.history_of(&target), outputs)?;
        match format {
            TableFormat::Workbook => outputs.stage(&target, &self.ledger)?,
            TableFormat::Csv => {
                let text = merging::ledger_bytes(&self.outcome, desk, format, &mut Vec::new())?;
                merging::refuse_unreadable(self.outcome.ledger.hazards.len(), desk, &target, &text)?;
                outputs.stage(&target, &text)?;
            }
        }
        Ok(())
    }
}

/// What the papers need beside the ledger.
struct Materials<'a> {
    diagnostics: &'a [Diagnostic],
    came_in: &'a CameIn,
    history: History<'a>,
    staged: &'a StagedFolder,
    desk: &'a Desk,
}

impl Materials<'_> {
    /// Makes every paper of the day from the ledger as it was read back.
    fn papers(&self, ledger: FileReading, asked: &[ReportKind], index: &mut Index<'_>, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
        let desk = self.desk;
        self.table("校验问题.xlsx", &validation_document(self.diagnostics, &desk.campaign.issuer), Audience::Bureau, notices)?;
        let (impossible, ledger) = figures::judge(ledger, desk.ground());
        self.lists(&ledger, index)?;
        let kinds = each_once(due_reports(&desk.campaign, desk.as_of).into_iter().chain(asked.iter().copied()));
        if !kinds.is_empty() && !impossible.is_empty() {
            index.withheld = kinds;
            notices.push(Notice::ReportsWithheld(impossible));
            return Ok(());
        }
        for kind in kinds {
            self.report(kind, ledger.clone(), notices)?;
            index.reports.push(kind);
        }
        Ok(())
    }

    /// What is overdue, the three lists, who reported. Cells that were cut are told by the commands for each alone.
    fn lists(&self, ledger: &Ledger, index: &mut Index<'_>) -> Result<(), Refusal> {
        let desk = self.desk;
        let (campaign, roster) = (&desk.campaign, &desk.roster);
        let mut told = Vec::new();
        let overdue = results::overdue(ledger, desk.ground());
        let tasks = desk.tasks(&mut told);
        let letters = ladder::standings(desk, ledger, &overdue, &mut told);
        let source = OverdueSource { campaign, ledger, overdue: &overdue, tasks: &tasks, letters: &letters, full_phones: false };
        self.table("逾期.xlsx", &overdue_document(source)?, Audience::Unit, &mut told)?;
        let lists = results::three_lists::three_lists(campaign, ledger, &overdue, &tasks);
        let source = ListSource { campaign, roster, ledger, overdue: &overdue, lists: &lists };
        let form = if campaign.lists.combined { ListForm::Combined } else { ListForm::ThreeSheets };
        self.table("三清单.xlsx", &three_lists::lists(source, ListRequest { form, full_phones: false })?, Audience::Unit, &mut told)?;
        if !campaign.obligations.is_empty() {
            let contacts = registers::contacts(&desk.workspace, desk.ground());
            let contacts = contacts.as_ref().map(|(_, reading)| reading);
            let obligations = results::obligations(&self.came_in.evidence, desk.ground());
            let source = SubmissionsSource { campaign, roster, obligations: &obligations, contacts, all: false };
            self.table("报送情况.xlsx", &submissions_document(source)?, Audience::Unit, &mut told)?;
        }
        index.hazards = overdue.items.len();
        index.overdue = overdue.items.iter().filter(|item| item.state == OverdueState::Overdue).count();
        Ok(())
    }

    /// The papers of one kind. Sums that do not agree are a fault of ours, and then nothing of the day is written.
    fn report(&self, kind: ReportKind, ledger: Ledger, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
        let desk = self.desk;
        let template = papers::template(None, kind, desk)?;
        let mut told = Vec::new();
        if desk.as_of < desk.campaign.start {
            told.push(Notice::BeforeStart { as_of: desk.as_of, start: desk.campaign.start });
        }
        let history = History { path: self.history.path.clone(), unwritten: self.history.unwritten };
        let judged = Judged { ledger, history, name: desk.workspace.name(&desk.workspace.ledger()) };
        let statistics = figures::count(judged, kind, self.came_in, desk, &mut told)?;
        for (name, paper) in papers::whole_set(kind) {
            let paper = papers::make(paper, &statistics, &template, desk, &mut told)?;
            if !paper.wrong.is_empty() {
                return Err(Refusal::PapersOff(paper.wrong));
            }
            self.staged.write(&name, &paper.bytes)?;
        }
        // Warnings alone: what was written is in the index.
        notices.extend(told.into_iter().filter(Notice::is_warning));
        Ok(())
    }

    fn table(&self, name: &str, document: &Document<'_>, audience: Audience, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
        let cover = Cover::new(audience, &self.desk.campaign, false);
        Ok(self.staged.write(name, &papers::table(document, TableFormat::Workbook, self.desk.as_of, cover, notices)?)?)
    }
}
