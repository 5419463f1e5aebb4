//! Checking: campaign, roster, registers, ledger and submissions, every diagnostic at its cell; and marked copies to send back.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::desk::Examined;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox;
use crate::desk::open::Progress;
use crate::desk::reader::Reader;
use crate::desk::reading::read_each;
use crate::desk::register;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::sort_by_place;
use crate::documents::unit_files::is_misread;
use crate::files::InputPath;
use crate::files::Outputs;
use crate::files::Workspace;
use crate::files::list_inputs;
use crate::files::skip::Skipped;
use crate::files::workspace;
use crate::ledger::register::digest_of_rows;
use crate::records::FileReading;
use crate::render::annotate;
use crate::render::annotate::AnnotateError;
use crate::render::annotate::Annotated;
use crate::render::annotate::Mark;
use crate::rules;
use crate::source::SourceFile;
use crate::vocabulary::Field;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Submissions and ledgers, readable or not.
    pub files: usize,
    /// Non-blank rows of all sheets, and blank ones that were counted.
    pub rows: u64,
    pub records: u64,
}

impl Looked {
    /// Counts one file.
    pub fn of(reading: &FileReading) -> Looked {
        let Ok(content) = &reading.content else { return Looked { files: 1, ..Looked::default() } };
        Looked {
            files: 1,
            rows: content.sheets.iter().flat_map(|sheet| sheet.rows.values()).map(|number| u64::from(*number)).sum(),
            records: content.sheets.iter().map(|sheet| sheet.records.len() as u64).sum(),
        }
    }

    /// Adds what else was looked at.
    pub fn add(&mut self, other: Looked) {
        self.files += other.files;
        self.rows += other.rows;
        self.records += other.records;
    }
}

/// What is to be checked beside campaign and roster, and where marked copies go.
pub struct CheckRequest<'a> {
    pub paths: &'a [PathBuf],
    /// The folder for marked copies.
    pub annotate: Option<&'a Path>,
    pub start: &'a Path,
    pub watch: Option<fn(Progress)>,
}

/// What was found.
#[derive(Default)]
pub struct Checked {
    pub diagnostics: Vec<Diagnostic>,
    pub looked: Looked,
    /// Names of the marked copies.
    pub copies: Vec<String>,
    /// Files with errors of which no marked copy could be made, and why.
    pub unmarked: Vec<(Arc<str>, String)>,
    pub skipped: Vec<Skipped>,
    /// What the ledger lacks.
    pub notices: Vec<Notice>,
    /// Marked copies would lie among the submissions; nothing was checked.
    pub is_misplaced: bool,
}

/// Gives what is checked where nothing is named: inbox and ledger.
pub fn default_paths(root: &Path) -> Vec<PathBuf> {
    let usual = [workspace::INBOX, workspace::LEDGER, workspace::LEDGER_CSV].map(|name| root.join(name));
    usual.into_iter().filter(|path| path.exists()).collect()
}

/// Checks submissions and ledgers, and stages the marked copies.
///
/// # Errors
/// A named path does not exist, or a copy cannot be staged.
pub fn check(request: &CheckRequest<'_>, examined: &Examined, ground: Ground<'_>, outputs: &mut Outputs) -> Result<Checked, Refusal> {
    let workspace = &examined.workspace;
    let usual = if request.paths.is_empty() { default_paths(&workspace.root) } else { Vec::new() };
    let paths = if request.paths.is_empty() { &usual } else { request.paths };
    let own = workspace.own_files(examined.roster_path.clone().into_iter().chain(examined.carried_path()));
    let list = list_inputs(paths, request.start, &workspace.root, &own)?;
    let mut checked = Checked::default();
    if request.annotate.is_some_and(|folder| list.folders.iter().any(|listed| folder.starts_with(listed))) {
        return Ok(Checked { is_misplaced: true, ..checked });
    }
    list.inputs.iter().for_each(|input| outputs.protect(&input.path));
    let ledgers = [workspace::LEDGER, workspace::LEDGER_CSV].map(|name| workspace.root.join(name));
    let mut taken = BTreeSet::new();
    let reader = Reader { ground, workspace, watch: request.watch, ledgers: &ledgers };
    let read = read_each(&list, &reader, |input, source, reading| {
        // The bureau's own ledger is corrected where it lies; only submissions go back.
        let is_ledger = ledgers.contains(&input.path);
        let gone = if is_ledger { rows_gone(&input.path, &reading, workspace, ground) } else { Ok(None) };
        (gone, check_one(input, source, &reading, ground, request.annotate.filter(|_| !is_ledger)))
    });
    if request.paths.is_empty() && !ledgers.iter().any(|ledger| ledger.exists()) {
        let nothing = FileReading::empty_ledger(Arc::from(workspace::LEDGER));
        checked.notices.extend(rows_gone(&workspace.ledger(), &nothing, workspace, ground)?);
    }
    for (gone, file) in read.each {
        checked.notices.extend(gone?);
        checked.looked.add(file.looked);
        checked.diagnostics.extend(file.diagnostics);
        match file.marked {
            Some(Ok(copy)) => {
                let target = copy.target(&taken);
                outputs.stage(&target, &copy.bytes)?;
                taken.insert(target.clone());
                checked.copies.push(workspace.name(&target));
            }
            Some(Err(why)) => checked.unmarked.push(why),
            None => {}
        }
    }
    let unlisted = inbox::unlisted(&list, &workspace.root);
    checked.diagnostics.extend(unlisted.iter().flat_map(|reading| rules::check_file(reading, ground)));
    checked.skipped = list.skipped;
    checked.skipped.extend(read.skipped);
    Ok(checked)
}

