use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::read_campaign;
use crate::campaign::read_roster;
use crate::results::obligations::Duty;
use crate::results::obligations::DutyPeriod;
use crate::results::obligations::Evidence;
use crate::results::obligations::EvidenceKind;
use crate::results::obligations::obligations;
use crate::source::SourceFile;

fn basis(obligation: &str) -> (Campaign, Roster) {
    let yaml = format!(
        "campaign: demo\ntitle: 示例\nissuer: 某县卫生健康委员会\nperiod: {{start: 2023-06-01, end: 2023-12-31}}\nunits: units.csv\n\
         obligations:\n  - {{id: a, name: 甲, {obligation}}}\n"
    );
    let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
    let campaign = read_campaign(&file("campaign.yaml", &yaml)).campaign.expect("a campaign");
    let roster = read_roster(&file("units.csv", "编码,单位名称\nH01,甲医院\n")).roster.expect("a roster");
    (campaign, roster)
}

/// `06-02 L1` is a ledger with content 1; Z zero, M zero of major hazards, U unreadable, R rejected, E empty, T telephone,
/// N a telephone call that says zero; `- L1` is undated.
fn evidence(text: &str) -> Vec<Evidence> {
    let piece = |(number, word): (usize, &str)| {
        let (day, kind) = word.split_once(' ').expect("a day and a kind");
        let kind = match kind.split_at(1) {
            ("L", print) => EvidenceKind::Ledger { print: print.parse().expect("a number") },
            ("Z", _) => EvidenceKind::Zero { major_only: false },
            ("M", _) => EvidenceKind::Zero { major_only: true },
            ("U", _) => EvidenceKind::Unreadable,
            ("R", _) => EvidenceKind::Rejected,
            ("E", _) => EvidenceKind::Empty,
            (letter, _) => EvidenceKind::Logged { obligations: vec![0], is_zero: letter == "N" },
        };
        let on = (day != "-").then(|| format!("2023-{day}").parse().expect("a day"));
        Evidence { party: Party::Unit(0), on, kind, file: Arc::from(format!("{number}.csv")) }
    };
    text.split(", ").filter(|word| !word.is_empty()).enumerate().map(piece).collect()
}

fn shown(period: &DutyPeriod, duty: &Duty) -> String {
    let mut text = format!("{} {}", period.due.map_or("—".to_owned(), |due| due.format("%m-%d").to_string()), duty.state.key());
    duty.details.iter().for_each(|detail| text.push_str(&format!("+{}", detail.key())));
    duty.on.iter().for_each(|on| text.push_str(&on.format(" %m-%d").to_string()));
    if period.is_latest {
        text.push('*');
    }
    text
}

/// The one unit's state in every period; `*` marks the latest.
fn check(obligation: &str, came: &str, as_of: &str, expected: &[&str]) {
    let (campaign, roster) = basis(obligation);
    let day: NaiveDate = format!("2023-{as_of}").parse().expect("a day");
    let mut pieces = evidence(came);
    let answer = obligations(&pieces, Ground::new(&campaign, &roster, day));
    let states: Vec<String> = answer.periods.iter().map(|period| shown(period, &period.duties[0])).collect();
    assert_eq!(states, expected, "{obligation}: {came} as of {as_of}");
    for period in &answer.periods {
        assert_eq!(period.by_state.iter().sum::<u32>(), period.owed());
    }
    pieces.reverse();
    assert_eq!(obligations(&pieces, Ground::new(&campaign, &roster, day)), answer, "the order of the files says nothing");
}

const WEEKLY: &str = "every: 每周五17:00前, fulfilled_by: ledger";

#[test]
fn a_due_day_is_in_time_until_it_is_over() {
    check(WEEKLY, "", "06-01", &["06-02 not_due*"]);
    check(WEEKLY, "", "06-02", &["06-02 not_due*", "06-09 not_due"]);
    check(WEEKLY, "", "06-03", &["06-02 missing*", "06-09 not_due"]);
    check(WEEKLY, "06-02 L1", "06-02", &["06-02 reported 06-02*", "06-09 not_due"]);
    check(WEEKLY, "06-07 L1", "06-08", &["06-02 missing*", "06-09 reported 06-07"]);
    // What is dated later has not happened yet, what was dated before the window never counts.
    check(WEEKLY, "06-02 L1", "06-01", &["06-02 not_due*"]);
    check(WEEKLY, "05-31 L1", "06-03", &["06-02 missing*", "06-09 not_due"]);
}

