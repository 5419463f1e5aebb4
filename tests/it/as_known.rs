//! The law of the past: what the ledger said at the end of a week can be had again from the newest ledger and its
//! history, field by field, over seeded months of submissions and edits by hand.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use chrono::Days;
use chrono::NaiveDate;

use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::documents::ledger::ledger_document;
use qingdan::ledger::Bookkeeping;
use qingdan::ledger::Hazard;
use qingdan::ledger::HistoryEntry;
use qingdan::ledger::Ledger;
use qingdan::ledger::MergeInputs;
use qingdan::ledger::MergeOutcome;
use qingdan::ledger::Past;
use qingdan::ledger::as_known;
use qingdan::ledger::history;
use qingdan::ledger::merge;
use qingdan::ledger::register::NumberedEntry;
use qingdan::ledger::register::Surveyor;
use qingdan::ledger::register::WholeInputs;
use qingdan::ledger::register::make_whole;
use qingdan::records::Authority;
use qingdan::records::FileReading;
use qingdan::records::ReadingBasis;
use qingdan::records::Values;
use qingdan::records::read_file;
use qingdan::render::xlsx::xlsx;
use qingdan::source::SourceFile;
use qingdan::vocabulary::Field;

const CAMPAIGN: &str =
    "campaign: law-2023\ntitle: 规律检验行动\nissuer: 测试卫健委\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n";
const ROSTER: &str =
    "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\nA1,甲河镇卫生院,甲河院,卫生院,甲河镇,,,\nB2,乙山镇卫生院,,卫生院,乙山镇,,,\n";
const UNITS: [&str; 2] = ["甲河镇卫生院", "乙山镇卫生院"];
const LEDGER: &str = "ledger.xlsx";
const WEEKS: usize = 8;

fn source(name: &str, bytes: &[u8]) -> SourceFile {
    SourceFile { name: Arc::from(name), bytes: bytes.to_vec() }
}

/// A small deterministic generator (xorshift).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// The day on which a week's submissions are merged.
fn day_of(week: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 6, 30).and_then(|first| first.checked_add_days(Days::new(7 * week as u64))).expect("a date")
}

/// What one unit sends in a week; spellings vary as they do from week to week, and `with_doubts` some cannot be read.
fn submission(seeded: &mut Seeded, unit: usize, week: usize, with_doubts: bool) -> SourceFile {
    let sent = day_of(week).checked_sub_days(Days::new(seeded.below(6) as u64)).expect("a date");
    let mut text = format!("填报日期：{sent}\n");
    text.push_str(
        "单位名称,隐患部位,隐患描述,隐患等级,发现日期,整改措施,整改时限,责任人,联系电话,整改资金,整改状态,整改完成日期,验收人,院内备注\n",
    );
    let doubtful = |seeded: &mut Seeded, text: &'static str| if with_doubts && seeded.below(4) == 0 { text } else { "" };
    for hazard in 0..2 + week.min(5) {
        if seeded.below(5) == 0 {
            continue;
        }
        let description = ["灭火器压力不足", "应急灯不亮", "通道堆物", "插座老化", "氧气瓶未固定", "软管老化", "门未关"][hazard];
        let level = seeded.pick(&["一般", "一般", "重大", ""]);
        let measure = seeded.pick(&["更换", "更换。", "更 换", "清理", "", "检修并复查"]);
        let words = ["2023-07-31", "8月15日", "2023.7.31", "尽快", "", "立行立改", doubtful(seeded, "6月31日"), doubtful(seeded, "2023.1")];
        let deadline = seeded.pick(&words);
        let person = seeded.pick(&["赵甲", "钱乙", ""]);
        let phone = seeded.pick(&["13800000001", "１３８００００００２", "", "无"]);
        let words = ["2万元", doubtful(seeded, "5000"), "", "0.5万", doubtful(seeded, "待定")];
        let funds = seeded.pick(&words);
        let words = ["待整改", "整改中", "已整改", "", "已销号", doubtful(seeded, "快好了")];
        let status = seeded.pick(&words);
        let words = ["2023-07-02", "", "", doubtful(seeded, "√")];
        let done = seeded.pick(&words);
        let verifier = if seeded.below(9) == 0 { "孙丙" } else { "" };
        let own = seeded.pick(&["", "", "自备", "自 备"]);
        let _ = writeln!(
            text,
            "{},{}号楼,{description},{level},2023-06-0{},{measure},{deadline},{person},{phone},{funds},{status},{done},{verifier},{own}",
            UNITS[unit],
            hazard + 1,
            hazard + 1
        );
    }
    source(&format!("inbox/{week}-{unit}.csv"), text.as_bytes())
}

