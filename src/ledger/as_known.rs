//! The ledger as it was known on a past day: the newest ledger with everything taken back that came later.
//!
//! A line of the history is known from the date of its submission on (a hand edit: from the day on which a merge first
//! saw it), one without a date always was. What stands further down in the history was written later and is
//! therefore never known earlier than what stands above it for the same field. Knows nothing of disks, and nothing of
//! what the dates *in* the ledger say: a hazard rectified after the day is for `results` to judge.

use std::collections::HashMap;
use std::sync::Arc;

use crate::campaign::Ground;
use crate::diagnostic::file_place;
use crate::ledger::canonical::same_text;
use crate::ledger::canonical::settled_fields;
use crate::ledger::hazard::Hazard;
use crate::ledger::hazard::Ledger;
use crate::ledger::history::HistoryEntry;
use crate::ledger::readings::Readings;
use crate::ledger::readings::single_values;
use crate::records::Authority;
use crate::records::ReadingBasis;
use crate::records::reread_rows;
use crate::vocabulary::Field;

/// What turning a ledger back needs to know.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    /// Its day is the last one of what is known.
    pub ground: Ground<'a>,
    /// The lines of the ledger's history in their order. Hazards that have no later line may be left out; they
    /// stay as they are.
    pub history: &'a [&'a HistoryEntry],
    /// The ledger's own name: lines from there are edits by hand, not submissions.
    pub ledger_file: &'a str,
}

/// The ledger of the day, and what was taken back to get there.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub ledger: Ledger,
    /// 编号 of the hazards that were first reported after the day, in ledger order.
    pub later: Vec<String>,
    /// How many values of the other hazards were taken back.
    pub undone: u32,
}

/// The ledger as it was known on the day. Where the history has nothing later, it is the ledger itself.
pub fn as_known(ledger: Ledger, past: &Past<'_>) -> Known {
    if !past.history.iter().any(|line| past.is_later(line)) {
        return Known { ledger, ..Known::default() };
    }
    let mut lines_of: HashMap<&str, Vec<&HistoryEntry>> = HashMap::new();
    for line in past.history {
        lines_of.entry(line.id.as_str()).or_default().push(line);
    }
    let mut known = Known::default();
    let mut changed: Vec<(usize, Vec<(Field, String)>)> = Vec::new();
    for mut hazard in ledger.hazards {
        if let Some(lines) = lines_of.get(hazard.id.as_str()) {
            if lines.first().is_some_and(|first| first.begins_hazard() && past.is_later(first)) {
                known.later.push(hazard.id);
                continue;
            }
            let (values, undone) = values_of_the_day(&hazard, lines, past);
            known.undone += undone + turn_back_extras(&mut hazard, lines, past);
            turn_back_origin(&mut hazard, lines, past);
            if undone > 0 {
                changed.push((known.ledger.hazards.len(), values));
            }
        }
        known.ledger.hazards.push(hazard);
    }
    read_again(&mut known.ledger.hazards, &changed, past);
    known.ledger.extra_columns = ledger.extra_columns;
    let hazards = &known.ledger.hazards;
    known.ledger.extra_columns.retain(|title| hazards.iter().any(|hazard| hazard.extras.iter().any(|(known, _)| known == title)));
    known
}

impl Past<'_> {
    fn is_later(&self, line: &HistoryEntry) -> bool {
        line.submitted_on > Some(self.ground.as_of)
    }
}

/// What a field held on the day.
fn on_the_day<'h>(key: &str, current: Option<&'h str>, lines: &[&'h HistoryEntry], past: &Past<'_>) -> Option<&'h str> {
    let mut said: Option<&str> = None;
    for line in lines {
        let Some((_, old, new)) = line.set.iter().find(|(field, _, _)| field == key) else { continue };
        if past.is_later(line) {
            return said.or(old.as_deref()).filter(|text| !text.is_empty());
        }
        said = Some(new);
    }
    match said {
        Some(said) if current.is_some_and(|current| same_text(current, said)) => current,
        Some(said) => Some(said).filter(|text| !text.is_empty()),
        // Set by hand since the last merge, or there from the start.
        None if lines.first().is_some_and(|first| first.begins_hazard()) => None,
        None => current,
    }
}

