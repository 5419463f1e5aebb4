//! `receipt --format json`: a receipt for each unit of which something came, and whom to call. No telephone number is in it.

use serde::Serialize;

use crate::campaign::Campaign;
use crate::campaign::Roster;
use crate::desk::receipts::Call;
use crate::desk::receipts::Receipt;
use crate::desk::receipts::Receipts;
use crate::render::json::diagnostics::DiagnosticJson;

#[derive(Debug, Serialize)]
pub struct ReceiptsJson<'a> {
    as_of: String,
    receipts: Vec<ReceiptJson<'a>>,
    unplaced: Vec<DiagnosticJson<'a>>,
    calls: Vec<CallJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ReceiptJson<'a> {
    unit: &'a str,
    on: Option<String>,
    files: Vec<&'a str>,
    accepted: u32,
    returned: u32,
    zero_report: bool,
    cells: Vec<DiagnosticJson<'a>>,
    next: Vec<NextJson<'a>>,
}

#[derive(Debug, Serialize)]
struct NextJson<'a> {
    id: &'a str,
    name: &'a str,
    due: String,
    time: Option<String>,
}

#[derive(Debug, Serialize)]
struct CallJson<'a> {
    unit: &'a str,
    missing: Vec<&'a str>,
    errors: usize,
}

impl<'a> ReceiptsJson<'a> {
    /// The whole answer, in the order of the roster.
    pub fn of(receipts: &'a Receipts, campaign: &'a Campaign, roster: &'a Roster) -> ReceiptsJson<'a> {
        ReceiptsJson {
            as_of: receipts.obligations.as_of.to_string(),
            receipts: receipts.receipts.iter().map(|receipt| of_unit(receipt, receipts, campaign, roster)).collect(),
            unplaced: DiagnosticJson::all(&receipts.unplaced),
            calls: receipts.calls.iter().map(|call| of_call(call, receipts, campaign, roster)).collect(),
        }
    }
}

fn of_unit<'a>(receipt: &'a Receipt, all: &'a Receipts, campaign: &'a Campaign, roster: &'a Roster) -> ReceiptJson<'a> {
    let next = receipt.next.iter().filter_map(|next| {
        let period = all.obligations.periods.get(next.period)?;
        let obligation = campaign.obligations.get(period.obligation)?;
        let time = period.time.map(|time| time.format("%H:%M").to_string());
        Some(NextJson { id: &obligation.id, name: &obligation.name, due: next.due.to_string(), time })
    });
    let mut files: Vec<&str> = receipt.pieces.iter().map(|piece| &*piece.file).collect();
    files.dedup();
    ReceiptJson {
        unit: name(receipt.unit, roster),
        on: receipt.on.map(|on| on.to_string()),
        files,
        accepted: receipt.accepted,
        returned: receipt.returned,
        zero_report: receipt.is_zero(),
        cells: DiagnosticJson::all(&receipt.cells),
        next: next.collect(),
    }
}

fn of_call<'a>(call: &Call, all: &Receipts, campaign: &'a Campaign, roster: &'a Roster) -> CallJson<'a> {
    let id = |period: &usize| {
        let period = all.obligations.periods.get(*period)?;
        campaign.obligations.get(period.obligation).map(|obligation| obligation.id.as_str())
    };
    CallJson { unit: name(call.unit, roster), missing: call.missing.iter().filter_map(id).collect(), errors: call.errors }
}

fn name(unit: usize, roster: &Roster) -> &str {
    roster.units.get(unit).map_or("", |unit| &unit.name)
}
