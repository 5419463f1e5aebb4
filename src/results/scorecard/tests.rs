//! Scores worked out by hand, and every score recomputed from the rows behind it.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::campaign::Campaign;
use crate::campaign::Ground;
use crate::campaign::Party;
use crate::campaign::Roster;
use crate::campaign::points_text;
use crate::campaign::read_campaign;
use crate::campaign::read_roster;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::records::Reading;
use crate::results::Evidence;
use crate::results::Obligations;
use crate::results::obligations;
use crate::results::obligations::EvidenceKind;
use crate::results::overdue;
use crate::results::scorecard::Effect;
use crate::results::scorecard::Scorecard;
use crate::results::scorecard::Subject;
use crate::results::scorecard::scorecard;
use crate::results::three_lists::sample;
use crate::source::SourceFile;
use crate::vocabulary::Field;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

const CAMPAIGN: &str = "\
campaign: demo
title: 示例
issuer: 某县卫健委
period: {start: 2023-06-01, end: 2023-12-31}
units: units.csv
obligations:
  - {id: weekly, name: 周统计, every: 每周五, start: 2023-07-10, fulfilled_by: ledger}
  - {id: plan, name: 方案, due: 2023-07-10}
categories: [{id: fire, name: 消防安全, synonyms: [消防]}]
levels: {major: {requires: [measure, deadline], interim_control: required, supervision: 县级}}
";

const GRADES: &str = "  grades: [{from: 90, name: 优秀}, {from: 60, name: 合格}, {from: 0, name: 不合格}]\n";

const ROSTER: &str = "编码,单位名称\n001,城关中心卫生院\n002,河西区人民医院/南院区\n003,北山镇卫生院\n004,康宁口腔诊所\n";

/// A ledger from lines `unit|category|location|description|level|found|deadline|status|rectified|further`; days are `M-D`.
fn ledger(lines: &str) -> Ledger {
    let day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        NaiveDate::from_ymd_opt(2023, month.parse().ok()?, day.parse().ok()?)
    };
    let hazard = |(index, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('|').collect();
        let &[unit, category, location, description, level, found, deadline, status, rectified, further] = cells.as_slice() else {
            panic!("ten cells: {line}")
        };
        let mut values = vec![(Field::Description, description), (Field::Location, location)];
        values.extend((!category.is_empty()).then_some((Field::Category, category)));
        let words: Vec<(Field, &str)> = [
            ("措施", Field::Measure, "更换"),
            ("管控", Field::InterimControl, "停用"),
            ("盯防", Field::Guard, "张三"),
            ("空盯防", Field::Guard, "/"),
            ("督办", Field::Supervision, "县级"),
        ]
        .into_iter()
        .filter(|(word, ..)| further.split(' ').any(|part| part == *word))
        .map(|(_, field, text)| (field, text))
        .collect();
        values.extend(words);
        values.sort_by_key(|(field, _)| *field);
        Hazard {
            level: Reading::Value(if level == "重大" { Level::Major } else { Level::General }),
            status: Status::ALL.into_iter().find(|other| other.label() == status).expect("a status"),
            found_on: day(found).map_or(DateReading::Blank, DateReading::On),
            deadline: day(deadline).map_or(DateReading::Blank, DateReading::On),
            rectified_on: day(rectified),
            ..sample::with_values(index as u32 + 1, unit.parse::<usize>().expect("a number") - 1, &values)
        }
    };
    Ledger { hazards: lines.lines().enumerate().map(hazard).collect(), extra_columns: Vec::new() }
}

/// What everything is worked out from.
struct Case {
    campaign: Campaign,
    roster: Roster,
    ledger: Ledger,
    duties: Obligations,
    card: Scorecard,
}

