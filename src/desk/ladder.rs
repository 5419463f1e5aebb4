//! Where the escalation ladder stands on the day: `notices.csv` laid beside what is overdue, for whoever only wants to know.

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::registers;
use crate::diagnostic::Severity;
use crate::ledger::Ledger;
use crate::results::LetterStandings;
use crate::results::Overdue;
use crate::results::letter_standings;

/// Gives what is due and what was issued, as far as `notices.csv` says so; rows of it that do not count are told.
pub fn standings(desk: &Desk, ledger: &Ledger, overdue: &Overdue, notices: &mut Vec<Notice>) -> LetterStandings {
    let rows = match registers::letters(&desk.workspace, desk.ground()) {
        None => Vec::new(),
        Some((name, register)) => {
            notices.push(Notice::Diagnosed { diagnostics: register.diagnostics, least: Severity::Warning });
            if register.set_aside > 0 {
                notices.push(Notice::RowsSetAside { file: name, rows: register.set_aside });
            }
            register.rows
        }
    };
    letter_standings(&rows, &desk.campaign, ledger, overdue)
}
