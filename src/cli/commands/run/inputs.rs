//! What a day begins with: everything checked, and the inbox merged into the ledger, as values.

use std::path::Path;

use crate::cli::commands::merge;
use crate::cli::commands::paper;
use crate::cli::commands::paper::TableFormat;
use crate::cli::failure::Failure;
use crate::cli::json::history;
use crate::cli::loading;
use crate::cli::loading::Loaded;
use crate::cli::session::Report;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort_by_place;
use crate::files::Outputs;
use crate::files::list_inputs;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::ledger::MergeOutcome;

/// The merged day.
pub struct Merged {
    /// `None` when nothing has come in and the ledger stands as it was.
    pub outcome: Option<MergeOutcome>,
    /// Campaign, registers, submissions and ledger, by place.
    pub findings: Vec<Diagnostic>,
    /// The ledger as a workbook, whatever the workspace keeps it as.
    pub ledger: Vec<u8>,
    /// Submissions read.
    pub files: usize,
}

/// Checks and merges. An empty inbox is no failure where there is a ledger: the days go on.
pub fn merged(loaded: &Loaded, session: &Session) -> Result<Merged, Failure> {
    let judged = loaded.judged(session);
    let target = loaded.workspace.ledger();
    let mut findings = loading::examine(session)?.diagnostics;
    findings.extend(loading::submission_log(&loaded.workspace, &judged).into_iter().flat_map(|(_, log)| log.diagnostics));
    findings.extend(loading::task_log(&loaded.workspace, &judged).into_iter().flat_map(|(_, log)| log.diagnostics));
    findings.extend(loading::contacts(&loaded.workspace, &judged).into_iter().flat_map(|(_, contacts)| contacts.diagnostics));
    if target.exists() && is_inbox_empty(loaded, session)? {
        sort_by_place(&mut findings);
        let unreadable = |_| Failure::impossible(format!("无法读取“{}”", loaded.workspace.name(&target)), "请检查这个文件有没有读取权限");
        let ledger = read_named(&target, loaded.workspace.name(&target).into()).map_err(unreadable)?.bytes;
        // It must be a ledger, not only a file.
        loaded.ledger(&target, session)?;
        return Ok(Merged { outcome: None, findings, ledger, files: 0 });
    }
    let list = merge::inputs(&[], None, loaded, session)?;
    let base = Some(target.clone()).filter(|target| target.exists());
    let (outcome, of_merge) = merge::merged(None, loaded, session, &list, base.as_deref(), &target)?;
    findings.extend(of_merge);
    sort_by_place(&mut findings);
    let mut told = Report::clean("");
    let bytes = merge::ledger_bytes(&outcome, loaded, session, TableFormat::Workbook, &mut told)?;
    let ledger = merge::unchanged(&outcome, paper::table_format(&target)?, base.as_deref(), &bytes).unwrap_or(bytes);
    Ok(Merged { outcome: Some(outcome), findings, ledger, files: list.inputs.len() })
}

fn is_inbox_empty(loaded: &Loaded, session: &Session) -> Result<bool, Failure> {
    let inbox = loaded.workspace.root.join(workspace::INBOX);
    if !inbox.exists() {
        return Ok(true);
    }
    let own = loaded.workspace.own_files([loaded.roster_path.clone()]);
    let list = list_inputs(&[inbox], &session.start, &loaded.workspace.root, &own)?;
    Ok(list.inputs.is_empty() && list.unlisted.is_empty())
}

/// The history with the lines of this merge, as `path`; the papers of past periods need it beside the ledger they are made from.
pub fn history_with(merged: &Merged, history: &Path, path: &Path, outputs: &mut Outputs) -> Result<(), Failure> {
    let lines = |writer: &mut dyn std::io::Write| match &merged.outcome {
        Some(outcome) => history::write(outcome.history(), writer),
        None => Ok(()),
    };
    Ok(crate::files::history::copy_with(outputs, history, path, lines)?)
}

/// The workspace's ledger and history, as `merge` writes them.
pub fn stage_ledger(merged: &Merged, loaded: &Loaded, session: &Session, history: &Path, outputs: &mut Outputs) -> Result<(), Failure> {
    let Some(outcome) = &merged.outcome else { return Ok(()) };
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
