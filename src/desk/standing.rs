//! Where the campaign stands: phases and next days, the ledger in figures, what lies in the inbox.

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox;
use crate::desk::ladder;
use crate::ledger::Ledger;
use crate::results;
use crate::results::LetterStandings;
use crate::results::overview::LedgerFigures;
use crate::results::overview::Overview;
use crate::results::overview::ledger_figures;

/// The campaign at a glance.
pub struct Standing<'a> {
    pub desk: &'a Desk,
    pub overview: Overview<'a>,
    /// The ledger's name, and what it says; `None` while there is none.
    pub ledger: Option<(String, LedgerFigures)>,
    /// Letters issued and due.
    pub letters: LetterStandings,
    /// Years whose calendar is not published although a working day of the ledger was counted across them.
    pub unknown_years: Vec<i32>,
    /// Files that lie in `inbox/`, merged or not.
    pub inbox_files: usize,
}

impl<'a> Standing<'a> {
    /// Looks at the ledger of this name, if there is one, and into the inbox.
    ///
    /// # Errors
    /// The inbox cannot be listed.
    pub fn of(
        ledger: Option<(String, Ledger)>,
        overview: Overview<'a>,
        desk: &'a Desk,
        notices: &mut Vec<Notice>,
    ) -> Result<Standing<'a>, Refusal> {
        let (mut figures, mut unknown_years, mut letters) = (None, Vec::new(), LetterStandings::default());
        if let Some((name, ledger)) = ledger {
            let overdue = results::overdue(&ledger, desk.ground());
            letters = ladder::standings(desk, &ledger, &overdue, notices);
            figures = Some((name, ledger_figures(&ledger, &overdue, &desk.roster)));
            unknown_years = overdue.unknown_years;
        }
        let inbox_files = inbox::list(&[], None, desk)?.inputs.len();
        Ok(Standing { desk, overview, ledger: figures, letters, unknown_years, inbox_files })
    }
}
