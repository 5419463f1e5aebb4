//! The figures of a period, counted from the ledger as it was known on three days and from what was reported; or why no honest figure
//! can be made.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox::CameIn;
use crate::desk::ladder;
use crate::desk::open::ledger_outcome;
use crate::desk::past::History;
use crate::desk::past::LedgersAsKnown;
use crate::desk::past::ledgers_as_known;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::documents::statistics::StatisticsSource;
use crate::files::workspace;
use crate::ledger::Ledger;
use crate::ledger::reject_reason;
use crate::records::FileReading;
use crate::results;
use crate::results::LetterStandings;
use crate::results::Obligations;
use crate::results::figures::FigureInputs;
use crate::results::figures::Figures;
use crate::results::figures::ReportKind;
use crate::results::figures::ReportPeriod;
use crate::results::figures::figures;
use crate::results::figures::long_before;
use crate::results::figures::report_period;
use crate::rules;

/// The figures, and what they were counted from.
pub struct Statistics {
    /// As known on the last day of the period.
    pub ledger: Ledger,
    pub obligations: Obligations,
    pub figures: Figures,
    /// As of the last day of the period.
    pub letters: LetterStandings,
    /// Files that were read; no paper may be written over one.
    pub inputs: Vec<PathBuf>,
}

/// A ledger that figures can be counted from.
pub struct Judged<'a> {
    pub ledger: Ledger,
    pub history: History<'a>,
    /// The ledger's own name.
    pub name: String,
}

impl<'a> Judged<'a> {
    /// Reads and judges the ledger at `path`.
    ///
    /// # Errors
    /// It cannot be read, or rows of it contradict themselves.
    pub fn read(path: &Path, desk: &Desk) -> Result<Judged<'a>, Refusal> {
        let (impossible, ledger) = judge(desk.ledger_reading(path)?, desk.ground());
        if !impossible.is_empty() {
            return Err(Refusal::FiguresImpossible(impossible));
        }
        let history = History { path: desk.workspace.history_of(path), unwritten: b"" };
        Ok(Judged { ledger, history, name: desk.workspace.name(path) })
    }
}

/// Counts the figures of a period.
///
/// # Errors
/// The history cannot be read, or the figures break their own equations.
pub fn count(
    judged: Judged<'_>,
    kind: ReportKind,
    came_in: &CameIn,
    desk: &Desk,
    notices: &mut Vec<Notice>,
) -> Result<Statistics, Refusal> {
    count_over(judged, report_period(&desk.campaign, kind, desk.as_of), came_in, desk, notices)
}

/// Counts the figures of these days.
///
/// # Errors
/// The history cannot be read, or the figures break their own equations.
pub fn count_over(
    judged: Judged<'_>,
    period: ReportPeriod,
    came_in: &CameIn,
    desk: &Desk,
    notices: &mut Vec<Notice>,
) -> Result<Statistics, Refusal> {
    let (ground, as_of) = (desk.ground(), desk.as_of);
    let long_before = long_before(&desk.campaign, period);
    let days: Vec<NaiveDate> = [as_of, period.day_before()].into_iter().chain(long_before).collect();
    let Judged { ledger, history, name } = judged;
    let LedgersAsKnown { known, unread_lines } = ledgers_as_known(ground, ledger, &history, &name, &days)?;
    if !unread_lines.is_empty() {
        notices.push(Notice::PastIncomplete { unread_lines });
    }
    if let Some(hazards) = known.first().map(|known| known.later.len()).filter(|later| *later > 0) {
        notices.push(Notice::ReportedLater { hazards, as_of });
    }
    let mut ledgers = known.into_iter().map(|known| known.ledger);
    let [ledger, before, long_before] = std::array::from_fn(|_| ledgers.next().unwrap_or_default());
    let obligations = results::obligations(&came_in.evidence, ground);
    let figures = figures(FigureInputs {
        ground,
        period,
        ledger: &ledger,
        before: &before,
        long_before: &long_before,
        obligations: &obligations,
        mentions: &came_in.mentions,
    });
    let discrepancies = figures.discrepancies();
    if !discrepancies.is_empty() {
        return Err(Refusal::FiguresOff(discrepancies));
    }
    let letters = ladder::standings(desk, &ledger, &figures.overdue, notices);
    let own = [desk.workspace.campaign.clone(), desk.roster_path.clone(), desk.workspace.root.join(&name)];
    let log = desk.workspace.root.join(workspace::SUBMISSIONS);
    let inputs = own.into_iter().chain([log, history.path]).chain(came_in.files.iter().cloned()).collect();
    Ok(Statistics { ledger, obligations, figures, letters, inputs })
}

impl Statistics {
    /// Gives the figures as the papers take them.
    pub fn source<'a>(&'a self, desk: &'a Desk) -> StatisticsSource<'a> {
        StatisticsSource {
            campaign: &desk.campaign,
            roster: &desk.roster,
            ledger: &self.ledger,
            figures: &self.figures,
            letters: &self.letters,
        }
    }
}

/// Gives the hazards of a ledger, and its rows from which no honest figure can be made, with those that no figure could place: of a
/// unit that is not on the roster (any more), without a description, with a found day that cannot be read.
pub fn judge(reading: FileReading, ground: Ground<'_>) -> (Vec<Diagnostic>, Ledger) {
    let mut found = rules::check_file(&reading, ground);
    // Those that were returned in earlier rounds stand on a sheet of their own and are no hazards.
    let sheets = reading.content.iter().flat_map(|content| &content.sheets);
    let uncountable: BTreeSet<(Arc<str>, u32)> = sheets
        .flat_map(|sheet| sheet.records.iter().map(|record| (sheet.sheet.clone(), record)))
        .filter(|(_, record)| reject_reason(record, ground.roster).is_some())
        .map(|(sheet, record)| (sheet, record.row))
        .collect();
    found.retain(|diagnostic| {
        let is_error_of_row =
            diagnostic.severity == Severity::Error && uncountable.contains(&(diagnostic.place.sheet.clone(), diagnostic.place.row));
        rules::spoils_figures(diagnostic.code) || is_error_of_row
    });
    (found, ledger_outcome(reading, ground, BTreeSet::new()).ledger)
}