/// The clerk's week: cells typed over, filled and emptied in the ledger.
fn edit(seeded: &mut Seeded, ledger: &mut Ledger) {
    for hazard in &mut ledger.hazards {
        if seeded.below(3) > 0 {
            continue;
        }
        let (field, text) = [
            (Field::ExtendedTo, "2023-08-31"),
            (Field::ExtendedTo, "2023年9月底"),
            (Field::Supervision, "县级"),
            (Field::VerifiedBy, "李丁"),
            (Field::VerifiedOn, "2023-07-20"),
            (Field::Status, "已销号"),
            (Field::Status, "整改中"),
            (Field::ClosedOutOn, "2023-07-25"),
            (Field::Level, "重大"),
            (Field::Deadline, "2023-10-15"),
            (Field::Responsible, ""),
            (Field::Measure, ""),
            (Field::Remark, "现场看过"),
            (Field::Supervision, ""),
        ][seeded.below(14)];
        let kept: Vec<(Field, String)> =
            hazard.values.iter().filter(|(known, ..)| *known != field).map(|(known, _, text)| (known, text.to_owned())).collect();
        hazard.values = Values::pack(kept.iter().map(|(field, text)| (*field, 0, text.as_str())).chain([(field, 0, text)]));
        if seeded.below(4) == 0 {
            hazard.extras.clear();
        }
    }
}

struct Office {
    campaign: Campaign,
    roster: Roster,
    /// The ledger workbook; `None` before the first merge.
    ledger: Option<Vec<u8>>,
    history: Vec<HistoryEntry>,
    /// The same as it is written.
    lines: Vec<u8>,
}

impl Office {
    fn new() -> Office {
        let campaign = read_campaign(&source("campaign.yaml", CAMPAIGN.as_bytes())).campaign.expect("reads");
        let roster = read_roster(&source("units.csv", ROSTER.as_bytes())).roster.expect("reads");
        Office { campaign, roster, ledger: None, history: Vec::new(), lines: Vec::new() }
    }

    fn read(&self, file: &SourceFile, authority: Authority) -> FileReading {
        read_file(file, &ReadingBasis { ground: Ground::new(&self.campaign, &self.roster, self.campaign.start), authority })
    }

    fn base(&self) -> Option<FileReading> {
        self.ledger.as_ref().map(|bytes| self.read(&source(LEDGER, bytes), Authority::Bureau))
    }

    fn inputs(&self, base: Option<FileReading>, files: &[&SourceFile]) -> MergeInputs<'_> {
        let files = files.iter().map(|file| self.read(file, Authority::Unit)).collect();
        MergeInputs {
            ground: Ground::new(&self.campaign, &self.roster, self.campaign.start),
            base,
            carried: None,
            files,
            received: None,
            assigned: BTreeSet::new(),
            earlier_identities: Vec::new(),
            joined: std::collections::BTreeMap::new(),
            take_over: None,
            vacant: Default::default(),
        }
    }

    /// One merge as the command makes it; gives the number of lines that the history got.
    fn merge(&mut self, files: &[&SourceFile], as_of: NaiveDate) -> usize {
        let ground = Ground::new(&self.campaign, &self.roster, as_of);
        let mut surveyor = Surveyor::new(&self.campaign, true, "ledger.xlsx");
        for (number, line) in (1..).zip(self.lines.split(|byte| *byte == b'\n')) {
            surveyor.take(number, line);
        }
        let survey = surveyor.finish();
        let lines: Vec<NumberedEntry> = (1..).zip(self.history.iter().cloned()).collect();
        let base = self.base().map(|base| {
            make_whole(base, &WholeInputs { ground, survey: &survey, lines: &lines, is_lost: false, withdrawn: &BTreeSet::new() })
        });
        let (base, edits) = base.map_or((None, Vec::new()), |whole| (Some(whole.base), whole.edits));
        let mut outcome = merge(self.inputs(base, files));
        outcome.edits = edits;
        let bookkeeping = Bookkeeping { head: survey.head, ..Bookkeeping::default() };
        history::write(outcome.history(), &bookkeeping, &mut self.lines).expect("memory can be written");
        self.write(&outcome);
        let owned = |(key, old, new): &(&str, Option<&str>, &str)| ((*key).to_owned(), old.map(str::to_owned), (*new).to_owned());
        let lines: Vec<HistoryEntry> = outcome
            .history()
            .map(|line| HistoryEntry {
                id: line.id.to_owned(),
                from: line.from.clone(),
                submitted_on: line.submitted_on,
                set: line.set.iter().map(owned).collect(),
                event: line.event,
                case: None,
            })
            .collect();
        let written = lines.len();
        self.history.extend(lines);
        written
    }

    fn write(&mut self, outcome: &MergeOutcome) {
        let document = ledger_document(outcome, "测试卫健委").expect("adds up");
        self.ledger = Some(xlsx(&document, day_of(0)).expect("writes").bytes);
    }

    /// The ledger as every command reads it.
    fn seen(&self) -> Ledger {
        merge(self.inputs(self.base(), &[])).ledger
    }

    /// The clerk opens the ledger, types, and saves.
    fn edit(&mut self, seeded: &mut Seeded) {
        let mut outcome = merge(self.inputs(self.base(), &[]));
        edit(seeded, &mut outcome.ledger);
        self.write(&outcome);
    }

    /// What `newest`, the ledger as it stands now, was on a day.
    fn known_on(&self, newest: &Ledger, day: NaiveDate) -> Ledger {
        let history: Vec<&HistoryEntry> = self.history.iter().collect();
        let past = Past { ground: Ground::new(&self.campaign, &self.roster, day), history: &history, ledger_file: LEDGER };
        as_known(newest.clone(), &past).ledger
    }
}

