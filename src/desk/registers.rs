//! The bureau's own tables beside the ledger, read from the workspace with what the rules say of them; and 上期结转.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::file_place;
use crate::files::Workspace;
use crate::files::read::read_named;
use crate::files::workspace;
use crate::ledger;
use crate::ledger::MergeInputs;
use crate::records;
use crate::records::Authority;
use crate::records::FileReading;
use crate::records::ReadingBasis;
use crate::registers;
use crate::registers::ContactsReading;
use crate::registers::LettersReading;
use crate::registers::LogReading;
use crate::registers::TaskLogReading;
use crate::rules;
use crate::rules::rule::LedgerContext;
use crate::source::SourceFile;
use crate::tables::Unreadable;
use crate::tables::UnreadableReason;

/// Reads `submissions.csv`; `None` where there is none. Beside it stands its name.
pub fn submission_log(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, LogReading)> {
    let read = |file: &SourceFile| registers::read_submission_log(file, ground.campaign, ground.roster);
    beside(workspace, (workspace::SUBMISSIONS, "T060"), ground, read, |reading| &mut reading.diagnostics)
}

/// Reads `tasks.csv`; `None` where there is none. Beside it stands its name.
pub fn task_log(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, TaskLogReading)> {
    let read = |file: &SourceFile| registers::read_task_log(file, ground.campaign);
    beside(workspace, (workspace::TASKS, "T065"), ground, read, |reading| &mut reading.diagnostics)
}

/// Reads `contacts.csv`; `None` where there is none. Beside it stands its name.
pub fn contacts(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, ContactsReading)> {
    let read = |file: &SourceFile| registers::read_contacts(file, ground.campaign, ground.roster);
    beside(workspace, (workspace::CONTACTS, "T070"), ground, read, |reading| &mut reading.diagnostics)
}

/// Reads `notices.csv`; `None` where there is none. Beside it stands its name.
pub fn letters(workspace: &Workspace, ground: Ground<'_>) -> Option<(Arc<str>, LettersReading)> {
    let read = |file: &SourceFile| registers::read_letters(file, ground.campaign, ground.roster);
    beside(workspace, (workspace::NOTICES, "T080"), ground, read, |reading| &mut reading.diagnostics)
}

/// Gives what the rules say of all four.
pub fn diagnostics(workspace: &Workspace, ground: Ground<'_>) -> Vec<Diagnostic> {
    let log = submission_log(workspace, ground).map(|(_, log)| log.diagnostics);
    let tasks = task_log(workspace, ground).map(|(_, log)| log.diagnostics);
    let contacts = contacts(workspace, ground).map(|(_, contacts)| contacts.diagnostics);
    let letters = letters(workspace, ground).map(|(_, letters)| letters.diagnostics);
    [log, tasks, contacts, letters].into_iter().flatten().flatten().collect()
}

/// Reads one register; the code is that of the rule for a register that cannot be read.
fn beside<R: Default>(
    workspace: &Workspace,
    (file, code): (&str, &'static str),
    ground: Ground<'_>,
    read: impl FnOnce(&SourceFile) -> R,
    diagnostics: impl FnOnce(&mut R) -> &mut Vec<Diagnostic>,
) -> Option<(Arc<str>, R)> {
    let path = workspace.root.join(file);
    if !path.exists() {
        return None;
    }
    let name: Arc<str> = Arc::from(workspace.name(&path));
    let mut reading = R::default();
    match read_named(&path, name.clone()) {
        Ok(file) => {
            reading = read(&file);
            let told = diagnostics(&mut reading);
            *told = rules::apply_waivers(ground.campaign, std::mem::take(told));
        }
        Err(unreadable) => diagnostics(&mut reading).push(not_opened(code, name.clone(), &unreadable)),
    }
    Some((name, reading))
}

/// Reads the ledger of an earlier drive that the campaign names (上期结转); one that cannot be opened is a reading, too, so that it
/// is told like any other file.
pub fn carried_over(workspace: &Workspace, ground: Ground<'_>) -> Option<FileReading> {
    let path = workspace.path(&ground.campaign.carry_over.as_ref()?.file);
    let name: Arc<str> = Arc::from(workspace.name(&path));
    Some(match read_named(&path, name.clone()) {
        Ok(file) => records::read_file(&file, &ReadingBasis { ground, authority: Authority::Bureau }),
        Err(unreadable) => FileReading::unreadable(name, unreadable),
    })
}

/// Checks the cells of an earlier drive's ledger. A missing file is reported by L012, together with the count it should have
/// contributed.
pub fn check_carried_file(reading: &FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    match &reading.content {
        Err(unreadable) if unreadable.reason == UnreadableReason::NotOpened => Vec::new(),
        _ => rules::check_file(reading, ground),
    }
}

/// Checks the ledger of an earlier drive: its cells, and whether it is whole.
pub fn check_carried_over(reading: FileReading, ground: Ground<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = check_carried_file(&reading, ground);
    let file = reading.file.clone();
    let outcome = ledger::merge(MergeInputs {
        ground,
        base: None,
        carried: Some(reading),
        files: Vec::new(),
        received: None,
        assigned: BTreeSet::new(),
        earlier_identities: Vec::new(),
        take_over: None,
        vacant: Default::default(),
        joined: std::collections::BTreeMap::new(),
    });
    diagnostics.extend(rules::check_carried_over(&LedgerContext { outcome: &outcome, ground, file: &file }));
    diagnostics
}

/// The diagnostic of a file of the workspace that could not even be opened, under the rule for what cannot be read.
pub(crate) fn not_opened(code: &'static str, file: Arc<str>, unreadable: &Unreadable) -> Diagnostic {
    Diagnostic {
        code,
        severity: Severity::Error,
        place: file_place(&file),
        field: String::new(),
        value: None,
        message: format!("文件打不开：{}", unreadable.words()),
        help: "请核对文件是否存在、有没有读取权限".to_owned(),
        folded: 0,
    }
}
