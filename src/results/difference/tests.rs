use chrono::NaiveDate;

use crate::campaign::Ground;
use crate::campaign::Roster;
use crate::dates::DateReading;
use crate::ledger::Hazard;
use crate::ledger::Ledger;
use crate::ledger::RejectReason;
use crate::ledger::Rejected;
use crate::results::difference::Backwards;
use crate::results::difference::Basis;
use crate::results::difference::Counts;
use crate::results::difference::Difference;
use crate::results::difference::difference;
use crate::results::three_lists::sample;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

fn ledger(hazards: Vec<Hazard>) -> Ledger {
    Ledger { hazards, extra_columns: Vec::new() }
}

fn hazards(numbers: &[u32]) -> Vec<Hazard> {
    numbers.iter().map(|number| sample::hazard(*number, (*number as usize - 1) / 3)).collect()
}

/// A hazard whose status is also what its cell says.
fn with_status(mut hazard: Hazard, status: Status) -> Hazard {
    hazard.status = status;
    hazard.values = hazard.values.with(Field::Status, status.label());
    hazard
}

fn compared<'a>(old: &'a Ledger, new: &'a Ledger, returned: &'a [Rejected], days: [NaiveDate; 2]) -> Difference<'a> {
    let (campaign, roster) = (sample::campaign(0), Roster::default());
    let result = difference(old, new, returned, &Basis { ground: Ground::new(&campaign, &roster, days[1]), old_as_of: days[0] });
    // The sums hold for the whole and for every unit.
    let mut sum = Counts::default();
    for unit in &result.by_unit {
        let counts = unit.counts;
        assert_eq!(counts.old, counts.removed + counts.changed + counts.unchanged, "{}", unit.unit);
        assert_eq!(counts.new, counts.added + counts.changed + counts.unchanged, "{}", unit.unit);
        sum.add(&counts);
    }
    assert_eq!(sum, result.counts);
    assert_eq!((sum.old as usize, sum.new as usize), (old.hazards.len(), new.hazards.len()));
    result
}

const JULY: fn(u32) -> NaiveDate = |day| sample::day(7, day);

#[test]
fn the_same_ledger_has_not_changed() {
    let (old, mut new) = (ledger(hazards(&[1, 2, 4])), ledger(hazards(&[1, 2, 4])));
    let result = compared(&old, &new, &[], [JULY(7), JULY(14)]);
    assert!(result.is_empty() && result.derived.is_empty() && result.newly_overdue.is_empty());
    // Read again elsewhere and named again by a later submission, it still has not.
    new.hazards.iter_mut().for_each(|hazard| hazard.submitted_on = Some(JULY(14)));
    let result = compared(&old, &new, &[], [JULY(7), JULY(14)]);
    assert!(result.is_empty());
    assert_eq!((result.derived.len(), result.counts.unchanged), (3, 3));
}

#[test]
fn hazards_come_go_and_change_by_their_number() {
    let old = ledger(hazards(&[1, 2, 3, 4]));
    let mut new = ledger(hazards(&[1, 3, 4, 5, 6]));
    new.hazards[0] = with_status(new.hazards[0].clone(), Status::ClosedOut);
    new.hazards[3] = with_status(new.hazards[3].clone(), Status::Rectified);
    let result = compared(&old, &new, &[], [JULY(7), JULY(14)]);
    let added: Vec<&str> = result.added.iter().map(|added| added.hazard.id.as_str()).collect();
    assert_eq!(added, ["demo-002-0005", "demo-002-0006"]);
    assert_eq!(result.removed.iter().map(|removed| removed.hazard.id.as_str()).collect::<Vec<_>>(), ["demo-001-0002"]);
    assert_eq!(result.changed.iter().map(|changed| changed.new.id.as_str()).collect::<Vec<_>>(), ["demo-001-0001"]);
    let expected =
        Counts { old: 4, new: 5, added: 2, removed: 1, changed: 1, unchanged: 2, rectified: 2, closed_out: 1, ..Counts::default() };
    assert_eq!(result.counts, expected);
    assert_eq!(result.by_unit.len(), 2);
    assert_eq!(result.backwards(), []);
}

#[test]
fn a_hazard_with_two_steps_backwards_is_counted_once() {
    let mut before = with_status(sample::hazard(1, 0), Status::Rectified);
    before.rectified_on = Some(JULY(3));
    before.values = crate::records::Values::pack(before.values.iter().chain([(Field::RectifiedOn, 0, "2023-07-03")]));
    let mut after = with_status(sample::hazard(1, 0), Status::InRectification);
    after.deadline = DateReading::On(JULY(31));
    let (old, new) = (ledger(vec![before]), ledger(vec![after]));
    let result = compared(&old, &new, &[], [JULY(7), JULY(14)]);
    let reasons: Vec<Backwards> = result.backwards().iter().map(|item| item.reason).collect();
    assert_eq!(reasons, [Backwards::StatusBack, Backwards::RectifiedOnRemoved]);
    assert_eq!(result.counts.backwards, 1);
}

#[test]
fn a_row_whose_description_was_emptied_is_gone_and_told() {
    let (old, new) = (ledger(hazards(&[1, 2])), ledger(hazards(&[1])));
    let returned = [Rejected {
        origin: sample::hazard(2, 0).origin,
        reason: RejectReason::NoDescription,
        unit: "城关中心卫生院".to_owned(),
        values: vec![("id".to_owned(), "demo-001-0002".to_owned())],
        submitted_on: None,
    }];
    let result = compared(&old, &new, &returned, [JULY(7), JULY(14)]);
    assert_eq!((result.counts.removed, result.counts.backwards), (1, 1));
    let items = result.backwards();
    assert_eq!((items[0].hazard, items[0].reason, items[0].new), ("demo-001-0002", Backwards::DescriptionEmptied, ""));
    assert_eq!(items[0].old, "疏散通道堆放杂物，影响应急疏散");
}

#[test]
fn newly_overdue_is_what_was_not_on_the_old_day() {
    let (old, new) = (ledger(hazards(&[1])), ledger(hazards(&[1, 2])));
    let newly = |days: [NaiveDate; 2]| compared(&old, &new, &[], days).newly_overdue.len();
    // The deadline is the last of July.
    assert_eq!(newly([JULY(7), JULY(31)]), 0);
    assert_eq!(newly([JULY(7), sample::day(8, 1)]), 2);
    assert_eq!(newly([sample::day(8, 1), sample::day(8, 8)]), 1);
}

#[test]
fn a_number_that_stands_twice_is_matched_once_for_each() {
    let (old, new) = (ledger(hazards(&[1, 1])), ledger(hazards(&[1])));
    let result = compared(&old, &new, &[], [JULY(7), JULY(14)]);
    assert_eq!((result.counts.removed, result.counts.unchanged), (1, 1));
}
