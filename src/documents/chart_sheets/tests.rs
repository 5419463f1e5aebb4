//! Chart sheets of made-up ledgers: what is drawn, and that it adds up.

use std::sync::Arc;

use super::*;
use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::campaign::read_roster;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::Mentions;
use crate::results::Obligations;
use crate::results::figures::FigureInputs;
use crate::results::figures::ReportKind;
use crate::results::figures::ReportPeriod;
use crate::results::figures::figures;
use crate::results::three_lists::sample;
use crate::results::three_lists::sample::day;
use crate::source::SourceFile;
use crate::vocabulary::Status;

const UNITS: usize = 26;

fn roster() -> Roster {
    let lines: String = (1..=UNITS).map(|unit| format!("U{unit:02},第{unit}卫生院\n")).collect();
    let file = SourceFile { name: Arc::from("units.csv"), bytes: format!("编码,单位名称\n{lines}").into_bytes() };
    read_roster(&file).roster.expect("a roster")
}

fn hazard(number: usize, unit: usize) -> Hazard {
    let name = Arc::from(format!("第{}卫生院", unit + 1));
    Hazard { unit: name, unit_index: Some(unit), ..sample::hazard(number as u32, 0) }
}

/// Every unit but the last has an open hazard, the first ten an overdue one too, the first five a rectified one.
fn hazards() -> Vec<Hazard> {
    let open = (0..UNITS - 1).map(|unit| hazard(unit, unit));
    let overdue = (0..10).map(|unit| Hazard { deadline: DateReading::On(day(6, 30)), ..hazard(100 + unit, unit) });
    let rectified = (0..5).map(|unit| Hazard {
        status: Status::Rectified,
        rectified_on: Some(day(7, 20)),
        deadline: DateReading::On(day(7, 10)),
        ..hazard(200 + unit, unit)
    });
    open.chain(overdue).chain(rectified).collect()
}

fn counted(campaign: &Campaign, hazards: Vec<Hazard>) -> Figures {
    let ledger = Ledger { hazards, extra_columns: Vec::new() };
    let as_of = day(7, 31);
    figures(FigureInputs {
        ground: Ground::new(campaign, &roster(), as_of),
        period: ReportPeriod { kind: ReportKind::Monthly, start: day(7, 1), end: as_of, scheduled: false },
        ledger: &ledger,
        before: &ledger,
        long_before: &ledger,
        obligations: &Obligations { as_of, periods: Vec::new() },
        mentions: &Mentions::default(),
    })
}

fn duty(obligation: usize, due: chrono::NaiveDate) -> DutyFigure {
    DutyFigure {
        obligation,
        due,
        by_units: true,
        owed: 4,
        reported: 1,
        zero: 1,
        late: 1,
        missing: 1,
        waiting: 0,
        missing_parties: Vec::new(),
    }
}

fn lines(sheet: &Sheet<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let visited: Result<(), ()> = sheet.body.each(|_, row| {
        lines.push(row.cells.iter().map(Cell::shown).collect::<Vec<_>>().join("|"));
        Ok(())
    });
    assert_eq!(visited, Ok(()));
    lines
}

fn charted<'s>(sheet: &'s Sheet<'_>) -> &'s Charted {
    let Look::Charts(charted) = &sheet.look else { panic!("a sheet with charts") };
    for chart in &charted.charts {
        assert!(chart.fits(&sheet.columns, sheet.body.len()), "{chart:?}");
    }
    charted
}

#[test]
fn the_units_with_most_to_do_stand_alone_and_the_rest_in_one_row() {
    let campaign = sample::campaign(0);
    let figures = counted(&campaign, hazards());
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    assert_eq!(
        sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
        [PROGRESS_SHEET, CATEGORY_SHEET, UNIT_SHEET, TIME_SHEET]
    );
    let units = lines(&sheets[2]);
    assert_eq!(units.len(), 22);
    assert_eq!([&units[0], &units[9], &units[10]], ["第1卫生院|1|1|1|3", "第10卫生院|1|1|0|2", "第11卫生院|0|1|0|1"]);
    assert_eq!(units[20..], ["其余5家|0|5|0|5", "合计|10|25|5|40"]);
    let unit_charts = charted(&sheets[2]);
    assert_eq!(unit_charts.charts[0].rows, 0..21);
    assert!(unit_charts.notes.iter().any(|note| note.contains("另有1家单位没有隐患")), "{:?}", unit_charts.notes);
    assert_eq!(lines(&sheets[1]).last().map(String::as_str), Some("合计|35|5|40"));
    assert_eq!(lines(&sheets[0]).last().map(String::as_str), Some("2023-07-31|40|5|0|10"));
    assert_eq!(
        lines(&sheets[3]),
        ["逾期1—7天|0", "逾期8—30天|0", "逾期30天以上|10", "剩余10天以内|25", "剩余11—20天|0", "剩余20天以上|0", "合计|35"]
    );
    let drawn: Vec<Range<usize>> = charted(&sheets[3]).charts.iter().map(|chart| chart.rows.clone()).collect();
    assert_eq!(drawn, [0..3, 3..6]);
}

