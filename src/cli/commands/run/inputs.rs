//! What a day begins with: everything checked, and the inbox merged into the ledger, as values.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::commands::merge;
use crate::cli::commands::paper;
use crate::cli::commands::paper::TableFormat;
use crate::cli::commands::submissions::Inputs;
use crate::cli::commands::submissions::Said;
use crate::cli::failure::Failure;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::documents::unchanged::says_the_same;
use crate::files::Outputs;
use crate::files::read::read_named;
use crate::ledger::MergeOutcome;
use crate::ledger::history;
use crate::records::FileReading;

/// The merged day.
pub struct Merged {
    pub outcome: MergeOutcome,
    /// The ledger as a workbook, whatever the workspace keeps it as.
    pub ledger: Vec<u8>,
    pub day: Day,
}

/// What of the day the papers are made from, beside the ledger.
pub struct Day {
    /// Campaign, registers, submissions and ledger, by place.
    pub findings: Vec<Diagnostic>,
    /// What the submissions are evidence of, with the files they were read from; none when nothing has come in.
    pub came_in: Inputs,
}

/// Checks and merges; every file is read once. An empty inbox is no failure where there is a ledger: the days go on, and what was
/// changed in it by hand is recorded.
pub fn merged(loaded: &Loaded, session: &Session) -> Result<Merged, Failure> {
    let ground = loaded.ground(session);
    let target = loaded.workspace.ledger();
    let mut findings = loading::examine(session)?.diagnostics;
    findings.extend(loading::submission_log(&loaded.workspace, ground).into_iter().flat_map(|(_, log)| log.diagnostics));
    findings.extend(loading::task_log(&loaded.workspace, ground).into_iter().flat_map(|(_, log)| log.diagnostics));
    findings.extend(loading::contacts(&loaded.workspace, ground).into_iter().flat_map(|(_, contacts)| contacts.diagnostics));
    let list = merge::inputs_if_any(&[], None, loaded, session)?;
    let base = Some(target.clone()).filter(|target| target.exists());
    if base.is_none() && list.inputs.is_empty() && list.unlisted.is_empty() {
        return Err(merge::nothing_came(&[], loaded));
    }
    let said = |reading: &FileReading| Said::of_file(reading, loaded);
    let merge::Merged { outcome, findings: of_merge, taken } = merge::merged(
        merge::Round { received: None, withdrawn: &BTreeSet::new() },
        loaded,
        session,
        &list,
        base.as_deref(),
        &target,
        said,
    )?;
    findings.extend(of_merge);
    sort_by_place(&mut findings);
    let mut told = Report::clean("");
    let bytes = merge::ledger_bytes(&outcome, loaded, session, TableFormat::Workbook, &mut told)?;
    let format = paper::table_format(&target)?;
    let ledger = match &base {
        // Nothing came and nothing was changed by hand: conflicts and tallies of the last merge stay to be looked at.
        Some(base) if list.inputs.is_empty() && format == TableFormat::Workbook && outcome.bookkeeping.closing.is_none() => {
            let unreadable = |_| Failure::impossible(format!("无法读取“{}”", loaded.workspace.name(base)), "请检查这个文件有没有读取权限");
            read_named(base, loaded.workspace.name(base).into()).map_err(unreadable)?.bytes
        }
        base => merge::unchanged(&outcome, format, base.as_deref(), &bytes).unwrap_or(bytes),
    };
    let came_in = Inputs::new(list, taken, loaded, session, &mut told);
    Ok(Merged { outcome, ledger, day: Day { findings, came_in } })
}

impl Merged {
    /// The workbook of the ledger for the day's folder. Where the workspace keeps text, the one that stands there already stays, if
    /// this merge only counts differently.
    pub fn workbook(&self, standing: Option<Vec<u8>>) -> Vec<u8> {
        let stays = |old: &Vec<u8>| self.outcome.bookkeeping.closing.is_none() && says_the_same(old, &self.ledger);
        standing.filter(stays).unwrap_or_else(|| self.ledger.clone())
    }
}

impl Day {
    /// Adds what earlier merges of the same day found, as far as this one does not say it too.
    pub fn remember(&mut self, changes: Vec<Diagnostic>) {
        for change in changes {
            if !self.findings.contains(&change) {
                self.findings.push(change);
            }
        }
        sort_by_place(&mut self.findings);
    }
}

/// The history with the lines of this merge, as `path`; the papers of past periods need it beside the ledger they are made from.
pub fn history_with(merged: &Merged, history: &Path, path: &Path, outputs: &mut Outputs) -> Result<(), Failure> {
    let lines = |writer: &mut dyn std::io::Write| history::write(merged.outcome.history(), &merged.outcome.bookkeeping, writer);
    Ok(crate::files::history::copy_with(outputs, history, path, lines)?)
}

/// The workspace's ledger and history, as `merge` writes them.
pub fn stage_ledger(merged: &Merged, loaded: &Loaded, session: &Session, history: &Path, outputs: &mut Outputs) -> Result<(), Failure> {
    let outcome = &merged.outcome;
    merge::stage_history(outcome, history, outputs)?;
    let target = loaded.workspace.ledger();
    match paper::table_format(&target)? {
        TableFormat::Workbook => outputs.stage(&target, &merged.ledger)?,
        TableFormat::Csv => {
            let mut told = Report::clean("");
            outputs.stage(&target, &merge::ledger_bytes(outcome, loaded, session, TableFormat::Csv, &mut told)?)?;
        }
    }
    Ok(())
}
