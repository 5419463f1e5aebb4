//! What a merge works on: every record with its submission's date and whose word it is, in one order.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::dates::DateReading;
use crate::ledger::answers::as_issued;
use crate::ledger::cases::Joined;
use crate::ledger::earlier_identities::EarlierIdentity;
use crate::ledger::outcome::RejectReason;
use crate::ledger::outcome::Rejected;
use crate::ledger::outcome::SheetTally;
use crate::ledger::outcome::ZeroReported;
use crate::ledger::register::TakeOver;
use crate::ledger::unsettled::mark_unsettled;
use crate::records::FileReading;
use crate::records::Record;
use crate::records::UnitReading;
use crate::records::Values;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::FieldSet;

/// Everything a merge needs.
pub struct MergeInputs<'a> {
    pub ground: Ground<'a>,
    /// The old ledger, read as the bureau's word; `None` for the first merge.
    pub base: Option<FileReading>,
    /// 上期结转: the ledger of an earlier drive, read as the bureau's word; part of this round's files.
    pub carried: Option<FileReading>,
    /// The submissions, in any order.
    pub files: Vec<FileReading>,
    /// Date of submissions that carry none (`--received`).
    pub received: Option<NaiveDate>,
    /// Every 编号 ever assigned (from the history), so that none is used again.
    pub assigned: BTreeSet<String>,
    /// What hazards of the old ledger were known by before (from the history), so that old files find them again.
    pub earlier_identities: Vec<EarlierIdentity>,
    /// Hazards that became names of others by the clerk's word, by their number.
    pub joined: BTreeMap<String, Joined>,
    /// How rows of the old ledger that the history does not know enter it; `None` where no history is kept.
    pub take_over: Option<TakeOver>,
    /// 编号 of the old ledger that only withdrawn files have named: whoever names one brings it back to life.
    pub vacant: BTreeSet<String>,
}

/// One record on its way into a hazard.
pub struct Entry {
    pub record: Record,
    pub file: Arc<str>,
    pub sheet: Arc<str>,
    /// Date of the submission; for ledger rows 最近报送.
    pub date: Option<NaiveDate>,
    /// Whether it is the bureau's word.
    pub bureau: bool,
    /// Whether it comes from the old ledger.
    pub base: bool,
    /// Whether it is 上期结转.
    pub carried: bool,
    /// Index into the tallies; unused for the base.
    pub tally: usize,
    /// Roster index of the unit; beyond the roster, index into [`Gathered::strangers`].
    pub unit: usize,
    /// Whether it speaks under the number or the words of a hazard that was joined into this one.
    pub joined: bool,
    /// For such a row of the ledger: the fields that are older than the row.
    pub older_fields: Vec<(Field, NaiveDate)>,
    /// Whether it answers a form: whoever filled it in knew what the ledger said on the form's day.
    pub answers: bool,
    /// The fields that still read as the form was sent out: nobody says them anew.
    pub as_issued: FieldSet,
}

impl Entry {
    /// Whether it is what the ledger says of the hazard itself.
    pub fn is_standing(&self) -> bool {
        self.base && !self.joined
    }

    /// The cell of a field in the file that was read, for ledger rows in the ledger.
    pub fn cell(&self, field: Field) -> Origin {
        let column = self.record.values.column(field).unwrap_or(0);
        Origin { file: self.file.clone(), sheet: self.sheet.clone(), row: self.record.row, column }
    }

    /// The place of the record's row; for ledger rows the place they name as their source.
    pub fn origin(&self) -> Origin {
        let own = || Origin { file: self.file.clone(), sheet: self.sheet.clone(), row: self.record.row, column: 0 };
        if self.bureau { self.record.values.get(Field::Origin).and_then(Origin::parse_row).unwrap_or_else(own) } else { own() }
    }
}

/// A submission of a unit: its date and the file it came in.
pub type SubmissionKey = (usize, Option<NaiveDate>);

