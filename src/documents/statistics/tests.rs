//! The sheets against the figures: what is printed is what was counted.

use std::collections::BTreeMap;

use super::*;
use crate::documents::sheet::Cell;
use crate::documents::sheet::RowKind;
use crate::documents::sheet::Sheet;
use crate::documents::statistics::sample::Sample;
use crate::results::figures::Measure;

/// The shown texts of a sheet's rows with their kinds.
fn shown(sheet: &Sheet<'_>) -> Vec<(RowKind, Vec<String>)> {
    let mut rows = Vec::new();
    let visited: Result<(), ()> = sheet.body.each(|_, row| {
        rows.push((row.kind, row.cells.iter().map(|cell| cell.shown().into_owned()).collect()));
        Ok(())
    });
    assert_eq!(visited, Ok(()));
    rows
}

#[test]
fn columns_of_units_add_up_to_their_total() {
    let sample = Sample::new();
    let document = statistics_document(sample.source()).expect("balanced");
    for name in [unit_forms::PROGRESS_SHEET, unit_forms::DEADLINE_SHEET] {
        let sheet = document.sheets.iter().find(|sheet| sheet.name == name).expect("the sheet");
        let rows = shown(sheet);
        let (kind, totals) = rows.last().expect("a total");
        assert_eq!((*kind, totals.len()), (RowKind::Total, sheet.columns.len()));
        for (index, column) in sheet.columns.iter().enumerate().filter(|(_, column)| column.unit == Some("项")) {
            let sum: i64 = rows[..rows.len() - 1].iter().map(|(_, cells)| cells[index].parse::<i64>().expect("a count")).sum();
            assert_eq!(sum.to_string(), totals[index], "{name} {}", column.title);
        }
    }
}

#[test]
fn the_evidence_names_as_many_hazards_as_the_figures_say() {
    let sample = Sample::new();
    let document = statistics_document(sample.source()).expect("balanced");
    let sheet = document.sheets.iter().find(|sheet| sheet.name == evidence::EVIDENCE_SHEET).expect("the sheet");
    let mut ones: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, cells) in shown(sheet) {
        for (column, text) in sheet.columns.iter().zip(&cells) {
            if text == "1" && column.kind == crate::documents::ColumnKind::Number {
                *ones.entry(column.title.as_ref()).or_default() += 1;
            }
        }
    }
    assert!(sample.figures.totals.of(Measure::Overdue) > 0 && sample.figures.totals.of(Measure::CarriedOver) > 0);
    for measure in Measure::ALL {
        assert_eq!(ones.get(measure.label()).copied().unwrap_or(0), sample.figures.totals.of(measure), "{measure:?}");
    }
}

#[test]
fn every_breakdown_ends_with_the_same_total() {
    let sample = Sample::new();
    let sheet = breakdowns::breakdown_sheet(sample.source());
    let totals: Vec<Vec<String>> = shown(&sheet).into_iter().filter(|(kind, _)| *kind == RowKind::Total).map(|(_, cells)| cells).collect();
    assert_eq!(totals.len(), 5);
    assert!(totals.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn figures_that_do_not_balance_make_no_workbook() {
    let mut sample = Sample::new();
    sample.figures.counted.pop();
    let refused = statistics_document(sample.source()).expect_err("refused");
    assert!(refused.to_string().contains("编号依据"), "{refused}");
}

#[test]
fn what_needs_an_answer_is_listed() {
    let mut sample = Sample::new();
    sample.figures.backwards = vec![crate::results::figures::BackwardsFigure {
        id: sample.ledger.hazards[0].id.clone(),
        unit: sample.ledger.hazards[0].unit.to_string(),
        key: "status_back",
        reason: "状态退回",
        column: "状态".to_owned(),
        old: "已整改".to_owned(),
        new: "待整改".to_owned(),
    }];
    let rows = shown(&backwards::backwards_sheet(sample.source()));
    assert_eq!(rows[0].1, ["与上期相比倒退（1处）"]);
    assert_eq!(rows[1].1[4..], ["状态退回", "状态", "已整改", "待整改"]);
    let silent = sample.figures.totals.of(Measure::NotReportedAgain) as usize;
    assert_eq!((rows[2].1[0].as_str(), rows.len()), (format!("未再报告（{silent}项）").as_str(), 3 + silent));
}

#[test]
fn a_first_period_has_nothing_to_compare_with() {
    let mut sample = Sample::new();
    sample.figures.previous = None;
    let sheet = comparison::comparison_sheet(sample.source());
    let rows = shown(&sheet);
    assert_eq!(rows[1].1[2], Cell::Text("—".into()).shown());
}
