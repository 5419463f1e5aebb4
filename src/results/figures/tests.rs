//! The figures against a reckoning of their own, on made-up ledgers.

use std::sync::Arc;

use super::*;
use crate::campaign::Roster;
use crate::campaign::read_roster;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::records::Reading;
use crate::results::three_lists::sample;
use crate::results::three_lists::sample::day;
use crate::source::SourceFile;
use crate::vocabulary::Level;
use crate::vocabulary::Status;

fn roster() -> Roster {
    let text = "编码,单位名称,简称,类别,乡镇\n001,城关中心卫生院,,卫生院,城关镇\n002,河西区人民医院/南院区,,医院,河西\n003,北山镇卫生院,,卫生院,北山镇\n";
    let file = SourceFile { name: Arc::from("units.csv"), bytes: text.as_bytes().to_vec() };
    read_roster(&file).roster.expect("a roster")
}

fn counted(before: &Ledger, now: &Ledger, as_of: NaiveDate) -> Figures {
    let campaign = sample::campaign(0);
    let roster = roster();
    let obligations = Obligations { as_of, periods: Vec::new() };
    let period = ReportPeriod { kind: ReportKind::Monthly, start: day(7, 1), end: as_of, scheduled: false };
    figures(FigureInputs {
        ground: Ground::new(&campaign, &roster, period.end),
        period,
        ledger: now,
        before,
        long_before: before,
        obligations: &obligations,
        mentions: &Mentions::default(),
    })
}

fn ledger(hazards: Vec<Hazard>) -> Ledger {
    Ledger { hazards, extra_columns: Vec::new() }
}

/// One hazard for each way through the period.
fn hazards() -> Vec<Hazard> {
    let found = |number: u32, month: u32, on: u32| Hazard {
        found_on: DateReading::On(day(month, on)),
        ..sample::hazard(number, (number as usize) % 3)
    };
    vec![
        // Carried over and still open, overdue since 30 June.
        Hazard { deadline: DateReading::On(day(6, 30)), ..found(1, 6, 1) },
        // Carried over, closed in the period.
        Hazard { status: Status::ClosedOut, rectified_on: Some(day(7, 3)), closed_out_on: Some(day(7, 10)), ..found(2, 6, 2) },
        // Closed before the period.
        Hazard { status: Status::ClosedOut, rectified_on: Some(day(6, 3)), closed_out_on: Some(day(6, 10)), ..found(3, 6, 2) },
        // New, major, open.
        Hazard { level: Reading::Value(Level::Major), deadline: DateReading::On(day(8, 10)), ..found(4, 7, 5) },
        // New, closed at once.
        Hazard { status: Status::ClosedOut, rectified_on: Some(day(7, 6)), closed_out_on: Some(day(7, 7)), ..found(5, 7, 5) },
        // New and withdrawn.
        Hazard { status: Status::Withdrawn, ..found(6, 7, 8) },
        // Found after the as-of day: not counted at all.
        found(7, 8, 5),
        // Rectified late, awaits verification.
        Hazard { status: Status::Rectified, rectified_on: Some(day(7, 20)), deadline: DateReading::On(day(7, 10)), ..found(8, 6, 20) },
    ]
}

#[test]
fn every_way_through_a_period_is_counted_once_and_balances() {
    let known = ledger(hazards());
    let figures = counted(&known, &known, day(7, 31));
    assert_eq!(figures.discrepancies(), []);
    let expected = [
        (Measure::CarriedOver, 3),
        (Measure::New, 2),
        (Measure::NewFromBefore, 0),
        (Measure::ClosedInPeriod, 2),
        (Measure::WithdrawnInPeriod, 0),
        (Measure::OpenAtEnd, 3),
        (Measure::Total, 6),
        (Measure::Closed, 3),
        (Measure::Overdue, 1),
        (Measure::OverdueLonger, 1),
        (Measure::LeftTen, 1),
        (Measure::Late, 1),
        (Measure::MajorOpen, 1),
        (Measure::RectifiedInPeriod, 3),
    ];
    for (measure, count) in expected {
        assert_eq!(figures.totals.of(measure), count, "{measure:?}");
    }
    let behind: Vec<&str> = figures.behind(Measure::New, None).map(|index| known.hazards[index].id.as_str()).collect();
    assert_eq!(behind, [4, 5].map(|number: u32| sample::hazard(number, (number as usize) % 3).id));
}