/// All entries in merging order, and what is known besides them.
pub struct Gathered {
    pub entries: Vec<Entry>,
    pub tallies: Vec<SheetTally>,
    pub rejected: Vec<Rejected>,
    /// Unit submissions of this round: which units handed in something on which date.
    pub submissions: BTreeSet<SubmissionKey>,
    pub zero_reports: Vec<ZeroReported>,
    /// Units of ledger rows that are on no roster.
    pub strangers: Vec<Arc<str>>,
    /// Dates of values older than their hazard's newest submission: 编号 → field → date.
    pub older_fields: BTreeMap<String, BTreeMap<Field, NaiveDate>>,
}

/// Sorts the inputs and sets aside the records that can become no hazard.
pub fn gather(campaign_inputs: &mut MergeInputs<'_>) -> Gathered {
    let received = campaign_inputs.received;
    let (campaign, roster) = (campaign_inputs.ground.campaign, campaign_inputs.ground.roster);
    let mut gathered = Gathered {
        entries: Vec::new(),
        tallies: Vec::new(),
        rejected: Vec::new(),
        submissions: BTreeSet::new(),
        zero_reports: Vec::new(),
        strangers: Vec::new(),
        older_fields: BTreeMap::new(),
    };
    let carried_file = campaign_inputs.carried.as_ref().map(|file| file.file.clone());
    let mut files = std::mem::take(&mut campaign_inputs.files);
    files.extend(campaign_inputs.carried.take());
    files.sort_by(|left, right| left.file.cmp(&right.file));
    let base_file = campaign_inputs.base.as_ref().map(|base| base.file.clone());
    if let Some(base) = campaign_inputs.base.take() {
        take_base(base, received, (campaign, roster), &mut gathered);
    }
    let merged: BTreeSet<Arc<str>> = files.iter().map(|file| file.file.clone()).collect();
    for file in files {
        let Ok(content) = file.content else { continue };
        let is_carried = carried_file.as_ref() == Some(&file.file);
        for (id, field, date) in content.carried.older_fields {
            gathered.older_fields.entry(id).or_default().insert(field, date);
        }
        // `--received` is the day on which submissions came in, not the day of an earlier drive.
        let received = received.filter(|_| !is_carried);
        let issue = content.returned.filter(|form| form.fault.is_none()).map(|form| form.issue);
        for sheet in content.sheets {
            let date = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date).or(received);
            // A form cannot have been filled in before it was sent out.
            let date = date.max(issue.as_ref().map(|issue| issue.on));
            let tally = gathered.tallies.len();
            gathered.tallies.push(SheetTally {
                file: file.file.clone(),
                sheet: sheet.sheet.clone(),
                rows: sheet.rows.clone(),
                records: sheet.records.len() as u32,
                zero_report: sheet.zero_reports.len() as u32,
                ..SheetTally::default()
            });
            // What an earlier drive found is nobody's report in this one.
            for zero in sheet.zero_reports.iter().filter(|_| !is_carried) {
                if let UnitReading::Known(unit) = zero.unit {
                    gathered.submissions.insert((unit, date));
                    let place = (file.file.clone(), sheet.sheet.clone());
                    gathered.zero_reports.push(ZeroReported {
                        origin: Origin { file: place.0, sheet: place.1, row: zero.row, column: zero.column },
                        unit,
                        submitted_on: date,
                        major_only: zero.major_only,
                    });
                }
            }
            for record in sheet.records {
                let date = record.submitted_on.day().filter(|_| sheet.is_ledger).or(date);
                let as_issued = issue.as_ref().map(|issue| as_issued(&record, issue)).unwrap_or_default();
                let place = (file.file.clone(), sheet.sheet.clone());
                let record = if is_carried { carried_over(record) } else { record };
                match settle(record, &place, date, (campaign, roster)) {
                    Ok((record, unit)) => {
                        if !sheet.is_ledger && !is_carried {
                            gathered.submissions.insert((unit, date));
                        }
                        let (file, sheet_name) = place;
                        gathered.entries.push(Entry {
                            record,
                            file,
                            sheet: sheet_name,
                            date,
                            bureau: sheet.is_ledger || is_carried,
                            base: false,
                            carried: is_carried,
                            tally,
                            unit,
                            joined: false,
                            older_fields: Vec::new(),
                            answers: issue.is_some(),
                            as_issued,
                        });
                    }
                    Err(rejected) => {
                        gathered.tallies[tally].rejected += 1;
                        gathered.rejected.push(*rejected);
                    }
                }
            }
        }
    }
    drop_settled_rejections(&mut gathered, &merged, base_file.as_deref(), roster);
    gathered
}

