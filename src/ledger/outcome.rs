//! What a merge did: the new ledger, one tally per sheet, conflicts, rejected rows, history.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::ledger::hazard::Ledger;
use crate::records::RowKind;
use crate::source::Origin;
use crate::vocabulary::Field;

/// Everything a merge produced.
#[derive(Debug, Clone, Default)]
pub struct MergeOutcome {
    pub ledger: Ledger,
    /// One per file and sheet, in path order.
    pub tallies: Vec<SheetTally>,
    pub conflicts: Vec<Conflict>,
    /// Rows that became no hazard, with the reason; they go to the sheet 退回.
    pub rejected: Vec<Rejected>,
    /// 编号 of hazards missing from their unit's newest full submission (未再报告).
    pub missing: Vec<String>,
    /// 编号 of closed hazards that a submission calls open again.
    pub reopened: Vec<String>,
    /// Pairs that look alike; for the clerk to decide.
    pub near_matches: Vec<NearMatch>,
    /// Hazards whose 编号 was taken by another hazard and that got a new one: (old, new).
    pub renumbered: Vec<(String, String)>,
    /// Lines to append to `history.jsonl`.
    pub history: Vec<HistoryEntry>,
}

/// The counts of one sheet. `records = new + updated + unchanged + duplicate + rejected`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetTally {
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    pub rows: BTreeMap<RowKind, u32>,
    pub records: u32,
    pub new: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub duplicate: u32,
    pub rejected: u32,
    pub zero_report: u32,
}

/// Two values for one field, neither of which may silently win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub id: String,
    pub field: Field,
    /// The value that stands.
    pub kept: String,
    /// The value that does not.
    pub other: String,
    pub kept_from: Origin,
    pub other_from: Origin,
}

/// A record that became no hazard.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    pub origin: Origin,
    pub reason: RejectReason,
    /// Unit as far as it is known, else as written.
    pub unit: String,
    /// Field and text, as written.
    pub values: Vec<(String, String)>,
    /// Date of the submission it came with.
    pub submitted_on: Option<NaiveDate>,
}

/// Why a record was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RejectReason {
    UnitUnknown,
    UnitAmbiguous,
    UnitMissing,
    NoDescription,
    /// A key field (found date) holds something unreadable.
    UnreadableKey,
}

impl RejectReason {
    /// The sentence on the sheet 退回.
    pub fn label(self) -> &'static str {
        match self {
            RejectReason::UnitUnknown => "单位不在单位名册中",
            RejectReason::UnitAmbiguous => "单位名称对应名册中的多个单位",
            RejectReason::UnitMissing => "没有写明单位",
            RejectReason::NoDescription => "没有填写隐患描述",
            RejectReason::UnreadableKey => "发现日期无法识别",
        }
    }
}

/// Two hazards of one unit that look alike but were not merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMatch {
    pub id: String,
    pub other: String,
    /// What differs.
    pub differs: Vec<Field>,
}

/// One line of `history.jsonl`: which submission set which fields of which hazard to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    pub id: String,
    pub from: Origin,
    pub submitted_on: Option<NaiveDate>,
    /// Field key (or the title of an unknown column), old value, new value.
    pub set: Vec<(String, Option<String>, String)>,
}
