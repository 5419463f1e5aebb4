//! What came in, as far as it can fulfil a duty: who, when, and what kind of thing.
//!
//! Every unit that a file speaks for gives one piece of evidence a day and file. What it is worth is for `assess`.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::UnitMatch;
use crate::ledger::reject_reason;
use crate::records::FileReading;
use crate::records::FormRow;
use crate::records::Record;
use crate::records::SheetReading;
use crate::records::UnitReading;
use crate::registers::LoggedSubmission;
use crate::tables::Format;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceKind {
    /// Hazards; the print is equal for equal content.
    Ledger {
        print: u64,
    },
    Zero {
        major_only: bool,
    },
    /// The file cannot be read; the unit is known from its name.
    Unreadable,
    /// Every row was returned.
    Rejected,
    /// A text or picture that carries the names of these obligations.
    Document {
        obligations: Vec<usize>,
    },
    /// A count form of the campaign, by its index.
    Form {
        form: usize,
    },
    /// Neither hazards nor a zero report.
    Empty,
    /// A row of `submissions.csv`, for these obligations.
    Logged {
        obligations: Vec<usize>,
        is_zero: bool,
    },
}

/// One thing that came from one party on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub party: Party,
    /// 填报日期 in the sheet, else the date in the file's name, else the day of its mail; `None` where nothing says one.
    pub on: Option<NaiveDate>,
    pub kind: EvidenceKind,
    pub file: Arc<str>,
}

/// What a unit said in one file under one date.
#[derive(Default)]
struct Said {
    /// Prints of the rows that were taken.
    rows: Vec<u64>,
    rejected: u32,
    /// Whether every zero report spoke of major hazards only; `None` without one.
    zero: Option<bool>,
}

/// The evidence of one file. A ledger that this program wrote is the bureau's own word and no unit's report.
pub fn evidence_of_file(reading: &FileReading, forms: &[FormRow], campaign: &Campaign, roster: &Roster) -> Vec<Evidence> {
    // Asked for only where the content does not say whose it is: searching a long roster takes time.
    let named = LazyCell::new(|| reading.named_unit(roster));
    let of_whole = |kind: EvidenceKind, on: Option<NaiveDate>| -> Vec<Evidence> {
        let evidence = |unit| Evidence { party: Party::Unit(unit), on, kind, file: reading.file.clone() };
        named.map(evidence).into_iter().collect()
    };
    let period = (campaign.start, campaign.end);
    if let Some(document) = &reading.document {
        let kind = EvidenceKind::Document { obligations: document.duties.clone() };
        let of_unit = document.unit.filter(|_| !document.duties.is_empty());
        return of_unit
            .map(|unit| Evidence { party: Party::Unit(unit), on: document.on, kind, file: reading.file.clone() })
            .into_iter()
            .collect();
    }
    let Ok(content) = &reading.content else { return of_whole(EvidenceKind::Unreadable, reading.named_date(period)) };
    if content.sheets.iter().any(|sheet| sheet.is_ledger) {
        return Vec::new();
    }
    let mut said: BTreeMap<(usize, Option<NaiveDate>), Said> = BTreeMap::new();
    let mut filled_on = None;
    let mut senders: BTreeSet<(usize, Option<NaiveDate>)> = BTreeSet::new();
    for sheet in &content.sheets {
        let on = sheet.metadata.filled_on.map(|(date, ..)| date).or(content.name_date);
        filled_on = filled_on.or(on);
        // Who reports need not be who has the hazard: a county sends those of its hospitals.
        senders.extend(sender(sheet, roster).map(|unit| (unit, on)));
        for zero in &sheet.zero_reports {
            if let UnitReading::Known(unit) = zero.unit {
                let known = &mut said.entry((unit, on)).or_default().zero;
                *known = Some(zero.major_only && known.unwrap_or(true));
            }
        }
        for record in &sheet.records {
            let unit = if let UnitReading::Known(unit) = record.unit { Some(unit) } else { *named };
            let Some(unit) = unit else { continue };
            let said = said.entry((unit, on)).or_default();
            match reject_reason(record, roster) {
                None => said.rows.push(print(record)),
                Some(_) => said.rejected += 1,
            }
        }
    }
    let of_forms = evidence_of_forms(forms, roster);
    if said.is_empty() && !of_forms.is_empty() {
        return of_forms;
    }
    if said.is_empty() {
        // The words around an attachment are no report.
        if content.format == Format::Letter {
            return Vec::new();
        }
        return of_whole(EvidenceKind::Empty, filled_on.or(content.name_date));
    }
    report_for_below(&mut said, senders, *named, roster);
    let evidence = |((unit, on), said): ((usize, Option<NaiveDate>), Said)| Evidence {
        party: Party::Unit(unit),
        on,
        kind: kind(said),
        file: reading.file.clone(),
    };
    said.into_iter().map(evidence).chain(of_forms).collect()
}

