//! Taking a submission back: every value that it set is what it was before, unless something newer changed it.
//!
//! A hazard that nothing else has named is withdrawn; its number stays its own, and another file that names it brings it back to life.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::ledger::history::Event;
use crate::ledger::history::HistoryEntry;
use crate::ledger::register::PutRight;
use crate::ledger::register::PutRightKind;
use crate::ledger::register::edits::same;
use crate::ledger::register::edits::texts_of;
use crate::ledger::register::replay::NumberedEntry;
use crate::ledger::register::replay::Replayed;
use crate::ledger::register::replay::replay;
use crate::ledger::register::whole::WholeInputs;
use crate::ledger::register::whole::rewrite;
use crate::records::FileReading;
use crate::records::Record;
use crate::source::Origin;
use crate::vocabulary::Field;
use crate::vocabulary::Status;

/// Takes back what the withdrawn files have said; gives the hazards that nobody names any more.
pub fn take_back(
    base: &mut FileReading,
    lines_of: &BTreeMap<&str, Vec<&NumberedEntry>>,
    inputs: &WholeInputs<'_>,
    edits: &mut Vec<HistoryEntry>,
    put_right: &mut Vec<PutRight>,
) -> BTreeSet<String> {
    let mut vacant = inputs.survey.vacant.clone();
    let file = base.file.clone();
    let Ok(content) = &mut base.content else { return vacant };
    if inputs.withdrawn.is_empty() {
        return vacant;
    }
    content.carried.rejected.retain(|row| !inputs.withdrawn.contains(row.origin.file.as_ref()));
    for sheet in &mut content.sheets {
        for record in &mut sheet.records {
            let id = record.values.get(Field::Id).unwrap_or_default().to_owned();
            let Some(lines) = lines_of.get(id.as_str()).filter(|_| inputs.survey.touched.contains(&id)) else { continue };
            let place = Origin { file: file.clone(), sheet: sheet.sheet.clone(), row: record.row, column: 0 };
            let others = lines.iter().map(|(_, line)| line).filter(|line| !inputs.withdrawn.contains(line.from.file.as_ref()));
            let without = replay(others, &file);
            let with = replay(lines.iter().map(|(_, line)| line), &file);
            let is_vacant = without.text(Field::Description.key()).is_none();
            let mut set = if is_vacant { withdraw(record, &with, inputs) } else { set_back(record, &with, &without, inputs) };
            set.sort();
            let (kind, event) =
                if is_vacant { (PutRightKind::Withdrawn, Event::Withdrawn) } else { (PutRightKind::TakenBack, Event::TakenBack) };
            let words = record.values.get(Field::Description).unwrap_or_default().to_owned();
            put_right.push(PutRight { kind, place: place.clone(), id: id.clone(), written: words, now: String::new() });
            edits.push(HistoryEntry {
                id: id.clone(),
                from: place,
                submitted_on: Some(inputs.ground.as_of),
                set,
                event: Some(event),
                case: None,
            });
            if is_vacant {
                vacant.insert(id);
                continue;
            }
            content.carried.older_fields.retain(|(known, ..)| *known != id);
            let older = without.dates.iter().filter(|(_, day)| Some(**day) < without.submitted_on);
            let dated = older.filter_map(|(key, day)| Some((id.clone(), Field::from_key(key)?, *day)));
            content.carried.older_fields.extend(dated);
        }
    }
    vacant
}

type Set = Vec<(String, Option<String>, String)>;

/// Gives a row the values that it has without the file, where it still says what it says with it.
fn set_back(record: &mut Record, with: &Replayed, without: &Replayed, inputs: &WholeInputs<'_>) -> Set {
    let mut texts = texts_of(record, without);
    let mut set = Set::new();
    for (key, text) in &mut texts {
        let before = without.text(key);
        if same(text.as_deref(), with.text(key)) && !same(text.as_deref(), before) {
            set.push((key.clone(), text.clone(), before.unwrap_or_default().to_owned()));
            *text = before.map(str::to_owned);
        }
    }
    rewrite(record, &texts, origin_of(without), without.submitted_on, inputs);
    set
}

/// Marks the hazard of a row as withdrawn, with the reason.
fn withdraw(record: &mut Record, with: &Replayed, inputs: &WholeInputs<'_>) -> Set {
    let mut texts = texts_of(record, with);
    let files: Vec<&str> = inputs.withdrawn.iter().map(String::as_str).collect();
    let reason = format!("报送文件 {} 已撤回", files.join("、"));
    let mut set = Set::new();
    for (field, new) in [(Field::Status, Status::Withdrawn.label().to_owned()), (Field::Remark, reason)] {
        let Some((key, text)) = texts.iter_mut().find(|(key, _)| key == field.key()) else { continue };
        let new = match text {
            Some(known) if field == Field::Remark => format!("{known}；{new}"),
            _ => new,
        };
        set.push((key.clone(), text.replace(new.clone()), new));
    }
    rewrite(record, &texts, origin_of(with), with.submitted_on, inputs);
    set
}

fn origin_of(known: &Replayed) -> Option<String> {
    known.origin.as_ref().map(ToString::to_string)
}
