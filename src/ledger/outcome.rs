//! What a merge did: the new ledger, one tally per sheet, conflicts, rejected rows, history.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::ledger::cases::Joined;
use crate::ledger::hazard::Ledger;
use crate::ledger::history::HistoryEntry;
use crate::ledger::history::HistoryLine;
use crate::ledger::register::ChainHead;
use crate::ledger::register::Health;
use crate::ledger::register::PutRight;
use crate::records::CarriedMark;
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
    /// What units wrote where only the bureau writes and has not yet; not taken over.
    pub unheard: Vec<Unheard>,
    /// Rows that became no hazard, with the reason; they go to the sheet 退回.
    pub rejected: Vec<Rejected>,
    /// 编号 of hazards missing from their unit's newest full submission (未再报告).
    pub missing: Vec<String>,
    /// 编号 of closed hazards that a submission calls open again.
    pub reopened: Vec<String>,
    /// Zero reports of this round that a unit of the roster is credited with, by place.
    pub zero_reports: Vec<ZeroReported>,
    /// Roster indexes of the units that a submission of this round spoke for: by records or a zero report.
    pub reported: BTreeSet<usize>,
    /// What the campaign's 上期结转 brought; `None` where the campaign names none.
    pub carried_over: Option<CarriedOver>,
    /// Words of the clerk in the workbook that could not be carried out.
    pub questions: Vec<Question>,
    /// Hazards that are names of others, by their number.
    pub joined: BTreeMap<String, Joined>,
    /// What the clerk decided in the workbook and this merge carried out: lines for `history.jsonl`.
    pub decisions: Vec<HistoryEntry>,
    /// Cases that this merge opened: lines for `history.jsonl`.
    pub opened: Vec<HistoryEntry>,
    /// Pairs that look alike; for the clerk to decide.
    pub near_matches: Vec<NearMatch>,
    /// Rows whose 编号 stands twice in their file and that got a new one, given in `other`.
    pub renumbered: Vec<NumberNote>,
    /// Rows that were given, by their exact words, to another hazard than their 编号 names: `other`.
    pub outweighed: Vec<NumberNote>,
    /// Rows that follow their 编号 although the ledger worded that hazard quite differently: `other`.
    pub reworded: Vec<NumberNote>,
    /// Rows that carry a 编号 nobody issued, or one of another unit: its cell and 编号.
    pub unknown_ids: Vec<(Origin, String)>,
    /// What was changed in the old ledger by hand since the merge before: lines for `history.jsonl`, found before
    /// the merge by [`crate::ledger::register::make_whole`].
    pub edits: Vec<HistoryEntry>,
    /// What was put right in the old ledger before the merge.
    pub put_right: Vec<PutRight>,
    /// Files that were taken back and have not changed since: not read.
    pub passed_over: Vec<Arc<str>>,
    /// Lines of hazards that stand in the old ledger and that the history does not know.
    pub taken_over: Vec<HistoryEntry>,
    /// What the history says about itself, and what goes into it beside the hazards.
    pub bookkeeping: Bookkeeping,
    /// Changes to append to `history.jsonl`, hazard by hazard in ledger order. Hazards that one single record
    /// set as a whole are in `first_reports` instead; see [`MergeOutcome::history`].
    pub changes: Vec<HistoryEntry>,
    /// Indexes of hazards that are new and whose every value comes from the row named as their origin; ascending.
    pub first_reports: Vec<usize>,
}

impl MergeOutcome {
    /// Every line to append to `history.jsonl`: edits by hand and decisions, on which the merge built; new hazards as their
    /// ledger row says; then the changes, and the cases that were opened.
    pub fn history(&self) -> impl Iterator<Item = HistoryLine<'_>> {
        let first = self.first_reports.iter().filter_map(|index| self.ledger.hazards.get(*index)).map(HistoryLine::of_new);
        let before = self.edits.iter().chain(&self.taken_over).chain(&self.decisions).map(HistoryEntry::line);
        before.chain(first).chain(self.changes.iter().chain(&self.opened).map(HistoryEntry::line))
    }
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

