//! Whether a ledger follows from its history, and where it does not.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::campaign::Ground;
use crate::ledger::history::HistoryEntry;
use crate::ledger::identity::split_id;
use crate::ledger::register::edits::edit_of;
use crate::ledger::register::replay::NumberedEntry;
use crate::ledger::register::replay::replay;
use crate::ledger::register::survey::Survey;
use crate::records::FileReading;
use crate::records::Record;
use crate::source::Origin;
use crate::vocabulary::Field;

/// A value of the ledger that is not the one of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub id: String,
    /// Field key, or the title of an unknown column.
    pub field: String,
    /// `None` where the ledger has none, or not even the row.
    pub ledger: Option<String>,
    /// `None` where the history has none, or does not know the number.
    pub history: Option<String>,
}

/// Everything in which the ledger differs from what the history says last; `lines` are those of the wanted hazards.
pub fn differences(base: &FileReading, survey: &Survey, lines: &[NumberedEntry], ground: Ground<'_>) -> Vec<Difference> {
    let mut lines_of: BTreeMap<&str, Vec<&HistoryEntry>> = BTreeMap::new();
    for (_, line) in lines {
        lines_of.entry(line.id.as_str()).or_default().push(line);
    }
    let records: Vec<&Record> = base.content.iter().flat_map(|content| &content.sheets).flat_map(|sheet| &sheet.records).collect();
    let held: BTreeSet<&str> = records.iter().filter_map(|record| record.values.get(Field::Id)).collect();
    let of_number = |id: &str, ledger: Option<&str>, history: Option<&str>| Difference {
        id: id.to_owned(),
        field: Field::Id.key().to_owned(),
        ledger: ledger.map(str::to_owned),
        history: history.map(str::to_owned),
    };
    let mut found: Vec<Difference> = Vec::new();
    if survey.last_said.is_some() {
        found.extend(survey.missing_from(&held).map(|id| of_number(id, None, Some(id))));
    }
    let place = Origin { file: base.file.clone(), sheet: "".into(), row: 0, column: 0 };
    for record in records {
        let id = record.values.get(Field::Id).unwrap_or_default();
        if !survey.assigned.contains(id) {
            found.push(of_number(id, Some(id), None));
            continue;
        }
        let unit =
            split_id(ground.campaign, id).and_then(|(code, _)| ground.roster.by_code(code)).and_then(|unit| ground.roster.units.get(unit));
        let written = record.values.get(Field::Unit);
        if let Some(unit) = unit.filter(|unit| written != Some(unit.name.as_ref())) {
            let field = Field::Unit.key().to_owned();
            found.push(Difference { id: id.to_owned(), field, ledger: written.map(str::to_owned), history: Some(unit.name.to_string()) });
        }
        let Some(lines) = lines_of.get(id) else { continue };
        let known = replay(lines.iter().copied(), &base.file);
        let begins = lines.first().is_some_and(|first| first.begins_hazard());
        let typed = edit_of(id, record, &known, begins, &place, ground.as_of).map_or_else(Vec::new, |edit| edit.set);
        found.extend(typed.into_iter().map(|(field, history, ledger)| Difference {
            id: id.to_owned(),
            field,
            ledger: Some(ledger).filter(|text| !text.is_empty()),
            history,
        }));
    }
    found.sort_by(|left, right| (&left.id, &left.field).cmp(&(&right.id, &right.field)));
    found
}