#[test]
fn between_two_due_days_the_nearer_open_one_counts() {
    check(WEEKLY, "06-03 L1", "06-10", &["06-02 late 06-03", "06-09 missing*", "06-16 not_due"]);
    check(WEEKLY, "06-05 L1", "06-10", &["06-02 late 06-05", "06-09 missing*", "06-16 not_due"]);
    check(WEEKLY, "06-06 L1", "06-10", &["06-02 missing", "06-09 reported 06-06*", "06-16 not_due"]);
    check(WEEKLY, "06-03 L1, 06-09 L2", "06-10", &["06-02 late 06-03", "06-09 reported 06-09*", "06-16 not_due"]);
    check(WEEKLY, "06-01 L1, 06-03 L2", "06-10", &["06-02 reported 06-01", "06-09 reported 06-03*", "06-16 not_due"]);
    // After the last day everything that comes is late for it.
    let until = "every: 每周五, fulfilled_by: ledger, until: 2023-06-09";
    check(until, "06-02 L1, 07-30 L2", "08-01", &["06-02 reported 06-02", "06-09 late 07-30*"]);
    // A day of a daily duty that is missed stays missed: what comes the day after is that day's.
    let daily = "every: 每天15:30前, fulfilled_by: zero-report, until: 2023-06-03";
    check(daily, "06-01 Z, 06-03 Z", "06-04", &["06-01 zero 06-01", "06-02 missing", "06-03 zero 06-03*"]);
}

#[test]
fn what_came_decides_the_state() {
    let one = |came: &str, expected: &str| check("due: 2023-06-09, fulfilled_by: ledger", came, "06-20", &[expected]);
    one("06-09 Z", "06-09 zero 06-09*");
    one("06-09 M", "06-09 zero+major_only 06-09*");
    one("06-05 Z, 06-09 L1", "06-09 reported 06-09*");
    one("06-12 Z", "06-09 late+zero 06-12*");
    one("06-08 U", "06-09 missing+unreadable 06-08*");
    one("06-08 U, 06-10 R", "06-09 missing+rejected 06-10*");
    one("06-08 E", "06-09 missing+empty 06-08*");
    one("06-08 U, 06-09 L1", "06-09 reported 06-09*");
    one("06-08 U, 06-10 L1", "06-09 late 06-10*");
    one("06-08 T", "06-09 reported+logged 06-08*");
    one("06-08 N", "06-09 zero+logged 06-08*");
    one("- L1", "06-09 reported+undated*");
    one("06-10 L1, - L2", "06-09 late 06-10*");
    one("05-20 L1", "06-09 reported 05-20*");
    check("due: 2023-06-09, fulfilled_by: zero-report", "06-09 L1", "06-20", &["06-09 reported 06-09*"]);
    // Only a row of submissions.csv says that a plan or a drill was handed in.
    check("due: 2023-06-09", "06-08 L1, 06-09 Z", "06-20", &["06-09 missing*"]);
    check("due: 2023-06-09, fulfilled_by: 演练", "06-09 T", "06-20", &["06-09 reported+logged 06-09*"]);
    // Without a due day nobody is missing.
    check("fulfilled_by: 演练", "", "06-20", &["— not_due*"]);
    check("fulfilled_by: 演练", "06-09 T", "06-20", &["— reported+logged 06-09*"]);
}

#[test]
fn the_same_words_again_are_told() {
    let expected = ["06-02 reported 06-02", "06-09 reported+unchanged 06-09", "06-16 reported 06-16*", "06-23 not_due"];
    check(WEEKLY, "06-02 L1, 06-09 L1, 06-16 L2", "06-17", &expected);
    let expected = ["06-02 reported 06-02", "06-09 zero 06-09", "06-16 reported+unchanged 06-16*", "06-23 not_due"];
    check(WEEKLY, "06-02 L1, 06-09 Z, 06-16 L1", "06-17", &expected);
    // The same file in two mails of one day is one submission.
    check(WEEKLY, "06-02 L1, 06-02 L1", "06-03", &["06-02 reported 06-02*", "06-09 not_due"]);
}

#[test]
fn a_period_may_ask_for_more_than_one() {
    let twice = "every: 每季度至少2次, fulfilled_by: 演练";
    check(twice, "06-08 T", "07-01", &["06-30 missing+too_few 06-08*", "09-30 not_due"]);
    check(twice, "06-08 T, 06-20 T", "07-01", &["06-30 reported+logged 06-08*", "09-30 not_due"]);
    check(twice, "06-08 T, 07-02 T", "07-05", &["06-30 late+logged 07-02*", "09-30 not_due"]);
}