impl SheetTally {
    /// Sums up all sheets.
    pub fn total(tallies: &[SheetTally]) -> SheetTally {
        let mut sum = SheetTally::default();
        for tally in tallies {
            for (kind, number) in &tally.rows {
                *sum.rows.entry(*kind).or_default() += number;
            }
            sum.records += tally.records;
            sum.new += tally.new;
            sum.updated += tally.updated;
            sum.unchanged += tally.unchanged;
            sum.duplicate += tally.duplicate;
            sum.rejected += tally.rejected;
            sum.zero_report += tally.zero_report;
        }
        sum
    }

    /// True if every record has exactly one fate.
    pub fn balances(&self) -> bool {
        self.records == self.new + self.updated + self.unchanged + self.duplicate + self.rejected
    }
}

/// What became of the file that the campaign names as 上期结转.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOver {
    pub file: Arc<str>,
    /// Whether it could be read at all.
    pub is_readable: bool,
    pub records: u32,
    pub rejected: u32,
    /// Hazards of the ledger that it speaks of.
    pub hazards: u32,
}

/// Something to be said of the 编号 that a row carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberNote {
    /// The cell of the 编号.
    pub place: Origin,
    /// The 编号 that stands there.
    pub id: String,
    /// What it is laid beside: another 编号, or the words that the ledger has.
    pub other: String,
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
    /// Date of the submission that says the other value.
    pub other_on: Option<NaiveDate>,
    /// What the clerk typed into 采用 and could not be carried out.
    pub word: String,
}

/// A value that a unit wrote into a field of the bureau which the ledger leaves blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheard {
    pub id: String,
    pub field: Field,
    pub text: String,
    /// The cell.
    pub place: Origin,
    /// Date of the submission.
    pub on: Option<NaiveDate>,
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
    /// Every reason.
    pub const ALL: [RejectReason; 5] = [
        RejectReason::UnitUnknown,
        RejectReason::UnitAmbiguous,
        RejectReason::UnitMissing,
        RejectReason::NoDescription,
        RejectReason::UnreadableKey,
    ];

    /// Reads back what [`RejectReason::label`] wrote.
    pub fn from_label(label: &str) -> Option<RejectReason> {
        RejectReason::ALL.into_iter().find(|reason| reason.label() == label)
    }

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

/// A zero report as it came in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZeroReported {
    pub origin: Origin,
    /// Index into the roster.
    pub unit: usize,
    /// Date of the submission.
    pub submitted_on: Option<NaiveDate>,
    /// 无重大隐患: general hazards are left open.
    pub major_only: bool,
}

/// Two hazards of one unit that look alike but were not merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMatch {
    pub id: String,
    pub other: String,
    /// What differs.
    pub differs: Vec<Field>,
    /// What the clerk typed into 裁定 and could not be carried out.
    pub word: String,
}

/// A word of the clerk in the workbook that could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The cell.
    pub place: Origin,
    /// The column's title.
    pub title: &'static str,
    /// What stands there.
    pub text: String,
    pub doubt: Doubt,
}

/// Why a word of the clerk waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// It is none of the words that may stand there; these may.
    UnknownWord(&'static [&'static str]),
    /// The row does not say which case it means.
    UnknownCase,
    /// The ledger says something else by now.
    ValueChanged(String),
    /// Several values are adopted for one cell.
    SeveralAdopted,
    IntoItself,
    /// No hazard has that number.
    IntoUnknown,
    /// The number is one of another unit, named here.
    IntoOtherUnit(String),
    /// The numbers lead back to where they began.
    Circle(Vec<String>),
}

/// Where the history stands, and the line with which a merge closes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bookkeeping {
    pub head: ChainHead,
    pub health: Health,
    /// The line of this merge; `None` where it has nothing to say.
    pub closing: Option<Closing>,
    /// What the ledger says of the merge that wrote it.
    pub mark: Option<CarriedMark>,
}

/// The last line of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    pub day: NaiveDate,
    pub hazards: usize,
    /// Digest of the ledger's content.
    pub digest: String,
    /// Files that were read for the first time, or changed since, with their hashes.
    pub files: Vec<(Arc<str>, String)>,
    /// Files that were taken back, with their hashes.
    pub withdrawn: Vec<(Arc<str>, String)>,
}
