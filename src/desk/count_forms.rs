//! A count form put together from the inbox, and held against the ledger where its columns ask for that.

use crate::desk::Desk;
use crate::desk::Notice;
use crate::desk::Refusal;
use crate::desk::figures::Judged;
use crate::desk::figures::count_over;
use crate::desk::inbox::CameIn;
use crate::results;
use crate::results::count_forms::Compared;
use crate::results::count_forms::Consolidated;
use crate::results::count_forms::consolidate;
use crate::results::count_forms::differences;
use crate::results::figures::ReportKind;
use crate::results::figures::ReportPeriod;

/// Puts the form with this index together.
///
/// # Errors
/// The ledger or its history cannot be read.
pub fn put_together(form: usize, came_in: &CameIn, desk: &Desk, notices: &mut Vec<Notice>) -> Result<Option<Consolidated>, Refusal> {
    let ground = desk.ground();
    let obligations = results::obligations(&came_in.evidence, ground);
    let Some(mut done) = consolidate(form, &came_in.forms, &obligations, ground) else { return Ok(None) };
    let definition = desk.campaign.forms.get(form);
    if definition.is_none_or(|form| form.columns.iter().all(|column| column.equals.is_none())) {
        return Ok(Some(done));
    }
    let path = desk.ledger_path(None);
    let cumulative = definition.is_some_and(|form| form.cumulative);
    done.compared = if !path.exists() {
        Compared::NoLedger
    } else if !cumulative && done.due.is_some_and(|due| due < desk.as_of) {
        Compared::PeriodOver
    } else {
        match Judged::read(&path, desk) {
            Err(Refusal::FiguresImpossible(_)) => Compared::Impossible,
            Err(refusal) => return Err(refusal),
            Ok(judged) => {
                let start = done.after.filter(|_| !cumulative).and_then(|after| after.succ_opt()).unwrap_or(desk.campaign.start);
                let kind = if cumulative { ReportKind::Summary } else { ReportKind::Monthly };
                let period = ReportPeriod { kind, start: start.min(desk.as_of), end: desk.as_of, scheduled: false };
                let statistics = count_over(judged, period, came_in, desk, notices)?;
                done.differences = differences(&done, &statistics.figures, ground);
                Compared::Done
            }
        }
    };
    Ok(Some(done))
}
