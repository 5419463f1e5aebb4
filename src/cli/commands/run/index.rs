//! `index.json` of a day's folder: what was done, and which files are there. Written last, so that a folder with an index is whole.

use serde::Deserialize;
use serde::Serialize;

use crate::cli::commands::run::inputs::Merged;
use crate::cli::loading::Loaded;
use crate::cli::print::diagnostics::Tally;
use crate::cli::session::Session;

/// Documented in `docs/json.md`.
#[derive(Serialize)]
pub struct Index {
    as_of: String,
    campaign: String,
    /// `None` when nothing had come in.
    pub merge: Option<MergeJson>,
    diagnostics: DiagnosticsJson,
    /// Found by the as-of day.
    pub hazards: usize,
    pub overdue: usize,
    /// Kinds of reports that were made.
    pub reports: Vec<&'static str>,
    /// Kinds of reports that were due and not made, because the ledger contradicts itself.
    pub withheld: Vec<&'static str>,
    pub files: Vec<FileJson>,
}

#[derive(Serialize)]
pub struct MergeJson {
    pub files: usize,
    pub records: u32,
    pub new: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub duplicate: u32,
    pub rejected: u32,
    pub zero_report: u32,
    pub conflicts: usize,
}

#[derive(Serialize)]
struct DiagnosticsJson {
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize, Deserialize)]
pub struct FileJson {
    pub name: String,
    pub bytes: u64,
}

impl Index {
    /// What is known before any paper is made.
    pub fn new(loaded: &Loaded, session: &Session, merged: &Merged) -> Index {
        let Tally { errors, warnings, notes } = Tally::of(&merged.findings);
        let merge = merged.outcome.as_ref().map(|outcome| {
            let sum = |pick: fn(&crate::ledger::SheetTally) -> u32| outcome.tallies.iter().map(pick).sum();
            MergeJson {
                files: merged.files,
                records: sum(|tally| tally.records),
                new: sum(|tally| tally.new),
                updated: sum(|tally| tally.updated),
                unchanged: sum(|tally| tally.unchanged),
                duplicate: sum(|tally| tally.duplicate),
                rejected: sum(|tally| tally.rejected),
                zero_report: sum(|tally| tally.zero_report),
                conflicts: outcome.conflicts.len(),
            }
        });
        Index {
            as_of: session.as_of.to_string(),
            campaign: loaded.campaign.code.clone(),
            merge,
            diagnostics: DiagnosticsJson { errors, warnings, notes },
            hazards: 0,
            overdue: 0,
            reports: Vec::new(),
            withheld: Vec::new(),
            files: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
struct ListedJson {
    files: Vec<FileJson>,
}

/// The files that an index names; none where it cannot be read, so that nothing of anybody's is removed.
pub fn listed(index: &[u8]) -> Vec<String> {
    serde_json::from_slice::<ListedJson>(index).map(|index| index.files.into_iter().map(|file| file.name).collect()).unwrap_or_default()
}