/// The texts of the day by field, and how many of them differ from the ledger's.
fn values_of_the_day(hazard: &Hazard, lines: &[&HistoryEntry], past: &Past<'_>) -> (Vec<(Field, String)>, u32) {
    let mut values = Vec::new();
    let mut undone = 0;
    for field in settled_fields() {
        let current = hazard.values.get(field);
        let text = on_the_day(field.key(), current, lines, past);
        undone += u32::from(text != current);
        values.extend(text.map(|text| (field, text.to_owned())));
    }
    (values, undone)
}

/// Takes the unknown columns back; gives how many differ.
fn turn_back_extras(hazard: &mut Hazard, lines: &[&HistoryEntry], past: &Past<'_>) -> u32 {
    let set = lines.iter().flat_map(|line| &line.set).map(|(key, _, _)| key.as_str());
    let mut titles: Vec<Arc<str>> = set.filter(|key| Field::from_key(key).is_none()).map(Arc::from).collect();
    titles.extend(hazard.extras.iter().map(|(title, _)| title.clone()));
    titles.sort();
    titles.dedup();
    let mut undone = 0;
    let mut extras = Vec::new();
    for title in titles {
        let current = hazard.extras.iter().find(|(known, _)| *known == title).map(|(_, text)| text.as_ref());
        let text = on_the_day(&title, current, lines, past);
        undone += u32::from(text != current);
        extras.extend(text.map(|text| (title.clone(), text.into())));
    }
    hazard.extras = extras;
    undone
}

/// Which submission spoke last by the day. The history has no line for a submission that changed nothing, so that a
/// hazard that was named again since stands under the last one that said something.
fn turn_back_origin(hazard: &mut Hazard, lines: &[&HistoryEntry], past: &Past<'_>) {
    if hazard.submitted_on <= Some(past.ground.as_of) {
        return;
    }
    let speaks = |line: &HistoryEntry| !line.set.is_empty() && *line.from.file != *past.ledger_file;
    let reports = || lines.iter().filter(|line| !past.is_later(line) && speaks(line));
    let submitted_on = reports().filter_map(|line| line.submitted_on).max();
    let newest = reports().filter(|line| line.submitted_on == submitted_on).map(|line| &line.from).min();
    hazard.origin = newest.cloned().unwrap_or_else(|| file_place(&Arc::from(past.ledger_file)));
    hazard.submitted_on = submitted_on;
    let noted = std::mem::take(&mut hazard.older_fields);
    for field in settled_fields() {
        let set = |line: &&&HistoryEntry| line.set.iter().any(|(key, _, _)| key == field.key());
        let reported = reports().filter(set).filter_map(|line| line.submitted_on).max();
        let said_again = noted.iter().find(|(known, date)| *known == field && *date <= past.ground.as_of).map(|(_, date)| *date);
        if let Some(date) = reported.max(said_again)
            && Some(date) < submitted_on
        {
            hazard.older_fields.push((field, date));
        }
    }
}

