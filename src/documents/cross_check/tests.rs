//! Papers that say the figures pass; papers in which one number was changed do not.

use super::*;
use crate::documents::bulletin;
use crate::documents::statistics::sample::Sample;

#[test]
fn every_figure_has_one_key() {
    let sample = Sample::new();
    let shown = shown_figures(&sample.figures);
    assert_eq!(shown.get("totals.total"), Some(&sample.figures.totals.of(Measure::Total).to_string()));
    assert!(shown.contains_key("by.unit.1.overdue") && shown.contains_key("by.unit.1.rates.rectified"));
    let rows: usize = sample.figures.breakdowns.iter().map(|breakdown| breakdown.rows.len()).sum();
    assert_eq!(shown.len(), (rows + 1) * (Measure::ALL.len() + 6));
}

#[test]
fn a_page_is_held_against_the_figures() {
    let sample = Sample::new();
    let new = sample.figures.totals.of(Measure::New).to_string();
    assert_eq!(page(&sample.figures, [("totals.new", new.as_str())]), []);
    assert_eq!(page(&sample.figures, [("totals.new", "999")]).len(), 1);
    assert_eq!(page(&sample.figures, [("totals.neu", "1")]).len(), 1);
    assert_eq!(page(&sample.figures, []).len(), 1);
}

#[test]
fn numbers_typed_by_hand_are_found() {
    let sample = Sample::new();
    let shown = shown_figures(&sample.figures);
    let (_, sentences) = bulletin::bulletin(sample.source(), bulletin::BUILT_IN).expect("a bulletin");
    let others = ["3".to_owned()];
    assert_eq!(text::foreign_numbers(&sentences, &shown, &others), Vec::<String>::new());
    assert_eq!(
        text::foreign_numbers("共98765项，整改率12.34%，第4季度，30天以上，8765 项", &shown, &others),
        ["98765项", "12.34%", "8765项"]
    );
}

#[test]
fn what_is_no_paper_disagrees() {
    let sample = Sample::new();
    assert_eq!(workbook::workbook(&sample.figures, b"PK\x03\x04 no workbook").len(), 1);
    // Text is a table too, only not the one that is looked for: both forms are missing.
    assert_eq!(workbook::workbook(&sample.figures, b"no workbook").len(), 2);
    let (manuscript, _) = bulletin::bulletin(sample.source(), bulletin::BUILT_IN).expect("a bulletin");
    assert_eq!(text::text("通报", &manuscript, b"no document").len(), 1);
}
