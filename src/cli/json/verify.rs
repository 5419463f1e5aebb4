//! `verify --format json`: what of history, ledger and sources does not agree.

use serde::Serialize;

use crate::desk::verifying::SourceState;
use crate::desk::verifying::Verified;

#[derive(Debug, Serialize)]
pub struct VerifyJson<'a> {
    lines: u64,
    hazards: usize,
    broken: Vec<BrokenJson>,
    ledger: LedgerJson<'a>,
    sources: Vec<SourceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct BrokenJson {
    line: u64,
    reason: &'static str,
}

#[derive(Debug, Serialize)]
struct LedgerJson<'a> {
    follows: bool,
    differences: Vec<DifferenceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct DifferenceJson<'a> {
    id: &'a str,
    field: &'a str,
    ledger: Option<&'a str>,
    history: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SourceJson<'a> {
    file: &'a str,
    state: &'static str,
}

impl<'a> VerifyJson<'a> {
    /// The whole answer.
    pub fn of(verified: &'a Verified) -> VerifyJson<'a> {
        let difference = |difference: &'a crate::ledger::register::Difference| DifferenceJson {
            id: &difference.id,
            field: &difference.field,
            ledger: difference.ledger.as_deref(),
            history: difference.history.as_deref(),
        };
        let differences: Vec<DifferenceJson<'a>> = verified.differences.iter().map(difference).collect();
        VerifyJson {
            lines: verified.lines,
            hazards: verified.hazards,
            broken: verified.broken.iter().map(|(line, reason)| BrokenJson { line: *line, reason }).collect(),
            ledger: LedgerJson { follows: differences.is_empty(), differences },
            sources: verified.sources.iter().map(|(file, state)| SourceJson { file, state: word(*state) }).collect(),
        }
    }
}

fn word(state: SourceState) -> &'static str {
    match state {
        SourceState::Same => "same",
        SourceState::Changed => "changed",
        SourceState::Gone => "gone",
    }
}