/// The scores as of 31 July; `reports` are `unit M-D` for the weekly statistics.
fn case(items: &str, ledger_lines: &str, reports: &[(usize, u32, u32)]) -> Case {
    let file = |name: &str, text: &str| SourceFile { name: Arc::from(name), bytes: text.as_bytes().to_vec() };
    let yaml = format!("{CAMPAIGN}scoring:\n  items: [{items}]\n{GRADES}");
    let reading = read_campaign(&file("campaign.yaml", &yaml));
    assert!(reading.diagnostics.is_empty(), "{:#?}", reading.diagnostics);
    let campaign = reading.campaign.expect("a campaign");
    let roster = read_roster(&file("units.csv", ROSTER)).roster.expect("a roster");
    let ledger = ledger(ledger_lines);
    let as_of = sample::day(7, 31);
    let evidence: Vec<Evidence> = reports
        .iter()
        .map(|(unit, month, day)| Evidence {
            party: Party::Unit(unit - 1),
            on: Some(sample::day(*month, *day)),
            kind: EvidenceKind::Ledger { print: u64::from(month * 100 + day) },
            file: Arc::from("inbox/甲.xlsx"),
        })
        .collect();
    let duties = obligations(&evidence, Ground::new(&campaign, &roster, as_of));
    let overdue = overdue(&ledger, Ground::new(&campaign, &roster, as_of));
    let card = scorecard(&campaign, &roster, &ledger, &overdue, &duties).expect("the campaign marks units");
    recompute(&card, &campaign);
    Case { campaign, roster, ledger, duties, card }
}

/// Every number again, from nothing but the rows behind it.
fn recompute(card: &Scorecard, campaign: &Campaign) {
    let scoring = campaign.scoring.as_ref().expect("a scoring");
    let half_up = |numerator: u64, denominator: u64| numerator / denominator + u64::from(2 * (numerator % denominator) >= denominator);
    for unit in &card.units {
        let (mut sum, mut maximum) = (0, 0);
        for (item, score) in scoring.items.iter().zip(&unit.items) {
            let credits: Vec<u64> = score
                .rows
                .iter()
                .filter_map(|row| match row.effect {
                    Effect::Credit(credit) => Some(u64::from(credit)),
                    Effect::Deduction(_) => None,
                })
                .collect();
            let deducted: u64 = score
                .rows
                .iter()
                .map(|row| match row.effect {
                    Effect::Deduction(points) => u64::from(points),
                    Effect::Credit(_) => 0,
                })
                .sum();
            let whole = u64::from(item.points);
            let expected = if item.measure.is_deduction() {
                assert!(credits.is_empty());
                (score.denominator > 0).then(|| whole - deducted.min(whole))
            } else {
                assert_eq!(score.denominator as usize, score.rows.len());
                (!credits.is_empty()).then(|| half_up(whole * credits.iter().sum::<u64>(), 100 * credits.len() as u64))
            };
            assert_eq!(score.points.map(u64::from), expected, "{:?}", item.measure);
            sum += expected.unwrap_or(0);
            maximum += expected.map_or(0, |_| whole);
        }
        assert_eq!((u64::from(unit.points), u64::from(unit.maximum)), (sum, maximum));
        let total = (maximum > 0).then(|| half_up(sum * u64::from(card.full), maximum));
        assert_eq!(unit.total.map(u64::from), total);
        if maximum == u64::from(card.full) {
            assert_eq!(total, Some(sum));
        }
        let better = card.units.iter().filter(|other| other.total > unit.total).count() as u32;
        assert_eq!(unit.rank, unit.total.map(|_| better + 1));
    }
}

/// One line for each unit: points of the items, total, rank, grade.
fn scores(case: &Case) -> Vec<String> {
    let scoring = case.campaign.scoring.as_ref().expect("a scoring");
    let text = |points: Option<u32>| points.map_or("—".to_owned(), |points| points_text(u64::from(points)));
    let line = |unit: &crate::results::scorecard::UnitScore| {
        let items: Vec<String> = unit.items.iter().map(|item| text(item.points)).collect();
        let rank = unit.rank.map_or("—".to_owned(), |rank| rank.to_string());
        let grade = unit.grade.map_or("—", |grade| scoring.grades[grade].name.as_str());
        format!("{} {} = {} #{rank} {grade}", case.roster.units[unit.unit].code, items.join(" "), text(unit.total))
    };
    case.card.units.iter().map(line).collect()
}

/// The rows behind the first item of the first unit.
fn rows(case: &Case) -> Vec<String> {
    let line = |row: &crate::results::scorecard::ScoreRow| {
        let mut text = match row.subject {
            Subject::Hazard(index) => case.ledger.hazards[index].id.clone(),
            Subject::Duty(index) => {
                let period = &case.duties.periods[index];
                format!("{} {}", case.campaign.obligations[period.obligation].id, period.due.expect("a due day"))
            }
        };
        let _ = match row.effect {
            Effect::Credit(credit) => write!(text, " {} +{credit}", row.finding.words(&case.ledger)),
            Effect::Deduction(points) => write!(text, " {} -{points}", row.finding.words(&case.ledger)),
        };
        text
    };
    case.card.units[0].items[0].rows.iter().map(line).collect()
}

