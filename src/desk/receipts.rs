//! Receipts: what came of each unit's newest report, which cells it has to correct, and what it owes next; and whom to call.
//!
//! Counts as `merge` does: a row that merge would return is returned here. What goes out is covered like every paper for units.
//! Knows no words of its own.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::inbox;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::documents::personal::Audience;
use crate::documents::personal::Cover;
use crate::ledger::reject_reason;
use crate::records::FileReading;
use crate::records::UnitReading;
use crate::results;
use crate::results::DutyState;
use crate::results::Evidence;
use crate::results::Obligations;
use crate::results::obligations::EvidenceKind;
use crate::rules;

/// What came of one unit's newest report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Index into the roster.
    pub unit: usize,
    /// The day of the newest report; `None` where nothing that came is dated.
    pub on: Option<NaiveDate>,
    /// What came on that day, and what is undated.
    pub pieces: Vec<Evidence>,
    /// Hazards that the ledger takes, and those that are returned.
    pub accepted: u32,
    pub returned: u32,
    /// Errors and warnings to put right, the errors first.
    pub cells: Vec<Diagnostic>,
    /// The duties that fall due next, all on one day.
    pub next: Vec<NextDue>,
}

impl Receipt {
    /// True if the unit says that it has nothing.
    pub fn is_zero(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece.kind, EvidenceKind::Zero { .. } | EvidenceKind::Logged { is_zero: true, .. }))
    }

    /// How many places have to be corrected before the report can be used whole.
    pub fn errors(&self) -> usize {
        self.cells.iter().filter(|cell| cell.severity == Severity::Error).count()
    }
}

/// A duty that falls due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextDue {
    /// Index into [`Obligations::periods`].
    pub period: usize,
    pub due: NaiveDate,
}

/// Whom to call, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Index into the roster.
    pub unit: usize,
    /// Duties whose newest period is missing, as indices into [`Obligations::periods`].
    pub missing: Vec<usize>,
    /// Errors in what came.
    pub errors: usize,
}

/// The whole answer.
pub struct Receipts {
    pub obligations: Obligations,
    /// In the order of the roster, one for each unit of which something came.
    pub receipts: Vec<Receipt>,
    /// In the order of the roster.
    pub calls: Vec<Call>,
    /// Errors and warnings in files of several units that stand on no row of a known unit.
    pub unplaced: Vec<Diagnostic>,
}

/// Reads the inbox and `submissions.csv`, and says what came of each unit's newest report.
///
/// # Errors
/// The inbox cannot be listed.
pub fn receipts(desk: &Desk, notices: &mut Vec<Notice>) -> Result<Receipts, Refusal> {
    let ground = desk.ground();
    let (came_in, files) = inbox::gather_with(desk, notices, |reading| FileSeen::of(reading, ground))?;
    let obligations = results::obligations(&came_in.evidence, ground);
    let (mut receipts, mut placed) = (Vec::new(), vec![BTreeSet::new(); files.len()]);
    for unit in 0..ground.roster.units.len() {
        let Some((on, pieces)) = newest(unit, &came_in.evidence, desk.as_of) else { continue };
        let mut receipt =
            Receipt { unit, on, pieces, accepted: 0, returned: 0, cells: Vec::new(), next: next_due(unit, &obligations, desk.as_of) };
        for (file, placed) in files.iter().zip(&mut placed) {
            let days: Vec<Option<NaiveDate>> =
                receipt.pieces.iter().filter(|piece| piece.file == file.file).map(|piece| piece.on).collect();
            if !days.is_empty() {
                placed.extend(receipt.take(file, &days, &came_in.evidence));
            }
        }
        receipt.cells.sort_by_key(|cell| cell.severity);
        receipt.cells = each_once(std::mem::take(&mut receipt.cells));
        receipts.push(receipt);
    }
    let newest_files: BTreeSet<&Arc<str>> = receipts.iter().flat_map(|receipt| &receipt.pieces).map(|piece| &piece.file).collect();
    let unplaced = files.iter().zip(&placed).filter(|(file, _)| newest_files.contains(&file.file)).flat_map(|(file, placed)| {
        file.diagnostics.iter().enumerate().filter(|(index, _)| !placed.contains(index)).map(|(_, diagnostic)| diagnostic.clone())
    });
    let mut unplaced: Vec<Diagnostic> = unplaced.collect();
    let calls = calls(&receipts, &obligations, ground.roster, desk.as_of);
    // The message may quote a cell with somebody's number, and leaves the office.
    let cover = Cover::new(Audience::Unit, ground.campaign, false);
    for cell in receipts.iter_mut().flat_map(|receipt| &mut receipt.cells).chain(&mut unplaced) {
        cell.message = cover.text(&cell.message, false).into_owned();
        cell.help = cover.text(&cell.help, false).into_owned();
        cell.value = cell.value.as_ref().map(|value| cover.text(value, false).into_owned());
    }
    Ok(Receipts { obligations, receipts, calls, unplaced })
}

/// What is needed of one file.
struct FileSeen {
    file: Arc<str>,
    /// Errors and warnings.
    diagnostics: Vec<Diagnostic>,
    rows: Vec<RowSeen>,
}

/// A row with a hazard of a known unit.
struct RowSeen {
    unit: usize,
    on: Option<NaiveDate>,
    sheet: Arc<str>,
    row: u32,
    is_returned: bool,
}