#[test]
fn what_was_not_known_before_is_new_although_it_was_found_earlier() {
    let now = ledger(hazards());
    let before = ledger(hazards().into_iter().skip(1).collect());
    let figures = counted(&before, &now, day(7, 31));
    assert_eq!(figures.discrepancies(), []);
    assert_eq!((figures.totals.of(Measure::New), figures.totals.of(Measure::NewFromBefore)), (3, 1));
    assert_eq!(figures.totals.of(Measure::CarriedOver), 2);
}

#[test]
fn reopened_and_postponed_hazards_keep_the_balance() {
    let before = ledger(hazards());
    let mut changed = hazards();
    changed[2] = Hazard { status: Status::Open, rectified_on: None, closed_out_on: None, ..changed[2].clone() };
    changed[0].found_on = DateReading::On(day(9, 1));
    let figures = counted(&before, &ledger(changed), day(7, 31));
    assert_eq!(figures.discrepancies(), []);
    assert_eq!((figures.totals.of(Measure::Reopened), figures.totals.of(Measure::Left)), (1, 1));
}

#[test]
fn the_withdrawn_stand_in_no_figure_but_their_own() {
    let withdrawn = |hazard: &Hazard| Hazard { status: Status::Withdrawn, ..hazard.clone() };
    let mut then = hazards();
    // Withdrawn before the period, and taken up again in it.
    then[7] = withdrawn(&then[7]);
    let mut now = hazards();
    // Carried over, closed before, and closed at once: all withdrawn in the period.
    for index in [0, 2, 4] {
        now[index] = withdrawn(&now[index]);
    }
    let figures = counted(&ledger(then), &ledger(now), day(7, 31));
    assert_eq!(figures.discrepancies(), []);
    let expected = [
        (Measure::WithdrawnBefore, 1),
        (Measure::NewlyWithdrawn, 4),
        (Measure::WithdrawalUndone, 1),
        (Measure::Withdrawn, 4),
        (Measure::WithdrawnInPeriod, 1),
        (Measure::CarriedOver, 2),
        (Measure::New, 1),
        (Measure::Reopened, 1),
        (Measure::Total, 3),
        (Measure::Rectified, 2),
        (Measure::Closed, 1),
    ];
    for (measure, count) in expected {
        assert_eq!(figures.totals.of(measure), count, "{measure:?}");
    }
}

#[test]
fn a_wrong_sum_is_found() {
    let known = ledger(hazards());
    let mut figures = counted(&known, &known, day(7, 31));
    figures.counted.pop();
    assert!(figures.discrepancies().iter().any(|discrepancy| discrepancy.place == "编号依据"));
}

#[test]
fn equal_rates_share_a_place() {
    let known = ledger(hazards());
    let figures = counted(&known, &known, day(7, 31));
    let units: Vec<(&str, u32, Option<u32>)> = (figures.rows(Dimension::Unit).iter().zip(&figures.ranks))
        .map(|(row, rank)| (row.label.as_str(), row.counts.of(Measure::Total), *rank))
        .collect();
    assert_eq!(units.iter().map(|unit| unit.1).sum::<u32>(), 6);
    assert!(units.iter().any(|unit| unit.2 == Some(1)), "{units:?}");
    assert_eq!(figures.series.last().map(|point| point.total), Some(6));
}

#[test]
fn breakdowns_have_a_row_for_what_fits_nowhere() {
    let mut hazards = hazards();
    hazards[0].found_on = DateReading::Blank;
    hazards[1].unit_index = None;
    hazards[1].unit = Arc::from("已撤销的诊所");
    let known = ledger(hazards);
    let figures = counted(&known, &known, day(7, 31));
    assert_eq!(figures.discrepancies(), []);
    assert_eq!(
        figures.rows(Dimension::Unit).last().map(|row| (row.label.as_str(), row.counts.of(Measure::Total))),
        Some(("已撤销的诊所", 1))
    );
    assert_eq!(figures.rows(Dimension::Phase).last().map(|row| row.counts.of(Measure::Total)), Some(1));
}