#[test]
fn reports_count_once_their_day_is_over() {
    let item = "{measure: reported_in_time, points: 100, obligations: [weekly]}";
    // Due on the Fridays 14, 21 and 28 July: in time, late, missing; nobody is asked for 4 August yet.
    let reports = [(1, 7, 13), (1, 7, 22), (2, 7, 14), (2, 7, 21), (2, 7, 28), (3, 7, 31)];
    let case = case(item, "", &reports);
    assert_eq!(rows(&case), ["weekly 2023-07-14 已报 +100", "weekly 2023-07-21 迟报 +50", "weekly 2023-07-28 未报 +0"]);
    assert_eq!(scores(&case), ["001 50 = 50 #2 不合格", "002 100 = 100 #1 优秀", "003 16.67 = 16.67 #3 不合格", "004 0 = 0 #4 不合格"]);
    let strict = self::case("{measure: reported_in_time, points: 100, obligations: [weekly], late: 0}", "", &reports);
    assert_eq!(strict.card.units[0].total, Some(3333));
    let all = self::case("{measure: reported_in_time, points: 100}", "", &reports);
    assert_eq!(rows(&all).last().map(String::as_str), Some("plan 2023-07-10 未报 +0"));
}

#[test]
fn hazards_are_judged_as_in_the_published_rates() {
    let lines = "\
1||a|灯坏|一般|6-1|7-1|已整改|7-1|
1||b|灯坏|一般|6-1|7-1|已整改|7-2|
1||c|灯坏|一般|6-1|7-1|已整改||
1||d|灯坏|一般|6-1|7-30|待整改||
1||e|灯坏|一般|6-1|7-31|待整改||
1||f|灯坏|一般|6-1||待整改||
1||g|灯坏|一般|6-1|7-1|撤销||
2||a|灯坏|一般|6-1|7-1|已整改|8-1|";
    let told = case("{measure: rectified_in_time, points: 100}", lines, &[]);
    assert_eq!(
        rows(&told),
        [
            "demo-001-0001 期限内整改 +100",
            "demo-001-0002 超期完成 +0",
            "demo-001-0003 已整改，没有填整改完成日期 +0",
            "demo-001-0004 未整改 +0"
        ]
    );
    assert_eq!(scores(&told)[..3], ["001 25 = 25 #1 不合格", "002 0 = 0 #2 不合格", "003 — = — #— —"]);
    let half = case("{measure: rectified_in_time, points: 100, late: 0.5}", lines, &[]);
    assert_eq!(half.card.units[0].total, Some(3750));
    let told = case("{measure: rectified, points: 100}", lines, &[]);
    assert_eq!(rows(&told).len(), 6, "without the withdrawn one");
    assert_eq!(scores(&told)[0], "001 50 = 50 #1 不合格");
    let told = case("{measure: overdue, points: 100, each: 60.5}", &lines.replace("f|灯坏|一般|6-1||", "f|灯坏|一般|6-1|7-29|"), &[]);
    assert_eq!(rows(&told), ["demo-001-0004 逾期 1 天 -6050", "demo-001-0006 逾期 2 天 -6050"]);
    assert_eq!(scores(&told)[..3], ["001 0 = 0 #2 不合格", "002 39.5 = 39.5 #1 不合格", "003 — = — #— —"]);
}

#[test]
fn major_hazards_are_in_good_hands_or_not() {
    let lines = "\
1||a|楼裂|重大|6-1|7-30|已整改|7-30|
1||b|楼裂|重大|6-1|7-20|已整改|7-30|
1||c|楼裂|重大|6-1||已整改|7-30|
1||d|楼裂|重大|6-1|7-30|已整改||
1||e|楼裂|重大|6-1|9-30|整改中||措施 管控 盯防 督办
1||f|楼裂|重大|6-1|9-30|整改中||措施 管控 空盯防 督办
1||g|楼裂|重大|6-1||待整改||
1||h|楼裂|重大|6-1||撤销||
1||i|楼裂|一般|6-1||待整改||";
    let told = case("{measure: major_handled, points: 100}", lines, &[]);
    assert_eq!(
        rows(&told),
        [
            "demo-001-0001 期限内整改 +100",
            "demo-001-0002 超期完成 +0",
            "demo-001-0003 已整改，没有整改期限 +0",
            "demo-001-0004 已整改，没有填整改完成日期 +0",
            "demo-001-0005 未整改，要求的各项齐全 +100",
            "demo-001-0006 未整改，缺盯防人 +0",
            "demo-001-0007 未整改，缺整改措施、整改期限、临时管控措施、盯防人、督办 +0",
        ]
    );
    assert_eq!(scores(&told)[0], "001 28.57 = 28.57 #1 不合格");
}