/// A form's row reports for its unit, and for whoever sent it.
fn evidence_of_forms(forms: &[FormRow], roster: &Roster) -> Vec<Evidence> {
    let mut pieces: Vec<(usize, Option<NaiveDate>, usize, &Arc<str>)> = Vec::new();
    for row in forms {
        let sender = row.sender.filter(|sender| row.unit.is_none_or(|unit| unit == *sender || roster.is_above(*sender, unit)));
        pieces.extend(row.unit.into_iter().chain(sender).map(|unit| (unit, row.on, row.form, &row.file)));
    }
    pieces.sort_unstable();
    pieces.dedup();
    let evidence = |(unit, on, form, file): (usize, Option<NaiveDate>, usize, &Arc<str>)| Evidence {
        party: Party::Unit(unit),
        on,
        kind: EvidenceKind::Form { form },
        file: file.clone(),
    };
    pieces.into_iter().map(evidence).collect()
}

/// The unit that a sheet names as 填报单位.
fn sender(sheet: &SheetReading, roster: &Roster) -> Option<usize> {
    let (written, ..) = sheet.metadata.unit.as_ref()?;
    match roster.find(written) {
        UnitMatch::Exact(unit) | UnitMatch::Alias(unit) => Some(unit),
        UnitMatch::Ambiguous(_) | UnitMatch::Unknown(_) => None,
    }
}

/// Counts the rows of others for whoever sent them: the 填报单位, and the 上级单位 that the file is named after.
fn report_for_below(
    said: &mut BTreeMap<(usize, Option<NaiveDate>), Said>,
    mut senders: BTreeSet<(usize, Option<NaiveDate>)>,
    named: Option<usize>,
    roster: &Roster,
) {
    let above = |unit: usize| named.filter(|named| roster.is_above(*named, unit));
    senders.extend(said.keys().filter_map(|(unit, on)| Some((above(*unit)?, *on))));
    for (sender, on) in senders {
        let mut of_sender = Said::default();
        for (_, below) in said.iter().filter(|((unit, day), _)| *day == on && *unit != sender) {
            of_sender.rows.extend(&below.rows);
            of_sender.rejected += below.rejected;
            of_sender.zero = match (of_sender.zero, below.zero) {
                (Some(one), Some(other)) => Some(one && other),
                (one, other) => one.or(other),
            };
        }
        said.entry((sender, on)).or_insert(of_sender);
    }
}

/// The evidence of the rows of `submissions.csv`.
pub fn evidence_of_log<'a>(file: &Arc<str>, rows: impl IntoIterator<Item = &'a LoggedSubmission>) -> Vec<Evidence> {
    let evidence = |row: &LoggedSubmission| Evidence {
        party: row.party.clone(),
        on: Some(row.on),
        kind: EvidenceKind::Logged { obligations: row.obligations.clone(), is_zero: row.is_zero },
        file: file.clone(),
    };
    rows.into_iter().map(evidence).collect()
}

fn kind(mut said: Said) -> EvidenceKind {
    if !said.rows.is_empty() {
        // The order of the rows says nothing.
        said.rows.sort_unstable();
        return EvidenceKind::Ledger { print: hashed(&said.rows) };
    }
    match said.zero {
        Some(major_only) => EvidenceKind::Zero { major_only },
        None => EvidenceKind::Rejected,
    }
}

/// What a row says, whatever the order of its columns.
fn print(record: &Record) -> u64 {
    let mut texts: Vec<(&str, &str)> = record.values.iter().map(|(field, _, text)| (field.key(), text)).collect();
    texts.extend(record.extras.iter().map(|(title, text)| (title.as_ref(), text.as_ref())));
    texts.sort_unstable();
    hashed(&texts)
}

