//! `index.json` of a day's folder: what was done, and which files are there. Written last, so that a folder with an index is whole.

use serde::Deserialize;
use serde::Serialize;
use serde::Serializer;

use crate::desk::Desk;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Tally;
use crate::ledger::MergeOutcome;
use crate::ledger::SheetTally;
use crate::render::json::diagnostics::DiagnosticJson;
use crate::render::json::diagnostics::WrittenDiagnostic;
use crate::results::figures::ReportKind;
use crate::rules;

/// Documented in `docs/json.md`.
#[derive(Serialize)]
pub struct Index<'a> {
    as_of: String,
    campaign: String,
    /// `None` when nothing had come in.
    pub merge: Option<MergeJson>,
    diagnostics: DiagnosticsJson,
    /// What the merges of this day changed that needs an answer; a merge says so only once.
    changes: Vec<DiagnosticJson<'a>>,
    /// Found by the as-of day.
    pub hazards: usize,
    pub overdue: usize,
    /// Kinds of reports that somebody asked for on this day, due or not.
    #[serde(serialize_with = "keys")]
    asked: Vec<ReportKind>,
    /// Kinds of reports that were made.
    #[serde(serialize_with = "keys")]
    pub reports: Vec<ReportKind>,
    /// Kinds of reports that were due and not made, because the ledger contradicts itself.
    #[serde(serialize_with = "keys")]
    pub withheld: Vec<ReportKind>,
    pub files: Vec<FileJson>,
}

fn keys<S: Serializer>(kinds: &[ReportKind], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(kinds.iter().map(|kind| kind.key()))
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

impl<'a> Index<'a> {
    /// What is known before any paper is made.
    pub fn new(desk: &Desk, outcome: &MergeOutcome, files: usize, findings: &'a [Diagnostic], asked: &[ReportKind]) -> Index<'a> {
        let Tally { errors, warnings, notes } = Tally::of(findings);
        let sum = |pick: fn(&SheetTally) -> u32| outcome.tallies.iter().map(pick).sum();
        let merge = (files > 0).then(|| MergeJson {
            files,
            records: sum(|tally| tally.records),
            new: sum(|tally| tally.new),
            updated: sum(|tally| tally.updated),
            unchanged: sum(|tally| tally.unchanged),
            duplicate: sum(|tally| tally.duplicate),
            rejected: sum(|tally| tally.rejected),
            zero_report: sum(|tally| tally.zero_report),
            conflicts: outcome.conflicts.len(),
        });
        Index {
            as_of: desk.as_of.to_string(),
            campaign: desk.campaign.code.clone(),
            merge,
            diagnostics: DiagnosticsJson { errors, warnings, notes },
            changes: findings.iter().filter(|finding| rules::tells_a_change(finding.code)).map(DiagnosticJson::of).collect(),
            hazards: 0,
            overdue: 0,
            asked: asked.to_vec(),
            reports: Vec::new(),
            withheld: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// Whether two indexes name the same papers. What a merge counts does not matter: one that changes nothing still counts
/// every record as unchanged instead of new.
pub fn says_the_same(standing: &[u8], new: &[u8]) -> bool {
    let papers = |index: &[u8]| {
        let mut index = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(index).ok()?;
        index.remove("merge");
        Some(index)
    };
    papers(new).is_some_and(|new| papers(standing) == Some(new))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StandingJson {
    asked: Vec<String>,
    changes: Vec<WrittenDiagnostic>,
    files: Vec<FileJson>,
}

/// The files that an index names; none where it cannot be read, so that nothing of anybody's is removed.
pub fn listed(index: &[u8]) -> Vec<String> {
    serde_json::from_slice::<StandingJson>(index).map(|index| index.files.into_iter().map(|file| file.name).collect()).unwrap_or_default()
}

/// What runs before this one on the same day leave to it.
#[derive(Default)]
pub struct Earlier {
    pub asked: Vec<ReportKind>,
    pub changes: Vec<Diagnostic>,
}

impl Earlier {
    /// From the index that stands.
    pub fn read(index: &[u8]) -> Earlier {
        let StandingJson { asked, changes, .. } = serde_json::from_slice(index).unwrap_or_default();
        Earlier {
            asked: asked.iter().filter_map(|key| ReportKind::from_key(key)).collect(),
            changes: changes.into_iter().filter_map(WrittenDiagnostic::diagnostic).collect(),
        }
    }
}
