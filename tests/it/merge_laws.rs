//! The laws of merging, held over seeded random submissions: doing it again changes nothing, order and grouping
//! change nothing, nothing is lost.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;

use qingdan::campaign::Campaign;
use qingdan::campaign::Ground;
use qingdan::campaign::Roster;
use qingdan::campaign::read_campaign;
use qingdan::campaign::read_roster;
use qingdan::documents::ledger::ledger_document;
use qingdan::ledger::Cases;
use qingdan::ledger::HistoryEntry;
use qingdan::ledger::MergeInputs;
use qingdan::ledger::MergeOutcome;
use qingdan::ledger::close_cases;
use qingdan::ledger::decide;
use qingdan::ledger::merge;
use qingdan::records::Authority;
use qingdan::records::FileReading;
use qingdan::records::ReadingBasis;
use qingdan::records::read_file;
use qingdan::render::xlsx::xlsx;
use qingdan::source::SourceFile;
use qingdan::vocabulary::Field;
use qingdan::vocabulary::label_key;

const CAMPAIGN: &str =
    "campaign: law-2023\ntitle: 规律检验行动\nissuer: 测试卫健委\nperiod: {start: 2023-05-20, end: 2023-12-31}\nunits: units.csv\n";
const ROSTER: &str = "编码,单位名称,简称,类别,乡镇,分组,联系人,联系电话\nA1,甲河镇卫生院,甲河院,卫生院,甲河镇,,,\nB2,乙山镇卫生院,,卫生院,乙山镇,,,\nC3,\"丙,丁诊所\",,诊所,,,,\n";
const UNITS: [&str; 4] = ["甲河镇卫生院", "乙山镇卫生院", "丙,丁诊所", "查无此院"];

fn source(name: &str, text: &str) -> SourceFile {
    SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() }
}