/// Says which hazards of the history the ledger lacks.
fn rows_gone(path: &Path, reading: &FileReading, workspace: &Workspace, ground: Ground<'_>) -> Result<Option<Notice>, Refusal> {
    let Ok(content) = &reading.content else { return Ok(None) };
    let records = content.sheets.iter().flat_map(|sheet| &sheet.records);
    let held = records.filter_map(|record| record.values.get(Field::Id)).collect();
    register::rows_gone(path, &held, &digest_of_rows(reading), workspace, ground.campaign)
}

struct CheckedFile {
    diagnostics: Vec<Diagnostic>,
    looked: Looked,
    /// The marked copy, where one was asked for and is needed.
    marked: Option<Result<MarkedCopy, (Arc<str>, String)>>,
}

/// A marked copy on its way to the folder for returns.
struct MarkedCopy {
    /// Where the original's name would put it.
    path: PathBuf,
    extension: &'static str,
    bytes: Vec<u8>,
}

impl MarkedCopy {
    /// The original's name with the copy's extension. 甲.csv beside 甲.xls would take the same name; the later one keeps
    /// its own extension within its name.
    fn target(&self, taken: &BTreeSet<PathBuf>) -> PathBuf {
        let plain = self.path.with_extension(self.extension);
        if taken.contains(&plain) { self.path.with_added_extension(self.extension) } else { plain }
    }
}

/// Where a copy goes: under the original's name, unless programs would take that name for something else.
fn returned(folder: &Path, below: &Path) -> PathBuf {
    let harmless = |component: Component<'_>| match component {
        Component::Normal(name) => Some(match name.to_str() {
            Some(name) if is_misread(name) => OsString::from(format!("_{name}")),
            _ => name.to_owned(),
        }),
        // Nothing is written above the folder, whatever a name says.
        _ => None,
    };
    folder.join(below.components().filter_map(harmless).collect::<PathBuf>())
}

fn check_one(
    input: &InputPath,
    source: Option<&SourceFile>,
    reading: &FileReading,
    ground: Ground<'_>,
    annotate: Option<&Path>,
) -> CheckedFile {
    let mut diagnostics = rules::check_file(reading, ground);
    sort_by_place(&mut diagnostics);
    let faulty = diagnostics.iter().any(|diagnostic| diagnostic.severity <= Severity::Warning);
    let marked = match (annotate, source) {
        (Some(folder), Some(source)) if faulty => Some(
            mark(source, &diagnostics, ground)
                .map(|annotated| MarkedCopy {
                    path: returned(folder, &input.below),
                    extension: annotated.extension,
                    bytes: annotated.bytes,
                })
                .map_err(|why| (input.name.clone(), why.to_string())),
        ),
        _ => None,
    };
    CheckedFile { diagnostics, looked: Looked::of(reading), marked }
}

/// The sender's own workbook with the wrong cells marked, or a new one with the same cells where the own one is
/// too odd to be changed.
fn mark(file: &SourceFile, diagnostics: &[Diagnostic], ground: Ground<'_>) -> Result<Annotated, AnnotateError> {
    let marks: Vec<Mark> = diagnostics.iter().filter_map(|diagnostic| Mark::from_diagnostic(diagnostic, file)).collect();
    match annotate::annotate(file, &marks, ground.as_of) {
        Err(AnnotateError::Unpatchable { .. }) => annotate::rebuild(file, &marks, ground.as_of),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_a_name_that_nobody_misreads() {
        for (below, expected) in [
            ("甲院.xlsx", "退回/甲院.xlsx"),
            ("七月/~$甲院.xlsx", "退回/七月/_~$甲院.xlsx"),
            ("=1+1.csv", "退回/_=1+1.csv"),
            ("＋甲院.csv", "退回/_＋甲院.csv"),
            ("nul.xlsx", "退回/_nul.xlsx"),
            ("来件.eml/=1/台账.xlsx", "退回/来件.eml/_=1/台账.xlsx"),
            ("../../台账.xlsx", "退回/台账.xlsx"),
            ("/etc/台账.xlsx", "退回/etc/台账.xlsx"),
        ] {
            assert_eq!(returned(Path::new("退回"), Path::new(below)), Path::new(expected));
        }
    }
}