/// The old ledger: its hazards, the rows it had returned, the dates of its older values.
fn take_base(base: FileReading, received: Option<NaiveDate>, (campaign, roster): (&Campaign, &Roster), gathered: &mut Gathered) {
    let Ok(content) = base.content else { return };
    for carried in content.carried.rejected {
        gathered.rejected.push(Rejected {
            origin: carried.origin,
            reason: RejectReason::from_label(&carried.reason).unwrap_or(RejectReason::UnreadableKey),
            unit: carried.unit,
            values: carried.values,
            submitted_on: carried.submitted_on,
        });
    }
    for (id, field, date) in content.carried.older_fields {
        gathered.older_fields.entry(id).or_default().insert(field, date);
    }
    for sheet in content.sheets {
        let date = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date).or(received);
        for record in sheet.records {
            let date = record.submitted_on.day().or(date.filter(|_| !sheet.is_ledger));
            let place = (base.file.clone(), sheet.sheet.clone());
            // What the bureau's own ledger holds stays, whatever is wrong with it; a row without words is no hazard and stays on 退回.
            let settled = if sheet.is_ledger && record.values.get(Field::Description).is_some() {
                let unit = gathered.unit_of(&record.unit, roster);
                Ok((mark_unsettled(record, campaign), unit))
            } else {
                settle(record, &place, date, (campaign, roster))
            };
            match settled {
                Ok((record, unit)) => {
                    let (file, sheet) = place;
                    gathered.entries.push(Entry {
                        record,
                        file,
                        sheet,
                        date,
                        bureau: true,
                        base: true,
                        carried: false,
                        tally: 0,
                        unit,
                        joined: false,
                        older_fields: Vec::new(),
                        answers: false,
                        as_issued: FieldSet::default(),
                    });
                }
                Err(rejected) => gathered.rejected.push(*rejected),
            }
        }
    }
}

impl Gathered {
    /// The index of a ledger row's unit.
    fn unit_of(&mut self, unit: &UnitReading, roster: &Roster) -> usize {
        let name = match unit {
            UnitReading::Known(index) if *index < roster.units.len() => return *index,
            UnitReading::Unknown(name) | UnitReading::Ambiguous(name) => name.as_str(),
            UnitReading::Known(_) | UnitReading::Missing => "",
        };
        let known = self.strangers.iter().position(|stranger| **stranger == *name);
        let position = known.unwrap_or_else(|| {
            self.strangers.push(Arc::from(name));
            self.strangers.len() - 1
        });
        roster.units.len() + position
    }

    /// The name of a unit by its index.
    pub fn unit_name(&self, unit: usize, roster: &Roster) -> Arc<str> {
        let known = roster.units.get(unit).map(|unit| unit.name.clone());
        let stranger = || unit.checked_sub(roster.units.len()).and_then(|position| self.strangers.get(position)).cloned();
        known.or_else(stranger).unwrap_or_else(|| Arc::from(""))
    }
}

/// What 隐患来源 says of a hazard of an earlier drive that does not say it itself.
pub const CARRIED_OVER: &str = "上期结转";