#[test]
fn what_comes_back_after_it_was_rectified_is_a_repeat() {
    let item = "{measure: repeats, points: 100, each: 2.5}";
    for (earlier, later, repeats) in [
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "消防安全|门诊楼。|通道 堵！|一般|7-1||待整改|", true),
        ("消防|门诊楼|通道堵|一般|6-1||已销号|6-20", "|门诊楼|通道堵|一般|6-21||待整改|", true),
        // Said twice before it was rectified, on the day itself, elsewhere, in other words, of another category.
        ("消防|门诊楼|通道堵|一般|6-1||待整改|", "消防|门诊楼|通道堵|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|7-1", "消防|门诊楼|通道堵|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "消防|住院楼|通道堵|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "消防|门诊楼|通道堵死|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "用电|门诊楼|通道堵|一般|7-1||待整改|", false),
        // Nobody knows when; found on no day; was none after all.
        ("消防|门诊楼|通道堵|一般|6-1||已整改|", "消防|门诊楼|通道堵|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "消防|门诊楼|通道堵|一般|||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||撤销|6-20", "消防|门诊楼|通道堵|一般|7-1||待整改|", false),
        ("消防|门诊楼|通道堵|一般|6-1||已整改|6-20", "消防|门诊楼|通道堵|一般|7-1||撤销|", false),
    ] {
        let told = case(item, &format!("1|{earlier}|\n1|{later}|"), &[]);
        let expected: &[&str] = if repeats { &["demo-001-0002 与已整改的 demo-001-0001 相同 -250"] } else { &[] };
        assert_eq!(rows(&told), expected, "{earlier} … {later}");
    }
    let other_unit = "1|消防|门诊楼|通道堵|一般|6-1||已整改|6-20|\n2|消防|门诊楼|通道堵|一般|7-1||待整改||";
    assert_eq!(case(item, other_unit, &[]).card.units[1].total, Some(10_000));
}

#[test]
fn items_without_anything_to_judge_are_scaled_away_and_equal_scores_share_a_rank() {
    let items = "{measure: reported_in_time, points: 30, obligations: [weekly]}, {measure: rectified_in_time, points: 40}, \
                 {measure: major_handled, points: 20}, {measure: overdue, points: 10, each: 2}";
    let lines = "\
1||a|灯坏|一般|6-1|7-1|已整改|7-1|
1||b|灯坏|一般|6-1|7-1|待整改||
2||a|楼裂|重大|6-1|7-1|已整改|7-1|
3||a|灯坏|一般|6-1||待整改||";
    let reports = [(1, 7, 14), (1, 7, 21), (1, 7, 28), (2, 7, 14), (2, 7, 21), (2, 7, 28), (3, 7, 14), (3, 7, 21), (3, 7, 28)];
    let told = case(items, lines, &reports);
    assert_eq!(
        scores(&told),
        [
            // (30 + 20 + 8) ÷ 80
            "001 30 20 — 8 = 72.5 #3 合格",
            "002 30 40 20 10 = 100 #1 优秀",
            "003 30 — — 10 = 100 #1 优秀",
            "004 0 — — — = 0 #4 不合格"
        ]
    );
    assert_eq!((told.card.units[0].points, told.card.units[0].maximum), (5800, 8000));
}

#[test]
fn who_marks_nobody_gets_no_scores() {
    let case = case("{measure: rectified, points: 100}", "", &[]);
    let campaign = Campaign { scoring: None, ..case.campaign };
    let overdue = overdue(&case.ledger, Ground::new(&campaign, &Roster::default(), sample::day(7, 31)));
    assert_eq!(scorecard(&campaign, &case.roster, &case.ledger, &overdue, &case.duties), None);
}
