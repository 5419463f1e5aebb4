//! `merge --format json`: the balance per file and sheet, conflicts, what is missing or came back.

use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;

use crate::diagnostic::Diagnostic;
use crate::ledger::Adopted;
use crate::ledger::Case;
use crate::ledger::HistoryEntry;
use crate::ledger::MergeOutcome;
use crate::ledger::SheetTally;
use crate::records::RowKind;
use crate::render::json::diagnostics::DiagnosticJson;
use crate::render::json::filled;

#[derive(Debug, Serialize)]
pub struct MergeJson<'a> {
    files: Vec<FileJson<'a>>,
    totals: TallyJson,
    conflicts: Vec<ConflictJson<'a>>,
    missing: &'a [String],
    reopened: &'a [String],
    decisions: Vec<DecisionJson<'a>>,
    diagnostics: Vec<DiagnosticJson<'a>>,
    ledger: LedgerJson<'a>,
}

#[derive(Debug, Serialize)]
struct FileJson<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    #[serde(flatten)]
    tally: TallyJson,
}

#[derive(Debug, Serialize)]
struct TallyJson {
    rows: RowsJson,
    records: u32,
    new: u32,
    updated: u32,
    unchanged: u32,
    duplicate: u32,
    rejected: u32,
    zero_report: u32,
}

/// Every kind of row in its fixed order, those that do not occur as 0.
#[derive(Debug)]
struct RowsJson([u32; RowKind::ALL.len()]);

impl Serialize for RowsJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (kind, number) in RowKind::ALL.iter().zip(self.0) {
            map.serialize_entry(kind.key(), &number)?;
        }
        map.end()
    }
}

#[derive(Debug, Serialize)]
struct ConflictJson<'a> {
    id: &'a str,
    field: &'a str,
    kept: &'a str,
    other: &'a str,
    kept_from: String,
    other_from: String,
}

/// What the clerk decided in the workbook and this merge carried out.
#[derive(Debug, Serialize)]
struct DecisionJson<'a> {
    id: &'a str,
    kind: &'static str,
    field: Option<&'static str>,
    adopted: Option<&'a str>,
    other: &'a str,
}

#[derive(Debug, Serialize)]
struct LedgerJson<'a> {
    path: &'a str,
    hazards: usize,
}

impl<'a> MergeJson<'a> {
    /// The whole answer; `path` is the ledger's name, also when a dry run wrote nothing.
    pub fn of(outcome: &'a MergeOutcome, diagnostics: &'a [Diagnostic], path: &'a str) -> MergeJson<'a> {
        MergeJson {
            files: outcome
                .tallies
                .iter()
                .map(|tally| FileJson { file: &tally.file, sheet: filled(&tally.sheet), tally: TallyJson::of(tally) })
                .collect(),
            totals: TallyJson::of(&SheetTally::total(&outcome.tallies)),
            conflicts: outcome
                .conflicts
                .iter()
                .map(|conflict| ConflictJson {
                    id: &conflict.id,
                    field: conflict.field.key(),
                    kept: &conflict.kept,
                    other: &conflict.other,
                    kept_from: conflict.kept_from.to_string(),
                    other_from: conflict.other_from.to_string(),
                })
                .collect(),
            missing: &outcome.missing,
            reopened: &outcome.reopened,
            decisions: outcome.decisions.iter().filter_map(DecisionJson::of).collect(),
            diagnostics: DiagnosticJson::all(diagnostics),
            ledger: LedgerJson { path, hazards: outcome.ledger.hazards.len() },
        }
    }
}

impl<'a> DecisionJson<'a> {
    /// The decision that a line of the history tells; `None` for lines that tell none.
    fn of(line: &'a HistoryEntry) -> Option<DecisionJson<'a>> {
        let decision = |kind, other| DecisionJson { id: &line.id, kind, field: None, adopted: None, other };
        Some(match line.case.as_ref()? {
            Case::Settled { field, adopted, kept, other } => {
                let (adopted, left) = match adopted {
                    Adopted::Ledger => (kept, other),
                    Adopted::Report => (other, kept),
                };
                DecisionJson { field: Some(field.key()), adopted: Some(adopted), ..decision("settled", left) }
            }
            Case::Distinct { other } => decision("distinct", other),
            Case::Joined { into, .. } => decision("joined", into),
            Case::Conflict { .. } | Case::Unheard { .. } | Case::Alike { .. } => return None,
        })
    }
}

impl TallyJson {
    fn of(tally: &SheetTally) -> TallyJson {
        TallyJson {
            rows: RowsJson(RowKind::ALL.map(|kind| tally.rows.get(&kind).copied().unwrap_or(0))),
            records: tally.records,
            new: tally.new,
            updated: tally.updated,
            unchanged: tally.unchanged,
            duplicate: tally.duplicate,
            rejected: tally.rejected,
            zero_report: tally.zero_report,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_merge_has_every_key() {
        let text = serde_json::to_string(&MergeJson::of(&MergeOutcome::default(), &[], "ledger.xlsx")).expect("JSON");
        let rows = r#"{"title":0,"attachment":0,"metadata":0,"header":0,"units":0,"group":0,"record":0,"zero_report":0,"passed_check":0,"count":0,"subtotal":0,"sample":0,"footer":0,"note":0,"repeated_header":0,"blank":0,"unrecognised":0}"#;
        assert_eq!(
            text,
            format!(
                r#"{{"files":[],"totals":{{"rows":{rows},"records":0,"new":0,"updated":0,"unchanged":0,"duplicate":0,"rejected":0,"zero_report":0}},"conflicts":[],"missing":[],"reopened":[],"decisions":[],"diagnostics":[],"ledger":{{"path":"ledger.xlsx","hazards":0}}}}"#
            )
        );
    }
}