#[test]
fn what_is_overdue_until_it_is_closed_is_counted_once() {
    let mut campaign = sample::campaign(0);
    campaign.overdue.until = Status::ClosedOut;
    let figures = counted(&campaign, hazards());
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    assert_eq!(lines(&sheets[2]).last().map(String::as_str), Some("合计|15|25|0|40"));
    assert!(charted(&sheets[2]).notes.iter().any(|note| note.contains("以销号为准")));
}

#[test]
fn a_rest_that_dwarfs_all_others_stands_in_the_table_alone() {
    let campaign = sample::campaign(0);
    // Twenty units with one overdue hazard each, six with two that are done.
    let done = |number: usize, unit: usize| Hazard { status: Status::ClosedOut, rectified_on: Some(day(7, 1)), ..hazard(number, unit) };
    let alone = (0..20).map(|unit| Hazard { deadline: DateReading::On(day(6, 30)), ..hazard(unit, unit) });
    let rest = (20..UNITS).flat_map(|unit| [done(100 + unit, unit), done(200 + unit, unit)]);
    let figures = counted(&campaign, alone.chain(rest).collect());
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    assert_eq!(lines(&sheets[2])[20..], ["其余6家|0|0|12|12", "合计|20|0|12|32"]);
    let units = charted(&sheets[2]);
    assert_eq!(units.charts[0].rows, 0..20);
    assert!(units.notes.iter().any(|note| note.starts_with("其余6家共12项")), "{:?}", units.notes);
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let campaign = sample::campaign(0);
    let figures = counted(&campaign, Vec::new());
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    let charts: Vec<usize> = sheets.iter().map(|sheet| charted(sheet).charts.len()).collect();
    assert_eq!(charts, [1, 0, 0, 0]);
    assert_eq!(lines(&sheets[2]), ["合计|0|0|0|0"]);
}

#[test]
fn due_days_are_drawn_with_their_rates_and_the_earliest_left_out() {
    let campaign = sample::campaign(0);
    let mut figures = counted(&campaign, hazards());
    figures.duties = (0..30).map(|week| duty(0, day(1, 6) + chrono::Days::new(7 * week))).collect();
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    let rows = lines(&sheets[4]);
    assert_eq!((rows.len(), rows[0].as_str()), (MOST_POINTS, "2月3日|75.0%|50.0%|4|2|1|1|0"));
    assert!(charted(&sheets[4]).notes[1].contains("更早的4次"));
    // Of several obligations each row says which one; the earliest are left out whatever they are.
    drop(sheets);
    figures.duties.push(duty(1, day(1, 1)));
    figures.duties.push(duty(1, day(12, 1)));
    let sheets = chart_sheets(&campaign, &figures).expect("the sums add up");
    assert_eq!(lines(&sheets[4]).iter().filter(|line| line.starts_with("12月1日") || line.starts_with("1月1日")).count(), 1);
    assert_eq!((sheets[4].columns[0].title.as_ref(), charted(&sheets[4]).charts[0].kind), ("报送事项", ChartKind::Bar));
}

type Damage = fn(&mut Figures);

#[test]
fn sums_that_differ_are_refused() {
    let campaign = sample::campaign(0);
    let damages: [(Damage, &str); 5] = [
        (|figures| figures.series.iter_mut().for_each(|point| point.overdue += 1), PROGRESS_SHEET),
        (|figures| figures.counted.truncate(3), UNIT_SHEET),
        (|figures| figures.breakdowns[1].rows.clear(), CATEGORY_SHEET),
        (|figures| figures.breakdowns[0].rows.truncate(5), UNIT_SHEET),
        (|figures| figures.duties = vec![DutyFigure { owed: 9, ..duty(0, day(7, 7)) }], DUTY_SHEET),
    ];
    for (damage, place) in damages {
        let mut figures = counted(&campaign, hazards());
        damage(&mut figures);
        let told = chart_sheets(&campaign, &figures).expect_err("the sums differ").to_string();
        assert!(told.contains(place), "{place}: {told}");
    }
}