/// Compared within one run and never written anywhere.
fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Ground;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::records::Authority;
    use crate::records::ReadingBasis;
    use crate::records::read_file;
    use crate::source::SourceFile;

    const CAMPAIGN: &str =
        "campaign: demo\ntitle: 示例\nissuer: 某县卫健委\nperiod: {start: 2023-06-01, end: 2023-12-31}\nunits: units.csv\n";
    const ROSTER: &str = "编码,单位名称,简称\nH01,甲医院,甲院\nW01,乙镇卫生院,\n";

    fn evidence(name: &str, text: &str) -> Vec<Evidence> {
        let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
        let campaign = read_campaign(&file("campaign.yaml", CAMPAIGN)).campaign.expect("a campaign");
        let roster = read_roster(&file("units.csv", ROSTER)).roster.expect("a roster");
        let basis = ReadingBasis { ground: Ground::new(&campaign, &roster, campaign.start), authority: Authority::Unit };
        evidence_of_file(&read_file(&file(name, text), &basis), &[], &campaign, &roster)
    }

    /// Unit, day and kind of everything that a file says.
    fn check(name: &str, text: &str, expected: &[&str]) {
        let kind = |kind: &EvidenceKind| match kind {
            EvidenceKind::Ledger { .. } => "ledger",
            EvidenceKind::Zero { major_only: false } => "zero",
            EvidenceKind::Zero { major_only: true } => "zero of major ones",
            EvidenceKind::Unreadable => "unreadable",
            EvidenceKind::Rejected => "rejected",
            EvidenceKind::Empty => "empty",
            EvidenceKind::Logged { .. } => "logged",
            EvidenceKind::Document { .. } => "document",
            EvidenceKind::Form { .. } => "form",
        };
        let found: Vec<String> = (evidence(name, text).iter())
            .map(|piece| format!("{:?} {} {}", piece.party, piece.on.map_or("—".to_owned(), |on| on.to_string()), kind(&piece.kind)))
            .collect();
        assert_eq!(found, expected, "{name}: {text}");
    }

    #[test]
    fn every_unit_of_a_file_speaks_for_itself() {
        let head = "单位名称,隐患描述,发现日期,整改期限\n";
        let two = format!("{head}甲医院,插座松动,2023-06-03,2023-07-18\n乙镇卫生院,无隐患,,\n");
        check("汇总-20230609.csv", &two, &["Unit(0) 2023-06-09 ledger", "Unit(1) 2023-06-09 zero"]);
        check("甲院.csv", "隐患描述,发现日期\n插座松动,2023-06-03\n", &["Unit(0) — ledger"]);
        check("a.csv", "填报单位：甲医院  填报日期：2023-06-09,\n隐患描述,发现日期\n插座松动,2023-06-03\n", &["Unit(0) 2023-06-09 ledger"]);
        check("甲医院.csv", "隐患描述,整改期限\n无重大隐患,\n", &["Unit(0) — zero of major ones"]);
        // A row without a description is returned; one good row makes the file a report.
        check("甲医院-20230609.csv", "隐患描述,部位,发现日期\n,一楼,2023-06-03\n", &["Unit(0) 2023-06-09 rejected"]);
        check(
            "甲医院-20230609.csv",
            "隐患描述,部位,发现日期\n,一楼,2023-06-03\n插座松动,二楼,2023-06-03\n",
            &["Unit(0) 2023-06-09 ledger"],
        );
        // The row names a stranger: it is returned to whoever the file is named after.
        check("甲医院-20230609.csv", &format!("{head}丙医院,插座松动,2023-06-03,\n"), &["Unit(0) 2023-06-09 rejected"]);
        check("汇总.csv", &format!("{head}丙医院,插座松动,2023-06-03,\n"), &[]);
        check("甲医院-20230609.csv", "隐患描述,发现日期\n", &["Unit(0) 2023-06-09 empty"]);
        check("inbox/甲医院/20230609.xlsx", "PK\u{3}\u{4} not a workbook", &["Unit(0) 2023-06-09 unreadable"]);
        check("谁的.xlsx", "PK\u{3}\u{4} not a workbook", &[]);
    }

    #[test]
    fn equal_content_has_equal_prints_whatever_the_order() {
        let head = "隐患描述,部位,发现日期\n";
        let print = |text: &str| evidence("甲医院.csv", text).into_iter().map(|piece| piece.kind).collect::<Vec<_>>();
        let (one, other) = ("插座松动,一楼,2023-06-03\n", "通道堵塞,二楼,2023-06-04\n");
        assert_eq!(print(&format!("{head}{one}{other}")), print(&format!("{head}{other}{one}")));
        assert_eq!(print(&format!("{head}{one}")), print("部位,隐患描述,发现日期\n一楼,插座松动,2023-06-03\n"));
        assert_ne!(print(&format!("{head}{one}")), print(&format!("{head}{one}{one}")));
        assert_ne!(print(&format!("{head}{one}")), print(&format!("{head}{other}")));
    }
}