/// A record of an earlier drive, marked as such. A number of that drive stands in a column of its own since it was read.
fn carried_over(mut record: Record) -> Record {
    if record.values.get(Field::Source).is_none() {
        record.values = Values::pack(record.values.iter().chain([(Field::Source, 0, CARRIED_OVER)]));
    }
    record
}

/// Why a record can become no hazard; `None` for one that can.
pub fn reject_reason(record: &Record, roster: &Roster) -> Option<RejectReason> {
    match &record.unit {
        UnitReading::Unknown(_) => Some(RejectReason::UnitUnknown),
        UnitReading::Ambiguous(_) => Some(RejectReason::UnitAmbiguous),
        UnitReading::Missing => Some(RejectReason::UnitMissing),
        UnitReading::Known(index) if *index >= roster.units.len() => Some(RejectReason::UnitUnknown),
        UnitReading::Known(_) if record.values.get(Field::Description).is_none() => Some(RejectReason::NoDescription),
        UnitReading::Known(_) if matches!(record.found_on, DateReading::Unreadable(_)) => Some(RejectReason::UnreadableKey),
        UnitReading::Known(_) => None,
    }
}

/// Gives a record its unit, or says why it can become no hazard.
fn settle(
    record: Record,
    place: &(Arc<str>, Arc<str>),
    date: Option<NaiveDate>,
    (campaign, roster): (&Campaign, &Roster),
) -> Result<(Record, usize), Box<Rejected>> {
    let reason = match (reject_reason(&record, roster), &record.unit) {
        (None, UnitReading::Known(index)) => {
            let unit = *index;
            return Ok((mark_unsettled(record, campaign), unit));
        }
        (reason, _) => reason,
    };
    let Some(reason) = reason else { return Ok((record, 0)) };
    let unit = match &record.unit {
        UnitReading::Known(index) => roster.units.get(*index).map_or_else(String::new, |unit| unit.name.to_string()),
        UnitReading::Unknown(name) | UnitReading::Ambiguous(name) => name.clone(),
        UnitReading::Missing => String::new(),
    };
    let mut values: Vec<(String, String)> =
        record.values.iter().map(|(field, _, text)| (field.key().to_owned(), text.to_owned())).collect();
    values.extend(record.extras.iter().map(|(title, text)| (title.to_string(), text.to_string())));
    Err(Box::new(Rejected {
        origin: Origin { file: place.0.clone(), sheet: place.1.clone(), row: record.row, column: 0 },
        reason,
        unit,
        values,
        submitted_on: date,
    }))
}

/// Returned rows of earlier rounds stay until their file is merged again or a newer submission of the unit came.
fn drop_settled_rejections(gathered: &mut Gathered, merged: &BTreeSet<Arc<str>>, base_file: Option<&str>, roster: &Roster) {
    let mut newest: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for (unit, date) in &gathered.submissions {
        if let (Some(unit), Some(date)) = (roster.units.get(*unit), date) {
            let known = newest.entry(unit.name.as_ref()).or_insert(*date);
            *known = (*known).max(*date);
        }
    }
    let mut seen = BTreeSet::new();
    let this_round: Vec<Rejected> = std::mem::take(&mut gathered.rejected);
    // Rows of this round come last; an earlier round's row of a file merged now is superseded by them.
    let fresh_from = this_round.len() - gathered.tallies.iter().map(|tally| tally.rejected as usize).sum::<usize>().min(this_round.len());
    for (position, rejected) in this_round.into_iter().enumerate() {
        let superseded = position < fresh_from
            && Some(rejected.origin.file.as_ref()) != base_file
            && (merged.contains(&rejected.origin.file)
                || newest.get(rejected.unit.as_str()).is_some_and(|date| rejected.submitted_on.is_none_or(|submitted| submitted < *date)));
        if !superseded && seen.insert((rejected.origin.clone(), rejected.reason)) {
            gathered.rejected.push(rejected);
        }
    }
    gathered.rejected.sort_by(|left, right| left.origin.cmp(&right.origin));
}
