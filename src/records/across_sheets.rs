//! One hazard on several sheets of a workbook: the ledger, and beside it a notice or a summary that repeats it in part.
//!
//! Only what does not contradict itself is taken for one: the same unit and words, and no other day or place. The row that
//! says less is given the day and place of the one that says more, so that both speak of one hazard.

use std::collections::HashMap;

use crate::dates::DateReading;
use crate::records::fact::Fact;
use crate::records::fact::FactKind;
use crate::records::record::Record;
use crate::records::record::UnitReading;
use crate::records::record::Values;
use crate::records::sheet::SheetReading;
use crate::vocabulary::Field;
use crate::vocabulary::label_key;

/// A record by its sheet and its position there.
type Place = (usize, usize);

/// Finds records that stand on an earlier sheet too, completes what is missing in either, and notes it on the later sheet.
pub fn join_across_sheets(sheets: &mut [SheetReading]) {
    let spoken = |sheet: &SheetReading| !sheet.is_ledger && !sheet.records.is_empty();
    if sheets.iter().filter(|sheet| spoken(sheet)).count() < 2 {
        return;
    }
    let mut by_words: HashMap<(usize, String), Vec<Place>> = HashMap::new();
    for (sheet, reading) in sheets.iter().enumerate().filter(|(_, sheet)| spoken(sheet)) {
        for (position, record) in reading.records.iter().enumerate() {
            let (UnitReading::Known(unit), Some(words)) = (&record.unit, record.values.get(Field::Description)) else { continue };
            // What bears a number of the bureau is known by it.
            if record.values.get(Field::Id).is_none() {
                by_words.entry((*unit, words_only(words))).or_default().push((sheet, position));
            }
        }
    }
    let mut joined: Vec<(Place, Place)> = Vec::new();
    let mut undecided: Vec<(Place, Place)> = Vec::new();
    let mut groups: Vec<Vec<Place>> = by_words.into_values().filter(|places| places.iter().any(|place| place.0 != places[0].0)).collect();
    groups.sort();
    for places in groups {
        for later in &places {
            let taken = |earlier: &&Place| joined.iter().any(|(known, other)| known == *earlier && other.0 == later.0);
            let fits = |earlier: &&Place| earlier.0 < later.0 && agree(record(sheets, **earlier), record(sheets, *later));
            let mut candidates = places.iter().filter(fits).filter(|earlier| !taken(earlier)).copied();
            let (Some(earlier), second) = (candidates.next(), candidates.next()) else { continue };
            // Two that fit equally well decide nothing, unless they are one themselves.
            if second.is_none_or(|second| joined.iter().any(|(one, other)| *one == earlier && *other == second)) {
                joined.push((earlier, *later));
            } else if second.is_some_and(|second| !is_whole(record(sheets, *later)) && second.0 < later.0) {
                undecided.push((earlier, *later));
            }
        }
    }
    for (earlier, later) in &joined {
        let (one, other) = (record(sheets, *earlier).clone(), record(sheets, *later).clone());
        complete(&mut sheets[later.0].records[later.1], &one);
        complete(&mut sheets[earlier.0].records[earlier.1], &other);
    }
    note(sheets, &joined, false);
    note(sheets, &undecided, true);
}

fn record(sheets: &[SheetReading], place: Place) -> &Record {
    &sheets[place.0].records[place.1]
}

/// Whether a record names the day and the place that a hazard is known by.
fn is_whole(record: &Record) -> bool {
    [Field::FoundOn, Field::Location].iter().all(|field| record.values.get(*field).is_some())
}

/// Whether nothing that a hazard is known by differs: found day, place and a number of the unit's own.
fn agree(one: &Record, other: &Record) -> bool {
    let text = |record: &Record, field: Field| record.values.get(field).map(words_only);
    let same = |left: Option<String>, right: Option<String>| left.is_none() || right.is_none() || left == right;
    let day = |record: &Record| match record.found_on {
        DateReading::On(date) => Some(date.to_string()),
        _ => text(record, Field::FoundOn),
    };
    same(day(one), day(other))
        && same(text(one, Field::Location), text(other, Field::Location))
        && !one.bears_another_number(other)
        && same(text(one, Field::Category), text(other, Field::Category))
}

/// Gives a record the found day and the place that only the other one names.
fn complete(record: &mut Record, other: &Record) {
    for field in [Field::FoundOn, Field::Location] {
        let (None, Some(text)) = (record.values.get(field), other.values.get(field)) else { continue };
        let values = record.values.iter().chain([(field, 0, text)]);
        record.values = Values::pack(values.collect::<Vec<_>>().iter().copied());
        if field == Field::FoundOn {
            record.found_on = other.found_on;
        }
    }
}

/// One fact for each pair of sheets, on the later one, with all rows.
fn note(sheets: &mut [SheetReading], joined: &[(Place, Place)], undecided: bool) {
    let mut facts: Vec<(usize, usize, Fact)> = Vec::new();
    for (earlier, later) in joined {
        let row = record(sheets, *later).row;
        if let Some((.., fact)) = facts.iter_mut().find(|(from, on, _)| *from == earlier.0 && *on == later.0) {
            fact.further_rows.push(row);
            continue;
        }
        let kind = FactKind::OnAnotherSheet { sheet: sheets[earlier.0].sheet.to_string(), row: record(sheets, *earlier).row, undecided };
        let value = record(sheets, *later).values.get(Field::Description).unwrap_or_default().to_owned();
        facts.push((earlier.0, later.0, Fact { row, column: 0, title: String::new(), value, kind, further_rows: Vec::new() }));
    }
    for (_, on, mut fact) in facts {
        fact.further_rows.sort_unstable();
        sheets[on].facts.push(fact);
        sheets[on].facts.sort_by_key(|fact| (fact.row, fact.column));
    }
}

/// A text without white space, width and punctuation.
fn words_only(text: &str) -> String {
    label_key(text).chars().filter(|character| character.is_alphanumeric()).collect()
}
