//! Half a year in an office: sixty units, twenty-six weeks, played twice with the same files. In one bureau nothing goes wrong. In the
//! other the ledger is sorted, rows are deleted, numbers are cleared, last week's ledger is put back, the ledger is lost and the roster
//! is cut. In the end both ledgers say the same: every hazard has the number it was given first, and no number means two.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use chrono::Days;
use chrono::NaiveDate;

use crate::workspace::Workspace;

const WEEKS: usize = 26;
const UNITS: usize = 60;
const CAMPAIGN: &str = "campaign: qs-2023\ntitle: 青石县医疗机构消防安全专项整治\nissuer: 青石县卫生健康局\nissued: 2023-05-22\nperiod: {start: 2023-05-25, end: 2024-05-31}\nunits: units.csv\n";
const TITLES: &str = "编号,隐患描述,部位,等级,发现日期,整改期限,状态,整改完成日期";

/// A small generator; the same numbers on every machine.
struct Numbers {
    state: u64,
    /// How many descriptions were made up: no two are alike.
    described: usize,
}

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % below as u64) as usize
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.next(many) == 0
    }
}

/// A hazard as it truly is.
#[derive(Clone)]
struct Truth {
    unit: usize,
    /// How the unit words it now.
    words: String,
    place: String,
    found: NaiveDate,
    rectified: Option<NaiveDate>,
    /// The number that both bureaus gave it, once the unit was told.
    number: Option<String>,
}

/// A bureau: its workspace, and what it has been told of accidents.
struct Bureau {
    place: Workspace,
    codes: BTreeSet<String>,
}

fn day(week: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 6, 2).expect("a day").checked_add_days(Days::new(7 * week as u64)).expect("a day")
}

fn unit_name(unit: usize) -> String {
    format!("青石县第{:02}卫生院", unit + 1)
}

fn roster() -> String {
    let mut text = "编码,单位名称\n".to_owned();
    for unit in 0..UNITS {
        text.push_str(&format!("Q{:02},{}\n", unit + 1, unit_name(unit)));
    }
    text
}

fn words(numbers: &mut Numbers) -> String {
    const THINGS: [&str; 8] = ["应急灯", "灭火器", "配电箱", "插座", "氧气瓶", "防火门", "疏散指示牌", "护栏"];
    const FAULTS: [&str; 6] = ["损坏", "缺失", "松动", "过期", "锈蚀", "被遮挡"];
    numbers.described += 1;
    let (thing, fault) = (THINGS[numbers.next(THINGS.len())], FAULTS[numbers.next(FAULTS.len())]);
    format!("{}号{thing}{fault}", numbers.described)
}

impl Bureau {
    fn new() -> Bureau {
        let place = Workspace::with(&[("campaign.yaml", CAMPAIGN), ("units.csv", &roster())]);
        Bureau { place, codes: BTreeSet::new() }
    }

    fn merge(&mut self, as_of: NaiveDate) {
        let answer = self.place.json(&["merge", "-o", "ledger.csv", "--as-of", &as_of.to_string()]);
        for diagnostic in answer["diagnostics"].as_array().expect("a list") {
            self.codes.insert(diagnostic["code"].as_str().expect("a code").to_owned());
        }
    }

    /// The ledger: titles and rows.
    fn ledger(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let text = self.place.text("ledger.csv");
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect();
        let titles = rows.remove(0);
        (titles, rows)
    }

    fn put(&self, titles: &[String], rows: &[Vec<String>]) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(titles).expect("memory takes it");
        rows.iter().for_each(|row| writer.write_record(row).expect("memory takes it"));
        self.place.write("ledger.csv", &String::from_utf8(writer.into_inner().expect("memory takes it")).expect("UTF-8"));
    }

    /// The values of a column by the number of the hazard.
    fn column(&self, title: &str) -> BTreeMap<String, String> {
        let (titles, rows) = self.ledger();
        let at = titles.iter().position(|known| known == title).unwrap_or_else(|| panic!("a column {title}"));
        let mut found = BTreeMap::new();
        for row in rows {
            let twice = found.insert(row[0].clone(), row[at].clone());
            assert!(twice.is_none(), "{} stands twice", row[0]);
        }
        found
    }
}

/// What happens to the ledger in a week, before it is merged.
fn accident(bureau: &Bureau, week: usize, last_week: &str, numbers: &mut Numbers) {
    if week == 0 {
        return;
    }
    let (titles, mut rows) = bureau.ledger();
    match week % 6 {
        0 => rows.reverse(),
        1 => rows.retain(|_| !numbers.one_in(4)),
        2 => rows.iter_mut().filter(|_| numbers.one_in(5)).for_each(|row| row[0].clear()),
        3 => return bureau.place.write("ledger.csv", last_week),
        4 if week == 10 => return fs::remove_file(bureau.place.path("ledger.csv")).expect("it is there"),
        4 => {
            // A slip in the name of the unit.
            let unit = titles.iter().position(|title| title == "单位名称").expect("a column");
            rows.iter_mut().filter(|_| numbers.one_in(6)).for_each(|row| row[unit] = row[unit].replace("卫生院", "卫生陆"));
        }
        _ => {}
    }
    bureau.put(&titles, &rows);
}