fn basis() -> (Campaign, Roster) {
    let campaign = read_campaign(&source("campaign.yaml", CAMPAIGN)).campaign.expect("reads");
    let roster = read_roster(&source("units.csv", ROSTER)).roster.expect("reads");
    (campaign, roster)
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

/// One submission: its unit, its name and its text.
struct Submission {
    unit: usize,
    week: usize,
    file: SourceFile,
}

/// Weekly submissions of three units and one stranger; with `ties`, several files of one unit share a date.
fn submissions(seed: u64, ties: bool) -> Vec<Submission> {
    let mut seeded = Seeded(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut files = Vec::new();
    for unit in 0..UNITS.len() {
        for week in 0..2 + seeded.below(3) {
            let day = 3 + if ties { 7 * (week / 2) } else { 7 * week };
            let mut text =
                format!("\u{FEFF}{}隐患台账\n填报单位：\"{}\",,填报日期：2023-07-{day:02}\n", UNITS[unit].replace(',', "，"), "");
            text.clear();
            let _ = writeln!(text, "填报日期：2023-07-{day:02}");
            text.push_str(
                "序号,单位名称,隐患部位,隐患描述,隐患等级,发现日期,整改措施,整改时限,责任人,整改状态,整改完成日期,验收人,院内备注\n",
            );
            for row in 0..1 + seeded.below(7) {
                let hazard = seeded.below(6);
                let quoted = format!("\"{}\"", UNITS[unit]);
                let description = if seeded.below(20) == 0 {
                    ""
                } else {
                    ["灭火器压力不足", "应急灯不亮", "通道堆物", "插座老化", "氧气瓶未固定", "软管老化"][hazard]
                };
                let found = ["2023-06-01", "2023-06-05", "2023-06-09", "2023-06-12", "2023年6月15日", "6月20日"][hazard];
                let level = seeded.pick(&["一般", "一般", "重大", ""]);
                let measure = seeded.pick(&["更换", "清理", "", "检修并复查"]);
                let deadline = seeded.pick(&["2023-07-31", "8月15日", "尽快", "", "立行立改"]);
                let person = seeded.pick(&["赵甲", "钱乙", ""]);
                let status = seeded.pick(&["待整改", "整改中", "已整改", "", "已销号"]);
                let done = if status == "已整改" { seeded.pick(&["2023-07-02", ""]) } else { "" };
                let verifier = if seeded.below(9) == 0 { "孙丙" } else { "" };
                let own = seeded.pick(&["", "", "自备"]);
                let _ = writeln!(
                    text,
                    "{},{quoted},{}号楼,{description},{level},{found},{measure},{deadline},{person},{status},{done},{verifier},{own}",
                    row + 1,
                    hazard + 1
                );
            }
            files.push(Submission { unit, week, file: source(&format!("{}-{week}.csv", ["a", "b", "c", "d"][unit]), &text) });
        }
    }
    files
}

fn read(files: &[&Submission], campaign: &Campaign, roster: &Roster) -> Vec<FileReading> {
    let basis = ReadingBasis { ground: Ground::new(campaign, roster, campaign.start), authority: Authority::Unit };
    files.iter().map(|submission| read_file(&submission.file, &basis)).collect()
}

fn run(base: Option<&[u8]>, files: &[&Submission], campaign: &Campaign, roster: &Roster) -> (MergeOutcome, Vec<u8>) {
    run_on(base, None, files, campaign, roster)
}

/// A merge with the ledger of an earlier drive beside the submissions.
fn run_on(
    base: Option<&[u8]>,
    carried: Option<&str>,
    files: &[&Submission],
    campaign: &Campaign,
    roster: &Roster,
) -> (MergeOutcome, Vec<u8>) {
    let bureau = ReadingBasis { ground: Ground::new(campaign, roster, campaign.start), authority: Authority::Bureau };
    let base = base.map(|bytes| read_file(&SourceFile { name: Arc::from("ledger.xlsx"), bytes: bytes.to_vec() }, &bureau));
    let carried = carried.map(|text| read_file(&source("上期.csv", text), &bureau));
    let files = read(files, campaign, roster);
    let outcome = merge(MergeInputs {
        ground: Ground::new(campaign, roster, campaign.start),
        base,
        carried,
        files,
        received: None,
        assigned: BTreeSet::new(),
        earlier_identities: Vec::new(),
        joined: BTreeMap::new(),
        take_over: None,
        vacant: Default::default(),
    });
    let as_of = NaiveDate::from_ymd_opt(2023, 8, 15).expect("a date");
    let bytes = xlsx(&ledger_document(&outcome, "测试卫健委").expect("adds up"), as_of).expect("writes").bytes;
    (outcome, bytes)
}

/// The hazards without 编号 and origin: what must be the same however the inputs were grouped.
fn hazards(outcome: &MergeOutcome) -> Vec<String> {
    let mut lines: Vec<String> = outcome
        .ledger
        .hazards
        .iter()
        .map(|hazard| {
            let values: Vec<String> = Field::ALL
                .into_iter()
                .filter(|field| *field != Field::Id)
                .map(|field| format!("{}={}", field.key(), hazard.text(field).unwrap_or("")))
                .collect();
            format!("{} {:?} {:?} {:?}", values.join(" "), hazard.extras, hazard.submitted_on, hazard.older_fields)
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn merging_the_same_inputs_twice_changes_nothing() {
    let (campaign, roster) = basis();
    for seed in 1..16 {
        let files = submissions(seed, seed % 2 == 0);
        let all: Vec<&Submission> = files.iter().collect();
        let (_, first) = run(None, &all, &campaign, &roster);
        let (second_outcome, second) = run(Some(&first), &all, &campaign, &roster);
        let (_, third) = run(Some(&second), &all, &campaign, &roster);
        assert_eq!(second_outcome.history().count(), 0, "seed {seed}: {:?}", second_outcome.history().next());
        assert!(second == third, "seed {seed}: the third merge differs from the second");
        let new: u32 = second_outcome.tallies.iter().map(|tally| tally.new).sum();
        assert_eq!(new, 0, "seed {seed}");
    }
}

#[test]
fn the_order_of_inputs_changes_nothing() {
    let (campaign, roster) = basis();
    for seed in 1..40 {
        let files = submissions(seed, true);
        let all: Vec<&Submission> = files.iter().collect();
        let mut shuffled = all.clone();
        let mut seeded = Seeded(seed + 77);
        for index in (1..shuffled.len()).rev() {
            shuffled.swap(index, seeded.below(index + 1));
        }
        assert!(run(None, &all, &campaign, &roster).1 == run(None, &shuffled, &campaign, &roster).1, "seed {seed}");
    }
}

#[test]
fn the_grouping_of_inputs_changes_nothing() {
    let (campaign, roster) = basis();
    for seed in 1..13 {
        let files = submissions(seed, false);
        let all: Vec<&Submission> = files.iter().collect();
        let (at_once, _) = run(None, &all, &campaign, &roster);
        // Unit by unit, as a bureau that merges the ledgers of its counties one after the other.
        let mut ledger: Option<Vec<u8>> = None;
        let mut by_unit = None;
        for unit in 0..UNITS.len() {
            let group: Vec<&Submission> = files.iter().filter(|file| file.unit == unit).collect();
            let (outcome, bytes) = run(ledger.as_deref(), &group, &campaign, &roster);
            ledger = Some(bytes);
            by_unit = Some(outcome);
        }
        assert_eq!(hazards(&at_once), hazards(&by_unit.expect("merged")), "seed {seed}: unit by unit");
        // Week by week, as it comes in.
        let mut ledger: Option<Vec<u8>> = None;
        let mut by_week = None;
        for week in 0..5 {
            let group: Vec<&Submission> = files.iter().filter(|file| file.week == week).collect();
            let (outcome, bytes) = run(ledger.as_deref(), &group, &campaign, &roster);
            ledger = Some(bytes);
            by_week = Some(outcome);
        }
        let ids = |outcome: &MergeOutcome| outcome.ledger.hazards.iter().map(|hazard| hazard.id.clone()).collect::<Vec<_>>();
        let by_week = by_week.expect("merged");
        assert_eq!(hazards(&at_once), hazards(&by_week), "seed {seed}: week by week");
        assert_eq!(ids(&at_once), ids(&by_week), "seed {seed}: week by week");
    }
}

#[test]
fn the_ledgers_of_counties_merge_into_the_ledger_of_all() {
    let (campaign, roster) = basis();
    for seed in 20..32 {
        let files = submissions(seed, false);
        let all: Vec<&Submission> = files.iter().collect();
        let (at_once, _) = run(None, &all, &campaign, &roster);
        let ledgers: Vec<Submission> = (0..UNITS.len())
            .map(|unit| {
                let group: Vec<&Submission> = files.iter().filter(|file| file.unit == unit).collect();
                let (_, bytes) = run(None, &group, &campaign, &roster);
                Submission { unit, week: 0, file: SourceFile { name: Arc::from(format!("county-{unit}.xlsx")), bytes } }
            })
            .collect();
        let counties: Vec<&Submission> = ledgers.iter().collect();
        let (from_ledgers, bytes) = run(None, &counties, &campaign, &roster);
        assert_eq!(hazards(&at_once), hazards(&from_ledgers), "seed {seed}");
        let ids = |outcome: &MergeOutcome| outcome.ledger.hazards.iter().map(|hazard| hazard.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&at_once), ids(&from_ledgers), "seed {seed}");
        let (again, _) = run(Some(&bytes), &counties, &campaign, &roster);
        assert_eq!(again.history().count(), 0, "seed {seed}");
    }
}

#[test]
fn nothing_is_lost() {
    let (campaign, roster) = basis();
    for seed in 1..40 {
        let files = submissions(seed, seed % 3 == 0);
        let all: Vec<&Submission> = files.iter().collect();
        let readings = read(&all, &campaign, &roster);
        let (outcome, _) = run(None, &all, &campaign, &roster);
        for file in &readings {
            for sheet in &file.content.as_ref().expect("reads").sheets {
                let tally = outcome.tallies.iter().find(|tally| tally.file == file.file && tally.sheet == sheet.sheet).expect("a tally");
                assert_eq!(tally.records as usize, sheet.records.len());
                assert_eq!(
                    tally.records,
                    tally.new + tally.updated + tally.unchanged + tally.duplicate + tally.rejected,
                    "seed {seed} {}",
                    file.file
                );
                for record in &sheet.records {
                    let text = |field: Field| record.values.get(field).unwrap_or("").to_owned();
                    let kept = outcome.ledger.hazards.iter().any(|hazard| {
                        label_key(&hazard.unit) == label_key(&text(Field::Unit))
                            && hazard.values.get(Field::Description) == record.values.get(Field::Description)
                            && hazard.values.get(Field::Location) == record.values.get(Field::Location)
                    });
                    let rejected =
                        outcome.rejected.iter().any(|rejected| rejected.origin.file == file.file && rejected.origin.row == record.row);
                    assert!(kept != rejected, "seed {seed} {} row {}: {}", file.file, record.row, text(Field::Description));
                }
            }
        }
    }
}

/// The ledger of an earlier drive: some hazards that units report again, some that nobody does, a stranger's, one said twice,
/// one closed, one with a number of that drive.
const CARRIED: &str = "\
隐患编号,单位名称,隐患部位,隐患描述,隐患等级,发现日期,整改措施,整改时限,责任人,整改状态,销号日期,隐患来源
old-7,甲河镇卫生院,1号楼,灭火器压力不足,重大,2023-06-01,换新,2023-06-30,周五,待整改,,
,甲河镇卫生院,9号楼,外墙脱落,一般,2023-03-01,加固,2023-06-30,周五,已销号,2023-04-01,督查
,乙山镇卫生院,2号楼,应急灯不亮,一般,2023-06-05,,,,待整改,,
,乙山镇卫生院,2号楼,应急灯不亮,一般,2023-06-05,,,,待整改,,
,\"丙,丁诊所\",8号楼,井盖缺失,一般,2023-03-02,补装,2023-05-31,吴六,待整改,,
,查无此院,1号楼,灭火器压力不足,一般,2023-06-01,,,,待整改,,
";

#[test]
fn what_is_carried_over_obeys_the_same_laws() {
    let (campaign, roster) = basis();
    for (seed, dated) in (1..5).map(|seed| (seed, seed % 2 == 0)) {
        let carried = if dated { format!("填报日期：2023-07-10\n{CARRIED}") } else { CARRIED.to_owned() };
        let carried = Some(carried.as_str());
        let files = submissions(seed, false);
        let all: Vec<&Submission> = files.iter().collect();
        let (at_once, first) = run_on(None, carried, &all, &campaign, &roster);
        let came = at_once.carried_over.as_ref().map(|came| (came.is_readable, came.records, came.rejected, came.hazards));
        assert_eq!(came, Some((true, 6, 1, 4)), "seed {seed}");
        for tally in &at_once.tallies {
            assert_eq!(tally.records, tally.new + tally.updated + tally.unchanged + tally.duplicate + tally.rejected, "{}", tally.file);
        }
        // Again: nothing changes, neither in the ledger nor among the conflicts.
        let (again, second) = run_on(Some(&first), carried, &all, &campaign, &roster);
        assert_eq!(again.history().count(), 0, "seed {seed}: {:?}", again.history().next());
        assert_eq!(hazards(&at_once), hazards(&again), "seed {seed}");
        assert_eq!(at_once.conflicts.len(), again.conflicts.len(), "seed {seed}");
        assert!(second == run_on(Some(&second), carried, &all, &campaign, &roster).1, "seed {seed}");
        // Before the submissions, or with each week's.
        let (_, alone) = run_on(None, carried, &[], &campaign, &roster);
        assert_eq!(hazards(&at_once), hazards(&run_on(Some(&alone), carried, &all, &campaign, &roster).0), "seed {seed}: before");
        let mut ledger: Option<Vec<u8>> = None;
        for week in 0..5 {
            let group: Vec<&Submission> = files.iter().filter(|file| file.week == week).collect();
            let (outcome, bytes) = run_on(ledger.as_deref(), carried, &group, &campaign, &roster);
            ledger = Some(bytes);
            if week == 4 {
                assert_eq!(hazards(&at_once), hazards(&outcome), "seed {seed}: week by week, dated {dated}");
            }
        }
        let found = |description: &str| at_once.ledger.hazards.iter().find(|hazard| hazard.text(Field::Description) == Some(description));
        let closed = found("外墙脱落").expect("carried over");
        assert_eq!((closed.text(Field::Status), closed.text(Field::Source)), (Some("已销号"), Some("督查")));
        assert_eq!(found("井盖缺失").and_then(|hazard| hazard.text(Field::Source)), Some("上期结转"));
        let renumbered = at_once.ledger.hazards.iter().find(|hazard| hazard.extras.iter().any(|(title, _)| &**title == "隐患编号"));
        assert!(renumbered.is_some_and(|hazard| hazard.id.starts_with("law-2023-A1-")), "its number of the other drive is kept");
    }
}

/// What the clerk wrote into the ledger stands against the ledger of the earlier drive, however often that is merged.
#[test]
fn the_ledger_has_the_newer_word_on_what_was_carried_over() {
    let (campaign, roster) = basis();
    let carried = Some(CARRIED);
    let (mut outcome, _) = run_on(None, carried, &[], &campaign, &roster);
    let closed =
        outcome.ledger.hazards.iter_mut().find(|hazard| hazard.text(Field::Description) == Some("外墙脱落")).expect("carried over");
    closed.values = closed.values.with(Field::Status, "整改中").with(Field::Measure, "重做");
    let as_of = NaiveDate::from_ymd_opt(2023, 8, 15).expect("a date");
    let edited = xlsx(&ledger_document(&outcome, "测试卫健委").expect("adds up"), as_of).expect("writes").bytes;
    let (again, _) = run_on(Some(&edited), carried, &[], &campaign, &roster);
    let hazard = again.ledger.hazards.iter().find(|hazard| hazard.text(Field::Description) == Some("外墙脱落")).expect("still there");
    assert_eq!((hazard.text(Field::Status), hazard.text(Field::Measure)), (Some("整改中"), Some("重做")));
    assert!(again.conflicts.is_empty(), "{:?}", again.conflicts);
}

/// One round of a bureau that keeps its history: the clerk's words go in through `word`, by 编号 and field.
fn round(
    base: Option<&[u8]>,
    history: &mut Vec<HistoryEntry>,
    files: &[&Submission],
    ground: Ground<'_>,
    word: impl Fn(usize) -> &'static str,
) -> (MergeOutcome, Vec<u8>) {
    let bureau = ReadingBasis { ground, authority: Authority::Bureau };
    let mut base = base.map(|bytes| read_file(&SourceFile { name: Arc::from("ledger.xlsx"), bytes: bytes.to_vec() }, &bureau));
    let mut cases = Cases::default();
    for entry in history.iter() {
        cases.note(&entry.line(), *entry.from.file == *"ledger.xlsx");
    }
    if let Some(content) = base.as_mut().and_then(|base| base.content.as_mut().ok()) {
        for (index, conflict) in content.carried.conflicts.iter_mut().enumerate() {
            conflict.word = word(index).to_owned();
        }
    }
    let decided = base.as_mut().map(|base| decide(base, &mut cases, &[], &bureau)).unwrap_or_default();
    assert!(decided.questions.is_empty(), "{:?}", decided.questions);
    let mut outcome = merge(MergeInputs {
        ground,
        base,
        carried: None,
        files: read(files, ground.campaign, ground.roster),
        received: None,
        assigned: BTreeSet::new(),
        earlier_identities: Vec::new(),
        take_over: None,
        joined: cases.joined(),
        vacant: Default::default(),
    });
    outcome.decisions = decided.lines;
    close_cases(&mut outcome, &cases);
    history.extend(outcome.history().map(|line| HistoryEntry {
        id: line.id.to_owned(),
        from: line.from.clone(),
        submitted_on: line.submitted_on,
        set: line.set.iter().map(|(key, old, new)| ((*key).to_owned(), old.map(str::to_owned), (*new).to_owned())).collect(),
        event: line.event,
        case: line.case.cloned(),
    }));
    let bytes = xlsx(&ledger_document(&outcome, "测试卫健委").expect("adds up"), ground.as_of).expect("writes").bytes;
    (outcome, bytes)
}

/// Each conflict is decided once, one way or the other; then it is gone for good, and what was adopted stands, in whatever order
/// the same files are merged again.
#[test]
fn what_the_clerk_decided_stays_decided() {
    let (campaign, roster) = basis();
    let as_of = NaiveDate::from_ymd_opt(2023, 8, 15).expect("a date");
    let ground = Ground::new(&campaign, &roster, as_of);
    let mut tried = 0;
    for seed in 1..20 {
        let files = submissions(seed, true);
        let all: Vec<&Submission> = files.iter().collect();
        let mut history = Vec::new();
        let (first, bytes) = round(None, &mut history, &all, ground, |_| "");
        if first.conflicts.len() < 2 {
            continue;
        }
        tried += 1;
        let listed = first.conflicts.clone();
        // One adopted value a cell: two would be asked.
        let adopts = |index: usize| {
            index.is_multiple_of(2)
                && !listed[..index].iter().any(|before| (&before.id, before.field) == (&listed[index].id, listed[index].field))
        };
        let (second, bytes) = round(Some(&bytes), &mut history, &all, ground, |index| if adopts(index) { "报送" } else { "台账" });
        assert!(second.conflicts.is_empty(), "seed {seed}: {:?}", second.conflicts.first());
        for (index, conflict) in listed.iter().enumerate().filter(|(index, _)| adopts(*index)) {
            let hazard = second.ledger.find(&conflict.id).expect("still there");
            assert_eq!(hazard.text(conflict.field), Some(conflict.other.as_str()), "seed {seed} {index}");
        }
        let known = history.len();
        let reversed: Vec<&Submission> = files.iter().rev().collect();
        let (third, again) = round(Some(&bytes), &mut history, &reversed, ground, |_| "");
        assert_eq!(history.len(), known, "seed {seed}: {:?}", history.last());
        assert!(third.conflicts.is_empty() && hazards(&second) == hazards(&third), "seed {seed}");
        assert!(again == round(Some(&again), &mut history, &all, ground, |_| "").1, "seed {seed}");
    }
    assert!(tried > 10, "{tried} of the seeds had conflicts enough");
}
