//! Whether history, ledger and sources agree: the chain of the history, the ledger that must follow from it, the files it names.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::desk::Desk;
use crate::desk::Refusal;
use crate::desk::register;
use crate::digest::hex;
use crate::digest::sha256;
use crate::files::read::read_named;
use crate::ledger::register::Difference;
use crate::ledger::register::Survey;
use crate::ledger::register::differences;
use crate::ledger::register::wanted;

/// What was found.
pub struct Verified {
    pub lines: u64,
    pub hazards: usize,
    /// Line and reason.
    pub broken: Vec<(u64, &'static str)>,
    /// Lines of old that the next merge seals.
    pub unsealed: u64,
    pub differences: Vec<Difference>,
    /// In the order of their names.
    pub sources: Vec<(String, SourceState)>,
}

/// What became of a file that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    Same,
    Changed,
    /// Not there any more, as files are that went to the archive.
    Gone,
}

impl Verified {
    /// True if everything holds. A file that was put away proves nothing wrong.
    pub fn holds(&self) -> bool {
        self.broken.is_empty() && self.differences.is_empty() && self.sources.iter().all(|(_, state)| *state != SourceState::Changed)
    }
}

/// Reads history, ledger and sources, and says what does not agree.
pub fn verify(ledger: &Path, desk: &Desk) -> Result<Verified, Refusal> {
    let history = desk.workspace.history_of(ledger);
    if !history.exists() && !ledger.exists() {
        return Err(Refusal::LedgerMissing { name: Arc::from(desk.workspace.name(ledger)), is_own: true });
    }
    let survey = register::survey(&history, &desk.campaign, &desk.workspace.name(ledger), true)?;
    let mut broken = survey.broken.clone();
    broken.extend(survey.foreign.iter().map(|(line, _)| (*line, "编号不是本专项的")));
    if survey.is_empty() {
        broken.push((0, "没有历史"));
    }
    broken.sort_unstable();
    let differences = if ledger.exists() {
        let base = desk.ledger_reading(ledger)?;
        let lines = register::numbered_entries(&history, &wanted(&base, &survey))?;
        differences(&base, &survey, &lines, desk.ground())
    } else {
        let missing = |id: &String| Difference { id: id.clone(), field: "id".to_owned(), ledger: None, history: Some(id.clone()) };
        survey.missing_from(&BTreeSet::new()).map(missing).collect()
    };
    let unsealed = survey.head.unsealed.as_ref().map_or(0, |(lines, _)| *lines);
    Ok(Verified {
        lines: survey.head.lines,
        hazards: survey.assigned.len(),
        broken,
        unsealed,
        differences,
        sources: sources(&survey, desk),
    })
}

/// The file itself, or the mail or archive that it lies in.
fn on_disk(file: &str, desk: &Desk) -> PathBuf {
    let path = desk.workspace.path(file);
    path.ancestors().find(|path| path.is_file()).map_or_else(|| path.clone(), Path::to_path_buf)
}

fn sources(survey: &Survey, desk: &Desk) -> Vec<(String, SourceState)> {
    let files: Vec<(&String, &String)> = survey.files.iter().collect();
    // Many files may lie in one mail; what was recorded of each is the mail.
    let paths: BTreeSet<PathBuf> = files.iter().map(|(file, _)| on_disk(file, desk)).filter(|path| path.exists()).collect();
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    let digest = |path: &PathBuf| read_named(path, Arc::from("")).ok().map(|source| hex(&sha256(&source.bytes)));
    let digests: BTreeMap<PathBuf, Option<String>> = paths.par_iter().map(|path| (path.clone(), digest(path))).collect();
    let state = |(file, hash): &(&String, &String)| {
        let state = match digests.get(&on_disk(file, desk)) {
            Some(Some(digest)) if digest == *hash => SourceState::Same,
            Some(Some(_) | None) => SourceState::Changed,
            None => SourceState::Gone,
        };
        ((*file).clone(), state)
    };
    files.iter().map(state).collect()
}