/// Gives the changed hazards their texts of the day, and the readings of these.
fn read_again(hazards: &mut [Hazard], changed: &[(usize, Vec<(Field, String)>)], past: &Past<'_>) {
    let basis = ReadingBasis { ground: past.ground, authority: Authority::Bureau };
    let rows: Vec<Vec<(Field, &str)>> =
        changed.iter().map(|(_, values)| values.iter().map(|(field, text)| (*field, text.as_str())).collect()).collect();
    let mut positions = changed.iter().map(|(position, _)| *position);
    reread_rows(rows, &basis, |record| {
        let Some(hazard) = positions.next().and_then(|position| hazards.get_mut(position)) else { return };
        hazard.values = single_values(&record);
        Readings::of(&record).put_into(hazard);
        hazard.older_fields.retain(|(field, _)| hazard.values.get(*field).is_some());
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::read_campaign;
    use crate::campaign::read_roster;
    use crate::source::Origin;
    use crate::source::SourceFile;
    use crate::vocabulary::Status;
    use chrono::NaiveDate;

    const CAMPAIGN: &str = "campaign: a\ntitle: 甲\nissuer: 乙\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n";
    const ROSTER: &str = "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\nA,甲院,,医院,,,,\n";

    fn july(day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2023, 7, day)
    }

    /// A line: `日 文件 字段=旧>新 …`, the day 0 standing for none; a field without `旧>` found nothing.
    fn line(text: &str) -> HistoryEntry {
        let mut words = text.split(' ');
        let day = words.next().and_then(|day| day.parse().ok()).expect("a day");
        let file = words.next().expect("a file");
        let set = words.map(|word| {
            let (key, values) = word.split_once('=').expect("a value");
            let (old, new) = values.split_once('>').map_or((None, values), |(old, new)| (Some(old.to_owned()), new));
            (key.to_owned(), old, new.to_owned())
        });
        let from = Origin { file: Arc::from(file), sheet: Arc::from(""), row: 2, column: 0 };
        HistoryEntry { id: "a-A-001".to_owned(), from, submitted_on: july(day), set: set.collect(), event: None, case: None }
    }

    /// The ledger with one hazard of these values (`字段=值 …`), turned back to 14 July.
    fn turned_back(values: &str, history: &[&str]) -> Known {
        let campaign = read_campaign(&SourceFile { name: Arc::from("campaign.yaml"), bytes: CAMPAIGN.into() }).campaign.expect("reads");
        let roster = read_roster(&SourceFile { name: Arc::from("units.csv"), bytes: ROSTER.into() }).roster.expect("reads");
        let pairs: Vec<(&str, &str)> = values.split(' ').filter_map(|word| word.split_once('=')).collect();
        let row = pairs.iter().filter_map(|(key, text)| Some((Field::from_key(key)?, *text))).collect::<Vec<_>>();
        let basis = ReadingBasis { ground: Ground::new(&campaign, &roster, campaign.start), authority: Authority::Bureau };
        let mut hazards = Vec::new();
        reread_rows([row], &basis, |record| {
            let mut hazard = Hazard {
                id: "a-A-001".to_owned(),
                unit: Arc::from("甲院"),
                unit_index: Some(0),
                values: single_values(&record),
                extras: pairs.iter().filter(|(key, _)| *key == "备用").map(|(key, text)| (Arc::from(*key), Box::from(*text))).collect(),
                level: record.level,
                status: Status::default(),
                found_on: record.found_on,
                deadline: record.deadline,
                extended_to: None,
                rectified_on: None,
                verified_on: None,
                closed_out_on: None,
                origin: Origin { file: Arc::from("c.csv"), sheet: Arc::from(""), row: 9, column: 0 },
                submitted_on: july(28),
                older_fields: Vec::new(),
                first_reported: None,
            };
            Readings::of(&record).put_into(&mut hazard);
            hazards.push(hazard);
        });
        let extra_columns = hazards.iter().flat_map(|hazard| &hazard.extras).map(|(title, _)| title.clone()).collect();
        let history: Vec<HistoryEntry> = history.iter().map(|text| line(text)).collect();
        let history: Vec<&HistoryEntry> = history.iter().collect();
        let day = july(14).expect("a date");
        let past = Past { ground: Ground::new(&campaign, &roster, day), history: &history, ledger_file: "ledger.xlsx" };
        as_known(Ledger { hazards, extra_columns }, &past)
    }

    /// The values of the only hazard, in ledger order.
    fn values(known: &Known) -> String {
        let hazard = &known.ledger.hazards[0];
        let fields = hazard.values.iter().map(|(field, _, text)| format!("{}={text}", field.key()));
        let extras = hazard.extras.iter().map(|(title, text)| format!("{title}={text}"));
        fields.chain(extras).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_field_has_its_value_of_the_day() {
        const FIRST: &str = "7 a.csv description=堆物 status=待整改";
        let check = |newest: &str, history: &[&str], expected: &str, undone: u32| {
            let known = turned_back(newest, history);
            assert_eq!((values(&known).as_str(), known.undone), (expected, undone), "{newest} {history:?}");
        };
        let open = "description=堆物 status=待整改";
        let done = "description=堆物 status=已整改";
        // Later is taken back, on the day itself and without a date it stands.
        check(done, &[FIRST, "21 b.csv status=待整改>已整改"], open, 1);
        check(done, &[FIRST, "14 b.csv status=待整改>已整改"], done, 0);
        check(done, &[FIRST, "0 b.csv status=待整改>已整改", "21 c.csv measure=清理"], done, 0);
        // There from the start: the history knows the value by what was taken from it; other fields stay.
        check(
            "description=堆物 status=已整改 remark=旧",
            &["21 b.csv status=待整改>已整改"],
            "description=堆物 status=待整改 remark=旧",
            1,
        );
        check("description=堆物 measure=清理", &["21 b.csv measure=清理"], "description=堆物", 1);
        // Said twice by a run that was killed.
        check(done, &[FIRST, FIRST, "21 b.csv status=待整改>已整改", "21 b.csv status=待整改>已整改"], open, 1);
        // An edit that a merge saw later, also one that emptied; then what was written below it is no older.
        let extended = "description=堆物 deadline=2023-07-20 extended_to=2023-08-31";
        let known = "description=堆物 deadline=2023-07-20";
        let first = "7 a.csv description=堆物 deadline=2023-07-20";
        check(extended, &[first, "21 ledger.xlsx extended_to=2023-08-31"], known, 1);
        check("description=堆物", &[first, "21 ledger.xlsx deadline=2023-07-20>"], known, 1);
        check("description=堆物", &[first, "14 ledger.xlsx deadline=2023-07-20>", "21 b.csv remark=核"], "description=堆物", 0);
        check(
            "description=堆物 deadline=2023-07-10",
            &[first, "21 ledger.xlsx deadline=2023-07-20>", "7 a.csv deadline=2023-07-10"],
            known,
            1,
        );
        // An edit that no merge has seen yet is later than all of them; another spelling is none.
        check("description=堆物 status=已销号 remark=核", &[FIRST, "21 b.csv measure=清理"], open, 2);
        let trimmed = "description=堆物 measure=清理。";
        check(trimmed, &["7 a.csv description=堆物 measure=清理", "21 b.csv remark=核"], trimmed, 0);
        check("description=堆物 备用=有", &["7 a.csv description=堆物 备用=无", "21 b.csv 备用=无>有"], "description=堆物 备用=无", 1);
        check("description=堆物 备用=有", &["7 a.csv description=堆物", "21 b.csv 备用=有"], "description=堆物", 1);
    }

    #[test]
    fn readings_follow_from_the_texts_of_the_day() {
        let known = turned_back(
            "description=堆物 found_on=2023-07-01 deadline=2023-08-31 status=已销号 closed_out_on=2023-07-20",
            &[
                "7 a.csv description=堆物 found_on=2023-07-01 deadline=立行立改 status=整改中",
                "21 ledger.xlsx deadline=立行立改>2023-08-31 status=整改中>已销号 closed_out_on=2023-07-20",
            ],
        );
        let hazard = &known.ledger.hazards[0];
        assert_eq!(hazard.deadline, crate::dates::DateReading::Immediate);
        assert_eq!((hazard.status, hazard.closed_out_on), (Status::InRectification, None));
        let doubtful = turned_back(
            "description=堆物 deadline=2023-01-31",
            &["7 a.csv description=堆物 deadline=2023.1（待核实）", "21 ledger.xlsx deadline=2023.1（待核实）>2023-01-31"],
        );
        assert!(matches!(doubtful.ledger.hazards[0].deadline, crate::dates::DateReading::Unreadable(_)));
    }

    #[test]
    fn a_hazard_that_was_first_reported_later_is_not_there() {
        let later = turned_back("description=堆物", &["21 b.csv description=堆物", "7 a.csv measure=清理"]);
        assert_eq!((later.later.as_slice(), later.ledger.hazards.len()), (["a-A-001".to_owned()].as_slice(), 0));
        // A reworded one of the old ledger was there.
        let reworded = turned_back("description=堆物", &["21 b.csv description=杂物>堆物"]);
        assert_eq!((values(&reworded).as_str(), reworded.later.len()), ("description=杂物", 0));
    }

    #[test]
    fn the_last_submission_of_the_day_is_named() {
        let known = turned_back(
            "description=堆物 status=已整改 remark=核",
            &[
                "3 a.csv description=堆物 status=待整改",
                "10 b.csv measure=清理",
                "12 ledger.xlsx remark=核",
                "28 c.csv status=待整改>已整改",
            ],
        );
        let hazard = &known.ledger.hazards[0];
        assert_eq!((hazard.origin.file.as_ref(), hazard.submitted_on), ("b.csv", july(10)));
        let older: Vec<_> = hazard.older_fields.iter().map(|(field, date)| (field.key(), Some(*date))).collect();
        assert_eq!(older, [("description", july(3)), ("status", july(3))]);
    }
}