/// Everything that a paper can show of a ledger: texts, readings, unknown columns.
fn shown(ledger: &Ledger) -> BTreeMap<String, String> {
    let line = |hazard: &Hazard| {
        let values: Vec<String> =
            Field::ALL.into_iter().map(|field| format!("{}={}", field.key(), hazard.text(field).unwrap_or(""))).collect();
        let dates = [hazard.extended_to, hazard.rectified_on, hazard.verified_on, hazard.closed_out_on];
        format!(
            "{} {:?} {:?} {:?} {:?} {:?} {dates:?} {:?}",
            values.join(" "),
            hazard.extras,
            hazard.level,
            hazard.status,
            hazard.found_on,
            hazard.deadline,
            hazard.unit_index
        )
    };
    let mut shown: BTreeMap<String, String> = ledger.hazards.iter().map(|hazard| (hazard.id.clone(), line(hazard))).collect();
    shown.insert("columns".to_owned(), format!("{:?}", ledger.extra_columns));
    shown
}

/// Some weeks of an office; the ledger after each of them. Without edits there are no doubts either.
fn weeks(seed: u64, whole_inbox: bool, with_edits: bool) -> (Office, Vec<Ledger>, Vec<SourceFile>) {
    let mut seeded = Seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut office = Office::new();
    let mut inbox: Vec<SourceFile> = Vec::new();
    let mut kept = Vec::new();
    for week in 0..WEEKS {
        let before = inbox.len();
        for unit in 0..UNITS.len() {
            if week == 0 || seeded.below(4) > 0 {
                inbox.push(submission(&mut seeded, unit, week, with_edits));
            }
        }
        let merged: Vec<&SourceFile> = inbox[if whole_inbox { 0 } else { before }..].iter().collect();
        office.merge(&merged, day_of(week));
        assert_eq!(office.merge(&merged, day_of(week)), 0, "seed {seed} week {week}: merging again is news");
        kept.push(office.seen());
        if with_edits && week + 1 < WEEKS {
            office.edit(&mut seeded);
        }
    }
    (office, kept, inbox)
}

fn assert_past(office: &Office, kept: &[Ledger], what: &str) {
    let newest = office.seen();
    for (week, kept) in kept.iter().enumerate() {
        let known = office.known_on(&newest, day_of(week));
        let (known, kept) = (shown(&known), shown(kept));
        for (id, line) in &kept {
            let history = || office.history.iter().filter(|line| line.id == *id).collect::<Vec<_>>();
            assert_eq!(known.get(id), Some(line), "{what}, week {week}: {id} {:#?}", history());
        }
        assert_eq!(known.len(), kept.len(), "{what}, week {week}");
    }
}

#[test]
fn every_week_can_be_had_again() {
    for seed in 1..6 {
        let (office, kept, _) = weeks(seed, seed % 2 == 0, true);
        assert!(office.history.iter().any(|line| *line.from.file == *LEDGER), "seed {seed}: no edit was seen");
        assert_past(&office, &kept, &format!("seed {seed}"));
    }
}

/// Nothing was edited by hand, and every value could be read: the history of one merge of everything tells the same
/// as that of a merge every week.
#[test]
fn a_history_written_at_once_tells_the_same_weeks() {
    for seed in 21..23 {
        let (_, kept, inbox) = weeks(seed, false, false);
        let mut office = Office::new();
        office.merge(&inbox.iter().collect::<Vec<_>>(), day_of(WEEKS));
        assert_past(&office, &kept, &format!("seed {seed}"));
    }
}

#[test]
fn nothing_is_dated_after_the_day() {
    let (office, ..) = weeks(5, true, true);
    let newest = office.seen();
    for week in 0..WEEKS {
        let day = day_of(week);
        for hazard in office.known_on(&newest, day).hazards {
            assert!(hazard.submitted_on <= Some(day), "{}: {:?}", hazard.id, hazard.submitted_on);
            assert!(hazard.older_fields.iter().all(|(_, date)| Some(*date) < hazard.submitted_on), "{:?}", hazard.older_fields);
        }
    }
}