/// The file of a unit in a week: what is open and what was rectified since, with numbers where it has learned them.
fn file_of(unit: usize, truths: &[Truth], with_numbers: bool) -> String {
    let mut text = format!("{TITLES}\n");
    for truth in truths.iter().filter(|truth| truth.unit == unit) {
        let number = truth.number.as_deref().filter(|_| with_numbers).unwrap_or_default();
        let deadline = truth.found.checked_add_days(Days::new(30)).expect("a day");
        let (state, done) = truth.rectified.map_or(("待整改", String::new()), |day| ("已整改", day.to_string()));
        text.push_str(&format!("{number},{},{},一般,{},{deadline},{state},{done}\n", truth.words, truth.place, truth.found));
    }
    text
}

#[test]
fn a_ledger_that_had_every_accident_equals_one_that_had_none() {
    let mut numbers = Numbers { state: 20_230_602, described: 100 };
    let mut mishaps = Numbers { state: 7, described: 0 };
    let (mut calm, mut busy) = (Bureau::new(), Bureau::new());
    let mut truths: Vec<Truth> = Vec::new();
    let (mut last_week, mut two_weeks) = (String::new(), String::new());
    for week in 0..WEEKS {
        let today = day(week);
        // What is done is reported once more and then no longer.
        let reported = |truth: &Truth| truth.rectified.is_none_or(|done| done > day(week.saturating_sub(2)));
        for truth in truths.iter_mut() {
            if truth.rectified.is_none() && numbers.one_in(9) {
                truth.rectified = Some(today);
            }
            // Only who writes the number may change all the words.
            if truth.number.is_some() && truth.rectified.is_none() && truth.unit % 3 != 0 && numbers.one_in(12) {
                truth.words = words(&mut numbers);
            }
        }
        for unit in 0..UNITS {
            if numbers.one_in(4) {
                let (words, place) = (words(&mut numbers), format!("{}号楼{}层", numbers.next(4) + 1, numbers.next(6) + 1));
                truths.push(Truth { unit, words, place, found: today, rectified: None, number: None });
            }
        }
        let current: Vec<Truth> = truths.iter().filter(|truth| reported(truth)).cloned().collect();
        for unit in 0..UNITS {
            if !current.iter().any(|truth| truth.unit == unit) || numbers.next(10) < 4 {
                continue;
            }
            let text = file_of(unit, &current, unit % 3 != 0);
            let name = format!("inbox/{}{}.csv", unit_name(unit), today.format("%Y%m%d"));
            let copy = numbers.one_in(12).then(|| format!("inbox/{}{}（重发）.csv", unit_name(unit), today.format("%Y%m%d")));
            for bureau in [&calm, &busy] {
                bureau.place.write(&name, &text);
                copy.iter().for_each(|copy| bureau.place.write(copy, &text));
            }
        }
        // Files of three weeks ago are filed away.
        if let Some(old) = week.checked_sub(3) {
            let stamp = day(old).format("%Y%m%d").to_string();
            for bureau in [&calm, &busy] {
                for name in bureau.place.names().iter().filter(|name| name.starts_with("inbox/") && name.contains(&stamp)) {
                    fs::remove_file(bureau.place.path(name)).expect("it is there");
                }
            }
        }
        accident(&busy, week, &two_weeks, &mut mishaps);
        if week == 14 {
            let cut: String = roster().lines().take(UNITS / 2).map(|line| format!("{line}\n")).collect();
            busy.place.write("units.csv", &cut);
            busy.merge(today);
            busy.place.write("units.csv", &roster());
        }
        calm.merge(today);
        busy.merge(today);
        two_weeks = std::mem::replace(&mut last_week, busy.place.text("ledger.csv"));

        // The units learn the numbers of the calm bureau; the other one must have given the same.
        let described = |bureau: &Bureau| -> BTreeMap<String, String> {
            bureau.column("隐患描述").into_iter().map(|(id, text)| (text, id)).collect()
        };
        let (ours, theirs) = (described(&calm), described(&busy));
        for truth in truths.iter_mut() {
            let Some(number) = ours.get(&truth.words) else { continue };
            match &truth.number {
                Some(known) => assert_eq!(known, number, "week {week}: {}", truth.words),
                None => truth.number = Some(number.clone()),
            }
            assert_eq!(theirs.get(&truth.words), Some(number), "week {week}: {}", truth.words);
        }
    }
    let known: Vec<&Truth> = truths.iter().filter(|truth| truth.number.is_some()).collect();
    let given: BTreeSet<&str> = known.iter().filter_map(|truth| truth.number.as_deref()).collect();
    assert!(known.len() > 300 && given.len() == known.len(), "{} hazards, {} numbers", known.len(), given.len());
    for title in ["隐患描述", "单位名称", "部位", "发现日期", "整改期限", "状态", "整改完成日期"] {
        assert_eq!(busy.column(title), calm.column(title), "{title}");
    }
    // Every kind of accident was told, and none in the bureau that had none.
    for code in ["L020", "L021", "L022", "L023", "L025", "L026"] {
        assert!(busy.codes.contains(code), "{code} of {:?}", busy.codes);
        assert!(!calm.codes.contains(code), "{code} of {:?}", calm.codes);
    }
    calm.place.clean(&["verify", "--as-of", &day(WEEKS).to_string()]);
    busy.place.clean(&["verify", "--as-of", &day(WEEKS).to_string()]);
}