impl FileSeen {
    fn of(reading: &FileReading, ground: Ground<'_>) -> FileSeen {
        let mut diagnostics = rules::check_file(reading, ground);
        diagnostics.retain(|diagnostic| diagnostic.severity <= Severity::Warning);
        let mut rows = Vec::new();
        if let Ok(content) = &reading.content {
            let records = content.sheets.iter().flat_map(|sheet| sheet.records.iter().map(move |record| (sheet, record)));
            // Asked for only where a row does not say whose it is: searching a long roster takes time.
            let named = LazyCell::new(|| reading.named_unit(ground.roster));
            for (sheet, record) in records {
                let Some(unit) = (if let UnitReading::Known(unit) = record.unit { Some(unit) } else { *named }) else { continue };
                let on = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date);
                let is_returned = reject_reason(record, ground.roster).is_some();
                rows.push(RowSeen { unit, on, sheet: sheet.sheet.clone(), row: record.row, is_returned });
            }
        }
        FileSeen { file: reading.file.clone(), diagnostics, rows }
    }
}

impl Receipt {
    /// Counts what the unit sent in one file on these days, takes over what it has to correct, and gives the places of that among the
    /// file's diagnostics. Whoever speaks for others without a hazard of its own sent all rows; in a file of several units each hears
    /// of its own rows only.
    fn take(&mut self, file: &FileSeen, days: &[Option<NaiveDate>], evidence: &[Evidence]) -> Vec<usize> {
        let of_days = file.rows.iter().filter(|row| days.contains(&row.on));
        let own: Vec<&RowSeen> = of_days.clone().filter(|row| row.unit == self.unit).collect();
        let of_file = evidence.iter().filter(|piece| piece.file == file.file);
        let is_alone = of_file.clone().all(|piece| piece.party == Party::Unit(self.unit));
        let sends_for_others = own.is_empty()
            && of_file.clone().any(|piece| {
                piece.party == Party::Unit(self.unit) && matches!(piece.kind, EvidenceKind::Ledger { .. } | EvidenceKind::Rejected)
            });
        let sent: Vec<&RowSeen> = if sends_for_others { of_days.collect() } else { own };
        let returned = sent.iter().filter(|row| row.is_returned).count();
        self.returned += u32::try_from(returned).unwrap_or(u32::MAX);
        self.accepted += u32::try_from(sent.len() - returned).unwrap_or(u32::MAX);
        let rows: BTreeSet<(&Arc<str>, u32)> = sent.iter().map(|row| (&row.sheet, row.row)).collect();
        let is_own = |diagnostic: &Diagnostic| rows.contains(&(&diagnostic.place.sheet, diagnostic.place.row));
        let mine = file.diagnostics.iter().enumerate().filter(|(_, diagnostic)| is_alone || sends_for_others || is_own(diagnostic));
        let (places, cells): (Vec<usize>, Vec<Diagnostic>) = mine.map(|(place, diagnostic)| (place, diagnostic.clone())).unzip();
        self.cells.extend(cells);
        places
    }
}

/// Drops what two copies of one file have in common: the same words of the same cell.
fn each_once(cells: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let key = |cell: &Diagnostic| (cell.place.sheet.clone(), cell.place.row, cell.place.column, cell.message.clone());
    cells.into_iter().filter(|cell| seen.insert(key(cell))).collect()
}

/// The newest day on which something came of a unit, with all that came then or is undated; what is dated later has not happened.
fn newest(unit: usize, evidence: &[Evidence], as_of: NaiveDate) -> Option<(Option<NaiveDate>, Vec<Evidence>)> {
    let own = evidence.iter().filter(|piece| piece.party == Party::Unit(unit) && piece.on.is_none_or(|on| on <= as_of));
    let on = own.clone().filter_map(|piece| piece.on).max();
    let pieces: Vec<Evidence> = own.filter(|piece| piece.on.is_none() || piece.on == on).cloned().collect();
    (!pieces.is_empty()).then_some((on, pieces))
}

/// The duties of a unit that fall due next, of all the earliest day.
/// Gives the duties of a unit that fall due next, all on one day.
pub fn next_due(unit: usize, obligations: &Obligations, as_of: NaiveDate) -> Vec<NextDue> {
    let open = obligations.periods.iter().enumerate().filter_map(|(period, of_period)| {
        let owes = of_period.duties.iter().any(|duty| duty.party == Party::Unit(unit) && duty.state == DutyState::NotDue);
        let due = of_period.due.filter(|due| owes && *due >= as_of)?;
        Some(NextDue { period, due })
    });
    let first = open.clone().map(|next| next.due).min();
    open.filter(|next| Some(next.due) == first).collect()
}

/// Whom to call: who is missing in the newest period of a duty, and who has errors to put right.
fn calls(receipts: &[Receipt], obligations: &Obligations, roster: &Roster, as_of: NaiveDate) -> Vec<Call> {
    let latest: Vec<(usize, Vec<&Party>)> = (obligations.periods.iter().enumerate())
        .filter(|(_, period)| period.is_latest)
        .map(|(index, period)| (index, period.to_call(roster, as_of).into_iter().map(|duty| &duty.party).collect()))
        .collect();
    let call = |unit: usize| Call {
        unit,
        missing: latest.iter().filter(|(_, parties)| parties.contains(&&Party::Unit(unit))).map(|(index, _)| *index).collect(),
        errors: receipts.iter().find(|receipt| receipt.unit == unit).map_or(0, Receipt::errors),
    };
    (0..roster.units.len()).map(call).filter(|call| !call.missing.is_empty() || call.errors > 0).collect()
}
